//! What a [`Storage`](crate::Storage) asks of a store that is not S3. The levels' prefixes, conflicts, progress and files on this
//! computer stay ours; a store keeps bytes under paths.

use std::fmt::Debug;
use std::ops::Range;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::BoxStream;

use crate::error::{Cause, ErrorKind, StorageError};
use crate::list::{From, ObjectInfo, Page, Shape};
use crate::storage::Target;

/// A store of bytes under paths: a folder on a disk, another cloud. Paths are UTF-8, their folders end with a slash.
pub trait Store: Debug + Send + Sync {
    /// Everything that begins with `prefix`, in the order of UTF-8 bytes: with [`Shape::Folder`] what is below the next
    /// slash is told as that folder. Keys are whole paths. Nothing there is an empty listing.
    fn list<'a>(&'a self, prefix: &'a str, shape: Shape) -> BoxFuture<'a, Result<Listed, StoreError>>;

    /// What is there under exactly this path.
    fn find<'a>(&'a self, path: &'a str) -> BoxFuture<'a, Result<Option<ObjectInfo>, StoreError>>;

    /// The bytes of a range, cut to what there is; without one all of them.
    fn read<'a>(&'a self, path: &'a str, range: Option<Range<u64>>) -> BoxFuture<'a, Result<Reading, StoreError>>;

    /// Keeps a content, whole or not at all, and returns its tag. `only_new`: fails with `AlreadyExists` where the path is
    /// taken. A path that ends with a slash is a folder, and its content is empty.
    fn write<'a>(&'a self, path: &'a str, content: Content<'a>) -> BoxFuture<'a, Result<String, StoreError>>;

    /// Removes what is there; nothing there is no error.
    fn remove<'a>(&'a self, path: &'a str) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// What a store keeps below a prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Files.
    pub objects: Vec<ObjectInfo>,
    /// Folders, each with its slash.
    pub folders: Vec<String>,
}

/// A content on its way out of a store.
pub struct Reading {
    /// What it is a part of.
    pub about: ObjectInfo,
    /// Where the store knows it.
    pub content_type: Option<String>,
    /// Which bytes these are.
    pub range: Range<u64>,
    /// The bytes.
    pub bytes: BoxStream<'static, Result<Bytes, StoreError>>,
}

/// A content on its way into a store.
pub struct Content<'a> {
    /// The bytes; an error means that the content is not to be kept.
    pub bytes: BoxStream<'a, std::io::Result<Bytes>>,
    /// What it is.
    pub content_type: &'a str,
    /// Refuse a path that is taken.
    pub only_new: bool,
}

/// Why a store did not do it. Its detail names no path of this computer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct StoreError {
    /// What it means.
    pub kind: ErrorKind,
    /// For whoever runs the store.
    pub detail: String,
}

impl StoreError {
    fn told(self, action: &'static str, object: &str) -> StorageError {
        StorageError::new(self.kind, action, object).with_detail(self.detail)
    }
}

impl std::convert::From<StoreError> for Cause {
    fn from(error: StoreError) -> Self {
        Cause::new(error.kind, error.detail)
    }
}

/// A listing in the shape of S3's. A store gives all of it at once, so pages are cut only where a size was asked for; the
/// token is the last key of the page before.
pub(crate) async fn list(
    store: &dyn Store,
    (level, prefix): (&str, &str),
    shape: Shape,
    from: From,
    size: Option<u16>,
) -> Result<Page, StorageError> {
    let listed = store.list(&format!("{level}{prefix}"), shape).await.map_err(|error| error.told("list", prefix))?;
    let inside = |key: &str| key.strip_prefix(level).filter(|key| !key.is_empty()).map(ToOwned::to_owned);
    let objects =
        listed.objects.into_iter().filter_map(|object| Some(ObjectInfo { key: inside(&object.key)?, ..object }));
    let folders = listed.folders.iter().filter_map(|folder| inside(folder));
    let mut page = Page { objects: objects.collect(), folders: folders.collect(), next: None };
    if let From::Token(after) | From::After(after) = from {
        page.objects.retain(|object| object.key > after);
        page.folders.retain(|folder| *folder > after);
    }
    if let Some(size) = size {
        cut(&mut page, usize::from(size.clamp(1, 1000)));
    }
    Ok(page)
}

fn cut(page: &mut Page, size: usize) {
    let mut keys: Vec<_> = page.objects.iter().map(|object| &object.key).chain(&page.folders).collect();
    if keys.len() <= size {
        return;
    }
    keys.sort_unstable();
    let last = keys[size - 1].clone();
    page.objects.retain(|object| object.key <= last);
    page.folders.retain(|folder| *folder <= last);
    page.next = Some(last);
}

pub(crate) async fn find(store: &dyn Store, target: &Target) -> Result<Option<ObjectInfo>, StorageError> {
    let key = target.key.as_str();
    let found = store.find(&target.full).await.map_err(|error| error.told("find", key))?;
    Ok(found.map(|object| ObjectInfo { key: key.to_owned(), ..object }))
}

pub(crate) async fn remove(store: &dyn Store, target: &Target) -> Result<(), StorageError> {
    store.remove(&target.full).await.map_err(|error| error.told("delete", target.key.as_str()))
}
