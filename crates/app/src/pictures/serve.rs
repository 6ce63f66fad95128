//! Serves pictures and text to the window: the same level checks as everything else, then the disk cache, then the storage.
//! Never the raw bytes of a picture: always re-encoded.

use super::request::{PictureRequest, Served, What};
use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, FailureCode};
use amphora_storage::{Control, ErrorKind, Key, Object};
use amphora_thumbs::{CacheKey, NoPreview, Picture};

/// A larger file is not fetched for a preview.
pub(super) const LARGEST: u64 = 64 << 20;
/// The longest edge of the picture in the lightbox.
const DISPLAY_EDGE: u32 = 2560;
/// Bytes of a text that a preview shows.
const TEXT_BYTES: u64 = 64 << 10;

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
        }
    }

    async fn scaled(&self, request: &PictureRequest, edge: u32) -> Result<Served, Failure> {
        let session = self.session()?;
        // Both checks come before the cache: nobody sees what somebody's pictures left there.
        let (storage, _) = session.files(&request.space)?;
        let scope = session.cache_scope(&request.space)?;
        let bucket = storage.config().bucket.clone();
        let key_of = |etag: &str| CacheKey {
            scope: scope.clone(),
            bucket: bucket.clone(),
            key: request.key.clone(),
            etag: etag.to_owned(),
            edge,
        };
        if let Some(etag) = &request.etag {
            if let Some(picture) = self.cached(key_of(etag)).await {
                return Ok(served(picture));
            }
            let refused = self.pictures.refused().get(&key_of(etag)).cloned();
            if let Some(failure) = refused {
                return Err(failure);
            }
        }
        // Held until it is decoded: bytes that wait for the decoder take memory too.
        let _turn = self.pictures.fetches.acquire().await;
        let object = match fetched(&session, request).await {
            Err(failure) if failure.code == FailureCode::TooLarge => {
                if let Some(etag) = &request.etag {
                    self.pictures.refuse(key_of(etag), &failure);
                }
                return Err(failure);
            }
            object => object?,
        };
        let etag = object.etag.clone();
        let name = request.key.rsplit('/').next().unwrap_or(&request.key);
        let picture = match request.what {
            What::Picture => self.pictures.decoder.display(object.bytes.clone(), edge).await,
            What::Thumb | What::Text => self.pictures.decoder.thumbnail(object.bytes.clone(), edge).await,
        };
        if session.over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        let picture = picture.map_err(|reason| {
            let failure = no_preview(name, &reason);
            self.pictures.refuse(key_of(&etag), &failure);
            failure
        })?;
        self.keep(key_of(&etag), picture.clone()).await;
        Ok(served(picture))
    }

    async fn text(&self, request: &PictureRequest) -> Result<Served, Failure> {
        let session = self.session()?;
        let _turn = self.pictures.fetches.acquire().await;
        let ((storage, space), key) = (session.files(&request.space)?, key(request)?);
        let first = storage.get(&space, &key, Some(0..TEXT_BYTES), &Control::default()).await;
        let object = first.map_err(|error| Failure::of_storage(&error))?;
        // Text never runs: it is sent as plain UTF-8, whatever it says it is.
        let text = String::from_utf8_lossy(&object.bytes).into_owned();
        Ok(Served { bytes: text.into_bytes(), content_type: "text/plain; charset=utf-8" })
    }

    async fn cached(&self, key: CacheKey) -> Option<Picture> {
        let cache = self.pictures.cache.clone()?;
        tokio::task::spawn_blocking(move || cache.get(&key)).await.ok().flatten()
    }

    async fn keep(&self, key: CacheKey, picture: Picture) {
        let Some(cache) = self.pictures.cache.clone() else { return };
        let kept = tokio::task::spawn_blocking(move || cache.put(&key, &picture)).await;
        if !matches!(kept, Ok(Ok(()))) {
            tracing::info!("a picture could not be cached");
        }
    }
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

fn key(request: &PictureRequest) -> Result<Key, Failure> {
    Key::parse(&request.key).map_err(|error| Failure::of_storage(&error))
}

pub(super) fn too_large() -> Failure {
    Failure::new(FailureCode::TooLarge, "There is no preview of a picture this large.", "Download it to open it.")
}

pub(super) fn no_preview(name: &str, reason: &NoPreview) -> Failure {
    let failure = match reason {
        NoPreview::TooLarge { .. } => too_large(),
        NoPreview::Kind(_) | NoPreview::Broken(_) => Failure::new(
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
