//! Runs what is in line: as many at once as is good, each under the session it was started in.

use super::columns::Class;
use super::download::{Fetched, discard_kept};
use super::job::{Job, OnExisting, Transfer};
use super::running::Running;
use super::step::Change;
use super::upload::{conflict_of, meta_side, side_of};
use crate::app::App;
use crate::listing::Found;
use crate::pictures::Gone;
use crate::session::Session;
use crate::wire::{Failure, Millis, TransferKind, TransferState};
use amphora_storage::{Control, Event, Key, Progress};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// How a transfer ended.
pub(super) enum End {
    /// Well, under this key.
    Finished {
        key: String,
        etag: String,
        landed: Option<PathBuf>,
        /// Bytes that were stored, where it is not as many as the file has.
        stored: Option<u64>,
    },
    /// It was read, and its files are in line.
    Expanded,
    /// What it would bring is there.
    AlreadyThere,
    /// The name exists.
    Exists,
    /// Stopped.
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
        open.commit_in_turn(Instant::now());
        // Asked again under the lock: the session may have ended since.
        while !session.over.is_cancelled() && !open.outage.holds() {
            let Some((id, class)) = open.next_to_start(&owner) else { break };
            let change = if class == Class::Folder { Change::Scanning } else { Change::Started };
            if !open.step(id, change) {
                break;
            }
            let Some(transfer) = open.queue.get(id) else { break };
            let running = open.begin_run(id, &transfer.job, class);
            let (app, session) = (self.clone(), session.clone());
            self.transfers.tasks.spawn(async move {
                let end = app.run(&session, id, &transfer, &running).await;
                app.ended(&session, id, &transfer, &running, end).await;
                app.pump();
            });
        }
    }

    async fn run(
        &self,
        session: &Arc<Session>,
        id: u64,
        transfer: &Transfer,
        running: &Running,
    ) -> Result<End, Failure> {
        if running.class == Class::Folder {
            return self.expand(session, id, transfer, running).await.map(|()| End::Expanded);
        }
        let (sent, acknowledged) = (running.sent.clone(), running.acknowledged.clone());
        let progress = Arc::new(move |progress: Progress| {
            sent.store(progress.loaded, Ordering::Relaxed);
            acknowledged.store(progress.acknowledged, Ordering::Relaxed);
        });
        let control = Control { progress: Some(progress), cancel: running.stop.clone() };
        match transfer.job.kind {
            TransferKind::Upload => self.send(session, id, transfer, &control).await,
            TransferKind::Download => self.fetch(session, transfer, &control).await,
            TransferKind::Copy | TransferKind::Move => self.relocate(session, id, transfer, &control).await,
            TransferKind::Delete => self.delete_queued(session, id, transfer, &control).await,
        }
    }

    async fn ended(
        &self,
        session: &Arc<Session>,
        id: u64,
        transfer: &Transfer,
        running: &Running,
        end: Result<End, Failure>,
    ) {
        let job = &transfer.job;
        if running.stop.is_cancelled() && !matches!(end, Ok(End::Finished { .. })) {
            // Cancelled by the person or by a change of identity: the queue knows which, and has said so already.
            if self.transfers.lock().queue.get(id).is_none_or(|transfer| transfer.is_over()) {
                discard_kept(job);
            }
            self.discard_left_uploads().await;
            return;
        }
        if let Err(failure) = &end
            && self.goes_on_later(session, (id, transfer), running, failure)
        {
            return;
        }
        self.note_end(session, job, &end);
        let change = match end {
            Ok(End::Finished { key, etag, landed, stored }) => {
                let stored = stored.or(job.size).unwrap_or(0);
                self.show_end(session, job, (&key, stored), etag);
                Change::Finished { key, landed }
            }
            Ok(End::Expanded) => Change::Expanded,
            Ok(End::AlreadyThere) => Change::AlreadyThere,
            Ok(End::Exists) => match self.question(session, transfer).await {
                Ok(change) => change,
                Err(failure) if self.goes_on_later(session, (id, transfer), running, &failure) => return,
                Err(failure) => Change::Failed(Box::new(failure)),
            },
            Ok(End::Stopped) => Change::Cancelled,
            Err(failure) => Change::Failed(Box::new(failure)),
        };
        let renamed = matches!(&change, Change::Finished { key, landed }
            if *key != job.key || landed.as_ref().is_some_and(|landed| *landed != job.local));
        let moved =
            job.from.as_ref().filter(|_| job.kind == TransferKind::Move && matches!(change, Change::Finished { .. }));
        self.close((id, transfer), running, change);
        if renamed {
            // After a kill it would be looked for under the name that it was to have, and be done once more.
            self.transfers.lock().queue.commit();
        }
        if let Some(from) = moved {
            self.forget_thumbnails(session, &from.space, Gone::Original(from.key.clone()));
            self.forget_emptied(session, job.batch, from).await;
        }
        if self.transfers.lock().queue.get(id).is_some_and(|now| now.state == TransferState::Skipped) {
            self.discard_left_uploads().await;
        }
    }

    fn note_end(&self, session: &Session, job: &Job, end: &Result<End, Failure>) {
        let failed = end.as_ref().err().map(|failure| failure.message.as_str());
        let key = match end {
            Ok(End::Finished { key, .. }) => key,
            Err(_) => &job.key,
            Ok(End::Expanded | End::AlreadyThere | End::Exists | End::Stopped) => return,
        };
        let event = match job.kind {
            _ if job.whole => return,
            TransferKind::Upload => Event::upload(key, failed.is_none()),
            TransferKind::Download => {
                let told = failed.as_ref().map_or(Ok(job.size.unwrap_or(0)), |failed| Err(failed as _));
                Event::download(key, told)
            }
            TransferKind::Copy | TransferKind::Move => {
                let from = job.from.as_ref().map_or("", |from| from.key.as_str());
                Event::copy(from, key, failed.is_none())
            }
            // Each file is noted when it is deleted.
            TransferKind::Delete => return,
        };
        self.note(session, event);
    }

    fn close(&self, (id, transfer): (u64, &Transfer), running: &Running, change: Change) {
        let mut open = self.transfers.lock();
        // What was stopped has had its word, and may be running again; but what has arrived has arrived.
        let finished = matches!(change, Change::Finished { .. });
        if running.stop.is_cancelled() && !finished {
            return;
        }
        if !running.stop.is_cancelled() {
            open.end_run(id);
        }
        // One that was answered, and meets something else again, shows it to the person.
        let asks = matches!(change, Change::Asked(_)) && transfer.on_existing == OnExisting::Ask;
        open.step(id, change);
        // What was said of all names of a drop is said of those that appear later, too.
        if asks && let Some(answer) = open.queue.answer(transfer.job.batch) {
            open.step(id, Change::Answered(answer));
        }
    }

    /// A name that is taken: by this very file, whose answer was lost when the application ended, or by another.
    async fn question(&self, session: &Session, transfer: &Transfer) -> Result<Change, Failure> {
        let job = &transfer.job;
        let (storage, space) = session.files(&job.space)?;
        let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
        let there = storage.find(&space, &key).await.map_err(|error| Failure::of_storage(&error))?;
        // Refused by the server, yet gone when looked for: the person decides when to try again, not a loop.
        let there = there.ok_or_else(|| Failure::name_was_taken(&job.name))?;
        if job.kind == TransferKind::Upload && self.is_stored(job, &there).await {
            self.show_end(session, job, (&job.key, there.size), there.etag);
            return Ok(Change::AlreadyThere);
        }
        let new = match &job.from {
            Some(from) => self.original(session, from).await?.as_ref().map_or_else(|| meta_side(&job.local), side_of),
            None => meta_side(&job.local),
        };
        Ok(Change::Asked(Box::new(conflict_of(&job.key, new, &there, true))))
    }

    /// What changed in the storage shows in every open folder at once.
    fn show_end(&self, session: &Session, job: &Job, (key, size): (&str, u64), etag: String) {
        // Somebody else's folders may be open by now.
        if session.over.is_cancelled() || matches!(job.kind, TransferKind::Download | TransferKind::Delete) {
            return;
        }
        if let (TransferKind::Move, Some(from)) = (job.kind, &job.from) {
            self.listings.removed(&from.space, &from.key);
        }
        if key.ends_with('/') {
            self.listings.folder_made(&job.space, key);
            return;
        }
        let key = key.to_owned();
        self.listings.stored(&job.space, &Found { key, size, modified: Some(Millis::now()), etag });
    }

    async fn fetch(&self, session: &Session, transfer: &Transfer, control: &Control) -> Result<End, Failure> {
        let job = &transfer.job;
        let (storage, space) = session.files(&job.space)?;
        let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
        match super::download::fetch(&storage, &space, &key, transfer, control).await {
            Ok(Fetched::As(landed)) => {
                Ok(End::Finished { key: job.key.clone(), etag: String::new(), landed: Some(landed), stored: None })
            }
            Ok(Fetched::Before) => Ok(End::Finished {
                key: job.key.clone(),
                etag: String::new(),
                landed: Some(job.local.clone()),
                stored: None,
            }),
            Err(_) if control.cancel.is_cancelled() => Ok(End::Stopped),
            Err(failure) => Err(failure),
        }
    }
}
