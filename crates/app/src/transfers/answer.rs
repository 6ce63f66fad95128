//! What the person does to transfers: answer, cancel, pause, try again, order, clear.

use super::download::discard_kept;
use super::job::tab_of;
use super::running::Running;
use super::step::Change;
use super::store::Open;
use super::upload::modified_of;
use crate::app::App;
use crate::wire::{ConflictAnswer, Failure, Id, LinePlace, TransferChoice, TransferKind, TransferState, TransferTab};

impl App {
    /// Answers a name that exists; for all answers every open question of the same drop, and what it still brings.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn answer_conflict(&self, transfer: Id, answer: ConflictAnswer, for_all: bool) -> Result<(), Failure> {
        let owner = self.session()?.owner();
        {
            let mut open = self.transfers.lock();
            let asked = open.queue.get(transfer.0).filter(|found| found.job.owner == owner);
            let Some(batch) = asked.map(|transfer| transfer.job.batch) else { return Ok(()) };
            let ids = if for_all {
                open.queue.set_answer(batch, answer);
                open.queue.ids_of_batch(batch, TransferTab::NeedsYou)
            } else {
                vec![transfer.0]
            };
            for id in ids {
                open.step(id, Change::Answered(answer));
            }
            open.queue.commit();
        }
        self.pump();
        if answer == ConflictAnswer::Skip {
            self.discard_left_soon();
        }
        Ok(())
    }

    /// Stops transfers. What has arrived whole stays; nothing half is left.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn cancel_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, Act::Cancel)
    }

    /// Has transfers wait until the person says otherwise, in this run or a later one. What was sent stays.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn pause_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, Act::Pause)
    }

    /// Goes on with paused transfers, where they were.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn resume_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, Act::Resume)
    }

    /// Tries failed or cancelled transfers again; a folder that could not be read is read again.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn retry_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, Act::Retry)
    }

    /// Takes transfers that are over off the list. What ended well stays in the history.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn clear_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, Act::Clear)
    }

    /// Moves transfers that wait to a place in line; their own order stays.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn order_transfers(&self, which: TransferChoice, to: LinePlace) -> Result<(), Failure> {
        let owner = self.session()?.owner();
        let mut open = self.transfers.lock();
        let ids = ids_of(&open, &owner, which);
        open.changed |= open.queue.reorder(&owner, &ids, to);
        open.queue.commit();
        Ok(())
    }

    fn step_all(&self, which: TransferChoice, act: Act) -> Result<(), Failure> {
        let owner = self.session()?.owner();
        {
            let mut open = self.transfers.lock();
            act.on_all(&mut open, &owner, which);
            open.queue.commit();
        }
        self.pump();
        if matches!(act, Act::Cancel | Act::Clear) {
            self.discard_left_soon();
        }
        Ok(())
    }

    fn discard_left_soon(&self) {
        let app = self.clone();
        self.transfers.tasks.spawn(async move { app.discard_left_uploads().await });
    }
}

/// What the person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Cancel,
    Pause,
    Resume,
    Retry,
    Clear,
}

impl Act {
    /// The steps of a whole tab that small transfers can take at once: those that never ran leave nothing to look after.
    fn at_once(self, tab: TransferTab) -> Vec<(TransferState, TransferState)> {
        use TransferState as S;
        let steps = match self {
            Self::Cancel => vec![(S::Waiting, S::Cancelled), (S::Paused, S::Cancelled)],
            Self::Pause => vec![(S::Waiting, S::Paused)],
            Self::Resume => vec![(S::Paused, S::Waiting)],
            Self::Retry | Self::Clear => Vec::new(),
        };
        steps.into_iter().filter(|(from, _)| tab == TransferTab::All || tab_of(*from) == tab).collect()
    }

    /// Does it to all of these that belong to the owner.
    pub fn on_all(self, open: &mut Open, owner: &str, which: TransferChoice) {
        if matches!(self, Self::Resume | Self::Retry) {
            open.outage.tried();
        }
        if let TransferChoice::Tab { tab } = which {
            for (from, to) in self.at_once(tab) {
                open.move_all(owner, from, to);
            }
            if self == Self::Clear && matches!(tab, TransferTab::Done | TransferTab::All) {
                open.queue.clear_done(owner);
                open.changed = true;
            }
        }
        for id in ids_of(open, owner, which) {
            self.on(open, id, owner);
        }
    }

    fn on(self, open: &mut Open, id: u64, owner: &str) {
        let Some(transfer) = open.queue.get(id).filter(|transfer| transfer.job.owner == owner) else { return };
        let job = transfer.job;
        let running = open.running.get(&id).map(Running::done);
        let change = match self {
            Self::Cancel => Change::Cancelled,
            Self::Pause => Change::Paused(running.unwrap_or(0)),
            Self::Resume => Change::Resumed,
            // A running transfer is not put in line a second time, and a name that is no text keeps its reason.
            Self::Retry if running.is_some() || job.key.is_empty() => return,
            Self::Retry => {
                if job.kind == TransferKind::Upload && !job.whole {
                    take_as_it_is(open, id, &job.local);
                }
                Change::Requeued
            }
            Self::Clear => Change::Cleared,
        };
        if !open.step(id, change) {
            return;
        }
        if matches!(self, Self::Cancel | Self::Pause) {
            open.end_run(id);
        }
        // What runs still removes its own when it has stopped.
        if running.is_none() && matches!(self, Self::Cancel | Self::Clear) {
            discard_kept(&job);
        }
    }
}

fn ids_of(open: &Open, owner: &str, which: TransferChoice) -> Vec<u64> {
    match which {
        TransferChoice::One { id } => vec![id.0],
        TransferChoice::Several { ids } => ids.into_iter().map(|id| id.0).collect(),
        TransferChoice::Tab { tab } => open.queue.ids(owner, tab),
    }
}

/// Trying again means the file as it is now.
fn take_as_it_is(open: &mut Open, id: u64, local: &std::path::Path) {
    if let Ok(meta) = std::fs::metadata(local)
        && meta.is_file()
    {
        open.step(id, Change::Taken(Some(meta.len()), modified_of(&meta)));
    }
}
