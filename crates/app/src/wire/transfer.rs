//! Transfers: tabs, states, rows, what a command is about, totals.

use super::{ByteSize, Conflict, Failure, Id, Millis, PlaceRef, SpaceRef};
use serde::{Deserialize, Serialize};
use specta::Type;

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

/// What a transfer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferKind {
    /// To the storage.
    Upload,
    /// To this computer.
    Download,
    /// From one place of the storage to another; the original stays.
    Copy,
    /// From one place of the storage to another; the original goes once the copy is known to be whole.
    Move,
    /// Deletes for good.
    Delete,
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
    /// Things that were asked for together have the same.
    pub batch: Id,
    /// What it does.
    pub kind: TransferKind,
    /// The file's or folder's name.
    pub name: String,
    /// It is about a folder with all that is in it.
    pub whole_folder: bool,
    /// Where in the storage; of a copy or move, where to.
    pub space: SpaceRef,
    /// The folder there.
    pub folder: String,
    /// Where a copy or move comes from.
    pub from: Option<PlaceRef>,
    /// Name of the folder on this computer, for downloads.
    pub local_folder: Option<String>,
    /// Where it stands.
    pub state: TransferState,
    /// Bytes; none while unknown.
    pub size: Option<ByteSize>,
    /// Bytes done: the server has confirmed them, or they are here.
    pub sent: ByteSize,
    /// Bytes on their way, and not done.
    pub on_the_way: ByteSize,
    /// Files found so far, while scanning.
    pub found: Option<u32>,
    /// Files done one by one under this row, as in deleting a folder.
    pub items: Option<TransferItems>,
    /// Bytes a second, smoothed.
    pub speed: Option<ByteSize>,
    /// Seconds left, by that speed.
    pub seconds_left: Option<u32>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The question, while it waits for an answer.
    pub conflict: Option<Conflict>,
    /// The name under which the folder had its content already, where it was skipped for that.
    pub same_as: Option<String>,
    /// The name that it got, where that is not its own: one that is safe on this computer, or beside one that was there.
    pub saved_as: Option<String>,
    /// When it ended.
    pub ended_at: Option<Millis>,
}

/// Files done one by one under one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct TransferItems {
    /// Done.
    pub done: u32,
    /// Not done, each with its reason in the row's report.
    pub failed: u32,
}

/// Which transfers a command is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TransferChoice {
    /// One.
    One {
        /// Which.
        id: Id,
    },
    /// These.
    Several {
        /// Which.
        ids: Vec<Id>,
    },
    /// All of a tab.
    Tab {
        /// Which.
        tab: TransferTab,
    },
}

/// Where in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum LinePlace {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Right before this one.
    Before {
        /// Which.
        id: Id,
    },
    /// Right behind this one.
    After {
        /// Which.
        id: Id,
    },
}

/// A window of what ended, in this run and earlier ones, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TransferHistory {
    /// How many there are.
    pub count: u32,
    /// The window's rows.
    pub rows: Vec<TransferRow>,
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
    /// Copies, moves and deletions under way or in line.
    pub on_server: u32,
    /// Bytes of the current run of work.
    pub bytes: ByteSize,
    /// Of these, done.
    pub sent: ByteSize,
    /// On their way, and not done.
    pub on_the_way: ByteSize,
    /// Bytes a second, smoothed.
    pub speed: Option<ByteSize>,
    /// Seconds left, by that speed.
    pub seconds_left: Option<u32>,
    /// Unfinished uploads that stay on the server because its rules do not let them be removed.
    pub left_uploads: u32,
    /// The storage can't be reached: what is in line waits, and goes on by itself.
    pub offline: bool,
}
