//! One process a data folder: a lock file, held as long as the process lives, that says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Holds a data folder until it is dropped or the process ends, however that happens.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock of `data_dir`, or says who has it.
    pub fn take(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join("sandbox.lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(Error::file("open", &path))?;
        match file.try_lock() {
            Ok(()) => {
                let holder = format!("process {}", std::process::id());
                file.set_len(0)
                    .and_then(|()| file.seek(SeekFrom::Start(0)))
                    .and_then(|_| file.write_all(holder.as_bytes()))
                    .map_err(Error::file("write", &path))?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Where a lock forbids reading as well, the name stays unknown.
                if file.read_to_string(&mut holder).is_err() || holder.is_empty() {
                    "another process".clone_into(&mut holder);
                }
                Err(Error::Held { path: data_dir.to_owned(), holder })
            }
            Err(TryLockError::Error(source)) => Err(Error::file("lock", &path)(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_and_told_who_is_first() {
        let dir = tempfile::tempdir().unwrap();
        let first = FolderLock::take(dir.path()).unwrap();
        let refusal = FolderLock::take(dir.path()).unwrap_err().to_string();
        assert!(refusal.contains(&format!("process {}", std::process::id())), "names the holder: {refusal}");
        drop(first);
        FolderLock::take(dir.path()).expect("the folder is free again");
    }
}
