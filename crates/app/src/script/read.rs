//! What a script needs where the window watches: a whole listing, the end of all transfers, a link.

use crate::app::App;
use crate::wire::{Failure, Filter, MediaFilter, OpenedListing, PlaceRef, Sort, SortBy, SpaceRef};
use amphora_storage::{Event, Key, LinkOptions, SignedUrl};
use std::time::Duration;

/// How often a waiting script looks; the end of a transfer is not told to it.
const LOOK_EVERY: Duration = Duration::from_millis(20);

impl App {
    /// Opens a folder and waits until all of it has arrived.
    ///
    /// # Errors
    /// As [`App::open_listing`], and what the reading itself met.
    pub async fn open_whole(&self, place: PlaceRef) -> Result<OpenedListing, Failure> {
        let sort = Sort { by: SortBy::Name, descending: false };
        let filter = Filter { text: String::new(), media: MediaFilter::All, album: None };
        loop {
            let opened = self.open_listing(place.clone(), sort, filter.clone()).await?;
            match opened.failure {
                Some(failure) => return Err(failure),
                None if opened.complete => return Ok(opened),
                None => self.close_listing(opened.id),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until no transfer moves or is in line; `tell` is called at each look. Paused ones and open questions are left.
    ///
    /// # Errors
    /// The storage can't be reached: what is in line stays there.
    pub async fn settle(&self, mut tell: impl FnMut()) -> Result<(), Failure> {
        loop {
            tell();
            let summary = self.transfer_summary();
            if self.transfers.tasks.is_empty() && summary.running + summary.waiting == 0 {
                return Ok(());
            }
            if let Some(held) = self.line_held() {
                return Err(held);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// A link to a file, which whoever has it can open until it ends: after `life`, or earlier with the credentials.
    ///
    /// # Errors
    /// It is not there, this account may not read it, or nobody is signed in.
    pub async fn link(&self, space: &SpaceRef, key: &str, life: Duration) -> Result<SignedUrl, Failure> {
        let session = self.session()?;
        let (storage, space) = session.files(space)?;
        let parsed = Key::parse(key).map_err(|error| Failure::of_storage(&error))?;
        let made = storage.presign_get(&space, &parsed, LinkOptions::living(life)).await;
        self.note(&session, Event::link(key, made.is_ok()));
        made.map_err(|error| Failure::of_storage(&error))
    }
}
