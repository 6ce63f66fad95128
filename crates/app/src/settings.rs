//! What lasts from run to run: the connected storage, the theme, what the person agreed to. No secret is in it.

use crate::pins::Pinned;
use crate::wire::{AlbumFilter, Level, NamingSettings, Theme, TransferSettings};
use amphora_config::Backend;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file's name in the data folder.
pub const FILE: &str = "settings.json";

/// Lasting settings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// The storage to open at start.
    pub storage: Option<Connected>,
    /// Light, dark or as the system says.
    pub theme: Theme,
    /// Places where the person said not to ask again before uploading.
    pub agreed: Vec<Agreed>,
    /// How transfers run.
    pub transfers: TransferSettings,
    /// Folders that accounts keep at hand.
    pub pinned: Vec<Pinned>,
    /// The practice storage has its sample files.
    pub practice_filled: bool,
    /// How uploads are named, by the storage's id.
    pub naming: BTreeMap<String, NamingSettings>,
    /// Filters of albums, by a hash of whose and which folder.
    pub album_filters: BTreeMap<String, AlbumFilter>,
    /// Covers of albums, by the same hash: the picture's name in its folder.
    pub album_covers: BTreeMap<String, String>,
}

/// The storage to open at start.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Connected {
    /// The embedded practice storage; its address is new at each start.
    Practice,
    /// A team's storage.
    Team {
        /// Its public configuration.
        backend: Box<Backend>,
    },
}

/// "Don't ask again", for one account and level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Storage and identity.
    pub owner: String,
    /// The level.
    pub level: Level,
    /// Which path, where the storage has rules in place of levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}
