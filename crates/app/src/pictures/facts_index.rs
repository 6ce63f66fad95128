//! What was learned of pictures, kept on this computer: a second visit asks nobody. One row of SQLite a picture, under the
//! same scopes as cached pictures: what is somebody's alone is found by nobody else, and goes when they sign out.

use crate::listing::Known;
use amphora_thumbs::{Facts, Taken};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rows that are kept; about 150 MB.
const MOST: i64 = 1_000_000;
/// Grows when a row's shape changes; an index of another shape begins anew, for it can be learned again.
const SCHEMA: i64 = 1;

/// Whose and where a folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shelf {
    /// The backend, and the identity or the shared level.
    pub scope: String,
    /// The bucket.
    pub bucket: String,
}

/// The index.
pub(crate) struct FactsIndex {
    rows: Mutex<Connection>,
}

impl FactsIndex {
    /// Opens the index; where the disk refuses, facts last as long as this run.
    pub(crate) fn open(path: &Path) -> Self {
        let rows = prepared(path).or_else(|error| {
            tracing::warn!(%error, "the index of pictures begins anew");
            // It holds nothing that cannot be read from the pictures again.
            let _gone = std::fs::remove_file(path);
            prepared(path)
        });
        let rows = rows.or_else(|error| {
            tracing::warn!(%error, "what is learned of pictures is not kept");
            prepared(Path::new(":memory:"))
        });
        Self { rows: Mutex::new(rows.expect("SQLite can hold a table in memory")) }
    }

    /// Everything known of the pictures directly in a folder, by key.
    pub(crate) fn folder(&self, shelf: &Shelf, folder: &str) -> Vec<(String, Known)> {
        let find = "SELECT key, etag, width, height, taken, utc_offset, located, first_look FROM picture
                    WHERE scope = ?1 AND bucket = ?2 AND key >= ?3 AND key < ?4
                    AND instr(substr(key, length(?3) + 1), '/') = 0";
        let rows = self.lock();
        let read = rows.prepare_cached(find).and_then(|mut find| {
            let found = find.query_map(params![shelf.scope, shelf.bucket, folder, behind(folder)], known_of)?;
            found.collect()
        });
        read.unwrap_or_else(|error| {
            tracing::warn!(%error, "the index of pictures cannot be read");
            Vec::new()
        })
    }

    /// What is known of a content.
    pub(crate) fn of(&self, shelf: &Shelf, key: &str, etag: &str) -> Option<Known> {
        let find = "SELECT key, etag, width, height, taken, utc_offset, located, first_look FROM picture
                    WHERE scope = ?1 AND bucket = ?2 AND key = ?3 AND etag = ?4";
        let rows = self.lock();
        let read = rows
            .prepare_cached(find)
            .and_then(|mut find| find.query_row(params![shelf.scope, shelf.bucket, key, etag], known_of).optional());
        let known = read.unwrap_or_else(|error| {
            tracing::warn!(%error, "the index of pictures cannot be read");
            None
        });
        known.map(|(_, known)| known)
    }

    /// Keeps what was learned of a picture; of an earlier content it is forgotten.
    pub(crate) fn keep(&self, shelf: &Shelf, key: &str, known: &Known) {
        let put = "INSERT OR REPLACE INTO picture
                   (scope, bucket, key, etag, width, height, taken, utc_offset, located, first_look)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let Known { etag, facts, first_look } = known;
        let (width, height) = facts.size.unzip();
        let (taken, offset) = facts.taken.map(|taken| (taken.clock, taken.offset)).unzip();
        let row =
            params![shelf.scope, shelf.bucket, key, etag, width, height, taken, offset, facts.has_location, first_look];
        let kept = self.lock().prepare_cached(put).and_then(|mut put| put.execute(row));
        if let Err(error) = kept {
            tracing::warn!(%error, "what was learned of a picture is not kept");
        }
    }

    /// Forgets everything of these scopes.
    ///
    /// # Errors
    /// The disk refuses.
    pub(crate) fn forget(&self, scopes: &[String]) -> rusqlite::Result<()> {
        let rows = self.lock();
        scopes.iter().try_for_each(|scope| rows.execute("DELETE FROM picture WHERE scope = ?1", [scope]).map(drop))?;
        // The write-ahead log still holds what was deleted.
        rows.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn prepared(path: &Path) -> rusqlite::Result<Connection> {
    let rows = Connection::open(path)?;
    rows.pragma_update(None, "journal_mode", "WAL")?;
    // A power cut may cost the last facts: they are read again.
    rows.pragma_update(None, "synchronous", "OFF")?;
    // What is forgotten is overwritten, not only unlinked.
    rows.pragma_update(None, "secure_delete", true)?;
    let schema: i64 = rows.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if schema != SCHEMA {
        rows.execute_batch("DROP TABLE IF EXISTS picture")?;
    }
    rows.execute_batch(
        "CREATE TABLE IF NOT EXISTS picture (
             scope TEXT NOT NULL,
             bucket TEXT NOT NULL,
             key TEXT NOT NULL,
             etag TEXT NOT NULL,
             width INTEGER,
             height INTEGER,
             taken INTEGER,               -- milliseconds on the camera's clock
             utc_offset INTEGER,          -- minutes
             located INTEGER NOT NULL,
             first_look INTEGER NOT NULL, -- longest edge in pixels
             UNIQUE (scope, bucket, key)
         ) STRICT;",
    )?;
    rows.pragma_update(None, "user_version", SCHEMA)?;
    // Row ids grow with time: the smallest were learned first.
    rows.execute("DELETE FROM picture WHERE rowid <= (SELECT max(rowid) FROM picture) - ?1", [MOST])?;
    Ok(rows)
}

fn known_of(row: &Row<'_>) -> rusqlite::Result<(String, Known)> {
    let size: (Option<u32>, Option<u32>) = (row.get(2)?, row.get(3)?);
    let taken: Option<i64> = row.get(4)?;
    let offset = row.get(5)?;
    let facts = Facts {
        size: size.0.zip(size.1),
        taken: taken.map(|clock| Taken { clock, offset }),
        has_location: row.get(6)?,
    };
    let etag: String = row.get(1)?;
    Ok((row.get(0)?, Known { etag: etag.into(), facts, first_look: row.get(7)? }))
}

/// The first text behind all that begin with the folder: a slash is followed by a zero.
fn behind(folder: &str) -> String {
    folder.strip_suffix('/').map_or_else(|| char::MAX.to_string(), |folder| format!("{folder}0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(scope: &str) -> Shelf {
        Shelf { scope: scope.to_owned(), bucket: "files".to_owned() }
    }

    fn known(etag: &str) -> Known {
        let taken = Some(Taken { clock: -5, offset: Some(-90) });
        let facts = Facts { size: Some((4000, 3000)), taken, has_location: true };
        Known { etag: etag.into(), facts, first_look: 160 }
    }

    #[test]
    fn a_folder_finds_its_own_pictures_after_a_restart_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("facts.sqlite");
        let index = FactsIndex::open(&path);
        for key in ["a/1.jpg", "a/%_.jpg", "a/b/2.jpg", "a0.jpg", "b.jpg"] {
            index.keep(&shelf("ada"), key, &known("old"));
        }
        index.keep(&shelf("ada"), "a/1.jpg", &known("new"));
        index.keep(&shelf("ada"), "bare.jpg", &Known { facts: Facts::default(), ..known("x") });
        drop(index);
        let index = FactsIndex::open(&path);
        let mut found = index.folder(&shelf("ada"), "a/");
        found.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(found, [("a/%_.jpg".to_owned(), known("old")), ("a/1.jpg".to_owned(), known("new"))]);
        let top: Vec<_> = index.folder(&shelf("ada"), "").into_iter().map(|(key, _)| key).collect();
        assert_eq!(top.len(), 3, "{top:?}");
        assert_eq!(index.folder(&shelf("bob"), "a/"), [], "nobody finds what another left");
        assert_eq!(index.of(&shelf("ada"), "a/1.jpg", "new"), Some(known("new")));
        assert_eq!(index.of(&shelf("ada"), "a/1.jpg", "old"), None, "of another content nothing is known");
        assert_eq!(index.of(&shelf("bob"), "a/1.jpg", "new"), None);
    }

    #[test]
    fn what_is_forgotten_is_not_in_the_file_either() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("facts.sqlite");
        let index = FactsIndex::open(&path);
        index.keep(&shelf("ada"), "secret-holiday.jpg", &known("e"));
        index.keep(&shelf("public"), "team.jpg", &known("e"));
        index.forget(&["ada".to_owned()]).unwrap();
        assert_eq!(index.folder(&shelf("ada"), ""), []);
        assert_eq!(index.folder(&shelf("public"), "").len(), 1);
        for file in ["facts.sqlite", "facts.sqlite-wal"] {
            let bytes = std::fs::read(dir.path().join(file)).unwrap_or_default();
            assert!(!bytes.windows(14).any(|some| some == b"secret-holiday"), "{file}");
        }
    }

    #[test]
    fn a_damaged_index_begins_anew() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("facts.sqlite");
        std::fs::write(&path, b"this is no database, whatever its name says").unwrap();
        let index = FactsIndex::open(&path);
        index.keep(&shelf("ada"), "a.jpg", &known("e"));
        assert_eq!(index.folder(&shelf("ada"), "").len(), 1);
    }
}
