//! Runs what is in line: as many at once as is good, each under the session it was started in.

use super::download::discard_kept;
use super::identical::is_identical;
use super::queue::{Change, Job, OnExisting, Transfer};
use super::upload::{conflict_of, meta_side, modified_of};
use super::uploads::JournalMemory;
use crate::app::App;
use crate::listing::Found;
use crate::session::Session;
use crate::wire::{Failure, Millis, TransferKind};
use amphora_storage::{Body, Control, ErrorKind, Event, IfExists, Key, Progress, PutOptions, Space, StorageError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_util::sync::CancellationToken;

/// How a transfer ended.
enum End {
    Finished { key: String, etag: String },
    Exists,
    Failed(Failure),
    Stopped,
}

impl App {
    /// Starts what can start. Called after everything that may have made room or work.
    pub(crate) fn pump(&self) {
        let Some(session) = self.session_if_any() else { return };
        if session.storage().is_err() || session.over.is_cancelled() {
            return;
        }
        let owner = session.owner();
        let mut open = self.transfers.lock();
        // Asked again under the lock: the session may have ended since.
        while !session.over.is_cancelled() {
            let Some(id) = open.next_to_start(&owner) else { break };
            if !open.step(id, Change::Started) {
                break;
            }
            let Some(transfer) = open.queue.get(id) else { break };
            let (job, on_existing) = (transfer.job.clone(), transfer.on_existing);
            let (stop, sent) = open.begin_run(id);
            let (app, session) = (self.clone(), session.clone());
            self.transfers.tasks.spawn(async move {
                let end = app.run(&session, id, &job, on_existing, &stop, sent).await;
                app.ended(&session, id, &job, &stop, end).await;
                app.pump();
            });
        }
    }

    async fn run(
        &self,
        session: &Session,
        id: u64,
        job: &Job,
        on_existing: OnExisting,
        stop: &CancellationToken,
        sent: Arc<AtomicU64>,
    ) -> End {
        let progress = Arc::new(move |progress: Progress| sent.store(progress.loaded, Ordering::Relaxed));
        let control = Control { progress: Some(progress), cancel: stop.clone() };
        let outcome = match job.kind {
            TransferKind::Upload => {
                let memory = JournalMemory::new(self.clone(), id, job.owner.clone());
                send(session, job, on_existing, Arc::new(memory), &control).await
            }
            TransferKind::Copy | TransferKind::Move | TransferKind::Delete => Ok(End::Stopped),
            TransferKind::Download => self.fetch(session, job, &control).await,
        };
        outcome.unwrap_or_else(End::Failed)
    }

    async fn ended(&self, session: &Session, id: u64, job: &Job, stop: &CancellationToken, end: End) {
        if stop.is_cancelled() && !matches!(end, End::Finished { .. }) {
            // Cancelled by the person or by a change of identity: the queue knows which, and has said so already.
            if self.transfers.lock().queue.get(id).is_none_or(Transfer::is_over) {
                discard_kept(job);
            }
            self.discard_left_uploads().await;
            return;
        }
        self.note_end(session, job, &end);
        match end {
            End::Finished { key, etag } => {
                // Somebody else's folders may be open by now.
                if job.kind == TransferKind::Upload && !session.over.is_cancelled() {
                    self.show_stored(job, &key, etag);
                }
                self.close(id, stop, Change::Finished { key });
            }
            End::Exists => {
                let question = self.question(session, job).await;
                let over = question == Ok(Change::AlreadyThere);
                self.close(id, stop, question.unwrap_or_else(Change::Failed));
                if over {
                    self.discard_left_uploads().await;
                }
            }
            End::Failed(failure) => self.close(id, stop, Change::Failed(failure)),
            End::Stopped => self.close(id, stop, Change::Cancelled),
        }
    }

    fn note_end(&self, session: &Session, job: &Job, end: &End) {
        let event = match (end, job.kind) {
            (End::Finished { key, .. }, TransferKind::Upload) => Event::upload(key, true),
            (End::Finished { key, .. }, TransferKind::Download) => Event::download(key, Ok(job.size.unwrap_or(0))),
            (End::Failed(_), TransferKind::Upload) => Event::upload(&job.key, false),
            (End::Failed(failure), TransferKind::Download) => Event::download(&job.key, Err(&failure.message)),
            (End::Exists | End::Stopped, _) | (_, TransferKind::Copy | TransferKind::Move | TransferKind::Delete) => {
                return;
            }
        };
        self.note(session, event);
    }

    fn close(&self, id: u64, stop: &CancellationToken, change: Change) {
        let mut open = self.transfers.lock();
        // What was stopped has had its word, and may be running again; but what has arrived has arrived.
        if stop.is_cancelled() && !matches!(change, Change::Finished { .. }) {
            return;
        }
        open.end_run(id);
        open.step(id, change);
    }

    /// A name that is taken: by this very file, whose answer was lost when the application ended, or by another.
    async fn question(&self, session: &Session, job: &Job) -> Result<Change, Failure> {
        let (storage, space) = session.files(&job.space)?;
        let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
        let there = storage.find(&space, &key).await.map_err(|error| Failure::of_storage(&error))?;
        // Refused by the server, yet gone when looked for: the person decides when to try again, not a loop.
        let there = there.ok_or_else(|| Failure::name_was_taken(&job.name))?;
        let (local, size, etag) = (job.local.clone(), job.size.unwrap_or(u64::MAX), there.etag.clone());
        let same = tokio::task::spawn_blocking(move || is_identical(&local, size, there.size, &etag)).await;
        if same.unwrap_or(false) {
            if !session.over.is_cancelled() {
                self.show_stored(job, &job.key, there.etag);
            }
            return Ok(Change::AlreadyThere);
        }
        Ok(Change::Asked(conflict_of(&job.key, meta_side(&job.local), &there, true)))
    }

    /// A file that arrived shows in every open folder at once, with what the storage says of it.
    fn show_stored(&self, job: &Job, key: &str, etag: String) {
        if key.ends_with('/') {
            self.listings.folder_made(&job.space, key);
            return;
        }
        let (key, size) = (key.to_owned(), job.size.unwrap_or(0));
        self.listings.stored(&job.space, &Found { key, size, modified: Some(Millis::now()), etag });
    }

    async fn fetch(&self, session: &Session, job: &Job, control: &Control) -> Result<End, Failure> {
        let (storage, space) = session.files(&job.space)?;
        let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
        super::download::fetch(&storage, &space, &key, job, control).await.map_or_else(
            |failure| if control.cancel.is_cancelled() { Ok(End::Stopped) } else { Err(failure) },
            |()| Ok(End::Finished { key: job.key.clone(), etag: String::new() }),
        )
    }
}

async fn send(
    session: &Session,
    job: &Job,
    on_existing: OnExisting,
    memory: Arc<JournalMemory>,
    control: &Control,
) -> Result<End, Failure> {
    let (storage, space) = session.files(&job.space)?;
    let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
    if job.key.ends_with('/') {
        let made = storage.new_folder(&space, &job.key).await;
        let end = End::Finished { key: job.key.clone(), etag: String::new() };
        return match made {
            // Folders merge: one that is there already is the folder that was wanted.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(Failure::of_storage(&error)),
            _ => Ok(end),
        };
    }
    still_as_queued(job).await?;
    let if_exists = match on_existing {
        // What was there before has been asked about; what appears since is refused by the server, and asked about then.
        OnExisting::Ask => IfExists::Fail,
        OnExisting::Replace => IfExists::Replace,
        OnExisting::KeepBoth => IfExists::KeepBoth,
    };
    let options = PutOptions { memory: Some(memory), ..PutOptions::new(if_exists) };
    put(&storage, &space, &key, job, options, control).await
}

/// What was queued is what is sent: a file that changed since is the person's to decide about.
async fn still_as_queued(job: &Job) -> Result<(), Failure> {
    // A file that is gone or cannot be read says so when it is opened.
    let Ok(meta) = tokio::fs::metadata(&job.local).await else { return Ok(()) };
    let size_differs = job.size.is_some_and(|size| size != meta.len());
    let time_differs = job.modified.is_some() && job.modified != modified_of(&meta);
    if size_differs || time_differs { Err(Failure::file_changed(&job.name)) } else { Ok(()) }
}

async fn put(
    storage: &amphora_storage::Storage,
    space: &Space,
    key: &Key,
    job: &Job,
    options: PutOptions,
    control: &Control,
) -> Result<End, Failure> {
    let body = Body::File(job.local.clone());
    match storage.put(space, key, body, options, control).await {
        Ok(stored) => Ok(End::Finished { key: stored.key.as_str().to_owned(), etag: stored.etag }),
        Err(error) => ended_with(&error),
    }
}

fn ended_with(error: &StorageError) -> Result<End, Failure> {
    match error.kind() {
        ErrorKind::AlreadyExists => Ok(End::Exists),
        ErrorKind::Cancelled => Ok(End::Stopped),
        _ => Err(Failure::of_storage(error)),
    }
}
