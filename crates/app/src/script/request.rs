//! A command as data. Paths are whole, so that they mean the same in every process; a secret has no place in it.

use crate::wire::{ConflictAnswer, Id};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// One command of a script.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Names it: asked again under its name, by the same account, it makes nothing a second time.
    pub name: String,
    /// Agrees to what would be asked: more people who see it, deleting for good.
    pub yes: bool,
    /// What to do.
    pub verb: Verb,
}

/// What a script can ask for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verb {
    /// Which storage, who, which places.
    Status,
    /// What is in a folder.
    List {
        /// The folder or file.
        address: String,
    },
    /// Uploads.
    Put {
        /// Files and folders of this computer.
        files: Vec<LocalPath>,
        /// The folder that they go into.
        to: String,
        /// What a name that is taken does; none leaves the question open for the window.
        answer: Option<ConflictAnswer>,
    },
    /// Downloads.
    Get {
        /// The file, folder or place.
        address: String,
        /// The folder of this computer.
        to: LocalPath,
    },
    /// Copies on the server.
    Copy {
        /// The file or folder.
        from: String,
        /// A folder, or the new name.
        to: String,
        /// What a name that is taken does.
        taken: Taken,
    },
    /// Moves on the server.
    Move {
        /// The file or folder.
        from: String,
        /// A folder, or the new name.
        to: String,
        /// What a name that is taken does.
        taken: Taken,
    },
    /// Deletes.
    Remove {
        /// The file or folder.
        address: String,
    },
    /// Makes a link.
    Share {
        /// The file.
        address: String,
        /// How long it shall live.
        seconds: u64,
    },
    /// About the queue of transfers.
    Queue(QueueAct),
}

/// What a name that is taken does to a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Taken {
    /// Nothing is copied onto it.
    Fail,
    /// The copy takes its place.
    Replace,
    /// The copy gets another name.
    KeepBoth,
}

/// What is done to the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum QueueAct {
    /// Waits until all of it is done.
    Finish,
    /// Shows it.
    List,
    /// Has these wait; none means all.
    Pause(Option<Vec<Id>>),
    /// Goes on with these; none means all.
    Resume(Option<Vec<Id>>),
    /// Stops these; none means all.
    Cancel(Option<Vec<Id>>),
    /// Tries these again; none means all that failed.
    Retry(Option<Vec<Id>>),
    /// Takes these off the list, once they are over; none means all.
    Clear(Option<Vec<Id>>),
}

/// A whole path of this computer; also one that is no text comes back as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalPath(#[serde(with = "crate::transfers::local_path")] PathBuf);

impl LocalPath {
    /// The path as it is meant in the folder where this process runs.
    ///
    /// # Errors
    /// It is empty, or there is no such folder.
    pub fn from_here(path: &Path) -> std::io::Result<Self> {
        std::path::absolute(path).map(Self)
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// As whom a request is meant, where its script says so. Another account or storage refuses it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AsWhom {
    /// The configuration of the storage.
    pub backend: Option<LocalPath>,
    /// The user name, or the e-mail address.
    pub user: Option<String>,
}
