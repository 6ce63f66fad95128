//! What a transfer is about, where it stands, and which steps it may take. Pure.

use crate::wire::{
    Conflict, ConflictAnswer, Failure, Millis, PhotoChoices, SpaceRef, TransferItems, TransferKind, TransferState,
    TransferTab,
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

/// A step of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its folder is being read.
    Scanning,
    /// It runs.
    Started,
    /// All bytes are there; the server confirms.
    Checking,
    /// The name exists.
    Asked(Box<Conflict>),
    /// The person answered.
    Answered(ConflictAnswer),
    /// It ended well, under this key, as this file of this computer.
    Finished {
        /// The key it has.
        key: String,
        /// The file it is.
        landed: Option<PathBuf>,
    },
    /// Identical content is there already.
    AlreadyThere,
    /// Identical content is in the folder already, under this name.
    Duplicate(String),
    /// Its folder was read: from now on its files stand for it.
    Expanded,
    /// It ended badly.
    Failed(Box<Failure>),
    /// The person stopped it.
    Cancelled,
    /// The person has it wait until they say otherwise; so many bytes were done.
    Paused(u64),
    /// Goes on after a pause.
    Resumed,
    /// Back in line, because the line was gone; so many bytes were done.
    CutOff(u64),
    /// Back in line: tried again, or its owner went away while it ran.
    Requeued,
    /// The person takes the file as it is now: its bytes and its last change.
    Taken(Option<u64>, Option<Millis>),
    /// So many of its files are done.
    Counted(TransferItems),
    /// A copy will get this name.
    Planned(String),
    /// A copy of the original with this tag is known to be whole.
    Copied(String),
    /// A folder of this computer was made for it.
    Claimed(PathBuf),
    /// Off the list.
    Cleared,
}

/// What a step wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It does not fit the state: an answer that comes twice, late news.
    Ignored,
    /// The state, nothing else.
    State,
    /// More than the state.
    Body,
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

    /// Takes a step, or ignores one that does not fit.
    pub fn step(&mut self, change: Change) -> Step {
        use TransferState as S;
        let moving = tab_of(self.state) == TransferTab::Running;
        let over = self.is_over();
        match change {
            Change::Scanning if self.state == S::Waiting => self.state = S::Scanning,
            Change::Started if self.state == S::Waiting => self.state = S::Running,
            Change::Checking if self.state == S::Running => self.state = S::Checking,
            Change::Asked(conflict) if !over => {
                self.state = S::NeedsAnswer;
                self.conflict = Some(*conflict);
                return Step::Body;
            }
            Change::Answered(answer) if self.state == S::NeedsAnswer => {
                self.answer(answer);
                return Step::Body;
            }
            Change::Finished { key, landed } if !over => {
                self.state = S::Done;
                let stored_key = (key != self.job.key).then_some(key);
                if (&stored_key, &landed) != (&self.stored_key, &self.landed) {
                    (self.stored_key, self.landed) = (stored_key, landed);
                    return Step::Body;
                }
            }
            Change::AlreadyThere if !over => self.state = S::Skipped,
            Change::Duplicate(name) if !over => {
                (self.state, self.same_as) = (S::Skipped, Some(name));
                return Step::Body;
            }
            Change::Failed(failure) if !over => {
                self.state = S::Failed;
                self.failure = Some(*failure);
                self.again |= moving;
                return Step::Body;
            }
            Change::Cancelled if !over => self.state = S::Cancelled,
            Change::Paused(sent) if moving || self.state == S::Waiting => {
                self.state = S::Paused;
                if moving {
                    (self.sent, self.again) = (sent, true);
                    return Step::Body;
                }
            }
            Change::Resumed if self.state == S::Paused => self.state = S::Waiting,
            Change::Requeued if moving || matches!(self.state, S::Failed | S::Cancelled) => {
                self.state = S::Waiting;
                self.again |= moving;
                self.sent = 0;
                return Step::Body;
            }
            Change::CutOff(sent) if moving => {
                (self.state, self.sent, self.again) = (S::Waiting, sent, true);
                return Step::Body;
            }
            Change::Taken(size, modified) if over => {
                (self.job.size, self.job.modified) = (size, modified);
                return Step::Body;
            }
            change if moving => return self.note(change),
            _ => return Step::Ignored,
        }
        Step::State
    }

    /// What one that runs has come to know.
    fn note(&mut self, change: Change) -> Step {
        match change {
            Change::Counted(items) => self.items = Some(items),
            Change::Planned(key) => self.stored_key = Some(key),
            Change::Copied(etag) => self.copied = Some(etag),
            Change::Claimed(folder) => self.landed = Some(folder),
            _ => return Step::Ignored,
        }
        Step::Body
    }

    fn answer(&mut self, answer: ConflictAnswer) {
        let seen = self.conflict.take().and_then(|conflict| conflict.there.etag);
        self.replaces = seen.filter(|etag| !etag.is_empty() && answer == ConflictAnswer::Replace);
        self.state = TransferState::Waiting;
        match answer {
            ConflictAnswer::Replace => self.on_existing = OnExisting::Replace,
            ConflictAnswer::KeepBoth => self.on_existing = OnExisting::KeepBoth,
            ConflictAnswer::Skip => self.state = TransferState::Skipped,
        }
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
