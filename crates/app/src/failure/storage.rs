//! Failures of the storage, by kind.

use crate::wire::{Failure, FailureCode, Retry};
use amphora_storage::{ErrorKind, StorageError};

impl Failure {
    /// A request to the storage failed.
    #[must_use]
    pub fn of_storage(error: &StorageError) -> Self {
        let (code, reason, hint, retry) = words(error.kind());
        // Only a read cannot tell "not there" from "not yours"; a refused change is a refusal.
        let changes = matches!(error.action(), "upload" | "delete" | "remove");
        let refused = error.kind() == ErrorKind::AccessDenied && changes;
        let reason = if refused { "you can read this folder but not change it" } else { reason };
        let object = shown(error.object());
        let message = format!("Couldn't {} {object}: {reason}.", error.action());
        Self::new(code, message, hint).retry(retry).detail(error.detail())
    }
}

fn shown(object: &str) -> String {
    let name = object.trim_end_matches('/').rsplit('/').next().unwrap_or(object);
    if name.is_empty() { "this folder".to_owned() } else { format!("“{name}”") }
}

fn words(kind: ErrorKind) -> (FailureCode, &'static str, &'static str, Retry) {
    use FailureCode as Code;
    match kind {
        ErrorKind::NotFound => (Code::NotFound, "it is not there any more", "Refresh the folder.", Retry::Never),
        ErrorKind::AlreadyExists => {
            (Code::AlreadyExists, "there is one of this name already", "Choose another name.", Retry::Never)
        }
        ErrorKind::AccessDenied => (
            Code::AccessDenied,
            "it is not there, or you're not allowed to",
            "Ask the people who run this storage.",
            Retry::Never,
        ),
        ErrorKind::SignedOut => {
            (Code::SignedOut, "your sign-in has ended", "Sign in again to go on.", Retry::AfterSignIn)
        }
        ErrorKind::Offline => (
            Code::Offline,
            "the storage can't be reached",
            "Check your network; then try again.",
            Retry::Later { seconds: 5 },
        ),
        ErrorKind::Throttled => {
            (Code::Throttled, "the storage asks for a pause", "Try again in a moment.", Retry::Later { seconds: 10 })
        }
        ErrorKind::ClockSkew => (
            Code::ClockSkew,
            "the clock of this computer is wrong",
            "Set the date and time to automatic; then try again.",
            Retry::Now,
        ),
        ErrorKind::ChangedMeanwhile => {
            (Code::ChangedMeanwhile, "it changed while it was on its way", "Try again.", Retry::Now)
        }
        ErrorKind::NameNotAllowed => (
            Code::NameNotAllowed,
            "the storage can't keep this name",
            "Choose a shorter or simpler name.",
            Retry::Never,
        ),
        ErrorKind::LocalFile => (
            Code::LocalFile,
            "the file on this computer can't be used",
            "It may have been moved, deleted or locked. Choose it again.",
            Retry::Now,
        ),
        ErrorKind::DiskFull => {
            (Code::DiskFull, "the disk of this computer is full", "Make room, then try again.", Retry::Now)
        }
        ErrorKind::Cancelled => (Code::Cancelled, "it was stopped", "", Retry::Now),
        ErrorKind::TooLarge => (Code::TooLarge, "it is larger than the storage takes", "Split the file.", Retry::Never),
        ErrorKind::BucketMissing => (
            Code::StorageMissing,
            "the storage does not exist",
            "Ask the people who run your team's app for a new configuration.",
            Retry::Never,
        ),
        ErrorKind::Unsupported => (
            Code::AccessDenied,
            "this place can't do that",
            "It is in another store. Upload the file to a place of your team's storage for it.",
            Retry::Never,
        ),
        ErrorKind::Damaged => (Code::Unexpected, "what arrived is not what was sent", "Try again.", Retry::Now),
        ErrorKind::Unexpected => {
            (Code::Unexpected, "the storage answered something unexpected", "Try again.", Retry::Now)
        }
    }
}
