//! Why a file has no picture to show.

use crate::kind::Kind;
use thiserror::Error;

/// The reason why there is no preview. It says nothing about whether the file is of use elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoPreview {
    /// Amphora has no decoder for this kind of file, or never renders it because it could run.
    #[error("no preview of {}", .0.words())]
    Kind(Kind),
    /// Decoding it would take more memory than the budget.
    #[error("too large for a preview ({width} × {height} pixels)")]
    TooLarge {
        /// Pixels across, as the file claims.
        width: u32,
        /// Pixels down, as the file claims.
        height: u32,
    },
    /// Drawing it would take more work than a preview is worth.
    #[error("too much to draw for a preview")]
    TooMuch,
    /// The file is broken or cut short; the text is the decoder's own, for the details.
    #[error("the picture is broken or cut short ({0})")]
    Broken(String),
    /// Nobody waits for it any more.
    #[error("the picture is not wanted any more")]
    NotWanted,
}

impl NoPreview {
    pub(crate) fn broken(reason: impl std::fmt::Display) -> Self {
        Self::Broken(reason.to_string())
    }
}
