//! Where something is, in the window's words: a level, whose, and a folder.

use serde::{Deserialize, Serialize};
use specta::Type;

/// An access level of Amplify Storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Everyone reads and changes.
    Public,
    /// Everyone reads, the owner changes.
    Protected,
    /// Only the owner.
    Private,
    /// No level: a path of a storage with rules of its own (Gen 2).
    Path,
}

/// A level and whose it is, or a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct SpaceRef {
    /// The level.
    pub level: Level,
    /// Another person's identity id; none is the signed-in person's own. Of a path: which, as `BUCKET/RULE`.
    pub owner: Option<String>,
}

/// A folder in a space: `""` or `a/b/`, always ending with a slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct PlaceRef {
    /// The space.
    pub space: SpaceRef,
    /// The folder inside it.
    pub folder: String,
}

/// Who can read a place; one value has the same words and mark everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Audience {
    /// Only the signed-in person.
    OnlyYou,
    /// Everyone reads, the person changes.
    EveryoneReads,
    /// Everyone reads and changes.
    EveryoneChanges,
    /// Everyone reads, the person does not change: another person's space, or a path with such rules.
    SharedReadOnly,
    /// Everyone reads, the person's group changes.
    GroupChanges,
    /// Nobody outside groups reads.
    GroupOnly,
    /// The rules are not known.
    Unknown,
}

/// What the person may do in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// Read and change.
    Full,
    /// Read.
    ReadOnly,
    /// Nothing before signing in.
    NeedsAccount,
}

/// What the person may do in a place, one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceVerbs {
    /// Open and download files.
    pub get: bool,
    /// See what is there.
    pub list: bool,
    /// Add and replace files.
    pub write: bool,
    /// Delete files.
    pub delete: bool,
}

/// One entry of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceInfo {
    /// Which space.
    pub space: SpaceRef,
    /// Who can read it.
    pub audience: Audience,
    /// What the person may do there.
    pub access: Access,
    /// The same, one by one.
    pub verbs: PlaceVerbs,
    /// The bucket, where the storage has several; of a place in another store the folder that it is.
    pub bucket: Option<String>,
}
