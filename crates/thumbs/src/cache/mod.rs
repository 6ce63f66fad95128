//! Pictures kept on disk, so that a second visit fetches and decodes nothing. Loses the least recently used first.
//!
//! One folder a scope, so that everything a person left can be forgotten at once; below it 256 shards. A file is written
//! beside its place and renamed into it; one that is cut short or changed is a miss. All calls block on the disk.

mod entry;
mod inventory;

use crate::picture::Picture;
use inventory::Inventory;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How often a picture that is looked at again and again is marked as used.
const USED_EVERY: Duration = Duration::from_secs(600);

/// What a cached picture is of, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    /// The backend, and the identity or the shared level: nobody finds what another left.
    pub scope: String,
    /// The bucket.
    pub bucket: String,
    /// The whole key in the bucket, level included where the scope does not tell it.
    pub key: String,
    /// The content; another content is another picture.
    pub etag: String,
    /// The longest edge that was asked for.
    pub edge: u32,
}

/// A cache of pictures in one folder.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    max_bytes: u64,
    /// Bytes in the folder; not yet counted before the first `put`.
    used: Mutex<Option<u64>>,
    written: AtomicU64,
}

impl Cache {
    /// What a cache takes of a disk when nothing else is wished.
    pub const DEFAULT_BYTES: u64 = 512 << 20;

    /// Opens the folder, making it where it is missing, readable by its owner only.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>, max_bytes: u64) -> io::Result<Self> {
        let folder = folder.into();
        make_private(&folder)?;
        Ok(Self { folder, max_bytes, used: Mutex::new(None), written: AtomicU64::new(0) })
    }

    /// The picture, if it is there and whole.
    #[must_use]
    pub fn get(&self, key: &CacheKey) -> Option<Picture> {
        let path = self.path(key);
        let bytes = fs::read(&path).ok()?;
        let Some(picture) = entry::read(&bytes) else {
            tracing::debug!("a cached picture was damaged and is made again");
            let _gone = fs::remove_file(&path);
            return None;
        };
        mark_used(&path);
        Some(picture)
    }

    /// Keeps a picture; makes room where needed.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn put(&self, key: &CacheKey, picture: &Picture) -> io::Result<()> {
        let path = self.path(key);
        let shard = path.parent().ok_or(ErrorKind::InvalidInput)?;
        make_private(shard)?;
        let bytes = entry::write(picture);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match *used {
            Some(before) => before,
            None => Inventory::take(&self.folder)?.bytes(),
        };
        let replaced = fs::metadata(&path).map_or(0, |there| there.len());
        self.write(&path, &bytes)?;
        let mut now = (before + bytes.len() as u64).saturating_sub(replaced);
        if now > self.max_bytes {
            // A tenth more goes than must, so that the folder is not walked for every picture.
            now = Inventory::take(&self.folder)?.reduce_to(self.max_bytes / 10 * 9);
        }
        *used = Some(now);
        Ok(())
    }

    /// Forgets every picture of a scope: someone signed out, or a storage was removed.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn forget_scope(&self, scope: &str) -> io::Result<()> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = None;
        match fs::remove_dir_all(self.folder.join(scope_name(scope))) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let beside = path.with_extension(format!("{}-{number}.{}", std::process::id(), inventory::UNFINISHED));
        let written =
            File::create(&beside).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            let _gone = fs::remove_file(&beside);
        }
        written
    }

    fn path(&self, key: &CacheKey) -> PathBuf {
        let CacheKey { scope, bucket, key, etag, edge } = key;
        let name = digest(&[scope.as_bytes(), bucket.as_bytes(), key.as_bytes(), etag.as_bytes(), &edge.to_be_bytes()]);
        self.folder.join(scope_name(scope)).join(&name[..2]).join(&name[2..])
    }
}

fn scope_name(scope: &str) -> String {
    digest(&[scope.as_bytes()])[..32].to_owned()
}

// Each part goes in with its length, or two keys could run together to the same text.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

// The time of change stands for the time of use: access times are off on many disks.
fn mark_used(path: &Path) {
    let Ok(file) = File::options().append(true).open(path) else { return };
    let marked = file.metadata().and_then(|there| there.modified());
    let old = marked.map_or(true, |marked| marked.elapsed().unwrap_or(USED_EVERY) >= USED_EVERY);
    if old {
        let _only_a_mark = file.set_modified(SystemTime::now());
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
