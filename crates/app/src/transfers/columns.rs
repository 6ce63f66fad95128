//! How a transfer is written as a row: what is looked for and counted in columns, the rest as JSON. Does no I/O.

use super::job::{Transfer, tab_of};
use crate::wire::{TransferKind, TransferState, TransferTab};

/// From here on a transfer is large.
pub const LARGE: u64 = 1024 * 1024;

/// Transfers of a class wait for each other; those of different classes do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// It waits longer for answers than it sends.
    Small = 0,
    /// Its bytes fill the line.
    Large = 1,
    /// A folder that has to be read first.
    Folder = 2,
}

impl Class {
    /// All, the folders first: what is in them can then join the line.
    pub const ALL: [Self; 3] = [Self::Folder, Self::Small, Self::Large];

    /// Of a transfer.
    pub fn of(transfer: &Transfer) -> Self {
        let job = &transfer.job;
        match job.kind {
            // Page after page is read and deleted, and no pace holds it back.
            TransferKind::Delete if job.whole => Self::Large,
            TransferKind::Delete => Self::Small,
            _ if job.whole => Self::Folder,
            // The server copies; the line is free meanwhile.
            TransferKind::Copy | TransferKind::Move => Self::Small,
            TransferKind::Upload | TransferKind::Download if job.size.is_none_or(|size| size >= LARGE) => Self::Large,
            TransferKind::Upload | TransferKind::Download => Self::Small,
        }
    }
}

/// What is counted of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Its owner's number.
    pub owner: i64,
    /// Its batch.
    pub batch: u64,
    /// Where it stands.
    pub state: TransferState,
    /// What it does.
    pub kind: TransferKind,
    /// Whom it waits for.
    pub class: Class,
    /// Bytes, where known.
    pub size: Option<u64>,
}

impl Brief {
    /// Of a transfer on the list.
    pub fn of(owner: i64, transfer: &Transfer) -> Self {
        Self {
            owner,
            batch: transfer.job.batch,
            state: transfer.state,
            kind: transfer.job.kind,
            class: Class::of(transfer),
            size: transfer.job.size,
        }
    }

    /// Where it shows.
    pub fn tab(&self) -> TransferTab {
        tab_of(self.state)
    }
}

/// The tabs that hold each transfer once, in the order of their numbers.
pub const TABS: [TransferTab; 6] = [
    TransferTab::NeedsYou,
    TransferTab::Running,
    TransferTab::Waiting,
    TransferTab::Paused,
    TransferTab::Failed,
    TransferTab::Done,
];

const STATES: [TransferState; 10] = [
    TransferState::Waiting,
    TransferState::Scanning,
    TransferState::Running,
    TransferState::Checking,
    TransferState::Paused,
    TransferState::NeedsAnswer,
    TransferState::Failed,
    TransferState::Done,
    TransferState::Skipped,
    TransferState::Cancelled,
];

const KINDS: [TransferKind; 5] =
    [TransferKind::Upload, TransferKind::Download, TransferKind::Copy, TransferKind::Move, TransferKind::Delete];

/// A tab's number; stays the same for good.
pub fn tab_number(tab: TransferTab) -> i64 {
    number(&TABS, &tab)
}

/// A tab by its number.
pub fn tab_by(number: i64) -> TransferTab {
    by(&TABS, number).unwrap_or(TransferTab::Failed)
}

/// A state's number; stays the same for good.
pub fn state_number(state: TransferState) -> i64 {
    number(&STATES, &state)
}

/// A state by its number; one that is not known needs a person.
pub fn state_by(number: i64) -> TransferState {
    by(&STATES, number).unwrap_or(TransferState::Failed)
}

/// A kind's number; stays the same for good.
pub fn kind_number(kind: TransferKind) -> i64 {
    number(&KINDS, &kind)
}

/// A kind by its number.
pub fn kind_by(number: i64) -> TransferKind {
    by(&KINDS, number).unwrap_or(TransferKind::Upload)
}

fn number<T: PartialEq>(all: &[T], one: &T) -> i64 {
    all.iter().position(|other| other == one).and_then(|at| i64::try_from(at).ok()).unwrap_or(-1)
}

fn by<T: Copy>(all: &[T], number: i64) -> Option<T> {
    all.get(usize::try_from(number).ok()?).copied()
}
