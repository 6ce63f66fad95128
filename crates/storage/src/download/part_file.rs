//! Where a download is written until it is whole: a temporary file beside its place, under its name only at the end. The
//! temporary name follows from the file's, so that the next try uses up what a kill left; who writes holds the file, so that
//! nobody takes it for left behind.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use tempfile::{Builder, NamedTempFile, TempPath};

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
/// What the name of a download ends with while it is on its way. A file of such a name that nobody holds is taken for left
/// behind, and removed by a download to the name before this ending.
pub const PART_ENDING: &str = ".amphora-part";

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
        let begin = begin_of_name(target)?;
        let path = target.with_file_name(format!("{begin}{PART_ENDING}"));
        let file = match hold_new(&path) {
            Some(file) => NamedTempFile::from_parts(file, TempPath::try_from_path(path)?),
            None => named_by_chance(target, &begin)?,
        };
        Ok(Self { file, target: target.to_owned(), overwrite })
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

/// Makes a file and holds it, so that nobody takes it for left behind. `None`: somebody else is at one of this name, or it
/// cannot be held there.
fn hold_new(path: &Path) -> Option<File> {
    for _ in 0..2 {
        match OpenOptions::new().create_new(true).read(true).write(true).open(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => remove_left(path),
            // Why, a name by chance tells as well, if it is not only this one.
            Err(_) => return None,
            Ok(file) => match file.try_lock() {
                Ok(()) if is_at(&file, path) => return Some(file),
                // Somebody took it for left behind, between its making and its holding.
                Ok(()) | Err(TryLockError::WouldBlock) => return None,
                Err(TryLockError::Error(_)) => {
                    let _ = std::fs::remove_file(path);
                    return None;
                }
            },
        }
    }
    None
}

/// Removes what an end of the process left of a file of this name, unless somebody is at it.
fn remove_left(path: &Path) {
    let is_file = path.symlink_metadata().is_ok_and(|about| about.is_file());
    // Network folders let only who may write hold a file.
    let open = || OpenOptions::new().read(true).write(true).open(path).ok();
    let Some(file) = is_file.then(open).flatten() else { return };
    // It may have got its name before it was held, and another may be there.
    if file.try_lock().is_ok() && is_at(&file, path) {
        let _ = std::fs::remove_file(path);
    }
}

/// Whether this is the file of this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |about: &std::fs::Metadata| (about.dev(), about.ino());
    matches!((file.metadata(), path.symlink_metadata()), (Ok(open), Ok(there)) if number(&open) == number(&there))
}

/// Whether this is the file of this name.
#[cfg(not(unix))]
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(same_file::Handle::from_file);
    matches!((open, same_file::Handle::from_path(path)), (Ok(open), Ok(there)) if open == there)
}

fn named_by_chance(target: &Path, begin: &str) -> io::Result<NamedTempFile> {
    let prefix = format!("{begin}.");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(PART_ENDING);
    // A temporary file is private by default, a download is as readable as any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder_of(target))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    fn names(folder: &Path) -> BTreeSet<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn what_an_end_of_the_process_left_is_used_up_by_the_next_try() {
        let dir = tempfile::tempdir().unwrap();
        let (target, left) = (dir.path().join("a.txt"), dir.path().join("a.txt.amphora-part"));
        fs::write(&left, "half of a longer content").unwrap();
        let mut part = Box::new(OsPartFile::beside(&target).unwrap());
        PartFile::write_all(part.as_mut(), b"whole").unwrap();
        part.finish(None).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"whole");
        assert_eq!(names(dir.path()), ["a.txt".to_owned()].into());
    }

    #[test]
    fn two_at_the_same_name_do_not_meet() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.txt");
        let mut parts = [OsPartFile::over(&target).unwrap(), OsPartFile::over(&target).unwrap()];
        for (part, bytes) in parts.iter_mut().zip([b"one", b"two"]) {
            PartFile::write_all(part, bytes).unwrap();
        }
        for (part, bytes) in parts.into_iter().zip([b"one", b"two"]) {
            Box::new(part).finish(None).unwrap();
            assert_eq!(fs::read(&target).unwrap(), bytes);
        }
        assert_eq!(names(dir.path()), ["a.txt".to_owned()].into());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_leads_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let (target, precious) = (dir.path().join("a.txt"), dir.path().join("precious"));
        fs::write(&precious, "precious").unwrap();
        std::os::unix::fs::symlink(&precious, dir.path().join("a.txt.amphora-part")).unwrap();
        let mut part = Box::new(OsPartFile::beside(&target).unwrap());
        PartFile::write_all(part.as_mut(), b"whole").unwrap();
        part.finish(None).unwrap();
        assert_eq!(fs::read(&precious).unwrap(), b"precious");
        assert_eq!(fs::read(&target).unwrap(), b"whole");
    }
}
