//! What is known of one folder, and whether it is being read.

use super::index::{FolderIndex, Known};
use crate::wire::{Failure, Millis, PlaceRef};
use amphora_storage::Shape;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// A folder and its reading.
pub(crate) struct Folder {
    pub place: PlaceRef,
    /// Deep: its folder is any text, and rows are all files whose keys begin with it.
    pub shape: Shape,
    pub state: Mutex<FolderState>,
    /// Set once there is something to show: a first page or a failure.
    pub shown: watch::Sender<bool>,
}

/// What is known of a folder.
pub(crate) struct FolderState {
    pub index: FolderIndex,
    pub complete: bool,
    pub updated_at: Option<Millis>,
    /// Readings that succeeded.
    pub readings: u64,
    pub failure: Option<Failure>,
    pub reading: bool,
    /// Asked for while another reading ran, which may be older than what made somebody ask.
    read_again: bool,
    pub revision: u64,
    /// Rows whose pictures were looked at, in the order in which it happened.
    pub learned: Vec<u32>,
}

/// What a reading is wanted for, when one is under way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// That one will do.
    Enough,
    /// It must begin after now.
    Newer,
}

impl FolderState {
    /// Whether the caller is to read; otherwise somebody already does.
    pub(super) fn begin_reading(&mut self, wanted: Reading) -> bool {
        if self.reading {
            self.read_again |= wanted == Reading::Newer;
            return false;
        }
        self.reading = true;
        true
    }

    /// A picture of this folder was looked at. Rows stay where they are: whoever shows dates asks for the order anew.
    pub fn learn(&mut self, key: &str, known: Known) {
        self.index.learn(key, known);
        if let Some((id, _)) = self.index.by_key(key) {
            self.learned.push(id);
        }
    }

    /// A reading ended; whether another one is to follow at once.
    pub(super) fn end_reading(&mut self, failure: Option<Failure>, now: Millis) -> bool {
        self.failure = failure;
        if self.failure.is_none() {
            self.updated_at = Some(now);
            self.readings += 1;
        }
        self.reading = std::mem::take(&mut self.read_again);
        self.reading
    }
}

impl Folder {
    pub(super) fn new(place: PlaceRef, shape: Shape) -> Self {
        let index = match shape {
            Shape::Folder => FolderIndex::new(&place.folder),
            Shape::Deep => FolderIndex::below(&place.folder),
        };
        let state = FolderState {
            index,
            complete: false,
            updated_at: None,
            readings: 0,
            failure: None,
            reading: false,
            read_again: false,
            revision: 0,
            learned: Vec::new(),
        };
        Self { place, shape, state: Mutex::new(state), shown: watch::Sender::new(false) }
    }

    pub fn lock(&self) -> MutexGuard<'_, FolderState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something that we did ourselves is part of what is known: it is as new as it can be.
    pub(super) fn change_by_us(&self, change: impl FnOnce(&mut FolderIndex)) {
        self.change(|state| {
            change(&mut state.index);
            state.updated_at = Some(Millis::now());
        });
    }

    /// Changes what is known; views hear of it with the next news.
    pub fn change(&self, change: impl FnOnce(&mut FolderState)) {
        let mut state = self.lock();
        change(&mut state);
        state.revision += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Level, SpaceRef};

    #[test]
    fn a_refresh_during_a_reading_reads_once_more_afterwards() {
        let place = PlaceRef { space: SpaceRef { level: Level::Public, owner: None }, folder: String::new() };
        let folder = Folder::new(place, Shape::Folder);
        let mut state = folder.lock();
        assert!(state.begin_reading(Reading::Enough), "nobody reads yet");
        assert!(!state.begin_reading(Reading::Enough), "one reading is enough for who only opens");
        assert!(!state.begin_reading(Reading::Newer));
        assert!(!state.begin_reading(Reading::Newer));
        assert!(state.end_reading(None, Millis::now()), "who asked for a newer one gets it");
        assert!(state.reading, "and nobody else begins one meanwhile");
        assert!(!state.end_reading(None, Millis::now()), "once is enough for both");
        assert!(!state.reading);
    }
}
