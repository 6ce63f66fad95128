//! The file on this computer that a transfer is about, for the system's file manager. It never goes to the page.

use crate::app::App;
use crate::wire::{Failure, FailureCode, Id, TransferKind};
use std::path::PathBuf;

impl App {
    /// Where the file of an upload, or the one that a download made, is on this computer.
    ///
    /// # Errors
    /// No storage is connected, or there is no such transfer of this account.
    pub fn local_path_of(&self, transfer: Id) -> Result<PathBuf, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        let found = open.queue.get(transfer.0).filter(|found| found.job.owner == owner);
        let found = found.filter(|found| matches!(found.job.kind, TransferKind::Upload | TransferKind::Download));
        found.map(|found| found.job.local.clone()).ok_or_else(|| {
            Failure::new(FailureCode::NotFound, "Couldn't show the file: its transfer is no longer listed.", "")
        })
    }
}
