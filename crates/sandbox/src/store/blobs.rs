//! Immutable files of content. A blob is written beside, synced, renamed into place; readers keep it from being removed.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use md5::{Digest, Md5};

use super::checksum::{Algorithm, Hasher, to_hex};
use super::head::Segment;

/// The folder of blobs. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Blobs {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    temporary: PathBuf,
    kept: PathBuf,
    fsync: bool,
    in_use: Mutex<InUse>,
}

/// Which blobs are being read, and which of them are to go when the last reader is done.
#[derive(Debug, Default)]
pub(super) struct InUse {
    readers: HashMap<String, usize>,
    doomed: HashSet<String>,
}

impl Blobs {
    /// Opens the folders under `data_dir`, making them on first use.
    pub(super) fn open(data_dir: &Path, fsync: bool) -> io::Result<Self> {
        let (temporary, kept) = (data_dir.join("incoming"), data_dir.join("blobs"));
        fs::create_dir_all(&temporary)?;
        if !kept.join("ff").is_dir() {
            for shard in 0..=255u8 {
                fs::create_dir_all(kept.join(to_hex(&[shard])))?;
            }
            sync_folder(&kept, fsync)?;
            sync_folder(data_dir, fsync)?;
        }
        Ok(Self { shared: Arc::new(Shared { temporary, kept, fsync, in_use: Mutex::default() }) })
    }

    /// Starts a new blob.
    pub(super) fn create(&self, algorithms: &[Algorithm]) -> io::Result<BlobWriter> {
        let id = to_hex(&rand::random::<[u8; 16]>());
        let path = self.shared.temporary.join(&id);
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(BlobWriter {
            blobs: self.clone(),
            id,
            path: Some(path),
            file: BufWriter::with_capacity(256 * 1024, file),
            size: 0,
            md5: Md5::new(),
            checksums: algorithms.iter().map(|algorithm| (*algorithm, Hasher::new(*algorithm))).collect(),
        })
    }

    /// Opens a blob for reading.
    pub(super) fn read(&self, id: &str) -> io::Result<File> {
        File::open(self.path(id))
    }

    /// Removes what no row refers to: half-written files and orphans of a crash.
    pub(super) fn sweep(&self, referred: &HashSet<String>) -> io::Result<()> {
        for entry in fs::read_dir(&self.shared.temporary)? {
            fs::remove_file(entry?.path())?;
        }
        for shard in fs::read_dir(&self.shared.kept)? {
            for entry in fs::read_dir(shard?.path())? {
                let entry = entry?;
                if !entry.file_name().to_str().is_some_and(|name| referred.contains(name)) {
                    fs::remove_file(entry.path())?;
                }
            }
        }
        Ok(())
    }

    /// Locks the record of readers. A row that is read and pinned under this lock cannot lose its blobs in between.
    pub(super) fn in_use(&self) -> MutexGuard<'_, InUse> {
        self.shared.in_use.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Pins the blobs of `content` until the answer is dropped.
    pub(super) fn pin(&self, in_use: &mut InUse, content: &[Segment]) -> Pins {
        let blobs: Vec<String> = content.iter().map(|segment| segment.blob.clone()).collect();
        for blob in &blobs {
            *in_use.readers.entry(blob.clone()).or_default() += 1;
        }
        Pins { folder: self.clone(), blobs }
    }

    /// Removes blobs, or lets their last reader do it.
    pub(super) fn discard(&self, blobs: Vec<String>) {
        let mut in_use = self.in_use();
        for blob in blobs {
            if in_use.readers.contains_key(&blob) {
                in_use.doomed.insert(blob);
            } else {
                self.unlink(&blob);
            }
        }
    }

    /// Takes back a `discard` of pinned blobs that a new row refers to.
    pub(super) fn revive(&self, blobs: &[String]) {
        let mut in_use = self.in_use();
        for blob in blobs {
            in_use.doomed.remove(blob);
        }
    }

    fn unlink(&self, id: &str) {
        if let Err(error) = fs::remove_file(self.path(id)) {
            // An orphan is swept at the next start.
            tracing::warn!(%error, "couldn't remove a blob");
        }
    }

    fn path(&self, id: &str) -> PathBuf {
        self.shared.kept.join(&id[..2]).join(id)
    }
}

/// Keeps blobs readable.
#[derive(Debug)]
pub struct Pins {
    folder: Blobs,
    blobs: Vec<String>,
}

impl Pins {
    /// Opens one of the pinned blobs.
    pub fn read(&self, blob: &str) -> io::Result<File> {
        self.folder.read(blob)
    }

    /// Reads `content` to its end: its MD5, and into `hasher`.
    pub fn hash(&self, content: &[Segment], hasher: &mut Hasher) -> io::Result<[u8; 16]> {
        let mut md5 = Md5::new();
        let mut buffer = vec![0; 256 * 1024];
        for segment in content {
            let mut file = self.read(&segment.blob)?;
            file.seek(SeekFrom::Start(segment.offset))?;
            let mut left = file.take(segment.length);
            loop {
                let count = left.read(&mut buffer)?;
                if count == 0 {
                    break;
                }
                md5.update(&buffer[..count]);
                hasher.update(&buffer[..count]);
            }
        }
        Ok(md5.finalize().into())
    }
}

impl Drop for Pins {
    fn drop(&mut self) {
        let mut in_use = self.folder.in_use();
        for blob in &self.blobs {
            let Some(count) = in_use.readers.get_mut(blob) else { continue };
            *count -= 1;
            if *count == 0 {
                in_use.readers.remove(blob);
                if in_use.doomed.remove(blob) {
                    self.folder.unlink(blob);
                }
            }
        }
    }
}

/// A blob that is being written; dropped before `finish`, it leaves nothing behind.
pub struct BlobWriter {
    blobs: Blobs,
    id: String,
    path: Option<PathBuf>,
    file: BufWriter<File>,
    size: u64,
    md5: Md5,
    checksums: Vec<(Algorithm, Hasher)>,
}

/// A blob in its place. Dropped before a row refers to it, it is removed.
#[derive(Debug)]
pub struct StoredBlob {
    blobs: Blobs,
    id: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its MD5, raw.
    pub md5: [u8; 16],
    /// The checksums that were asked for, in base64.
    checksums: Vec<(Algorithm, String)>,
    referred: bool,
}

impl BlobWriter {
    /// Takes in more bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.size += bytes.len() as u64;
        self.md5.update(bytes);
        for (_, hasher) in &mut self.checksums {
            hasher.update(bytes);
        }
        Ok(())
    }

    /// Puts the blob in its place: synced, renamed, its folder synced.
    pub fn finish(mut self) -> io::Result<StoredBlob> {
        self.file.flush()?;
        let fsync = self.blobs.shared.fsync;
        if fsync {
            self.file.get_ref().sync_all()?;
        }
        let target = self.blobs.path(&self.id);
        if let Some(path) = &self.path {
            fs::rename(path, &target)?;
            self.path = None;
        }
        if let Some(shard) = target.parent() {
            sync_folder(shard, fsync)?;
        }
        let hashers = std::mem::take(&mut self.checksums);
        let checksums = hashers.into_iter().map(|(algorithm, hasher)| (algorithm, hasher.finish())).collect();
        let md5 = std::mem::take(&mut self.md5).finalize().into();
        let id = std::mem::take(&mut self.id);
        Ok(StoredBlob { blobs: self.blobs.clone(), id, size: self.size, md5, checksums, referred: false })
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // What cannot be removed now is swept at the next start.
            let _ = fs::remove_file(path);
        }
    }
}

impl StoredBlob {
    /// The content that consists of this blob: no segment when it is empty.
    pub fn content(&self) -> Vec<Segment> {
        if self.size == 0 {
            return Vec::new();
        }
        vec![Segment { blob: self.id.clone(), offset: 0, length: self.size }]
    }

    /// The MD5 as an ETag shows it.
    pub fn etag(&self) -> String {
        to_hex(&self.md5)
    }

    /// Its checksum in base64, if it was asked for when the blob was begun.
    pub fn checksum(&self, algorithm: Algorithm) -> Option<&str> {
        self.checksums.iter().find(|(made, _)| *made == algorithm).map(|(_, value)| value.as_str())
    }

    /// Says that a committed row refers to the blob, which from now on belongs to the store.
    pub(super) fn is_referred(&mut self) {
        // An empty blob has no segment, so no row refers to it: its file goes.
        self.referred = self.size > 0;
    }
}

impl Drop for StoredBlob {
    fn drop(&mut self) {
        if !self.referred {
            self.blobs.unlink(&self.id);
        }
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path, fsync: bool) -> io::Result<()> {
    if fsync { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Windows has no such thing: its file systems journal renames themselves.
#[cfg(not(unix))]
fn sync_folder(_: &Path, _: bool) -> io::Result<()> {
    Ok(())
}
