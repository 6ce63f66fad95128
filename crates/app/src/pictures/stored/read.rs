//! Reads stored thumbnails. What comes is as hostile as any picture: it counts only where it could be ours, and is encoded anew.

use super::MOST_BYTES;
use super::name::{self, ROOT, content_of, file_of, folder_of, shelf_of};
use crate::app::App;
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::{Control, Key};
use amphora_thumbs::{Kind, Picture, facts, kind_of};

impl App {
    /// The tile of a content from what is stored beside it; none where there is nothing, or nothing that can be believed.
    pub(in crate::pictures) async fn stored_tile(
        &self,
        session: &Session,
        space: &SpaceRef,
        (key, etag): (&str, &str),
        edge: u32,
    ) -> Option<Picture> {
        if !session.stores_thumbnails(space) || name::is_hidden(key) {
            return None;
        }
        let (shelf, content) = (shelf_of(folder_of(key)), content_of(key, etag));
        let there = session.with_thumbnails(space, &shelf, |names| names.sharp_at(&content, edge)).await?;
        let file = file_of(&content, there);
        let picture = self.believed(session, space, &format!("{ROOT}{shelf}{file}"), (there, edge)).await;
        if picture.is_none() {
            // The next one that is stored takes its place.
            session.with_thumbnails(space, &shelf, |names| names.remove(&file)).await;
        }
        picture
    }

    async fn believed(
        &self,
        session: &Session,
        space: &SpaceRef,
        full: &str,
        (promised, edge): (u32, u32),
    ) -> Option<Picture> {
        let (storage, entered) = session.files(space).ok()?;
        let got = storage.get_at_most(&entered, &Key::parse(full).ok()?, MOST_BYTES, &Control::default()).await;
        let bytes = got.inspect_err(|error| tracing::debug!(%error, "no stored thumbnail")).ok()?.bytes;
        if !could_be_ours(&bytes, promised) {
            tracing::info!("a stored thumbnail is not one, and was ignored");
            return None;
        }
        self.pictures.decoder.thumbnail(bytes, edge).await.ok()
    }
}

/// A JPEG that is no larger than its name says.
fn could_be_ours(bytes: &[u8], promised: u32) -> bool {
    kind_of("", bytes) == Kind::Jpeg && facts(bytes).size.is_some_and(|(width, height)| width.max(height) <= promised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use amphora_thumbs::specimens::{boasting_jpeg, corners, drawing, jpeg, png};

    #[test]
    fn only_a_jpeg_of_the_promised_size_is_believed() {
        let small = corners(256, 192);
        assert!(could_be_ours(&jpeg(&small), 256));
        assert!(!could_be_ours(&jpeg(&small), 255), "larger than it says");
        assert!(!could_be_ours(&png(&small, None), 256));
        assert!(!could_be_ours(&drawing("<circle r='4'/>"), 256));
        assert!(!could_be_ours(&boasting_jpeg(60_000, 60_000), 512));
        assert!(!could_be_ours(b"\xff\xd8\xff\xe0 not a picture", 512));
        assert!(!could_be_ours(b"", 512));
    }
}
