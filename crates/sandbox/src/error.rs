//! What can go wrong in starting and keeping a sandbox. Answers to clients are not made here: see `s3` and `cognito`.

use std::io;
use std::path::{Path, PathBuf};

/// Why the sandbox could not start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder of the data folder could not be read or written.
    #[error("Couldn't {action} {}: {source}.", path.display())]
    File {
        /// What was tried, as a verb phrase: "create", "write".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database refused.
    #[error("The sandbox's database failed: {0}.")]
    Database(#[from] rusqlite::Error),
    /// Another process holds the data folder.
    #[error("Couldn't open the sandbox in {}: {holder} already holds it. Stop that one, or choose another folder with --data.", path.display())]
    Held {
        /// The data folder.
        path: PathBuf,
        /// Who holds it, as that process wrote it down: "process 4711".
        holder: String,
    },
    /// The port could not be bound.
    #[error("Couldn't listen on 127.0.0.1:{port}: {source}. Choose another port with --port, or 0 for any free one.")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// What the person asked for makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// A key or a token could not be made.
    #[error("Couldn't make the sandbox's keys: {0}.")]
    Keys(String),
}

/// The result of starting and keeping a sandbox.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure of a file operation: `fs::write(&path, …).map_err(Error::file("write", &path))`.
    pub fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }
}
