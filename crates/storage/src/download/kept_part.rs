//! A part file that outlives a break, an end of the process or a crash, and is gone on with later. Its name says of which
//! version of which object it is the beginning.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use md5::{Digest, Md5};

use super::part_file::{PartFile, begin_of_name, folder_of, sync_folder};
use crate::etag::file_has_etag;
use crate::transfer::hex;

/// The beginning of a version, beside its place. Held by one process at a time.
#[derive(Debug)]
pub(crate) struct KeptPart {
    file: File,
    path: PathBuf,
    target: PathBuf,
    etag: String,
    /// What an earlier try brought.
    from: u64,
}

/// The name of what is kept of a download to `wanted` of the version with this ETag.
pub(crate) fn kept_path(wanted: &Path, etag: &str) -> io::Result<PathBuf> {
    let version = &hex(&Md5::digest(etag))[..12];
    Ok(wanted.with_file_name(format!("{}.{version}.amphora-part", begin_of_name(wanted)?)))
}

impl KeptPart {
    /// Opens what is kept, or begins. `None`: somebody else is at it. At least one byte of `size` is left to fetch, so
    /// that the server tells once more which version it is.
    pub fn open(wanted: &Path, target: &Path, etag: &str, size: u64) -> io::Result<Option<Self>> {
        let path = kept_path(wanted, etag)?;
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).read(true).open(&path)?;
        if file.try_lock().is_err() {
            return Ok(None);
        }
        let from = file.metadata()?.len().min(size.saturating_sub(1));
        file.set_len(from)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Some(Self { file, path, target: target.to_owned(), etag: etag.to_owned(), from }))
    }

    /// Bytes that need not be fetched again.
    pub fn from(&self) -> u64 {
        self.from
    }
}

impl PartFile for KeptPart {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// What was kept may have lost bytes in a power cut, and nothing of it was checked on its way: both are seen here.
    fn finish(self: Box<Self>, modified: Option<SystemTime>) -> io::Result<()> {
        self.file.sync_all()?;
        if self.from > 0 && file_has_etag(&self.path, &self.etag)? == Some(false) {
            std::fs::remove_file(&self.path)?;
            return Err(io::Error::new(io::ErrorKind::InvalidData, "what was kept of the download was damaged"));
        }
        if let Some(modified) = modified {
            // A file system without times is no reason to lose the file.
            let _ = self.file.set_modified(modified);
        }
        tempfile::TempPath::try_from_path(&self.path)?.persist_noclobber(&self.target).map_err(|failed| {
            // Its name is taken: what arrived stays for a try under another.
            let error = failed.error;
            let _ = failed.path.keep();
            error
        })?;
        sync_folder(folder_of(&self.target));
        Ok(())
    }
}
