//! Refresh tokens: long random text that the client keeps and of which we keep the hash. Each sign-in makes one, and
//! every token that comes of that sign-in lives and dies with it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::fault::{Fault, FaultKind};
use crate::secret::Secret;

/// Cognito's default.
const LIFETIME: Duration = Duration::days(30);

/// One sign-in, as the tokens that come of it remember it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who signed in.
    pub sub: String,
    /// `origin_jti`.
    pub origin: String,
    /// When the password was given, in seconds since 1970.
    pub auth_time: i64,
}

/// Makes the refresh token of a new sign-in.
pub fn issue(transaction: &Transaction<'_>, grant: &Grant, now: OffsetDateTime) -> Result<Secret, Fault> {
    let token = random_token();
    transaction.execute(
        "INSERT INTO pool_refresh_token VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        params![hash(&token), grant.sub, grant.origin, grant.auth_time, (now + LIFETIME).unix_timestamp()],
    )?;
    Ok(Secret::new(token))
}

/// The sign-in that a refresh token continues.
pub fn redeem(connection: &Connection, token: &str, now: OffsetDateTime) -> Result<Grant, Fault> {
    let refused = |message: &str| Fault::new(FaultKind::NotAuthorized, message);
    let found: Option<(Grant, i64, bool)> = connection
        .query_row(
            "SELECT sub, origin, auth_time, expires_at, revoked FROM pool_refresh_token WHERE hash = ?1",
            params![hash(token)],
            |row| {
                let grant = Grant { sub: row.get(0)?, origin: row.get(1)?, auth_time: row.get(2)? };
                Ok((grant, row.get(3)?, row.get(4)?))
            },
        )
        .optional()?;
    match found {
        None => Err(refused("Invalid Refresh Token")),
        Some((_, _, true)) => Err(refused("Refresh Token has been revoked")),
        Some((_, expires_at, _)) if expires_at <= now.unix_timestamp() => Err(refused("Refresh Token has expired")),
        Some((grant, _, false)) => Ok(grant),
    }
}

/// Whether the sign-in that a token came of has not been revoked, nor its user deleted.
pub fn is_live(connection: &Connection, origin: &str) -> Result<bool, Fault> {
    let query = "SELECT EXISTS (SELECT 1 FROM pool_refresh_token WHERE origin = ?1 AND revoked = 0)";
    Ok(connection.query_row(query, params![origin], |row| row.get(0))?)
}

/// Ends the sign-in of this refresh token. A token that is not ours changes nothing.
pub fn revoke(transaction: &Transaction<'_>, token: &str) -> Result<(), Fault> {
    transaction.execute("UPDATE pool_refresh_token SET revoked = 1 WHERE hash = ?1", params![hash(token)])?;
    Ok(())
}

/// Ends every sign-in of a user.
pub fn revoke_all(transaction: &Transaction<'_>, sub: &str) -> Result<(), Fault> {
    transaction.execute("UPDATE pool_refresh_token SET revoked = 1 WHERE sub = ?1", params![sub])?;
    Ok(())
}

/// Throws away what expired.
pub fn sweep(connection: &Connection, now: OffsetDateTime) -> Result<(), Fault> {
    connection.execute("DELETE FROM pool_refresh_token WHERE expires_at <= ?1", params![now.unix_timestamp()])?;
    Ok(())
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// As long as Cognito's, about 1,800 characters, and of the same look: five parts of a JWE. Whoever keeps tokens
/// where long values do not fit finds out here.
fn random_token() -> String {
    let random = |bytes: usize| {
        let mut part = vec![0u8; bytes];
        rand::rng().fill_bytes(&mut part);
        URL_SAFE_NO_PAD.encode(part)
    };
    let header = URL_SAFE_NO_PAD.encode(r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    [header, random(256), random(12), random(1000), random(16)].join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_token_is_as_long_as_cognitos() {
        let token = random_token();
        assert!((1_750..1_850).contains(&token.len()), "{} characters", token.len());
        assert_ne!(token, random_token());
    }
}
