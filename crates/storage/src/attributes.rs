//! What is stored with an object beside its bytes: headers, metadata, tags, storage class, encryption.

use std::collections::BTreeMap;
use std::time::SystemTime;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::encryption::Encryption;

/// Nothing else may stand for itself in a tag's name or value (S3 API, `x-amz-tagging`).
const TAGGING: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A tag: name and value. S3 takes ten of an object, names up to 128 and values up to 256 characters.
pub type Tag = (String, String);

/// What is stored with an object. The default adds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// How long caches may keep it: `max-age=3600`.
    pub cache_control: Option<String>,
    /// What a browser does with it: `attachment; filename="a.pdf"`.
    pub content_disposition: Option<String>,
    /// How the bytes are packed: `gzip`.
    pub content_encoding: Option<String>,
    /// The language of the content: `de-CH`.
    pub content_language: Option<String>,
    /// When caches shall ask again; whole seconds.
    pub expires: Option<SystemTime>,
    /// The application's own, `x-amz-meta-*`; S3 tells names back in lower case, and takes 2 KiB of both.
    pub metadata: BTreeMap<String, String>,
    /// Tags, which policies and lifecycle rules can ask for. Needs the right to `PutObjectTagging`.
    pub tags: Vec<Tag>,
    /// A canned access list. Needs the right to `PutObjectAcl`; buckets made since 2023 refuse all but a few.
    pub acl: Option<CannedAcl>,
    /// `STANDARD_IA`, `GLACIER` … as S3 writes it.
    pub storage_class: Option<String>,
    /// How the server encrypts it; the bucket's way when `None`. For a key of one's own see
    /// [`Storage::with_customer_key`](crate::Storage::with_customer_key).
    pub encryption: Option<Encryption>,
}

/// S3's canned access lists for objects (S3 API, "Canned ACL").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannedAcl {
    /// Only the owner.
    Private,
    /// Everyone reads.
    PublicRead,
    /// Everyone reads and writes.
    PublicReadWrite,
    /// Everyone with an AWS account reads.
    AuthenticatedRead,
    /// EC2 reads machine images.
    AwsExecRead,
    /// The bucket's owner reads.
    BucketOwnerRead,
    /// The bucket's owner has every right.
    BucketOwnerFullControl,
}

impl CannedAcl {
    /// As S3 writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::PublicRead => "public-read",
            Self::PublicReadWrite => "public-read-write",
            Self::AuthenticatedRead => "authenticated-read",
            Self::AwsExecRead => "aws-exec-read",
            Self::BucketOwnerRead => "bucket-owner-read",
            Self::BucketOwnerFullControl => "bucket-owner-full-control",
        }
    }
}

impl Attributes {
    pub(crate) fn tagging(&self) -> Option<String> {
        let pair = |(name, value): &Tag| {
            format!("{}={}", utf8_percent_encode(name, TAGGING), utf8_percent_encode(value, TAGGING))
        };
        (!self.tags.is_empty()).then(|| self.tags.iter().map(pair).collect::<Vec<_>>().join("&"))
    }
}

/// Writes the attributes into a request that makes an object: PutObject, CreateMultipartUpload and CopyObject are called
/// alike, but are three types.
macro_rules! with_attributes {
    ($request:expr, $attributes:expr) => {{
        let attributes: &crate::attributes::Attributes = $attributes;
        let metadata = &attributes.metadata;
        let metadata = metadata.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        $request
            .set_cache_control(attributes.cache_control.clone())
            .set_content_disposition(attributes.content_disposition.clone())
            .set_content_encoding(attributes.content_encoding.clone())
            .set_content_language(attributes.content_language.clone())
            .set_expires(attributes.expires.map(aws_sdk_s3::primitives::DateTime::from))
            .set_metadata(Some(metadata).filter(|all: &std::collections::HashMap<_, _>| !all.is_empty()))
            .set_tagging(attributes.tagging())
            .set_acl(attributes.acl.map(|acl| acl.as_str().into()))
            .set_storage_class(attributes.storage_class.as_deref().map(Into::into))
            .set_server_side_encryption(attributes.encryption.as_ref().map(|how| how.algorithm().into()))
            .set_ssekms_key_id(attributes.encryption.as_ref().and_then(|how| how.kms_key_id().map(ToOwned::to_owned)))
    }};
}

pub(crate) use with_attributes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_as_a_query_that_keeps_every_character() {
        let tags = vec![("a b".to_owned(), "1+1=2&more".to_owned()), ("für".to_owned(), String::new())];
        let attributes = Attributes { tags, ..Attributes::default() };
        assert_eq!(attributes.tagging().unwrap(), "a%20b=1%2B1%3D2%26more&f%C3%BCr=");
        assert_eq!(Attributes::default().tagging(), None, "no header where there are no tags");
    }
}
