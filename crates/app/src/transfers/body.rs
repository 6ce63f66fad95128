//! Bytes of the page that a component stores under a key, at once and without the queue. Photos and videos among them are asked
//! about and made as those in files are: the page gives them, and they may tell where a person was.

use super::offer::Question;
use super::photos::{is_photo, look_at};
use super::prepare::{MAY_TELL, location_stays, photo_made};
use super::put::file_key;
use crate::app::App;
use crate::listing::Found;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Millis, PhotoChoices, PlaceRef, PutAnswer, PutTo};
use amphora_storage::{Body, Control, ErrorKind, Event, IfExists, Key, PutOptions, Space, Storage, bytes_have_etag};
use amphora_thumbs::{is_movie, movie_edits};
use bytes::Bytes;
use std::io::Cursor;
use std::path::Path;

/// What a component's `body` may hold; more comes from a file.
const LARGEST_BODY: usize = 64 << 20;
/// The content type of a `body` that names none (Amplify Storage: put).
const BINARY: &str = "binary/octet-stream";

impl App {
    /// Stores bytes of the page under a key, or asks first as with every upload: where others could read them, and what becomes
    /// of a photo or video that tells where it was taken. They take the place of what is there only where that was asked for.
    ///
    /// # Errors
    /// `AlreadyExists`: something else has the key. They are more than a body may hold, the key cannot be stored, they cannot be
    /// made as was chosen, or this account may not write there.
    pub async fn put_body(&self, bytes: Vec<u8>, to: PutTo) -> Result<PutAnswer, Failure> {
        if bytes.len() > LARGEST_BODY {
            let message = format!("Couldn't upload “{}”: it is larger than a component may send.", to.key);
            return Err(Failure::new(FailureCode::TooLarge, message, "Upload it as a file."));
        }
        let session = self.session()?;
        let (storage, space) = session.files(&to.space)?;
        let key = file_key(&to.key)?;
        let bytes = Bytes::from(bytes);
        if let Some(question) = self.question_before_body(&to, &bytes).await? {
            let usual = self.usual_photo_choices(&to.space)?;
            return match question {
                Question::Audience(audience) => Ok(PutAnswer::NeedsConsent { audience }),
                // A component that is drawn again sends it again: what has no place any more is not asked about each time.
                Question::Photos { audience: None, .. }
                    if usual.remove_location && self.is_there(&storage, &space, &key, &bytes, usual).await =>
                {
                    Ok(PutAnswer::Stored { key: to.key })
                }
                Question::Photos { audience, found } => Ok(PutAnswer::NeedsChoices { audience, found, choices: usual }),
            };
        }
        let photos = self.photo_choices(&to.space, to.consent, to.photos)?;
        let bytes = self.made_body(bytes, photos, &to.key).await?;
        let if_exists = if to.replace { IfExists::Replace } else { IfExists::Fail };
        let content_type = to.content_type.clone().filter(|given| !given.is_empty());
        let options = PutOptions {
            content_type: Some(content_type.unwrap_or_else(|| BINARY.to_owned())),
            ..PutOptions::new(if_exists)
        };
        let body = Body::Bytes(bytes.clone());
        let stored = storage.put(&space, &key, body, options, &Control::default()).await;
        let stored = match stored {
            // The very content is there: a component that is drawn again sends it again.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && same_there(&session, &to, &bytes).await => {
                return Ok(PutAnswer::Stored { key: to.key });
            }
            stored => stored,
        };
        self.note(&session, Event::upload(&to.key, stored.is_ok()));
        let stored = stored.map_err(|error| Failure::of_storage(&error))?;
        if !session.over.is_cancelled() {
            let (key, size) = (to.key.clone(), stored.size);
            self.listings.stored(&to.space, &Found { key, size, modified: Some(Millis::now()), etag: stored.etag });
        }
        Ok(PutAnswer::Stored { key: to.key })
    }

    async fn question_before_body(&self, to: &PutTo, bytes: &Bytes) -> Result<Option<Question>, Failure> {
        let place = PlaceRef { space: to.space.clone(), folder: String::new() };
        let (name, bytes) = (to.key.clone(), bytes.clone());
        self.question_before(&place, to.consent, to.photos, move |_| look_at(&name, &bytes)).await
    }

    /// What is sent of bytes of the page.
    async fn made_body(&self, bytes: Bytes, photos: PhotoChoices, key: &str) -> Result<Bytes, Failure> {
        let name = name_of(key).to_owned();
        self.preparing(photos, name_of(key), move || made(bytes, photos, &name)).await
    }

    /// Whether a key holds what would be sent of the bytes, without fetching it. Where nobody can tell, the answer is no.
    async fn is_there(&self, storage: &Storage, space: &Space, key: &Key, bytes: &Bytes, photos: PhotoChoices) -> bool {
        let Ok(Some(there)) = storage.find(space, key).await else { return false };
        let Ok(made) = self.made_body(bytes.clone(), photos, key.as_str()).await else { return false };
        made.len() as u64 == there.size && bytes_have_etag(&made, &there.etag) == Some(true)
    }
}

fn made(bytes: Bytes, photos: PhotoChoices, name: &str) -> Result<Bytes, Failure> {
    if is_photo(Path::new(name), &bytes) {
        let is_changed = photos.remove_location || photos.size.edge().is_some();
        return if is_changed { photo_made(bytes.into(), photos, name).map(Bytes::from) } else { Ok(bytes) };
    }
    if !photos.remove_location || !is_movie(&bytes) {
        return Ok(bytes);
    }
    let mut bytes = Vec::from(bytes);
    let edits = movie_edits(&mut Cursor::new(&bytes)).map_err(|_| location_stays(name, MAY_TELL))?;
    for edit in edits {
        let at = edit.at as usize;
        bytes[at..at + edit.bytes.len()].copy_from_slice(&edit.bytes);
    }
    Ok(bytes.into())
}

async fn same_there(session: &Session, to: &PutTo, bytes: &Bytes) -> bool {
    let (Ok((storage, space)), Ok(key)) = (session.files(&to.space), Key::parse(&to.key)) else { return false };
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let there = storage.get_at_most(&space, &key, most, &Control::default()).await;
    there.is_ok_and(|there| there.bytes == *bytes)
}

fn name_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}
