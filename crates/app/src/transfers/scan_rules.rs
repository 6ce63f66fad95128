//! What is left out when a folder is read. Pure.

use crate::wire::{Failure, FailureCode, LinkRule, TransferSettings};
use glob::{MatchOptions, Pattern};
use std::ffi::OsStr;

/// Names are the same in capitals and small: `thumbs.db` is litter too.
const ANY_CASE: MatchOptions =
    MatchOptions { case_sensitive: false, require_literal_separator: false, require_literal_leading_dot: false };

/// What is left out, and what links do.
#[derive(Debug, Clone, Default)]
pub struct ScanRules {
    excluded: Vec<Pattern>,
    /// What links do.
    pub links: LinkRule,
}

impl ScanRules {
    /// Reads the settings.
    ///
    /// # Errors
    /// A name is no pattern.
    pub fn of(settings: &TransferSettings) -> Result<Self, Failure> {
        let read = |name: &String| {
            Pattern::new(name).map_err(|error| {
                let message = format!("Couldn't leave out “{name}”: {}.", error.msg);
                Failure::new(
                    FailureCode::NameNotAllowed,
                    message,
                    "Write a name, with * for any text and ? for one letter.",
                )
            })
        };
        let excluded = settings.excluded.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { excluded, links: settings.links })
    }

    /// Whether something of this name stays behind.
    pub fn excludes(&self, name: &OsStr) -> bool {
        let Some(name) = name.to_str() else { return false };
        self.excluded.iter().any(|pattern| pattern.matches_with(name, ANY_CASE))
    }
}
