//! From what the store refuses to what S3 answers.

use s3s::{S3Error, S3Result, s3_error};

use crate::store::{StoreError, StoreResult};

/// Gives a store's refusal its S3 code.
pub fn to_s3(error: StoreError) -> S3Error {
    match error {
        StoreError::NoSuchBucket => s3_error!(NoSuchBucket, "The specified bucket does not exist"),
        StoreError::BucketExists => s3_error!(BucketAlreadyOwnedByYou, "You have already created this bucket"),
        StoreError::BucketNotEmpty => s3_error!(BucketNotEmpty, "The bucket you tried to delete is not empty"),
        StoreError::NoSuchKey => s3_error!(NoSuchKey, "The specified key does not exist."),
        StoreError::NoSuchVersion => s3_error!(NoSuchVersion, "The specified version does not exist."),
        StoreError::DeleteMarker => {
            s3_error!(MethodNotAllowed, "The specified method is not allowed against this resource.")
        }
        StoreError::PreconditionFailed => {
            s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold")
        }
        StoreError::NoSuchUpload => s3_error!(
            NoSuchUpload,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
        ),
        StoreError::InvalidPart(number) => s3_error!(
            InvalidPart,
            "One or more of the specified parts could not be found or has another ETag: part {number}."
        ),
        StoreError::InvalidPartOrder => s3_error!(InvalidPartOrder, "The list of parts was not in ascending order."),
        StoreError::PartTooSmall(number) => s3_error!(
            EntityTooSmall,
            "Your proposed upload is smaller than the minimum allowed size: part {number} is below 5 MiB."
        ),
        StoreError::BadDigest => s3_error!(BadDigest, "The checksum you specified did not match what we received."),
        StoreError::Interrupted => s3_error!(IncompleteBody, "The request body terminated unexpectedly"),
        StoreError::Disk(source) => s3_error!(source, InternalError, "The sandbox's disk failed."),
        StoreError::Database(source) => s3_error!(source, InternalError, "The sandbox's database failed."),
        StoreError::Damaged(source) => s3_error!(source, InternalError, "A row of the sandbox's database is damaged."),
    }
}

/// Runs what blocks on the disk beside the server's own threads.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> StoreResult<T> + Send + 'static) -> S3Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer.map_err(to_s3),
        Err(_) => Err(s3_error!(InternalError, "The operation was interrupted.")),
    }
}
