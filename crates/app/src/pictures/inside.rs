//! What lies inside a picture's file, ready made by the camera: what raw files show, and pictures above the budget.

use super::first::{Beginning, FIRST};
use super::request::PictureRequest;
use super::serve::{Made, WHOLE, key, too_large};
use crate::app::App;
use crate::listing::is_raw;
use crate::session::Session;
use crate::wire::{Failure, FailureCode};
use amphora_storage::{Body, Control};
use amphora_thumbs::{CacheKey, Frame, HEAD_BYTES, NoPreview, Picture, Previews, first_look};
use bytes::Bytes;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
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
            return match inside.or(first) {
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

    /// Every pixel of a picture; of a raw file, of the largest one that the camera put into it.
    pub(super) async fn every_pixel_of(
        &self,
        session: &Arc<Session>,
        request: &PictureRequest,
    ) -> Result<Made, Failure> {
        if !is_raw(&request.key) {
            return self.whole(session, request, WHOLE).await;
        }
        let shelf = session.shelf(&request.space)?;
        let (key, etag) = (request.key.clone(), request.etag.clone().unwrap_or_default());
        let of = CacheKey { scope: shelf.scope, bucket: shelf.bucket, key, etag, edge: FIRST };
        let (beginning, _) = self.first_look(session, &request.space, of).await?;
        for at in beginning.larger.for_edge(WHOLE) {
            let Some(part) = Source::Stored { session, request, beginning: &beginning }.part(at).await else {
                continue;
            };
            match self.pictures.decoder.embedded_original(part, beginning.frame.clone()).await {
                Ok(picture) => return Ok(Made { picture, etag: beginning.etag, last: true }),
                // A smaller one would be less than the copy that is on show.
                Err(NoPreview::TooLarge { .. }) => return Err(too_large()),
                // What the index promised may not be there.
                Err(_) => {}
            }
        }
        self.whole(session, request, WHOLE).await
    }

    /// The preview that lies inside a picture's file and is sharp at this edge with the fewest bytes, or else the sharpest.
    pub(super) async fn inside(
        &self,
        session: &Session,
        request: &PictureRequest,
        beginning: &Beginning,
        edge: u32,
    ) -> Option<Picture> {
        let source = Source::Stored { session, request, beginning };
        self.sharpest(&beginning.frame, &beginning.larger, edge, source).await
    }

    /// The same of a file on this computer, of which its beginning and a preview are read; none where there is none.
    pub(super) async fn inside_here(&self, file: &Body, edge: u32) -> Option<Picture> {
        let head = Source::Here(file).part(0..HEAD_BYTES).await?;
        let look = tokio::task::spawn_blocking(move || first_look(&head)).await.ok()?;
        self.sharpest(&look.frame, &look.larger, edge, Source::Here(file)).await
    }

    async fn sharpest(&self, frame: &Frame, larger: &Previews, edge: u32, source: Source<'_>) -> Option<Picture> {
        let mut best: Option<(u64, Picture)> = None;
        for at in larger.for_edge(edge) {
            let bytes = at.end - at.start;
            if best.as_ref().is_some_and(|(of_best, _)| bytes < *of_best) {
                break;
            }
            // What the index promised may not be there.
            let Some(part) = source.part(at).await else { continue };
            let Ok(picture) = self.pictures.decoder.embedded(part, frame.clone(), edge).await else { continue };
            if longest(&picture) >= edge {
                return Some(picture);
            }
            best = Some((bytes, picture));
        }
        best.map(|(_, picture)| picture)
    }
}

/// Where the bytes of a picture's file are.
#[derive(Clone, Copy)]
enum Source<'a> {
    Stored { session: &'a Session, request: &'a PictureRequest, beginning: &'a Beginning },
    Here(&'a Body),
}

impl Source<'_> {
    /// A part of the content whose beginning is known; none where it cannot be had any more.
    async fn part(self, at: Range<u64>) -> Option<Bytes> {
        match self {
            Self::Stored { session, request, beginning } => {
                let ((storage, space), key) = (session.files(&request.space).ok()?, key(request).ok()?);
                let inside = storage.get(&space, &key, Some(at), &Control::default()).await;
                let inside = inside.inspect_err(|error| tracing::info!(%error, "no preview inside")).ok()?;
                (inside.etag == beginning.etag).then_some(inside.bytes)
            }
            Self::Here(file) => {
                let file = file.clone();
                tokio::task::spawn_blocking(move || part_of(&file, at)).await.ok()?
            }
        }
    }
}

/// What there is of a range.
fn part_of(file: &Body, at: Range<u64>) -> Option<Bytes> {
    let path: &Path = match file {
        Body::Bytes(bytes) => {
            let ends = [at.start, at.end].map(|end| usize::try_from(end).unwrap_or(usize::MAX).min(bytes.len()));
            return Some(bytes.slice(ends[0]..ends[1]));
        }
        Body::File(path) => path,
        Body::Spooled(path) => path,
        // A video, of which nothing is drawn here.
        Body::Patched(..) => return None,
    };
    // Looked at before it is opened: opening a pipe waits for somebody to write.
    let mut file = std::fs::metadata(path).ok()?.is_file().then(|| File::open(path))?.ok()?;
    file.seek(SeekFrom::Start(at.start)).ok()?;
    let mut bytes = Vec::new();
    file.take(at.end - at.start).read_to_end(&mut bytes).ok()?;
    Some(bytes.into())
}

pub(super) fn longest(picture: &Picture) -> u32 {
    picture.width.max(picture.height)
}
