//! The checksums that S3 knows: of a stream of bytes, and of a whole put together from its parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use crc_fast::{CrcAlgorithm, checksum_combine};
use md5::Md5;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// A checksum algorithm by its name in the S3 API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Algorithm {
    /// CRC-32 (ISO HDLC).
    Crc32,
    /// CRC-32C (Castagnoli).
    Crc32c,
    /// CRC-64/NVME; what S3 adds when the client names none.
    Crc64Nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// The name in the S3 API: `CRC64NVME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The algorithm of a name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// Whether checksums of parts can be joined into the checksum of the whole.
    pub fn joins(self) -> bool {
        self.crc().is_some()
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
        if self == Self::Crc64Nvme { 8 } else { 4 }
    }
}

/// Computes one checksum while bytes go by.
pub enum Hasher {
    /// One of the CRCs.
    Crc(Algorithm, crc_fast::Digest),
    /// SHA-1.
    Sha1(Sha1),
    /// SHA-256.
    Sha256(Sha256),
}

impl Hasher {
    /// Starts a checksum.
    pub fn new(algorithm: Algorithm) -> Self {
        match algorithm.crc() {
            Some(crc) => Self::Crc(algorithm, crc_fast::Digest::new(crc)),
            None if algorithm == Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            None => Self::Sha256(Sha256::new()),
        }
    }

    /// Takes in more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(_, digest) => digest.update(bytes),
            Self::Sha1(digest) => digest.update(bytes),
            Self::Sha256(digest) => digest.update(bytes),
        }
    }

    /// The checksum in base64.
    pub fn finish(self) -> String {
        match self {
            Self::Crc(algorithm, digest) => encode_crc(algorithm, digest.finalize()),
            Self::Sha1(digest) => BASE64.encode(digest.finalize()),
            Self::Sha256(digest) => BASE64.encode(digest.finalize()),
        }
    }
}

/// The checksum of a whole from the checksums and sizes of its parts. `None` where the algorithm cannot do that or a
/// part's checksum does not read.
pub fn join(algorithm: Algorithm, parts: &[(&str, u64)]) -> Option<String> {
    let crc = algorithm.crc()?;
    let mut whole = None;
    for (value, size) in parts {
        let part = decode_crc(algorithm, value)?;
        whole = Some(whole.map_or(part, |whole| checksum_combine(crc, whole, part, *size)));
    }
    Some(encode_crc(algorithm, whole?))
}

/// The checksum of checksums: over the parts' raw values, followed by `-` and their number.
pub fn compose(algorithm: Algorithm, parts: &[&str]) -> Option<String> {
    let mut hasher = Hasher::new(algorithm);
    for value in parts {
        hasher.update(&BASE64.decode(value).ok()?);
    }
    Some(format!("{}-{}", hasher.finish(), parts.len()))
}

/// The ETag of an object uploaded in parts: the MD5 of the parts' MD5s, `-`, their number.
pub fn compose_etag(parts: &[&str]) -> Option<String> {
    let mut digest = Md5::new();
    for etag in parts {
        digest.update(from_hex(etag)?);
    }
    Some(format!("{}-{}", to_hex(&digest.finalize()), parts.len()))
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

fn encode_crc(algorithm: Algorithm, value: u64) -> String {
    BASE64.encode(&value.to_be_bytes()[8 - algorithm.width()..])
}

fn decode_crc(algorithm: Algorithm, value: &str) -> Option<u64> {
    let bytes = BASE64.decode(value).ok()?;
    if bytes.len() != algorithm.width() {
        return None;
    }
    Some(bytes.iter().fold(0, |whole, byte| whole << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(algorithm: Algorithm, bytes: &[u8]) -> String {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(bytes);
        hasher.finish()
    }

    #[test]
    fn the_check_values_of_the_field_come_out() {
        assert_eq!(checksum(Algorithm::Crc32, b"123456789"), BASE64.encode(0xcbf4_3926_u32.to_be_bytes()));
        assert_eq!(checksum(Algorithm::Crc32c, b"123456789"), BASE64.encode(0xe306_9283_u32.to_be_bytes()));
        assert_eq!(
            checksum(Algorithm::Crc64Nvme, b"123456789"),
            BASE64.encode(0xae8b_1486_0a79_9888_u64.to_be_bytes())
        );
        assert_eq!(checksum(Algorithm::Sha1, b""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
    }

    #[test]
    fn joined_parts_have_the_checksum_of_the_whole() {
        let (first, second) = (vec![7u8; 1000], vec![9u8; 37]);
        let whole = [first.clone(), second.clone()].concat();
        for algorithm in Algorithm::ALL {
            let parts = [checksum(algorithm, &first), checksum(algorithm, &second)];
            let joined = join(algorithm, &[(&parts[0], 1000), (&parts[1], 37)]);
            assert_eq!(joined, algorithm.joins().then(|| checksum(algorithm, &whole)), "{algorithm:?}");
        }
    }

    #[test]
    fn an_etag_of_parts_counts_them() {
        let empty = "d41d8cd98f00b204e9800998ecf8427e";
        assert_eq!(compose_etag(&[empty]).unwrap(), "59adb24ef3cdbe0297f05b395827453f-1");
        assert_eq!(compose_etag(&["nonsense"]), None);
    }
}
