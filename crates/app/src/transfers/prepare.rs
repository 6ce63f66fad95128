//! What is sent of a file: itself, or a photo or video as the person chose. The same file and choices give the same bytes at every
//! try, so that an upload in parts goes on with them. What cannot be made as chosen is not sent.

use super::identical::is_identical;
use super::job::Job;
use super::photos::{Beginning, beginning, is_photo};
use super::upload::modified_of;
use crate::app::App;
use crate::wire::{Failure, FailureCode, PhotoChoices};
use amphora_storage::{Body, ObjectInfo, Patch, Patches, bytes_have_etag, patched_has_etag};
use amphora_thumbs::{Edit, Facts, HEAD_BYTES, NotCleaned, facts, is_movie, movie_edits, shrunk, without_location};
use bytes::Bytes;
use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The folder for photos that wait to be sent, in the data folder; what a kill left in it goes at the next start.
pub(crate) const FOLDER: &str = "prepared";
/// Photos and videos that are prepared at the same time: a photo is in memory meanwhile, and what is read of a video.
pub(super) const AT_ONCE: usize = 2;
/// A larger photo is not taken into memory.
const LARGEST: u64 = 256 << 20;
/// A larger one waits on the disk until it is sent.
const IN_MEMORY: usize = 16 << 20;
const CANNOT_BE_TAKEN_OUT: &str = "it tells where it was taken, and that can’t be taken out of it";
/// A video may be built so that nobody can tell.
pub(super) const MAY_TELL: &str = "it may tell where it was taken, and that can’t be taken out of it";

/// What is sent of a file, ready.
pub(super) struct Prepared {
    pub body: Body,
    /// What it says of itself, where it is a photo.
    pub facts: Option<Facts>,
}

/// What is sent of a file.
enum Content {
    /// The file, of which this was read.
    AsItIs(Option<Beginning>),
    /// The file, but for some bytes of it: a video of any length is not copied to be sent.
    Patched(Patches),
    Made(Vec<u8>),
}

impl App {
    /// What is sent for an upload: what was queued, in one visit to the disk. A photo is read once, and so is a small file:
    /// what is sent is what was looked at.
    ///
    /// # Errors
    /// The file is another one now, the photo cannot be made as the person chose, or the disk refuses.
    pub(super) async fn prepared(&self, job: &Job) -> Result<Prepared, Failure> {
        let (queued, folder) = (job.clone(), self.data.join(FOLDER));
        self.preparing(job.photos, &job.name, move || {
            still_as_queued(&queued)?;
            let prepared = prepare(&queued, &folder)?;
            still_as_queued(&queued)?;
            Ok(prepared)
        })
        .await
    }

    /// Whether what would be sent is what the storage has, without fetching it. Where its tag says nothing, the answer is no.
    pub(super) async fn is_stored(&self, job: &Job, there: &ObjectInfo) -> bool {
        let (made, size, etag) = (job.clone(), there.size, there.etag.clone());
        let same = self.preparing(job.photos, &job.name, move || {
            // Taking out moves no byte.
            if made.size != Some(size) && made.photos.size.edge().is_none() {
                return Ok(false);
            }
            Ok(match content_of(&made)? {
                Content::AsItIs(_) => made.size.is_some_and(|own| is_identical(&made.local, own, size, &etag)),
                Content::Patched(patches) => {
                    made.size == Some(size) && matches!(patched_has_etag(&made.local, &patches, &etag), Ok(Some(true)))
                }
                Content::Made(bytes) => bytes.len() as u64 == size && bytes_have_etag(&bytes, &etag) == Some(true),
            })
        });
        same.await.unwrap_or(false)
    }

    /// How many bytes would be sent.
    pub(super) async fn size_sent(&self, job: &Job) -> Option<u64> {
        if job.photos.size.edge().is_none() {
            return job.size;
        }
        let made = job.clone();
        let size = self.preparing(job.photos, &job.name, move || match content_of(&made)? {
            Content::AsItIs(_) | Content::Patched(_) => Ok(made.size),
            Content::Made(bytes) => Ok(Some(bytes.len() as u64)),
        });
        size.await.ok().flatten()
    }

    /// Does work on the disk or in memory, in its turn where photos are made otherwise than they are.
    pub(super) async fn preparing<T: Send + 'static>(
        &self,
        photos: PhotoChoices,
        name: &str,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn =
            if photos == PhotoChoices::default() { None } else { Some(self.transfers.preparing.acquire().await) };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|_| Err(Failure::reading_interrupted(name)))
    }
}

fn prepare(job: &Job, folder: &Path) -> Result<Prepared, Failure> {
    match content_of(job)? {
        Content::AsItIs(None) => Ok(Prepared { body: Body::File(job.local.clone()), facts: None }),
        Content::AsItIs(Some(Beginning { bytes, is_all })) => {
            let facts = is_photo(&job.local, &bytes).then(|| facts(&bytes));
            let body = if is_all { Body::Bytes(bytes.into()) } else { Body::File(job.local.clone()) };
            Ok(Prepared { body, facts })
        }
        Content::Patched(patches) => Ok(Prepared { body: Body::Patched(job.local.clone(), patches), facts: None }),
        Content::Made(bytes) => {
            let head = &bytes[..bytes.len().min(usize::try_from(HEAD_BYTES).unwrap_or(usize::MAX))];
            let facts = Some(facts(head));
            if bytes.len() <= IN_MEMORY {
                return Ok(Prepared { body: Body::Bytes(bytes.into()), facts });
            }
            let body = spooled(folder, &bytes).map_err(|error| Failure::of_io("upload", &job.name, &error))?;
            Ok(Prepared { body, facts })
        }
    }
}

/// What was queued is what is sent: a file that changed since is the person's to decide about.
fn still_as_queued(job: &Job) -> Result<(), Failure> {
    // A file that is gone or cannot be read says so when it is opened.
    let Ok(meta) = std::fs::metadata(&job.local) else { return Ok(()) };
    let size_differs = job.size.is_some_and(|size| size != meta.len());
    let time_differs = job.modified.is_some() && job.modified != modified_of(&meta);
    if size_differs || time_differs { Err(Failure::file_changed(&job.name)) } else { Ok(()) }
}

fn content_of(job: &Job) -> Result<Content, Failure> {
    let PhotoChoices { remove_location, size, skip_duplicates: _ } = job.photos;
    let beginning = match beginning(&job.local) {
        // What nobody has looked at may tell its place.
        Err(error) if remove_location => return Err(Failure::of_io("upload", &job.name, &error)),
        // What cannot be read says so when it is opened to be sent.
        read => read.ok().flatten(),
    };
    let is_photo = beginning.as_ref().is_some_and(|beginning| is_photo(&job.local, &beginning.bytes));
    if remove_location && !is_photo && beginning.as_ref().is_some_and(|beginning| is_movie(&beginning.bytes)) {
        return video_content(job, beginning);
    }
    if !is_photo || (!remove_location && size.edge().is_none()) {
        return Ok(Content::AsItIs(beginning));
    }
    let unreadable = |error: std::io::Error| Failure::of_io("upload", &job.name, &error);
    if std::fs::metadata(&job.local).map_err(unreadable)?.len() > LARGEST {
        if !remove_location {
            return Ok(Content::AsItIs(beginning));
        }
        return Err(location_stays(&job.name, "it is too large to take out where it was taken"));
    }
    let bytes = std::fs::read(&job.local).map_err(unreadable)?;
    photo_made(bytes, job.photos, &job.name).map(Content::Made)
}

/// A photo in memory, as the person chose.
///
/// # Errors
/// It cannot be made so.
pub(super) fn photo_made(mut bytes: Vec<u8>, photos: PhotoChoices, name: &str) -> Result<Vec<u8>, Failure> {
    // One that cannot be made smaller goes as large as it is.
    if let Some(Ok(Some(smaller))) = photos.size.edge().map(|edge| shrunk(&bytes, edge)) {
        bytes = smaller;
    }
    if !photos.remove_location {
        return Ok(bytes);
    }
    without_location(bytes).map_err(|_| location_stays(name, CANNOT_BE_TAKEN_OUT))
}

fn video_content(job: &Job, beginning: Option<Beginning>) -> Result<Content, Failure> {
    let looked_at = || -> Result<_, NotCleaned> {
        let mut file = File::open(&job.local)?;
        // Before: what is written while it is looked at makes it another file.
        let about = file.metadata()?;
        Ok((movie_edits(&mut file)?, about))
    };
    match looked_at() {
        Ok((edits, _)) if edits.is_empty() => Ok(Content::AsItIs(beginning)),
        Ok((edits, about)) => Ok(Content::Patched(Patches::new(&about, edits.into_iter().map(patch_of).collect()))),
        Err(NotCleaned::Unreadable(error)) => Err(Failure::of_io("upload", &job.name, &error)),
        Err(NotCleaned::Stays(_)) => Err(location_stays(&job.name, MAY_TELL)),
    }
}

fn patch_of(edit: Edit) -> Patch {
    let bytes = match edit.bytes {
        // Hours of coordinates share one block of zeros.
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    Patch { at: edit.at, bytes }
}

fn spooled(folder: &Path, bytes: &[u8]) -> std::io::Result<Body> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    Ok(Body::Spooled(Arc::new(file.into_temp_path())))
}

pub(super) fn location_stays(name: &str, why: &str) -> Failure {
    Failure::new(
        FailureCode::LocationStays,
        format!("Couldn’t upload “{name}”: {why}."),
        "Upload it to Private, or upload it again without “Remove location from photos and videos”.",
    )
}

#[cfg(test)]
mod tests {
    use super::super::queue::tests::job;
    use super::*;
    use amphora_thumbs::specimens::{boxed, movie};

    fn body_of(path: &Path, photos: PhotoChoices) -> Body {
        let job = Job { local: path.to_owned(), photos, ..job("me", "a", 1) };
        prepare(&job, path).unwrap().body
    }

    #[test]
    fn a_small_file_is_sent_as_it_was_looked_at_and_a_large_one_from_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let most = usize::try_from(HEAD_BYTES).unwrap();
        for remove_location in [false, true] {
            let photos = PhotoChoices { remove_location, ..PhotoChoices::default() };
            for size in [0, 1, most] {
                std::fs::write(&path, vec![b'x'; size]).unwrap();
                assert!(matches!(body_of(&path, photos), Body::Bytes(bytes) if bytes.len() == size), "{size}");
            }
            std::fs::write(&path, vec![b'x'; most + 1]).unwrap();
            assert!(matches!(body_of(&path, photos), Body::File(from) if from == path));
        }
    }

    #[test]
    fn of_a_video_that_nobody_can_look_into_no_more_is_said_than_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.mp4");
        std::fs::write(&path, movie(b"media", &[boxed(b"cmov", b"packed")])).unwrap();
        let photos = PhotoChoices { remove_location: true, ..PhotoChoices::default() };
        let job = Job { local: path.clone(), photos, ..job("me", "a.mp4", 1) };
        let failure = prepare(&job, dir.path()).err().unwrap();
        assert_eq!(failure.code, FailureCode::LocationStays);
        assert!(failure.message.contains("“a.mp4”: it may tell where"), "{}", failure.message);
    }
}
