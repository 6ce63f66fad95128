//! Listings of any size, by windows of rows; selections as values.

use super::{ByteSize, Failure, Id, Millis};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The order of a listing. Folders come first in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// Largest, newest, last first.
    pub descending: bool,
}

/// By what a listing is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SortBy {
    /// Name, numbers by value, upper and lower case alike.
    Name,
    /// Kind, then name.
    Kind,
    /// Size.
    Size,
    /// Time of the last change.
    Modified,
    /// When a picture was taken, by its camera's clock; what is no picture, or was not looked at yet, by the time of its
    /// last change. Pictures without a date come last either way.
    Taken,
}

/// Which rows of a folder are shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct Filter {
    /// A part of the name, without regard to case and accents; empty is all.
    pub text: String,
    /// Which kinds.
    pub media: MediaFilter,
    /// What is saved with an album.
    #[serde(default)]
    #[specta(optional)]
    pub album: Option<AlbumFilter>,
}

/// Which files an album shows; what is empty or none shows all. Folders are always shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AlbumFilter {
    /// By the name.
    pub name: Option<NamePattern>,
    /// These kinds.
    pub kinds: Vec<Media>,
    /// Changed then or later.
    pub from: Option<Millis>,
    /// Changed before that.
    pub until: Option<Millis>,
    /// Pictures taken then or later, by the clock of the camera as in `PictureFacts`. What tells no such date is not shown.
    pub taken_from: Option<Millis>,
    /// Pictures taken before that, likewise.
    pub taken_until: Option<Millis>,
}

/// A pattern for names, upper and lower case alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct NamePattern {
    /// How it is read.
    pub how: PatternKind,
    /// As written.
    pub text: String,
}

/// How a pattern is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PatternKind {
    /// A part of the name, accents alike.
    Text,
    /// The whole name, with `*`, `?`, `[ab]` and `{jpg,png}`.
    Glob,
    /// A regular expression found anywhere in the name.
    Regex,
}

/// Which kinds of files are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MediaFilter {
    /// All.
    All,
    /// Pictures only.
    Pictures,
    /// Folders only.
    Folders,
}

/// An opened listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenedListing {
    /// Names it in later calls.
    pub id: Id,
    /// Rows so far.
    pub count: u32,
    /// All pages have arrived.
    pub complete: bool,
    /// When the storage was last asked.
    pub updated_at: Option<Millis>,
    /// Why the rows are missing or old, if they are.
    pub failure: Option<Failure>,
}

/// A listing has other rows than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListingNews {
    /// Which.
    pub id: Id,
    /// Grows with each change.
    pub revision: Id,
    /// Rows so far.
    pub count: u32,
    /// All pages have arrived.
    pub complete: bool,
    /// When the storage was last asked.
    pub updated_at: Option<Millis>,
    /// Why the rows are missing or old, if they are.
    pub failure: Option<Failure>,
}

/// Folder or file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RowKind {
    /// A folder.
    Folder,
    /// A file.
    File,
}

/// What a file is, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Media {
    /// A folder.
    Folder,
    /// A picture.
    Image,
    /// Text or code.
    Text,
    /// A film.
    Video,
    /// Sound.
    Audio,
    /// A PDF document.
    Pdf,
    /// Packed files.
    Archive,
    /// Anything else.
    Other,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Row {
    /// Stable for the listing's life, through refresh and sorting.
    pub id: u32,
    /// The name shown.
    pub name: String,
    /// The key inside the space; a folder's ends with a slash.
    pub key: String,
    /// Folder or file.
    pub kind: RowKind,
    /// What it is.
    pub media: Media,
    /// Bytes; 0 for a folder.
    pub size: ByteSize,
    /// Last change; none for a folder.
    pub modified: Option<Millis>,
    /// The content's tag, without quotes; empty for a folder.
    pub etag: String,
}

/// Rows of a listing, as a value: never a list of a million keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Selection {
    /// These rows.
    Only {
        /// Of which listing.
        listing: Id,
        /// Row ids.
        ids: Vec<u32>,
    },
    /// All rows of the listing but these.
    AllExcept {
        /// Of which listing.
        listing: Id,
        /// Row ids.
        ids: Vec<u32>,
    },
}

/// What a selection holds, folders walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct SelectionSummary {
    /// Selected rows.
    pub rows: u32,
    /// Files, those inside folders included.
    pub files: u32,
    /// Selected folders.
    pub folders: u32,
    /// Bytes of all files.
    pub bytes: ByteSize,
}
