//! Uploads and downloads: grants, questions, rows, totals.

use super::{Audience, ByteSize, Failure, Id, Millis, SpaceRef};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the upload dialog offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum UploadChoice {
    /// One or more files.
    Files,
    /// One or more folders.
    Folder,
}

/// A one-use right to read what the person picked or dropped. Holds no path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Grant {
    /// Opaque.
    pub id: String,
    /// What was picked; the first 100.
    pub items: Vec<GrantItem>,
    /// How many were picked.
    pub count: u32,
    /// Their bytes; none while unknown, as with a folder.
    pub bytes: Option<ByteSize>,
}

/// One picked file or folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GrantItem {
    /// The name, for showing.
    pub name: String,
    /// Bytes; none for a folder.
    pub size: Option<ByteSize>,
    /// It is a folder.
    pub folder: bool,
}

/// What the person said to uploading where others can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Consent {
    /// Nothing yet.
    Ask,
    /// Yes.
    Once,
    /// Yes, and do not ask again.
    Always,
}

/// The answer to an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum UploadAnswer {
    /// It is in the queue.
    Queued {
        /// Picked files and folders.
        count: u32,
    },
    /// Others could read or change it: ask first. The grant is still good.
    NeedsConsent {
        /// Who could.
        audience: Audience,
        /// Picked files and folders.
        count: u32,
    },
}

/// The answer to a download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DownloadAnswer {
    /// The dialog was closed.
    Cancelled,
    /// It is in the queue.
    Queued {
        /// Selected rows.
        count: u32,
        /// Name of the folder that was chosen.
        folder: String,
    },
}

/// The drawer's tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferTab {
    /// Waiting for an answer.
    NeedsYou,
    /// Moving.
    Running,
    /// In line.
    Waiting,
    /// Waiting until the person says otherwise.
    Paused,
    /// Ended badly.
    Failed,
    /// Ended well, skipped or cancelled.
    Done,
    /// All.
    All,
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferDirection {
    /// To the storage.
    Up,
    /// To this computer.
    Down,
}

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferState {
    /// In line.
    Waiting,
    /// A folder is being read.
    Scanning,
    /// Bytes are moving.
    Running,
    /// All bytes are there; the server is asked to confirm.
    Checking,
    /// The person has it wait.
    Paused,
    /// The name exists.
    NeedsAnswer,
    /// Ended badly.
    Failed,
    /// Ended well.
    Done,
    /// The person or identical content made it unnecessary.
    Skipped,
    /// The person stopped it.
    Cancelled,
}

/// One transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransferRow {
    /// Names it.
    pub id: Id,
    /// Up or down.
    pub direction: TransferDirection,
    /// The file's name.
    pub name: String,
    /// Where in the storage.
    pub space: SpaceRef,
    /// The folder there.
    pub folder: String,
    /// Name of the folder on this computer, for downloads.
    pub local_folder: Option<String>,
    /// Where it stands.
    pub state: TransferState,
    /// Bytes; none while unknown.
    pub size: Option<ByteSize>,
    /// Bytes done.
    pub sent: ByteSize,
    /// Files found so far, while scanning.
    pub found: Option<u32>,
    /// Bytes a second, smoothed.
    pub speed: Option<ByteSize>,
    /// Seconds left, by that speed.
    pub seconds_left: Option<u32>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The question, while it waits for an answer.
    pub conflict: Option<Conflict>,
}

/// A name that exists: both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// The file on this computer.
    pub new: ConflictSide,
    /// The file in the storage.
    pub there: ConflictSide,
    /// The name that "keep both" would give.
    pub keep_both_name: String,
    /// The key of the file in the storage.
    pub key: String,
    /// It appeared while the new one was being sent.
    pub appeared: bool,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConflictSide {
    /// Bytes.
    pub size: ByteSize,
    /// Last change.
    pub modified: Option<Millis>,
    /// The content's tag, for its thumbnail.
    pub etag: Option<String>,
}

/// What to do with a name that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ConflictAnswer {
    /// The new one takes its place.
    Replace,
    /// The new one gets another name.
    KeepBoth,
    /// The new one is not sent.
    Skip,
}

/// Which transfers a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TransferChoice {
    /// One.
    One {
        /// Which.
        id: Id,
    },
    /// All of a tab.
    Tab {
        /// Which.
        tab: TransferTab,
    },
}

/// Totals over the queue of the person who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransferSummary {
    /// Grows with each change.
    pub revision: Id,
    /// Waiting for an answer.
    pub needs_you: u32,
    /// Moving or scanning.
    pub running: u32,
    /// In line.
    pub waiting: u32,
    /// Waiting until the person says otherwise.
    pub paused: u32,
    /// Ended badly.
    pub failed: u32,
    /// Ended well, skipped or cancelled.
    pub done: u32,
    /// Uploads under way or in line.
    pub up: u32,
    /// Downloads under way or in line.
    pub down: u32,
    /// Bytes of the current run of work.
    pub bytes: ByteSize,
    /// Of these, done.
    pub sent: ByteSize,
    /// Bytes a second, smoothed.
    pub speed: Option<ByteSize>,
    /// Seconds left, by that speed.
    pub seconds_left: Option<u32>,
    /// Unfinished uploads that stay on the server because its rules do not let them be removed.
    pub left_uploads: u32,
}

/// Files from the desktop over the window, in CSS pixels of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DragNews {
    /// They hover.
    Over {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
        /// How many, where the system says so before the drop.
        count: Option<u32>,
    },
    /// They left.
    Leave,
    /// They were dropped.
    Drop {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
        /// The right to read them, once.
        grant: Grant,
    },
}
