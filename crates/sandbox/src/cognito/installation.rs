//! Who this installation is: the ids of its pools and the secret that imagines users who do not exist. Made once,
//! at random, and kept.

use rand::Rng;
use rand::seq::IndexedRandom;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::fault::Fault;
use crate::secret::Secret;

/// The ids that a client configures, in Cognito's formats.
#[derive(Clone, Debug)]
pub struct Installation {
    /// `us-east-1`.
    pub region: String,
    /// `us-east-1_` and nine letters and digits.
    pub user_pool_id: String,
    /// Twenty-six lower-case letters and digits.
    pub client_id: String,
    /// `us-east-1:` and a UUID.
    pub identity_pool_id: String,
    /// Makes the answers about unknown users the same each time.
    pub imagination: Secret,
}

impl Installation {
    /// Reads the ids, or makes and keeps them at the first start.
    pub fn load(connection: &Connection, region: &str) -> Result<Self, Fault> {
        Ok(Self {
            region: region.to_owned(),
            user_pool_id: format!("{region}_{}", keep(connection, "user_pool", || letters(9, MIXED))?),
            client_id: keep(connection, "client", || letters(26, LOWER))?,
            identity_pool_id: format!("{region}:{}", keep(connection, "identity_pool", || Uuid::new_v4().to_string())?),
            imagination: Secret::new(keep(connection, "imagination", || Secret::random(43).reveal().to_owned())?),
        })
    }

    /// The user pool's id after the underscore, as SRP hashes it.
    pub fn pool_name(&self) -> &str {
        self.user_pool_id.rsplit('_').next().unwrap_or_default()
    }

    /// The user pool as the identity pool's `Logins` names it.
    pub fn provider(&self) -> String {
        format!("cognito-idp.{}.amazonaws.com/{}", self.region, self.user_pool_id)
    }

    /// The `iss` of every token.
    pub fn issuer(&self) -> String {
        format!("https://{}", self.provider())
    }
}

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn letters(count: usize, alphabet: &[u8]) -> String {
    let mut random = rand::rng();
    (0..count).map(|_| char::from(*alphabet.choose(&mut random).unwrap_or(&b'a'))).collect()
}

/// Six decimal digits.
pub fn six_digits() -> String {
    format!("{:06}", rand::rng().random_range(0..1_000_000))
}

fn keep(connection: &Connection, name: &str, make: impl FnOnce() -> String) -> Result<String, Fault> {
    let kept = connection
        .query_row("SELECT value FROM pool_setting WHERE name = ?1", params![name], |row| row.get(0))
        .optional()?;
    if let Some(value) = kept {
        return Ok(value);
    }
    let value = make();
    connection.execute("INSERT INTO pool_setting VALUES (?1, ?2)", params![name, value])?;
    Ok(value)
}
