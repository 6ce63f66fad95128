//! The queue on disk: one row of SQLite for each transfer that is not settled, so that a crash or an end loses none.
//! Write-ahead log; a row is written before its transfer acts. Knows nothing of what runs.

use super::queue::Transfer;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Grows when a row's shape changes in a way that older readers would get wrong.
const SCHEMA: i64 = 2;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JournalError {
    /// The file is damaged, or the disk refuses.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A row cannot be read.
    #[error("transfer {id}: {source}")]
    Row {
        /// Of which transfer.
        id: i64,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A later version of the application wrote it.
    #[error("schema {0}, written by a later version")]
    Later(i64),
}

/// An open journal.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(super) rows: Connection,
}

impl Journal {
    /// Opens or makes the journal, and reads every transfer that it holds, by id.
    ///
    /// # Errors
    /// It is damaged, of a later version, or the disk refuses.
    pub fn open(path: &Path) -> Result<(Self, BTreeMap<u64, Transfer>), JournalError> {
        let rows = Connection::open(path)?;
        rows.pragma_update(None, "journal_mode", "WAL")?;
        // Every commit survives the end of the process; a power cut may cost the last ones, never the file.
        rows.pragma_update(None, "synchronous", "NORMAL")?;
        let schema: i64 = rows.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if schema > SCHEMA {
            return Err(JournalError::Later(schema));
        }
        // A part is written at once when the server has it, so parts are rows: rewriting a list of them would cost the
        // square of their number.
        rows.execute_batch(
            "CREATE TABLE IF NOT EXISTS transfer (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
             CREATE TABLE IF NOT EXISTS upload (
                 id INTEGER PRIMARY KEY,      -- of the transfer, which may be gone
                 owner TEXT NOT NULL,
                 bucket TEXT NOT NULL,
                 full_key TEXT NOT NULL,
                 upload_id TEXT,              -- NULL: asked for, and perhaps lost
                 size INTEGER NOT NULL,
                 part_size INTEGER NOT NULL
             ) STRICT;
             CREATE TABLE IF NOT EXISTS part (
                 upload INTEGER NOT NULL,
                 number INTEGER NOT NULL,
                 etag TEXT NOT NULL,
                 crc32 TEXT,
                 PRIMARY KEY (upload, number)
             ) STRICT, WITHOUT ROWID;",
        )?;
        rows.pragma_update(None, "user_version", SCHEMA)?;
        let journal = Self { rows };
        let transfers = journal.read()?;
        Ok((journal, transfers))
    }

    /// Notes where a transfer stands; one that is settled leaves.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn note(&self, id: u64, transfer: Option<&Transfer>) -> Result<(), JournalError> {
        let id = i64::try_from(id).unwrap_or(i64::MAX);
        let Some(transfer) = transfer.filter(|transfer| !transfer.is_settled()) else {
            self.rows.prepare_cached("DELETE FROM transfer WHERE id = ?1")?.execute([id])?;
            return Ok(());
        };
        let body = serde_json::to_string(transfer).map_err(|source| JournalError::Row { id, source })?;
        let mut put = self.rows.prepare_cached("INSERT OR REPLACE INTO transfer (id, body) VALUES (?1, ?2)")?;
        put.execute(params![id, body])?;
        Ok(())
    }

    fn read(&self) -> Result<BTreeMap<u64, Transfer>, JournalError> {
        let mut statement = self.rows.prepare("SELECT id, body FROM transfer ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut transfers = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let transfer = serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
            let transfer = transfer.map_err(|source| JournalError::Row { id, source })?;
            transfers.insert(u64::try_from(id).unwrap_or_default(), transfer);
        }
        Ok(transfers)
    }
}

/// Moves a journal that cannot be used out of the way, with what belongs to it. Returns where it is now.
///
/// # Errors
/// The disk refuses.
pub(crate) fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    let aside = |number: u32, end: &str| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        path.with_file_name(format!("{name}.unreadable-{number}.sqlite{end}"))
    };
    let free = (1..).find(|number| aside(*number, "").symlink_metadata().is_err()).unwrap_or(1);
    std::fs::rename(path, aside(free, ""))?;
    for end in ["-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(end);
        match std::fs::rename(&beside, aside(free, end)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside(free, ""))
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
