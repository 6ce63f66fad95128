//! What the person does to transfers: answer, cancel, try again, clear.

use super::download::discard_kept;
use super::queue::{Change, Transfer};
use super::store::Open;
use super::upload::modified_of;
use crate::app::App;
use crate::wire::{ConflictAnswer, Failure, Id, TransferChoice, TransferKind, TransferTab};

/// How long a quitting application waits for its transfers.
const QUIT_WITHIN: std::time::Duration = std::time::Duration::from_secs(5);

impl App {
    /// Answers a name that exists; for all answers every open question of the same drop, and what it still brings.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn answer_conflict(&self, transfer: Id, answer: ConflictAnswer, for_all: bool) -> Result<(), Failure> {
        let owner = self.session()?.owner();
        {
            let mut open = self.transfers.lock();
            let of_owner = |found: &&Transfer| found.job.owner == owner;
            let Some(batch) = open.queue.get(transfer.0).filter(of_owner).map(|found| found.job.batch) else {
                return Ok(());
            };
            if for_all {
                open.answers.insert(batch, answer);
            }
            let asked = if for_all { open.queue.ids(&owner, TransferTab::NeedsYou) } else { vec![transfer.0] };
            for id in asked {
                if open.queue.get(id).is_some_and(|found| found.job.batch == batch) {
                    open.step(id, Change::Answered(answer));
                }
            }
        }
        self.pump();
        Ok(())
    }

    /// Stops transfers. What has arrived whole stays; nothing half is left.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn cancel_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, &Change::Cancelled)
    }

    /// Has transfers wait until the person says otherwise, in this run or a later one. What was sent stays.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn pause_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, &Change::Paused)
    }

    /// Goes on with paused transfers, where they were.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn resume_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, &Change::Resumed)
    }

    /// Tries failed or cancelled transfers again.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn retry_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, &Change::Requeued)
    }

    /// Takes transfers that are over off the list.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn clear_transfers(&self, which: TransferChoice) -> Result<(), Failure> {
        self.step_all(which, &Change::Cleared)
    }

    /// Stops everything that runs, because the application ends, and waits until it has cleaned up behind itself, at the
    /// most a few seconds.
    pub async fn quit(&self) {
        if let Some(session) = self.session_if_any() {
            session.over.cancel();
        }
        self.transfers.stop_all();
        self.transfers.tasks.close();
        if tokio::time::timeout(QUIT_WITHIN, self.transfers.tasks.wait()).await.is_err() {
            tracing::warn!("something was still stopping when the application ended");
        }
        self.activities.flush().await;
    }

    fn step_all(&self, which: TransferChoice, change: &Change) -> Result<(), Failure> {
        let owner = self.session()?.owner();
        {
            let mut open = self.transfers.lock();
            let ids = match which {
                TransferChoice::One { id } => vec![id.0],
                TransferChoice::Several { ids } => ids.into_iter().map(|id| id.0).collect(),
                TransferChoice::Tab { tab } => open.queue.ids(&owner, tab),
            };
            for id in ids {
                if open.queue.get(id).is_none_or(|transfer| transfer.job.owner != owner) {
                    continue;
                }
                let is_running = open.running.contains_key(&id);
                // A running transfer is not put in line a second time, and a row without a file in the storage (a folder
                // whose reading failed, a name that is no text) keeps its reason.
                let no_file = open.queue.get(id).is_some_and(|transfer| transfer.job.key.is_empty());
                if *change == Change::Requeued && (is_running || no_file) {
                    continue;
                }
                if *change == Change::Requeued {
                    take_as_it_is(&mut open, id);
                }
                let job = open.queue.get(id).map(|transfer| transfer.job.clone());
                if !open.step(id, change.clone()) {
                    continue;
                }
                if matches!(change, Change::Cancelled | Change::Paused) {
                    open.end_run(id);
                }
                // What runs still removes its own when it has stopped.
                if let Some(job) = job.filter(|_| !is_running && matches!(change, Change::Cancelled | Change::Cleared))
                {
                    discard_kept(&job);
                }
            }
        }
        self.pump();
        if matches!(change, Change::Cancelled | Change::Cleared) {
            let app = self.clone();
            self.transfers.tasks.spawn(async move { app.discard_left_uploads().await });
        }
        Ok(())
    }
}

/// Trying again means the file as it is now.
fn take_as_it_is(open: &mut Open, id: u64) {
    let Some(transfer) = open.queue.get(id).filter(|found| found.job.kind == TransferKind::Upload) else {
        return;
    };
    if let Ok(meta) = std::fs::metadata(&transfer.job.local)
        && meta.is_file()
    {
        open.step(id, Change::Taken(Some(meta.len()), modified_of(&meta)));
    }
}
