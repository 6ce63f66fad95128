//! Serves pictures and text to the window: the same level checks as everything else, then the disk cache, then the storage.
//! Never the raw bytes of a picture: always re-encoded.

use super::first::FIRST;
use super::inside::longest;
use super::request::{PictureRequest, Served, What};
use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, FailureCode};
use amphora_storage::{Control, ErrorKind, Key, Object};
use amphora_thumbs::{CacheKey, NoPreview, Picture};
use std::sync::Arc;

/// A larger file is not fetched for a preview.
pub(super) const LARGEST: u64 = 64 << 20;
/// The longest edge of the picture in the lightbox.
const DISPLAY_EDGE: u32 = 2560;
/// The edge of a picture with every pixel, under which it is also remembered that there is none.
pub(super) const WHOLE: u32 = u32::MAX;

impl App {
    /// Serves one request of the custom protocol.
    ///
    /// # Errors
    /// The account may not read it, it is not there, or there is no picture to show.
    pub async fn picture(&self, request: &PictureRequest) -> Result<Served, Failure> {
        match request.what {
            What::Text => self.text(request).await,
            What::Thumb => self.scaled(request, request.edge).await,
            What::Picture => self.scaled(request, DISPLAY_EDGE).await,
            What::Original => self.every_pixel(request).await,
            What::Refusal => Err(self.original_refused(request)?.unwrap_or_else(nothing_known)),
        }
    }

    async fn scaled(&self, request: &PictureRequest, edge: u32) -> Result<Served, Failure> {
        let session = self.session()?;
        // Both checks come before the cache: nobody sees what somebody's pictures left there.
        let shelf = session.shelf(&request.space)?;
        let key_of = |etag: &str, edge: u32| CacheKey {
            scope: shelf.scope.clone(),
            bucket: shelf.bucket.clone(),
            key: request.key.clone(),
            etag: etag.to_owned(),
            edge,
        };
        if let Some(etag) = &request.etag {
            if let Some(picture) = self.cached(key_of(etag, edge)).await {
                if request.what == What::Thumb {
                    self.offer_thumbnail(&session, &request.space, key_of(etag, edge));
                }
                return Ok(served(picture));
            }
            let first = self.cached(key_of(etag, FIRST)).await.filter(|_| request.what == What::Thumb);
            if let Some(first) = first {
                let last = first.width.max(first.height) >= edge;
                if let Some(picture) = self.tile_of(request, first, edge).await {
                    // One that is smaller than the tile must not stand where the sharp one is looked for.
                    if last {
                        self.keep_tile(&session, request, key_of(etag, edge), &picture).await;
                    }
                    return Ok(served(picture));
                }
            }
            let refused = |edge| self.pictures.refused().get(&key_of(etag, edge)).cloned();
            if let Some(failure) = refused(edge).or_else(|| refused(FIRST)) {
                return Err(failure);
            }
        }
        let _tile = self.pictures.tile_waits();
        // Held until it is decoded: bytes that wait for the decoder take memory too.
        let _turn = self.pictures.turns.take_for(request).await;
        if let (What::Thumb, Some(etag)) = (request.what, &request.etag)
            && let Some(picture) = self.stored_tile(&session, &request.space, &key_of(etag, FIRST), edge).await
            && !session.over.is_cancelled()
        {
            self.keep(key_of(etag, edge), picture.clone()).await;
            return Ok(served(picture));
        }
        let of = key_of(request.etag.as_deref().unwrap_or_default(), FIRST);
        let made = match request.what {
            What::Thumb => self.tile(&session, request, of, edge).await,
            What::Picture => self.display(&session, request, of, edge).await,
            What::Original | What::Refusal | What::Text => self.whole(&session, request, edge).await,
        };
        if session.over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        match made {
            Ok(Made { picture, etag, last }) => {
                if last {
                    self.keep_tile(&session, request, key_of(&etag, edge), &picture).await;
                }
                Ok(served(picture))
            }
            Err(failure) => {
                if let Some(etag) = request.etag.as_deref().filter(|_| says_there_is_none(&failure)) {
                    self.pictures.refuse(key_of(etag, edge), &failure);
                }
                Err(failure)
            }
        }
    }

    /// Keeps what was made of a picture, here and, of a tile, where other computers find it.
    async fn keep_tile(&self, session: &Arc<Session>, request: &PictureRequest, of: CacheKey, picture: &Picture) {
        self.keep(of.clone(), picture.clone()).await;
        if request.what == What::Thumb {
            self.offer_thumbnail(session, &request.space, of);
        }
    }

    /// Every pixel. Not kept: one of these would take the place of hundreds of tiles, and is seldom looked at twice.
    async fn every_pixel(&self, request: &PictureRequest) -> Result<Served, Failure> {
        let session = self.session()?;
        if let Some(failure) = self.original_refused(request)? {
            return Err(failure);
        }
        let _turn = self.pictures.turns.take().await;
        let made = self.every_pixel_of(&session, request).await;
        if session.over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        if let Err(failure) = &made
            && says_there_is_none(failure)
            && let Some(of) = original_of(&session, request)?
        {
            self.pictures.refuse(of, failure);
        }
        made.map(|made| served(made.picture))
    }

    /// Why there is no original, as far as that is known; fetches nothing to find out.
    fn original_refused(&self, request: &PictureRequest) -> Result<Option<Failure>, Failure> {
        let of = original_of(&*self.session()?, request)?;
        Ok(of.and_then(|of| self.pictures.refused().get(&of).cloned()))
    }

    /// What a first look gives for a tile: all of it where that is wanted or enough, made as small as the tile.
    async fn tile_of(&self, request: &PictureRequest, first: Picture, edge: u32) -> Option<Picture> {
        let longest = first.width.max(first.height);
        if longest >= edge {
            return self.pictures.decoder.thumbnail(first.bytes, edge).await.ok();
        }
        // Only a first look may be smaller than the tile; the sharp one follows at the same address without it.
        request.first.then_some(first)
    }

    /// A tile from the fewest bytes: the beginning, then a larger preview inside the file, then the whole.
    async fn tile(
        &self,
        session: &Arc<Session>,
        request: &PictureRequest,
        of: CacheKey,
        edge: u32,
    ) -> Result<Made, Failure> {
        let (beginning, first) = self.first_look(session, &request.space, of).await?;
        let etag = beginning.etag.clone();
        if let Some(first) = first.clone() {
            let last = first.width.max(first.height) >= edge;
            if let Some(picture) = self.tile_of(request, first, edge).await {
                return Ok(Made { picture, etag, last });
            }
        }
        // What the index promised may not be there: the whole picture is.
        let inside = self.inside(session, request, &beginning, edge).await;
        let is_enough = |picture: &Picture| longest(picture) >= edge || request.first || beginning.is_only_inside;
        if let Some(picture) = inside.filter(is_enough) {
            return Ok(Made { picture, etag, last: true });
        }
        if let Some(picture) = first.clone().filter(|_| beginning.is_only_inside) {
            return Ok(Made { picture, etag, last: true });
        }
        match self.whole(session, request, edge).await {
            // A picture above the budget shows what lies inside it.
            Err(failure) if failure.code == FailureCode::TooLarge => {
                first.map(|picture| Made { picture, etag, last: true }).ok_or(failure)
            }
            made => made,
        }
    }

    pub(super) async fn whole(&self, session: &Session, request: &PictureRequest, edge: u32) -> Result<Made, Failure> {
        let object = fetched(session, request).await?;
        let etag = object.etag.clone();
        let name = request.key.rsplit('/').next().unwrap_or(&request.key);
        let picture = match request.what {
            What::Picture => self.pictures.decoder.display(object.bytes, edge).await,
            What::Original => self.pictures.decoder.original(object.bytes).await,
            What::Thumb | What::Refusal | What::Text => self.pictures.decoder.thumbnail(object.bytes, edge).await,
        };
        let picture = picture.map_err(|reason| no_preview(name, &reason))?;
        Ok(Made { picture, etag, last: true })
    }

    pub(super) async fn cached(&self, key: CacheKey) -> Option<Picture> {
        let cache = self.pictures.cache.clone()?;
        tokio::task::spawn_blocking(move || cache.get(&key)).await.ok().flatten()
    }

    pub(super) async fn keep(&self, key: CacheKey, picture: Picture) {
        let Some(cache) = self.pictures.cache.clone() else { return };
        let kept = tokio::task::spawn_blocking(move || cache.put(&key, &picture)).await;
        if !matches!(kept, Ok(Ok(()))) {
            tracing::info!("a picture could not be cached");
        }
    }
}

/// A picture that was just made.
pub(super) struct Made {
    pub picture: Picture,
    /// Of which content.
    pub etag: String,
    /// There is no better one for this size.
    pub last: bool,
}

/// Where it is kept why a content has no original. Of a file without a known content nothing is kept: the next one may have it.
fn original_of(session: &Session, request: &PictureRequest) -> Result<Option<CacheKey>, Failure> {
    let shelf = session.shelf(&request.space)?;
    let of = |etag| CacheKey { scope: shelf.scope, bucket: shelf.bucket, key: request.key.clone(), etag, edge: WHOLE };
    Ok(request.etag.clone().map(of))
}

/// Whether the same content never gives a picture, however often it is fetched.
fn says_there_is_none(failure: &Failure) -> bool {
    matches!(failure.code, FailureCode::TooLarge | FailureCode::NotAPicture)
}

fn nothing_known() -> Failure {
    Failure::new(FailureCode::NotFound, "Nothing is known to be wrong with this picture.", "")
}

/// The whole picture, if it is not too large for a preview; of one that is, nothing is read.
async fn fetched(session: &Session, request: &PictureRequest) -> Result<Object, Failure> {
    let ((storage, space), key) = (session.files(&request.space)?, key(request)?);
    let got = storage.get_at_most(&space, &key, LARGEST, &Control::default()).await;
    got.map_err(|error| match error.kind() {
        ErrorKind::TooLarge => too_large(),
        _ => Failure::of_storage(&error),
    })
}

pub(super) fn key(request: &PictureRequest) -> Result<Key, Failure> {
    Key::parse(&request.key).map_err(|error| Failure::of_storage(&error))
}

pub(super) fn too_large() -> Failure {
    Failure::new(FailureCode::TooLarge, "There is no preview of a picture this large.", "Download it to open it.")
}

/// Nobody waits for the answer.
pub(super) fn given_up() -> Failure {
    Failure::new(FailureCode::Cancelled, "The picture is not on show any more.", "")
}

/// Why there is no picture, as a failure.
pub(super) fn no_preview(name: &str, reason: &NoPreview) -> Failure {
    let failure = match reason {
        NoPreview::TooLarge { .. } => too_large(),
        NoPreview::NotWanted => given_up(),
        NoPreview::Kind(_) | NoPreview::TooMuch | NoPreview::Broken(_) => Failure::new(
            FailureCode::NotAPicture,
            format!("There is no preview of “{name}”."),
            "Download it to open it.",
        ),
    };
    failure.detail(reason.to_string())
}

pub(super) fn served(picture: Picture) -> Served {
    Served { bytes: picture.bytes, content_type: picture.content_type }
}
