//! Pictures and text for the window, by the custom protocol: the same level checks as everything else, then the disk
//! cache, then the storage. Never the raw bytes of a picture: always re-encoded.

use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Level, SpaceRef};
use amphora_storage::{Control, ErrorKind, Key, Object};
use amphora_thumbs::{Cache, CacheKey, Decoder, NoPreview, Picture};
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// Disk that cached pictures may take.
const CACHE_BYTES: u64 = 512 << 20;
/// A larger file is not fetched for a preview.
const LARGEST: u64 = 64 << 20;
/// The longest edge of the picture in the lightbox.
const DISPLAY_EDGE: u32 = 2560;
/// Bytes of a text that a preview shows.
const TEXT_BYTES: u64 = 64 << 10;
/// Contents without a picture that are remembered.
const MOST_REFUSED: usize = 10_000;
/// Pictures fetched at the same time.
const FETCHES: usize = 6;

/// What serves pictures.
pub struct Pictures {
    cache: Option<Arc<Cache>>,
    decoder: Decoder,
    fetches: Semaphore,
    /// Contents that have no picture, with the reason: they are not fetched again to find out.
    refused: Mutex<HashMap<CacheKey, Failure>>,
}

/// A request of the custom protocol, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRequest {
    what: What,
    space: SpaceRef,
    key: String,
    edge: u32,
    etag: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Thumb,
    Picture,
    Text,
}

/// Bytes with their type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their media type.
    pub content_type: &'static str,
}

impl Pictures {
    /// Opens the cache; a disk that refuses means no cache, not no pictures.
    pub(crate) fn open(folder: &Path) -> Self {
        let cache = Cache::open(folder, CACHE_BYTES)
            .inspect_err(|error| tracing::warn!(%error, "pictures are not cached"))
            .ok();
        Self {
            cache: cache.map(Arc::new),
            decoder: Decoder::new(),
            fetches: Semaphore::new(FETCHES),
            refused: Mutex::default(),
        }
    }
}

impl Pictures {
    /// Takes a scope's pictures off the disk: whoever sits here next finds none of them.
    pub(crate) async fn forget(&self, scopes: Vec<String>) {
        self.refused().clear();
        let Some(cache) = self.cache.clone() else { return };
        let forget = move || scopes.iter().try_for_each(|scope| cache.forget_scope(scope));
        let forgotten = tokio::task::spawn_blocking(forget).await;
        if !matches!(forgotten, Ok(Ok(()))) {
            tracing::warn!("cached pictures of the person who signed out are still on this disk");
        }
    }
}

impl Pictures {
    fn refused(&self) -> MutexGuard<'_, HashMap<CacheKey, Failure>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps why a content has no picture of a size.
    fn refuse(&self, key: CacheKey, failure: &Failure) {
        let mut refused = self.refused();
        if refused.len() >= MOST_REFUSED {
            refused.clear();
        }
        refused.insert(key, failure.clone());
    }
}

impl PictureRequest {
    /// Reads `/{what}/{level}/{owner or -}/{key}?size=256&v=ETAG`, the path still percent-encoded.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let mut parts = path.trim_start_matches('/').splitn(4, '/').map(decode);
        let what = match parts.next()??.as_str() {
            "thumb" => What::Thumb,
            "picture" => What::Picture,
            "text" => What::Text,
            _ => return None,
        };
        let level = match parts.next()??.as_str() {
            "public" => Level::Public,
            "protected" => Level::Protected,
            "private" => Level::Private,
            "path" => Level::Path,
            _ => return None,
        };
        let owner = parts.next()??;
        let owner = (owner != "-").then_some(owner);
        let key = parts.next()?.filter(|key| !key.is_empty())?;
        let (mut edge, mut etag) = (256, None);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "size" => edge = value.parse().ok().filter(|edge| (1..=2048).contains(edge))?,
                "v" => etag = decode(value).filter(|etag| !etag.is_empty()),
                _ => {}
            }
        }
        Some(Self { what, space: SpaceRef { level, owner }, key, edge, etag })
    }
}

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

fn too_large() -> Failure {
    Failure::new(FailureCode::TooLarge, "There is no preview of a picture this large.", "Download it to open it.")
}

fn no_preview(name: &str, reason: &NoPreview) -> Failure {
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

fn served(picture: Picture) -> Served {
    Served { bytes: picture.bytes, content_type: picture.content_type }
}

fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_level_owner_key_size_and_version() {
        let request =
            PictureRequest::parse("/thumb/protected/us-east-1%3Ame/a%2Fb%20%2B.jpg", "size=512&v=abc").unwrap();
        let space = SpaceRef { level: Level::Protected, owner: Some("us-east-1:me".to_owned()) };
        let etag = Some("abc".to_owned());
        assert_eq!(request, PictureRequest { what: What::Thumb, space, key: "a/b +.jpg".to_owned(), edge: 512, etag });
    }

    #[test]
    fn strange_addresses_are_refused() {
        for (path, query) in [
            ("/", ""),
            ("/raw/public/-/a", ""),
            ("/thumb/other/-/a", ""),
            ("/thumb/public/-/", ""),
            ("/thumb/public/-/a", "size=100000"),
            ("/thumb/public/-/%ff", ""),
        ] {
            assert_eq!(PictureRequest::parse(path, query), None, "{path}?{query}");
        }
    }
}
