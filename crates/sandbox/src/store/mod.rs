//! What the sandbox keeps on disk: one SQLite file, and one file for each piece of content. Knows nothing of HTTP.
//!
//! Invariants: a blob's file is complete and synced before a row refers to it; a row is committed before a client
//! hears of it; a file without a row is removed at the next start; keys are bytes in UTF-8 order and never file names.

mod blobs;
mod buckets;
mod change;
pub mod checksum;
mod database;
mod error;
mod head;
mod listing;
mod lock;
mod objects;
mod opening;
mod parts;
mod seed;
mod uploads;
mod version_listing;
mod versions;

#[cfg(test)]
mod tests;

pub use blobs::{BlobWriter, Pins, StoredBlob};
pub use buckets::Bucket;
pub use database::Database;
pub use error::{StoreError, StoreResult};
pub use head::{Checksum, Encryption, Head, Segment};
pub use listing::{Entry, ListPage, ListQuery, Listed};
pub use lock::FolderLock;
pub use objects::{CopySource, NULL_VERSION, NewObject, Object, Precondition};
pub use opening::Store;
pub use parts::{ChosenPart, Part};
pub use seed::Seed;
pub use uploads::{Completion, NewUpload, Upload, UploadRef, upload_algorithm};
pub use version_listing::{ListedVersion, VersionEntry, VersionPage};
pub use versions::{Deletion, Versioning};
