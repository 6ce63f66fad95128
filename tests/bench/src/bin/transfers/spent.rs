//! Folders that a run is done with. Removing many files slows down whoever makes files next: ext4 passes over the numbers of
//! what was removed in the last minutes, one by one. So they are emptied at once and removed at the end.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// Removed when this is.
#[derive(Default)]
pub struct Spent(Vec<TempDir>);

impl Spent {
    /// Empties the files of a folder.
    pub fn add(&mut self, folder: TempDir) -> io::Result<()> {
        empty(folder.path())?;
        self.0.push(folder);
        Ok(())
    }
}

fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            empty(&entry.path())?;
        } else if kind.is_file() {
            File::create(entry.path())?;
        }
    }
    Ok(())
}
