//! Connecting a storage: what is shown before it connects, and the form.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A storage that could be connected, shown before it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionPreview {
    /// Names this preview in `connect`.
    pub id: String,
    /// The name that people know.
    pub name: String,
    /// Host that would be spoken to.
    pub host: String,
    /// Region of the bucket.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Whether people can sign in.
    pub sign_in: bool,
    /// Whether guests may look.
    pub guests: bool,
    /// It is the storage that is connected now.
    pub already_connected: bool,
    /// Folders of this computer that the file wants to show as places. They are opened only where the person agrees.
    pub folders: Vec<NamedFolder>,
}

/// A folder of this computer under a place's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NamedFolder {
    /// What the place is called.
    pub name: String,
    /// The folder, to look at.
    pub folder: String,
}

/// The form of the connect screen; empty text is "not given".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionForm {
    /// The name that people know.
    pub name: String,
    /// Region of the pools.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Region of the bucket, where it is another.
    pub bucket_region: String,
    /// Identity pool.
    pub identity_pool_id: String,
    /// User pool.
    pub user_pool_id: String,
    /// Its app client.
    pub user_pool_client_id: String,
    /// No guests.
    pub mandatory_sign_in: bool,
    /// An S3-compatible server instead of AWS.
    pub endpoint: String,
}

/// Text that helps to set a storage up, for the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SetupText {
    /// The two policies of the documentation.
    Policies,
    /// The CORS rule of the documentation.
    Cors,
}
