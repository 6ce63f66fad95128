//! How transfers run: limits, how many at once, what is left out of folders.

use super::{ByteSize, PhotoSettings};
use serde::{Deserialize, Serialize};
use specta::Type;

/// How transfers run, for every storage and account on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, rename_all = "camelCase")]
pub struct TransferSettings {
    /// The most bytes a second that go up, all uploads together; none: as fast as the line.
    pub upload_limit: Option<ByteSize>,
    /// The most bytes a second that come down; none: as fast as the line.
    pub download_limit: Option<ByteSize>,
    /// Files that are under way at the same time; none: as many as is good.
    pub at_once: Option<u32>,
    /// What an earlier run left in line goes on by itself at the start; else it waits, paused.
    pub continue_on_start: bool,
    /// Names that are left out of folders, `*` and `?` allowed.
    pub excluded: Vec<String>,
    /// What links in folders do.
    pub links: LinkRule,
    /// The desktop tells when transfers end while the person is elsewhere.
    pub notify: bool,
    /// Thumbnails that tiles needed are stored beside the pictures as well, for other computers.
    pub store_thumbnails: bool,
    /// What goes up is proved by its SHA-256, which the server keeps; else by a CRC, which costs less.
    pub sha256: bool,
    /// What becomes of photos on their way up.
    pub photos: PhotoSettings,
}

/// What symbolic links in an uploaded folder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LinkRule {
    /// They are left out.
    #[default]
    Skip,
    /// What they lead to goes along, each folder once.
    Follow,
}

impl Default for TransferSettings {
    /// No limits, continuing, and without what desktops leave in folders.
    fn default() -> Self {
        Self {
            upload_limit: None,
            download_limit: None,
            at_once: None,
            continue_on_start: true,
            excluded: [".DS_Store", "Thumbs.db", "desktop.ini"].map(str::to_owned).to_vec(),
            links: LinkRule::Skip,
            notify: true,
            store_thumbnails: false,
            sha256: false,
            photos: PhotoSettings::default(),
        }
    }
}
