//! Where the thumbnail of a picture is stored, and what is never shown because of it. Does no I/O.

use sha2::{Digest, Sha256};

/// All thumbnails of a space are below this, at its root: the rules of the space are theirs too.
pub(super) const ROOT: &str = ".amphora-thumbnails/";
/// Bytes of a hash that stand in a name: enough that nobody finds two texts with the same one.
const HASH_BYTES: usize = 16;

/// A key that people are never shown and that counts nowhere. At any depth: by Gen 2's rules, and where Public is the whole
/// bucket, the root of a space is a folder of another one.
pub(crate) fn is_hidden(key: &str) -> bool {
    key.match_indices(ROOT).any(|(at, _)| at == 0 || key[..at].ends_with('/'))
}

/// The folder of a key with its slash; empty at the root.
pub(super) fn folder_of(key: &str) -> &str {
    &key[..key.rfind('/').map_or(0, |at| at + 1)]
}

/// Where the thumbnails of a folder's own pictures are, inside [`ROOT`].
pub(super) fn shelf_of(folder: &str) -> String {
    format!("{}/", hash(folder))
}

/// How all thumbnails of a picture begin, whatever its content, inside the folder's.
pub(super) fn picture_of(key: &str) -> String {
    format!("{}-", hash(key))
}

/// How the thumbnails of a content begin.
pub(super) fn content_of(key: &str, etag: &str) -> String {
    format!("{}{}-", picture_of(key), hash(etag))
}

/// One thumbnail.
pub(super) fn file_of(content: &str, edge: u32) -> String {
    format!("{content}{edge}.jpg")
}

/// The longest edge that a name promises.
pub(super) fn edge_of(content: &str, file: &str) -> Option<u32> {
    let edge = file.strip_prefix(content)?.strip_suffix(".jpg")?.parse().ok()?;
    // Anybody who may write there may use any name: only those that we would give count.
    (file == file_of(content, edge)).then_some(edge)
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_stay_as_they_are_or_other_computers_do_not_find_them() {
        assert_eq!(shelf_of(""), "e3b0c44298fc1c149afbf4c8996fb924/");
        let expected = "4a471fdc3b48518580a40e928de199d8-fcaec3a55087c997f24ba2a70383ed9b-512.jpg";
        assert_eq!(file_of(&content_of("Trip/a.jpg", "etag"), 512), expected);
    }

    #[test]
    fn only_what_is_below_a_root_of_thumbnails_is_hidden() {
        for hidden in [
            ROOT,
            ".amphora-thumbnails/a/b.jpg",
            "us-east-1:1/.amphora-thumbnails/a",
            "my.amphora-thumbnails/.amphora-thumbnails/",
        ] {
            assert!(is_hidden(hidden), "{hidden}");
        }
        for shown in [".amphora-thumbnails", ".amphora-thumbnails-mine/a", "my.amphora-thumbnails/a", "", "a.jpg"] {
            assert!(!is_hidden(shown), "{shown}");
        }
    }

    #[test]
    fn a_name_that_we_would_not_give_promises_nothing() {
        let content = content_of("a.jpg", "1");
        for odd in ["+256.jpg", "0256.jpg", "256.JPG", "256.jpg/x", "-1.jpg", "99999999999.jpg", ".jpg", ""] {
            assert_eq!(edge_of(&content, &format!("{content}{odd}")), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn every_thumbnail_is_hidden_and_found_by_its_own_picture_only(
            key in any::<String>(), other in any::<String>(), etag in any::<String>(), newer in any::<String>(), edge in 1u32..=2048
        ) {
            let content = content_of(&key, &etag);
            let file = file_of(&content, edge);
            let full = format!("{ROOT}{}{file}", shelf_of(folder_of(&key)));
            prop_assert!(is_hidden(&full));
            prop_assert_eq!(full.matches('/').count(), 2, "no text of the key gets into the name");
            prop_assert!(full.is_ascii() && full.len() < 160);
            prop_assert_eq!(edge_of(&content, &file), Some(edge));
            prop_assert!(file.starts_with(&picture_of(&key)));
            prop_assert_eq!(file.starts_with(&picture_of(&other)), key == other);
            prop_assert_eq!(edge_of(&content_of(&key, &newer), &file).is_some(), newer == etag);
        }
    }
}
