//! Whether a file on this computer is what the storage already has, without fetching it.

use amphora_storage::file_has_etag;
use std::path::Path;

/// True when size and content agree. Where the storage's tag says nothing, the answer is no.
#[must_use]
pub fn is_identical(local: &Path, local_size: u64, there_size: u64, etag: &str) -> bool {
    local_size == there_size && matches!(file_has_etag(local, etag), Ok(Some(true)))
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
}
