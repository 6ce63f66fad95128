//! All that is kept about an object besides its bytes, as it is written into its row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::checksum::Algorithm;

/// Content headers, metadata, tags, encryption and checksum of an object or an unfinished upload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// `Content-Type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// `Cache-Control`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<String>,
    /// `Content-Disposition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_disposition: Option<String>,
    /// `Content-Encoding`, without `aws-chunked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    /// `Content-Language`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_language: Option<String>,
    /// `Expires`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<i64>,
    /// `x-amz-website-redirect-location`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website_redirect: Option<String>,
    /// `x-amz-storage-class`, when it is not STANDARD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_class: Option<String>,
    /// `x-amz-meta-*`, names in lower case without the prefix.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Tags in the order that the client gave.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<(String, String)>,
    /// How the client asked it to be encrypted. The sandbox answers as S3 does and encrypts nothing.
    pub encryption: Encryption,
    /// The checksum that goes with the object; for an upload, what it will be made with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checksum: Option<Checksum>,
    /// The sizes of the parts, when it was uploaded in parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub part_sizes: Vec<u64>,
}

/// Server-side encryption as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encryption {
    /// SSE-S3, what every bucket does unless told otherwise.
    #[default]
    Aes256,
    /// SSE-KMS, with the key's id if one was named.
    Kms(Option<String>),
    /// SSE-C: the MD5 of the customer's key, in base64. The key itself is never kept.
    CustomerKey(String),
}

/// A checksum of an object or a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checksum {
    /// What it was made with.
    pub algorithm: Algorithm,
    /// In base64; a composite one ends in `-` and the number of parts. Empty on an upload that is not complete.
    pub value: String,
    /// A checksum of the parts' checksums rather than of the whole.
    pub composite: bool,
}

/// A run of bytes in a blob. An object's content is a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The blob.
    pub blob: String,
    /// Where in the blob it starts.
    pub offset: u64,
    /// How long it is.
    pub length: u64,
}

impl Segment {
    /// The segments that hold bytes `from..to` of `content`.
    pub fn cut(content: &[Self], from: u64, to: u64) -> Vec<Self> {
        let mut cut = Vec::new();
        let mut start = 0;
        for segment in content {
            let end = start + segment.length;
            let (first, last) = (from.max(start), to.min(end));
            if first < last {
                let offset = segment.offset + (first - start);
                cut.push(Self { blob: segment.blob.clone(), offset, length: last - first });
            }
            start = end;
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_takes_exactly_the_bytes_asked_for() {
        let segment = |blob: &str, offset, length| Segment { blob: blob.to_owned(), offset, length };
        let content = [segment("a", 0, 10), segment("b", 5, 10)];
        assert_eq!(Segment::cut(&content, 8, 13), [segment("a", 8, 2), segment("b", 5, 3)]);
        assert_eq!(Segment::cut(&content, 10, 11), [segment("b", 5, 1)]);
        assert_eq!(Segment::cut(&content, 0, 20), content);
        assert_eq!(Segment::cut(&content, 3, 3), []);
    }

    #[test]
    fn a_plain_head_is_a_short_text_and_reads_back() {
        let text = serde_json::to_string(&Head::default()).unwrap();
        assert_eq!(text, r#"{"encryption":"Aes256"}"#);
        assert_eq!(serde_json::from_str::<Head>(&text).unwrap(), Head::default());
    }
}
