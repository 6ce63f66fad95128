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
                turns = self.over.wait(turns).unwrap_or_else(PoisonError::into_inner);
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
    fn names_given_at_the_same_time_share_a_sync_that_began_after_all_of_them() {
        let (folder, named, seen) = (Folder::default(), AtomicU32::new(0), AtomicU32::new(0));
        let (syncs, many) = (AtomicU32::new(0), 16);
        let (first_runs, all_wait) = (Barrier::new(2), Barrier::new(2));
        thread::scope(|scope| {
            scope.spawn(|| {
                folder.sync(|| {
                    if syncs.fetch_add(1, Ordering::SeqCst) == 0 {
                        first_runs.wait();
                        all_wait.wait();
                    }
                });
            });
            first_runs.wait();
            let others: Vec<_> = (0..many)
                .map(|_| {
                    scope.spawn(|| {
                        let mine = named.fetch_add(1, Ordering::SeqCst) + 1;
                        folder.sync(|| {
                            syncs.fetch_add(1, Ordering::SeqCst);
                            seen.store(named.load(Ordering::SeqCst), Ordering::SeqCst);
                        });
                        assert!(
                            seen.load(Ordering::SeqCst) >= mine,
                            "a sync that ended before says nothing of this name"
                        );
                    })
                })
                .collect();
            while named.load(Ordering::SeqCst) < many {
                thread::yield_now();
            }
            all_wait.wait();
            others.into_iter().for_each(|other| other.join().unwrap());
        });
        assert!(syncs.load(Ordering::SeqCst) <= 1 + many, "never more than one each");
        assert_eq!(folder.turns.lock().unwrap().done, u64::from(syncs.load(Ordering::SeqCst)));
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
