//! What is kept between two runs: the refresh token, the person's identity id, the guest's identity id. Never a password.

use crate::error::AuthError;
use crate::secrets::{Secret, SecretStore};
use crate::tokens::RefreshToken;
use std::fmt;
use std::sync::Arc;

/// The kept secrets of one backend.
#[derive(Clone)]
pub(crate) struct Kept {
    store: Arc<dyn SecretStore>,
    scope: String,
}

#[derive(Clone, Copy)]
enum Name {
    RefreshToken,
    PersonId,
    GuestId,
}

impl Kept {
    pub(crate) fn new(store: Arc<dyn SecretStore>, scope: String) -> Self {
        Self { store, scope }
    }

    pub(crate) async fn refresh_token(&self) -> Result<Option<RefreshToken>, AuthError> {
        Ok(self.get(Name::RefreshToken).await?.map(RefreshToken::new))
    }

    pub(crate) async fn person_id(&self) -> Result<Option<String>, AuthError> {
        self.get(Name::PersonId).await
    }

    pub(crate) async fn guest_id(&self) -> Result<Option<String>, AuthError> {
        self.get(Name::GuestId).await
    }

    pub(crate) async fn keep_person(&self, token: &RefreshToken, identity_id: &str) -> Result<(), AuthError> {
        // The id first: a token without it only costs one more request, an id without a token is forgotten.
        self.set(Name::PersonId, identity_id).await?;
        self.set(Name::RefreshToken, token.reveal()).await
    }

    pub(crate) async fn keep_refresh_token(&self, token: &RefreshToken) -> Result<(), AuthError> {
        self.set(Name::RefreshToken, token.reveal()).await
    }

    pub(crate) async fn keep_guest_id(&self, identity_id: &str) -> Result<(), AuthError> {
        self.set(Name::GuestId, identity_id).await
    }

    pub(crate) async fn forget_person(&self) -> Result<(), AuthError> {
        self.store.remove(&self.name(Name::RefreshToken)).await?;
        Ok(self.store.remove(&self.name(Name::PersonId)).await?)
    }

    pub(crate) async fn forget_guest_id(&self) -> Result<(), AuthError> {
        Ok(self.store.remove(&self.name(Name::GuestId)).await?)
    }

    async fn get(&self, name: Name) -> Result<Option<String>, AuthError> {
        let secret = self.store.get(&self.name(name)).await?;
        Ok(secret.and_then(|secret| String::from_utf8(secret.reveal().to_vec()).ok()))
    }

    async fn set(&self, name: Name, text: &str) -> Result<(), AuthError> {
        Ok(self.store.set(&self.name(name), Secret::new(text)).await?)
    }

    fn name(&self, name: Name) -> String {
        let name = match name {
            Name::RefreshToken => "refresh token",
            Name::PersonId => "identity",
            Name::GuestId => "guest identity",
        };
        format!("{} {name}", self.scope)
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("scope", &self.scope).finish_non_exhaustive()
    }
}
