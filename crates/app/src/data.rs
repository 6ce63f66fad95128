//! The data folder: one holder at a time, small files written whole.

use crate::wire::{Failure, FailureCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of the keychain's entries and of the data folder, the same for the window and the command line.
pub const IDENTIFIER: &str = "dev.amphora.desktop";

/// `AMPHORA_DATA_DIR`, or the system's place for the data of applications.
#[must_use]
pub fn data_folder() -> PathBuf {
    let named = std::env::var_os("AMPHORA_DATA_DIR").filter(|named| !named.is_empty());
    named.map_or_else(|| dirs::data_dir().unwrap_or_else(std::env::temp_dir).join(IDENTIFIER), PathBuf::from)
}

/// An opened data folder. The lock lasts as long as this value.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, making it if need be, and becomes its only holder.
    ///
    /// # Errors
    /// Another process holds it, or the disk refuses.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(path).map_err(|error| Failure::of_io("open", &path.display().to_string(), &error))?;
        keep_to_oneself(path);
        let name = path.join("amphora.lock");
        let lock = File::create(&name).map_err(|error| Failure::of_io("open", &name.display().to_string(), &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Failure::new(
                FailureCode::BusyElsewhere,
                "Amphora is already running with these files.",
                "Use the window that is open, or close it first.",
            )),
            Err(TryLockError::Error(error)) => Err(Failure::of_io("lock", &name.display().to_string(), &error)),
        }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder inside.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Reads a small file of JSON; one that is missing or broken counts as never written.
    #[must_use]
    pub fn read<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        let Ok(bytes) = std::fs::read(self.path.join(name)) else { return T::default() };
        serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(name, %error, "starting without a broken file");
            T::default()
        })
    }

    /// Writes a small file of JSON: all of it or nothing.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn write<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Failure> {
        let path = self.path.join(name);
        let write = || -> std::io::Result<()> {
            let bytes = serde_json::to_vec_pretty(value)?;
            let temporary = self.path.join(format!("{name}.new"));
            let mut file = File::create(&temporary)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(&temporary, &path)
        };
        write().map_err(|error| Failure::of_io("save", name, &error))
    }
}

/// The folder holds what one person was shown and may ask: nobody else on this computer reads or enters it.
#[cfg(unix)]
fn keep_to_oneself(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Err(error) = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)) {
        tracing::warn!(%error, "others may be able to enter the data folder");
    }
}

/// A profile's folders belong to one person already.
#[cfg(not(unix))]
fn keep_to_oneself(_path: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_holder_and_is_free_again_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let first = DataFolder::open(dir.path()).unwrap();
        let second = DataFolder::open(dir.path()).unwrap_err();
        assert_eq!(second.code, FailureCode::BusyElsewhere);
        drop(first);
        DataFolder::open(dir.path()).unwrap();
    }

    #[test]
    fn what_was_written_is_read_and_what_is_broken_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(dir.path()).unwrap();
        folder.write("x.json", &vec![1, 2]).unwrap();
        assert_eq!(folder.read::<Vec<i32>>("x.json"), [1, 2]);
        std::fs::write(dir.path().join("x.json"), b"[1,").unwrap();
        assert!(folder.read::<Vec<i32>>("x.json").is_empty());
    }
}
