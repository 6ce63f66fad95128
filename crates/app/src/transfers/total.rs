//! Bytes of the current run of work of one owner: from the first transfer in line until nothing is left to do.

use super::columns::Brief;
use super::queue::Applied;
use super::speed::Speed;
use crate::wire::{TransferState, TransferTab};
use std::time::Instant;

/// Bytes wanted and done, and how fast.
#[derive(Debug, Default)]
pub struct Total {
    /// Bytes of all that is or was in line, but for what ended otherwise than well or is paused.
    pub bytes: u64,
    /// Of these, done.
    pub done: u64,
    /// How fast they go.
    pub speed: Option<Speed>,
}

impl Total {
    /// The beginning of a run of work, with what is open.
    pub fn of(open: u64) -> Self {
        Self { bytes: open, ..Self::default() }
    }

    /// Counts a step.
    pub fn apply(&mut self, step: Applied) {
        // What is taken off the list has been done all the same.
        let cleared = step.after.is_none() && step.before.is_some_and(|before| before.tab() == TransferTab::Done);
        if cleared {
            return;
        }
        let (before, after) = (counted(step.before), counted(step.after));
        self.bytes = (self.bytes + after.0).saturating_sub(before.0);
        self.done = (self.done + after.1).saturating_sub(before.1);
    }

    /// So many bytes are done now.
    pub fn measure(&mut self, now: Instant, done: u64) {
        self.speed.get_or_insert_with(|| Speed::new(now, done)).update(now, done);
    }
}

/// Bytes wanted and bytes done.
fn counted(brief: Option<Brief>) -> (u64, u64) {
    let Some(brief) = brief else { return (0, 0) };
    let size = brief.size.unwrap_or(0);
    match brief.state {
        TransferState::Done => (size, size),
        TransferState::Failed | TransferState::Skipped | TransferState::Cancelled | TransferState::Paused => (0, 0),
        TransferState::Waiting
        | TransferState::Scanning
        | TransferState::Running
        | TransferState::Checking
        | TransferState::NeedsAnswer => (size, 0),
    }
}
