//! Saving an object to a file: streamed, under its name only when it is whole, never over another file unless told.

use std::io;
use std::path::Path;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::fetch::Fetch;
use super::kept_part::{KeptPart, kept_path};
use super::part_file::{OsPartFile, PartFile};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::pace::Way;
use crate::space::{Space, Verb};
use crate::storage::Storage;

/// Pieces between network and disk; each is what one read of the connection gave.
pub(super) const IN_BETWEEN: usize = 16;

/// A saved object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Bytes.
    pub size: u64,
    /// Without quotes.
    pub etag: String,
}

impl Storage {
    /// Saves an object under `path`, which must be free, with the time at which it was stored.
    ///
    /// # Errors
    /// `AlreadyExists`: there is a file; `LocalFile`, `DiskFull`; else as [`Storage::get`]. Nothing is left behind.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// # let folder = std::env::temp_dir().join(format!("amphora-to-file-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let path = folder.join("hello.txt");
    /// let saved = storage.get_to_file(&Space::Private, &key, &path, &control).await?;
    /// assert_eq!((saved.size, std::fs::read(&path)?), (5, b"Hello".to_vec()));
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get_to_file(
        &self,
        space: &Space,
        key: &Key,
        path: &Path,
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let path = path.to_owned();
        self.save(space, key, move || OsPartFile::beside(&path), control).await
    }

    /// Saves an object under `path`, in place of a file that may be there.
    ///
    /// # Errors
    /// As [`Storage::get_to_file`]; what was there before stays whole until the new file is.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// # let folder = std::env::temp_dir().join(format!("amphora-over-file-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let path = folder.join("hello.txt");
    /// std::fs::write(&path, "an older text")?;
    /// storage.get_over_file(&Space::Private, &key, &path, &control).await?;
    /// assert_eq!(std::fs::read(&path)?, b"Hello");
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get_over_file(
        &self,
        space: &Space,
        key: &Key,
        path: &Path,
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let path = path.to_owned();
        self.save(space, key, move || OsPartFile::over(&path), control).await
    }

    /// Saves an object into a file that the caller brings.
    ///
    /// # Errors
    /// As [`Storage::get_to_file`].
    pub async fn get_into(
        &self,
        space: &Space,
        key: &Key,
        file: Box<dyn PartFile>,
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let target = self.target(space, key, Verb::Get, "download")?;
        let local = |error| StorageError::of_io(error, "download", key.as_str());
        let lane = self.pace().lane(Way::Down, true);
        let (pieces, queue) = mpsc::channel(IN_BETWEEN);
        let writer = spawn_blocking(move || write(file, queue));
        let work = async {
            let mut fetch = Fetch::open(self, target, "download", None, None, control, Some(lane)).await?;
            while let Some(piece) = fetch.next().await? {
                // A closed queue: the writer has failed, and tells below why.
                if pieces.send(piece).await.is_err() {
                    break;
                }
            }
            Ok(fetch.about().clone())
        };
        let fetched = control.run("download", key.as_str(), work).await;
        drop(pieces);
        let written = writer.await.map_err(|error| local(io::Error::other(error)))?;
        // The disk's reason goes first: it is why the rest was not read.
        let file = written.map_err(local)?;
        let about = fetched?;
        if control.cancel.is_cancelled() {
            return Err(StorageError::new(ErrorKind::Cancelled, "download", key.as_str()));
        }
        let modified = about.modified;
        let finished = spawn_blocking(move || file.finish(modified)).await;
        finished.map_err(|error| local(io::Error::other(error)))?.map_err(local)?;
        Ok(Saved { size: about.size, etag: about.etag })
    }

    /// Saves an object under `path`, which must be free, in ranges side by side, going on with what an earlier try left
    /// beside `wanted`: of the same version (`etag`, `size`) what is missing is fetched; of another version nothing is used.
    /// What was fetched stays after a failure, until [`Storage::discard_kept`].
    ///
    /// # Errors
    /// `ChangedMeanwhile`: there is another version now; else as [`Storage::get_to_file`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// # let folder = std::env::temp_dir().join(format!("amphora-on-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let path = folder.join("hello.txt");
    /// let version = storage.properties(&Space::Private, &key).await?;
    /// let (etag, size) = (version.etag.as_str(), version.size);
    /// storage.get_on(&Space::Private, &key, (&path, &path), (etag, size), &control).await?;
    /// assert_eq!(std::fs::read(&path)?, b"Hello");
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get_on(
        &self,
        space: &Space,
        key: &Key,
        (wanted, path): (&Path, &Path),
        (etag, size): (&str, u64),
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let local = |error| StorageError::of_io(error, "download", key.as_str());
        if path.symlink_metadata().is_ok() {
            return Err(local(io::ErrorKind::AlreadyExists.into()));
        }
        let (wanted, target, version) = (wanted.to_owned(), path.to_owned(), etag.to_owned());
        let opened = spawn_blocking(move || KeptPart::open(&wanted, &target, &version, size)).await;
        let opened = opened.map_err(|error| local(io::Error::other(error)))?.map_err(local)?;
        let Some(part) = opened else { return self.get_to_file(space, key, path, control).await };
        let target = self.target(space, key, Verb::Get, "download")?;
        self.get_ranges(target, etag, part, control).await
    }

    /// Removes what an unfinished [`Storage::get_on`] left.
    ///
    /// # Errors
    /// The file system refuses; nothing to remove is no error.
    pub fn discard_kept(wanted: &Path, etag: &str) -> io::Result<()> {
        match std::fs::remove_file(kept_path(wanted, etag)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    async fn save(
        &self,
        space: &Space,
        key: &Key,
        create: impl FnOnce() -> io::Result<OsPartFile> + Send + 'static,
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let local = |error| StorageError::of_io(error, "download", key.as_str());
        let created = spawn_blocking(create).await.map_err(|error| local(io::Error::other(error)))?;
        self.get_into(space, key, Box::new(created.map_err(local)?), control).await
    }
}

/// Writes what comes until the queue is closed, and gives the file back for its end.
fn write(mut file: Box<dyn PartFile>, mut queue: mpsc::Receiver<Bytes>) -> io::Result<Box<dyn PartFile>> {
    while let Some(piece) = queue.blocking_recv() {
        file.write_all(&piece)?;
    }
    Ok(file)
}
