//! What is saved with an album: its filter and its cover. Kept under a hash of whose and which folder it is, so that the
//! settings tell the next person on this computer no names of folders.

use crate::app::App;
use crate::listing::Pattern;
use crate::wire::{AlbumFilter, Failure, FailureCode, PlaceRef};
use md5::{Digest, Md5};
use std::collections::BTreeMap;

/// Albums whose filters are kept, and as many whose covers are.
const KEPT: usize = 1_000;

impl App {
    /// The filter saved with the album of a folder; none was.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn album_filter(&self, place: &PlaceRef) -> Result<Option<AlbumFilter>, Failure> {
        let album = self.album_id(place)?;
        Ok(self.settings().album_filters.get(&album).cloned())
    }

    /// Saves a filter with the album of a folder; one that shows everything is forgotten.
    ///
    /// # Errors
    /// Its pattern cannot be read, no storage is connected, or it cannot be saved.
    pub fn set_album_filter(&self, place: &PlaceRef, filter: AlbumFilter) -> Result<(), Failure> {
        Pattern::of(&filter)?;
        let album = self.album_id(place)?;
        let filter = Some(filter).filter(|filter| *filter != AlbumFilter::default());
        self.change_settings(|settings| keep(&mut settings.album_filters, album, filter))
    }

    /// The key of the picture that this account chose as the cover of a folder. It may be gone by now.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn album_cover(&self, place: &PlaceRef) -> Result<Option<String>, Failure> {
        let album = self.album_id(place)?;
        Ok(self.settings().album_covers.get(&album).map(|name| format!("{}{name}", place.folder)))
    }

    /// Keeps the cover of a folder; none leaves it to the newest picture.
    ///
    /// # Errors
    /// The key is not of a file in this folder, no storage is connected, or it cannot be saved.
    pub fn set_album_cover(&self, place: &PlaceRef, key: Option<&str>) -> Result<(), Failure> {
        let album = self.album_id(place)?;
        let name = key.map(|key| name_in(place, key)).transpose()?;
        self.change_settings(|settings| keep(&mut settings.album_covers, album, name))
    }

    fn album_id(&self, place: &PlaceRef) -> Result<String, Failure> {
        let owner = self.session()?.owner();
        let PlaceRef { space, folder } = place;
        let whole = format!("{owner}\n{:?}\n{}\n{folder}", space.level, space.owner.as_deref().unwrap_or_default());
        Ok(Md5::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn name_in(place: &PlaceRef, key: &str) -> Result<String, Failure> {
    let name = key.strip_prefix(&place.folder).filter(|name| !name.is_empty() && !name.contains('/'));
    name.map(str::to_owned).ok_or_else(|| {
        let message = format!("Couldn't use “{key}” as the cover: it is not in this folder.");
        Failure::new(FailureCode::NotFound, message, "Choose a picture of the folder.")
    })
}

fn keep<T>(all: &mut BTreeMap<String, T>, album: String, value: Option<T>) {
    all.remove(&album);
    let Some(value) = value else { return };
    // There is no order to forget by; an album that is forgotten is as it was at first.
    if all.len() >= KEPT {
        all.pop_first();
    }
    all.insert(album, value);
}
