//! What comes from the desktop or goes to it: grants, consent, and the answers to an upload and a download.

use super::{Audience, ByteSize, Id, PhotoChoices, PhotosFound};
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
        /// Names what was asked for together.
        batch: Id,
    },
    /// Others could read or change it: ask first. The grant is still good.
    NeedsConsent {
        /// Who could.
        audience: Audience,
        /// Picked files and folders.
        count: u32,
    },
    /// There are photos among them that others could see: ask what becomes of them. The grant is still good.
    NeedsChoices {
        /// Who could read or change them, where that is still to be agreed to as well.
        audience: Option<Audience>,
        /// Picked files and folders.
        count: u32,
        /// What was found.
        found: PhotosFound,
        /// What is chosen unless the person says otherwise.
        choices: PhotoChoices,
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
        /// Names what was asked for together.
        batch: Id,
    },
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
