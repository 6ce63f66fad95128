//! The naming rule of a storage, for the settings.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How uploads to a storage are named. Off, files keep their names byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NamingSettings {
    /// Files dropped or uploaded in the file manager follow the rule too.
    pub on: bool,
    /// The name, with `{name}`, `{stem}`, `{ext}`, `{date}` and `{counter}`.
    pub pattern: String,
    /// Spaces become `_`.
    pub spaces: bool,
    /// Exact Amplify 1.x keys.
    pub exact: bool,
    /// The number of the next file that is counted.
    pub next: u32,
}

impl Default for NamingSettings {
    fn default() -> Self {
        Self { on: false, pattern: "{name}".to_owned(), spaces: true, exact: false, next: 1 }
    }
}
