//! The one SQLite file of a data folder. Each half of the sandbox opens its own connection and owns its own tables.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::error::Result;

/// Where the database is and how carefully it writes. Cheap to clone; opens nothing by itself.
#[derive(Clone, Debug)]
pub struct Database {
    path: PathBuf,
    fsync: bool,
}

impl Database {
    /// The database `sandbox.db` of `data_dir`. With `fsync` a commit survives a power cut; without, only a crash.
    pub fn new(data_dir: &Path, fsync: bool) -> Self {
        Self { path: data_dir.join("sandbox.db"), fsync }
    }

    /// Opens a connection (write-ahead log, foreign keys on, waits 10 s for another writer) and runs `schema`,
    /// which must be written with `IF NOT EXISTS`.
    pub fn connect(&self, schema: &str) -> Result<Connection> {
        let connection = Connection::open(&self.path)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", if self.fsync { "FULL" } else { "OFF" })?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(128);
        connection.execute_batch(schema)?;
        Ok(connection)
    }
}
