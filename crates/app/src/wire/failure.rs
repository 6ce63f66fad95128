//! The one shape of everything that goes wrong, for every command and every transfer.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A failure that a person can read and act on. Made only in [`crate::failure`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Failure {
    /// What kind of failure, for the window's table of severities and offered actions.
    pub code: FailureCode,
    /// One sentence naming the verb, the thing and the reason.
    pub message: String,
    /// What the person can do about it; empty where there is nothing.
    pub hint: String,
    /// Whether and when trying again can help.
    pub retry: Retry,
    /// For whoever runs the storage: status, code, request id. Never a secret.
    pub detail: String,
}

/// Whether and when trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Retry {
    /// The same request will fail the same way.
    Never,
    /// At once.
    Now,
    /// After signing in again.
    AfterSignIn,
    /// After some seconds.
    Later {
        /// How many.
        seconds: u32,
    },
}

/// Failures by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FailureCode {
    /// It is not there.
    NotFound,
    /// Something with this name is there.
    AlreadyExists,
    /// The storage's rules refuse it.
    AccessDenied,
    /// A guest asked for what only an account has.
    NeedsAccount,
    /// The sign-in has ended.
    SignedOut,
    /// User name and password do not belong together.
    WrongPassword,
    /// The code is not the one that was sent.
    WrongCode,
    /// The code was right once.
    CodeExpired,
    /// The user name is taken.
    AccountExists,
    /// The password breaks the pool's rules.
    PasswordTooWeak,
    /// The account's address has not been confirmed.
    NotConfirmed,
    /// The network or the server cannot be reached.
    Offline,
    /// The server asks for patience.
    Throttled,
    /// This computer's clock is off.
    ClockSkew,
    /// It changed while it was being read or sent.
    ChangedMeanwhile,
    /// The name cannot be stored.
    NameNotAllowed,
    /// A file on this computer cannot be read or written.
    LocalFile,
    /// No space left on this computer.
    DiskFull,
    /// The person stopped it.
    Cancelled,
    /// The pattern of a filter has a fault.
    PatternUnreadable,
    /// The configuration is not one that Amphora reads.
    ConfigUnreadable,
    /// The configuration lacks something.
    ConfigIncomplete,
    /// The bucket or a pool does not exist.
    StorageMissing,
    /// Larger than is possible.
    TooLarge,
    /// There is no picture to show.
    NotAPicture,
    /// Where a photo or a video was taken cannot be taken out of it.
    LocationStays,
    /// What was picked or dropped has been used already.
    GrantUsed,
    /// Another Amphora holds the data folder.
    BusyElsewhere,
    /// Something that has no better name yet; `detail` tells.
    Unexpected,
}

/// One failure of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NamedFailure {
    /// The file's name.
    pub name: String,
    /// Why it failed.
    pub failure: Failure,
}

/// What a batch did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BatchReport {
    /// How many were done.
    pub done: u32,
    /// Those that were not.
    pub failed: Vec<NamedFailure>,
    /// Rows that are deleted by the queue of transfers, because there is much in them.
    pub queued: u32,
}
