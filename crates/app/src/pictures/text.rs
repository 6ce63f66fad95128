//! The beginnings of texts, for tiles and previews. They are kept among the pictures: within the same room on the disk, and
//! forgotten with the same person.

use super::request::{PictureRequest, Served};
use super::serve::{key, served};
use crate::app::App;
use crate::wire::Failure;
use amphora_storage::Control;
use amphora_thumbs::{CacheKey, PLAIN_TEXT, Picture};

/// Bytes that a preview shows.
const BEGINNING: u64 = 64 << 10;
/// The edge under which a beginning is kept; no picture is asked for in it.
const TEXT_EDGE: u32 = u32::MAX - 1;

impl App {
    /// The beginning of a text; of a content that is known, it is fetched once.
    pub(super) async fn text(&self, request: &PictureRequest) -> Result<Served, Failure> {
        let session = self.session()?;
        // The checks come before the cache: nobody reads what somebody else left there.
        let shelf = session.shelf(&request.space)?;
        let of = |etag: &str| CacheKey {
            scope: shelf.scope.clone(),
            bucket: shelf.bucket.clone(),
            key: request.key.clone(),
            etag: etag.to_owned(),
            edge: TEXT_EDGE,
        };
        if let Some(etag) = &request.etag
            && let Some(kept) = self.cached(of(etag)).await
        {
            return Ok(served(kept));
        }
        let _turn = self.pictures.turns.take().await;
        let ((storage, space), key) = (session.files(&request.space)?, key(request)?);
        let first = storage.get(&space, &key, Some(0..BEGINNING), &Control::default()).await;
        let object = first.map_err(|error| Failure::of_storage(&error))?;
        if session.over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        // Text never runs: it is sent as plain UTF-8, whatever it says it is.
        let text = String::from_utf8_lossy(&object.bytes).into_owned();
        let beginning = Picture { bytes: text.into_bytes(), content_type: PLAIN_TEXT, width: 0, height: 0 };
        if request.etag.is_some() {
            self.keep(of(&object.etag), beginning.clone()).await;
        }
        Ok(served(beginning))
    }
}
