//! Where a download is written until it is whole: a temporary file beside its place, under its name only at the end.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use tempfile::{Builder, NamedTempFile};

use super::folder_sync::sync_folder;

/// A file that is not there for others until it is whole. Dropped unfinished, it leaves nothing behind.
/// All calls may block. Tests bring their own, to fill the disk.
pub trait PartFile: Send + 'static {
    /// Appends.
    ///
    /// # Errors
    /// Whatever the file system says; `StorageFull` counts as a full disk.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// What was written, open for reading from any place. `None`, unless an implementation knows better: it cannot be read,
    /// and what only a reading of the whole could prove stays unproved.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn written(&self) -> io::Result<Option<File>> {
        Ok(None)
    }

    /// Makes everything durable and gives the file its name.
    ///
    /// # Errors
    /// `AlreadyExists` when the name is taken and must not be; else whatever the file system says.
    fn finish(self: Box<Self>, modified: Option<SystemTime>) -> io::Result<()>;
}

/// A part file on this computer's disk.
#[derive(Debug)]
pub struct OsPartFile {
    file: NamedTempFile,
    target: PathBuf,
    overwrite: bool,
}

/// Of the target's name so much that the temporary name stays within 255 bytes.
const NAME_BYTES: usize = 200;

impl OsPartFile {
    /// For a name that must be free.
    ///
    /// # Errors
    /// `AlreadyExists`; or the folder cannot be written to.
    pub fn beside(target: &Path) -> io::Result<Self> {
        if target.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Self::create(target, false)
    }

    /// For a file that is to be replaced.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn over(target: &Path) -> io::Result<Self> {
        Self::create(target, true)
    }

    pub(super) fn create(target: &Path, overwrite: bool) -> io::Result<Self> {
        let prefix = format!("{}.", begin_of_name(target)?);
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(".amphora-part");
        // A temporary file is private by default, a download is as readable as any new file.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self { file: builder.tempfile_in(folder_of(target))?, target: target.to_owned(), overwrite })
    }

    /// Appends pieces as one.
    pub(super) fn write_pieces(&mut self, pieces: &[Bytes]) -> io::Result<()> {
        match pieces {
            [piece] => self.write_all(piece),
            pieces => self.write_all(&pieces.concat()),
        }
    }

    pub(super) fn set_modified(&self, modified: Option<SystemTime>) {
        if let Some(modified) = modified {
            // A file system without times is no reason to lose the file.
            let _ = self.file.as_file().set_modified(modified);
        }
    }

    /// Makes the content durable.
    pub(super) fn settle(&self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    pub(super) fn file(&self) -> &File {
        self.file.as_file()
    }

    /// Gives the file its name, and says which; it lasts when its folder is synced.
    pub(super) fn name(self) -> io::Result<PathBuf> {
        let Self { file, target, overwrite } = self;
        let named = if overwrite { file.persist(&target) } else { file.persist_noclobber(&target) };
        named.map(|_| target).map_err(|failed| failed.error)
    }
}

impl PartFile for OsPartFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_file_mut().write_all(bytes)
    }

    fn written(&self) -> io::Result<Option<File>> {
        self.file.as_file().try_clone().map(Some)
    }

    fn finish(self: Box<Self>, modified: Option<SystemTime>) -> io::Result<()> {
        self.set_modified(modified);
        self.settle()?;
        let target = self.name()?;
        sync_folder(folder_of(&target));
        Ok(())
    }
}

/// As much of a file's name as a longer name can begin with.
pub(super) fn begin_of_name(target: &Path) -> io::Result<String> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let cut = (0..=name.len().min(NAME_BYTES)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    Ok(name[..cut].to_owned())
}

pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
