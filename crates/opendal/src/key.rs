//! Which keys an OpenDAL path can stand for. Does no I/O.

use amphora_storage::category::CategoryError;

/// OpenDAL takes a path for one of a file system: it drops empty segments, and some stores follow `..` out of the level. A
/// key that would not come back as it is, or not stay where it belongs, is refused.
pub fn check(key: &str) -> Result<(), CategoryError> {
    let wrong = |segment: &str| matches!(segment, "" | "." | "..") || segment.contains(['\\', '\0']);
    if key.split('/').any(wrong) || key != key.trim() {
        let message = format!("{key:?} cannot be a name in this store");
        return Err(CategoryError::Provider { code: "InvalidKey", message });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stays_inside_its_level_and_comes_back_as_it_is() {
        for good in ["a", "a b/ü.txt", "..a/b..", "photos/2026/a.png"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for wrong in ["", "/a", "a/", "a//b", "../a", "a/../../b", "a/./b", "a\\b", "a\0b", " a", "a\n"] {
            assert_eq!(check(wrong).unwrap_err().code(), "InvalidKey", "{wrong:?}");
        }
    }
}
