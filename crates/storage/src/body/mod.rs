//! What is uploaded: bytes in memory, or a file on disk that is read while it is sent.

mod file;
mod meter;
mod patches;
mod stream;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use md5::Md5;
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

/// Bytes that are read at a time to know a checksum.
const PIECE: u64 = 1 << 20;

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
        let mut hasher = Hasher::new(algorithm);
        self.each_piece(bytes, |piece| hasher.update(piece)).await?;
        Ok(hasher.finish())
    }

    /// The MD5 of a part of it, as S3 writes it.
    pub async fn md5(&self, bytes: Range<u64>) -> std::io::Result<String> {
        let mut md5 = Md5::new();
        self.each_piece(bytes, |piece| md5.update(piece)).await?;
        Ok(hex(&md5.finalize()))
    }

    /// The SHA-256 of the whole, as `sha256sum` writes it.
    pub async fn sha256(&self) -> std::io::Result<String> {
        let mut digest = Sha256::new();
        self.each_piece(0..self.len(), |piece| digest.update(piece)).await?;
        Ok(hex(&digest.finalize()))
    }

    /// Reads a part of it in constant memory.
    async fn each_piece(&self, bytes: Range<u64>, mut take: impl FnMut(&[u8])) -> std::io::Result<()> {
        let mut at = bytes.start;
        while at < bytes.end {
            let piece = self.read(at, PIECE.min(bytes.end - at) as usize).await?;
            take(&piece);
            at += piece.len() as u64;
        }
        Ok(())
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
