//! Looks up in the queue: one transfer, the next in line, what is counted. Changes nothing.

use super::columns::{Class, state_by};
use super::job::Transfer;
use super::journal::JournalError;
use super::queue::Queue;
use super::schema::{from_int, int};
use super::tally::Tally;
use crate::wire::{Millis, TransferKind, TransferTab};
use rusqlite::{OptionalExtension, Row, params};

/// The columns that [`transfer_of`] reads.
pub(super) const COLUMNS: &str = "id, owner, batch, state, ended, body";
/// Asked again after every step of every transfer (?1 owner, ?2 class).
pub(super) const NEXT_IN_LINE: &str = "SELECT line, id FROM transfer INDEXED BY next_in_line
    WHERE owner = ?1 AND class = ?2 AND tab = 2 AND line IS NOT NULL ORDER BY line LIMIT 1";

impl Queue {
    /// One transfer on the list.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<Transfer> {
        self.under_way.get(&id).cloned().or_else(|| self.find(id, "run IN (0, ?2)"))
    }

    /// One transfer, on the list or in the history.
    #[must_use]
    pub fn get_ever(&self, id: u64) -> Option<Transfer> {
        self.find(id, "?2 = ?2")
    }

    fn find(&self, id: u64, which: &str) -> Option<Transfer> {
        let found = self.read(|rows| {
            let mut find = rows.prepare_cached(&format!("SELECT {COLUMNS} FROM transfer WHERE id = ?1 AND {which}"))?;
            let found = find.query_row([int(id), self.journal.run], |row| Ok(self.transfer_of(row)));
            found.optional()?.transpose()
        });
        found.flatten().map(|(_, transfer)| transfer)
    }

    /// The next transfer in line of a class, with its place.
    #[must_use]
    pub fn next(&self, owner: &str, class: Class) -> Option<(i64, u64)> {
        let owner = *self.owners.get(owner)?;
        if self.tallies.waiting(owner, class) == 0 {
            return None;
        }
        self.read(|rows| {
            let mut find = rows.prepare_cached(NEXT_IN_LINE)?;
            let found = find.query_row(params![owner, class as i64], |row| Ok((row.get(0)?, from_int(row.get(1)?))));
            Ok(found.optional()?)
        })
        .flatten()
    }

    /// What is counted of one owner's tab.
    #[must_use]
    pub fn tally(&self, owner: &str, tab: TransferTab) -> Tally {
        self.owners.get(owner).map(|owner| self.tallies.of(*owner, tab)).unwrap_or_default()
    }

    /// What is counted of one owner's tab, of one kind.
    #[must_use]
    pub fn tally_of(&self, owner: &str, tab: TransferTab, kind: TransferKind) -> Tally {
        self.owners.get(owner).map(|owner| self.tallies.of_kind(*owner, tab, kind)).unwrap_or_default()
    }

    /// How many are in one owner's tab.
    #[must_use]
    pub fn count(&self, owner: &str, tab: TransferTab) -> usize {
        self.tally(owner, tab).count as usize
    }

    /// Bytes that are still to be done for this owner.
    #[must_use]
    pub fn bytes_open(&self, owner: &str) -> u64 {
        let open = [TransferTab::NeedsYou, TransferTab::Running, TransferTab::Waiting];
        open.into_iter().map(|tab| self.tally(owner, tab).bytes).sum()
    }

    /// A row as a transfer.
    pub(super) fn transfer_of(&self, row: &Row<'_>) -> Result<(u64, Transfer), JournalError> {
        self.read.set(self.read.get() + 1);
        let (id, owner): (i64, i64) = (row.get(0)?, row.get(1)?);
        let body = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        let mut transfer: Transfer = serde_json::from_str(body).map_err(|source| JournalError::Row { id, source })?;
        transfer.job.owner = self.names.get(&owner).cloned().unwrap_or_default();
        transfer.job.batch = from_int(row.get(2)?);
        transfer.state = state_by(row.get(3)?);
        transfer.ended = row.get::<_, Option<i64>>(4)?.map(Millis);
        Ok((from_int(id), transfer))
    }
}
