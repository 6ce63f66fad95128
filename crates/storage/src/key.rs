//! A key as people know it: the name of a file inside its space, byte for byte.

use std::fmt;

use crate::error::{ErrorKind, StorageError};

/// S3's limit for a whole key in UTF-8, prefix included (S3 API, "Object key naming guidelines").
pub const MAX_KEY_BYTES: usize = 1024;

/// A key inside a space, without the level's prefix. Never empty, kept as it is: no slash is added, nothing is encoded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// Takes a text as a key.
    ///
    /// # Errors
    /// `NameNotAllowed`: it is empty or longer than S3 takes.
    pub fn parse(text: &str) -> Result<Self, StorageError> {
        if text.is_empty() {
            return Err(StorageError::new(ErrorKind::NameNotAllowed, "use", text).with_detail("the name is empty"));
        }
        if text.len() > MAX_KEY_BYTES {
            return Err(too_long("use", text, text.len()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole S3 key, if it fits.
    pub(crate) fn under(&self, prefix: &str, action: &'static str) -> Result<String, StorageError> {
        let full = format!("{prefix}{}", self.0);
        if full.len() > MAX_KEY_BYTES { Err(too_long(action, &self.0, full.len())) } else { Ok(full) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn too_long(action: &'static str, key: &str, bytes: usize) -> StorageError {
    let detail = format!("the whole key has {bytes} bytes, S3 takes {MAX_KEY_BYTES}");
    StorageError::new(ErrorKind::NameNotAllowed, action, key).with_detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_bytes() {
        for text in ["a b+ü.txt", "/leading", "a//b", "../up", " ", "\n", "📷", "a/", ".."] {
            assert_eq!(Key::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn a_key_is_never_empty_and_fits_with_its_prefix() {
        assert_eq!(Key::parse("").unwrap_err().kind(), ErrorKind::NameNotAllowed);
        assert_eq!(Key::parse(&"k".repeat(1025)).unwrap_err().kind(), ErrorKind::NameNotAllowed);
        let longest = Key::parse(&"ü".repeat(508)).unwrap();
        assert_eq!(longest.under("public/x", "upload").unwrap().len(), 1024);
        assert_eq!(longest.under("public/xy", "upload").unwrap_err().kind(), ErrorKind::NameNotAllowed);
    }
}
