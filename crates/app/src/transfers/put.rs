//! What the components put: a picked file under a key of its own, by the queue as every upload; bytes of the page at once.

use super::job::{Job, Transfer};
use super::there::There;
use super::upload::Upload;
use crate::app::App;
use crate::listing::Found;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Id, Millis, PhotoChoices, PlaceRef, PutAnswer, PutEnd, PutTo, TransferState};
use amphora_storage::{Body, Control, ErrorKind, Event, IfExists, Key, ObjectInfo, PutOptions};
use bytes::Bytes;

/// What a component's `body` may hold; more comes from a file.
const LARGEST_BODY: usize = 64 << 20;
/// The content type of a `body` that names none (Amplify Storage: put).
const BINARY: &str = "binary/octet-stream";

impl App {
    /// Puts a picked file in line under a key, or asks first where others could read it. The pick survives the question.
    /// A name that exists is asked about as with every upload.
    ///
    /// # Errors
    /// The pick was used, the key cannot be stored, or this account may not write there.
    pub async fn put_picked(&self, pick: &str, to: PutTo) -> Result<PutAnswer, Failure> {
        let session = self.session()?;
        let (storage, space) = session.files(&to.space)?;
        let key = file_key(&to.key)?;
        self.picks.peek(pick)?;
        let place = PlaceRef { space: to.space, folder: String::new() };
        if let Some(audience) = self.upload_needs_consent(&place, to.consent)? {
            return Ok(PutAnswer::NeedsConsent { audience });
        }
        // A component shows what it puts, under the key that it names.
        let usual = self.usual_photo_choices(&place.space)?;
        let photos = PhotoChoices { remove_location: usual.remove_location, ..PhotoChoices::default() };
        let path = self.picks.take(pick)?;
        let found = storage.find(&space, &key).await;
        // The server decides at the end in any case; not knowing early costs a second sending at the most.
        let there: There =
            found.ok().flatten().map(|object| ObjectInfo { key: to.key.clone(), ..object }).into_iter().collect();
        let owner = session.owner();
        let (id, job) = {
            let mut open = self.transfers.lock();
            let batch = open.queue.new_batch(&owner, None, None);
            let upload = Upload { session, owner, batch, place, naming: None, photos };
            let content_type = to.content_type.filter(|given| !given.is_empty());
            let job = Job { content_type, ..upload.file(&path, "", &to.key) };
            let id = open.add_held(job.clone());
            open.outage.tried();
            open.queue.commit();
            (id, job)
        };
        let met = self.look_up(&job, &there).await;
        {
            let mut open = self.transfers.lock();
            let free: Vec<u64> = met.settle(&mut open, id).into_iter().collect();
            open.queue.release(&free);
            open.queue.commit();
        }
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
        // The person may have left the old one; what they see under the key is what it holds.
        TransferState::Skipped => PutEnd::Stored { key: transfer.job.key.clone() },
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
