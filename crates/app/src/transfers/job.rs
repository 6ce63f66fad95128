//! What a transfer is about, and where it stands. Pure.

use crate::wire::{
    Conflict, Failure, Millis, PhotoChoices, SpaceRef, TransferItems, TransferKind, TransferState, TransferTab,
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a transfer is about; but for its size it never changes after it was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Whose it is: storage and identity. It runs and shows only under it.
    #[serde(skip)]
    pub owner: String,
    /// Things that were asked for together.
    #[serde(skip)]
    pub batch: u64,
    /// What it does.
    pub kind: TransferKind,
    /// It is about a folder with all that is in it; of an upload or a download, the folder is read and becomes its files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Where in the storage; of a copy or a move, where to.
    pub space: SpaceRef,
    /// The key there; a folder's ends with a slash.
    pub key: String,
    /// Where a copy or a move comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<From>,
    /// The file or folder on this computer. For a download the file that will be.
    #[serde(with = "super::local_path")]
    pub local: PathBuf,
    /// The name shown.
    pub name: String,
    /// The folder in the storage that the row names.
    pub folder: String,
    /// Bytes, where known.
    pub size: Option<u64>,
    /// Last change of the file on this computer when it was queued, for uploads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Millis>,
    /// Tag of the content in the storage, without quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The content type to upload it with; none is guessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// What becomes of it if it is a photo, for uploads; of what is in it, if it is a folder.
    #[serde(default, skip_serializing_if = "as_it_is")]
    pub photos: PhotoChoices,
}

/// Where a copy or a move comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct From {
    /// The space.
    pub space: SpaceRef,
    /// The key in it.
    pub key: String,
}

/// What a name that exists does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OnExisting {
    /// Stop and ask.
    #[default]
    Ask,
    /// Take its place; the person said so.
    Replace,
    /// Another name; the person said so.
    KeepBoth,
    /// Fail; a script said so.
    Fail,
}

/// One transfer with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// What it is about.
    pub job: Job,
    /// Where it stands.
    #[serde(skip, default = "in_line")]
    pub state: TransferState,
    /// Bytes done when it was paused.
    #[serde(default)]
    pub sent: u64,
    /// Why it failed, when it last did.
    pub failure: Option<Failure>,
    /// The question, when it was last asked.
    pub conflict: Option<Conflict>,
    /// What the person answered.
    pub on_existing: OnExisting,
    /// With Replace: the tag of what the person saw there, and gave up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// The name it got or is to get, where it is another.
    #[serde(default)]
    pub stored_key: Option<String>,
    /// The file that a download became; of a folder, the one that was made for it.
    #[serde(default, with = "landed")]
    pub landed: Option<PathBuf>,
    /// Files done one by one under it.
    #[serde(default)]
    pub items: Option<TransferItems>,
    /// Of a move: the tag of the original whose copy is known to be whole.
    #[serde(default)]
    pub copied: Option<String>,
    /// The name under which the folder had its content already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// It was under way once, or may have been: what it left behind is gone on with, and nothing is done a second time.
    #[serde(default)]
    pub again: bool,
    /// When it ended.
    #[serde(skip)]
    pub ended: Option<Millis>,
}

impl Transfer {
    /// One that joins the line.
    pub fn new(job: Job) -> Self {
        Self {
            job,
            state: TransferState::Waiting,
            sent: 0,
            failure: None,
            conflict: None,
            on_existing: OnExisting::Ask,
            replaces: None,
            stored_key: None,
            landed: None,
            items: None,
            copied: None,
            same_as: None,
            again: false,
            ended: None,
        }
    }

    /// It needs nothing more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_settled() || self.state == TransferState::Failed
    }

    /// It is over, and not because it failed: nobody has to do anything about it after a restart.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        tab_of(self.state) == TransferTab::Done
    }

    /// The key it has or will have.
    #[must_use]
    pub fn stored_key(&self) -> &str {
        self.stored_key.as_deref().unwrap_or(&self.job.key)
    }
}

/// The tab in which a state shows.
#[must_use]
pub fn tab_of(state: TransferState) -> TransferTab {
    match state {
        TransferState::NeedsAnswer => TransferTab::NeedsYou,
        TransferState::Scanning | TransferState::Running | TransferState::Checking => TransferTab::Running,
        TransferState::Waiting => TransferTab::Waiting,
        TransferState::Paused => TransferTab::Paused,
        TransferState::Failed => TransferTab::Failed,
        TransferState::Done | TransferState::Skipped | TransferState::Cancelled => TransferTab::Done,
    }
}

fn as_it_is(photos: &PhotoChoices) -> bool {
    *photos == PhotoChoices::default()
}

fn in_line() -> TransferState {
    TransferState::Waiting
}

/// A path that may be missing, written as [`super::local_path`] writes one.
mod landed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::path::PathBuf;

    #[derive(Serialize, Deserialize)]
    struct Written(#[serde(with = "super::super::local_path")] PathBuf);

    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, to: S) -> Result<S::Ok, S::Error> {
        path.clone().map(Written).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PathBuf>, D::Error> {
        Ok(Option::<Written>::deserialize(from)?.map(|written| written.0))
    }
}

#[cfg(test)]
mod tests {
    use amphora_storage::CustomerKey;
    use serde::Serialize;
    use std::fmt::Display;

    /// A row holds what of a transfer can be serialised, or is text. A key of the person's own (SSE-C) can be neither: else
    /// the function at the end would have two or three meanings, and this would not compile.
    #[test]
    fn a_key_of_the_persons_own_cannot_be_written_into_a_row() {
        trait One<Meaning> {
            fn meaning() {}
        }
        struct Serialised;
        struct Text;
        impl<T> One<()> for T {}
        impl<T: Serialize> One<Serialised> for T {}
        impl<T: Display> One<Text> for T {}
        <CustomerKey as One<_>>::meaning();
    }
}
