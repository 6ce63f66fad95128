//! Pictures that we upload ourselves: what they say of themselves is stored with them, and their tile and facts are known here
//! before anybody asks, so that the newest upload shows at once and fetches nothing.

use super::first::{FIRST, FIRST_EDGE};
use super::serve::LARGEST;
use crate::app::App;
use crate::listing::Known;
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::{Attributes, Body};
use amphora_thumbs::{CacheKey, Facts, Picture, Taken};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

/// `x-amz-meta-amphora-width`: pixels across, as the picture is looked at.
const WIDTH: &str = "amphora-width";
/// `x-amz-meta-amphora-height`: pixels down.
const HEIGHT: &str = "amphora-height";
/// `x-amz-meta-amphora-taken`: when it was taken, by the camera's clock (ISO 8601), with its offset from UTC where it said so.
const TAKEN: &str = "amphora-taken";

/// What is known of a picture that was just stored.
pub(crate) struct Own<'a> {
    pub etag: &'a str,
    pub facts: Facts,
    /// It, small; none where there is nothing to show.
    pub picture: Option<Picture>,
}

/// What is stored with a picture.
pub(crate) fn attributes_of(facts: &Facts) -> Attributes {
    let mut attributes = Attributes::default();
    if let Some((width, height)) = facts.size {
        attributes.metadata.insert(WIDTH.to_owned(), width.to_string());
        attributes.metadata.insert(HEIGHT.to_owned(), height.to_string());
    }
    if let Some(taken) = facts.taken.and_then(written) {
        attributes.metadata.insert(TAKEN.to_owned(), taken);
    }
    attributes
}

/// `2026-07-14T18:05:09+02:00`
fn written(taken: Taken) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(taken.clock.div_euclid(1000)).ok()?;
    let (date, (hour, minute, second)) = (at.date(), at.to_hms());
    let offset = taken.offset.map_or_else(String::new, |minutes| {
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    });
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{offset}"))
}

impl App {
    /// A picture that is about to be sent, as small as a tile; none where there is nothing to show, or it is stopped.
    pub(crate) async fn own_picture(&self, body: Option<Body>, stop: &CancellationToken) -> Option<Picture> {
        let body = body?;
        let made = async {
            // Held until it is decoded: bytes that wait for the decoder take memory too.
            let _turn = self.transfers.preparing.acquire().await.ok()?;
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
        // Its pictures went from this disk when who sent it signed out.
        if let Some(picture) = picture.filter(|_| !session.over.is_cancelled()) {
            let (key, etag) = (key.to_owned(), etag.to_owned());
            let of = CacheKey { scope: shelf.scope, bucket: shelf.bucket, key, etag, edge: FIRST };
            self.keep(of.clone(), picture).await;
            self.offer_thumbnail(session, space, of);
        }
        self.learned(session, space, key, Known { etag: etag.into(), facts, first_look }).await;
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
        Body::File(path) | Body::Patched(path, _) => read(path),
        Body::Spooled(path) => read(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_date_are_written_as_the_camera_had_them() {
        let stored = |facts: Facts| attributes_of(&facts).metadata.into_iter().collect::<Vec<_>>();
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        // 2026-07-14 18:05:09 on the camera's clock.
        let taken = |offset| Some(Taken { clock: 1_784_052_309_000, offset });
        let facts = Facts { size: Some((4000, 3000)), taken: taken(Some(-90)), has_location: true };
        let expected = [(HEIGHT, "3000"), (TAKEN, "2026-07-14T18:05:09-01:30"), (WIDTH, "4000")].map(pair);
        assert_eq!(stored(facts), expected, "and nothing of the place");
        let facts = Facts { taken: taken(None), ..Facts::default() };
        assert_eq!(stored(facts), [(TAKEN, "2026-07-14T18:05:09")].map(pair));
        assert_eq!(stored(Facts::default()), []);
    }
}
