//! A file on disk, opened once and read by position, so that parts and retries never see a different file.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use tokio::task::spawn_blocking;

use super::Patches;

#[derive(Debug)]
pub(crate) struct LocalFile {
    file: Arc<File>,
    len: u64,
    modified: Option<SystemTime>,
    patches: Patches,
}

impl LocalFile {
    pub async fn open(path: PathBuf, patches: Patches) -> io::Result<Self> {
        blocking(move || {
            // Asked before opening: to open a pipe would wait for a writer.
            if !std::fs::metadata(&path)?.is_file() {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
            }
            let file = File::open(&path)?;
            let about = file.metadata()?;
            if !patches.fit(&about) {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "another file than its patches were made for",
                ));
            }
            Ok(Self { len: about.len(), modified: about.modified().ok(), file: Arc::new(file), patches })
        })
        .await
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    /// When it changed last, in nanoseconds since 1970; 0 where nothing tells.
    pub fn modified(&self) -> u64 {
        let since = self.modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0)
    }

    /// What tells its patches from others; 0 without any.
    pub async fn patches(&self) -> io::Result<u64> {
        let patches = self.patches.clone();
        blocking(move || Ok(patches.fingerprint())).await
    }

    pub async fn is_unchanged(&self) -> bool {
        let file = self.file.clone();
        let about = blocking(move || file.metadata()).await;
        about.is_ok_and(|about| about.len() == self.len && about.modified().ok() == self.modified)
    }

    pub async fn read(&self, start: u64, len: usize) -> io::Result<Bytes> {
        let (file, patches) = (self.file.clone(), self.patches.clone());
        blocking(move || {
            let mut piece = read_new(&file, start, len)?;
            patches.apply(&mut piece, start);
            Ok(Bytes::from(piece))
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Reads into new memory, which nobody has to fill with zeros before: allocators fetch large zeros page by page.
#[cfg(unix)]
fn read_new(file: &File, start: u64, len: usize) -> io::Result<Vec<u8>> {
    use rustix::{buffer::spare_capacity, io::Errno, io::pread};
    let mut piece = Vec::with_capacity(len);
    while piece.len() < len {
        let at = start + piece.len() as u64;
        match pread(file, spare_capacity(&mut piece), at) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // There may be more room than was asked for.
    piece.truncate(len);
    Ok(piece)
}

#[cfg(windows)]
fn read_new(file: &File, start: u64, len: usize) -> io::Result<Vec<u8>> {
    let mut piece = vec![0; len];
    read_exact_at(file, &mut piece, start)?;
    Ok(piece)
}

#[cfg(unix)]
pub(crate) fn read_exact_at(file: &File, piece: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, piece, start)
}

#[cfg(windows)]
pub(crate) fn read_exact_at(file: &File, mut piece: &mut [u8], mut start: u64) -> io::Result<()> {
    while !piece.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, piece, start)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                piece = &mut piece[read..];
                start += read as u64;
            }
        }
    }
    Ok(())
}

#[cfg(unix)]
pub(crate) fn write_all_at(file: &File, bytes: &[u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, start)
}

#[cfg(windows)]
pub(crate) fn write_all_at(file: &File, mut bytes: &[u8], mut start: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, start)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => {
                bytes = &bytes[written..];
                start += written as u64;
            }
        }
    }
    Ok(())
}
