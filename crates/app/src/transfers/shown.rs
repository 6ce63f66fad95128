//! What the window sees of the queue: totals, and windows of rows.

use super::store::{Open, Transfers};
use crate::app::App;
use crate::wire::{ByteSize, Failure, Id, TransferKind, TransferRow, TransferSummary, TransferTab};
use std::sync::atomic::Ordering;
use std::time::Instant;

impl App {
    /// Totals over the queue of whoever uses the storage now.
    #[must_use]
    pub fn transfer_summary(&self) -> TransferSummary {
        self.session_if_any()
            .map_or_else(TransferSummary::default, |session| summary(&self.transfers.lock(), &session.owner()))
    }

    /// A window of rows of a tab, newest first.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn transfer_rows(&self, tab: TransferTab, start: u32, end: u32) -> Result<Vec<TransferRow>, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        let ids = open.queue.ids(&owner, tab);
        let window = ids.iter().rev().skip(start as usize).take(end.saturating_sub(start) as usize);
        Ok(window.filter_map(|id| row(&open, *id)).collect())
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
        Some(summary(&open, owner))
    }
}

fn summary(open: &Open, owner: &str) -> TransferSummary {
    let count = |tab| u32::try_from(open.queue.count(owner, tab)).unwrap_or(u32::MAX);
    let running: u64 = open.running.values().map(|running| running.sent.load(Ordering::Relaxed)).sum();
    let sent = (open.total.done + running).min(open.total.bytes);
    let (mut up, mut down, mut on_server) = (0, 0, 0);
    for tab in [TransferTab::Running, TransferTab::Waiting] {
        for transfer in open.queue.ids(owner, tab).into_iter().filter_map(|id| open.queue.get(id)) {
            match transfer.job.kind {
                TransferKind::Upload => up += 1,
                TransferKind::Download => down += 1,
                TransferKind::Copy | TransferKind::Move | TransferKind::Delete => on_server += 1,
            }
        }
    }
    TransferSummary {
        revision: Id(open.revision),
        needs_you: count(TransferTab::NeedsYou),
        running: count(TransferTab::Running),
        waiting: count(TransferTab::Waiting),
        paused: count(TransferTab::Paused),
        failed: count(TransferTab::Failed),
        done: count(TransferTab::Done),
        up,
        down,
        on_server,
        bytes: ByteSize(open.total.bytes),
        sent: ByteSize(sent),
        speed: open.total.speed.and_then(|speed| speed.bytes_a_second()).map(ByteSize),
        seconds_left: open.total.speed.and_then(|speed| speed.seconds_for(open.total.bytes - sent)),
        left_uploads: open.left_uploads,
    }
}

fn row(open: &Open, id: u64) -> Option<TransferRow> {
    let transfer = open.queue.get(id)?;
    let job = &transfer.job;
    let running = open.running.get(&id);
    let sent = running.map_or(transfer.sent, |running| running.sent.load(Ordering::Relaxed));
    let sent = job.size.map_or(sent, |size| sent.min(size));
    let local_folder = job.local.parent().and_then(|folder| folder.file_name());
    Some(TransferRow {
        id: Id(id),
        batch: Id(job.batch),
        kind: job.kind,
        name: job.name.clone(),
        space: job.space.clone(),
        whole_folder: job.key.is_empty(),
        folder: job.folder.clone(),
        from: None,
        local_folder: local_folder
            .filter(|_| job.kind == TransferKind::Download)
            .map(|name| name.to_string_lossy().into_owned()),
        state: transfer.state,
        size: job.size.map(ByteSize),
        sent: ByteSize(sent),
        found: transfer.found,
        items: None,
        speed: running.and_then(|running| running.speed.bytes_a_second()).map(ByteSize),
        seconds_left: running.and_then(|running| running.speed.seconds_for(job.size?.saturating_sub(sent))),
        failure: transfer.failure.clone(),
        conflict: transfer.conflict.clone(),
        ended_at: None,
    })
}
