//! Files that the person picked for a component: readable by the page until they are put somewhere. Paths stay here.

use crate::app::App;
use crate::pictures::Served;
use crate::wire::{ByteSize, Failure, FailureCode, PickedFile};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Picks kept; older ones lapse, so that a page that never uses them fills nothing.
const KEPT: usize = 1_000;
/// A larger file is not handed to the page; it can be uploaded all the same.
const LARGEST: u64 = 64 << 20;

/// The picks of this run.
#[derive(Default)]
pub struct Picks(Mutex<VecDeque<Pick>>);

struct Pick {
    id: String,
    path: PathBuf,
}

impl Picks {
    fn add(&self, path: PathBuf) -> PickedFile {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        let media_type = mime_guess::from_path(&name).first_raw().unwrap_or_default().to_owned();
        let id = uuid::Uuid::new_v4().to_string();
        let mut open = self.lock();
        open.push_back(Pick { id: id.clone(), path });
        if open.len() > KEPT {
            open.pop_front();
        }
        PickedFile { grant: id, name, size: ByteSize(size), media_type }
    }

    /// Where the file is, without using the pick up.
    pub(crate) fn peek(&self, id: &str) -> Result<PathBuf, Failure> {
        let open = self.lock();
        open.iter().find(|pick| pick.id == id).map(|pick| pick.path.clone()).ok_or_else(Failure::grant_used)
    }

    /// Uses the pick up.
    pub(crate) fn take(&self, id: &str) -> Result<PathBuf, Failure> {
        let mut open = self.lock();
        let at = open.iter().position(|pick| pick.id == id);
        at.and_then(|at| open.remove(at)).map(|pick| pick.path).ok_or_else(Failure::grant_used)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Pick>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Grants the page what the person picked for a component. For the window's own dialog only.
    #[must_use]
    pub fn pick(&self, paths: Vec<PathBuf>) -> Vec<PickedFile> {
        paths.into_iter().filter(|path| path.is_file()).map(|path| self.picks.add(path)).collect()
    }

    /// The bytes of a picked file, for `blob()` in the page.
    ///
    /// # Errors
    /// The pick was used or has lapsed; the file is gone, unreadable or too large to hand over.
    pub async fn picked(&self, id: &str) -> Result<Served, Failure> {
        let path = self.picks.peek(id)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let unreadable = |error: std::io::Error| Failure::of_io("read", &name, &error);
        let size = tokio::fs::metadata(&path).await.map_err(unreadable)?.len();
        if size > LARGEST {
            let message = format!("“{name}” is too large to be shown before it is uploaded.");
            return Err(Failure::new(FailureCode::TooLarge, message, "Upload it without looking at it."));
        }
        let bytes = tokio::fs::read(&path).await.map_err(unreadable)?;
        // The page knows the type; as something unknown, no page of another origin can run it.
        Ok(Served { bytes, content_type: "application/octet-stream" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pick_can_be_looked_at_and_is_put_once() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a b.PNG");
        std::fs::write(&file, b"12345").unwrap();
        let picks = Picks::default();
        let pick = picks.add(file.clone());
        assert_eq!((pick.name.as_str(), pick.size, pick.media_type.as_str()), ("a b.PNG", ByteSize(5), "image/png"));
        let shown = format!("{pick:?}");
        assert!(!shown.contains(&*dir.path().to_string_lossy()), "the window must not learn paths: {shown}");
        assert_eq!(picks.peek(&pick.grant).unwrap(), file);
        assert_eq!(picks.take(&pick.grant).unwrap(), file);
        assert_eq!(picks.take(&pick.grant).unwrap_err().code, FailureCode::GrantUsed);
        assert!(picks.peek(&pick.grant).is_err(), "what was put can't be read by the page any more");
    }

    #[test]
    fn old_picks_lapse() {
        let picks = Picks::default();
        let first = picks.add("a".into());
        for _ in 0..KEPT {
            picks.add("b".into());
        }
        assert!(picks.take(&first.grant).is_err());
    }
}
