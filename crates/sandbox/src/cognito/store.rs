//! The tables of the pools and the one connection that reads and writes them. What the rows mean is said in the
//! files that own them: `users`, `codes`, `outbox`, `refresh_tokens`, `identities`, `installation`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::fault::Fault;
use crate::error::Result;
use crate::store::Database;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS pool_setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS pool_user (
    sub TEXT PRIMARY KEY,
    username TEXT NOT NULL,        -- as it was written at sign-up
    folded TEXT NOT NULL UNIQUE,   -- the same in lower case
    alias TEXT UNIQUE,             -- the e-mail address that signs in as well, in lower case
    status TEXT NOT NULL,
    salt BLOB NOT NULL,
    verifier BLOB NOT NULL,
    attributes TEXT NOT NULL,      -- a JSON object of strings
    factors TEXT NOT NULL          -- JSON, see `factors`
) STRICT;

CREATE TABLE IF NOT EXISTS pool_code (
    sub TEXT NOT NULL REFERENCES pool_user ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    code TEXT NOT NULL,
    target TEXT NOT NULL,          -- the address that it was sent to
    expires_at INTEGER NOT NULL,   -- seconds since 1970, as every time here
    PRIMARY KEY (sub, purpose)
) STRICT;

CREATE TABLE IF NOT EXISTS pool_mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    code TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS pool_refresh_token (
    hash BLOB PRIMARY KEY,         -- SHA-256 of the token
    sub TEXT NOT NULL REFERENCES pool_user ON DELETE CASCADE,
    origin TEXT NOT NULL,          -- origin_jti of every token that came of it
    auth_time INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS pool_refresh_token_origin ON pool_refresh_token (origin);
CREATE INDEX IF NOT EXISTS pool_refresh_token_sub ON pool_refresh_token (sub);

CREATE TABLE IF NOT EXISTS pool_identity (
    id TEXT PRIMARY KEY,
    sub TEXT UNIQUE                -- NULL for a guest; stays when the user is deleted
) STRICT;
";

/// The connection of the pools. One writer at a time; a change is on disk before its answer leaves.
pub struct Store(Mutex<Connection>);

impl Store {
    /// Opens the pools' tables.
    pub fn open(database: &Database) -> Result<Self> {
        Ok(Self(Mutex::new(database.connect(SCHEMA)?)))
    }

    /// Runs `work` in a transaction: all of it is committed, or none of it if it fails.
    pub fn change<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Runs `work`, which only reads.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        work(&self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in mid-transaction rolled it back: the connection is as good as before.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
