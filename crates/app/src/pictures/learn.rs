//! What the window asks of pictures beside their bytes: facts, and the sections of an album.

use super::Shelf;
use crate::app::App;
use crate::listing::{FolderIndex, Known, Looked};
use crate::session::Session;
use crate::wire::{AlbumBy, AlbumSections, Failure, Id, PictureFacts, PlaceRef, SpaceRef};
use std::sync::Arc;

impl App {
    /// What is known of the pictures at these positions of a listing. What nobody looked at yet is looked at now, from the
    /// middle of the window outwards, in place of what an earlier call still waited for; news tells what it shows.
    ///
    /// # Errors
    /// The listing is closed, or the session is over.
    pub fn picture_facts(&self, listing: Id, start: u32, end: u32) -> Result<Vec<PictureFacts>, Failure> {
        let session = self.session()?;
        let Looked { folder, facts, unseen } = self.listings.looked(listing, start, end)?;
        self.look_at(&session, &folder.place.space, listing, unseen);
        Ok(facts)
    }

    /// The rows of a listing as sections of an album.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn album_sections(&self, listing: Id, by: AlbumBy) -> Result<AlbumSections, Failure> {
        self.listings.sections(listing, by)
    }

    /// Takes what is known of a folder's pictures from the disk into its index.
    pub(crate) async fn recall(&self, session: &Session, place: &PlaceRef) -> Vec<(String, Known)> {
        let Ok(shelf) = session.shelf(&place.space) else { return Vec::new() };
        let (facts, folder) = (self.pictures.facts.clone(), place.folder.clone());
        tokio::task::spawn_blocking(move || facts.folder(&shelf, &folder)).await.unwrap_or_default()
    }

    /// Keeps what was learned of a picture, and tells every open folder that shows it.
    pub(crate) async fn learned(&self, session: &Arc<Session>, space: &SpaceRef, key: &str, known: Known) {
        // Somebody else's folders may be open by now.
        if session.over.is_cancelled() {
            return;
        }
        self.listings.learn(space, key, &known);
        let Ok(shelf) = session.shelf(space) else { return };
        let (facts, key) = (self.pictures.facts.clone(), key.to_owned());
        let kept = tokio::task::spawn_blocking(move || facts.keep(&shelf, &key, &known)).await;
        if kept.is_err() {
            tracing::warn!("what was learned of a picture is not kept");
        }
    }
}

impl Session {
    /// Where what is known of a space's pictures is kept.
    ///
    /// # Errors
    /// This account may not enter the space.
    pub(crate) fn shelf(&self, space: &SpaceRef) -> Result<Shelf, Failure> {
        let (storage, _) = self.files(space)?;
        Ok(Shelf { scope: self.cache_scope(space)?, bucket: storage.config().bucket.clone() })
    }
}

/// Puts what was recalled into the index of a folder that is about to be read.
pub(crate) fn remember(index: &mut FolderIndex, known: Vec<(String, Known)>) {
    for (key, known) in known {
        index.recall(&key, known);
    }
}
