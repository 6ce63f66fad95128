//! What lies inside a picture's file, ready made by the camera: what raw files show, and pictures above the budget.

use super::first::Beginning;
use super::request::PictureRequest;
use super::serve::{Made, key};
use crate::app::App;
use crate::listing::is_raw;
use crate::session::Session;
use crate::wire::{Failure, FailureCode};
use amphora_storage::Control;
use amphora_thumbs::{CacheKey, Picture};
use std::ops::Range;
use std::sync::Arc;

impl App {
    /// What the lightbox shows: all of the picture; of a raw file, and of a picture above the budget, what the camera made for
    /// its own screen.
    pub(super) async fn display(
        &self,
        session: &Arc<Session>,
        request: &PictureRequest,
        of: CacheKey,
        edge: u32,
    ) -> Result<Made, Failure> {
        // What a raw file's first directory shows is a stamp.
        if is_raw(&request.key) {
            let (beginning, first) = self.first_look(session, &request.space, of).await?;
            let inside = self.inside(session, request, &beginning, edge).await;
            return match inside.or(first.filter(|_| beginning.is_only_inside)) {
                Some(picture) => Ok(Made { picture, etag: beginning.etag, last: true }),
                None => self.whole(session, request, edge).await,
            };
        }
        match self.whole(session, request, edge).await {
            Err(failure) if failure.code == FailureCode::TooLarge => {
                let (beginning, first) = self.first_look(session, &request.space, of).await?;
                let picture = self.inside(session, request, &beginning, edge).await.or(first);
                picture.map(|picture| Made { picture, etag: beginning.etag, last: true }).ok_or(failure)
            }
            made => made,
        }
    }

    /// The preview that lies inside a picture's file and is sharp at this edge with the fewest bytes, or else the sharpest.
    pub(super) async fn inside(
        &self,
        session: &Session,
        request: &PictureRequest,
        beginning: &Beginning,
        edge: u32,
    ) -> Option<Picture> {
        let mut best: Option<(u64, Picture)> = None;
        for at in beginning.larger.for_edge(edge) {
            let bytes = at.end - at.start;
            if best.as_ref().is_some_and(|(of_best, _)| bytes < *of_best) {
                break;
            }
            // What the index promised may not be there.
            let Some(picture) = self.preview_at(session, request, beginning, at, edge).await else { continue };
            if longest(&picture) >= edge {
                return Some(picture);
            }
            best = Some((bytes, picture));
        }
        best.map(|(_, picture)| picture)
    }

    async fn preview_at(
        &self,
        session: &Session,
        request: &PictureRequest,
        beginning: &Beginning,
        at: Range<u64>,
        edge: u32,
    ) -> Option<Picture> {
        let ((storage, space), key) = (session.files(&request.space).ok()?, key(request).ok()?);
        let inside = storage.get(&space, &key, Some(at), &Control::default()).await;
        let inside = inside.inspect_err(|error| tracing::info!(%error, "no preview inside")).ok()?;
        if inside.etag != beginning.etag {
            return None;
        }
        self.pictures.decoder.embedded(inside.bytes, beginning.frame.clone(), edge).await.ok()
    }
}

pub(super) fn longest(picture: &Picture) -> u32 {
    picture.width.max(picture.height)
}
