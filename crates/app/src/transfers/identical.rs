//! Whether a file on this computer is what the storage already has, without fetching it.

use md5::{Digest, Md5};
use std::io::Read;
use std::path::Path;

/// True when size and MD5 agree. S3's tag is the MD5 of an object that was sent in one part; any other tag says nothing,
/// and then the answer is no.
#[must_use]
pub fn is_identical(local: &Path, local_size: u64, there_size: u64, etag: &str) -> bool {
    let is_md5 = etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit());
    local_size == there_size && is_md5 && md5_of(local).is_ok_and(|sum| sum.eq_ignore_ascii_case(etag))
}

fn md5_of(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Md5::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
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
        assert!(!is_identical(&file, 5, 5, "8b1a9953c4611296a827abf8c47804d7-2"), "a tag of parts says nothing");
        assert!(!is_identical(&file, 5, 5, "00000000000000000000000000000000"));
    }
}
