//! Encryption at rest: by S3's keys, by KMS, or with a key that only the caller has (SSE-C).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};

/// How the server encrypts an object with keys that it keeps itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// With a key of S3's.
    Aes256,
    /// With a key in AWS KMS.
    Kms {
        /// The key's id or ARN; the account's own key for S3 when `None`.
        key_id: Option<String>,
    },
}

impl Encryption {
    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Aes256 => "AES256",
            Self::Kms { .. } => "aws:kms",
        }
    }

    pub(crate) fn kms_key_id(&self) -> Option<&str> {
        match self {
            Self::Aes256 => None,
            Self::Kms { key_id } => key_id.as_deref(),
        }
    }
}

/// A key of the caller's own (SSE-C): 256 bits for AES. S3 keeps its MD5 and forgets the key; without it nobody reads the
/// object again. Its Debug does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomerKey {
    base64: String,
    md5: String,
}

/// A text is no customer key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongCustomerKey {
    /// Not 32 bytes, in base64 or as they are.
    #[error("an encryption key of your own has 32 bytes")]
    Length,
    /// The MD5 that came with it is that of another key.
    #[error("the MD5 given for the encryption key is not its MD5")]
    Md5,
}

impl CustomerKey {
    /// Takes the key's bytes.
    pub fn new(key: &[u8; 32]) -> Self {
        Self { base64: STANDARD.encode(key), md5: STANDARD.encode(Md5::digest(key)) }
    }

    /// Takes a key as Amplify's `SSECustomerKey` gives it: 32 characters, or 32 bytes in base64. The MD5 (base64) is
    /// computed when it is not given, and checked when it is.
    ///
    /// # Errors
    /// It has another length, or another MD5.
    pub fn parse(key: &str, md5: Option<&str>) -> Result<Self, WrongCustomerKey> {
        let bytes: [u8; 32] = match key.as_bytes().try_into() {
            Ok(bytes) => bytes,
            Err(_) => {
                let decoded = STANDARD.decode(key).map_err(|_| WrongCustomerKey::Length)?;
                decoded.try_into().map_err(|_| WrongCustomerKey::Length)?
            }
        };
        let parsed = Self::new(&bytes);
        if md5.is_some_and(|md5| md5 != parsed.md5) { Err(WrongCustomerKey::Md5) } else { Ok(parsed) }
    }

    pub(crate) fn base64(&self) -> &str {
        &self.base64
    }

    pub(crate) fn md5(&self) -> &str {
        &self.md5
    }
}

impl fmt::Debug for CustomerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomerKey(•••)")
    }
}

/// Adds the storage's customer key, if it has one, to a request of any type that takes it.
macro_rules! with_customer_key {
    ($request:expr, $storage:expr) => {{
        let key: Option<&crate::encryption::CustomerKey> = $storage.customer_key();
        $request
            .set_sse_customer_algorithm(key.map(|_| "AES256".to_owned()))
            .set_sse_customer_key(key.map(|key| key.base64().to_owned()))
            .set_sse_customer_key_md5(key.map(|key| key.md5().to_owned()))
    }};
}

pub(crate) use with_customer_key;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_key_is_taken_in_both_writings_and_its_md5_computed() {
        let plain = CustomerKey::parse("0123456789abcdef0123456789abcdef", None).unwrap();
        let encoded = CustomerKey::parse("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", None).unwrap();
        assert_eq!(plain, encoded);
        assert_eq!(plain.md5(), STANDARD.encode(Md5::digest(b"0123456789abcdef0123456789abcdef")));
        let md5 = plain.md5().to_owned();
        assert_eq!(CustomerKey::parse("0123456789abcdef0123456789abcdef", Some(&md5)), Ok(plain.clone()));
        assert_eq!(
            CustomerKey::parse("0123456789abcdef0123456789abcdef", Some("AAAA")),
            Err(WrongCustomerKey::Md5),
            "a mistake is told here, not after the upload"
        );
        for wrong in ["", "short", "MDEyMw=="] {
            assert_eq!(CustomerKey::parse(wrong, None), Err(WrongCustomerKey::Length), "{wrong:?}");
        }
        assert!(!format!("{plain:?}").contains("MDEy"), "a key is never told");
    }
}
