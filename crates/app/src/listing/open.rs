//! Opening, reading and refreshing a folder. The first page is shown while the others arrive.

use super::folder::{Folder, Reading};
use super::index::Found;
use super::pattern::Pattern;
use crate::app::App;
use crate::pictures::{is_hidden, remember};
use crate::session::Session;
use crate::wire::{Failure, Filter, Id, MediaFilter, Millis, OpenedListing, PlaceRef, Sort, SpaceRef};
use amphora_storage::{ObjectInfo, Page, Shape};
use std::sync::Arc;

impl App {
    /// Opens a folder. Returns with the first page; one that was open lately shows at once and is read again behind.
    ///
    /// # Errors
    /// This account may not enter the place. A failure of the reading itself is part of the answer.
    pub async fn open_listing(&self, place: PlaceRef, sort: Sort, filter: Filter) -> Result<OpenedListing, Failure> {
        filter.album.as_ref().map(Pattern::of).transpose()?;
        self.open_shape(&place, Shape::Folder, sort, filter).await
    }

    /// Opens all files of a space whose keys begin with a text, which need not end at a folder, as Amplify's `list` does.
    ///
    /// # Errors
    /// As [`App::open_listing`].
    pub async fn open_prefix(&self, space: SpaceRef, prefix: String, sort: Sort) -> Result<OpenedListing, Failure> {
        let filter = Filter { text: String::new(), media: MediaFilter::All, album: None };
        self.open_shape(&PlaceRef { space, folder: prefix }, Shape::Deep, sort, filter).await
    }

    async fn open_shape(
        &self,
        place: &PlaceRef,
        shape: Shape,
        sort: Sort,
        filter: Filter,
    ) -> Result<OpenedListing, Failure> {
        let session = self.session()?;
        session.files(&place.space)?;
        let folder = self.listings.folder(place, shape, &session.over)?;
        let mut shown = folder.shown.subscribe();
        self.read(&session, &folder, Reading::Enough);
        // Fails only when the folder is dropped, and we hold it.
        let _ = shown.wait_for(|shown| *shown).await;
        self.listings.view(&folder, sort, filter, &session.over)
    }

    /// Reads the folder of a listing again.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn refresh_listing(&self, listing: Id) -> Result<(), Failure> {
        let session = self.session()?;
        let (folder, _) = self.listings.shown(listing)?;
        self.read(&session, &folder, Reading::Newer);
        Ok(())
    }

    fn read(&self, session: &Arc<Session>, folder: &Arc<Folder>, wanted: Reading) {
        if !folder.lock().begin_reading(wanted) {
            return;
        }
        let (app, session, folder) = (self.clone(), session.clone(), folder.clone());
        self.background.tasks.spawn(async move {
            loop {
                let read = tokio::select! {
                    () = session.over.cancelled() => Err(Failure::listing_closed()),
                    read = read_all(&app, &session, &folder) => read,
                };
                let mut again = false;
                folder.change(|state| again = state.end_reading(read.err(), Millis::now()));
                folder.shown.send_replace(true);
                if !again || session.over.is_cancelled() {
                    return;
                }
            }
        });
    }
}

async fn read_all(app: &App, session: &Session, folder: &Folder) -> Result<(), Failure> {
    let (storage, space) = session.files(&folder.place.space)?;
    folder.change(|state| state.index.begin());
    let first = storage.list_page(&space, &folder.place.folder, folder.shape, None);
    let known = async {
        match folder.shape {
            Shape::Folder => app.recall(session, &folder.place).await,
            // What is known is kept by folder, and a prefix may be none: nearly all would be read to find nothing.
            Shape::Deep => Vec::new(),
        }
    };
    // Both take their time; the rows must not be ordered by date before the dates are here.
    let (mut page, known) = tokio::join!(first, known);
    remember(&mut folder.lock().index, known);
    loop {
        let here = page.map_err(|error| Failure::of_storage(&error))?;
        let token = here.next.clone();
        let last = token.is_none();
        folder.change(|state| {
            take_page(state, here);
            if last {
                state.index.finish();
                state.complete = true;
            }
        });
        folder.shown.send_replace(true);
        if last {
            return Ok(());
        }
        page = storage.list_page(&space, &folder.place.folder, folder.shape, token).await;
    }
}

fn take_page(state: &mut super::folder::FolderState, page: Page) {
    for key in page.folders.iter().filter(|key| !is_hidden(key)) {
        state.index.read_folder(key);
    }
    for object in page.objects.into_iter().filter(|object| !is_hidden(&object.key)) {
        state.index.read_file(found(object));
    }
}

/// What the storage tells of a file, as the index keeps it.
pub(crate) fn found(object: ObjectInfo) -> Found {
    let modified = object.modified.map(Millis::from);
    Found { key: object.key, size: object.size, modified, etag: object.etag }
}
