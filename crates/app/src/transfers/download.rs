//! From a selection to files on this computer. Never overwrites, never leaves the chosen folder.

use super::identical::is_identical;
use super::job::{Job, Transfer};
use super::safe_name::safe_name;
use super::store::Queued;
use crate::app::App;
use crate::listing::Chosen;
use crate::wire::{Failure, FailureCode, Id, PhotoChoices, Row, RowKind, Selection, SpaceRef, TransferKind};
use amphora_storage::{Control, ErrorKind, Key, Saved, Space, Storage, StorageError, keep_both_name};
use std::path::{Path, PathBuf};

/// Names tried before giving up: "a (2).txt" … "a (999).txt".
const MOST_NAMES: u32 = 999;
/// Smaller files are fetched anew: that costs less than looking after their beginnings.
pub(super) const WORTH_KEEPING: u64 = 8 * 1024 * 1024;

impl App {
    /// Puts a selection into the queue for a folder of this computer. The folder comes from the window's own dialog.
    ///
    /// # Errors
    /// The listing is closed, or the account may not read the place.
    pub fn download_selection(&self, selection: &Selection, to: &Path) -> Result<Queued, Failure> {
        let Chosen { space, folder, rows, .. } = self.chosen(selection)?;
        self.download_rows((&space, &folder), &rows, to, None)
    }

    /// Puts rows into the queue for a folder of this computer, all of them in one commit.
    ///
    /// # Errors
    /// The account may not read the place.
    pub(crate) fn download_rows(
        &self,
        (space, folder): (&SpaceRef, &str),
        rows: &[Row],
        to: &Path,
        request: Option<&str>,
    ) -> Result<Queued, Failure> {
        let session = self.session()?;
        session.files(space)?;
        let owner = session.owner();
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut open = self.transfers.lock();
        if let Some(batch) = request.and_then(|request| open.queue.batch_of(&owner, request)) {
            return Ok(Queued { count, batch: Id(batch) });
        }
        let batch = open.queue.new_batch(&owner, request, None);
        for row in rows {
            let whole = row.kind == RowKind::Folder;
            open.add(Job {
                owner: owner.clone(),
                batch,
                kind: TransferKind::Download,
                whole,
                space: space.clone(),
                key: row.key.clone(),
                from: None,
                local: to.join(safe_name(&row.name)),
                name: row.name.clone(),
                folder: folder.to_owned(),
                size: (!whole).then_some(row.size.0),
                modified: None,
                etag: (!row.etag.is_empty()).then(|| row.etag.clone()),
                content_type: None,
                photos: PhotoChoices::default(),
            });
        }
        open.outage.tried();
        open.queue.commit();
        drop(open);
        self.pump();
        Ok(Queued { count, batch: Id(batch) })
    }
}

/// How a file came.
pub(super) enum Fetched {
    /// As this file.
    As(PathBuf),
    /// An earlier try had brought it, and its end was lost.
    Before,
}

/// Fetches one file under its name, or the next free one: "a (2).txt".
pub(super) async fn fetch(
    storage: &Storage,
    space: &Space,
    key: &Key,
    transfer: &Transfer,
    control: &Control,
) -> Result<Fetched, Failure> {
    let job = &transfer.job;
    if let Some(folder) = job.local.parent()
        && !storage.has_folder(folder).await
    {
        make_folder(job, folder.to_owned()).await?;
    }
    // Two files of one download may want the same name; the file system decides who has it.
    let mut path = job.local.clone();
    for _ in 0..MOST_NAMES {
        match fetch_to(storage, (space, key), job, &path, control).await {
            Ok(_) => return Ok(Fetched::As(path)),
            // Asked only now: a run that was stopped while it wrote may give the file its name a moment later.
            Err(error)
                if error.kind() == ErrorKind::AlreadyExists
                    && (transfer.again && path == job.local)
                    && is_here(job).await =>
            {
                return Ok(Fetched::Before);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => path = free_path(&job.local),
            Err(error) => return Err(Failure::of_storage(&error)),
        }
    }
    Err(Failure::new(
        FailureCode::LocalFile,
        format!("Couldn't download “{}”: the folder has too many files of this name.", job.name),
        "Choose another folder.",
    ))
}

async fn make_folder(job: &Job, folder: PathBuf) -> Result<(), Failure> {
    let made = tokio::task::spawn_blocking(|| std::fs::create_dir_all(folder)).await;
    let made = made.map_err(std::io::Error::other).and_then(|made| made);
    made.map_err(|error| Failure::of_io("make a folder for", &job.name, &error))
}

/// Whether the file is there as the storage has it.
async fn is_here(job: &Job) -> bool {
    let (Some(size), Some(etag), local) = (job.size, job.etag.clone(), job.local.clone()) else { return false };
    let look = move || local.metadata().is_ok_and(|meta| is_identical(&local, meta.len(), size, &etag));
    tokio::task::spawn_blocking(look).await.unwrap_or(false)
}

/// Large files go on where an earlier try broke off. Of a version that is not there any more, or of what came damaged,
/// nothing is used: it is fetched once more, in one piece.
async fn fetch_to(
    storage: &Storage,
    (space, key): (&Space, &Key),
    job: &Job,
    path: &Path,
    control: &Control,
) -> Result<Saved, StorageError> {
    let Some((etag, size)) = kept_version(job) else { return storage.get_to_file(space, key, path, control).await };
    match storage.get_on(space, key, (&job.local, path), (etag, size), control).await {
        Err(error) if matches!(error.kind(), ErrorKind::ChangedMeanwhile | ErrorKind::Damaged) => {
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

/// Makes a folder of its own: under its name, or the next free one. The file system decides who has it.
pub(super) fn claim_folder(wanted: &Path) -> std::io::Result<PathBuf> {
    if let Some(above) = wanted.parent() {
        std::fs::create_dir_all(above)?;
    }
    loop {
        let path = free_path(wanted);
        match std::fs::create_dir(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && path != wanted => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && free_path(wanted) != path => {}
            made => return made.map(|()| path),
        }
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
    fn two_downloads_of_one_folder_have_a_folder_each() {
        let dir = tempfile::tempdir().unwrap();
        let wanted = dir.path().join("new/trip");
        assert_eq!(claim_folder(&wanted).unwrap(), wanted);
        assert_eq!(claim_folder(&wanted).unwrap(), dir.path().join("new/trip (2)"));
        assert!(dir.path().join("new/trip (2)").is_dir(), "it is there before anything comes");
    }

    #[test]
    fn a_name_that_is_taken_gets_the_next_number() {
        let dir = tempfile::tempdir().unwrap();
        let wanted = dir.path().join("report.pdf");
        assert_eq!(free_path(&wanted), wanted);
        std::fs::write(&wanted, b"x").unwrap();
        assert_eq!(free_path(&wanted), dir.path().join("report (2).pdf"));
    }
}
