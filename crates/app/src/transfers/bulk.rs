//! Steps of a whole tab at once, for what costs nothing else than the step: small transfers that never ran. And what keeps the
//! history short.

use super::columns::{Class, kind_by, state_number, tab_number};
use super::job::tab_of;
use super::queue::Queue;
use super::step::Change;
use super::tally::Tally;
use crate::wire::{Millis, TransferState, TransferTab};
use rusqlite::params;

/// Settled transfers that are kept, besides those of this run.
const MOST_IN_HISTORY: i64 = 10_000;
/// How long a settled transfer is kept.
const KEPT_FOR: i64 = 90 * 24 * 60 * 60 * 1000;
/// Rows forgotten at a time, so that nothing waits for it.
const FORGOTTEN_AT_ONCE: i64 = 500;

impl Queue {
    /// Takes the small transfers of one owner's tab from this state to another.
    pub fn move_all(&mut self, owner: &str, from: TransferState, to: TransferState) {
        let Some(owner) = self.owners.get(owner).copied() else { return };
        let (old, new) = (tab_of(from), tab_of(to));
        let settled = new == TransferTab::Done;
        let (run, ended) = if settled { (self.journal.run, Some(Millis::now().0)) } else { (0, None) };
        let small = Class::Small as i64;
        let counted = self.read(|rows| {
            let mut all = rows.prepare_cached(
                "SELECT kind, count(*), total(size) FROM transfer WHERE owner = ?1 AND tab = ?2 AND run = 0
                 AND state = ?3 AND class = ?4 AND line IS NOT NULL GROUP BY kind",
            )?;
            let all = all.query_map(params![owner, tab_number(old), state_number(from), small], |row| {
                let bytes: f64 = row.get(2)?;
                Ok((kind_by(row.get(0)?), row.get::<_, i64>(1)?, bytes))
            })?;
            Ok(all.collect::<Result<Vec<_>, _>>()?)
        });
        self.journal.write(|rows| {
            let mut put = rows.prepare_cached(
                "UPDATE transfer SET state = ?5, tab = ?6, run = ?7, ended = ?8 WHERE owner = ?1 AND tab = ?2
                 AND run = 0 AND state = ?3 AND class = ?4 AND line IS NOT NULL",
            )?;
            let (from, to) = (state_number(from), state_number(to));
            Ok(put.execute(params![owner, tab_number(old), from, small, to, tab_number(new), run, ended])?)
        });
        for (kind, count, bytes) in counted.unwrap_or_default() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of sizes")]
            let many = Tally { count: u32::try_from(count).unwrap_or(u32::MAX), bytes: bytes as u64 };
            self.tallies.moved(owner, kind, (old, Some(new)), many);
            if old == TransferTab::Waiting {
                self.tallies.waiting_changed(owner, Class::Small, -count);
            }
            if new == TransferTab::Waiting {
                self.tallies.waiting_changed(owner, Class::Small, count);
            }
        }
        self.tallies.forget_batches();
    }

    /// Takes everything that is settled off one owner's list; it stays in the history.
    pub fn clear_done(&mut self, owner: &str) {
        let Some(owner) = self.owners.get(owner).copied() else { return };
        let (done, run) = (tab_number(TransferTab::Done), self.journal.run);
        self.journal.write(|rows| {
            let mut put =
                rows.prepare_cached("UPDATE transfer SET run = -1 WHERE owner = ?1 AND tab = ?2 AND run = ?3")?;
            Ok(put.execute([owner, done, run])?)
        });
        self.tallies.forget_done(owner);
    }

    /// Forgets everything that is settled, on one owner's list and in the history.
    pub fn clear_history(&mut self, owner: &str) {
        let Some(owner) = self.owners.get(owner).copied() else { return };
        self.journal.write(|rows| {
            rows.prepare_cached(
                "DELETE FROM refused WHERE transfer IN (SELECT id FROM transfer WHERE owner = ?1 AND tab = 5)",
            )?
            .execute([owner])?;
            Ok(rows.prepare_cached("DELETE FROM transfer WHERE owner = ?1 AND tab = 5")?.execute([owner])?)
        });
        self.tallies.forget_done(owner);
        self.tallies.forget_batches();
    }

    /// Forgets some of what is too old or too much; called now and then. Returns whether there may be more.
    pub fn shorten_history(&mut self, now: Millis) -> bool {
        let run = self.journal.run;
        let forgotten = self.journal.write(|rows| {
            let all: i64 =
                rows.prepare_cached("SELECT count(*) FROM transfer WHERE tab = 5")?.query_row([], |row| row.get(0))?;
            let mut old = rows.prepare_cached(
                "SELECT id FROM transfer WHERE tab = 5 AND run <> ?1 AND (ended < ?2 OR ?3) ORDER BY ended LIMIT ?4",
            )?;
            let too_many = all > MOST_IN_HISTORY;
            let most = if too_many { FORGOTTEN_AT_ONCE.min(all - MOST_IN_HISTORY) } else { FORGOTTEN_AT_ONCE };
            let ids: Vec<i64> = old
                .query_map(params![run, now.0 - KEPT_FOR, too_many, most], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for id in &ids {
                rows.prepare_cached("DELETE FROM refused WHERE transfer = ?1")?.execute([id])?;
                rows.prepare_cached("DELETE FROM transfer WHERE id = ?1")?.execute([id])?;
            }
            Ok(ids.len())
        });
        forgotten.unwrap_or(0) > 0
    }

    /// Has everything in line wait for the person.
    pub fn pause_all(&mut self) {
        let owners: Vec<String> = self.owners.keys().cloned().collect();
        for owner in owners {
            self.move_all(&owner, TransferState::Waiting, TransferState::Paused);
            // The few that are left are not small.
            for id in self.ids(&owner, TransferTab::Waiting) {
                self.apply(id, Change::Paused(0));
            }
        }
    }
}
