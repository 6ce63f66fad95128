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
}

/// A level and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct SpaceRef {
    /// The level.
    pub level: Level,
    /// Another person's identity id; none is the signed-in person's own.
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
    /// Another person's space.
    SharedReadOnly,
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

/// One entry of the sidebar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceInfo {
    /// Which space.
    pub space: SpaceRef,
    /// Who can read it.
    pub audience: Audience,
    /// What the person may do there.
    pub access: Access,
}
