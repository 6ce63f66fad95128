//! The Storage category: spaces, keys, and the verbs put, get, remove, list and share over one S3 bucket.
//! Knows nothing of accounts; whoever opens a [`Storage`] brings the credentials.

mod attributes;
mod body;
pub mod category;
mod client;
mod conflict;
mod content_type;
mod control;
mod copy;
mod download;
mod encryption;
mod error;
mod etag;
mod event;
mod get;
mod key;
mod list;
mod list_deep;
mod name;
mod pace;
mod presign;
mod properties;
mod put;
mod remove;
mod space;
mod storage;
mod store;
mod tags;
#[cfg(test)]
mod testing;
mod transfer;
mod versions;

pub use attributes::{Attributes, CannedAcl, Tag};
pub use body::Body;
pub use conflict::{IfExists, Stored};
pub use control::{Control, Progress, ProgressFn};
pub use copy::CopyOptions;
pub use download::{OsPartFile, PartFile, Saved};
pub use encryption::{CustomerKey, Encryption, WrongCustomerKey};
pub use error::{Abandoned, ErrorKind, StorageError};
pub use etag::file_has_etag;
pub use event::{Event, EventKind, EventSink};
pub use get::Object;
pub use key::{Key, MAX_KEY_BYTES};
pub use list::{ObjectInfo, Page, Shape};
pub use name::keep_both_name;
pub use pace::{Clock, Pace, SystemClock};
pub use presign::{LinkOptions, MAX_LINK_LIFE, SignedUrl};
pub use properties::Properties;
pub use put::{DEFAULT_PART_SIZE, MAX_PARTS, PutOptions};
pub use space::{IdentityId, NoIdentity, Owner, Path, Prefixes, Space, Verbs};
pub use storage::{Storage, StorageConfig};
pub use store::{Content, Listed, Reading, Store, StoreError};
pub use transfer::{BegunUpload, Remembered, SentPart, UploadMemory};
pub use versions::{Version, VersionContent, VersionPage, VersionToken};
