//! If-Match and its relatives, for reads, copies and writes.

use http::header::{ETAG, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue};
use s3s::dto::{ETag, ETagCondition, Timestamp, TimestampFormat};
use s3s::{S3Error, S3Result, s3_error};
use time::OffsetDateTime;

use crate::store::{Object, Precondition};

/// The four conditions of a read (RFC 9110, section 13) or of a copy's source.
#[derive(Debug, Default)]
pub struct ReadConditions {
    /// Only this object.
    pub if_match: Option<ETagCondition>,
    /// Any but this object.
    pub if_none_match: Option<ETagCondition>,
    /// Only if written after.
    pub if_modified_since: Option<Timestamp>,
    /// Only if not written after.
    pub if_unmodified_since: Option<Timestamp>,
}

impl ReadConditions {
    /// Whether a client that has the object already should be told so instead of being sent it: 304; or that the
    /// object is another one than it wants: 412.
    pub fn check_read(&self, object: &Object) -> S3Result<()> {
        if !self.wanted(object) {
            return Err(precondition_failed());
        }
        if self.known(object) { Err(not_modified(object)) } else { Ok(()) }
    }

    /// The same for the source of a copy, which knows only 412.
    pub fn check_copy(&self, object: &Object) -> S3Result<()> {
        if self.wanted(object) && !self.known(object) { Ok(()) } else { Err(precondition_failed()) }
    }

    fn wanted(&self, object: &Object) -> bool {
        match (&self.if_match, &self.if_unmodified_since) {
            (Some(condition), _) => names(condition, object),
            (None, Some(since)) => object.modified_at <= seconds(since),
            (None, None) => true,
        }
    }

    fn known(&self, object: &Object) -> bool {
        match (&self.if_none_match, &self.if_modified_since) {
            (Some(condition), _) => names(condition, object),
            (None, Some(since)) => object.modified_at <= seconds(since),
            (None, None) => false,
        }
    }
}

/// The precondition of a write.
pub fn for_write(if_match: Option<ETagCondition>, if_none_match: Option<ETagCondition>) -> S3Result<Precondition> {
    match (if_match, if_none_match) {
        (None, None) => Ok(Precondition::None),
        (None, Some(ETagCondition::Any)) => Ok(Precondition::Absent),
        (Some(ETagCondition::Any), None) => Ok(Precondition::Present),
        (Some(ETagCondition::ETag(etag)), None) => Ok(Precondition::Etag(etag.into_value())),
        (None, Some(ETagCondition::ETag(_))) | (Some(_), Some(_)) => Err(s3_error!(
            NotImplemented,
            "A header you provided implies functionality that is not implemented: If-None-Match takes only * on writes."
        )),
    }
}

/// An ETag as s3s writes it.
pub fn etag(value: &str) -> ETag {
    ETag::Strong(value.to_owned())
}

/// A time as s3s writes it.
pub fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from(OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH))
}

/// A time as the store keeps it.
pub fn seconds(timestamp: &Timestamp) -> i64 {
    OffsetDateTime::from(timestamp.clone()).unix_timestamp()
}

/// A time as HTTP headers write it.
pub fn http_date(seconds: i64) -> Option<HeaderValue> {
    let mut text = Vec::new();
    timestamp(seconds).format(TimestampFormat::HttpDate, &mut text).ok()?;
    HeaderValue::from_bytes(&text).ok()
}

fn names(condition: &ETagCondition, object: &Object) -> bool {
    condition.as_etag().is_none_or(|etag| etag.value() == object.etag)
}

fn precondition_failed() -> S3Error {
    s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold")
}

fn not_modified(object: &Object) -> S3Error {
    let mut headers = HeaderMap::new();
    if let Ok(value) = etag(&object.etag).to_http_header() {
        headers.insert(ETAG, value);
    }
    if let Some(value) = http_date(object.modified_at) {
        headers.insert(LAST_MODIFIED, value);
    }
    let mut error = s3_error!(NotModified);
    error.set_headers(headers);
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Head;

    #[test]
    fn reads_are_conditional_as_rfc_9110_says() {
        let version = "null".into();
        let object =
            Object { size: 0, etag: "x".into(), modified_at: 1000, head: Head::default(), content: vec![], version };
        let condition = |text: &str| Some(ETagCondition::parse_http_header(text.as_bytes()).unwrap());
        let code = |conditions: ReadConditions| {
            conditions.check_read(&object).err().map(|error| error.code().as_str().to_owned()).unwrap_or_default()
        };
        assert_eq!(code(ReadConditions { if_match: condition("\"x\""), ..Default::default() }), "");
        assert_eq!(code(ReadConditions { if_match: condition("\"y\""), ..Default::default() }), "PreconditionFailed");
        assert_eq!(code(ReadConditions { if_none_match: condition("\"x\""), ..Default::default() }), "NotModified");
        assert_eq!(code(ReadConditions { if_none_match: condition("*"), ..Default::default() }), "NotModified");
        let at = |seconds| Some(timestamp(seconds));
        assert_eq!(code(ReadConditions { if_modified_since: at(1000), ..Default::default() }), "NotModified");
        assert_eq!(code(ReadConditions { if_modified_since: at(999), ..Default::default() }), "");
        assert_eq!(code(ReadConditions { if_unmodified_since: at(999), ..Default::default() }), "PreconditionFailed");
        let both = ReadConditions { if_match: condition("\"x\""), if_unmodified_since: at(1), ..Default::default() };
        assert_eq!(code(both), "", "If-Match outranks If-Unmodified-Since");
    }
}
