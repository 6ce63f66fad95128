//! Buckets: create, head, list, delete, location, CORS.

use s3s::dto::{
    Bucket, BucketLocationConstraint, CORSRule, CreateBucketInput, CreateBucketOutput, DeleteBucketInput,
    DeleteBucketOutput, GetBucketCorsInput, GetBucketCorsOutput, GetBucketLocationInput, GetBucketLocationOutput,
    HeadBucketInput, HeadBucketOutput, ListBucketsOutput, Owner,
};
use s3s::{S3Response, S3Result, s3_error};

use super::conditions::timestamp;
use super::fault::blocking;
use super::service::Backend;
use crate::cors;

pub async fn create(backend: &Backend, input: CreateBucketInput) -> S3Result<S3Response<CreateBucketOutput>> {
    let (store, now) = (backend.store.clone(), backend.now());
    let location = Some(format!("/{}", input.bucket));
    blocking(move || store.create_bucket(&input.bucket, now)).await?;
    Ok(S3Response::new(CreateBucketOutput { location }))
}

pub async fn delete(backend: &Backend, input: DeleteBucketInput) -> S3Result<S3Response<DeleteBucketOutput>> {
    let store = backend.store.clone();
    blocking(move || store.delete_bucket(&input.bucket)).await?;
    Ok(S3Response::new(DeleteBucketOutput::default()))
}

pub async fn head(backend: &Backend, input: HeadBucketInput) -> S3Result<S3Response<HeadBucketOutput>> {
    require(backend, input.bucket).await?;
    let bucket_region = Some(backend.region.clone());
    Ok(S3Response::new(HeadBucketOutput { bucket_region, ..HeadBucketOutput::default() }))
}

pub async fn list(backend: &Backend) -> S3Result<S3Response<ListBucketsOutput>> {
    let store = backend.store.clone();
    let buckets = blocking(move || store.buckets()).await?;
    let shown = buckets.into_iter().map(|bucket| Bucket {
        name: Some(bucket.name),
        creation_date: Some(timestamp(bucket.created_at)),
        ..Bucket::default()
    });
    let owner = Some(Owner::default());
    Ok(S3Response::new(ListBucketsOutput { buckets: Some(shown.collect()), owner, ..ListBucketsOutput::default() }))
}

pub async fn location(
    backend: &Backend,
    input: GetBucketLocationInput,
) -> S3Result<S3Response<GetBucketLocationOutput>> {
    require(backend, input.bucket).await?;
    // For its first region S3 answers an empty element.
    let location_constraint =
        (backend.region != "us-east-1").then(|| BucketLocationConstraint::from(backend.region.clone()));
    Ok(S3Response::new(GetBucketLocationOutput { location_constraint }))
}

pub async fn cors(backend: &Backend, input: GetBucketCorsInput) -> S3Result<S3Response<GetBucketCorsOutput>> {
    require(backend, input.bucket).await?;
    if backend.allow_origins.is_empty() {
        return Err(s3_error!(NoSuchCORSConfiguration, "The CORS configuration does not exist"));
    }
    let list = |text: &str| text.split(", ").map(ToOwned::to_owned).collect();
    let rule = CORSRule {
        allowed_headers: Some(vec!["*".to_owned()]),
        allowed_methods: list(cors::METHODS),
        allowed_origins: backend.allow_origins.to_vec(),
        expose_headers: Some(list(cors::EXPOSED)),
        id: None,
        max_age_seconds: Some(cors::MAX_AGE),
    };
    Ok(S3Response::new(GetBucketCorsOutput { cors_rules: Some(vec![rule]) }))
}

async fn require(backend: &Backend, bucket: String) -> S3Result<()> {
    let store = backend.store.clone();
    blocking(move || store.require_bucket(&bucket)).await
}
