//! What the window sees of the queue: totals, windows of rows, the history.

use super::job::{From, Transfer};
use super::running::Running;
use super::store::{Open, Transfers};
use crate::app::App;
use crate::wire::{
    ByteSize, Failure, FailureCode, Id, NamedFailure, PlaceRef, TransferHistory, TransferKind, TransferRow,
    TransferState, TransferSummary, TransferTab,
};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// The most rows that one window has.
pub(super) const A_WINDOW: u32 = 100_000;

impl App {
    /// Totals over the queue of whoever uses the storage now.
    #[must_use]
    pub fn transfer_summary(&self) -> TransferSummary {
        self.session_if_any()
            .map_or_else(TransferSummary::default, |session| summary(&mut self.transfers.lock(), &session.owner()))
    }

    /// A window of rows of a tab: what waits in the order of the line, everything else the newest first.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn transfer_rows(&self, tab: TransferTab, start: u32, end: u32) -> Result<Vec<TransferRow>, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        let window = open.queue.window(&owner, tab, start, end.saturating_sub(start).min(A_WINDOW));
        Ok(window.into_iter().map(|(id, transfer)| row(&open, id, transfer)).collect())
    }

    /// A window of what ended, in this run and earlier ones, the latest first.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn transfer_history(&self, start: u32, end: u32) -> Result<TransferHistory, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        let (count, window) = open.queue.history(&owner, start, end.saturating_sub(start).min(A_WINDOW));
        Ok(TransferHistory { count, rows: window.into_iter().map(|(id, transfer)| row(&open, id, transfer)).collect() })
    }

    /// Forgets everything that ended well, was skipped or cancelled, on the list and in the history.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn clear_transfer_history(&self) -> Result<(), Failure> {
        let owner = self.session()?.owner();
        let mut open = self.transfers.lock();
        open.queue.clear_history(&owner);
        open.queue.commit();
        open.changed = true;
        Ok(())
    }

    /// A window of the files that could not be done under a transfer, each with its reason.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn transfer_report(&self, transfer: Id, start: u32, end: u32) -> Result<Vec<NamedFailure>, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        if open.queue.get_ever(transfer.0).is_none_or(|transfer| transfer.job.owner != owner) {
            return Ok(Vec::new());
        }
        Ok(open.queue.refused(transfer.0, start, end.saturating_sub(start).min(A_WINDOW)))
    }

    /// The file of this computer that a transfer is about: what a download became, what an upload was made of. For showing
    /// it in its folder; the page never sees it.
    ///
    /// # Errors
    /// It is somebody else's transfer, has no file on this computer, or the file is not there any more.
    pub fn local_path_of(&self, transfer: Id) -> Result<PathBuf, Failure> {
        let owner = self.session()?.owner();
        let found = self.transfers.lock().queue.get_ever(transfer.0).filter(|found| found.job.owner == owner);
        let found = found.ok_or_else(Failure::listing_closed)?;
        let path = found.landed.unwrap_or(found.job.local);
        if path.as_os_str().is_empty() || path.symlink_metadata().is_err() {
            let message = format!("Couldn't show “{}”: it is not on this computer any more.", found.job.name);
            return Err(Failure::new(FailureCode::NotFound, message, "Download it again."));
        }
        Ok(path)
    }
}

impl Transfers {
    /// The totals, if anything changed since they were last taken.
    pub(crate) fn take_summary(&self, owner: &str) -> Option<TransferSummary> {
        let mut open = self.lock();
        open.measure(owner, Instant::now());
        if !std::mem::take(&mut open.changed) {
            return None;
        }
        open.revision += 1;
        Some(summary(&mut open, owner))
    }
}

fn summary(open: &mut Open, owner: &str) -> TransferSummary {
    let running = open.running.values().filter(|running| running.owner == owner);
    let (running, on_the_way) =
        running.fold((0, 0), |(done, on_the_way), running| (done + running.done(), on_the_way + running.on_the_way()));
    let (bytes, done, speed) = {
        let total = open.total(owner);
        (total.bytes, total.done, total.speed)
    };
    let cut_off = open.outage.sent(|id| open.running.contains_key(&id));
    let sent = (done + running + cut_off).min(bytes);
    let on_the_way = on_the_way.min(bytes - sent);
    let count = |tab| open.queue.tally(owner, tab).count;
    let busy = |kind| {
        let tabs = [TransferTab::Running, TransferTab::Waiting];
        tabs.into_iter().map(|tab| open.queue.tally_of(owner, tab, kind).count).sum::<u32>()
    };
    TransferSummary {
        revision: Id(open.revision),
        needs_you: count(TransferTab::NeedsYou),
        running: count(TransferTab::Running),
        waiting: count(TransferTab::Waiting),
        paused: count(TransferTab::Paused),
        failed: count(TransferTab::Failed),
        done: count(TransferTab::Done),
        up: busy(TransferKind::Upload),
        down: busy(TransferKind::Download),
        on_server: busy(TransferKind::Copy) + busy(TransferKind::Move) + busy(TransferKind::Delete),
        bytes: ByteSize(bytes),
        sent: ByteSize(sent),
        on_the_way: ByteSize(on_the_way),
        speed: speed.and_then(|speed| speed.bytes_a_second()).map(ByteSize),
        seconds_left: speed.and_then(|speed| speed.seconds_for(bytes - sent - on_the_way)),
        left_uploads: open.left_uploads,
        offline: open.outage.holds() && count(TransferTab::Waiting) > 0,
    }
}

/// A transfer as the window shows it.
pub(super) fn row(open: &Open, id: u64, transfer: Transfer) -> TransferRow {
    let saved_as = saved_as(&transfer);
    let job = transfer.job;
    let running = open.running.get(&id);
    let done = if transfer.state == TransferState::Done { job.size.unwrap_or(0) } else { transfer.sent };
    let most = job.size.unwrap_or(u64::MAX);
    let sent = running.map_or(done, Running::done).min(most);
    let on_the_way = running.map_or(0, Running::on_the_way).min(most - sent);
    let local_folder = job.local.parent().and_then(|folder| folder.file_name());
    TransferRow {
        id: Id(id),
        batch: Id(job.batch),
        kind: job.kind,
        name: job.name,
        whole_folder: job.whole,
        space: job.space,
        folder: job.folder,
        from: job.from.map(place_of),
        local_folder: local_folder
            .filter(|_| job.kind == TransferKind::Download)
            .map(|name| name.to_string_lossy().into_owned()),
        state: transfer.state,
        size: job.size.map(ByteSize),
        sent: ByteSize(sent),
        on_the_way: ByteSize(on_the_way),
        found: running
            .filter(|_| transfer.state == TransferState::Scanning)
            .map(|running| running.found.load(Ordering::Relaxed)),
        items: transfer.items,
        speed: running.and_then(|running| running.speed.bytes_a_second()).map(ByteSize),
        seconds_left: running
            .and_then(|running| running.speed.seconds_for(job.size?.saturating_sub(sent + on_the_way))),
        failure: transfer.failure.filter(|_| transfer.state == TransferState::Failed),
        conflict: transfer.conflict.filter(|_| transfer.state == TransferState::NeedsAnswer),
        same_as: transfer.same_as,
        saved_as,
        ended_at: transfer.ended,
    }
}

/// The name that it got, where that is not its own.
fn saved_as(transfer: &Transfer) -> Option<String> {
    let Transfer { job, state, landed, stored_key, .. } = transfer;
    if *state != TransferState::Done {
        return None;
    }
    let name = match job.kind {
        TransferKind::Download => landed.as_ref()?.file_name()?.to_string_lossy().into_owned(),
        TransferKind::Upload | TransferKind::Copy | TransferKind::Move => {
            stored_key.as_ref()?.trim_end_matches('/').rsplit('/').next()?.to_owned()
        }
        TransferKind::Delete => return None,
    };
    (name != job.name).then_some(name)
}

/// The folder that something comes from.
fn place_of(from: From) -> PlaceRef {
    let key = from.key.trim_end_matches('/');
    let folder = key.rfind('/').map_or("", |at| &key[..=at]).to_owned();
    PlaceRef { space: from.space, folder }
}
