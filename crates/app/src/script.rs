//! What a script asks where the window watches: a whole listing, the end of all transfers, a link.

use crate::app::App;
use crate::wire::{Failure, FailureCode, Filter, MediaFilter, OpenedListing, PlaceRef, Sort, SortBy, SpaceRef};
use amphora_storage::{Control, CopyOptions, Event, IfExists, Key, LinkOptions, SignedUrl};
use std::path::PathBuf;
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
    pub async fn settle(&self, mut tell: impl FnMut()) {
        loop {
            tell();
            let summary = self.transfer_summary();
            if self.transfers.tasks.is_empty() && summary.running + summary.waiting == 0 {
                return;
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

    /// Copies a file on the server, or moves it; returns the key that it got. Overwrites only when told to.
    ///
    /// # Errors
    /// It is not there, the name is taken, this account may not, or the places are in different buckets.
    pub async fn copy_file(
        &self,
        (from, key): (&SpaceRef, &str),
        (to, new_key): (&SpaceRef, &str),
        how: CopyHow,
    ) -> Result<String, Failure> {
        let session = self.session()?;
        let ((storage, from), (target, to)) = (session.files(from)?, session.files(to)?);
        if storage.config().bucket != target.config().bucket {
            let message = format!("Couldn't copy “{key}”: the two places are in different buckets.");
            return Err(Failure::new(FailureCode::NameNotAllowed, message, "Download it, then upload it there."));
        }
        let parse = |key: &str| Key::parse(key).map_err(|error| Failure::of_storage(&error));
        let (old, new) = (parse(key)?, parse(new_key)?);
        let options = CopyOptions { if_exists: how.if_exists, ..CopyOptions::default() };
        let control = Control::default();
        let done = match how.moves {
            true => storage.move_to((&from, &old), (&to, &new), options, &control).await,
            false => storage.copy((&from, &old), (&to, &new), options, &control).await,
        };
        self.note(&session, Event::copy(key, new_key, done.is_ok()));
        done.map(|stored| stored.key.as_str().to_owned()).map_err(|error| Failure::of_storage(&error))
    }

    /// The keys of everything in a folder, its own marker included.
    ///
    /// # Errors
    /// This account may not list it.
    pub async fn keys_below(&self, folder: &PlaceRef) -> Result<Vec<String>, Failure> {
        let (storage, space) = self.session()?.files(&folder.space)?;
        let found = storage.list_deep(&space, &folder.folder, &Control::default()).await;
        Ok(found.map_err(|error| Failure::of_storage(&error))?.into_iter().map(|object| object.key).collect())
    }
}

/// How to copy.
#[derive(Clone, Copy, Debug)]
pub struct CopyHow {
    /// What to do when the name is taken.
    pub if_exists: IfExists,
    /// The original goes once the copy is there.
    pub moves: bool,
}

/// The name of the keychain's entries and of the data folder, the same for the window and the command line.
pub const IDENTIFIER: &str = "dev.amphora.desktop";

/// `AMPHORA_DATA_DIR`, or the system's place for the data of applications.
#[must_use]
pub fn data_folder() -> PathBuf {
    let named = std::env::var_os("AMPHORA_DATA_DIR").filter(|named| !named.is_empty());
    named.map_or_else(|| dirs::data_dir().unwrap_or_else(std::env::temp_dir).join(IDENTIFIER), PathBuf::from)
}
