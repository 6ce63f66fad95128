//! The queue on disk: one row of SQLite for each transfer, in a write-ahead log. Many steps share one commit, and what has to
//! be there before something acts is committed before it. A disk that refuses has the queue go on in memory; what was not
//! committed by then may be lost, as in a kill.

use super::schema;
use crate::wire::Failure;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::{Path, PathBuf};

/// Statements kept ready.
const PREPARED: usize = 64;
/// Pages in the log before it is written back: with fewer, adding many rows waits for the disk again and again.
const LOG_PAGES: i64 = 4000;

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
    rows: Connection,
    /// The number of this run.
    pub run: i64,
    /// Why it lasts only as long as this run.
    pub problem: Option<Failure>,
    /// It has just gone over to memory, perhaps without what was not committed.
    pub fell: bool,
}

impl Journal {
    /// Opens or makes the journal.
    ///
    /// # Errors
    /// It is damaged, of a later version, or the disk refuses.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let rows = Connection::open(path)?;
        rows.pragma_update(None, "journal_mode", "WAL")?;
        // Every commit survives the end of the process; a power cut may cost the last ones, never the file.
        rows.pragma_update(None, "synchronous", "NORMAL")?;
        rows.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        Self::of(rows)
    }

    /// A journal that lasts as long as this run.
    ///
    /// # Errors
    /// There is no memory.
    pub fn in_memory() -> Result<Self, JournalError> {
        Self::of(Connection::open_in_memory()?)
    }

    fn of(rows: Connection) -> Result<Self, JournalError> {
        keep_plans(&rows)?;
        let run = schema::prepare(&rows)?;
        Ok(Self { rows, run, problem: None, fell: false })
    }

    /// Reads.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn read<T>(&self, act: impl FnOnce(&Connection) -> Result<T, JournalError>) -> Option<T> {
        act(&self.rows).map_err(|error| tracing::error!(%error, "the journal of transfers cannot be read")).ok()
    }

    /// Writes, in the commit that is open. A journal that refuses goes on in memory, with all that it held.
    pub fn write<T>(&mut self, act: impl Fn(&Connection) -> Result<T, JournalError>) -> Option<T> {
        let begun = if self.rows.is_autocommit() { self.rows.execute_batch("BEGIN") } else { Ok(()) };
        match begun.map_err(JournalError::from).and_then(|()| act(&self.rows)) {
            Ok(done) => Some(done),
            Err(error) => {
                self.go_on_in_memory(&error);
                act(&self.rows).map_err(|error| tracing::error!(%error, "a step of a transfer is lost")).ok()
            }
        }
    }

    /// From here on what was written survives the end of the process.
    pub fn commit(&mut self) {
        if !self.rows.is_autocommit()
            && let Err(error) = self.rows.execute_batch("COMMIT")
        {
            self.go_on_in_memory(&error.into());
        }
    }

    fn go_on_in_memory(&mut self, error: &JournalError) {
        tracing::error!(%error, "the journal of transfers refuses; the queue goes on in memory");
        if self.problem.is_some() {
            return;
        }
        self.problem = Some(Failure::journal_unreadable(&error.to_string()));
        let copied = Connection::open_in_memory().map_err(JournalError::from).and_then(|rows| {
            keep_plans(&rows)?;
            schema::prepare(&rows)?;
            schema::copy_all(&self.rows, &rows)?;
            Ok(rows)
        });
        match copied {
            Ok(rows) => (self.rows, self.fell) = (rows, true),
            Err(error) => tracing::error!(%error, "the queue cannot go on in memory"),
        }
    }
}

/// Statements stay as they were planned. An index of some rows only has SQLite plan a statement anew for every value that is
/// bound, unless it is told that the values are not to count (`SQLITE_DBCONFIG_ENABLE_QPSG`).
fn keep_plans(rows: &Connection) -> rusqlite::Result<()> {
    rows.set_prepared_statement_cache_capacity(PREPARED);
    rows.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.commit();
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
