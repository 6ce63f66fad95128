//! An entry of the activity log.

use super::Millis;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What happened, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ActivityEntry {
    /// When it ended.
    pub at: Millis,
    /// `upload`, `download`, `delete`, …: Amplify's name of it.
    pub event: String,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// The key inside the level: of a copy the new one, of a listing none. None in entries of earlier versions.
    pub key: Option<String>,
    /// Amplify's sentence about it.
    pub message: String,
}
