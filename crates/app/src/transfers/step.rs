//! Which steps a transfer may take, and what each makes of it. Pure.

use super::job::{OnExisting, Transfer, tab_of};
use crate::wire::{Conflict, ConflictAnswer, Failure, Millis, TransferItems, TransferState, TransferTab};
use std::path::PathBuf;

/// A step of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its folder is being read.
    Scanning,
    /// It runs.
    Started,
    /// All bytes are there; the server confirms.
    Checking,
    /// The name exists.
    Asked(Box<Conflict>),
    /// The person answered.
    Answered(ConflictAnswer),
    /// It ended well, under this key, as this file of this computer.
    Finished {
        /// The key it has.
        key: String,
        /// The file it is.
        landed: Option<PathBuf>,
    },
    /// Identical content is there already.
    AlreadyThere,
    /// Identical content is in the folder already, under this name.
    Duplicate(String),
    /// Its folder was read: from now on its files stand for it.
    Expanded,
    /// It ended badly.
    Failed(Box<Failure>),
    /// The person stopped it.
    Cancelled,
    /// The person has it wait until they say otherwise; so many bytes were done.
    Paused(u64),
    /// Goes on after a pause.
    Resumed,
    /// Back in line, because the line was gone; so many bytes were done.
    CutOff(u64),
    /// Back in line: tried again, or its owner went away while it ran.
    Requeued,
    /// The person takes the file as it is now: its bytes and its last change.
    Taken(Option<u64>, Option<Millis>),
    /// So many of its files are done.
    Counted(TransferItems),
    /// A copy will get this name.
    Planned(String),
    /// A copy of the original with this tag is known to be whole.
    Copied(String),
    /// A folder of this computer was made for it.
    Claimed(PathBuf),
    /// Off the list.
    Cleared,
}

/// What a step wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It does not fit the state: an answer that comes twice, late news.
    Ignored,
    /// The state, nothing else.
    State,
    /// More than the state.
    Body,
}

impl Transfer {
    /// Takes a step, or ignores one that does not fit.
    pub fn step(&mut self, change: Change) -> Step {
        use TransferState as S;
        let moving = tab_of(self.state) == TransferTab::Running;
        let over = self.is_over();
        match change {
            Change::Scanning if self.state == S::Waiting => self.state = S::Scanning,
            Change::Started if self.state == S::Waiting => self.state = S::Running,
            Change::Checking if self.state == S::Running => self.state = S::Checking,
            Change::Asked(conflict) if !over => {
                self.state = S::NeedsAnswer;
                self.conflict = Some(*conflict);
                return Step::Body;
            }
            Change::Answered(answer) if self.state == S::NeedsAnswer => {
                self.answer(answer);
                return Step::Body;
            }
            Change::Finished { key, landed } if !over => {
                self.state = S::Done;
                let stored_key = (key != self.job.key).then_some(key);
                if (&stored_key, &landed) != (&self.stored_key, &self.landed) {
                    (self.stored_key, self.landed) = (stored_key, landed);
                    return Step::Body;
                }
            }
            Change::AlreadyThere if !over => self.state = S::Skipped,
            Change::Duplicate(name) if !over => {
                (self.state, self.same_as) = (S::Skipped, Some(name));
                return Step::Body;
            }
            Change::Failed(failure) if !over => {
                self.state = S::Failed;
                self.failure = Some(*failure);
                self.again |= moving;
                return Step::Body;
            }
            Change::Cancelled if !over => self.state = S::Cancelled,
            Change::Paused(sent) if moving || self.state == S::Waiting => {
                self.state = S::Paused;
                if moving {
                    (self.sent, self.again) = (sent, true);
                    return Step::Body;
                }
            }
            Change::Resumed if self.state == S::Paused => self.state = S::Waiting,
            Change::Requeued if moving || matches!(self.state, S::Failed | S::Cancelled) => {
                self.state = S::Waiting;
                self.again |= moving;
                self.sent = 0;
                return Step::Body;
            }
            Change::CutOff(sent) if moving => {
                (self.state, self.sent, self.again) = (S::Waiting, sent, true);
                return Step::Body;
            }
            Change::Taken(size, modified) if over => {
                (self.job.size, self.job.modified) = (size, modified);
                return Step::Body;
            }
            change if moving => return self.note(change),
            _ => return Step::Ignored,
        }
        Step::State
    }

    /// What one that runs has come to know.
    fn note(&mut self, change: Change) -> Step {
        match change {
            Change::Counted(items) => self.items = Some(items),
            Change::Planned(key) => self.stored_key = Some(key),
            Change::Copied(etag) => self.copied = Some(etag),
            Change::Claimed(folder) => self.landed = Some(folder),
            _ => return Step::Ignored,
        }
        Step::Body
    }

    fn answer(&mut self, answer: ConflictAnswer) {
        let seen = self.conflict.take().and_then(|conflict| conflict.there.etag);
        self.replaces = seen.filter(|etag| !etag.is_empty() && answer == ConflictAnswer::Replace);
        self.state = TransferState::Waiting;
        match answer {
            ConflictAnswer::Replace => self.on_existing = OnExisting::Replace,
            ConflictAnswer::KeepBoth => self.on_existing = OnExisting::KeepBoth,
            ConflictAnswer::Skip => self.state = TransferState::Skipped,
        }
    }
}
