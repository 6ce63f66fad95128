//! Whether a file on this computer is what the storage already has, without fetching it, or what another file is.

use amphora_storage::file_has_etag;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// What is compared at a time.
const PIECE: u64 = 256 * 1024;

/// True when size and content agree. Where the storage's tag says nothing, the answer is no.
#[must_use]
pub fn is_identical(local: &Path, local_size: u64, there_size: u64, etag: &str) -> bool {
    local_size == there_size && matches!(file_has_etag(local, etag), Ok(Some(true)))
}

/// True when two files have the same bytes.
///
/// # Errors
/// One of them cannot be read.
pub fn is_same_content(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (BufReader::new(File::open(one)?), BufReader::new(File::open(other)?));
    loop {
        let (mut some, mut same) = (Vec::new(), Vec::new());
        one.by_ref().take(PIECE).read_to_end(&mut some)?;
        other.by_ref().take(PIECE).read_to_end(&mut same)?;
        if some != same || some.is_empty() {
            return Ok(some == same);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_bytes_are_identical() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("hello");
        std::fs::write(&file, b"Hello").unwrap();
        let tag = "8b1a9953c4611296a827abf8c47804d7";
        assert!(is_identical(&file, 5, 5, tag));
        assert!(!is_identical(&file, 5, 6, tag), "sizes differ");
        assert!(!is_identical(&file, 5, 5, "00000000000000000000000000000000"));
        assert!(!is_identical(&file, 5, 5, "a tag that says nothing"));
    }

    #[test]
    fn files_are_the_same_to_their_last_byte() {
        let dir = tempfile::tempdir().unwrap();
        let long = vec![b'x'; 3 * PIECE as usize];
        let files = [
            ("a", long.clone()),
            ("b", long.clone()),
            ("c", [&long[1..], b"y"].concat()),
            ("d", [&long[..], b"x"].concat()),
        ];
        let [a, b, c, d] = files.map(|(name, bytes)| {
            std::fs::write(dir.path().join(name), bytes).unwrap();
            dir.path().join(name)
        });
        assert!(is_same_content(&a, &b).unwrap());
        assert!(!is_same_content(&a, &c).unwrap(), "the last byte differs");
        assert!(!is_same_content(&a, &d).unwrap() && !is_same_content(&d, &a).unwrap(), "one is longer");
    }
}
