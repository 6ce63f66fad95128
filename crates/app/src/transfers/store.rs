//! The queue with what only lives while the process does: running transfers, their speed, totals.

use super::journal::{Journal, JournalError, set_aside};
use super::queue::{Change, Job, Queue, Transfer};
use super::speed::Speed;
use crate::wire::{ConflictAnswer, Failure, TransferState, TransferTab};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Transfers that run at the same time; each large one has several parts in flight besides.
pub(crate) const AT_ONCE: usize = 4;

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
    /// What the person said "for all": it also answers what the same drop brings later.
    pub answers: HashMap<u64, ConflictAnswer>,
    pub batches: u64,
    pub changed: bool,
    pub revision: u64,
    /// Unfinished uploads that the server does not let go of.
    pub left_uploads: u32,
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
        let changed = self.queue.apply(id, change);
        self.changed |= changed;
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

    /// How many transfers move bytes; a folder that is being read takes nobody's turn.
    pub fn moving(&self) -> usize {
        let state = |id: &u64| self.queue.get(*id).map(|transfer| transfer.state);
        self.running.keys().filter(|id| state(id) != Some(TransferState::Scanning)).count()
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

    fn idle(&self, owner: &str) -> bool {
        [TransferTab::Running, TransferTab::Waiting].iter().all(|tab| self.queue.count(owner, *tab) == 0)
    }
}
