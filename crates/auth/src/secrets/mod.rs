//! Where secrets are kept between two runs: the keychain of the system, or the memory of this run.

mod keychain;
mod pieces;

pub use keychain::{KeychainUnavailable, OsKeychain};

use async_trait::async_trait;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// A few named secrets. A store answers within seconds or fails.
#[async_trait]
pub trait SecretStore: Send + Sync {
    /// The secret of this name, if there is one.
    async fn get(&self, name: &str) -> Result<Option<Secret>, SecretStoreError>;
    /// Keeps a secret, in place of an older one of this name.
    async fn set(&self, name: &str, secret: Secret) -> Result<(), SecretStoreError>;
    /// Forgets a secret. It is no failure if there is none.
    async fn remove(&self, name: &str) -> Result<(), SecretStoreError>;
}

/// Bytes that are never printed, and overwritten when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(bytes.into()))
    }

    /// The bytes, for a store to keep.
    #[must_use]
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

/// The store does not give or take secrets: locked, gone, or no answer in time.
#[derive(Debug, thiserror::Error)]
#[error("the keychain did not answer: {reason}")]
pub struct SecretStoreError {
    reason: String,
}

impl SecretStoreError {
    /// Why, in the system's words.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

/// Keeps secrets for this run only.
#[derive(Default)]
pub struct InMemory(Mutex<HashMap<String, Secret>>);

#[async_trait]
impl SecretStore for InMemory {
    async fn get(&self, name: &str) -> Result<Option<Secret>, SecretStoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    async fn set(&self, name: &str, secret: Secret) -> Result<(), SecretStoreError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret);
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InMemory(•••)")
    }
}
