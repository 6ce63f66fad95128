//! What a run of work brought, from the first transfer in line until nothing is left to do, and the sentence for a person
//! who was doing something else meanwhile. Counts; shows nothing.

use super::job::Job;
use crate::wire::{Level, SpaceRef, TransferKind, TransferState, TransferTab};
use std::collections::BTreeMap;

/// The news of an end, ready to be shown by the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnd {
    /// "12 items are in Private".
    pub title: String,
    /// "3 failed. 1 needs your answer."; empty where there is nothing more to say.
    pub text: String,
    /// Where the drawer tells more: what needs the person goes first.
    pub tab: TransferTab,
}

/// Counts the ends of transfers while there is work.
#[derive(Debug, Default)]
pub(crate) struct RunCount {
    arrived: BTreeMap<String, u32>,
    deleted: u32,
    failed: u32,
}

impl RunCount {
    /// A transfer has come to this state.
    pub fn note(&mut self, job: &Job, state: TransferState) {
        match (state, job.kind) {
            // A folder that was read has become its files.
            (TransferState::Done, _) if job.key.is_empty() => {}
            (TransferState::Done, TransferKind::Delete) => self.deleted += 1,
            (TransferState::Done, _) => *self.arrived.entry(place_of(job)).or_default() += 1,
            (TransferState::Failed, _) => self.failed += 1,
            (
                TransferState::Waiting
                | TransferState::Scanning
                | TransferState::Running
                | TransferState::Checking
                | TransferState::Paused
                | TransferState::NeedsAnswer
                | TransferState::Skipped
                | TransferState::Cancelled,
                _,
            ) => {}
        }
    }

    /// A transfer that failed is tried again.
    pub fn tried_again(&mut self) {
        self.failed = self.failed.saturating_sub(1);
    }

    /// Nothing is left to do: what there is to tell, if anything. Begins anew.
    pub fn end(&mut self, needs_you: u32) -> Option<RunEnd> {
        let Self { arrived, deleted, failed } = std::mem::take(self);
        let count: u32 = arrived.values().sum();
        let place = if arrived.len() == 1 { arrived.keys().next() } else { None };
        let mut said = Vec::new();
        match (count, place) {
            (0, _) => {}
            (1, Some(place)) => said.push(format!("1 item is in {place}")),
            (count, Some(place)) => said.push(format!("{count} items are in {place}")),
            (count, None) => said.push(format!("{count} items have arrived")),
        }
        if deleted > 0 {
            said.push(if deleted == 1 {
                "1 deletion is done".to_owned()
            } else {
                format!("{deleted} deletions are done")
            });
        }
        if failed > 0 {
            said.push(format!("{failed} failed"));
        }
        if said.is_empty() {
            // Questions alone are asked in the window, when the person comes back to it.
            return None;
        }
        if needs_you > 0 {
            said.push(format!("{needs_you} {} your answer", if needs_you == 1 { "needs" } else { "need" }));
        }
        let title = said.remove(0);
        let text = said.into_iter().map(|part| format!("{part}.")).collect::<Vec<_>>().join(" ");
        Some(RunEnd { title, text, tab: tab_of(needs_you, failed) })
    }
}

fn tab_of(needs_you: u32, failed: u32) -> TransferTab {
    match (needs_you, failed) {
        (0, 0) => TransferTab::Done,
        (0, _) => TransferTab::Failed,
        _ => TransferTab::NeedsYou,
    }
}

/// The place's or folder's name that people know.
fn place_of(job: &Job) -> String {
    if job.kind == TransferKind::Download {
        let folder = job.local.parent().and_then(|folder| folder.file_name());
        return folder.map_or_else(|| "this computer".to_owned(), |name| name.to_string_lossy().into_owned());
    }
    let SpaceRef { level, .. } = &job.space;
    match level {
        Level::Private => "Private",
        Level::Protected => "Protected",
        Level::Public => "Public",
        Level::Path => "the storage",
    }
    .to_owned()
}

#[cfg(test)]
#[path = "run_end_tests.rs"]
mod tests;
