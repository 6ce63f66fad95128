//! Makes names durable: a name lasts only when its folder is on the disk. Files that get their names in one folder at the
//! same time share one sync of it, which is half of what small files cost.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, LazyLock, Mutex, PoisonError};

/// Folders that somebody waits for.
static FOLDERS: LazyLock<Mutex<HashMap<PathBuf, Arc<Folder>>>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Folder {
    turns: Mutex<Turns>,
    over: Condvar,
}

#[derive(Default)]
struct Turns {
    begun: u64,
    done: u64,
    /// Who waits for a sync of somebody else.
    waiting: u32,
}

/// Returns once a sync that began after the call is over. Not every system can do this, and a file is whole either way.
pub(super) fn sync_folder(folder: &Path) {
    if !cfg!(unix) {
        return;
    }
    let shared = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).entry(folder.to_owned()).or_default().clone();
    shared.sync(|| {
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
    });
    let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    // Two: the map's and this one.
    if Arc::strong_count(&shared) == 2 {
        folders.remove(folder);
    }
}

impl Folder {
    fn sync(&self, act: impl Fn()) {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = turns.begun + 1;
        while turns.done < wanted {
            if turns.begun > turns.done {
                turns.waiting += 1;
                turns = self.over.wait(turns).unwrap_or_else(PoisonError::into_inner);
                turns.waiting -= 1;
                continue;
            }
            turns.begun += 1;
            drop(turns);
            act();
            turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.done = turns.begun;
            self.over.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    #[test]
    fn names_given_while_a_sync_runs_share_the_next_one() {
        let (folder, many) = (Folder::default(), 16);
        let (syncs, first_runs, all_wait) = (AtomicU32::new(0), Barrier::new(2), Barrier::new(2));
        let act = || {
            if syncs.fetch_add(1, Ordering::SeqCst) == 0 {
                first_runs.wait();
                all_wait.wait();
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| folder.sync(act));
            first_runs.wait();
            let others: Vec<_> = (0..many)
                .map(|_| {
                    scope.spawn(|| {
                        folder.sync(act);
                        syncs.load(Ordering::SeqCst)
                    })
                })
                .collect();
            while folder.turns.lock().unwrap().waiting < many {
                thread::yield_now();
            }
            all_wait.wait();
            for other in others {
                assert_eq!(
                    other.join().unwrap(),
                    2,
                    "the one that ran before says nothing of this name; one more is enough"
                );
            }
        });
    }

    #[test]
    fn a_folder_nobody_waits_for_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        sync_folder(dir.path());
        sync_folder(&dir.path().join("not there"));
        let known = FOLDERS.lock().unwrap();
        assert!(known.keys().all(|folder| !folder.starts_with(dir.path())));
    }
}
