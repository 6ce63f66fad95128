//! Opens the store, and runs reads and changes on it.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use super::blobs::{BlobWriter, Blobs};
use super::change::Change;
use super::checksum::Algorithm;
use super::database::Database;
use super::error::StoreResult;
use crate::error::{Error, Result};

/// Buckets, objects and unfinished uploads. Every method blocks on the disk.
pub struct Store {
    pub(super) blobs: Blobs,
    database: Database,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS bucket (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    versioning TEXT              -- as the S3 API writes it; NULL: never
) STRICT;
CREATE TABLE IF NOT EXISTS object (
    bucket INTEGER NOT NULL REFERENCES bucket (id),
    key BLOB NOT NULL,           -- UTF-8, so that the order of bytes is the order of S3
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,          -- without quotes
    modified_at INTEGER NOT NULL,-- seconds since 1970
    head TEXT NOT NULL,          -- JSON
    content TEXT NOT NULL,       -- JSON list of segments
    version TEXT NOT NULL DEFAULT 'null',
    PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, -- higher: newer
    bucket INTEGER NOT NULL REFERENCES bucket (id),
    key BLOB NOT NULL,
    id TEXT NOT NULL,
    marker INTEGER NOT NULL,     -- whether it says that the key is deleted
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    head TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS version_by_id ON version (bucket, key, id);
CREATE INDEX IF NOT EXISTS version_by_age ON version (bucket, key, seq DESC);
CREATE TABLE IF NOT EXISTS blob (
    id TEXT PRIMARY KEY,
    referrers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY,
    bucket INTEGER NOT NULL REFERENCES bucket (id),
    key BLOB NOT NULL,
    initiated_at INTEGER NOT NULL,
    initiator TEXT NOT NULL,
    head TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS upload_by_key ON upload (bucket, key, id);
CREATE TABLE IF NOT EXISTS part (
    upload TEXT NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;";

impl Store {
    /// Opens the store of `data_dir` and removes what a crash left behind. The caller holds the folder's lock.
    pub fn open(data_dir: &Path, fsync: bool) -> Result<Self> {
        fs::create_dir_all(data_dir).map_err(Error::file("create", data_dir))?;
        let database = Database::new(data_dir, fsync);
        let writer = database.connect(SCHEMA)?;
        add_missing_columns(&writer)?;
        let blobs = Blobs::open(data_dir, fsync).map_err(Error::file("open the blobs of", data_dir))?;
        let referred = {
            let mut statement = writer.prepare("SELECT id FROM blob")?;
            let ids = statement.query_map([], |row| row.get(0))?;
            ids.collect::<Result<HashSet<String>, _>>()?
        };
        blobs.sweep(&referred).map_err(Error::file("sweep", data_dir))?;
        Ok(Self { blobs, database, writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Starts a piece of content. `algorithms`: the checksums to make while it is written, besides the MD5.
    pub fn start_blob(&self, algorithms: &[Algorithm]) -> StoreResult<BlobWriter> {
        Ok(self.blobs.create(algorithms)?)
    }

    /// Runs `question` on a connection of its own, beside any writer.
    pub(super) fn read<T>(&self, question: impl FnOnce(&Connection) -> StoreResult<T>) -> StoreResult<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.database.connect("").map_err(|error| match error {
                Error::Database(source) => source.into(),
                other => super::StoreError::Disk(std::io::Error::other(other.to_string())),
            })?,
        };
        let answer = question(&connection);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        answer
    }

    /// Runs `change` as one transaction: all of it is committed, or, after an error, nothing.
    ///
    /// Files of blobs are removed while the writer's lock is held: so no other change can begin to refer to a blob
    /// between the commit that ended its last reference and its removal.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Change<'_>) -> StoreResult<T>) -> StoreResult<T> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut changing = Change::new(rows);
        let answer = change(&mut changing)?;
        let Change { rows, retained, released } = changing;
        rows.commit()?;
        self.blobs.revive(&retained);
        self.blobs.discard(released);
        Ok(answer)
    }
}

/// Columns that tables of an older sandbox do not have.
fn add_missing_columns(rows: &Connection) -> Result<()> {
    for (table, column, kind) in
        [("bucket", "versioning", "TEXT"), ("object", "version", "TEXT NOT NULL DEFAULT 'null'")]
    {
        let there = "SELECT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2)";
        if !rows.query_row(there, [table, column], |row| row.get::<_, bool>(0))? {
            rows.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {column} {kind}"))?;
        }
    }
    Ok(())
}
