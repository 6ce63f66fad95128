//! Decides each request before its body is read: the session token, then IAM.
//!
//! What stands in parsed parameters (the prefix of a listing, the source of a copy) is decided in a hook of its own
//! after parsing, so that IAM and the store see the same value. DeleteObjects is decided key by key in `deleting`.

use http::{HeaderMap, Uri};
use s3s::access::{S3Access, S3AccessContext};
use s3s::dto::{
    CopyObjectInput, CopySource, ListObjectVersionsInput, ListObjectsInput, ListObjectsV2Input, UploadPartCopyInput,
};
use s3s::path::S3Path;
use s3s::{S3Request, S3Result, s3_error};

use super::encoding::query_value;
use super::principal::{Principal, bucket_arn, denied, object_arn};
use crate::iam::{RolePolicies, Scope, requirements};
use crate::session::{SessionKeys, Sessions};

/// The gate in front of every operation.
pub struct Access {
    sessions: Sessions,
    policies: RolePolicies,
}

impl Access {
    /// A gate for the identities of `sessions` under `policies`.
    pub fn new(sessions: Sessions, policies: RolePolicies) -> Self {
        Self { sessions, policies }
    }

    fn principal(&self, context: &S3AccessContext<'_>) -> S3Result<Principal> {
        let credentials = context.credentials().ok_or_else(denied)?;
        let session = self.sessions.look_up(&credentials.access_key).ok_or_else(denied)?;
        check_session_token(&session, context.headers(), context.uri())?;
        let policy = self.policies.of(session.role);
        Ok(Principal::new(session, policy))
    }
}

#[async_trait::async_trait]
impl S3Access for Access {
    async fn check(&self, context: &mut S3AccessContext<'_>) -> S3Result<()> {
        let principal = self.principal(context)?;
        let operation = context.s3_op().name();
        let has_version = query_value(context.uri(), "versionId").is_some();
        let headers = context.headers();
        let needed = requirements(operation, has_version, |name| headers.contains_key(name)).ok_or_else(denied)?;
        for requirement in needed {
            if matches!(operation, "ListObjects" | "ListObjectsV2" | "ListObjectVersions") {
                continue;
            }
            let resource = match (requirement.scope, context.s3_path()) {
                (Scope::Object, S3Path::Object { bucket, key }) => object_arn(bucket, key),
                (Scope::Bucket, S3Path::Bucket { bucket }) => bucket_arn(bucket),
                (Scope::Account, S3Path::Root) => "*".to_owned(),
                _ => return Err(denied()),
            };
            principal.require(requirement.action, &resource, &[])?;
        }
        context.extensions_mut().insert(principal);
        Ok(())
    }

    async fn list_objects(&self, request: &mut S3Request<ListObjectsInput>) -> S3Result<()> {
        let input = &request.input;
        let (prefix, delimiter) = (input.prefix.as_deref(), input.delimiter.as_deref());
        require_listing(request, "s3:ListBucket", &input.bucket, prefix, delimiter, input.max_keys)
    }

    async fn list_objects_v2(&self, request: &mut S3Request<ListObjectsV2Input>) -> S3Result<()> {
        let input = &request.input;
        let (prefix, delimiter) = (input.prefix.as_deref(), input.delimiter.as_deref());
        require_listing(request, "s3:ListBucket", &input.bucket, prefix, delimiter, input.max_keys)
    }

    async fn list_object_versions(&self, request: &mut S3Request<ListObjectVersionsInput>) -> S3Result<()> {
        let input = &request.input;
        let (prefix, delimiter) = (input.prefix.as_deref(), input.delimiter.as_deref());
        require_listing(request, "s3:ListBucketVersions", &input.bucket, prefix, delimiter, input.max_keys)
    }

    async fn copy_object(&self, request: &mut S3Request<CopyObjectInput>) -> S3Result<()> {
        require_source(request, &request.input.copy_source)
    }

    async fn upload_part_copy(&self, request: &mut S3Request<UploadPartCopyInput>) -> S3Result<()> {
        require_source(request, &request.input.copy_source)
    }
}

fn require_listing<T>(
    request: &S3Request<T>,
    action: &str,
    bucket: &str,
    prefix: Option<&str>,
    delimiter: Option<&str>,
    max_keys: Option<i32>,
) -> S3Result<()> {
    let max_keys = max_keys.map(|number| number.to_string());
    let present = [("s3:prefix", prefix), ("s3:delimiter", delimiter), ("s3:max-keys", max_keys.as_deref())];
    let conditions: Vec<(&str, &str)> =
        present.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect();
    Principal::of(request)?.require(action, &bucket_arn(bucket), &conditions)
}

fn require_source<T>(request: &S3Request<T>, source: &CopySource) -> S3Result<()> {
    let CopySource::Bucket { bucket, key, version_id } = source else { return Err(denied()) };
    let action = if version_id.is_some() { "s3:GetObjectVersion" } else { "s3:GetObject" };
    Principal::of(request)?.require(action, &object_arn(bucket, key), &[])
}

/// Temporary keys count only together with their token (s3s checks the signature, not the token).
fn check_session_token(session: &SessionKeys, headers: &HeaderMap, uri: &Uri) -> S3Result<()> {
    let in_header = headers.get("x-amz-security-token").and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    let token = in_header.or_else(|| query_value(uri, "X-Amz-Security-Token"));
    match token {
        None => Err(s3_error!(InvalidAccessKeyId, "The AWS access key ID you provided does not exist in our records.")),
        Some(token) if session.session_token.matches(&token) => Ok(()),
        Some(_) => Err(s3_error!(InvalidToken, "The provided token is malformed or otherwise not valid.")),
    }
}
