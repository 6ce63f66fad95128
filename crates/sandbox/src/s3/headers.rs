//! Content headers, metadata and storage class: out of a request into a `Head`, and back into an answer.

use s3s::{S3Result, s3_error};

use crate::store::Head;

/// User metadata is at most so many bytes, names and values.
const LARGEST_METADATA: usize = 2048;

/// Takes the content headers and metadata out of a request that writes. Leaves tags, encryption and checksum.
macro_rules! read_head {
    ($input:expr) => {
        $crate::store::Head {
            content_type: $input.content_type.take().or_else(|| Some("binary/octet-stream".to_owned())),
            cache_control: $input.cache_control.take(),
            content_disposition: $input.content_disposition.take(),
            content_encoding: $crate::s3::headers::without_chunking($input.content_encoding.take()),
            content_language: $input.content_language.take(),
            expires: $input.expires.as_ref().map($crate::s3::conditions::seconds),
            website_redirect: $input.website_redirect_location.take(),
            storage_class: $input
                .storage_class
                .take()
                .map(|class| class.as_str().to_owned())
                .filter(|class| class != "STANDARD"),
            metadata: $input.metadata.take().unwrap_or_default().into_iter().collect(),
            ..$crate::store::Head::default()
        }
    };
}

/// Sets what GET and HEAD tell about an object, besides size, ETag, checksum and encryption.
macro_rules! show_head {
    ($output:expr, $head:expr) => {{
        let head: &$crate::store::Head = $head;
        $output.accept_ranges = Some("bytes".to_owned());
        $output.content_type = head.content_type.clone();
        $output.cache_control = head.cache_control.clone();
        $output.content_disposition = head.content_disposition.clone();
        $output.content_encoding = head.content_encoding.clone();
        $output.content_language = head.content_language.clone();
        $output.expires = head.expires.map($crate::s3::conditions::timestamp);
        $output.website_redirect_location = head.website_redirect.clone();
        $output.storage_class = head.storage_class.clone().map(Into::into);
        $output.metadata = Some(head.metadata.clone().into_iter().collect());
    }};
}

pub(super) use {read_head, show_head};

/// Refuses metadata above S3's limit.
pub fn check_metadata(head: &Head) -> S3Result<()> {
    let size: usize = head.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > LARGEST_METADATA {
        return Err(s3_error!(MetadataTooLarge, "Your metadata headers exceed the maximum allowed metadata size"));
    }
    Ok(())
}

/// `aws-chunked` belongs to the transfer, not to the object.
pub fn without_chunking(encoding: Option<String>) -> Option<String> {
    let encoding = encoding?;
    let kept: Vec<&str> = encoding.split(',').map(str::trim).filter(|part| *part != "aws-chunked").collect();
    let kept = kept.join(",");
    (!kept.is_empty()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_of_the_transfer_is_not_kept() {
        assert_eq!(without_chunking(Some("aws-chunked".into())), None);
        assert_eq!(without_chunking(Some("gzip, aws-chunked".into())).as_deref(), Some("gzip"));
    }
}
