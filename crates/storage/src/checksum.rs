//! Checksums of a content while it goes by, and of the whole put together from those of its parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use crc_fast::{CrcAlgorithm, checksum_combine};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// How it is proved that what the server has is what was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checksum {
    /// The CRC of the whole: CRC-64/NVME, put together from its parts, or CRC-32 when it is one request.
    #[default]
    Crc,
    /// SHA-256. S3 keeps it of the parts, so that the whole file's is kept beside it as metadata, `sha256`; the file is
    /// read once more for it, before anything is sent.
    Sha256,
}

/// A checksum algorithm of S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    /// Every one, the cheapest first: the CRC-64 of a download is known without reading the file again.
    pub const ALL: [Self; 5] = [Self::Crc64Nvme, Self::Crc32c, Self::Crc32, Self::Sha256, Self::Sha1];

    pub fn of_one_request(checksum: Checksum) -> Self {
        match checksum {
            Checksum::Crc => Self::Crc32,
            Checksum::Sha256 => Self::Sha256,
        }
    }

    pub fn of_parts(checksum: Checksum) -> Self {
        match checksum {
            Checksum::Crc => Self::Crc64Nvme,
            Checksum::Sha256 => Self::Sha256,
        }
    }

    /// As the SDK calls it.
    pub fn named(self) -> aws_sdk_s3::types::ChecksumAlgorithm {
        use aws_sdk_s3::types::ChecksumAlgorithm as Named;
        match self {
            Self::Crc32 => Named::Crc32,
            Self::Crc32c => Named::Crc32C,
            Self::Crc64Nvme => Named::Crc64Nvme,
            Self::Sha1 => Named::Sha1,
            Self::Sha256 => Named::Sha256,
        }
    }

    /// Whether a value in base64 is one of this algorithm.
    pub fn fits(self, value: &str) -> bool {
        BASE64.decode(value).is_ok_and(|bytes| bytes.len() == self.width())
    }

    fn crc(self) -> Option<CrcAlgorithm> {
        match self {
            Self::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
            Self::Sha1 | Self::Sha256 => None,
        }
    }

    fn width(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }
}

/// Reads the checksum of an algorithm out of an answer.
macro_rules! told_checksum {
    ($answer:expr, $algorithm:expr) => {
        match $algorithm {
            $crate::checksum::Algorithm::Crc32 => $answer.checksum_crc32(),
            $crate::checksum::Algorithm::Crc32c => $answer.checksum_crc32_c(),
            $crate::checksum::Algorithm::Crc64Nvme => $answer.checksum_crc64_nvme(),
            $crate::checksum::Algorithm::Sha1 => $answer.checksum_sha1(),
            $crate::checksum::Algorithm::Sha256 => $answer.checksum_sha256(),
        }
        .map(ToOwned::to_owned)
    };
}
pub(crate) use told_checksum;

/// Writes the checksum of an algorithm into a request or a part of one.
macro_rules! give_checksum {
    ($builder:expr, $algorithm:expr, $value:expr) => {{
        let value: Option<String> = $value;
        match $algorithm {
            $crate::checksum::Algorithm::Crc32 => $builder.set_checksum_crc32(value),
            $crate::checksum::Algorithm::Crc32c => $builder.set_checksum_crc32_c(value),
            $crate::checksum::Algorithm::Crc64Nvme => $builder.set_checksum_crc64_nvme(value),
            $crate::checksum::Algorithm::Sha1 => $builder.set_checksum_sha1(value),
            $crate::checksum::Algorithm::Sha256 => $builder.set_checksum_sha256(value),
        }
    }};
}
pub(crate) use give_checksum;

/// Computes a checksum while bytes go by.
pub(crate) enum Hasher {
    Crc(Algorithm, crc_fast::Digest),
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Hasher {
    pub fn new(algorithm: Algorithm) -> Self {
        match algorithm.crc() {
            Some(crc) => Self::Crc(algorithm, crc_fast::Digest::new(crc)),
            None if algorithm == Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            None => Self::Sha256(Sha256::new()),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(_, digest) => digest.update(bytes),
            Self::Sha1(digest) => digest.update(bytes),
            Self::Sha256(digest) => digest.update(bytes),
        }
    }

    /// In base64.
    pub fn finish(self) -> String {
        match self {
            Self::Crc(algorithm, digest) => encode(algorithm, digest.finalize()),
            Self::Sha1(digest) => BASE64.encode(digest.finalize()),
            Self::Sha256(digest) => BASE64.encode(digest.finalize()),
        }
    }
}

/// The checksum of some bytes, in base64.
pub(crate) fn checksum_of(algorithm: Algorithm, bytes: &[u8]) -> String {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

/// The checksum of the checksums of the parts, in order, followed by their number (S3's `COMPOSITE`). `None` where one does
/// not read.
pub(crate) fn composed<'a>(algorithm: Algorithm, parts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let (mut hasher, mut count) = (Hasher::new(algorithm), 0);
    for value in parts {
        hasher.update(&BASE64.decode(value).ok()?);
        count += 1;
    }
    Some(format!("{}-{count}", hasher.finish()))
}

/// The checksum of the whole from those of its parts with their sizes, in order: a CRC is that of the whole, SHA-256 that
/// of the checksums of the parts, followed by their number. `None` where a part has none.
pub(crate) fn whole(algorithm: Algorithm, parts: &[(Option<&str>, u64)]) -> Option<String> {
    let Some(crc) = algorithm.crc() else {
        let values: Option<Vec<&str>> = parts.iter().map(|(value, _)| *value).collect();
        return composed(algorithm, values?);
    };
    let mut whole = None;
    for (value, size) in parts {
        let part = decode(algorithm, (*value)?)?;
        whole = Some(whole.map_or(part, |whole| checksum_combine(crc, whole, part, *size)));
    }
    whole.map(|whole| encode(algorithm, whole))
}

/// A CRC-64 as S3 writes it.
pub(crate) fn crc64_in_base64(value: u64) -> String {
    encode(Algorithm::Crc64Nvme, value)
}

fn encode(algorithm: Algorithm, value: u64) -> String {
    BASE64.encode(&value.to_be_bytes()[8 - algorithm.width()..])
}

fn decode(algorithm: Algorithm, value: &str) -> Option<u64> {
    let bytes = BASE64.decode(value).ok().filter(|bytes| bytes.len() == algorithm.width())?;
    Some(bytes.iter().fold(0, |whole, byte| whole << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CRCS: [Algorithm; 3] = [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64Nvme];

    #[test]
    fn the_check_values_of_the_field_come_out() {
        let check = |algorithm| checksum_of(algorithm, b"123456789");
        assert_eq!(check(Algorithm::Crc32), BASE64.encode(0xcbf4_3926_u32.to_be_bytes()));
        assert_eq!(check(Algorithm::Crc32c), BASE64.encode(0xe306_9283_u32.to_be_bytes()));
        assert_eq!(check(Algorithm::Crc64Nvme), BASE64.encode(0xae8b_1486_0a79_9888_u64.to_be_bytes()));
        assert_eq!(checksum_of(Algorithm::Sha1, b""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
        assert_eq!(checksum_of(Algorithm::Sha256, b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn a_part_without_a_checksum_leaves_none_of_the_whole() {
        let part = checksum_of(Algorithm::Crc64Nvme, b"a");
        assert_eq!(whole(Algorithm::Crc64Nvme, &[(Some(&part), 1), (None, 1)]), None);
        assert_eq!(whole(Algorithm::Crc64Nvme, &[(Some("AAAAAA=="), 1)]), None, "a CRC-32 is none of CRC-64");
        assert!(Algorithm::Crc64Nvme.fits(&part) && !Algorithm::Crc32.fits(&part));
    }

    proptest! {
        #[test]
        fn the_parts_crcs_make_the_crc_of_the_whole(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..2000), 1..8),
        ) {
            for algorithm in CRCS {
                let sums: Vec<String> = parts.iter().map(|part| checksum_of(algorithm, part)).collect();
                let parts_of: Vec<_> =
                    sums.iter().zip(&parts).map(|(sum, part)| (Some(sum.as_str()), part.len() as u64)).collect();
                prop_assert_eq!(whole(algorithm, &parts_of), Some(checksum_of(algorithm, &parts.concat())));
            }
        }
    }
}
