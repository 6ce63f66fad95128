//! The queue with what only lives while the process does: running transfers, their speed, totals.

use super::columns::Class;
use super::job::{Job, OnExisting, Transfer};
use super::journal::{Journal, JournalError, set_aside};
use super::outage::Outage;
use super::prepare::AT_ONCE;
use super::queue::{Applied, Queue};
use super::run_end::{RunCount, RunEnd};
use super::running::{Room, Running};
use super::step::Change;
use super::total::Total;
use crate::wire::{Failure, Id, Millis, TransferState, TransferTab};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// Between two commits of ends, while transfers run.
const COMMIT_EVERY: Duration = Duration::from_millis(100);
/// Looks at the queue between two looks at its history.
const HISTORY_EVERY: u32 = 600;

/// All transfers: those of this run of the application, and what earlier runs left to do.
pub struct Transfers {
    open: Mutex<Open>,
    /// The transfers that run, until each has cleaned up behind itself.
    pub(crate) tasks: TaskTracker,
    /// Turns of photos that are made ready to be sent.
    pub(crate) preparing: Semaphore,
}

/// The queue while it is locked.
pub(crate) struct Open {
    pub queue: Queue,
    pub running: HashMap<u64, Running>,
    totals: HashMap<i64, Total>,
    /// What the current run of work brought so far.
    pub run_count: RunCount,
    pub changed: bool,
    pub revision: u64,
    /// Unfinished uploads that the server does not let go of.
    pub left_uploads: u32,
    /// Transfers whose uploads have ended, and are forgotten with their next step.
    pub ended_uploads: HashSet<u64>,
    /// How many run at the same time, where the person set it.
    pub at_once: Option<u32>,
    /// Whether the line is gone.
    pub outage: Outage,
    /// Why the queue of the last run is not here.
    problem: Option<Failure>,
    looks: u32,
    /// When ends were last made to last.
    committed: Option<Instant>,
}

/// What was put in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// Rows of the selection.
    pub count: u32,
    /// Names what was asked for together.
    pub batch: Id,
}

impl Transfers {
    /// Goes on with what the journal holds. One that cannot be used is set aside, and the person is told; where the disk
    /// refuses even that, the queue lasts as long as this run.
    ///
    /// # Errors
    /// There is no memory for a queue.
    pub(crate) fn open(path: &Path, continues: bool) -> Result<Self, Failure> {
        let opened = |path: &Path| Journal::open(path).and_then(Queue::new);
        let (queue, problem) = match opened(path) {
            Ok(queue) => (Some(queue), None),
            Err(error) => {
                tracing::error!(%error, "the journal of transfers cannot be used");
                let told = Some(Failure::journal_unreadable(&error.to_string()));
                match set_aside(path) {
                    Ok(_) => (opened(path).map_err(|error| log(&error)).ok(), told),
                    Err(error) => {
                        tracing::error!(%error, "the journal cannot be set aside");
                        (None, told)
                    }
                }
            }
        };
        let in_memory = || Journal::in_memory().and_then(Queue::new);
        let queue = queue.map_or_else(in_memory, Ok);
        let mut queue = queue.map_err(|error| Failure::journal_unreadable(&error.to_string()))?;
        if !continues {
            queue.pause_all();
            queue.commit();
        }
        Ok(Self::of(Open::new(queue, problem)))
    }

    fn of(open: Open) -> Self {
        Self { open: Mutex::new(open), tasks: TaskTracker::default(), preparing: Semaphore::new(AT_ONCE) }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why the queue is not all that it should be.
    pub(crate) fn problem(&self) -> Option<Failure> {
        let open = self.lock();
        open.problem.clone().or_else(|| open.queue.journal.problem.clone())
    }

    /// Stops everything that runs: it ran as somebody who is no longer signed in. It waits for them in line, and their
    /// totals for them as well.
    pub(crate) fn owner_changed(&self) {
        let mut open = self.lock();
        let running: Vec<u64> = open.running.keys().copied().collect();
        for id in running {
            open.step(id, Change::Requeued);
            open.end_run(id);
        }
        for total in open.totals.values_mut() {
            total.speed = None;
        }
        open.run_count = RunCount::default();
        open.outage.tried();
        open.queue.commit();
        open.changed = true;
    }

    /// Stops everything, because the application ends.
    pub(crate) fn stop_all(&self) {
        let mut open = self.lock();
        for running in open.running.values() {
            running.stop.cancel();
        }
        open.queue.commit();
    }
}

fn log(error: &JournalError) {
    tracing::error!(%error, "no new journal of transfers");
}

impl Open {
    /// A queue of which nothing runs.
    pub fn new(queue: Queue, problem: Option<Failure>) -> Self {
        let totals = queue.owners.iter().map(|(name, id)| (*id, Total::of(queue.bytes_open(name)))).collect();
        Self {
            queue,
            running: HashMap::new(),
            totals,
            run_count: RunCount::default(),
            changed: true,
            revision: 0,
            left_uploads: 0,
            ended_uploads: HashSet::new(),
            at_once: None,
            outage: Outage::default(),
            problem,
            looks: 0,
            committed: None,
        }
    }

    /// Adds a job and counts its bytes.
    pub fn add(&mut self, job: Job) -> u64 {
        self.join(job, Queue::add)
    }

    /// Adds a job that was decided beforehand.
    pub fn add_as(&mut self, job: Job, on_existing: OnExisting) -> u64 {
        self.join(job, |queue, job| queue.add_as(job, on_existing))
    }

    /// Adds a job that may not start before it is released.
    pub fn add_held(&mut self, job: Job) -> u64 {
        self.join(job, Queue::add_held)
    }

    fn join(&mut self, job: Job, add: impl FnOnce(&mut Queue, Job) -> (u64, Applied)) -> u64 {
        if self.idle(&job.owner) {
            // What waits for an answer is still to be done.
            let open = self.queue.bytes_open(&job.owner);
            *self.total(&job.owner) = Total::of(open);
        }
        let (id, applied) = add(&mut self.queue, job);
        self.count(applied);
        id
    }

    /// Takes a step and keeps the totals right.
    pub fn step(&mut self, id: u64, change: Change) -> bool {
        let Some((transfer, applied)) = self.queue.apply(id, change) else { return false };
        if self.ended_uploads.remove(&id) {
            self.queue.end_upload(id);
        }
        self.count(applied);
        if transfer.is_over() || transfer.state == TransferState::Paused {
            self.outage.forget(id);
        }
        self.note_end(&transfer, applied);
        true
    }

    /// Counts the ends for whoever was doing something else meanwhile.
    fn note_end(&mut self, transfer: &Transfer, applied: Applied) {
        let (Some(before), Some(after)) = (applied.before, applied.after) else { return };
        if before.state == after.state {
            return;
        }
        if matches!(after.state, TransferState::Done | TransferState::Failed) {
            self.run_count.note(&transfer.job, after.state);
        }
        if before.state == TransferState::Failed {
            self.run_count.tried_again();
        }
    }

    fn count(&mut self, applied: Applied) {
        if let Some(brief) = applied.before.or(applied.after) {
            self.totals.entry(brief.owner).or_default().apply(applied);
        }
        self.changed = true;
    }

    /// The totals of an owner.
    pub fn total(&mut self, owner: &str) -> &mut Total {
        let owner = self.queue.owner(owner);
        self.totals.entry(owner).or_default()
    }

    /// Notes that a transfer runs.
    pub fn begin_run(&mut self, id: u64, job: &Job, class: Class) -> Running {
        let running = Running::new(job, class);
        self.running.insert(id, running.clone());
        running
    }

    /// Notes that it runs no more, and stops what is left of it.
    pub fn end_run(&mut self, id: u64) {
        if let Some(running) = self.running.remove(&id) {
            running.stop.cancel();
        }
    }

    /// The next transfer that may start now: of those whose class has room, the first in line.
    pub fn next_to_start(&self, owner: &str) -> Option<(u64, Class)> {
        let room = Room::of(self.running.values(), self.at_once);
        let free = Class::ALL.into_iter().filter(|class| room.has(*class));
        let first = free.filter_map(|class| Some((self.queue.next(owner, class)?, class)));
        first.min_by_key(|((line, _), _)| *line).map(|((_, id), class)| (id, class))
    }

    /// Makes everything so far last, unless that was done a moment ago and is done again in a moment, because transfers run:
    /// a commit for each of many small files costs more than the files. What a kill takes is done again, and found done.
    pub fn commit_in_turn(&mut self, now: Instant) {
        let due = self.committed.is_none_or(|committed| now.duration_since(committed) >= COMMIT_EVERY);
        if due || self.running.is_empty() {
            self.committed = Some(now);
            self.queue.commit();
        }
    }

    /// Reads what the running transfers have sent and measures their speed; and makes everything so far last.
    pub fn measure(&mut self, owner: &str, now: Instant) {
        let mut sent_now = self.total(owner).done;
        let mut whole = Vec::new();
        for (id, running) in self.running.iter_mut().filter(|(_, running)| running.owner == owner) {
            let sent = running.sent.load(Ordering::Relaxed);
            sent_now += sent;
            running.speed.update(now, sent);
            // The last byte is counted only once the server has acknowledged them all.
            if !running.checking && running.size.is_some_and(|size| size > 0 && sent + 1 >= size) {
                running.checking = true;
                whole.push(*id);
            }
        }
        for id in whole {
            self.step(id, Change::Checking);
        }
        let held = self.outage.holds() && self.running.is_empty();
        if held || self.idle(owner) {
            self.total(owner).speed = None;
        } else {
            // A stalled line is news too: its speed fades.
            self.changed = true;
            self.total(owner).measure(now, sent_now);
        }
        self.looks = self.looks.wrapping_add(1);
        if self.looks % HISTORY_EVERY == 1 {
            self.queue.shorten_history(Millis::now());
        }
        self.queue.commit();
    }

    /// What there is to tell of a run of work, once nothing is left to do.
    pub fn take_run_end(&mut self, owner: &str) -> Option<RunEnd> {
        if !self.idle(owner) {
            return None;
        }
        let needs_you = self.queue.count(owner, TransferTab::NeedsYou);
        self.run_count.end(u32::try_from(needs_you).unwrap_or(u32::MAX))
    }

    /// Nothing is under way or in line.
    pub fn idle(&self, owner: &str) -> bool {
        [TransferTab::Running, TransferTab::Waiting].iter().all(|tab| self.queue.count(owner, *tab) == 0)
    }

    /// Takes the small transfers of a tab from one state to another, at once.
    pub fn move_all(&mut self, owner: &str, from: TransferState, to: TransferState) {
        let before = self.queue.bytes_open(owner);
        self.queue.move_all(owner, from, to);
        self.outage.forget_all_but(|id| self.running.contains_key(&id));
        let after = self.queue.bytes_open(owner);
        let total = self.total(owner);
        total.bytes = (total.bytes + after).saturating_sub(before);
        self.changed = true;
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
