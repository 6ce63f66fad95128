//! The pool's ID and access tokens: RS256, an hour long, with Cognito's claims.

use jsonwebtoken::errors::ErrorKind;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::fault::{Fault, FaultKind};
use super::installation::Installation;
use super::refresh_tokens::Grant;
use super::signing_key::SigningKey;
use super::users::User;
use crate::error::Result;

/// Cognito's default.
pub const LIFETIME: Duration = Duration::hours(1);

/// Makes and reads tokens.
pub struct Tokens {
    key: SigningKey,
    issuer: String,
    client_id: String,
}

/// The claims that decide who somebody is.
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    /// The user.
    pub sub: String,
    /// The sign-in that the token came of.
    #[serde(default)]
    pub origin_jti: String,
    iss: String,
    exp: i64,
    token_use: String,
    #[serde(default)]
    aud: String,
    #[serde(default)]
    client_id: String,
}

impl Tokens {
    /// Tokens of this installation, signed with `key`.
    pub fn new(key: SigningKey, installation: &Installation) -> Self {
        Self { key, issuer: installation.issuer(), client_id: installation.client_id.clone() }
    }

    /// The public keys, as `/.well-known/jwks.json` gives them.
    pub fn jwks(&self) -> Value {
        json!(self.key.jwks())
    }

    /// An ID token: who the user is, for other services.
    pub fn id_token(&self, user: &User, grant: &Grant, now: OffsetDateTime) -> Result<String> {
        let mut claims = self.common("id", grant, now);
        claims.insert("aud".into(), json!(self.client_id));
        claims.insert("cognito:username".into(), json!(user.username));
        for (name, value) in &user.attributes {
            let value = if name.ends_with("_verified") { json!(value == "true") } else { json!(value) };
            claims.insert(name.clone(), value);
        }
        self.key.sign(&claims)
    }

    /// An access token: what the user may do in the user pool.
    pub fn access_token(&self, user: &User, grant: &Grant, now: OffsetDateTime) -> Result<String> {
        let mut claims = self.common("access", grant, now);
        claims.insert("client_id".into(), json!(self.client_id));
        claims.insert("username".into(), json!(user.username));
        claims.insert("scope".into(), json!("aws.cognito.signin.user.admin"));
        self.key.sign(&claims)
    }

    fn common(&self, token_use: &str, grant: &Grant, now: OffsetDateTime) -> Map<String, Value> {
        let claims = json!({
            "sub": grant.sub,
            "iss": self.issuer,
            "origin_jti": grant.origin,
            "event_id": Uuid::new_v4().to_string(),
            "token_use": token_use,
            "auth_time": grant.auth_time,
            "iat": now.unix_timestamp(),
            "exp": (now + LIFETIME).unix_timestamp(),
            "jti": Uuid::new_v4().to_string(),
        });
        match claims {
            Value::Object(claims) => claims,
            _ => Map::new(),
        }
    }

    /// Checks an access token as the user pool does.
    pub fn check_access(&self, token: &str, now: OffsetDateTime) -> Result<Claims, Fault> {
        let refused = |message: &str| Fault::new(FaultKind::NotAuthorized, message);
        let claims: Claims = self.key.open_token(token).map_err(|_| refused("Invalid Access Token"))?;
        if claims.token_use != "access" || claims.iss != self.issuer || claims.client_id != self.client_id {
            return Err(refused("Invalid Access Token"));
        }
        if claims.exp <= now.unix_timestamp() {
            return Err(refused("Access Token has expired"));
        }
        Ok(claims)
    }

    /// Checks an ID token as the identity pool does.
    pub fn check_id(&self, token: &str, now: OffsetDateTime) -> Result<Claims, Fault> {
        let refused = |why: &str| Fault::new(FaultKind::NotAuthorized, format!("Invalid login token. {why}"));
        let claims: Claims = self.key.open_token(token).map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature => refused("Token signature invalid."),
            _ => refused("Not a valid OpenId Connect identity token."),
        })?;
        if claims.iss != self.issuer {
            return Err(refused("Issuer doesn't match providerName"));
        }
        if claims.token_use != "id" || claims.aud != self.client_id {
            return Err(refused("Incorrect token audience."));
        }
        let now = now.unix_timestamp();
        if claims.exp <= now {
            return Err(refused(&format!("Token expired: {} >= {}", now, claims.exp)));
        }
        Ok(claims)
    }
}
