//! What is uploaded: bytes in memory, or a file on disk that is read while it is sent.

mod file;
mod meter;
mod stream;

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;

pub(crate) use file::LocalFile;
pub(crate) use meter::Meter;
pub(crate) use stream::{Fault, SliceBody};

/// The content of an upload.
#[derive(Clone, Debug)]
pub enum Body {
    /// In memory.
    Bytes(Bytes),
    /// On disk; read while it is sent, in constant memory.
    File(PathBuf),
}

/// A content that was opened and whose size is known.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Bytes(Bytes),
    File(Arc<LocalFile>),
}

impl Source {
    pub async fn open(body: Body) -> std::io::Result<Self> {
        match body {
            Body::Bytes(bytes) => Ok(Self::Bytes(bytes)),
            Body::File(path) => Ok(Self::File(Arc::new(LocalFile::open(path).await?))),
        }
    }

    pub fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) => file.len(),
        }
    }

    /// Whether the file is still the one that was opened. Asked before anything is finished.
    pub async fn is_unchanged(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::File(file) => file.is_unchanged().await,
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
            Self::File(file) => file.read(start, len).await,
        }
    }
}
