//! Maps what the SDK reports to a kind: by S3 code first, by HTTP status second, never by text.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::{RequestId, RequestIdExt};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::ErrorKind;
use crate::client::NotS3;

/// What went wrong, before it is known of which verb and object.
pub(crate) struct Cause {
    pub kind: ErrorKind,
    pub detail: String,
    /// The server's own code.
    pub code: Option<String>,
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl Cause {
    pub fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), code: None, source: None }
    }
}

pub(crate) fn cause<E>(error: SdkError<E, HttpResponse>) -> Cause
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    let kind = match credentials_failure(&error) {
        Some(kind) => kind,
        None if chain(&error).any(<dyn Error>::is::<NotS3>) => ErrorKind::Unsupported,
        None => kind_of(&error),
    };
    let detail = detail_of(&error);
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code).map(ToOwned::to_owned);
    Cause { kind, detail, code, source: Some(Box::new(error)) }
}

fn kind_of<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> ErrorKind {
    match error {
        SdkError::ServiceError(failed) => of_answer(failed.err().code(), failed.raw().status().as_u16()),
        SdkError::TimeoutError(_) => ErrorKind::Offline,
        SdkError::DispatchFailure(failure) if failure.is_user() => ErrorKind::Unexpected,
        SdkError::DispatchFailure(_) => ErrorKind::Offline,
        // An answer that is not S3's (a proxy's page, a body cut short) says something by its status at least.
        SdkError::ResponseError(failed) => match failed.raw().status().as_u16() {
            status @ 300.. => of_answer(None, status),
            _ => ErrorKind::Offline,
        },
        _ => ErrorKind::Unexpected,
    }
}

/// S3 API reference, "Error responses"; the codes of compatible servers beside them.
pub(crate) fn of_answer(code: Option<&str>, status: u16) -> ErrorKind {
    use ErrorKind as Kind;
    match code.unwrap_or_default() {
        "NoSuchKey" | "NoSuchVersion" => Kind::NotFound,
        "NoSuchBucket" | "PermanentRedirect" | "AuthorizationHeaderMalformed" | "InvalidBucketName" => {
            Kind::BucketMissing
        }
        "PreconditionFailed" | "ConditionalRequestConflict" | "OperationAborted" | "NoSuchUpload" => {
            Kind::ChangedMeanwhile
        }
        "ExpiredToken"
        | "ExpiredTokenException"
        | "InvalidToken"
        | "TokenRefreshRequired"
        | "InvalidAccessKeyId"
        | "UnrecognizedClientException" => Kind::SignedOut,
        "RequestTimeTooSkewed" | "RequestExpired" | "RequestInTheFuture" => Kind::ClockSkew,
        "SlowDown"
        | "Throttling"
        | "ThrottlingException"
        | "TooManyRequests"
        | "ServiceUnavailable"
        | "RequestLimitExceeded"
        | "BandwidthLimitExceeded" => Kind::Throttled,
        "EntityTooLarge" | "MaxMessageLengthExceeded" => Kind::TooLarge,
        "KeyTooLongError" | "InvalidURI" | "InvalidObjectName" | "XMinioInvalidObjectName" => Kind::NameNotAllowed,
        "BadDigest" | "XAmzContentChecksumMismatch" | "XAmzContentSHA256Mismatch" => Kind::Damaged,
        "RequestTimeout" => Kind::Offline,
        "SignatureDoesNotMatch" => Kind::Unexpected,
        _ => of_status(status),
    }
}

fn of_status(status: u16) -> ErrorKind {
    use ErrorKind as Kind;
    match status {
        401 => Kind::SignedOut,
        403 => Kind::AccessDenied,
        404 => Kind::NotFound,
        408 | 502 | 504 => Kind::Offline,
        409 | 412 => Kind::ChangedMeanwhile,
        413 => Kind::TooLarge,
        414 => Kind::NameNotAllowed,
        429 | 503 => Kind::Throttled,
        301 | 307 | 308 => Kind::BucketMissing,
        _ => Kind::Unexpected,
    }
}

/// The credentials never got as far as the server.
fn credentials_failure(error: &(dyn Error + 'static)) -> Option<ErrorKind> {
    let credentials = chain(error).find_map(|error| error.downcast_ref::<CredentialsError>())?;
    let network = matches!(credentials, CredentialsError::ProviderTimedOut(_))
        || chain(credentials).any(<dyn Error>::is::<std::io::Error>);
    Some(if network { ErrorKind::Offline } else { ErrorKind::SignedOut })
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}

/// The reason below all reasons, which is the telling one: "connection refused", "failed to look up the address".
pub(crate) fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

fn detail_of<E>(error: &SdkError<E, HttpResponse>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let Some(answer) = error.raw_response() else {
        return innermost(error);
    };
    let mut detail = format!("HTTP {}", answer.status().as_u16());
    let meta = error.as_service_error().map(ProvideErrorMetadata::meta);
    if let Some(code) = meta.and_then(|meta| meta.code()) {
        detail.push_str(&format!(" {code}"));
    }
    let id = answer.request_id().or_else(|| meta.and_then(RequestId::request_id));
    if let Some(id) = id {
        detail.push_str(&format!(", request {id}"));
    }
    if let Some(extended) = meta.and_then(RequestIdExt::extended_request_id).filter(|extended| Some(*extended) != id) {
        detail.push_str(&format!(", {extended}"));
    }
    detail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_decides_before_the_status() {
        use ErrorKind as Kind;
        for (code, status, expected) in [
            (Some("NoSuchKey"), 404, Kind::NotFound),
            (Some("NoSuchBucket"), 404, Kind::BucketMissing),
            (Some("NoSuchUpload"), 404, Kind::ChangedMeanwhile),
            (None, 404, Kind::NotFound),
            (Some("AccessDenied"), 403, Kind::AccessDenied),
            (None, 403, Kind::AccessDenied),
            (Some("ExpiredToken"), 400, Kind::SignedOut),
            (Some("InvalidToken"), 400, Kind::SignedOut),
            (Some("InvalidAccessKeyId"), 403, Kind::SignedOut),
            (Some("RequestTimeTooSkewed"), 403, Kind::ClockSkew),
            (Some("SignatureDoesNotMatch"), 403, Kind::Unexpected),
            (Some("SlowDown"), 503, Kind::Throttled),
            (None, 429, Kind::Throttled),
            (Some("InternalError"), 500, Kind::Unexpected),
            (Some("PreconditionFailed"), 412, Kind::ChangedMeanwhile),
            (Some("ConditionalRequestConflict"), 409, Kind::ChangedMeanwhile),
            (Some("EntityTooLarge"), 400, Kind::TooLarge),
            (Some("KeyTooLongError"), 400, Kind::NameNotAllowed),
            (Some("PermanentRedirect"), 301, Kind::BucketMissing),
            (Some("RequestTimeout"), 400, Kind::Offline),
            (Some("BadDigest"), 400, Kind::Damaged),
            (None, 504, Kind::Offline),
            (Some("SomethingNew"), 400, Kind::Unexpected),
        ] {
            assert_eq!(of_answer(code, status), expected, "{code:?} {status}");
        }
    }
}
