//! Whether a file on this computer is what the storage already has, without fetching it.

use amphora_storage::DEFAULT_PART_SIZE;
use md5::{Digest, Md5};
use std::io::Read;
use std::path::Path;

/// Part sizes that are in use: ours, that of Amplify and the AWS tools' own.
const PART_SIZES: [u64; 4] = [DEFAULT_PART_SIZE, 5 << 20, 16 << 20, 64 << 20];

/// True when size and content agree. S3's tag is the MD5 of an object that was sent in one request, or the MD5 of the MD5s
/// of its parts with their number; any other tag says nothing, and then the answer is no.
#[must_use]
pub fn is_identical(local: &Path, local_size: u64, there_size: u64, etag: &str) -> bool {
    if local_size != there_size {
        return false;
    }
    let (sum, parts) = etag.split_once('-').map_or((etag, None), |(sum, parts)| (sum, Some(parts)));
    if sum.len() != 32 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let same = |part_size| tag_of(local, part_size).is_ok_and(|tag| tag.eq_ignore_ascii_case(etag));
    match parts.map(str::parse::<u64>) {
        None => same(None),
        Some(Ok(parts)) => {
            PART_SIZES.into_iter().filter(|size| local_size.div_ceil(*size) == parts).any(|size| same(Some(size)))
        }
        Some(Err(_)) => false,
    }
}

/// The tag that S3 would give the file, sent in one request or in parts.
fn tag_of(path: &Path, part_size: Option<u64>) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut sums = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let mut part = (&mut file).take(part_size.unwrap_or(u64::MAX));
        let (mut hash, mut any) = (Md5::new(), false);
        loop {
            let read = part.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            any = true;
            hash.update(&buffer[..read]);
        }
        if part_size.is_none() {
            return Ok(hex(&hash.finalize()));
        }
        if !any {
            break;
        }
        sums.push(hash.finalize());
    }
    let joined: Vec<u8> = sums.iter().flatten().copied().collect();
    Ok(format!("{}-{}", hex(&Md5::digest(joined)), sums.len()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_bytes_under_a_single_part_tag_are_identical() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("hello");
        std::fs::write(&file, b"Hello").unwrap();
        let tag = "8b1a9953c4611296a827abf8c47804d7";
        assert!(is_identical(&file, 5, 5, tag));
        assert!(!is_identical(&file, 5, 6, tag), "sizes differ");
        assert!(!is_identical(&file, 5, 5, "8b1a9953c4611296a827abf8c47804d7-2"), "not so many parts");
        assert!(!is_identical(&file, 5, 5, "8b1a9953c4611296a827abf8c47804d7-x"), "no tag of S3's");
        assert!(!is_identical(&file, 5, 5, "00000000000000000000000000000000"));
    }

    #[test]
    fn what_was_sent_in_parts_is_known_by_its_parts() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("large");
        let bytes: Vec<u8> = (0..(12_u32 << 20)).map(|at| (at ^ (at >> 9)) as u8).collect();
        std::fs::write(&file, &bytes).unwrap();
        let size = bytes.len() as u64;
        for part in [8 << 20, 5 << 20] {
            let sums: Vec<u8> = bytes.chunks(part).flat_map(Md5::digest).collect();
            let tag = format!("{}-{}", hex(&Md5::digest(sums)), bytes.len().div_ceil(part));
            assert!(is_identical(&file, size, size, &tag), "parts of {part}");
        }
        assert!(!is_identical(&file, size, size, "00000000000000000000000000000000-2"));
    }
}
