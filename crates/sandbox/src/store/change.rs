//! One change of the store: a transaction and what it does to the counts of blobs.

use rusqlite::{OptionalExtension, Transaction, params};

use super::error::StoreResult;
use super::head::Segment;

/// A transaction in progress, with the blobs that it begins and ceases to refer to.
pub(super) struct Change<'a> {
    pub(super) rows: Transaction<'a>,
    /// Blobs that rows of this change refer to.
    pub(super) retained: Vec<String>,
    /// Blobs that no row refers to any more; their files go once the change is committed.
    pub(super) released: Vec<String>,
}

impl<'a> Change<'a> {
    pub(super) fn new(rows: Transaction<'a>) -> Self {
        Self { rows, retained: Vec::new(), released: Vec::new() }
    }

    /// Counts one more reference to each segment's blob.
    pub(super) fn retain(&mut self, content: &[Segment]) -> StoreResult<()> {
        let mut statement = self.rows.prepare_cached(
            "INSERT INTO blob (id, referrers) VALUES (?1, 1) ON CONFLICT (id) DO UPDATE SET referrers = referrers + 1",
        )?;
        for segment in content {
            statement.execute(params![segment.blob])?;
            self.released.retain(|blob| *blob != segment.blob);
            self.retained.push(segment.blob.clone());
        }
        Ok(())
    }

    /// Counts one reference less to each segment's blob.
    pub(super) fn release(&mut self, content: &[Segment]) -> StoreResult<()> {
        let mut lower =
            self.rows.prepare_cached("UPDATE blob SET referrers = referrers - 1 WHERE id = ?1 RETURNING referrers")?;
        let mut forget = self.rows.prepare_cached("DELETE FROM blob WHERE id = ?1")?;
        for segment in content {
            let left: Option<i64> = lower.query_row(params![segment.blob], |row| row.get(0)).optional()?;
            if left == Some(0) {
                forget.execute(params![segment.blob])?;
                self.retained.retain(|blob| *blob != segment.blob);
                self.released.push(segment.blob.clone());
            }
        }
        Ok(())
    }
}
