//! Failures of this computer's own disk.

use crate::wire::{Failure, FailureCode, Retry};
use std::io::{Error, ErrorKind};

impl Failure {
    /// A file or folder of this computer could not be used: "Couldn't {verb} “{name}”: …".
    #[must_use]
    pub fn of_io(verb: &str, name: &str, error: &Error) -> Self {
        let (code, reason, hint, retry) = match error.kind() {
            ErrorKind::NotFound => (
                FailureCode::LocalFile,
                "it is no longer there",
                "It was moved, renamed or deleted. Choose it again.",
                Retry::Never,
            ),
            ErrorKind::PermissionDenied => (
                FailureCode::LocalFile,
                "this computer doesn't let Amphora use it",
                "Check who may read and write it.",
                Retry::Now,
            ),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                (FailureCode::DiskFull, "the disk of this computer is full", "Make room, then try again.", Retry::Now)
            }
            _ => (FailureCode::LocalFile, "this computer refused", "Check the disk, then try again.", Retry::Now),
        };
        Self::new(code, format!("Couldn't {verb} “{name}”: {reason}."), hint).retry(retry).detail(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_says_so_and_can_be_tried_again() {
        let failure = Failure::of_io("save", "a.txt", &Error::from(ErrorKind::StorageFull));
        assert_eq!(failure.message, "Couldn't save “a.txt”: the disk of this computer is full.");
        assert_eq!((failure.code, failure.retry), (FailureCode::DiskFull, Retry::Now));
    }
}
