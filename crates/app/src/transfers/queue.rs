//! The queue of transfers: its truth is the journal, so that its length costs nothing at the start and no memory. Every step is
//! a `Change`; what is counted is kept counted. Knows nothing of what runs.

use super::columns::{Brief, Class, state_number, tab_number};
use super::job::{Job, OnExisting, Transfer, tab_of};
use super::journal::{Journal, JournalError};
use super::schema::{GAP, body_of, from_int, insert, int, owner_id};
use super::step::{Change, Step};
use super::tally::Tallies;
use crate::wire::{Millis, TransferKind, TransferTab};
use rusqlite::{Connection, params};
use std::cell::Cell;
use std::collections::HashMap;

/// All transfers.
#[derive(Debug)]
pub struct Queue {
    pub(super) journal: Journal,
    pub(super) tallies: Tallies,
    pub(super) owners: HashMap<String, i64>,
    /// What is under way: a step of it reads no row.
    pub(super) under_way: HashMap<u64, Transfer>,
    pub(super) names: HashMap<i64, String>,
    last: u64,
    /// The last one that an earlier run added.
    inherited: u64,
    /// Behind the last place in line.
    end: i64,
    /// Rows that were read whole: the work that must not grow with the queue.
    pub(super) read: Cell<u64>,
}

/// What a step changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// What it was; none: it is new.
    pub before: Option<Brief>,
    /// What it is; none: it is gone.
    pub after: Option<Brief>,
}

impl Queue {
    /// The queue that a journal holds. Reads no transfer.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn new(journal: Journal) -> Result<Self, JournalError> {
        let mut queue = Self {
            journal,
            tallies: Tallies::default(),
            owners: HashMap::new(),
            under_way: HashMap::new(),
            names: HashMap::new(),
            last: 0,
            inherited: 0,
            end: 0,
            read: Cell::new(0),
        };
        let run = queue.journal.run;
        let Some((owners, tallies, last, end)) = queue.journal.read(|rows| {
            let owners = owners(rows)?;
            let end = owners.iter().map(|(_, id)| end_of_line(rows, *id)).collect::<Result<Vec<_>, _>>()?;
            Ok((owners, Tallies::read(rows, run)?, last_id(rows)?, end.into_iter().max().unwrap_or(0)))
        }) else {
            return Err(JournalError::Sqlite(rusqlite::Error::InvalidQuery));
        };
        (queue.tallies, queue.last, queue.inherited, queue.end) = (tallies, last, last, end);
        for (name, id) in owners {
            queue.know(&name, id);
        }
        Ok(queue)
    }

    /// Adds a transfer and names it.
    pub fn add(&mut self, job: Job) -> (u64, Applied) {
        self.add_as(job, OnExisting::Ask)
    }

    /// Adds a transfer for which it was decided beforehand what a name that exists does.
    pub fn add_as(&mut self, job: Job, on_existing: OnExisting) -> (u64, Applied) {
        let line = self.place_at_end();
        self.put(job, on_existing, Some(line))
    }

    /// Adds a transfer that may not start before it is released.
    pub fn add_held(&mut self, job: Job) -> (u64, Applied) {
        self.put(job, OnExisting::Ask, None)
    }

    /// Lets held transfers start, in this order.
    pub fn release(&mut self, ids: &[u64]) {
        for id in ids {
            let line = self.place_at_end();
            self.journal.write(|rows| {
                let mut put = rows.prepare_cached("UPDATE transfer SET line = ?2 WHERE id = ?1 AND line IS NULL")?;
                Ok(put.execute(params![int(*id), line])?)
            });
        }
    }

    fn put(&mut self, job: Job, on_existing: OnExisting, line: Option<i64>) -> (u64, Applied) {
        self.last += 1;
        let id = self.last;
        let owner = self.owner(&job.owner);
        let transfer = Transfer { on_existing, ..Transfer::new(job) };
        self.journal.write(|rows| insert(rows, int(id), owner, &transfer, line));
        let applied = Applied { before: None, after: Some(Brief::of(owner, &transfer)) };
        self.tallies.apply(applied);
        (id, applied)
    }

    /// Takes one step; returns the transfer as it is after it. A step that does not fit the state is ignored: an answer that
    /// comes twice, news of a cleared transfer.
    pub fn apply(&mut self, id: u64, change: Change) -> Option<(Transfer, Applied)> {
        let mut transfer = self.get(id)?;
        let owner = self.owner(&transfer.job.owner);
        let before = Brief::of(owner, &transfer);
        let gone = match change {
            Change::Cleared if !transfer.is_over() => return None,
            Change::Cleared if transfer.is_settled() => {
                self.journal.write(|rows| {
                    Ok(rows.prepare_cached("UPDATE transfer SET run = -1 WHERE id = ?1")?.execute([int(id)])?)
                });
                true
            }
            Change::Expanded if before.tab() != TransferTab::Running => return None,
            Change::Cleared | Change::Expanded => {
                self.remove(id);
                true
            }
            change => {
                let step = transfer.step(change);
                if step == Step::Ignored {
                    return None;
                }
                // What an earlier run had in line it may have fetched: its end was lost with it.
                let fetches = transfer.job.kind == TransferKind::Download && !transfer.job.whole;
                transfer.again |= fetches && id <= self.inherited;
                self.note(id, &mut transfer, step);
                false
            }
        };
        let applied = Applied { before: Some(before), after: (!gone).then(|| Brief::of(owner, &transfer)) };
        if applied.after.is_some_and(|after| after.tab() == TransferTab::Running) {
            self.under_way.insert(id, transfer.clone());
        } else {
            self.under_way.remove(&id);
        }
        self.tallies.apply(applied);
        Some((transfer, applied))
    }

    fn note(&mut self, id: u64, transfer: &mut Transfer, step: Step) {
        let settled = transfer.is_settled();
        transfer.ended = transfer.is_over().then(Millis::now);
        let run = if settled { self.journal.run } else { 0 };
        let waits = tab_of(transfer.state) == TransferTab::Waiting;
        // Only where it has no place yet: one that was held, and is answered or resumed.
        let line = waits.then_some(self.end + GAP);
        let transfer = &*transfer;
        self.journal.write(|rows| {
            let mut state = rows.prepare_cached(
                "UPDATE transfer SET state = ?2, tab = ?3, run = ?4, ended = ?5, line = ifnull(line, ?6) WHERE id = ?1",
            )?;
            let ended = transfer.ended.map(|ended| ended.0);
            let tab = tab_number(tab_of(transfer.state));
            state.execute(params![int(id), state_number(transfer.state), tab, run, ended, line])?;
            if step == Step::Body {
                let mut body =
                    rows.prepare_cached("UPDATE transfer SET body = ?2, size = ?3, class = ?4 WHERE id = ?1")?;
                let class = Class::of(transfer) as i64;
                body.execute(params![int(id), body_of(int(id), transfer)?, transfer.job.size.map(int), class])?;
            }
            Ok(())
        });
        self.end += if waits { GAP } else { 0 };
    }

    pub(super) fn remove(&mut self, id: u64) {
        self.journal.write(|rows| {
            rows.prepare_cached("DELETE FROM refused WHERE transfer = ?1")?.execute([int(id)])?;
            Ok(rows.prepare_cached("DELETE FROM transfer WHERE id = ?1")?.execute([int(id)])?)
        });
    }

    /// From here on what was written survives the end of the process.
    pub fn commit(&mut self) {
        self.journal.commit();
        if std::mem::take(&mut self.journal.fell)
            && let Some(counted) = self.read(|rows| Tallies::read(rows, self.journal.run))
        {
            self.tallies = counted;
            self.under_way.clear();
        }
    }

    /// Rows that were read whole since the opening.
    #[cfg(test)]
    pub fn rows_read(&self) -> u64 {
        self.read.get()
    }

    pub(super) fn read<T>(&self, act: impl FnOnce(&Connection) -> Result<T, JournalError>) -> Option<T> {
        self.journal.read(act)
    }

    /// A place behind all others.
    pub(super) fn place_at_end(&mut self) -> i64 {
        self.end += GAP;
        self.end
    }

    /// From now on nothing joins the line before this place.
    pub(super) fn end_is_at_least(&mut self, line: i64) {
        self.end = self.end.max(line);
    }

    /// The number of an owner.
    pub(super) fn owner(&mut self, name: &str) -> i64 {
        if let Some(id) = self.owners.get(name) {
            return *id;
        }
        let id = self.journal.write(|rows| owner_id(rows, name)).unwrap_or_default();
        self.know(name, id);
        id
    }

    fn know(&mut self, name: &str, id: i64) {
        self.owners.insert(name.to_owned(), id);
        self.names.insert(id, name.to_owned());
    }
}

fn owners(rows: &Connection) -> Result<Vec<(String, i64)>, JournalError> {
    let mut all = rows.prepare("SELECT name, id FROM owner")?;
    let all = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// An upload outlives its transfer when the server does not let go of it: its number is not given again.
fn last_id(rows: &Connection) -> Result<u64, JournalError> {
    let sql = "SELECT max(ifnull((SELECT max(id) FROM transfer), 0), ifnull((SELECT max(id) FROM upload), 0))";
    Ok(from_int(rows.query_row(sql, [], |row| row.get(0))?))
}

fn end_of_line(rows: &Connection, owner: i64) -> Result<i64, JournalError> {
    let sql = "SELECT ifnull(max(line), 0) FROM transfer WHERE owner = ?1 AND tab = ?2 AND run = 0";
    let mut find = rows.prepare(sql)?;
    let places = [TransferTab::Waiting, TransferTab::Paused].map(tab_number);
    let mut end = 0;
    for tab in places {
        end = end.max(find.query_row([owner, tab], |row| row.get(0))?);
    }
    Ok(end)
}

#[cfg(test)]
#[path = "queue_tests.rs"]
pub(super) mod tests;
