//! Copies and moves one file inside the storage: on the server where it can, else through this computer. A move is copy,
//! check, then delete, each noted before the next: killed anywhere it goes on where it was.

use super::columns::TABS;
use super::job::{From, OnExisting, Transfer};
use super::run::End;
use super::step::Change;
use super::uploads::JournalMemory;
use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Retry, TransferKind, TransferTab};
use amphora_storage::{
    Control, CopyOptions, ErrorKind, IfExists, Key, ObjectInfo, Shape, Space, Storage, StorageError, Stored,
};
use std::sync::Arc;

/// Why there is no copy.
pub(super) enum NoCopy {
    /// The name is taken.
    Exists,
    /// It was stopped.
    Stopped,
    /// Anything else.
    Failed(Failure),
}

impl std::convert::From<StorageError> for NoCopy {
    fn from(error: StorageError) -> Self {
        match error.kind() {
            ErrorKind::AlreadyExists => Self::Exists,
            ErrorKind::Cancelled => Self::Stopped,
            _ => Self::Failed(Failure::of_storage(&error)),
        }
    }
}

impl std::convert::From<Failure> for NoCopy {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A file in the storage, ready to be spoken of.
pub(super) struct Spot {
    pub storage: Storage,
    pub space: Space,
    pub key: Key,
}

impl Spot {
    pub fn of(session: &Session, space: &crate::wire::SpaceRef, key: &str) -> Result<Self, Failure> {
        let (storage, space) = session.files(space)?;
        let key = Key::parse(key).map_err(|error| Failure::of_storage(&error))?;
        Ok(Self { storage, space, key })
    }

    pub async fn find(&self) -> Result<Option<ObjectInfo>, Failure> {
        self.storage.find(&self.space, &self.key).await.map_err(|error| Failure::of_storage(&error))
    }
}

impl App {
    /// The original of a copy or a move, as it is now.
    pub(super) async fn original(&self, session: &Session, from: &From) -> Result<Option<ObjectInfo>, Failure> {
        Spot::of(session, &from.space, &from.key)?.find().await
    }

    /// Copies or moves what a transfer is about.
    pub(super) async fn relocate(
        &self,
        session: &Session,
        id: u64,
        transfer: &Transfer,
        control: &Control,
    ) -> Result<End, Failure> {
        let job = &transfer.job;
        let Some(from) = &job.from else { return Err(Failure::name_was_taken(&job.name)) };
        let source = Spot::of(session, &from.space, &from.key)?;
        let moves = job.kind == TransferKind::Move;
        if let (true, Some(etag)) = (moves, &transfer.copied) {
            let copy = Spot::of(session, &job.space, transfer.stored_key())?.find().await?;
            // A copy that somebody removed meanwhile is made again, while there is an original.
            if copy.is_some_and(|copy| job.size.is_none_or(|size| copy.size == size)) {
                self.remove_original(&source, etag, &job.name).await?;
                return Ok(finished(transfer.stored_key(), String::new()));
            }
        }
        let original = source.find().await?.ok_or_else(|| gone(&job.name))?;
        let stored = match self.copy_once(session, id, transfer, (&source, &original), control).await {
            Ok(Some(stored)) => stored,
            Ok(None) if moves => Stored { key: key_of(&job.key)?, etag: original.etag.clone(), size: original.size },
            Ok(None) => return Ok(End::AlreadyThere),
            Err(NoCopy::Exists) if transfer.on_existing == OnExisting::Fail => return Err(taken(&job.name)),
            Err(NoCopy::Exists) => return Ok(End::Exists),
            Err(NoCopy::Stopped) => return Ok(End::Stopped),
            Err(NoCopy::Failed(failure)) => return Err(failure),
        };
        let key = stored.key.as_str().to_owned();
        if moves {
            let copy = Spot::of(session, &job.space, &key)?.find().await?;
            if copy.is_none_or(|copy| copy.size != original.size || copy.etag != stored.etag) {
                return Err(not_whole(&job.name));
            }
            {
                let mut open = self.transfers.lock();
                open.step(id, Change::Planned(key.clone()));
                open.step(id, Change::Copied(original.etag.clone()));
                open.queue.commit();
            }
            self.remove_original(&source, &original.etag, &job.name).await?;
        }
        Ok(finished(&key, stored.etag))
    }

    /// Makes the copy under the name that it is to have. None: the same content is there already, from an earlier try or
    /// by chance.
    async fn copy_once(
        &self,
        session: &Session,
        id: u64,
        transfer: &Transfer,
        (source, original): (&Spot, &ObjectInfo),
        control: &Control,
    ) -> Result<Option<Stored>, NoCopy> {
        let job = &transfer.job;
        // What a name that is taken has may be this very copy, from an earlier try.
        let is_copy = async |target: &Spot, there: &ObjectInfo| {
            if source.storage.reaches(&target.storage) {
                is_same(there, original)
            } else {
                self.came_through(id, original, target, there).await
            }
        };
        match transfer.on_existing {
            OnExisting::Replace | OnExisting::Ask | OnExisting::Fail => {
                let target = Spot::of(session, &job.space, &job.key)?;
                let replaces = transfer.on_existing == OnExisting::Replace;
                let if_exists = if replaces { IfExists::Replace } else { IfExists::Fail };
                match self.copy((id, transfer), (source, original), &target, if_exists, control).await {
                    Err(NoCopy::Exists) => {
                        let there = target.find().await?;
                        match there {
                            Some(there) if is_copy(&target, &there).await => Ok(None),
                            _ => Err(NoCopy::Exists),
                        }
                    }
                    copied => copied.map(Some),
                }
            }
            OnExisting::KeepBoth => {
                self.copy_beside(session, (id, transfer), (source, original), control).await.map(Some)
            }
        }
    }

    /// Makes one copy: on the server where it reaches, else through this computer.
    pub(super) async fn copy(
        &self,
        (id, transfer): (u64, &Transfer),
        (source, original): (&Spot, &ObjectInfo),
        target: &Spot,
        if_exists: IfExists,
        control: &Control,
    ) -> Result<Stored, NoCopy> {
        let memory = Some(Arc::new(JournalMemory::new(self.clone(), id, transfer.job.owner.clone())) as _);
        let options = CopyOptions { if_exists, replaces: transfer.replaces.clone(), memory, ..CopyOptions::default() };
        if !source.storage.reaches(&target.storage) {
            return self.copy_through(id, (source, original), target, options, control).await;
        }
        let (from, to) = ((&source.space, &source.key), (&target.space, &target.key));
        Ok(source.storage.copy_to(&target.storage, from, to, options, control).await?)
    }

    /// Once all of a batch is moved, the folders that it emptied are gone from the lists.
    pub(super) async fn forget_emptied(&self, session: &Session, batch: u64, from: &From) {
        let open = self.transfers.lock().queue.batch(batch);
        let left: u32 =
            TABS.into_iter().zip(open).filter(|(tab, _)| *tab != TransferTab::Done).map(|(_, t)| t.count).sum();
        if left > 0 {
            return;
        }
        let Ok((storage, space)) = session.files(&from.space) else { return };
        let mut key = from.key.trim_end_matches('/');
        while let Some(at) = key.rfind('/') {
            let folder = &from.key[..=at];
            let page = storage.list_page(&space, folder, Shape::Folder, None).await;
            let empty = page.is_ok_and(|page| page.objects.is_empty() && page.folders.is_empty());
            if !empty || session.over.is_cancelled() {
                return;
            }
            self.listings.folder_gone(&from.space, folder);
            key = &from.key[..at];
        }
    }

    /// Removes the original of a whole copy, unless it is another by now. One that is gone was removed before.
    async fn remove_original(&self, source: &Spot, etag: &str, name: &str) -> Result<(), Failure> {
        let Some(now) = source.find().await? else { return Ok(()) };
        if now.etag != etag {
            return Err(changed(name));
        }
        let removed = source.storage.remove(&source.space, &source.key).await;
        removed.map_err(|error| {
            let failure = Failure::of_storage(&error);
            let message = format!("The copy of “{name}” is there, but the original couldn't be deleted.");
            Failure { message, ..failure }
        })
    }
}

fn finished(key: &str, etag: String) -> End {
    End::Finished { key: key.to_owned(), etag, landed: None, stored: None }
}

fn key_of(key: &str) -> Result<Key, Failure> {
    Key::parse(key).map_err(|error| Failure::of_storage(&error))
}

/// Whether a copy that the server made is there.
pub(super) fn is_same(there: &ObjectInfo, original: &ObjectInfo) -> bool {
    there.size == original.size && !there.etag.is_empty() && there.etag == original.etag
}

fn taken(name: &str) -> Failure {
    let message = format!("Couldn't copy “{name}”: something of this name is there already.");
    Failure::new(FailureCode::AlreadyExists, message, "Choose another name, or say that it may be replaced.")
}

fn gone(name: &str) -> Failure {
    let message = format!("Couldn't find “{name}”: it was moved or deleted meanwhile.");
    Failure::new(FailureCode::NotFound, message, "Refresh the folder to see what is there.")
}

fn changed(name: &str) -> Failure {
    let message = format!("The copy of “{name}” is there, but the original changed meanwhile and stays.");
    Failure::new(FailureCode::ChangedMeanwhile, message, "Compare the two, then delete the one you don't want.")
}

fn not_whole(name: &str) -> Failure {
    let message = format!("Couldn't move “{name}”: the copy is not what the original is, so the original stays.");
    Failure::new(FailureCode::ChangedMeanwhile, message, "Try again.").retry(Retry::Now)
}
