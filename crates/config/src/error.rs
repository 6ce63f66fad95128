//! Why a configuration cannot be used, as a sentence that names what is wrong and a hint that can be followed.

/// One reason why a file, form or invitation gives no [`crate::Backend`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    kind: ConfigErrorKind,
    message: String,
    hint: String,
}

/// What sort of reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigErrorKind {
    /// Larger than any configuration file is.
    TooLarge,
    /// Not text, cut short, or a program instead of data.
    Unreadable,
    /// Readable, but no configuration of Amplify.
    NotAConfiguration,
    /// The file of the mobile libraries, which has the same name but another shape.
    MobileShape,
    /// A newer version of the format than this program knows.
    UnknownVersion,
    /// Something necessary is missing.
    Incomplete,
    /// Something is there, but cannot be right.
    Invalid,
    /// A server that would be spoken to without encryption over a network.
    Insecure,
}

impl ConfigError {
    pub(crate) fn new(kind: ConfigErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into() }
    }

    /// What sort of reason it is.
    pub fn kind(&self) -> ConfigErrorKind {
        self.kind
    }

    /// One sentence that names what is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}
