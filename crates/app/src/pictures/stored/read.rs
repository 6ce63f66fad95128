//! Reads stored thumbnails, and what their pictures say of themselves. What comes is as hostile as any picture: it counts only
//! where it could be ours, and is encoded anew.

use super::MOST_BYTES;
use super::name::{self, ROOT, content_of, file_of, folder_of, shelf_of};
use super::write::LEAST_EDGE;
use crate::app::App;
use crate::listing::Known;
use crate::pictures::Shelf;
use crate::pictures::first::FIRST_EDGE;
use crate::pictures::told::told_with;
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::{Control, Key, Object};
use amphora_thumbs::{CacheKey, Facts, Kind, Picture, facts, kind_of};
use std::sync::Arc;

/// A thumbnail that is stored, or may be.
struct There {
    shelf: String,
    file: String,
    /// Its longest edge, as its name says.
    promised: u32,
}

/// A thumbnail that is believed.
struct Believed {
    picture: Picture,
    /// What its picture says of itself, where that is stored with it.
    facts: Option<Facts>,
}

impl App {
    /// The tile of a content, of which `first` is the cached first look, from what is stored beside it; none where there is
    /// nothing, or nothing that can be believed.
    pub(in crate::pictures) async fn stored_tile(
        &self,
        session: &Arc<Session>,
        space: &SpaceRef,
        first: &CacheKey,
        edge: u32,
    ) -> Option<Picture> {
        let there = there(session, space, first, edge).await?;
        let turn = self.pictures.beginnings.turn(first);
        let _mine = turn.lock().await;
        // Whoever looked at it meanwhile may have fetched it.
        if let Some(known) = self.cached(first.clone()).await.filter(|known| known.width.max(known.height) >= edge) {
            return self.pictures.decoder.thumbnail(known.bytes, edge).await.ok();
        }
        let Believed { picture, facts } = self.believed(session, space, &there, edge).await?;
        if let Some(facts) = facts
            && self.known_of(first.clone()).await.is_none()
        {
            self.learned_beside(session, space, first, facts, 0).await;
        }
        Some(picture)
    }

    /// Learns what a picture says of itself from what is stored with its thumbnail, and keeps that for its tile; false where
    /// only the picture tells.
    pub(in crate::pictures) async fn stored_look(
        &self,
        session: &Arc<Session>,
        space: &SpaceRef,
        first: &CacheKey,
    ) -> bool {
        let Some(there) = there(session, space, first, LEAST_EDGE).await else { return false };
        let turn = self.pictures.beginnings.turn(first);
        let _mine = turn.lock().await;
        // Its tile may have told it meanwhile.
        if let Some(known) = self.known_of(first.clone()).await {
            self.listings.learn(space, &first.key, &known);
            return true;
        }
        let believed = self.believed(session, space, &there, FIRST_EDGE).await;
        let Some(Believed { picture, facts: Some(facts) }) = believed else { return false };
        if session.over.is_cancelled() {
            return true;
        }
        let longest = picture.width.max(picture.height);
        self.keep(first.clone(), picture).await;
        self.learned_beside(session, space, first, facts, longest).await;
        true
    }

    async fn learned_beside(
        &self,
        session: &Arc<Session>,
        space: &SpaceRef,
        of: &CacheKey,
        facts: Facts,
        first_look: u32,
    ) {
        let known = Known { etag: of.etag.as_str().into(), facts, first_look };
        self.learned(session, space, &of.key, known).await;
    }

    /// What is known of a content already.
    pub(super) async fn known_of(&self, of: CacheKey) -> Option<Known> {
        let index = self.pictures.facts.clone();
        let known = tokio::task::spawn_blocking(move || {
            let CacheKey { scope, bucket, key, etag, .. } = of;
            index.of(&Shelf { scope, bucket }, &key, &etag)
        });
        known.await.ok().flatten()
    }

    /// A stored thumbnail, encoded anew with this edge at the most.
    async fn believed(&self, session: &Session, space: &SpaceRef, there: &There, most: u32) -> Option<Believed> {
        let believed = self.fetched_small(session, space, there, most).await;
        if believed.is_none() {
            // The next one that is stored takes its place.
            session.with_thumbnails(space, &there.shelf, |names| names.remove(&there.file)).await;
        }
        believed
    }

    async fn fetched_small(&self, session: &Session, space: &SpaceRef, there: &There, most: u32) -> Option<Believed> {
        let (storage, entered) = session.files(space).ok()?;
        let key = Key::parse(&format!("{ROOT}{}{}", there.shelf, there.file)).ok()?;
        let got = storage.get_at_most(&entered, &key, MOST_BYTES, &Control::default()).await;
        let got = got.inspect_err(|error| tracing::debug!(%error, "no stored thumbnail")).ok()?;
        let Object { bytes, metadata, .. } = got;
        let Some(size) = size_of_ours(&bytes, there.promised) else {
            tracing::info!("a stored thumbnail is not one, and was ignored");
            return None;
        };
        let picture = self.pictures.decoder.thumbnail(bytes, most).await.ok()?;
        Some(Believed { picture, facts: told_with(&metadata, size) })
    }
}

/// Where the smallest thumbnail of a content is that is sharp at this edge, if there may be one.
async fn there(session: &Session, space: &SpaceRef, of: &CacheKey, least: u32) -> Option<There> {
    if !session.stores_thumbnails(space) || name::is_hidden(&of.key) {
        return None;
    }
    let (shelf, content) = (shelf_of(folder_of(&of.key)), content_of(&of.key, &of.etag));
    let promised = session.with_thumbnails(space, &shelf, |names| names.sharp_at(&content, least)).await?;
    Some(There { shelf, file: file_of(&content, promised), promised })
}

/// The pixels across and down of a JPEG that is no larger than its name says.
fn size_of_ours(bytes: &[u8], promised: u32) -> Option<(u32, u32)> {
    let size = facts(bytes).size.filter(|_| kind_of("", bytes) == Kind::Jpeg);
    size.filter(|(width, height)| *width.max(height) <= promised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use amphora_thumbs::specimens::{boasting_jpeg, corners, drawing, jpeg, png};

    #[test]
    fn only_a_jpeg_of_the_promised_size_is_believed() {
        let small = corners(256, 192);
        assert_eq!(size_of_ours(&jpeg(&small), 256), Some((256, 192)));
        assert_eq!(size_of_ours(&jpeg(&small), 255), None, "larger than it says");
        assert_eq!(size_of_ours(&png(&small, None), 256), None);
        assert_eq!(size_of_ours(&drawing("<circle r='4'/>"), 256), None);
        assert_eq!(size_of_ours(&boasting_jpeg(60_000, 60_000), 512), None);
        assert_eq!(size_of_ours(b"\xff\xd8\xff\xe0 not a picture", 512), None);
        assert_eq!(size_of_ours(b"", 512), None);
    }
}
