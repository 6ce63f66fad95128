//! What is saved with an album: its filter. Kept under a hash of whose and which folder it is, so that the settings tell the
//! next person on this computer no names of folders.

use crate::app::App;
use crate::listing::Pattern;
use crate::wire::{AlbumFilter, Failure, PlaceRef};
use md5::{Digest, Md5};

/// Albums whose filters are kept.
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
        self.change_settings(|settings| {
            let filters = &mut settings.album_filters;
            filters.remove(&album);
            if filter != AlbumFilter::default() {
                // There is no order to forget by; an album whose filter is gone shows everything again.
                if filters.len() >= KEPT {
                    filters.pop_first();
                }
                filters.insert(album, filter);
            }
        })
    }

    fn album_id(&self, place: &PlaceRef) -> Result<String, Failure> {
        let owner = self.session()?.owner();
        let PlaceRef { space, folder } = place;
        let whole = format!("{owner}\n{:?}\n{}\n{folder}", space.level, space.owner.as_deref().unwrap_or_default());
        Ok(Md5::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}
