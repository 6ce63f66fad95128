//! Fetching a version in ranges side by side, each written where it belongs and noted, so that what arrived is never
//! fetched again.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use bytes::Bytes;
use crc_fast::{CrcAlgorithm, Digest};
use futures::stream::{self, StreamExt, TryStreamExt};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;

use super::fetch::Fetch;
use super::kept_part::KeptPart;
use super::proof::{Fetched, Readers};
use super::save::{IN_BETWEEN, Saved, on_disk};
use crate::control::{Control, Progress};
use crate::error::{ErrorKind, StorageError};
use crate::pace::{Lane, Way};
use crate::storage::{Storage, Target};

/// Ranges of one object in flight at the most; how many there are is the pace's to decide.
const AT_ONCE: usize = 16;
/// So much of a range is noted at a time: a kill costs no more of each.
const NOTED: u64 = 1024 * 1024;
/// An object comes in so many ranges where they are of a size between the two: every range is a request, and a server may do
/// for each what it does for the whole object.
const RANGES: u64 = 4;
const SMALLEST: u64 = 8 * 1024 * 1024;
const LARGEST: u64 = 64 * 1024 * 1024;

/// What the ranges of one download share.
struct Ranges<'a> {
    storage: &'a Storage,
    target: Target,
    etag: &'a str,
    part: Arc<KeptPart>,
    lane: Lane,
    control: &'a Control,
    arrived: AtomicU64,
    /// The part file is let go of when all of them are done, and not before.
    writers: TaskTracker,
}

impl Storage {
    /// Fetches what is missing of a part file's version, and gives the file its name.
    pub(super) async fn get_ranges(
        &self,
        target: Target,
        etag: &str,
        part: KeptPart,
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let key = target.key.clone();
        let (arrived, lane) = (AtomicU64::new(part.arrived()), self.pace().lane(Way::Down, false));
        let (part, writers) = (Arc::new(part), TaskTracker::new());
        let ranges = Ranges { storage: self, target, etag, part: part.clone(), lane, control, arrived, writers };
        ranges.tell(0);
        let fetched = control.run("download", key.as_str(), ranges.fetch()).await;
        ranges.writers.close();
        ranges.writers.wait().await;
        let modified = fetched?;
        let (size, crc64) = (part.size(), part.crc64());
        let file = part.content().map_err(|error| StorageError::of_io(error, "download", key.as_str()))?;
        let whole =
            Fetched { storage: self, target: &ranges.target, etag, size, file, crc64, readers: Readers::default() };
        let proved = whole.prove(control).await;
        if proved.as_ref().is_err_and(|error| error.kind() == ErrorKind::Damaged) {
            on_disk(&key, move || part.discard()).await?;
        } else if proved.is_ok() {
            on_disk(&key, move || part.finish(modified)).await?;
        }
        proved.map(|()| Saved { size, etag: etag.to_owned() })
    }
}

impl Ranges<'_> {
    /// Returns when the object was stored.
    async fn fetch(&self) -> Result<Option<SystemTime>, StorageError> {
        let missing = self.part.missing((self.part.size() / RANGES).clamp(SMALLEST, LARGEST));
        if missing.is_empty() {
            // Everything is there: the server only says whether it is still this version.
            let last = self.part.size().saturating_sub(1)..self.part.size();
            return Ok(self.open(last, &Control::default()).await?.about().modified);
        }
        let fetching = stream::iter(missing).map(|range| self.fetch_one(range)).buffer_unordered(AT_ONCE);
        let modified: Vec<Option<SystemTime>> = fetching.try_collect().await?;
        Ok(modified.into_iter().flatten().next())
    }

    async fn fetch_one(&self, range: Range<u64>) -> Result<Option<SystemTime>, StorageError> {
        // The bytes of all ranges are told together.
        let quiet = Control { progress: None, cancel: self.control.cancel.clone() };
        let mut fetch = self.open(range.clone(), &quiet).await?;
        let modified = fetch.about().modified;
        let (pieces, queue) = mpsc::channel(IN_BETWEEN);
        let part = self.part.clone();
        let writer = self.writers.spawn_blocking(move || write_range(&part, range.start, queue));
        while let Some(piece) = fetch.next().await? {
            let len = piece.len() as u64;
            // A closed queue: the writer has failed, and tells below why.
            if pieces.send(piece).await.is_err() {
                break;
            }
            self.tell(len);
        }
        drop(pieces);
        let local = |error| StorageError::of_io(error, "download", self.target.key.as_str());
        writer.await.map_err(|error| local(io::Error::other(error)))?.map_err(local)?;
        Ok(modified)
    }

    async fn open<'a>(&'a self, range: Range<u64>, control: &'a Control) -> Result<Fetch<'a>, StorageError> {
        let (target, etag, lane) = (self.target.clone(), Some(self.etag), Some(self.lane));
        let fetch = Fetch::open(self.storage, target, "download", Some(range), etag, control, lane).await?;
        if fetch.about().size == self.part.size() {
            return Ok(fetch);
        }
        Err(StorageError::new(ErrorKind::ChangedMeanwhile, "download", self.target.key.as_str()))
    }

    fn tell(&self, more: u64) {
        let loaded = self.arrived.fetch_add(more, Ordering::Relaxed) + more;
        if let Some(report) = &self.control.progress {
            report(Progress { loaded, acknowledged: loaded, total: self.part.size(), part: 1 });
        }
    }
}

/// Writes what comes until the queue is closed, and notes it.
fn write_range(part: &Arc<KeptPart>, start: u64, mut queue: mpsc::Receiver<Bytes>) -> io::Result<()> {
    let note = |range: Range<u64>, crc: u64| -> io::Result<()> {
        if part.note(range, crc)? {
            let part = Arc::downgrade(part);
            spawn_blocking(move || KeptPart::settle(&part));
        }
        Ok(())
    };
    let (mut noted, mut at, mut digest) = (start, start, Digest::new(CrcAlgorithm::Crc64Nvme));
    while let Some(piece) = queue.blocking_recv() {
        part.write_at(at, &piece)?;
        digest.update(&piece);
        at += piece.len() as u64;
        if at - noted >= NOTED {
            note(noted..at, digest.finalize_reset())?;
            noted = at;
        }
    }
    if at > noted { note(noted..at, digest.finalize()) } else { Ok(()) }
}
