//! From a selection to files on this computer. Never overwrites, never leaves the chosen folder.

use super::queue::{Change, Job};
use super::safe_name::{safe_name, safe_path};
use super::store::Queued;
use crate::app::App;
use crate::listing::Chosen;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Id, Row, RowKind, Selection, SpaceRef, TransferKind, TransferState};
use amphora_storage::{Control, ErrorKind, Key, Saved, Shape, Space, Storage, StorageError, keep_both_name};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names tried before giving up: "a (2).txt" … "a (999).txt".
const MOST_NAMES: u32 = 999;
/// Smaller files are fetched anew: that costs less than looking after their beginnings.
const WORTH_KEEPING: u64 = 8 * 1024 * 1024;

/// One download: what was chosen, where it goes, as whom.
struct Download {
    session: Arc<Session>,
    owner: String,
    batch: u64,
    space: SpaceRef,
    folder: String,
    to: PathBuf,
}

impl App {
    /// Puts a selection into the queue for a folder of this computer. The folder comes from the window's own dialog.
    ///
    /// # Errors
    /// The listing is closed, or the account may not read the place.
    pub fn download_selection(&self, selection: &Selection, to: &Path) -> Result<Queued, Failure> {
        let session = self.session()?;
        let Chosen { space, folder, rows, .. } = self.chosen(selection)?;
        session.files(&space)?;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let owner = session.owner();
        let batch = self.transfers.new_batch();
        let download = Download { session, owner, batch, space, folder, to: to.to_owned() };
        let app = self.clone();
        self.transfers.tasks.spawn(async move {
            for row in rows {
                match row.kind {
                    RowKind::File => {
                        let local = download.to.join(safe_name(&row.name));
                        app.transfers.lock().add(download.job(&row.key, &row.name, local, &row));
                    }
                    RowKind::Folder => app.queue_remote_folder(&download, &row).await,
                }
                app.pump();
            }
        });
        Ok(Queued { count, batch: Id(batch) })
    }

    async fn queue_remote_folder(&self, download: &Download, row: &Row) {
        let root = free_path(&download.to.join(safe_name(&row.name)));
        let (id, stop) = {
            let mut open = self.transfers.lock();
            let mut job = download.job("", &row.name, root.clone(), row);
            job.size = None;
            let id = open.add(job);
            open.step(id, Change::Scanning);
            (id, open.begin_run(id).0)
        };
        let listed = tokio::select! {
            () = stop.cancelled() => return,
            listed = self.queue_pages(download, row, &root, id) => listed,
        };
        let mut open = self.transfers.lock();
        open.end_run(id);
        match listed {
            Err(failure) => {
                open.step(id, Change::Failed(failure));
            }
            Ok(()) if open.queue.get(id).is_some_and(|t| t.state == TransferState::Scanning) => {
                open.step(id, Change::Finished { key: String::new() });
                open.step(id, Change::Cleared);
            }
            Ok(()) => {}
        }
    }

    async fn queue_pages(&self, download: &Download, row: &Row, root: &Path, id: u64) -> Result<(), Failure> {
        let (storage, space) = download.session.files(&download.space)?;
        let mut token = None;
        let mut count = 0u32;
        loop {
            let page = storage.list_page(&space, &row.key, Shape::Deep, token).await;
            let page = page.map_err(|error| Failure::of_storage(&error))?;
            for object in page.objects {
                let rest = object.key.strip_prefix(&row.key).unwrap_or(&object.key);
                if rest.is_empty() || rest.ends_with('/') {
                    let folder = root.join(safe_path(rest.trim_end_matches('/')));
                    let folder = if rest.is_empty() { root.to_owned() } else { folder };
                    std::fs::create_dir_all(&folder).map_err(|error| Failure::of_io("make", &row.name, &error))?;
                    continue;
                }
                count += 1;
                let name = rest.rsplit('/').next().unwrap_or(rest).to_owned();
                let mut job = download.job(&object.key, &name, root.join(safe_path(rest)), row);
                job.size = Some(object.size);
                job.etag = Some(object.etag);
                self.transfers.lock().add(job);
            }
            self.transfers.lock().step(id, Change::Found(count));
            self.pump();
            token = page.next;
            if token.is_none() {
                return Ok(());
            }
        }
    }
}

impl Download {
    fn job(&self, key: &str, name: &str, local: PathBuf, row: &Row) -> Job {
        Job {
            owner: self.owner.clone(),
            batch: self.batch,
            kind: TransferKind::Download,
            space: self.space.clone(),
            key: key.to_owned(),
            local,
            name: name.to_owned(),
            folder: self.folder.clone(),
            size: Some(row.size.0),
            modified: None,
            etag: (!row.etag.is_empty()).then(|| row.etag.clone()),
        }
    }
}

/// Fetches one file under its name, or the next free one: "a (2).txt".
pub(crate) async fn fetch(
    storage: &Storage,
    space: &Space,
    key: &Key,
    job: &Job,
    control: &Control,
) -> Result<(), Failure> {
    if let Some(folder) = job.local.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::of_io("make a folder for", &job.name, &error))?;
    }
    // Two files of one download may want the same name; the file system decides who has it.
    for _ in 0..MOST_NAMES {
        let path = free_path(&job.local);
        match fetch_to(storage, (space, key), job, &path, control).await {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Failure::of_storage(&error)),
        }
    }
    Err(Failure::new(
        FailureCode::LocalFile,
        format!("Couldn't download “{}”: the folder has too many files of this name.", job.name),
        "Choose another folder.",
    ))
}

/// Large files go on where an earlier try broke off. Of a version that is not there any more nothing is used.
async fn fetch_to(
    storage: &Storage,
    (space, key): (&Space, &Key),
    job: &Job,
    path: &Path,
    control: &Control,
) -> Result<Saved, StorageError> {
    let Some((etag, size)) = kept_version(job) else { return storage.get_to_file(space, key, path, control).await };
    match storage.get_on(space, key, (&job.local, path), (etag, size), control).await {
        Err(error) if error.kind() == ErrorKind::ChangedMeanwhile => {
            discard_kept(job);
            storage.get_to_file(space, key, path, control).await
        }
        outcome => outcome,
    }
}

fn kept_version(job: &Job) -> Option<(&str, u64)> {
    job.etag.as_deref().zip(job.size).filter(|(_, size)| *size >= WORTH_KEEPING)
}

/// Removes what an unfinished download left beside its place.
pub(crate) fn discard_kept(job: &Job) {
    if job.kind == TransferKind::Download
        && let Some((etag, _)) = kept_version(job)
        && let Err(error) = Storage::discard_kept(&job.local, etag)
    {
        tracing::warn!(%error, "what is left of a download cannot be removed");
    }
}

fn free_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let taken = |path: &Path| path.symlink_metadata().is_ok();
    if !taken(path) {
        return path.to_owned();
    }
    let names = (2..=MOST_NAMES).map(|number| path.with_file_name(keep_both_name(&name, number)));
    names.into_iter().find(|path| !taken(path)).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_the_next_number() {
        let dir = tempfile::tempdir().unwrap();
        let wanted = dir.path().join("report.pdf");
        assert_eq!(free_path(&wanted), wanted);
        std::fs::write(&wanted, b"x").unwrap();
        assert_eq!(free_path(&wanted), dir.path().join("report (2).pdf"));
    }
}
