//! Text that must not be shown: keys, tokens, codes. Makes new ones and compares them in constant time.

use std::fmt;

use rand::RngCore;

/// A secret string; its `Debug` prints `•••`.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps text that must not be shown.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A random secret of `length` characters out of `A-Z a-z 0-9 + /`, from the thread's secure generator.
    pub fn random(length: usize) -> Self {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut bytes = vec![0u8; length];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
    }

    /// The text itself, for the wire and the store only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `other` is the same text; takes as long when the first character differs as when the last does.
    pub fn matches(&self, other: &str) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(self.0.as_bytes(), other.as_bytes()).is_ok()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("•••")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?}"), "•••");
        assert!(secret.matches("hunter2"));
        assert!(!secret.matches("hunter") && !secret.matches("hunter3"));
        assert_ne!(Secret::random(40).reveal(), Secret::random(40).reveal());
    }
}
