//! What is uploaded: bytes in memory, or a file on disk that is read while it is sent.

mod file;
mod meter;
mod patches;
mod stream;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::io::{AsyncRead, AsyncWriteExt};

use crate::checksum::{Algorithm, Hasher};
use crate::transfer::hex;

pub(crate) use file::{LocalFile, read_exact_at, write_all_at};
pub(crate) use meter::Meter;
pub(crate) use patches::Patched;
pub use patches::{Patch, Patches};
pub(crate) use stream::{Fault, SliceBody};

/// The content of an upload.
#[derive(Clone, Debug)]
pub enum Body {
    /// In memory.
    Bytes(Bytes),
    /// On disk; read while it is sent, in constant memory.
    File(PathBuf),
    /// On disk, with other bytes in some places; the file itself stays as it is. A file that changed since the patches were made
    /// is not sent.
    Patched(PathBuf, Patches),
    /// On disk until it has been sent: what came out of a reader. See [`Body::from_reader`].
    Spooled(Arc<TempPath>),
}

impl Body {
    /// Reads everything that a reader gives. A reader cannot be rewound when a request has to be sent again, and does not
    /// know its length, so the bytes wait in a temporary file that goes with the body.
    ///
    /// # Errors
    /// The reader's, or those of the disk.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// let (key, control) = (Key::parse("notes/read.txt")?, Control::default());
    /// let body = Body::from_reader("Hello".as_bytes()).await?;
    /// let stored = storage.put(&Space::Private, &key, body, PutOptions::new(IfExists::Fail), &control).await?;
    /// assert_eq!(stored.size, 5);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn from_reader(mut reader: impl AsyncRead + Send + Unpin) -> std::io::Result<Self> {
        let (file, path) = tempfile::NamedTempFile::new()?.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        tokio::io::copy(&mut reader, &mut file).await?;
        file.flush().await?;
        Ok(Self::Spooled(Arc::new(path)))
    }
}

/// A content that was opened and whose size is known.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Bytes(Bytes),
    File(Arc<LocalFile>),
    /// The path keeps the file on the disk.
    Spooled {
        file: Arc<LocalFile>,
        _path: Arc<TempPath>,
    },
}

impl Source {
    pub async fn open(body: Body) -> std::io::Result<Self> {
        match body {
            Body::Bytes(bytes) => Ok(Self::Bytes(bytes)),
            Body::File(path) => Ok(Self::File(Arc::new(LocalFile::open(path, Patches::default()).await?))),
            Body::Patched(path, patches) => Ok(Self::File(Arc::new(LocalFile::open(path, patches).await?))),
            Body::Spooled(path) => {
                let file = Arc::new(LocalFile::open(path.to_path_buf(), Patches::default()).await?);
                Ok(Self::Spooled { file, _path: path })
            }
        }
    }

    /// When its file changed last, in nanoseconds since 1970; 0 for what is made anew for each upload, whose time says nothing.
    pub fn modified(&self) -> u64 {
        match self {
            Self::Bytes(_) | Self::Spooled { .. } => 0,
            Self::File(file) => file.modified(),
        }
    }

    /// The checksum of a part of it, in base64.
    pub async fn checksum(&self, algorithm: Algorithm, bytes: Range<u64>) -> std::io::Result<String> {
        let (mut hasher, mut at) = (Hasher::new(algorithm), bytes.start);
        while at < bytes.end {
            let piece = self.read(at, (bytes.end - at).min(1 << 20) as usize).await?;
            hasher.update(&piece);
            at += piece.len() as u64;
        }
        Ok(hasher.finish())
    }

    /// The SHA-256 of the whole, as `sha256sum` writes it.
    pub async fn sha256(&self) -> std::io::Result<String> {
        let (mut digest, mut at) = (Sha256::new(), 0);
        while at < self.len() {
            let piece = self.read(at, (self.len() - at).min(1 << 20) as usize).await?;
            digest.update(&piece);
            at += piece.len() as u64;
        }
        Ok(hex(&digest.finalize()))
    }

    pub fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) | Self::Spooled { file, .. } => file.len(),
        }
    }

    /// What tells its patches from others; 0 without any.
    pub async fn patches(&self) -> std::io::Result<u64> {
        match self {
            Self::Bytes(_) => Ok(0),
            Self::File(file) | Self::Spooled { file, .. } => file.patches().await,
        }
    }

    /// Whether the file is still the one that was opened. Asked before anything is finished.
    pub async fn is_unchanged(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::File(file) | Self::Spooled { file, .. } => file.is_unchanged().await,
        }
    }

    /// Reads a piece into memory; fails with `UnexpectedEof` when the file became shorter.
    pub async fn read(&self, start: u64, len: usize) -> std::io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => {
                let start = usize::try_from(start).map_err(|_| std::io::ErrorKind::UnexpectedEof)?;
                let end = start.checked_add(len).filter(|end| *end <= bytes.len());
                Ok(bytes.slice(start..end.ok_or(std::io::ErrorKind::UnexpectedEof)?))
            }
            Self::File(file) | Self::Spooled { file, .. } => file.read(start, len).await,
        }
    }
}
