//! The queue with what only lives while the process does: running transfers, their speed, totals.

use super::journal::{Journal, JournalError, set_aside};
use super::queue::{Change, Job, Queue, Transfer};
use super::run_end::{RunCount, RunEnd};
use super::speed::Speed;
use crate::wire::{ConflictAnswer, Failure, Id, TransferState, TransferTab};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Large transfers that run at the same time; each has several parts in flight besides.
const LARGE_AT_ONCE: usize = 4;
/// Small ones, beside the large: each waits longer for answers than it sends.
const SMALL_AT_ONCE: usize = 12;
/// From here on a transfer is large.
const LARGE: u64 = 1024 * 1024;
/// How far down the line is looked for one of the other size, so that neither waits for all of the other.
const LOOK_AHEAD: usize = 256;

/// All transfers: those of this run of the application, and what earlier runs left to do.
#[derive(Default)]
pub struct Transfers {
    open: Mutex<Open>,
    /// The transfers that run, until each has cleaned up behind itself.
    pub(crate) tasks: TaskTracker,
    /// Why the queue of the last run is not here.
    pub(crate) problem: Option<Failure>,
}

#[derive(Default)]
pub(crate) struct Open {
    pub queue: Queue,
    pub running: HashMap<u64, Running>,
    pub total: Total,
    /// What the current run of work brought so far.
    pub run_count: RunCount,
    /// What the person said "for all": it also answers what the same drop brings later.
    pub answers: HashMap<u64, ConflictAnswer>,
    pub batches: u64,
    pub changed: bool,
    pub revision: u64,
    /// Unfinished uploads that the server does not let go of.
    pub left_uploads: u32,
    /// How many run at the same time, where the person set it.
    pub at_once: Option<u32>,
}

/// What was put in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queued {
    /// Rows of the selection.
    pub count: u32,
    /// Names what was asked for together.
    pub batch: Id,
}

/// A transfer while it runs.
pub(crate) struct Running {
    pub stop: CancellationToken,
    pub sent: Arc<AtomicU64>,
    pub speed: Speed,
}

/// Bytes of the current run of work: from the first transfer in line until nothing is left to do.
#[derive(Default)]
pub(crate) struct Total {
    pub bytes: u64,
    pub done: u64,
    pub speed: Option<Speed>,
}

impl Transfers {
    /// Goes on with what the journal holds. One that cannot be used is set aside, and the person is told; where the disk
    /// refuses even that, the queue lasts as long as this run.
    pub(crate) fn open(journal: &Path) -> Self {
        let opened = Journal::open(journal).map_err(|error| {
            tracing::error!(%error, "the journal of transfers cannot be used");
            (Failure::journal_unreadable(&error.to_string()), set_aside(journal))
        });
        let (opened, problem) = match opened {
            Ok(opened) => (Some(opened), None),
            Err((told, Ok(_))) => (Journal::open(journal).map_err(log).ok(), Some(told)),
            Err((told, Err(error))) => {
                tracing::error!(%error, "the journal cannot be set aside");
                (None, Some(told))
            }
        };
        let queue = opened.map_or_else(Queue::default, |(journal, transfers)| Queue::continued(journal, transfers));
        let open = Open { batches: queue.last_batch(), queue, changed: true, ..Open::default() };
        Self { open: Mutex::new(open), tasks: TaskTracker::default(), problem }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number for things that were asked for together.
    pub(crate) fn new_batch(&self) -> u64 {
        let mut open = self.lock();
        open.batches += 1;
        open.batches
    }

    /// Stops everything that runs: it ran as somebody who is no longer signed in. It waits for them in line.
    /// The totals are from now on those of `owner`.
    pub(crate) fn owner_changed(&self, owner: Option<&str>) {
        let mut open = self.lock();
        let running: Vec<u64> = open.running.keys().copied().collect();
        for id in running {
            // A folder that was being read is not in line: it has to be given again.
            let folder = open.queue.get(id).filter(|transfer| transfer.state == TransferState::Scanning);
            let change = folder
                .map_or(Change::Requeued, |folder| Change::Failed(Failure::reading_interrupted(&folder.job.name)));
            open.step(id, change);
            open.end_run(id);
        }
        let bytes = owner.map_or(0, |owner| open.queue.bytes_open(owner));
        open.total = Total { bytes, ..Total::default() };
        open.run_count = RunCount::default();
        open.changed = true;
    }

    /// Stops everything, because the application ends.
    pub(crate) fn stop_all(&self) {
        for running in self.lock().running.values() {
            running.stop.cancel();
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn log(error: JournalError) {
    tracing::error!(%error, "no new journal of transfers");
}

impl Open {
    /// Adds a job and counts its bytes.
    pub fn add(&mut self, job: Job) -> u64 {
        if self.idle(&job.owner) {
            self.total = Total::default();
        }
        self.total.bytes += job.size.unwrap_or(0);
        self.changed = true;
        self.queue.add(job)
    }

    /// Takes a step and keeps the totals right.
    pub fn step(&mut self, id: u64, change: Change) -> bool {
        let counted = |transfer: Option<&Transfer>| {
            transfer.map_or((0, 0), |transfer| {
                let size = transfer.job.size.unwrap_or(0);
                match transfer.state {
                    TransferState::Done => (size, size),
                    TransferState::Failed
                    | TransferState::Skipped
                    | TransferState::Cancelled
                    | TransferState::Paused => (0, 0),
                    _ => (size, 0),
                }
            })
        };
        let cleared = change == Change::Cleared;
        let before = counted(self.queue.get(id));
        let state_before = self.queue.get(id).map(|transfer| transfer.state);
        let changed = self.queue.apply(id, change);
        self.changed |= changed;
        if let Some(after) = self.queue.get(id).filter(|after| Some(after.state) != state_before) {
            self.run_count.note(&after.job, after.state);
            if state_before == Some(TransferState::Failed) {
                self.run_count.tried_again();
            }
        }
        if changed && !cleared {
            let after = counted(self.queue.get(id));
            self.total.bytes = (self.total.bytes + after.0).saturating_sub(before.0);
            self.total.done = (self.total.done + after.1).saturating_sub(before.1);
        }
        changed
    }

    /// Notes that a transfer runs; what it sends is read from `sent`.
    pub fn begin_run(&mut self, id: u64) -> (CancellationToken, Arc<AtomicU64>) {
        let stop = CancellationToken::new();
        let sent = Arc::new(AtomicU64::new(0));
        let running = Running { stop: stop.clone(), sent: sent.clone(), speed: Speed::new(Instant::now(), 0) };
        self.running.insert(id, running);
        (stop, sent)
    }

    /// Notes that it runs no more, and stops what is left of it.
    pub fn end_run(&mut self, id: u64) {
        if let Some(running) = self.running.remove(&id) {
            running.stop.cancel();
        }
    }

    /// The next transfer that may start now. A folder that is being read takes nobody's turn.
    pub fn next_to_start(&self, owner: &str) -> Option<u64> {
        let is_large = |transfer: &Transfer| transfer.job.size.is_none_or(|size| size >= LARGE);
        let running = self.running.keys().filter_map(|id| self.queue.get(*id));
        let moving = running.filter(|transfer| transfer.state != TransferState::Scanning);
        let moving: Vec<_> = moving.collect();
        if self.at_once.is_some_and(|most| moving.len() >= most as usize) {
            return None;
        }
        let (large, small): (Vec<_>, Vec<_>) = moving.into_iter().partition(|transfer| is_large(transfer));
        let (large, small) = (large.len() < LARGE_AT_ONCE, small.len() < SMALL_AT_ONCE);
        if !large && !small {
            return None;
        }
        let fits = |id: &u64| self.queue.get(*id).is_some_and(|found| if is_large(found) { large } else { small });
        self.queue.waiting(owner).take(LOOK_AHEAD).find(fits)
    }

    /// Reads what the running transfers have sent and measures their speed.
    pub fn measure(&mut self, owner: &str, now: Instant) {
        let mut sent_now = self.total.done;
        let readings: Vec<(u64, u64)> =
            self.running.iter().map(|(id, running)| (*id, running.sent.load(Ordering::Relaxed))).collect();
        for (id, sent) in readings {
            let Some(transfer) = self.queue.get(id) else { continue };
            sent_now += sent;
            if let Some(running) = self.running.get_mut(&id) {
                running.speed.update(now, sent);
            }
            if transfer.sent != sent {
                // The last byte is counted only once the server has acknowledged them all.
                let whole = transfer.job.size.is_some_and(|size| size > 0 && sent + 1 >= size);
                self.step(id, Change::Sent(sent));
                if whole {
                    self.step(id, Change::Checking);
                }
            }
        }
        if self.idle(owner) {
            self.total.speed = None;
        } else {
            // A stalled line is news too: its speed fades.
            self.changed = true;
            self.total.speed.get_or_insert_with(|| Speed::new(now, sent_now)).update(now, sent_now);
        }
    }

    /// What there is to tell of a run of work, once nothing is left to do.
    pub fn take_run_end(&mut self, owner: &str) -> Option<RunEnd> {
        if !self.idle(owner) {
            return None;
        }
        let needs_you = self.queue.count(owner, TransferTab::NeedsYou);
        self.run_count.end(u32::try_from(needs_you).unwrap_or(u32::MAX))
    }

    fn idle(&self, owner: &str) -> bool {
        [TransferTab::Running, TransferTab::Waiting].iter().all(|tab| self.queue.count(owner, *tab) == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Level, SpaceRef, TransferKind};

    fn job(size: u64) -> Job {
        Job {
            owner: "me".to_owned(),
            batch: 1,
            kind: TransferKind::Upload,
            space: SpaceRef { level: Level::Private, owner: None },
            key: "a".to_owned(),
            local: "a".into(),
            name: "a".to_owned(),
            folder: String::new(),
            size: Some(size),
            modified: None,
            etag: None,
        }
    }

    #[test]
    fn large_and_small_transfers_run_side_by_side_and_neither_waits_for_all_of_the_other() {
        let mut open = Open::default();
        let large: Vec<u64> = (0..10).map(|_| open.add(job(5 * LARGE))).collect();
        let small: Vec<u64> = (0..40).map(|_| open.add(job(10))).collect();
        let mut started = Vec::new();
        while let Some(id) = open.next_to_start("me") {
            assert!(open.step(id, Change::Started));
            open.begin_run(id);
            started.push(id);
        }
        assert_eq!(started[..LARGE_AT_ONCE], large[..LARGE_AT_ONCE], "in the order of the line");
        assert_eq!(started[LARGE_AT_ONCE..], small[..SMALL_AT_ONCE]);
        open.step(large[0], Change::Finished { key: "a".to_owned() });
        open.end_run(large[0]);
        assert_eq!(open.next_to_start("me"), Some(large[LARGE_AT_ONCE]), "a large one makes room for a large one");
        assert_eq!(open.next_to_start("you"), None);
    }
}
