//! Checksums as requests give them and answers show them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::HeaderMap;
use s3s::{S3Result, TrailingHeaders, s3_error};

use crate::store::StoredBlob;
use crate::store::checksum::Algorithm;

/// What a request says about the checksum of its body.
#[derive(Debug)]
pub struct Announced {
    /// What it is made with; CRC-64/NVME when the request names nothing.
    pub algorithm: Algorithm,
    value: Option<String>,
    md5: Option<String>,
}

impl Announced {
    /// Reads headers: `x-amz-checksum-*`, `x-amz-trailer`, `x-amz-sdk-checksum-algorithm`, `Content-MD5`.
    pub fn read(headers: &HeaderMap) -> S3Result<Self> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let mut given = Algorithm::ALL.into_iter().filter_map(|algorithm| Some((algorithm, text(&header(algorithm))?)));
        let first = given.next();
        if given.next().is_some() {
            return Err(s3_error!(
                InvalidRequest,
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
            ));
        }
        let in_trailer = || {
            let trailer = text("x-amz-trailer")?;
            Algorithm::ALL.into_iter().find(|algorithm| trailer.eq_ignore_ascii_case(&header(*algorithm)))
        };
        let named = || text("x-amz-sdk-checksum-algorithm").and_then(|name| Algorithm::from_name(&name));
        let (algorithm, value) = match first {
            Some((algorithm, value)) => (algorithm, Some(value)),
            None => (in_trailer().or_else(named).unwrap_or(Algorithm::Crc64Nvme), None),
        };
        Ok(Self { algorithm, value, md5: text("content-md5") })
    }

    /// Compares what was received with what was announced, trailers included.
    pub fn verify(self, blob: &StoredBlob, trailers: Option<&TrailingHeaders>) -> S3Result<()> {
        let name = header(self.algorithm);
        let trailing = trailers
            .and_then(|trailers| {
                trailers.read(|map| map.get(&name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned))
            })
            .flatten();
        if let Some(expected) = self.value.or(trailing)
            && blob.checksum(self.algorithm) != Some(expected.as_str())
        {
            return Err(s3_error!(
                BadDigest,
                "The {} you specified did not match the calculated checksum.",
                self.algorithm.name()
            ));
        }
        if let Some(md5) = self.md5 {
            let expected = BASE64
                .decode(&md5)
                .map_err(|_| s3_error!(InvalidDigest, "The Content-MD5 you specified is not valid."))?;
            if expected != blob.md5 {
                return Err(s3_error!(BadDigest, "The Content-MD5 you specified did not match what we received."));
            }
        }
        Ok(())
    }
}

/// `x-amz-checksum-crc32` and its like.
fn header(algorithm: Algorithm) -> String {
    format!("x-amz-checksum-{}", algorithm.name().to_ascii_lowercase())
}

/// Sets the one of an answer's five checksum fields that fits.
macro_rules! show_checksum {
    ($output:expr, $algorithm:expr, $value:expr) => {{
        let value: Option<String> = $value;
        match $algorithm {
            $crate::store::checksum::Algorithm::Crc32 => $output.checksum_crc32 = value,
            $crate::store::checksum::Algorithm::Crc32c => $output.checksum_crc32c = value,
            $crate::store::checksum::Algorithm::Crc64Nvme => $output.checksum_crc64nvme = value,
            $crate::store::checksum::Algorithm::Sha1 => $output.checksum_sha1 = value,
            $crate::store::checksum::Algorithm::Sha256 => $output.checksum_sha256 = value,
        }
    }};
}

/// Reads the one of five checksum fields that belongs to an algorithm.
macro_rules! given_checksum {
    ($input:expr, $algorithm:expr) => {
        match $algorithm {
            $crate::store::checksum::Algorithm::Crc32 => $input.checksum_crc32.clone(),
            $crate::store::checksum::Algorithm::Crc32c => $input.checksum_crc32c.clone(),
            $crate::store::checksum::Algorithm::Crc64Nvme => $input.checksum_crc64nvme.clone(),
            $crate::store::checksum::Algorithm::Sha1 => $input.checksum_sha1.clone(),
            $crate::store::checksum::Algorithm::Sha256 => $input.checksum_sha256.clone(),
        }
    };
}

/// COMPOSITE or FULL_OBJECT.
pub fn checksum_type(composite: bool) -> s3s::dto::ChecksumType {
    use s3s::dto::ChecksumType;
    ChecksumType::from_static(if composite { ChecksumType::COMPOSITE } else { ChecksumType::FULL_OBJECT })
}

pub(super) use {given_checksum, show_checksum};
