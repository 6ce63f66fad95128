//! What the components put: a picked file under a key of its own, by the queue as every upload; bytes of the page at once.

use super::job::{Job, Transfer};
use super::offer::Question;
use super::upload::Upload;
use crate::app::App;
use crate::listing::Found;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Id, Millis, PlaceRef, PutAnswer, PutEnd, PutTo, TransferState};
use amphora_storage::{Body, Control, ErrorKind, Event, IfExists, Key, PutOptions};
use bytes::Bytes;

/// What a component's `body` may hold; more comes from a file.
const LARGEST_BODY: usize = 64 << 20;
/// The content type of a `body` that names none (Amplify Storage: put).
const BINARY: &str = "binary/octet-stream";

impl App {
    /// Puts a picked file in line under a key, or asks first as with every upload: where others could read it, and what becomes
    /// of photos that tell where they were taken. The question is about `others` as well, which were picked together with it.
    /// The picks survive the question. A name that exists is asked about as with every upload.
    ///
    /// # Errors
    /// The pick was used, the key cannot be stored, or this account may not write there.
    pub async fn put_picked(&self, pick: &str, to: PutTo, others: &[String]) -> Result<PutAnswer, Failure> {
        let session = self.session()?;
        file_key(&to.key)?;
        let mut paths = vec![self.picks.peek(pick)?];
        // One that was put already, or lapsed, is no part of the question.
        paths.extend(others.iter().filter(|other| *other != pick).filter_map(|other| self.picks.peek(other).ok()));
        let (folder, name) = to.key.split_at(to.key.rfind('/').map_or(0, |slash| slash + 1));
        let place = PlaceRef { space: to.space, folder: folder.to_owned() };
        match self.question_before(&place, to.consent, to.photos, paths).await? {
            Some(Question::Audience(audience)) => return Ok(PutAnswer::NeedsConsent { audience }),
            Some(Question::Photos { audience, found }) => {
                let choices = self.usual_photo_choices(&place.space)?;
                return Ok(PutAnswer::NeedsChoices { audience, found, choices });
            }
            None => {}
        }
        let mut photos = self.photo_choices(&place.space, to.consent, to.photos)?;
        photos.skip_duplicates &= !to.own_key;
        let path = self.picks.take(pick)?;
        let owner = session.owner();
        let (upload, id, job) = {
            let mut open = self.transfers.lock();
            let batch = open.queue.new_batch(&owner, None, None);
            let upload = Upload { session, owner, batch, place, naming: None, photos };
            let content_type = to.content_type.filter(|given| !given.is_empty());
            let job = Job { content_type, ..upload.file(&path, folder, name) };
            let id = open.add_held(job.clone());
            open.outage.tried();
            open.queue.commit();
            (upload, id, job)
        };
        self.release_picked(&upload, vec![(id, job)]).await;
        self.pump();
        Ok(PutAnswer::Queued { transfer: Id(id) })
    }

    /// How a file that was put in line stands.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn put_end(&self, transfer: Id) -> Result<PutEnd, Failure> {
        let owner = self.session()?.owner();
        let open = self.transfers.lock();
        let mine = open.queue.get_ever(transfer.0).filter(|transfer| transfer.job.owner == owner);
        Ok(mine.map_or_else(|| PutEnd::Failed { failure: not_sent("this file") }, |mine| end_of(&mine)))
    }

    /// Stores bytes of the page under a key. They take the place of what is there only where that was asked for.
    ///
    /// # Errors
    /// `AlreadyExists`: something else has the key. They are more than a body may hold, the key cannot be stored, or this
    /// account may not write there.
    pub async fn put_body(&self, bytes: Vec<u8>, to: PutTo) -> Result<PutAnswer, Failure> {
        if bytes.len() > LARGEST_BODY {
            let message = format!("Couldn't upload “{}”: it is larger than a component may send.", to.key);
            return Err(Failure::new(FailureCode::TooLarge, message, "Upload it as a file."));
        }
        let session = self.session()?;
        let (storage, space) = session.files(&to.space)?;
        let key = file_key(&to.key)?;
        let place = PlaceRef { space: to.space.clone(), folder: String::new() };
        if let Some(audience) = self.upload_needs_consent(&place, to.consent)? {
            return Ok(PutAnswer::NeedsConsent { audience });
        }
        let if_exists = if to.replace { IfExists::Replace } else { IfExists::Fail };
        let content_type = to.content_type.clone().filter(|given| !given.is_empty());
        let options = PutOptions {
            content_type: Some(content_type.unwrap_or_else(|| BINARY.to_owned())),
            ..PutOptions::new(if_exists)
        };
        let bytes = Bytes::from(bytes);
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
}

fn end_of(transfer: &Transfer) -> PutEnd {
    let key = transfer.stored_key.as_ref().unwrap_or(&transfer.job.key).clone();
    match transfer.state {
        TransferState::Done => PutEnd::Stored { key },
        // The person may have left the old one, which is what the key holds; or the folder has the content under another name.
        TransferState::Skipped => {
            let job = &transfer.job;
            let key = transfer.same_as.as_ref().map_or_else(|| job.key.clone(), |name| format!("{}{name}", job.folder));
            PutEnd::Stored { key }
        }
        TransferState::Failed => {
            PutEnd::Failed { failure: transfer.failure.clone().unwrap_or_else(|| not_sent(&transfer.job.name)) }
        }
        TransferState::Cancelled => PutEnd::Failed { failure: not_sent(&transfer.job.name) },
        TransferState::Waiting
        | TransferState::Scanning
        | TransferState::Running
        | TransferState::Checking
        | TransferState::Paused
        | TransferState::NeedsAnswer => PutEnd::UnderWay,
    }
}

async fn same_there(session: &Session, to: &PutTo, bytes: &Bytes) -> bool {
    let (Ok((storage, space)), Ok(key)) = (session.files(&to.space), Key::parse(&to.key)) else { return false };
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let there = storage.get_at_most(&space, &key, most, &Control::default()).await;
    there.is_ok_and(|there| there.bytes == *bytes)
}

/// A key of a file: folders are made by name, not put.
fn file_key(text: &str) -> Result<Key, Failure> {
    if text.ends_with('/') {
        let message = format!("Couldn't upload “{text}”: a file's name does not end with a slash.");
        return Err(Failure::new(FailureCode::NameNotAllowed, message, "Give the file a name."));
    }
    Key::parse(text).map_err(|error| Failure::of_storage(&error))
}

fn not_sent(name: &str) -> Failure {
    Failure::new(FailureCode::Cancelled, format!("“{name}” was not uploaded: it was stopped."), "Choose it again.")
}
