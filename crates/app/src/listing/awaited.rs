//! Pictures that an album leaves out only because nobody knows yet when they were taken: which of them to look at, each once.

use super::album::{Unseen, unseen_of};
use super::folder::FolderState;
use super::index::Entry;
use super::listings::{Listings, View};
use super::pattern::Pattern;
use crate::wire::{AlbumFilter, Id, Media, Millis, SpaceRef};
use std::collections::HashMap;

/// Which of a folder's unknown pictures a view was asked about.
#[derive(Default)]
pub(super) struct LookedThrough {
    readings: u64,
    revision: u64,
    /// By row: its content, and when that was stored.
    rows: HashMap<u32, (Box<str>, Option<Millis>)>,
}

impl LookedThrough {
    /// Whether the folder changed since it was looked through. After a reading all of it is new: what could not be looked at
    /// before gets another try.
    fn begin(&mut self, state: &FolderState) -> bool {
        if self.readings != state.readings {
            *self = Self { readings: state.readings, ..Self::default() };
        }
        std::mem::replace(&mut self.revision, state.revision) != state.revision
    }

    /// Whether a row is asked about for the first time since its file was stored.
    fn is_new(&mut self, row: u32, entry: &Entry) -> bool {
        let is_known = self.rows.get(&row).is_some_and(|(etag, at)| *etag == entry.etag && *at == entry.modified);
        if !is_known {
            self.rows.insert(row, (entry.etag.clone(), entry.modified));
        }
        !is_known
    }
}

impl Listings {
    /// The pictures that views leave out only because nobody knows yet when they were taken: each once for each reading of
    /// its folder, so that what can't be looked at is not asked for again and again.
    pub(crate) fn take_awaited(&self) -> Vec<(Id, SpaceRef, Vec<Unseen>)> {
        let mut open = self.lock();
        open.views
            .iter_mut()
            .filter_map(|(id, view)| Some((*id, view.folder.place.space.clone(), awaited(view)?)))
            .collect()
    }
}

fn awaited(view: &mut View) -> Option<Vec<Unseen>> {
    let album = view.filter.album.as_ref().filter(|album| AlbumFilter::asks_when_taken(album))?;
    let state = view.folder.lock();
    let through = &mut view.pictures.looked_through;
    if !state.complete || !through.begin(&state) {
        return None;
    }
    let pictures = state.index.iter().filter(|(_, entry)| entry.media == Media::Image);
    let unknown = pictures.filter(|(_, entry)| state.index.facts_of(entry).is_none());
    let mut new = unknown.filter(|(row, entry)| through.is_new(*row, entry)).peekable();
    // Most changes bring nothing new, and making a pattern ready takes longer than finding that out.
    new.peek()?;
    // Opening the listing has refused a pattern that cannot be read.
    let pattern = Pattern::of(album).ok()?;
    let awaited = new.filter(|(_, entry)| pattern.awaits(&state.index, entry));
    Some(awaited.map(|(_, entry)| unseen_of(entry)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::index::{Found, Known};
    use crate::wire::{Filter, Level, MediaFilter, PlaceRef, Sort, SortBy};
    use amphora_storage::Shape;
    use amphora_thumbs::Facts;
    use tokio_util::sync::CancellationToken;

    const SPACE: SpaceRef = SpaceRef { level: Level::Private, owner: None };

    fn found(key: &str, etag: &str) -> Found {
        Found { key: key.to_owned(), size: 1, modified: Some(Millis(1)), etag: etag.to_owned() }
    }

    /// An open album of what was taken since a time, over a folder that was read.
    fn album(keys: &[&str]) -> Listings {
        let (listings, over) = (Listings::default(), CancellationToken::new());
        let place = PlaceRef { space: SPACE, folder: String::new() };
        let folder = listings.folder(&place, Shape::Folder, &over).unwrap();
        folder.change(|state| {
            keys.iter().for_each(|key| state.index.put_file(found(key, "1")));
            state.complete = true;
            state.end_reading(None, Millis(1));
        });
        let album = Some(AlbumFilter { taken_from: Some(Millis(0)), ..AlbumFilter::default() });
        let filter = Filter { text: String::new(), media: MediaFilter::All, album };
        listings.view(&folder, Sort { by: SortBy::Name, descending: false }, filter, &over).unwrap();
        listings
    }

    fn taken(listings: &Listings) -> Vec<String> {
        listings.take_awaited().into_iter().flat_map(|(_, _, unseen)| unseen).map(|unseen| unseen.key).collect()
    }

    #[test]
    fn each_picture_is_asked_about_once_however_many_files_are_stored_meanwhile() {
        let listings = album(&["a.jpg", "broken.jpg", "notes.txt"]);
        assert_eq!(taken(&listings), ["a.jpg", "broken.jpg"]);
        let known =
            Known { etag: "1".into(), facts: Facts { size: None, taken: None, has_location: false }, first_look: 0 };
        listings.learn(&SPACE, "a.jpg", &known);
        listings.stored(&SPACE, &found("notes.txt", "2"));
        assert_eq!(taken(&listings), [""; 0], "nobody could look at one of them, and is not asked again");
        listings.stored(&SPACE, &found("new.jpg", "1"));
        assert_eq!(taken(&listings), ["new.jpg"]);
        assert_eq!(taken(&listings), [""; 0]);
    }

    #[test]
    fn another_content_and_another_reading_are_asked_about_again() {
        let listings = album(&["a.jpg", "b.jpg"]);
        assert_eq!(taken(&listings), ["a.jpg", "b.jpg"]);
        listings.stored(&SPACE, &found("b.jpg", "2"));
        assert_eq!(taken(&listings), ["b.jpg"]);
        let place = PlaceRef { space: SPACE, folder: String::new() };
        let folder = listings.folder(&place, Shape::Folder, &CancellationToken::new());
        folder.unwrap().change(|state| {
            state.end_reading(None, Millis(2));
        });
        assert_eq!(taken(&listings), ["a.jpg", "b.jpg"]);
    }
}
