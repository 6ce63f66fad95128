//! One-use rights to read what the person picked or dropped. Paths stay here; the window sees names.

use crate::wire::{ByteSize, Failure, Grant, GrantItem};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Names shown of one grant.
const SHOWN: usize = 100;
/// Grants kept; older ones lapse, so that a page that never uses them fills nothing.
const KEPT: usize = 32;

/// The grants of this run.
#[derive(Debug, Default)]
pub struct Grants {
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    paths: HashMap<String, Vec<PathBuf>>,
    order: Vec<String>,
}

impl Grants {
    /// Grants the reading of these paths, once. Called by the window's own dialogs and drops, never by the page.
    pub fn give(&self, paths: Vec<PathBuf>) -> Grant {
        let items: Vec<GrantItem> = paths.iter().take(SHOWN).map(item).collect();
        let few = paths.len() <= SHOWN;
        let bytes = items.iter().map(|item| item.size.map(|size| size.0)).sum::<Option<u64>>().filter(|_| few);
        let id = uuid::Uuid::new_v4().to_string();
        let count = u32::try_from(paths.len()).unwrap_or(u32::MAX);
        let mut open = self.lock();
        open.paths.insert(id.clone(), paths);
        open.order.push(id.clone());
        if open.order.len() > KEPT {
            let oldest = open.order.remove(0);
            open.paths.remove(&oldest);
        }
        Grant { id, items, count, bytes: bytes.map(ByteSize) }
    }

    /// Uses a grant up.
    ///
    /// # Errors
    /// It was used, has lapsed or never was.
    pub fn take(&self, id: &str) -> Result<Vec<PathBuf>, Failure> {
        let mut open = self.lock();
        open.order.retain(|kept| kept != id);
        open.paths.remove(id).ok_or_else(Failure::grant_used)
    }

    /// What a grant holds, without using it.
    ///
    /// # Errors
    /// It was used, has lapsed or never was.
    pub fn peek(&self, id: &str) -> Result<Vec<PathBuf>, Failure> {
        self.lock().paths.get(id).cloned().ok_or_else(Failure::grant_used)
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn item(path: &PathBuf) -> GrantItem {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let meta = std::fs::metadata(path).ok();
    let folder = meta.as_ref().is_some_and(std::fs::Metadata::is_dir);
    GrantItem { name, size: meta.filter(|_| !folder).map(|meta| ByteSize(meta.len())), folder }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_good_once_and_shows_no_path() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a b.txt");
        std::fs::write(&file, b"12345").unwrap();
        let grants = Grants::default();
        let grant = grants.give(vec![file.clone()]);
        assert_eq!(grant.bytes, Some(ByteSize(5)));
        let shown = format!("{grant:?}");
        assert!(!shown.contains(&*dir.path().to_string_lossy()), "the window must not learn paths: {shown}");
        assert_eq!(grants.take(&grant.id).unwrap(), [file]);
        assert!(grants.take(&grant.id).is_err(), "a grant must not be good twice");
    }

    #[test]
    fn an_invented_grant_is_refused_and_old_ones_lapse() {
        let grants = Grants::default();
        assert!(grants.take("00000000-0000-4000-8000-000000000000").is_err());
        let first = grants.give(vec![]);
        for _ in 0..KEPT {
            grants.give(vec![]);
        }
        assert!(grants.take(&first.id).is_err());
    }

    #[test]
    fn the_size_of_a_folder_is_unknown() {
        let dir = tempfile::tempdir().unwrap();
        let grant = Grants::default().give(vec![dir.path().to_owned()]);
        assert!(grant.items[0].folder);
        assert_eq!(grant.bytes, None);
    }
}
