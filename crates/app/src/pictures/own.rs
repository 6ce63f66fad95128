//! Pictures that we upload ourselves: what they say of themselves is stored with them, and their tile and facts are known here
//! before anybody asks, so that the newest upload shows at once and fetches nothing.

use super::first::{FIRST, FIRST_EDGE};
use super::serve::LARGEST;
use crate::app::App;
use crate::listing::{Known, is_raw};
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::Body;
use amphora_thumbs::{CacheKey, Facts, Picture};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What is known of a picture that was just stored.
pub(crate) struct Own<'a> {
    pub etag: &'a str,
    pub facts: Facts,
    /// It, small; none where there is nothing to show.
    pub picture: Option<Picture>,
}

impl App {
    /// A picture that is about to be sent under a name, as small as a tile; none where there is nothing to show, or it is stopped.
    pub(crate) async fn own_picture(
        &self,
        name: &str,
        body: Option<Body>,
        stop: &CancellationToken,
    ) -> Option<Picture> {
        let body = body?;
        let made = async {
            // Held until it is decoded: bytes that wait for the decoder take memory too.
            let _turn = self.transfers.preparing.acquire().await.ok()?;
            // Of a raw file only what its camera made for looking at it is read, however large it is.
            if is_raw(name)
                && let Some(picture) = self.inside_here(&body, FIRST_EDGE).await
            {
                return Some(picture);
            }
            let bytes = tokio::task::spawn_blocking(move || bytes_of(&body)).await.ok()??;
            self.pictures.decoder.thumbnail(bytes, FIRST_EDGE).await.ok()
        };
        tokio::select! {
            () = stop.cancelled() => None,
            picture = made => picture,
        }
    }

    /// Keeps what is known of a picture that was just stored.
    pub(crate) async fn keep_own(&self, session: &Arc<Session>, space: &SpaceRef, key: &str, own: Own<'_>) {
        let Ok(shelf) = session.shelf(space) else { return };
        let Own { etag, facts, picture } = own;
        let first_look = picture.as_ref().map_or(0, |picture| picture.width.max(picture.height));
        // First, for a thumbnail is stored with it.
        self.learned(session, space, key, Known { etag: etag.into(), facts, first_look }).await;
        // Its pictures went from this disk when who sent it signed out.
        if let Some(picture) = picture.filter(|_| !session.over.is_cancelled()) {
            let (key, etag) = (key.to_owned(), etag.to_owned());
            let of = CacheKey { scope: shelf.scope, bucket: shelf.bucket, key, etag, edge: FIRST };
            self.keep(of.clone(), picture).await;
            self.offer_thumbnail(session, space, of);
        }
    }
}

fn bytes_of(body: &Body) -> Option<Vec<u8>> {
    let read = |path: &Path| {
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= LARGEST).then_some(bytes)
    };
    match body {
        Body::Bytes(bytes) => Some(bytes.to_vec()),
        Body::File(path) => read(path),
        // A video, of which nothing is drawn here.
        Body::Patched(..) => None,
        Body::Spooled(path) => read(path),
    }
}
