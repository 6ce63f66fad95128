//! Failures of a configuration: the crate's own sentences, which name what is missing.

use crate::wire::{Failure, FailureCode};
use amphora_config::{ConfigError, ConfigErrorKind};

impl Failure {
    /// A configuration could not be used.
    #[must_use]
    pub fn of_config(error: &ConfigError) -> Self {
        let code = match error.kind() {
            ConfigErrorKind::TooLarge
            | ConfigErrorKind::Unreadable
            | ConfigErrorKind::NotAConfiguration
            | ConfigErrorKind::MobileShape
            | ConfigErrorKind::UnknownVersion
            | ConfigErrorKind::Insecure => FailureCode::ConfigUnreadable,
            ConfigErrorKind::Incomplete | ConfigErrorKind::Invalid => FailureCode::ConfigIncomplete,
        };
        Self::new(code, error.to_string(), error.hint())
    }
}
