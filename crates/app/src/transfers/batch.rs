//! What a script sees of what it asked for: how far all of it is, and how each stands.

use super::columns::TABS;
use super::shown::{A_WINDOW, row};
use crate::app::App;
use crate::wire::{Failure, Id, TransferRow, TransferTab};
use serde::{Deserialize, Serialize};

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BatchProgress {
    /// Something of it moves or is in line.
    pub under_way: bool,
    /// All its bytes, as far as they are known.
    pub bytes: u64,
    /// Of these, done.
    pub sent: u64,
    /// On their way, and not done.
    pub on_the_way: u64,
}

/// One transfer of a batch, and its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    /// As the window shows it.
    pub row: TransferRow,
    /// The key that it has or will have in the storage.
    pub key: String,
    /// The original of a copy or a move.
    pub from: Option<String>,
}

impl App {
    /// How far a batch is.
    pub(crate) fn batch_progress(&self, batch: Id) -> BatchProgress {
        let mut open = self.transfers.lock();
        let tallies = open.queue.batch(batch.0);
        let mut progress = BatchProgress { under_way: false, bytes: 0, sent: 0, on_the_way: 0 };
        for (tab, tally) in TABS.into_iter().zip(tallies) {
            progress.under_way |= tally.count > 0 && matches!(tab, TransferTab::Running | TransferTab::Waiting);
            progress.bytes += tally.bytes;
            progress.sent += if tab == TransferTab::Done { tally.bytes } else { 0 };
        }
        for id in open.queue.ids_of_batch(batch.0, TransferTab::Running) {
            let Some(running) = open.running.get(&id) else { continue };
            progress.sent += running.done();
            progress.on_the_way += running.on_the_way();
        }
        progress.sent = progress.sent.min(progress.bytes);
        progress.on_the_way = progress.on_the_way.min(progress.bytes - progress.sent);
        progress
    }

    /// What an owner's request of this name put in line, if it was made before.
    pub(crate) fn batch_of_request(&self, owner: &str, request: &str) -> Option<Id> {
        self.transfers.lock().queue.batch_of(owner, request).map(Id)
    }

    /// The transfers of a batch behind `after`, on the list or in the history, in the order in which they were queued.
    ///
    /// # Errors
    /// No storage is connected.
    pub(crate) fn batch_rows(&self, batch: Id, after: Id, count: u32) -> Result<Vec<BatchRow>, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        let rows = open.queue.of_batch(batch.0, after.0, count.min(A_WINDOW));
        let own = rows.into_iter().filter(|(_, transfer)| transfer.job.owner == owner);
        let told = own.map(|(id, transfer)| {
            let key = transfer.stored_key().to_owned();
            let from = transfer.job.from.as_ref().map(|from| from.key.clone());
            BatchRow { row: row(&open, id, transfer), key, from }
        });
        Ok(told.collect())
    }
}
