//! The identity pool: GetId and GetCredentialsForIdentity. Turns a guest, or a user with a token of our user pool, into
//! temporary keys for S3.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::fault::{Fault, FaultKind};
use super::identities::{self, Owner};
use super::pool::Pool;
use super::refresh_tokens;
use crate::session::{Role, Sessions};

/// Whether somebody without an account gets keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guests {
    /// In the role of the unauthenticated.
    #[default]
    Allowed,
    /// Sign-in is mandatory.
    Refused,
}

/// The identity pool, with the user pool that it trusts.
pub struct IdentityPool<'a> {
    /// Its tokens are believed.
    pub users: &'a Pool,
    /// Where keys are issued.
    pub sessions: &'a Sessions,
    /// The policy about guests.
    pub guests: Guests,
}

/// Input of GetId.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetId {
    identity_pool_id: String,
    #[serde(default)]
    logins: HashMap<String, String>,
}

/// Input of GetCredentialsForIdentity.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCredentialsForIdentity {
    identity_id: String,
    #[serde(default)]
    logins: HashMap<String, String>,
}

impl IdentityPool<'_> {
    /// The identity of a user, made at the first asking; a new one for a guest.
    pub fn get_id(&self, input: GetId) -> Result<Value, Fault> {
        if input.identity_pool_id != self.users.installation.identity_pool_id {
            let message = format!("IdentityPool '{}' not found.", input.identity_pool_id);
            return Err(Fault::new(FaultKind::ResourceNotFound, message));
        }
        let region = &self.users.installation.region;
        let owner = self.who(&input.logins)?;
        let id = self.users.store.change(|transaction| match &owner {
            Owner::Guest => identities::create(transaction, region, &owner),
            Owner::User(sub) => match identities::of_user(transaction, sub)? {
                Some(id) => Ok(id),
                None => identities::create(transaction, region, &owner),
            },
        })?;
        Ok(json!({ "IdentityId": id }))
    }

    /// Keys for an identity. With a token, a guest's identity becomes the user's if the user has none yet; a user who
    /// has one gets keys for that one, and the answer says so.
    pub fn get_credentials_for_identity(&self, input: GetCredentialsForIdentity) -> Result<Value, Fault> {
        let who = self.who(&input.logins)?;
        let (id, role) = self.users.store.change(|transaction| {
            let asked = input.identity_id;
            match (identities::owner(transaction, &asked)?, &who) {
                (Owner::Guest, Owner::Guest) => Ok((asked, Role::Unauthenticated)),
                (Owner::User(_), Owner::Guest) => {
                    let message = format!("Access to Identity '{asked}' is forbidden.");
                    Err(Fault::new(FaultKind::NotAuthorized, message))
                }
                (Owner::User(owner), Owner::User(sub)) if owner == *sub => Ok((asked, Role::Authenticated)),
                (Owner::User(_), Owner::User(_)) => {
                    let message = "Logins don't match. Please include at least one valid login for this identity or \
                                   identity pool.";
                    Err(Fault::new(FaultKind::NotAuthorized, message))
                }
                (Owner::Guest, Owner::User(sub)) => match identities::of_user(transaction, sub)? {
                    Some(own) => Ok((own, Role::Authenticated)),
                    None => {
                        identities::adopt(transaction, &asked, sub)?;
                        Ok((asked, Role::Authenticated))
                    }
                },
            }
        })?;
        let keys = self.sessions.issue(&id, role, self.users.clock.now())?;
        Ok(json!({
            "IdentityId": id,
            "Credentials": {
                "AccessKeyId": keys.access_key_id,
                "SecretKey": keys.secret_access_key.reveal(),
                "SessionToken": keys.session_token.reveal(),
                "Expiration": keys.expires_at.unix_timestamp(),
            },
        }))
    }

    /// Who asks: the user of a genuine token, or a guest.
    fn who(&self, logins: &HashMap<String, String>) -> Result<Owner, Fault> {
        let refused = |message: &str| Fault::new(FaultKind::NotAuthorized, message);
        if logins.is_empty() {
            return match self.guests {
                Guests::Allowed => Ok(Owner::Guest),
                Guests::Refused => Err(refused("Unauthenticated access is not supported for this identity pool.")),
            };
        }
        let token = logins.get(&self.users.installation.provider());
        let token = token.ok_or_else(|| refused("Token is not from a supported provider of this identity pool."))?;
        let claims = self.users.tokens.check_id(token, self.users.clock.now())?;
        // Cognito does this where the pool has ServerSideTokenCheck; a sandbox that forgets its users needs it.
        if !self.users.store.read(|connection| refresh_tokens::is_live(connection, &claims.origin_jti))? {
            return Err(refused("Invalid login token. Token is revoked or its user is gone."));
        }
        Ok(Owner::User(claims.sub))
    }
}
