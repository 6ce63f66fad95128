//! Failures of signing in, by kind.

use crate::wire::{Failure, FailureCode, Retry};
use amphora_auth::{AuthError, AuthErrorKind};

impl Failure {
    /// Something about an account failed: "Couldn't {action}: …".
    #[must_use]
    pub fn of_auth(action: &str, error: &AuthError) -> Self {
        let (code, reason, hint, retry) = words(error.kind());
        Self::new(code, format!("Couldn't {action}: {reason}."), hint).retry(retry).detail(error.detail())
    }
}

fn words(kind: AuthErrorKind) -> (FailureCode, &'static str, &'static str, Retry) {
    use FailureCode as Code;
    match kind {
        AuthErrorKind::WrongPassword => (
            Code::WrongPassword,
            "user name and password don't belong together",
            "Check both, or choose a new password.",
            Retry::Now,
        ),
        AuthErrorKind::NotConfirmed => (
            Code::NotConfirmed,
            "the account isn't confirmed yet",
            "Enter the code that was sent to you.",
            Retry::Never,
        ),
        AuthErrorKind::WrongCode => {
            (Code::WrongCode, "that isn't the code that was sent", "Check the newest message.", Retry::Now)
        }
        AuthErrorKind::CodeExpired => (Code::CodeExpired, "the code is too old", "Ask for a new one.", Retry::Never),
        AuthErrorKind::AccountExists => (
            Code::AccountExists,
            "there is an account of this name already",
            "Sign in, or choose another name.",
            Retry::Never,
        ),
        AuthErrorKind::PasswordTooWeak => (
            Code::PasswordTooWeak,
            "the password is too easy to guess",
            "Use at least 8 characters with capital and small letters and a number.",
            Retry::Now,
        ),
        AuthErrorKind::SessionEnded => {
            (Code::SignedOut, "your sign-in has ended", "Sign in again to go on.", Retry::AfterSignIn)
        }
        AuthErrorKind::GuestsNotAllowed => {
            (Code::NeedsAccount, "this storage takes no guests", "Sign in with an account.", Retry::AfterSignIn)
        }
        AuthErrorKind::NoUserPool => (
            Code::StorageMissing,
            "this storage has no accounts",
            "Use it as a guest, or ask the people who run it.",
            Retry::Never,
        ),
        AuthErrorKind::PoolMissing => (
            Code::StorageMissing,
            "the accounts of this storage can't be found",
            "Its configuration may be old: ask the people who run it for a new one.",
            Retry::Never,
        ),
        AuthErrorKind::Offline => (
            Code::Offline,
            "the storage can't be reached",
            "Check your network; then try again.",
            Retry::Later { seconds: 5 },
        ),
        AuthErrorKind::Throttled => (
            Code::Throttled,
            "there were too many tries",
            "Wait a moment, then try again.",
            Retry::Later { seconds: 30 },
        ),
        AuthErrorKind::ClockSkew => (
            Code::ClockSkew,
            "the clock of this computer is wrong",
            "Set the date and time to automatic; then try again.",
            Retry::Now,
        ),
        AuthErrorKind::KeychainLocked => {
            (Code::Unexpected, "the keychain of this computer is locked", "Unlock it, then try again.", Retry::Now)
        }
        AuthErrorKind::Cancelled => (Code::Cancelled, "it was stopped", "", Retry::Now),
        AuthErrorKind::Unexpected => {
            (Code::Unexpected, "the sign-in service answered something unexpected", "Try again.", Retry::Now)
        }
    }
}
