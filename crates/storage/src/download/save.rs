//! Saving an object to a file: streamed, under its name only when it is whole, never over another file unless told.

use std::io;
use std::path::Path;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::fetch::{About, Fetch};
use super::kept_part::{KeptPart, kept_path};
use super::part_file::{OsPartFile, PartFile};
use super::proof::{Fetched, Readers};
use super::small_files::WholeFile;
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::pace::Way;
use crate::space::{Space, Verb};
use crate::storage::Storage;

/// Pieces between network and disk; each is what one read of the connection gave. More would be out of the processor's cache
/// by the time they are written.
pub(super) const IN_BETWEEN: usize = 2;

/// Objects up to this size are gathered, then written in one go: for small files, handing pieces to a thread that waits for
/// them costs more than the bytes.
const GATHERED: u64 = 256 * 1024;

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
    /// What arrives is compared with the checksum that the server tells of the whole; with that of its parts' checksums
    /// where the server tells the sizes of the parts too; else, if the line broke in between, with an ETag that is an MD5.
    ///
    /// # Errors
    /// `AlreadyExists`: there is a file; `Damaged`: the checksum is another; `LocalFile`, `DiskFull`; else as
    /// [`Storage::get`]. Nothing is left behind.
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
        self.save(space, key, (path, false), control).await
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
        self.save(space, key, (path, true), control).await
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
        let opening = self.open_to_save(space, key, control);
        let fetch = control.run("download", key.as_str(), opening).await?;
        self.stream(fetch, Vec::new(), file, control).await
    }

    /// Saves an object under `path`, which must be free, in ranges side by side, going on with what an earlier try left
    /// beside `wanted`: of the same version (`etag`, `size`) what is missing is fetched; of another version nothing is used.
    /// What was fetched stays after a failure, until [`Storage::discard_kept`]; what is `Damaged` does not.
    ///
    /// The whole is compared as by [`Storage::get_to_file`], and with an ETag that is an MD5 where there is no checksum.
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
        let (wanted, target, version) = (wanted.to_owned(), path.to_owned(), etag.to_owned());
        let open = move || {
            if target.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            KeptPart::open(&wanted, &target, &version, size)
        };
        let opened = on_disk(key, open).await?;
        let Some(part) = opened else { return self.get_to_file(space, key, path, control).await };
        let target = self.target(space, key, Verb::Get, "download")?;
        self.get_ranges(target, etag, part, control).await
    }

    /// Whether there is a folder to save into. Asks without holding anybody up, however long a network drive takes to answer.
    pub async fn has_folder(&self, folder: &Path) -> bool {
        self.small_files().disk(folder).await.is_ok()
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
        (path, overwrite): (&Path, bool),
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let local = |error| StorageError::of_io(error, "download", key.as_str());
        let opening = async {
            let disk = self.small_files().expect_room(path, overwrite).await.map_err(local)?;
            let mut fetch = self.open_to_save(space, key, control).await?;
            let mut gathered = Vec::new();
            if fetch.about().size <= GATHERED {
                while let Some(piece) = fetch.next().await? {
                    gathered.push(piece);
                }
            }
            Ok((disk, fetch, gathered))
        };
        let (disk, fetch, gathered) = control.run("download", key.as_str(), opening).await?;
        if fetch.left() > 0 || fetch.is_unproved() {
            let path = path.to_owned();
            let create = move || if overwrite { OsPartFile::over(&path) } else { OsPartFile::beside(&path) };
            let created = on_disk(key, create).await?;
            return self.stream(fetch, gathered, Box::new(created), control).await;
        }
        let About { size, etag, modified, .. } = fetch.about().clone();
        // The next request need not wait for this disk.
        drop(fetch);
        let cancel = control.cancel.clone();
        let whole = WholeFile { target: path.to_owned(), overwrite, pieces: gathered, modified, cancel };
        let written = self.small_files().write(whole, disk).await;
        written.map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => StorageError::new(ErrorKind::Cancelled, "download", key.as_str()),
            _ => local(error),
        })?;
        Ok(Saved { size, etag })
    }

    async fn open_to_save<'a>(
        &'a self,
        space: &Space,
        key: &Key,
        control: &'a Control,
    ) -> Result<Fetch<'a>, StorageError> {
        let target = self.target(space, key, Verb::Get, "download")?;
        let lane = self.pace().lane(Way::Down, true);
        Fetch::open(self, target, "download", None, None, control, Some(lane)).await
    }

    /// Writes what was gathered and what still comes, and gives the file its name once all is there.
    async fn stream(
        &self,
        mut fetch: Fetch<'_>,
        gathered: Vec<Bytes>,
        file: Box<dyn PartFile>,
        control: &Control,
    ) -> Result<Saved, StorageError> {
        let target = fetch.target().clone();
        let key = &target.key;
        let local = |error| StorageError::of_io(error, "download", key.as_str());
        let (pieces, queue) = mpsc::channel(IN_BETWEEN);
        let writer = spawn_blocking(move || write(file, gathered, queue));
        let work = async {
            while let Some(piece) = fetch.next().await? {
                // A closed queue: the writer has failed, and tells below why.
                if pieces.send(piece).await.is_err() {
                    break;
                }
            }
            Ok((fetch.about().clone(), fetch.is_unproved()))
        };
        let fetched = control.run("download", key.as_str(), work).await;
        drop(pieces);
        let written = writer.await.map_err(|error| local(io::Error::other(error)))?;
        // The disk's reason goes first: it is why the rest was not read.
        let part = written.map_err(local)?;
        let (About { size, etag, modified, .. }, unproved) = fetched?;
        if let Some(file) = part.written().map_err(local)?.filter(|_| unproved) {
            let readers = Readers::default();
            let whole = Fetched { storage: self, target: &target, etag: &etag, size, file, crc64: None, readers };
            whole.prove(control).await?;
        }
        if control.cancel.is_cancelled() {
            return Err(StorageError::new(ErrorKind::Cancelled, "download", key.as_str()));
        }
        on_disk(key, move || part.finish(modified)).await?;
        Ok(Saved { size, etag })
    }
}

/// Work of a download that may block.
pub(super) async fn on_disk<T: Send + 'static>(
    key: &Key,
    act: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StorageError> {
    let done = spawn_blocking(act).await.map_err(io::Error::other).and_then(|done| done);
    done.map_err(|error| StorageError::of_io(error, "download", key.as_str()))
}

/// Writes what was gathered and what comes until the queue is closed, and gives the file back for its end.
fn write(
    mut file: Box<dyn PartFile>,
    gathered: Vec<Bytes>,
    mut queue: mpsc::Receiver<Bytes>,
) -> io::Result<Box<dyn PartFile>> {
    gathered.iter().try_for_each(|piece| file.write_all(piece))?;
    while let Some(piece) = queue.blocking_recv() {
        file.write_all(&piece)?;
    }
    Ok(file)
}
