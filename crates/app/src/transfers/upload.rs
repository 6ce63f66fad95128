//! From a grant to jobs in the queue: consent first, then names that exist, then the line.

use super::identical::is_identical;
use super::queue::{Change, Job};
use super::scan::{Scanned, scan};
use crate::app::App;
use crate::session::Session;
use crate::settings::Agreed;
use crate::wire::{
    Audience, ByteSize, Conflict, ConflictSide, Consent, Failure, FailureCode, Id, Level, Millis, PlaceRef,
    TransferKind, TransferState, UploadAnswer,
};
use amphora_storage::{ObjectInfo, Shape, Space, Storage, keep_both_name};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Single files that are asked for one by one; above that the folder is listed once.
const ASKED_SINGLY: usize = 20;

/// One upload: what was picked, where it goes, as whom.
struct Upload {
    session: Arc<Session>,
    owner: String,
    batch: u64,
    place: PlaceRef,
    storage: Storage,
    space: Space,
}

/// What the target has already, by key.
type There = HashMap<String, ObjectInfo>;

impl App {
    /// Puts what a grant holds into the queue, or asks first where others could read it. The grant survives the question.
    ///
    /// # Errors
    /// The grant was used, or this account may not write to the place.
    pub async fn upload(&self, grant: &str, place: PlaceRef, consent: Consent) -> Result<UploadAnswer, Failure> {
        let session = self.session()?;
        let (storage, space) = session.files(&place.space)?;
        let info = session.place_info(&place.space);
        if !info.verbs.write {
            let hint = match place.space.level {
                Level::Path => "Upload to a place that lets you, or ask the people who run the storage.",
                _ => "Upload to your own Protected files, or to Public.",
            };
            let message = "You can read these files but not add to them.";
            return Err(Failure::new(FailureCode::AccessDenied, message, hint));
        }
        let count = self.grants.count(grant)?;
        let owner = session.owner();
        let path = place.space.owner.clone().filter(|_| place.space.level == Level::Path);
        let agreed = Agreed { owner: owner.clone(), level: place.space.level, path };
        let open = info.audience != Audience::OnlyYou;
        if open && consent == Consent::Ask && !self.has_agreed(&agreed) {
            return Ok(UploadAnswer::NeedsConsent { audience: info.audience, count });
        }
        if open && consent != Consent::Ask {
            self.agree(agreed, consent == Consent::Always)?;
        }
        let paths = self.grants.take(grant)?;
        let batch = self.transfers.new_batch();
        let upload = Upload { session, owner, batch, place, storage, space };
        let app = self.clone();
        self.transfers.tasks.spawn(async move { app.queue_picked(upload, paths).await });
        Ok(UploadAnswer::Queued { count, batch: Id(batch) })
    }

    async fn queue_picked(&self, upload: Upload, paths: Vec<PathBuf>) {
        let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        let there = there_for_files(&upload, &files).await.unwrap_or_else(|failure| {
            // The server decides at the end in any case; not knowing early costs a second sending at the most.
            tracing::info!(%failure, "could not look for names that exist");
            There::new()
        });
        for path in files {
            let folder = upload.place.folder.clone();
            self.queue_file(&upload, &path, &folder, &there).await;
        }
        self.pump();
        for path in folders {
            if upload.session.over.is_cancelled() {
                return;
            }
            self.queue_folder(&upload, path).await;
        }
    }

    async fn queue_file(&self, upload: &Upload, path: &Path, folder: &str, there: &There) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            return self.fail_at_once(upload, path, folder, &name, &unreadable_name(&name));
        };
        let key = format!("{folder}{name}");
        let meta = std::fs::metadata(path);
        let size = meta.as_ref().ok().map(std::fs::Metadata::len);
        let mut job = upload.job(path, folder, name, key.clone(), size);
        job.modified = meta.as_ref().ok().and_then(modified_of);
        let conflict = match (there.get(&key), meta) {
            (Some(object), Ok(meta)) => Some((object, meta)),
            _ => None,
        };
        let Some((object, meta)) = conflict else {
            self.transfers.lock().add(job);
            return;
        };
        let (local, there_size, etag) = (path.to_owned(), object.size, object.etag.clone());
        let same = tokio::task::spawn_blocking(move || is_identical(&local, meta.len(), there_size, &etag)).await;
        let conflict = conflict_of(&key, meta_side(path), object, false);
        let mut open = self.transfers.lock();
        let batch = job.batch;
        let id = open.add(job);
        if same.unwrap_or(false) {
            open.step(id, Change::AlreadyThere);
            return;
        }
        open.step(id, Change::Asked(conflict));
        if let Some(answer) = open.answers.get(&batch).copied() {
            open.step(id, Change::Answered(answer));
        }
    }

    async fn queue_folder(&self, upload: &Upload, path: PathBuf) {
        let folder = upload.place.folder.clone();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            return self.fail_at_once(upload, &path, &folder, &name, &unreadable_name(&name));
        };
        let root = format!("{folder}{name}/");
        let (row, stop) = {
            let mut open = self.transfers.lock();
            let row = open.add(upload.job(&path, &folder, &name, String::new(), None));
            open.step(row, Change::Scanning);
            (row, open.begin_run(row).0)
        };
        let there = list_all(upload, &root).await.unwrap_or_default();
        let (send, mut found) = tokio::sync::mpsc::channel(256);
        let (scanning, rules) = (stop.clone(), self.scan_rules());
        let scanner = tokio::task::spawn_blocking(move || {
            scan(&path, &rules, &scanning, &mut |entry| send.blocking_send(entry).is_ok());
        });
        let mut count = 0u32;
        while let Some(entry) = found.recv().await {
            if stop.is_cancelled() {
                break;
            }
            match entry {
                Scanned::File { path, inside } => {
                    count += 1;
                    let folder = format!("{root}{inside}");
                    self.queue_file(upload, &path, &folder, &there).await;
                }
                Scanned::EmptyFolder { path, inside } => {
                    let key = format!("{root}{inside}");
                    let name = inside.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty());
                    let name = name.unwrap_or(&upload_name(&root)).to_owned();
                    self.transfers.lock().add(upload.job(&path, &root, &name, key, Some(0)));
                }
                Scanned::Unreadable { path, name, failure } => self.fail_at_once(upload, &path, &root, &name, &failure),
            }
            self.transfers.lock().step(row, Change::Found(count));
            if count % 64 == 1 {
                self.pump();
            }
        }
        drop(found);
        if scanner.await.is_err() {
            tracing::error!("reading a folder ended early");
        }
        let mut open = self.transfers.lock();
        open.end_run(row);
        // A cancelled scan keeps its row, so that the person sees what happened; a finished one has become its files.
        if open.queue.get(row).is_some_and(|transfer| transfer.state == TransferState::Scanning) {
            open.step(row, Change::Finished { key: String::new() });
            open.step(row, Change::Cleared);
        }
        drop(open);
        self.pump();
    }

    fn fail_at_once(&self, upload: &Upload, path: &Path, folder: &str, name: &str, failure: &Failure) {
        let mut open = self.transfers.lock();
        let id = open.add(upload.job(path, folder, name, String::new(), None));
        open.step(id, Change::Failed(failure.clone()));
    }
}

impl Upload {
    fn job(&self, path: &Path, folder: &str, name: &str, key: String, size: Option<u64>) -> Job {
        Job {
            owner: self.owner.clone(),
            batch: self.batch,
            kind: TransferKind::Upload,
            space: self.place.space.clone(),
            key,
            local: path.to_owned(),
            name: name.to_owned(),
            folder: folder.to_owned(),
            size,
            modified: None,
            etag: None,
        }
    }
}

/// Last change of a file on this computer, where its file system keeps it.
pub(crate) fn modified_of(meta: &std::fs::Metadata) -> Option<Millis> {
    meta.modified().ok().map(Millis::from)
}

/// Both sides of a name that exists.
pub(crate) fn conflict_of(key: &str, new: ConflictSide, there: &ObjectInfo, appeared: bool) -> Conflict {
    let name = key.rsplit('/').next().unwrap_or(key);
    let there = ConflictSide {
        size: ByteSize(there.size),
        modified: there.modified.map(Millis::from),
        etag: Some(there.etag.clone()),
    };
    Conflict { new, there, keep_both_name: keep_both_name(name, 2), key: key.to_owned(), appeared }
}

/// The side of the file on this computer.
pub(crate) fn meta_side(path: &Path) -> ConflictSide {
    let meta = std::fs::metadata(path).ok();
    ConflictSide {
        size: ByteSize(meta.as_ref().map_or(0, std::fs::Metadata::len)),
        modified: meta.and_then(|meta| meta.modified().ok()).map(Millis::from),
        etag: None,
    }
}

async fn there_for_files(upload: &Upload, files: &[PathBuf]) -> Result<There, Failure> {
    let storage = &upload.storage;
    if files.len() > ASKED_SINGLY {
        return list_folder(upload).await;
    }
    let mut there = There::new();
    for name in files.iter().filter_map(|path| path.file_name()?.to_str()) {
        let key = format!("{}{name}", upload.place.folder);
        let Ok(parsed) = amphora_storage::Key::parse(&key) else { continue };
        let found = storage.find(&upload.space, &parsed).await.map_err(|error| Failure::of_storage(&error))?;
        there.extend(found.map(|object| (key, object)));
    }
    Ok(there)
}

async fn list_folder(upload: &Upload) -> Result<There, Failure> {
    list(upload, &upload.place.folder, Shape::Folder).await
}

async fn list_all(upload: &Upload, root: &str) -> Result<There, Failure> {
    list(upload, root, Shape::Deep).await
}

async fn list(upload: &Upload, prefix: &str, shape: Shape) -> Result<There, Failure> {
    let storage = &upload.storage;
    let mut there = There::new();
    let mut token = None;
    loop {
        let page = storage.list_page(&upload.space, prefix, shape, token).await;
        let page = page.map_err(|error| Failure::of_storage(&error))?;
        there.extend(page.objects.into_iter().map(|object| (object.key.clone(), object)));
        token = page.next;
        if token.is_none() {
            return Ok(there);
        }
    }
}

fn upload_name(root: &str) -> String {
    root.trim_end_matches('/').rsplit('/').next().unwrap_or(root).to_owned()
}

fn unreadable_name(name: &str) -> Failure {
    Failure::new(
        FailureCode::NameNotAllowed,
        format!("Couldn't upload “{name}”: its name is not valid text, so the storage can't keep it."),
        "Rename it on this computer and drop it again.",
    )
}
