//! What lies in the cache's folder, oldest use first.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The extension of a file that is being written.
pub(super) const UNFINISHED: &str = "unfinished";
/// A file unfinished for so long was left by a process that ended.
const ABANDONED: Duration = Duration::from_secs(3600);

pub(super) struct Inventory(Vec<Item>);

struct Item {
    used: SystemTime,
    bytes: u64,
    path: PathBuf,
}

impl Inventory {
    /// Walks scopes and shards; sweeps what a killed process left half written.
    pub(super) fn take(folder: &Path) -> io::Result<Self> {
        let mut items = Vec::new();
        for scope in entries(folder)? {
            for shard in entries(&scope)? {
                for path in entries(&shard)? {
                    items.extend(item(path));
                }
            }
        }
        Ok(Self(items))
    }

    pub(super) fn bytes(&self) -> u64 {
        self.0.iter().map(|item| item.bytes).sum()
    }

    /// Removes the least recently used until at most `target` bytes are left, and tells how many are.
    pub(super) fn reduce_to(mut self, target: u64) -> u64 {
        self.0.sort_by_key(|item| item.used);
        let mut left = self.bytes();
        for item in &self.0 {
            if left <= target {
                break;
            }
            if fs::remove_file(&item.path).is_ok() {
                left -= item.bytes;
            }
        }
        left
    }
}

fn item(path: PathBuf) -> Option<Item> {
    let there = fs::metadata(&path).ok()?;
    let used = there.modified().ok()?;
    if path.extension().is_some_and(|extension| extension == UNFINISHED) {
        if used.elapsed().is_ok_and(|age| age > ABANDONED) {
            let _swept = fs::remove_file(&path);
        }
        return None;
    }
    Some(Item { used, bytes: there.len(), path })
}

// What is no folder, or went away meanwhile, has no entries.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
