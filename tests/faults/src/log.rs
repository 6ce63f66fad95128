//! What passed through, request by request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use serde::Serialize;

/// A request as the proxy saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The method.
    pub method: String,
    /// The path with its query, as it was sent.
    pub path: String,
    /// Bytes of its body that came from the client.
    pub up: u64,
    /// Bytes of the answer's body that were passed on.
    pub down: u64,
    /// Whether it met a fault.
    pub spoiled: bool,
    /// From when on it was under way.
    #[serde(skip)]
    pub begun: Instant,
    /// When it was over, one way or the other.
    #[serde(skip)]
    pub ended: Option<Instant>,
}

/// The most requests that were under way at the same time.
pub fn most_at_once<'a>(seen: impl IntoIterator<Item = &'a Seen>) -> usize {
    let (mut moments, mut most, mut now) = (Vec::new(), 0, 0_usize);
    for request in seen {
        moments.push((request.begun, true));
        moments.extend(request.ended.map(|ended| (ended, false)));
    }
    moments.sort();
    for (_, begins) in moments {
        now = if begins { now + 1 } else { now - 1 };
        most = most.max(now);
    }
    most
}

#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    method: String,
    path: String,
    spoiled: bool,
    begun: Instant,
    counted: Arc<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    up: AtomicU64,
    down: AtomicU64,
    ended: OnceLock<Instant>,
}

/// One exchange while it passes; whoever drops it last ends it.
#[derive(Debug)]
pub(crate) struct Passage(Arc<Counted>);

impl Passage {
    pub fn count_up(&self, bytes: usize) {
        self.0.up.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub fn count_down(&self, bytes: usize) {
        self.0.down.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        self.0.ended.get_or_init(Instant::now);
    }
}

impl Log {
    pub fn note(&self, method: &str, path: &str, spoiled: bool) -> Arc<Passage> {
        let counted = Arc::new(Counted::default());
        let (method, path) = (method.to_owned(), path.to_owned());
        self.lock().push(Entry { method, path, spoiled, begun: Instant::now(), counted: counted.clone() });
        Arc::new(Passage(counted))
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    pub fn seen(&self) -> Vec<Seen> {
        let seen = |entry: &Entry| Seen {
            method: entry.method.clone(),
            path: entry.path.clone(),
            up: entry.counted.up.load(Ordering::Relaxed),
            down: entry.counted.down.load(Ordering::Relaxed),
            spoiled: entry.spoiled,
            begun: entry.begun,
            ended: entry.counted.ended.get().copied(),
        };
        self.lock().iter().map(seen).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_at_once_is_the_deepest_overlap() {
        let log = Log::default();
        let first = log.note("PUT", "/1", false);
        let second = log.note("PUT", "/2", false);
        second.count_up(3);
        drop((first, second));
        let third = log.note("PUT", "/3", true);
        let seen = log.seen();
        assert_eq!(most_at_once(&seen), 2);
        assert_eq!((seen[1].up, seen[1].spoiled, seen[2].spoiled), (3, false, true));
        assert!(seen[0].ended.is_some() && seen[2].ended.is_none(), "the third is under way");
        drop(third);
    }
}
