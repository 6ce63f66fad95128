//! Windows on the queue: a tab's rows, the ids of a tab or a batch, the history. Each reads only what it gives.

use super::columns::{TABS, tab_number};
use super::job::Transfer;
use super::journal::JournalError;
use super::lookup::COLUMNS;
use super::queue::Queue;
use super::schema::{from_int, int};
use super::tally::{Tally, count_batch};
use crate::wire::{ConflictAnswer, Failure, NamedFailure, TransferKind, TransferTab};
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

impl Queue {
    /// A window of one owner's tab: what waits in the order of the line, everything else the newest first.
    #[must_use]
    pub fn window(&self, owner: &str, tab: TransferTab, start: u32, count: u32) -> Vec<(u64, Transfer)> {
        let Some(owner) = self.owners.get(owner) else { return Vec::new() };
        let run = self.journal.run;
        let (which, order) = of_tab(tab);
        let sql = format!("SELECT {COLUMNS} FROM transfer WHERE {which} ORDER BY {order} LIMIT ?4 OFFSET ?5");
        self.transfers(&sql, params![owner, tab_number(tab), run, count, start])
    }

    /// The ids of one owner's tab, in the same order.
    #[must_use]
    pub fn ids(&self, owner: &str, tab: TransferTab) -> Vec<u64> {
        let Some(owner) = self.owners.get(owner) else { return Vec::new() };
        let (which, order) = of_tab(tab);
        let sql = format!("SELECT id FROM transfer WHERE {which} ORDER BY {order}");
        self.numbers(&sql, params![owner, tab_number(tab), self.journal.run])
    }

    /// A window of what ended for one owner, in this run and earlier ones, the latest first; and how many there are.
    #[must_use]
    pub fn history(&self, owner: &str, start: u32, count: u32) -> (u32, Vec<(u64, Transfer)>) {
        let Some(owner) = self.owners.get(owner) else { return (0, Vec::new()) };
        let all = self.numbers("SELECT count(*) FROM transfer WHERE owner = ?1 AND tab = 5", [owner]);
        let sql = format!(
            "SELECT {COLUMNS} FROM transfer WHERE owner = ?1 AND tab = 5 ORDER BY ended DESC, id DESC LIMIT ?2 OFFSET ?3"
        );
        let all = all.first().and_then(|all| u32::try_from(*all).ok()).unwrap_or(0);
        (all, self.transfers(&sql, params![owner, count, start]))
    }

    /// A number for things that are asked for together. A script's request has one batch, however often it is made.
    pub fn new_batch(&mut self, owner: &str, request: Option<&str>, answer: Option<ConflictAnswer>) -> u64 {
        let owner = self.owner(owner);
        let written = answer.and_then(|answer| serde_json::to_string(&answer).ok());
        let id = self.journal.write(|rows| {
            let mut put = rows.prepare_cached("INSERT INTO batch (owner, request, answer) VALUES (?1, ?2, ?3)")?;
            Ok(put.insert(params![owner, request, written])?)
        });
        let id = from_int(id.unwrap_or_default());
        self.tallies.know_batch(id, Default::default());
        id
    }

    /// The batch of a script's request, if it was made before.
    #[must_use]
    pub fn batch_of(&self, owner: &str, request: &str) -> Option<u64> {
        let owner = self.owners.get(owner)?;
        let sql = "SELECT id FROM batch WHERE owner = ?1 AND request = ?2";
        self.numbers(sql, params![owner, request]).first().copied()
    }

    /// Whether a script asked for a batch.
    #[must_use]
    pub fn is_of_script(&self, batch: u64) -> bool {
        let sql = "SELECT request IS NOT NULL FROM batch WHERE id = ?1";
        self.numbers(sql, [int(batch)]).first() == Some(&1)
    }

    /// What was said once for all of a batch.
    #[must_use]
    pub fn answer(&self, batch: u64) -> Option<ConflictAnswer> {
        let written = self.read(|rows| {
            let mut find = rows.prepare_cached("SELECT answer FROM batch WHERE id = ?1")?;
            let found = find.query_row([int(batch)], |row| row.get::<_, Option<String>>(0));
            Ok(found.optional()?.flatten())
        });
        serde_json::from_str(&written.flatten()?).ok()
    }

    /// From now on a batch's questions are answered like this.
    pub fn set_answer(&mut self, batch: u64, answer: ConflictAnswer) {
        let Ok(written) = serde_json::to_string(&answer) else { return };
        self.journal.write(|rows| {
            let mut put = rows.prepare_cached("UPDATE batch SET answer = ?2 WHERE id = ?1")?;
            Ok(put.execute(params![int(batch), written])?)
        });
    }

    /// What is counted of a batch, by tab.
    pub fn batch(&mut self, batch: u64) -> [Tally; TABS.len()] {
        if let Some(known) = self.tallies.batch(batch) {
            return known;
        }
        let counted = self.read(|rows| count_batch(rows, int(batch))).unwrap_or_default();
        self.tallies.know_batch(batch, counted);
        counted
    }

    /// The transfers of a batch after `after`, in the order in which they were queued.
    #[must_use]
    pub fn of_batch(&self, batch: u64, after: u64, count: u32) -> Vec<(u64, Transfer)> {
        let sql = format!(
            "SELECT {COLUMNS} FROM transfer INDEXED BY of_batch WHERE batch = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        );
        self.transfers(&sql, params![int(batch), int(after), count])
    }

    /// The ids of a batch's tab.
    #[must_use]
    pub fn ids_of_batch(&self, batch: u64, tab: TransferTab) -> Vec<u64> {
        let sql = "SELECT id FROM transfer WHERE batch = ?1 AND tab = ?2 ORDER BY id";
        self.numbers(sql, params![int(batch), tab_number(tab)])
    }

    /// The keys that a batch has already, so that a folder that is read again brings none twice.
    #[must_use]
    pub fn keys_of_batch(&self, batch: u64, kind: TransferKind) -> HashSet<String> {
        let sql = format!("SELECT {COLUMNS} FROM transfer WHERE batch = ?1 AND kind = ?2");
        let all = self.transfers(&sql, params![int(batch), super::columns::kind_number(kind)]);
        all.into_iter().filter(|(_, transfer)| !transfer.job.whole).map(|(_, transfer)| transfer.job.key).collect()
    }

    /// Notes a file that could not be done under a transfer.
    pub fn refuse(&mut self, id: u64, key: &str, failure: &Failure) {
        let Ok(written) = serde_json::to_string(failure) else { return };
        self.journal.write(|rows| {
            let mut put = rows.prepare_cached("INSERT OR REPLACE INTO refused VALUES (?1, ?2, ?3)")?;
            Ok(put.execute(params![int(id), key, written])?)
        });
    }

    /// Forgets what could not be done, because it is tried again.
    pub fn forget_refused(&mut self, id: u64) {
        self.journal
            .write(|rows| Ok(rows.prepare_cached("DELETE FROM refused WHERE transfer = ?1")?.execute([int(id)])?));
    }

    /// A window of the files that could not be done under a transfer.
    #[must_use]
    pub fn refused(&self, id: u64, start: u32, count: u32) -> Vec<NamedFailure> {
        let sql = "SELECT key, failure FROM refused WHERE transfer = ?1 ORDER BY key LIMIT ?2 OFFSET ?3";
        let read = self.read(|rows| {
            let mut all = rows.prepare_cached(sql)?;
            let all = all.query_map(params![int(id), count, start], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })?;
            Ok(all.collect::<Result<Vec<_>, _>>()?)
        });
        let named = |(name, failure): (String, String)| {
            Some(NamedFailure { name, failure: serde_json::from_str(&failure).ok()? })
        };
        read.unwrap_or_default().into_iter().filter_map(named).collect()
    }

    fn transfers(&self, sql: &str, params: impl rusqlite::Params) -> Vec<(u64, Transfer)> {
        let read = self.read(|rows| {
            let mut all = rows.prepare_cached(sql)?;
            let mut all = all.query(params)?;
            let mut transfers = Vec::new();
            while let Some(row) = all.next()? {
                // One that cannot be read does not hide the others.
                match self.transfer_of(row) {
                    Ok(transfer) => transfers.push(transfer),
                    Err(error @ JournalError::Row { .. }) => tracing::error!(%error, "a transfer cannot be read"),
                    Err(error) => return Err(error),
                }
            }
            Ok(transfers)
        });
        read.unwrap_or_default()
    }

    pub(super) fn numbers(&self, sql: &str, params: impl rusqlite::Params) -> Vec<u64> {
        let read = self.read(|rows| {
            let mut all = rows.prepare_cached(sql)?;
            let all = all.query_map(params, |row| row.get(0))?;
            Ok(all.map(|id| id.map(from_int)).collect::<Result<Vec<_>, _>>()?)
        });
        read.unwrap_or_default()
    }
}

/// Which rows a tab has (?1 owner, ?2 tab, ?3 run), and their order.
fn of_tab(tab: TransferTab) -> (&'static str, &'static str) {
    match tab {
        TransferTab::Waiting | TransferTab::Paused => ("owner = ?1 AND tab = ?2 AND run = 0 AND ?3 = ?3", "line, id"),
        TransferTab::NeedsYou | TransferTab::Running | TransferTab::Failed => {
            ("owner = ?1 AND tab = ?2 AND run = 0 AND ?3 = ?3", "line DESC")
        }
        TransferTab::Done => ("owner = ?1 AND tab = ?2 AND run = ?3", "line DESC"),
        TransferTab::All => ("owner = ?1 AND ?2 = ?2 AND run IN (0, ?3)", "id DESC"),
    }
}
