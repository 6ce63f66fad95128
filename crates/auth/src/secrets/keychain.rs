//! The keychain of the system: Keychain Services, Credential Manager or the Secret Service.
//!
//! Every call runs on a thread of its own with a time-out: a locked keyring may show a question and wait for its answer.

use super::{Secret, SecretStore, SecretStoreError, pieces};
use async_trait::async_trait;
use keyring::{Entry, Error};
use std::time::Duration;
use zeroize::Zeroizing;

const PATIENCE: Duration = Duration::from_secs(3);
/// Written once, to learn whether the keychain takes secrets: a missing keyring shows only when something is set.
const PROBE: &str = "keychain works";

/// Secrets in the keychain of the system, all under one service name.
#[derive(Clone, Debug)]
pub struct OsKeychain {
    service: String,
}

/// There is no keychain that keeps secrets here: a sign-in lasts for this run only.
#[derive(Debug, thiserror::Error)]
#[error("no keychain keeps secrets here: {reason}")]
pub struct KeychainUnavailable {
    reason: String,
}

impl OsKeychain {
    /// Opens the keychain and tries whether it keeps a secret. A keychain that is only locked is opened: it may be unlocked later.
    ///
    /// # Errors
    /// No keychain service, no keyring in it, or no answer within 3 s.
    pub async fn open(service: impl Into<String>) -> Result<Self, KeychainUnavailable> {
        let service = service.into();
        let probed = on_a_thread({
            let service = service.clone();
            move || probe(&service)
        });
        match probed.await {
            Ok(()) => Ok(Self { service }),
            Err(error) => Err(KeychainUnavailable { reason: error.reason }),
        }
    }
}

#[async_trait]
impl SecretStore for OsKeychain {
    async fn get(&self, name: &str) -> Result<Option<Secret>, SecretStoreError> {
        let (service, name) = (self.service.clone(), name.to_owned());
        on_a_thread(move || get(&service, &name)).await
    }

    async fn set(&self, name: &str, secret: Secret) -> Result<(), SecretStoreError> {
        let (service, name) = (self.service.clone(), name.to_owned());
        on_a_thread(move || set(&service, &name, &secret)).await
    }

    async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        let (service, name) = (self.service.clone(), name.to_owned());
        on_a_thread(move || remove(&service, &name)).await
    }
}

fn probe(service: &str) -> Result<(), SecretStoreError> {
    if let Err(reason) = Entry::store_status() {
        return Err(SecretStoreError::new(reason.to_string()));
    }
    let entry = Entry::new(service, PROBE).map_err(failed)?;
    match entry.get_secret() {
        Ok(_) | Err(Error::NoStorageAccess(_)) => Ok(()),
        Err(Error::NoEntry) => entry.set_secret(b"yes").map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

fn get(service: &str, name: &str) -> Result<Option<Secret>, SecretStoreError> {
    let Some(first) = get_piece(service, name, 0)? else { return Ok(None) };
    let mut all = vec![first];
    for place in 1..pieces::count(&all[0]) {
        let Some(piece) = get_piece(service, name, place)? else { return Ok(None) };
        all.push(piece);
    }
    Ok(pieces::join(&all))
}

fn set(service: &str, name: &str, secret: &Secret) -> Result<(), SecretStoreError> {
    let old = get_piece(service, name, 0)?.map_or(0, |first| pieces::count(&first));
    let cut = pieces::cut(secret).ok_or_else(|| SecretStoreError::new("the secret is too long"))?;
    let new = u8::try_from(cut.len()).unwrap_or(u8::MAX);
    // The first piece goes last: until then the check of the old first piece fails, and nothing half-written is believed.
    for (place, piece) in (0..new).zip(&cut).rev() {
        entry(service, name, place)?.set_secret(piece).map_err(failed)?;
    }
    (new..old).try_for_each(|place| remove_piece(service, name, place))
}

fn remove(service: &str, name: &str) -> Result<(), SecretStoreError> {
    let count = get_piece(service, name, 0)?.map_or(0, |first| pieces::count(&first));
    (0..count.max(1)).try_for_each(|place| remove_piece(service, name, place))
}

fn get_piece(service: &str, name: &str, place: u8) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
    match entry(service, name, place)?.get_secret() {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

fn remove_piece(service: &str, name: &str, place: u8) -> Result<(), SecretStoreError> {
    match entry(service, name, place)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

fn entry(service: &str, name: &str, place: u8) -> Result<Entry, SecretStoreError> {
    let name = if place == 0 { name.to_owned() } else { format!("{name} {}", u16::from(place) + 1) };
    Entry::new(service, &name).map_err(failed)
}

fn failed(error: Error) -> SecretStoreError {
    // Two of the kinds carry the stored bytes: their text must not.
    SecretStoreError::new(match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "what it holds cannot be read".to_owned(),
        error => error.to_string(),
    })
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SecretStoreError> + Send + 'static,
) -> Result<T, SecretStoreError> {
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(panicked)) => Err(SecretStoreError::new(panicked.to_string())),
        Err(_) => Err(SecretStoreError::new(format!("no answer within {} s; it may be locked", PATIENCE.as_secs()))),
    }
}
