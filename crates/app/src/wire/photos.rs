//! What becomes of photos and videos on their way up: chosen for each upload, and what counts where nobody is asked.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What becomes of the photos and videos of one upload. The default sends them as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PhotoChoices {
    /// Where they were taken is taken out of them; one that keeps it is not sent.
    pub remove_location: bool,
    /// How large they go.
    pub size: PhotoSize,
    /// One whose content the folder holds already, under whatever name, is not sent.
    pub skip_duplicates: bool,
}

/// What is chosen where nobody is asked, for every storage and account on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, rename_all = "camelCase")]
pub struct PhotoSettings {
    /// Where they were taken is taken out of photos and videos that go where others can see them.
    pub remove_location: bool,
    /// How large they go.
    pub size: PhotoSize,
    /// Photos whose content the folder holds already, under whatever name, are not sent.
    pub skip_duplicates: bool,
    /// The person is asked before what tells where it was taken goes where others can see it.
    pub ask: bool,
}

impl Default for PhotoSettings {
    /// Nobody learns where a photo was taken unless the person says so.
    fn default() -> Self {
        Self { remove_location: true, size: PhotoSize::Original, skip_duplicates: false, ask: true }
    }
}

/// How large photos go. Of JPEG, what all cameras write; other kinds go as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PhotoSize {
    /// As they are.
    #[default]
    Original,
    /// At most 4096 pixels long.
    Large,
    /// At most 2048 pixels long.
    Medium,
}

impl PhotoSize {
    /// The longest edge in pixels; none where it stays.
    pub(crate) fn edge(self) -> Option<u32> {
        match self {
            Self::Original => None,
            Self::Large => Some(4096),
            Self::Medium => Some(2048),
        }
    }
}

/// What a look at the files of an upload found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PhotosFound {
    /// Photos.
    pub photos: u32,
    /// Of these, those that tell where they were taken.
    pub located: u32,
    /// Videos that tell where they were taken.
    pub located_videos: u32,
    /// There are too many files to look at them all before the upload: there may be more.
    pub more: bool,
}
