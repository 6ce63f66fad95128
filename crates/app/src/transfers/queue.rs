//! The queue of transfers as a pure state machine: every step is a `Change`, and what a step leaves is
//! in the journal on disk before anyone acts on it.

use super::journal::Journal;
use crate::wire::{Conflict, ConflictAnswer, Failure, Millis, SpaceRef, TransferKind, TransferState, TransferTab};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

/// What a transfer is about; never changes after it was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Whose it is: storage and identity. It runs and shows only under it.
    pub owner: String,
    /// Things that were asked for together.
    pub batch: u64,
    /// What it does.
    #[serde(alias = "direction")]
    pub kind: TransferKind,
    /// Where in the storage.
    pub space: SpaceRef,
    /// The key there; empty for a folder that is being scanned.
    pub key: String,
    /// The file or folder on this computer. For a download the file that will be.
    #[serde(with = "super::local_path")]
    pub local: PathBuf,
    /// The name shown.
    pub name: String,
    /// The folder in the storage that the row names.
    pub folder: String,
    /// Bytes, where known.
    pub size: Option<u64>,
    /// Last change of the file on this computer when it was queued, for uploads.
    pub modified: Option<Millis>,
    /// Tag of the content to download, without quotes.
    pub etag: Option<String>,
}

/// What a name that exists does to an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OnExisting {
    /// Stop and ask.
    #[default]
    Ask,
    /// Take its place; the person said so.
    Replace,
    /// Another name; the person said so.
    KeepBoth,
}

/// One transfer with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// What it is about.
    pub job: Job,
    /// Where it stands.
    pub state: TransferState,
    /// Bytes done.
    pub sent: u64,
    /// Files found, while scanning.
    pub found: Option<u32>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The open question.
    pub conflict: Option<Conflict>,
    /// What the person answered.
    pub on_existing: OnExisting,
    /// The name it finally got, where it is another.
    pub stored_key: Option<String>,
}

/// A step of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A transfer joins, in line.
    Added(Job),
    /// A folder is being read.
    Scanning,
    /// So many files were found in it.
    Found(u32),
    /// It runs.
    Started,
    /// Bytes done.
    Sent(u64),
    /// All bytes are there; the server confirms.
    Checking,
    /// The name exists.
    Asked(Conflict),
    /// The person answered.
    Answered(ConflictAnswer),
    /// It ended well, under this key.
    Finished {
        /// The key it has.
        key: String,
    },
    /// Identical content is there already.
    AlreadyThere,
    /// It ended badly.
    Failed(Failure),
    /// The person stopped it.
    Cancelled,
    /// The person has it wait until they say otherwise.
    Paused,
    /// Goes on after a pause.
    Resumed,
    /// Back in line: tried again, or its owner went away while it ran.
    Requeued,
    /// The person takes the file as it is now: its bytes and its last change.
    Taken(Option<u64>, Option<Millis>),
    /// Off the list.
    Cleared,
}

/// All transfers of this run.
#[derive(Debug, Default)]
pub struct Queue {
    transfers: BTreeMap<u64, Transfer>,
    tabs: HashMap<(String, TransferTab), BTreeSet<u64>>,
    last: u64,
    journal: Option<Journal>,
}

impl Queue {
    /// The queue that a journal holds: what was under way is in line again. From now on every step is noted there.
    pub fn continued(journal: Journal, transfers: BTreeMap<u64, Transfer>) -> Self {
        // An upload outlives its transfer when the server does not let go of it: its number is not given again.
        let last = journal.last_upload().unwrap_or_default();
        let mut queue = Self { journal: Some(journal), last, ..Self::default() };
        for (id, transfer) in transfers {
            queue.last = queue.last.max(id);
            queue.tabs.entry((transfer.job.owner.clone(), tab_of(transfer.state))).or_default().insert(id);
            let (state, name) = (transfer.state, transfer.job.name.clone());
            queue.transfers.insert(id, transfer);
            match state {
                TransferState::Running | TransferState::Checking => queue.apply(id, Change::Requeued),
                // A folder that was being read is not in line: it has to be given again.
                TransferState::Scanning => queue.apply(id, Change::Failed(Failure::reading_interrupted(&name))),
                _ => false,
            };
        }
        queue
    }

    /// Where the queue is kept.
    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// The highest number of things that were asked for together.
    #[must_use]
    pub fn last_batch(&self) -> u64 {
        self.transfers.values().map(|transfer| transfer.job.batch).max().unwrap_or(0)
    }

    /// Bytes that are still to be done for this owner.
    #[must_use]
    pub fn bytes_open(&self, owner: &str) -> u64 {
        let open = self.transfers.values().filter(|transfer| transfer.job.owner == owner && !transfer.is_over());
        open.filter_map(|transfer| transfer.job.size).sum()
    }

    /// Adds a transfer and names it.
    pub fn add(&mut self, job: Job) -> u64 {
        self.last += 1;
        self.apply(self.last, Change::Added(job));
        self.last
    }

    /// Takes one step. A step that does not fit the state is ignored: an answer that comes twice, news of a cleared transfer.
    /// Returns whether anything changed.
    pub fn apply(&mut self, id: u64, change: Change) -> bool {
        let only_seen = matches!(change, Change::Found(_) | Change::Started | Change::Sent(_) | Change::Checking);
        let before = self.transfers.get(&id).map(|transfer| (transfer.job.owner.clone(), tab_of(transfer.state)));
        let changed = match (self.transfers.get_mut(&id), change) {
            (None, Change::Added(job)) => {
                self.last = self.last.max(id);
                self.transfers.insert(id, Transfer::new(job));
                true
            }
            (Some(transfer), Change::Cleared) if transfer.is_over() => {
                self.transfers.remove(&id);
                true
            }
            (Some(transfer), change) => transfer.step(change),
            (None, _) => false,
        };
        let after = self.transfers.get(&id).map(|transfer| (transfer.job.owner.clone(), tab_of(transfer.state)));
        if before != after {
            if let Some(place) = before {
                self.tabs.entry(place).or_default().remove(&id);
            }
            if let Some(place) = after {
                self.tabs.entry(place).or_default().insert(id);
            }
        }
        if changed && !only_seen {
            self.note(id);
        }
        changed
    }

    /// A transfer goes on though its row could not be written: the next step writes all of it again.
    fn note(&self, id: u64) {
        if let Some(journal) = &self.journal
            && let Err(error) = journal.note(id, self.transfers.get(&id))
        {
            tracing::error!(id, %error, "a step of a transfer is not in the journal");
        }
    }

    /// One transfer.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<&Transfer> {
        self.transfers.get(&id)
    }

    /// The ids of one owner's tab, oldest first.
    #[must_use]
    pub fn ids(&self, owner: &str, tab: TransferTab) -> Vec<u64> {
        if tab == TransferTab::All {
            return self.transfers.iter().filter(|(_, t)| t.job.owner == owner).map(|(id, _)| *id).collect();
        }
        self.tabs.get(&(owner.to_owned(), tab)).into_iter().flatten().copied().collect()
    }

    /// How many are in one owner's tab.
    #[must_use]
    pub fn count(&self, owner: &str, tab: TransferTab) -> usize {
        self.tabs.get(&(owner.to_owned(), tab)).map_or(0, BTreeSet::len)
    }

    /// The transfers in line for this owner, the next one first.
    pub fn waiting(&self, owner: &str) -> impl Iterator<Item = u64> {
        self.tabs.get(&(owner.to_owned(), TransferTab::Waiting)).into_iter().flatten().copied()
    }

    /// The next transfer in line for this owner.
    #[cfg(test)]
    pub fn next_waiting(&self, owner: &str) -> Option<u64> {
        self.waiting(owner).next()
    }
}

impl Transfer {
    fn new(job: Job) -> Self {
        Self {
            job,
            state: TransferState::Waiting,
            sent: 0,
            found: None,
            failure: None,
            conflict: None,
            on_existing: OnExisting::Ask,
            stored_key: None,
        }
    }

    /// It needs nothing more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self.state,
            TransferState::Failed | TransferState::Done | TransferState::Skipped | TransferState::Cancelled
        )
    }

    /// It is over, and not because it failed: nobody has to do anything about it after a restart.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_over() && self.state != TransferState::Failed
    }

    fn is_moving(&self) -> bool {
        matches!(self.state, TransferState::Running | TransferState::Checking | TransferState::Scanning)
    }

    fn step(&mut self, change: Change) -> bool {
        use TransferState as S;
        match change {
            Change::Scanning if self.state == S::Waiting => self.state = S::Scanning,
            Change::Found(count) if self.state == S::Scanning => self.found = Some(count),
            Change::Started if self.state == S::Waiting => {
                self.state = S::Running;
                self.sent = 0;
            }
            Change::Sent(bytes) if self.state == S::Running => self.sent = bytes,
            Change::Checking if self.state == S::Running => self.state = S::Checking,
            Change::Asked(conflict) if !self.is_over() => {
                self.state = S::NeedsAnswer;
                self.conflict = Some(conflict);
                self.sent = 0;
            }
            Change::Answered(answer) if self.state == S::NeedsAnswer => self.answer(answer),
            Change::Finished { key } if !self.is_over() => {
                self.state = S::Done;
                self.sent = self.job.size.unwrap_or(self.sent);
                self.stored_key = (key != self.job.key).then_some(key);
            }
            Change::AlreadyThere if !self.is_over() => self.state = S::Skipped,
            Change::Failed(failure) if !self.is_over() => {
                self.state = S::Failed;
                self.failure = Some(failure);
            }
            Change::Cancelled if !self.is_over() => {
                self.state = S::Cancelled;
                self.conflict = None;
            }
            Change::Paused if matches!(self.state, S::Waiting | S::Running | S::Checking) => self.state = S::Paused,
            Change::Resumed if self.state == S::Paused => self.state = S::Waiting,
            Change::Requeued if self.is_moving() || matches!(self.state, S::Failed | S::Cancelled) => {
                self.state = S::Waiting;
                self.failure = None;
                self.sent = 0;
                self.found = None;
            }
            Change::Taken(size, modified) if self.is_over() => {
                self.job.size = size;
                self.job.modified = modified;
            }
            _ => return false,
        }
        true
    }

    fn answer(&mut self, answer: ConflictAnswer) {
        self.conflict = None;
        self.state = TransferState::Waiting;
        match answer {
            ConflictAnswer::Replace => self.on_existing = OnExisting::Replace,
            ConflictAnswer::KeepBoth => self.on_existing = OnExisting::KeepBoth,
            ConflictAnswer::Skip => self.state = TransferState::Skipped,
        }
    }
}

/// The tab in which a state shows.
#[must_use]
pub fn tab_of(state: TransferState) -> TransferTab {
    match state {
        TransferState::NeedsAnswer => TransferTab::NeedsYou,
        TransferState::Scanning | TransferState::Running | TransferState::Checking => TransferTab::Running,
        TransferState::Waiting => TransferTab::Waiting,
        TransferState::Paused => TransferTab::Paused,
        TransferState::Failed => TransferTab::Failed,
        TransferState::Done | TransferState::Skipped | TransferState::Cancelled => TransferTab::Done,
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
