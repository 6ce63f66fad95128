//! A transfer while it runs, and how many may run side by side.

use super::columns::Class;
use super::job::Job;
use super::speed::Speed;
use crate::wire::TransferKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// Large transfers that run at the same time; each has several parts in flight besides.
pub const LARGE_AT_ONCE: usize = 4;
/// Small ones, beside the large: each waits longer for answers and for the disk than it moves bytes. How many of them have a
/// request under way is the pace's to decide.
pub const SMALL_AT_ONCE: usize = 48;
/// Small downloads, where nothing else takes of that room: most of them have come and wait for the disk, which takes many
/// together.
pub const SMALL_DOWNLOADS_AT_ONCE: usize = 128;
/// Folders that are read at the same time.
pub const FOLDERS_AT_ONCE: usize = 2;

/// A transfer while it runs. Clones are one.
#[derive(Debug, Clone)]
pub struct Running {
    /// Whose it is.
    pub owner: String,
    /// With whom it takes turns.
    pub class: Class,
    /// What it does.
    pub kind: TransferKind,
    /// Bytes of the whole, where known.
    pub size: Option<u64>,
    /// Stops it.
    pub stop: CancellationToken,
    /// Bytes that are done or on their way.
    pub sent: Arc<AtomicU64>,
    /// Of these, done.
    pub acknowledged: Arc<AtomicU64>,
    /// Files found, while a folder is read.
    pub found: Arc<AtomicU32>,
    /// Bytes over time.
    pub speed: Speed,
    /// All bytes are there.
    pub checking: bool,
}

impl Running {
    /// One that begins now.
    pub fn new(job: &Job, class: Class) -> Self {
        Self {
            owner: job.owner.clone(),
            class,
            kind: job.kind,
            size: job.size,
            stop: CancellationToken::new(),
            sent: Arc::new(AtomicU64::new(0)),
            acknowledged: Arc::new(AtomicU64::new(0)),
            found: Arc::new(AtomicU32::new(0)),
            speed: Speed::new(Instant::now(), 0),
            checking: false,
        }
    }
}

impl Running {
    /// Bytes that are done.
    pub fn done(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Bytes that are on their way, and not done.
    pub fn on_the_way(&self) -> u64 {
        self.sent.load(Ordering::Relaxed).saturating_sub(self.done())
    }
}

/// Who may start, beside those that run.
#[derive(Debug, Default)]
pub struct Room {
    large: usize,
    small: usize,
    small_downloads: usize,
    folders: usize,
    most: Option<usize>,
}

impl Room {
    /// What those that run leave.
    pub fn of<'a>(running: impl Iterator<Item = &'a Running>, at_once: Option<u32>) -> Self {
        let mut room = Self { most: at_once.map(|most| most as usize), ..Self::default() };
        for one in running {
            match one.class {
                Class::Large => room.large += 1,
                Class::Small if one.kind == TransferKind::Download => room.small_downloads += 1,
                Class::Small => room.small += 1,
                Class::Folder => room.folders += 1,
            }
        }
        room
    }

    /// Whether one more of a class may start. A folder that is being read takes nobody's turn. Where the person says how
    /// many, they take turns by the line alone.
    pub fn has(&self, class: Class) -> bool {
        match (class, self.most) {
            (Class::Folder, _) => self.folders < FOLDERS_AT_ONCE,
            (Class::Large | Class::Small, Some(most)) => self.large + self.small + self.small_downloads < most,
            (Class::Large, None) => self.large < LARGE_AT_ONCE,
            // Each takes its part of the room, whatever the others are.
            (Class::Small, None) => {
                self.small * SMALL_DOWNLOADS_AT_ONCE + self.small_downloads * SMALL_AT_ONCE
                    < SMALL_AT_ONCE * SMALL_DOWNLOADS_AT_ONCE
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::queue::tests::job;
    use super::*;

    /// How many small downloads find room beside so many small uploads.
    fn downloads_beside(uploads: usize, at_once: Option<u32>) -> usize {
        let running = |kind| Running::new(&Job { kind, ..job("me", "a", 10) }, Class::Small);
        let mut all = vec![running(TransferKind::Upload); uploads];
        while Room::of(all.iter(), at_once).has(Class::Small) {
            all.push(running(TransferKind::Download));
        }
        all.len() - uploads
    }

    #[test]
    fn small_downloads_have_more_room_and_share_it_with_other_small_ones() {
        assert_eq!(downloads_beside(0, None), SMALL_DOWNLOADS_AT_ONCE);
        assert_eq!(downloads_beside(SMALL_AT_ONCE / 2, None), SMALL_DOWNLOADS_AT_ONCE / 2);
        assert_eq!(downloads_beside(SMALL_AT_ONCE, None), 0);
        assert_eq!(downloads_beside(1, Some(3)), 2, "as many as the person says");
    }
}
