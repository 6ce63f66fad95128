//! Thumbnails that are stored beside the pictures of a space, so that another computer need not fetch the pictures to show
//! their tiles. Whoever may see the picture, and nobody else, may see its thumbnail: both lie in the same space.

mod allowed;
mod known;
mod name;
mod read;
mod remove;
mod write;

pub(crate) use name::is_hidden;
pub(crate) use remove::Gone;

use known::Known;
use std::sync::{Mutex, MutexGuard, PoisonError};
use write::Line;

/// A larger one is neither stored nor read.
const MOST_BYTES: u64 = 256 << 10;

/// What a session knows of the thumbnails that are stored, and what it has to store.
#[derive(Default)]
pub(crate) struct StoredThumbnails {
    known: Known,
    line: Mutex<Line>,
}

impl StoredThumbnails {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
