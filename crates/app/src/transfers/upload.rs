//! From what was picked to jobs in the queue: everything in one commit, then names that exist.

use super::job::Job;
use super::step::Change;
use super::store::Open;
use super::there::There;
use crate::app::App;
use crate::listing::media_of;
use crate::naming::Naming;
use crate::session::Session;
use crate::wire::{
    ByteSize, Conflict, ConflictAnswer, ConflictSide, Failure, FailureCode, Id, Media, Millis, PhotoChoices, PlaceRef,
    TransferKind,
};
use amphora_storage::{ObjectInfo, Shape, Space, Storage, keep_both_name};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Single files that are asked for one by one; above that the folder is listed once.
const ASKED_SINGLY: usize = 20;

/// What is said of an upload beforehand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beforehand {
    /// Names the request, so that it is not made twice.
    pub request: Option<String>,
    /// The answer to names that exist.
    pub answer: Option<ConflictAnswer>,
    /// What becomes of photos.
    pub photos: PhotoChoices,
}

/// One upload: where it goes, as whom.
#[derive(Clone)]
pub(super) struct Upload {
    pub session: Arc<Session>,
    pub owner: String,
    pub batch: u64,
    pub place: PlaceRef,
    /// How picked files are named; none keep their names, as what is in a folder does.
    pub naming: Option<Arc<Naming>>,
    /// What becomes of photos.
    pub photos: PhotoChoices,
}

impl App {
    /// Puts files and folders into the queue, all of them in one commit; then looks for names that exist.
    ///
    /// # Errors
    /// No storage is connected.
    pub(crate) fn upload_paths(&self, paths: Vec<PathBuf>, place: PlaceRef, how: Beforehand) -> Result<Id, Failure> {
        let session = self.session()?;
        let owner = session.owner();
        let mut open = self.transfers.lock();
        if let Some(batch) = how.request.as_deref().and_then(|request| open.queue.batch_of(&owner, request)) {
            return Ok(Id(batch));
        }
        let batch = open.queue.new_batch(&owner, how.request.as_deref(), how.answer);
        let naming = self.naming_of(&session).map(Arc::new);
        let upload = Upload { session, owner, batch, place, naming, photos: how.photos };
        let held: Vec<(u64, Job)> = paths.iter().filter_map(|path| upload.pick(&mut open, path)).collect();
        open.outage.tried();
        open.queue.commit();
        drop(open);
        let app = self.clone();
        self.transfers.tasks.spawn(async move {
            app.pump();
            app.release_picked(&upload, held).await;
            app.pump();
        });
        Ok(Id(batch))
    }

    pub(super) async fn release_picked(&self, upload: &Upload, held: Vec<(u64, Job)>) {
        let there = there_for_files(upload, &held).await.unwrap_or_else(|failure| {
            // The server decides at the end in any case; not knowing early costs a second sending at the most.
            tracing::info!(%failure, "could not look for names that exist");
            There::default()
        });
        let mut looked = Vec::with_capacity(held.len());
        for (id, job) in held {
            looked.push((id, self.look_up(&job, &there).await));
        }
        let mut open = self.transfers.lock();
        let free: Vec<u64> = looked.into_iter().filter_map(|(id, met)| met.settle(&mut open, id)).collect();
        open.queue.release(&free);
        open.queue.commit();
    }

    /// What a file meets at its target.
    pub(super) async fn look_up(&self, job: &Job, there: &There) -> Met {
        let named = there.at(job);
        if let Some(object) = named
            && self.is_stored(job, object).await
        {
            return Met::Itself;
        }
        if let Some(name) = self.duplicate_of(job, there).await {
            return Met::Duplicate(name);
        }
        let Some(object) = named else { return Met::Nothing };
        Met::Another(Box::new(conflict_of(&job.key, meta_side(&job.local), object, false)))
    }
}

impl App {
    /// The name under which the folder has the content of a photo already, where those are to be skipped.
    async fn duplicate_of(&self, job: &Job, there: &There) -> Option<String> {
        if !job.photos.skip_duplicates || media_of(&job.name) != Media::Image {
            return None;
        }
        for object in there.as_long_as(job, self.size_sent(job).await?) {
            if self.is_stored(job, object).await {
                return Some(object.key.rsplit('/').next().unwrap_or(&object.key).to_owned());
            }
        }
        None
    }
}

/// What a file meets at its target.
pub(super) enum Met {
    Nothing,
    Itself,
    /// Its content, under this name.
    Duplicate(String),
    Another(Box<Conflict>),
}

impl Met {
    /// Has the queue know it; gives the id back if the transfer can start.
    pub fn settle(self, open: &mut Open, id: u64) -> Option<u64> {
        let conflict = match self {
            Self::Nothing => return Some(id),
            Self::Itself => {
                open.step(id, Change::AlreadyThere);
                return None;
            }
            Self::Duplicate(name) => {
                open.step(id, Change::Duplicate(name));
                return None;
            }
            Self::Another(conflict) => conflict,
        };
        open.step(id, Change::Asked(conflict));
        let batch = open.queue.get(id).map(|transfer| transfer.job.batch);
        if let Some(answer) = batch.and_then(|batch| open.queue.answer(batch)) {
            open.step(id, Change::Answered(answer));
        }
        None
    }
}

impl Upload {
    /// Queues one picked file or folder. A file is held, and given back, until it is known what it meets.
    fn pick(&self, open: &mut Open, path: &Path) -> Option<(u64, Job)> {
        let folder = self.place.folder.clone();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let id = open.add(self.job(path, &folder, &name, String::new(), None));
            open.step(id, Change::Failed(Box::new(unreadable_name(&name))));
            return None;
        };
        if path.is_dir() {
            let job = self.job(path, &folder, name, format!("{folder}{name}/"), None);
            open.add(Job { whole: true, ..job });
            return None;
        }
        let named = self.naming.as_ref().map_or_else(|| name.to_owned(), |rule| rule.next_name(name));
        let job = self.file(path, &folder, &named);
        Some((open.add_held(job.clone()), job))
    }

    /// The job of a file as it is now.
    pub fn file(&self, path: &Path, folder: &str, name: &str) -> Job {
        let meta = std::fs::metadata(path).ok();
        let size = meta.as_ref().map(std::fs::Metadata::len);
        let modified = meta.as_ref().and_then(modified_of);
        let key = format!("{folder}{name}");
        // A naming rule may make folders of its own.
        let at = key.rfind('/').map_or(0, |slash| slash + 1);
        Job { modified, ..self.job(path, &key[..at], &key[at..], key.clone(), size) }
    }

    /// A job of this upload.
    pub fn job(&self, path: &Path, folder: &str, name: &str, key: String, size: Option<u64>) -> Job {
        Job {
            owner: self.owner.clone(),
            batch: self.batch,
            kind: TransferKind::Upload,
            whole: false,
            space: self.place.space.clone(),
            key,
            from: None,
            local: path.to_owned(),
            name: name.to_owned(),
            folder: folder.to_owned(),
            size,
            modified: None,
            etag: None,
            content_type: None,
            photos: self.photos,
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
    let there = side_of(there);
    Conflict { new, there, keep_both_name: keep_both_name(name, 2), key: key.to_owned(), appeared }
}

/// The side of a file in the storage.
pub(crate) fn side_of(object: &ObjectInfo) -> ConflictSide {
    ConflictSide {
        size: ByteSize(object.size),
        modified: object.modified.map(Millis::from),
        etag: Some(object.etag.clone()),
    }
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

async fn there_for_files(upload: &Upload, files: &[(u64, Job)]) -> Result<There, Failure> {
    let (storage, space) = upload.session.files(&upload.place.space)?;
    // A content may have any name: the folder is listed for it.
    if files.len() > ASKED_SINGLY || upload.photos.skip_duplicates {
        return list(&storage, &space, &upload.place.folder, Shape::Folder).await;
    }
    let mut there = There::default();
    for (_, job) in files {
        let Ok(parsed) = amphora_storage::Key::parse(&job.key) else { continue };
        let found = storage.find(&space, &parsed).await.map_err(|error| Failure::of_storage(&error))?;
        there.extend(found.map(|object| ObjectInfo { key: job.key.clone(), ..object }));
    }
    Ok(there)
}

/// Files of a target that are known before the first is sent; what a larger one has is told by the server, file by file.
const MOST_KNOWN: usize = 100_000;

/// Everything below a prefix, by key, or as much as fits into a little memory.
pub(super) async fn list(storage: &Storage, space: &Space, prefix: &str, shape: Shape) -> Result<There, Failure> {
    let mut there = There::default();
    let mut token = None;
    loop {
        let page = storage.list_page(space, prefix, shape, token).await;
        let page = page.map_err(|error| Failure::of_storage(&error))?;
        there.extend(page.objects);
        token = page.next;
        if token.is_none() || there.len() >= MOST_KNOWN {
            return Ok(there);
        }
    }
}

fn unreadable_name(name: &str) -> Failure {
    Failure::new(
        FailureCode::NameNotAllowed,
        format!("Couldn't upload “{name}”: its name is not valid text, so the storage can't keep it."),
        "Rename it on this computer and drop it again.",
    )
}
