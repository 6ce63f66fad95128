//! A cached picture as a file: a mark, a checksum, type, size, and the encoded bytes.

use crate::picture::{GIF, JPEG, PLAIN_TEXT, PNG, Picture};
use sha2::{Digest, Sha256};

/// The mark and version of the format.
const MARK: &[u8; 8] = b"AMPHORA2";
/// Each type by its number.
const TYPES: [&str; 4] = [JPEG, PNG, GIF, PLAIN_TEXT];
/// Bytes of the checksum, which covers all that follows it.
const CHECKSUM: usize = 16;

pub(super) fn write(picture: &Picture) -> Vec<u8> {
    let mut body = Vec::with_capacity(picture.bytes.len() + 9);
    let number = TYPES.iter().position(|known| *known == picture.content_type).unwrap_or_default();
    body.push(number as u8);
    body.extend(picture.width.to_be_bytes());
    body.extend(picture.height.to_be_bytes());
    body.extend(&picture.bytes);
    [MARK.as_slice(), &checksum(&body), &body].concat()
}

/// The picture, or nothing if a single bit is not as it was written.
pub(super) fn read(bytes: &[u8]) -> Option<Picture> {
    let (sum, body) = bytes.strip_prefix(MARK)?.split_at_checked(CHECKSUM)?;
    if checksum(body) != sum {
        return None;
    }
    let (&[kind, w1, w2, w3, w4, h1, h2, h3, h4], encoded) = body.split_first_chunk()?;
    Some(Picture {
        bytes: encoded.to_vec(),
        content_type: TYPES.get(usize::from(kind))?,
        width: u32::from_be_bytes([w1, w2, w3, w4]),
        height: u32::from_be_bytes([h1, h2, h3, h4]),
    })
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let whole = Sha256::digest(body);
    std::array::from_fn(|index| whole[index])
}
