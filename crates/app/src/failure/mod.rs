//! Makes every `Failure` that the window shows. The only place where an error becomes words for a person.

mod auth;
mod config;
mod local;
mod storage;

use crate::wire::{Failure, FailureCode, Retry};

impl Failure {
    /// A failure that trying again cannot mend.
    #[must_use]
    pub fn new(code: FailureCode, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), retry: Retry::Never, detail: String::new() }
    }

    /// The same, with another word on trying again.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The same, with the detail for whoever runs the storage.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// No storage is connected.
    #[must_use]
    pub fn not_connected() -> Self {
        Self::new(FailureCode::SignedOut, "No storage is connected.", "Connect your team's storage first.")
    }

    /// A guest asked for what only an account has: "Private files need an account, so that they are yours alone."
    #[must_use]
    pub fn needs_account(what: &str, why: &str) -> Self {
        Self::new(
            FailureCode::NeedsAccount,
            format!("{what} need an account, so that {why}."),
            "Sign in, or create an account.",
        )
        .retry(Retry::AfterSignIn)
    }

    /// What was picked or dropped is no longer there to use.
    #[must_use]
    pub fn grant_used() -> Self {
        Self::new(
            FailureCode::GrantUsed,
            "These files were already taken, or the window was restarted since.",
            "Choose or drop them again.",
        )
    }

    /// The server refused a name as taken, but nothing of that name is there now.
    #[must_use]
    pub fn name_was_taken(name: &str) -> Self {
        Self::new(
            FailureCode::AlreadyExists,
            format!("Couldn't upload “{name}”: something of this name was there for a moment."),
            "Try again.",
        )
        .retry(Retry::Now)
    }

    /// A folder whose reading was interrupted cannot go on by itself.
    #[must_use]
    pub fn reading_interrupted(name: &str) -> Self {
        Self::new(
            FailureCode::LocalFile,
            format!("Couldn't go on with “{name}”: its reading was interrupted."),
            "Choose or drop it again; what has arrived is skipped.",
        )
    }

    /// The journal of transfers cannot be used; it was set aside.
    #[must_use]
    pub fn journal_unreadable(detail: &str) -> Self {
        Self::new(
            FailureCode::LocalFile,
            "Couldn't read the list of transfers of the last run: its file is damaged or of a later version.",
            "Upload or download again what had not arrived.",
        )
        .detail(detail)
    }

    /// A file to upload is not what it was when it was queued.
    #[must_use]
    pub fn file_changed(name: &str) -> Self {
        Self::new(
            FailureCode::ChangedMeanwhile,
            format!("Couldn't upload “{name}”: it changed on this computer after it was put in line."),
            "Try again to upload it as it is now.",
        )
        .retry(Retry::Now)
    }

    /// Nothing in line can go on while the storage can't be reached.
    #[must_use]
    pub fn line_held() -> Self {
        Self::new(
            FailureCode::Offline,
            "The storage can't be reached.",
            "What is in line stays there, and goes on when the network is back.",
        )
        .retry(Retry::Later { seconds: 5 })
    }

    /// A listing that the window asks about is closed.
    #[must_use]
    pub fn listing_closed() -> Self {
        Self::new(FailureCode::ChangedMeanwhile, "This folder was closed meanwhile.", "Open it again.")
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        if !self.hint.is_empty() {
            write!(f, " {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
