//! The seam between Cognito and S3: temporary keys that the identity pool hands out and that S3 checks.
//!
//! `cognito` calls [`Sessions::issue`] for GetCredentialsForIdentity; `s3` calls [`Sessions::look_up`] for every
//! request. Both get their time from one [`crate::Clock`]. Sessions are kept in the database and survive a restart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rusqlite::{Connection, params};
use time::{Duration, OffsetDateTime};

use crate::error::Result;
use crate::secret::Secret;
use crate::store::Database;

/// Which of the two roles of the identity pool a session was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Signed in through the user pool.
    Authenticated,
    /// A guest.
    Unauthenticated,
}

/// Temporary keys of one identity.
#[derive(Clone, Debug)]
pub struct SessionKeys {
    /// `ASIA` and sixteen more letters and digits, as AWS STS makes them.
    pub access_key_id: String,
    /// Forty characters; signs requests, never travels after it was issued.
    pub secret_access_key: Secret,
    /// Travels with each request and must match.
    pub session_token: Secret,
    /// The identity that acts: `region:uuid`. Fills `${cognito-identity.amazonaws.com:sub}`.
    pub identity_id: String,
    /// The role whose policy applies.
    pub role: Role,
    /// From this moment on the keys are refused with ExpiredToken.
    pub expires_at: OffsetDateTime,
}

/// Every session that was issued and has not been forgotten. Cheap to clone.
#[derive(Clone)]
pub struct Sessions {
    lifetime: Duration,
    live: Arc<RwLock<HashMap<String, SessionKeys>>>,
    connection: Arc<Mutex<Connection>>,
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS session (
    access_key_id TEXT PRIMARY KEY,
    secret_access_key TEXT NOT NULL,
    session_token TEXT NOT NULL,
    identity_id TEXT NOT NULL,
    authenticated INTEGER NOT NULL,
    expires_at INTEGER NOT NULL -- seconds since 1970
) STRICT;";

/// An expired session is remembered this long, so that its holder reads "expired" and not "unknown key".
const REMEMBERED: Duration = Duration::days(1);

impl Sessions {
    /// The lifetime of keys that Amazon Cognito hands out.
    pub const ONE_HOUR: Duration = Duration::hours(1);

    /// Opens the sessions of `database`; new ones will live for `lifetime`.
    pub fn open(database: &Database, lifetime: Duration, now: OffsetDateTime) -> Result<Self> {
        let connection = database.connect(SCHEMA)?;
        connection
            .execute("DELETE FROM session WHERE expires_at < ?1", params![(now - REMEMBERED).unix_timestamp()])?;
        let live = read_all(&connection)?;
        Ok(Self { lifetime, live: Arc::new(RwLock::new(live)), connection: Arc::new(Mutex::new(connection)) })
    }

    /// Makes keys for `identity_id` that act in `role` until `now` plus the lifetime, and writes them down.
    /// Blocks on the disk.
    pub fn issue(&self, identity_id: &str, role: Role, now: OffsetDateTime) -> Result<SessionKeys> {
        let keys = SessionKeys {
            access_key_id: new_access_key_id(),
            secret_access_key: Secret::random(40),
            session_token: Secret::random(640),
            identity_id: identity_id.to_owned(),
            role,
            // Whole seconds: that is what Cognito answers and what the table keeps.
            expires_at: (now + self.lifetime).replace_nanosecond(0).unwrap_or(now + self.lifetime),
        };
        self.connection.lock().unwrap_or_else(PoisonError::into_inner).execute(
            "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                keys.access_key_id,
                keys.secret_access_key.reveal(),
                keys.session_token.reveal(),
                keys.identity_id,
                keys.role == Role::Authenticated,
                keys.expires_at.unix_timestamp()
            ],
        )?;
        self.live.write().unwrap_or_else(PoisonError::into_inner).insert(keys.access_key_id.clone(), keys.clone());
        Ok(keys)
    }

    /// The session of an access key, expired or not; `None` for a key that was never issued or is long forgotten.
    pub fn look_up(&self, access_key_id: &str) -> Option<SessionKeys> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).get(access_key_id).cloned()
    }
}

fn read_all(connection: &Connection) -> Result<HashMap<String, SessionKeys>> {
    let mut statement = connection.prepare(
        "SELECT access_key_id, secret_access_key, session_token, identity_id, authenticated, expires_at FROM session",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(SessionKeys {
            access_key_id: row.get(0)?,
            secret_access_key: Secret::new(row.get::<_, String>(1)?),
            session_token: Secret::new(row.get::<_, String>(2)?),
            identity_id: row.get(3)?,
            role: if row.get(4)? { Role::Authenticated } else { Role::Unauthenticated },
            expires_at: OffsetDateTime::from_unix_timestamp(row.get(5)?).unwrap_or(OffsetDateTime::UNIX_EPOCH),
        })
    })?;
    let mut all = HashMap::new();
    for keys in rows {
        let keys = keys?;
        all.insert(keys.access_key_id.clone(), keys);
    }
    Ok(all)
}

fn new_access_key_id() -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let random: [u8; 16] = rand::random();
    let tail = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    "ASIA".chars().chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_survives_a_restart_and_is_forgotten_a_day_after_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::new(dir.path(), false);
        let now = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
        let keys = Sessions::open(&database, Sessions::ONE_HOUR, now)
            .unwrap()
            .issue("local:1", Role::Unauthenticated, now)
            .unwrap();

        let reopened = Sessions::open(&database, Sessions::ONE_HOUR, now + Duration::hours(2)).unwrap();
        let found = reopened.look_up(&keys.access_key_id).unwrap();
        assert_eq!(found.expires_at, now + Duration::hours(1));
        assert_eq!((found.identity_id.as_str(), found.role), ("local:1", Role::Unauthenticated));
        assert!(found.session_token.matches(keys.session_token.reveal()), "the token is what was issued");

        let much_later = Sessions::open(&database, Sessions::ONE_HOUR, now + Duration::hours(26)).unwrap();
        assert!(much_later.look_up(&keys.access_key_id).is_none(), "a day after its end the key is unknown");
    }
}
