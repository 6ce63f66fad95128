//! What every operation of the user pool works with, and what several of them share.

use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::attempts::Attempts;
use super::fault::{Fault, FaultKind};
use super::installation::Installation;
use super::outbox::Outbox;
use super::pending::Pending;
use super::refresh_tokens::{self, Grant};
use super::store::Store;
use super::tokens::{self, Tokens};
use super::users::{self, User};
use crate::clock::Clock;

/// Whether the pool asks for a second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondFactor {
    /// Asked of those who set one up.
    #[default]
    Optional,
    /// Asked of everybody: who has none must set one up (MFA_SETUP).
    Required,
}

/// The user pool.
pub struct Pool {
    /// Its ids.
    pub installation: Installation,
    /// Its rows.
    pub store: Store,
    /// Its tokens.
    pub tokens: Tokens,
    /// Sign-ins under way.
    pub pending: Pending,
    /// Wrong passwords.
    pub passwords: Attempts,
    /// Wrong codes.
    pub codes: Attempts,
    /// What it sends.
    pub outbox: Outbox,
    /// Its idea of now.
    pub clock: Clock,
    /// Its policy.
    pub second_factor: SecondFactor,
}

impl Pool {
    /// Refuses a client that this pool does not know.
    pub fn check_client(&self, client_id: &str) -> Result<(), Fault> {
        if client_id == self.installation.client_id {
            return Ok(());
        }
        Err(Fault::new(FaultKind::ResourceNotFound, format!("User pool client {client_id} does not exist.")))
    }

    /// The user of an access token that is genuine, not expired and not revoked.
    pub fn signed_in(&self, access_token: &str) -> Result<User, Fault> {
        let claims = self.tokens.check_access(access_token, self.clock.now())?;
        self.store.read(|connection| {
            let live = refresh_tokens::is_live(connection, &claims.origin_jti)?;
            users::by_sub(connection, &claims.sub)?
                .filter(|_| live)
                .ok_or_else(|| Fault::new(FaultKind::NotAuthorized, "Access Token has been revoked"))
        })
    }

    /// AuthenticationResult of a sign-in that is complete: all three tokens.
    pub fn tokens_of_sign_in(&self, sub: &str) -> Result<Value, Fault> {
        let now = self.clock.now();
        let grant = Grant { sub: sub.to_owned(), origin: Uuid::new_v4().to_string(), auth_time: now.unix_timestamp() };
        let (user, refresh_token) = self.store.change(|transaction| {
            let user = users::by_sub(transaction, sub)?.ok_or_else(Fault::wrong_password)?;
            Ok((user, refresh_tokens::issue(transaction, &grant, now)?))
        })?;
        let mut result = self.tokens_of_grant(&user, &grant, now)?;
        result["RefreshToken"] = json!(refresh_token.reveal());
        Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
    }

    /// AuthenticationResult of a refresh: new ID and access tokens.
    pub fn tokens_of_refresh(&self, refresh_token: &str) -> Result<Value, Fault> {
        let now = self.clock.now();
        let (user, grant) = self.store.read(|connection| {
            let grant = refresh_tokens::redeem(connection, refresh_token, now)?;
            let user = users::by_sub(connection, &grant.sub)?;
            let gone = || Fault::new(FaultKind::NotAuthorized, "Invalid Refresh Token");
            Ok((user.ok_or_else(gone)?, grant))
        })?;
        let result = self.tokens_of_grant(&user, &grant, now)?;
        Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
    }

    fn tokens_of_grant(&self, user: &User, grant: &Grant, now: OffsetDateTime) -> Result<Value, Fault> {
        Ok(json!({
            "AccessToken": self.tokens.access_token(user, grant, now)?,
            "IdToken": self.tokens.id_token(user, grant, now)?,
            "ExpiresIn": tokens::LIFETIME.whole_seconds(),
            "TokenType": "Bearer",
        }))
    }

    /// Runs a check of a code, counting failures against `name`.
    pub fn counting_codes<T>(&self, name: &str, check: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.codes.begin(name, self.clock.now())?;
        let result = check();
        if result.is_ok() {
            self.codes.succeeded(name);
        }
        result
    }
}
