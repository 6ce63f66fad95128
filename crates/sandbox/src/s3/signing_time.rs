//! When a request was signed, by the sandbox's own clock: skew and the end of presigned URLs.
//!
//! s3s judges time by the system's clock, which a test cannot shift. So it is told to tolerate everything, and this
//! check runs in front of it. It keeps judging the end of presigned URLs as well, which can only refuse more.

use std::sync::Arc;

use http::{HeaderMap, Uri};
use s3s::config::{S3Config, S3ConfigProvider, StaticConfigProvider};
use s3s::{S3Result, s3_error};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

use super::encoding::query_value;

/// How far a client's clock may be off: that of S3.
const LARGEST_SKEW: Duration = Duration::minutes(15);

/// `20260102T030405Z`
const AMZ_DATE: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");

/// The settings for s3s: it leaves judging the skew to us.
pub(super) fn lenient_config() -> Arc<dyn S3ConfigProvider> {
    let mut config = S3Config::default();
    config.presigned_url_max_skew_time_secs = u32::MAX;
    Arc::new(StaticConfigProvider::new(Arc::new(config)))
}

/// Refuses a request whose signature is not version 4, was made too long ago or too far ahead, or whose URL is over.
pub fn check_signing_time(headers: &HeaderMap, uri: &Uri, now: OffsetDateTime) -> S3Result<()> {
    let authorization = headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let old_header = authorization.is_some_and(|value| !value.starts_with("AWS4-HMAC-SHA256"));
    if old_header || query_value(uri, "Signature").is_some() {
        return Err(s3_error!(
            InvalidRequest,
            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
        ));
    }
    if query_value(uri, "X-Amz-Signature").is_some() {
        let signed_at = query_value(uri, "X-Amz-Date").and_then(|text| parse(&text));
        let lifetime = query_value(uri, "X-Amz-Expires").and_then(|text| text.parse().ok()).map(Duration::seconds);
        // s3s says what is wrong with a date or a lifetime that does not read.
        let (Some(signed_at), Some(lifetime)) = (signed_at, lifetime) else { return Ok(()) };
        if lifetime > Duration::days(7) {
            return Err(s3_error!(
                AuthorizationQueryParametersError,
                "X-Amz-Expires must be less than a week (in seconds) that is 604800"
            ));
        }
        if signed_at - now > LARGEST_SKEW {
            return Err(s3_error!(AccessDenied, "Request is not valid yet"));
        }
        if now > signed_at + lifetime {
            return Err(s3_error!(AccessDenied, "Request has expired"));
        }
        return Ok(());
    }
    let signed_at = headers.get("x-amz-date").and_then(|value| value.to_str().ok()).and_then(parse);
    if authorization.is_some() && signed_at.is_some_and(|signed_at| (now - signed_at).abs() > LARGEST_SKEW) {
        return Err(s3_error!(
            RequestTimeTooSkewed,
            "The difference between the request time and the current time is too large."
        ));
    }
    Ok(())
}

fn parse(text: &str) -> Option<OffsetDateTime> {
    PrimitiveDateTime::parse(text, AMZ_DATE).ok().map(PrimitiveDateTime::assume_utc)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-01-02 03:04:05 UTC);

    fn code(headers: &[(&'static str, &'static str)], uri: &'static str) -> Option<String> {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        check_signing_time(&headers, &Uri::from_static(uri), NOW).err().map(|error| error.code().as_str().to_owned())
    }

    #[test]
    fn a_clock_that_is_off_by_more_than_a_quarter_of_an_hour_is_refused() {
        let signed =
            |date| code(&[("authorization", "AWS4-HMAC-SHA256 …".trim_end_matches('…')), ("x-amz-date", date)], "/");
        assert_eq!(signed("20260102T030405Z"), None);
        assert_eq!(signed("20260102T024906Z"), None);
        assert_eq!(signed("20260102T024900Z").as_deref(), Some("RequestTimeTooSkewed"));
        assert_eq!(signed("20260102T031930Z").as_deref(), Some("RequestTimeTooSkewed"));
    }

    #[test]
    fn a_presigned_url_ends_when_it_says() {
        let base = "/b/k?X-Amz-Signature=0&X-Amz-Date=20260102T030000Z&X-Amz-Expires=";
        let ends_in = |seconds: &str| {
            let uri: Uri = format!("{base}{seconds}").parse().unwrap();
            check_signing_time(&HeaderMap::new(), &uri, NOW).is_ok()
        };
        assert!(ends_in("245"));
        assert!(!ends_in("244"));
        assert!(!ends_in("700000"), "longer than a week");
    }

    #[test]
    fn only_version_4_signatures_count() {
        assert_eq!(code(&[("authorization", "AWS key:signature")], "/").as_deref(), Some("InvalidRequest"));
        assert_eq!(code(&[], "/b/k?AWSAccessKeyId=a&Signature=b&Expires=1").as_deref(), Some("InvalidRequest"));
    }
}
