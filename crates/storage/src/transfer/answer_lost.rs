//! When an answer is lost, the request is sent again and meets its own first sending: the server then says that the
//! name is taken. Here it is found out that the one who took it was us.

use md5::{Digest, Md5};

use super::Upload;
use crate::storage::{Storage, Target};

impl Upload<'_> {
    /// The ETag of what is there, if it is byte for byte what was sent in one request.
    pub(super) async fn stored_already(&self, target: &Target) -> Option<String> {
        let there = self.storage.find_target(target).await.ok()??;
        if there.size != self.source.len() {
            return None;
        }
        let own = self.source.md5(0..self.source.len()).await.ok()?;
        there.etag.eq_ignore_ascii_case(&own).then_some(there.etag)
    }

    /// The ETag of what is there, if it is made of exactly these parts.
    pub(super) async fn completed_already(&self, target: &Target, part_etags: &[String]) -> Option<String> {
        put_together_already(self.storage, target, self.source.len(), part_etags).await
    }
}

/// The ETag of what is there, if it has this size and is made of exactly these parts.
pub(super) async fn put_together_already(
    storage: &Storage,
    target: &Target,
    size: u64,
    part_etags: &[String],
) -> Option<String> {
    let there = storage.find_target(target).await.ok()??;
    let expected = multipart_etag(part_etags)?;
    (there.size == size && there.etag.eq_ignore_ascii_case(&expected)).then_some(there.etag)
}

/// S3's ETag of a multipart object: the MD5 of its parts' MD5s, a dash and their number.
fn multipart_etag(part_etags: &[String]) -> Option<String> {
    let mut md5 = Md5::new();
    for etag in part_etags {
        md5.update(unhex(etag.trim_matches('"'))?);
    }
    Some(format!("{}-{}", hex(&md5.finalize()), part_etags.len()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() == 32)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_etag_of_parts_is_s3s() {
        // Twice the MD5 of nothing, as S3 computes it.
        let empty = "d41d8cd98f00b204e9800998ecf8427e".to_owned();
        let bytes = unhex(&empty).unwrap();
        assert_eq!(hex(&bytes), empty);
        let expected = hex(&Md5::digest([bytes.clone(), bytes].concat()));
        assert_eq!(multipart_etag(&[format!("\"{empty}\""), empty]).unwrap(), format!("{expected}-2"));
        assert_eq!(multipart_etag(&["not-a-hash".to_owned()]), None, "encrypted parts have other ETags");
    }
}
