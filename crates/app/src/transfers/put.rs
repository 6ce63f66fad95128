//! What was picked for a component: put under a key of its own, by the queue as every upload.

use super::job::{Job, Transfer};
use super::offer::Question;
use super::photos::look_over;
use super::scan_rules::ScanRules;
use super::upload::Upload;
use crate::app::App;
use crate::wire::{Failure, FailureCode, Id, PlaceRef, PutAnswer, PutEnd, PutTo, TransferState};
use amphora_storage::Key;

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
        let look = move |rules: &ScanRules| look_over(&paths, rules);
        match self.question_before(&place, to.consent, to.photos, look).await? {
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

/// A key of a file: folders are made by name, not put.
pub(super) fn file_key(text: &str) -> Result<Key, Failure> {
    if text.ends_with('/') {
        let message = format!("Couldn't upload “{text}”: a file's name does not end with a slash.");
        return Err(Failure::new(FailureCode::NameNotAllowed, message, "Give the file a name."));
    }
    Key::parse(text).map_err(|error| Failure::of_storage(&error))
}

fn not_sent(name: &str) -> Failure {
    Failure::new(FailureCode::Cancelled, format!("“{name}” was not uploaded: it was stopped."), "Choose it again.")
}
