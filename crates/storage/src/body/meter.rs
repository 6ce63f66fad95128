//! Adds up what all parts of one upload have sent, and tells it. Full only when the server has acknowledged everything.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::control::{Progress, ProgressFn};

pub(crate) struct Meter {
    report: Option<ProgressFn>,
    total: u64,
    sent: AtomicU64,
    acknowledged: AtomicU64,
    /// The part that moved last.
    part: AtomicU32,
}

impl Meter {
    pub fn new(report: Option<ProgressFn>, total: u64) -> Self {
        Self { report, total, sent: AtomicU64::new(0), acknowledged: AtomicU64::new(0), part: AtomicU32::new(1) }
    }

    pub fn add(&self, part: u32, bytes: u64) {
        self.part.store(part, Ordering::Relaxed);
        let sent = self.sent.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.tell(sent.min(self.total.saturating_sub(1)));
    }

    /// The server has confirmed these, which were added before.
    pub fn acknowledge(&self, bytes: u64) {
        self.acknowledged.fetch_add(bytes, Ordering::Relaxed);
        self.tell(self.sent.load(Ordering::Relaxed).min(self.total.saturating_sub(1)));
    }

    /// The server has these already, from an earlier try.
    pub fn credit(&self, bytes: u64) {
        self.acknowledged.fetch_add(bytes, Ordering::Relaxed);
        let sent = self.sent.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.tell(sent.min(self.total.saturating_sub(1)));
    }

    /// An attempt failed: what it sent is to be sent again.
    pub fn take_back(&self, part: u32, bytes: u64) {
        if bytes > 0 {
            self.part.store(part, Ordering::Relaxed);
            let sent = self.sent.fetch_sub(bytes, Ordering::Relaxed) - bytes;
            self.tell(sent);
        }
    }

    /// Everything is sent anew.
    pub fn begin_anew(&self) {
        self.acknowledged.store(0, Ordering::Relaxed);
        self.take_back(1, self.sent.load(Ordering::Relaxed));
    }

    /// The server has everything.
    pub fn finish(&self) {
        self.acknowledged.store(self.total, Ordering::Relaxed);
        self.tell(self.total);
    }

    fn tell(&self, loaded: u64) {
        if let Some(report) = &self.report {
            let acknowledged = self.acknowledged.load(Ordering::Relaxed).min(loaded);
            report(Progress { loaded, acknowledged, total: self.total, part: self.part.load(Ordering::Relaxed) });
        }
    }
}
