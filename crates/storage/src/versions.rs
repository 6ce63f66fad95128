//! Versions of objects, in a bucket that keeps them: listing, restoring, removing for good.

use std::time::SystemTime;

use aws_sdk_s3::operation::list_object_versions::ListObjectVersionsOutput;
use aws_sdk_s3::types::EncodingType;

use crate::conflict::{Stored, Write};
use crate::control::Control;
use crate::copy::CopyOptions;
use crate::error::{ErrorKind, StorageError, cause};
use crate::key::Key;
use crate::list::{Inside, unquoted};
use crate::space::{Space, Verb};
use crate::storage::Storage;
use crate::transfer::{Copying, Original};

/// S3's limit for one page.
const A_PAGE: u16 = 1000;

/// What a key was at some time, or the note that it was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The key inside the space.
    pub key: String,
    /// `null` for what was stored before the bucket kept versions.
    pub id: String,
    /// Whether this is what the key is now.
    pub is_latest: bool,
    /// When it was stored, or deleted.
    pub modified: Option<SystemTime>,
    /// What was stored; nothing: the key was deleted (S3's delete marker).
    pub content: Option<VersionContent>,
}

/// The content of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionContent {
    /// Bytes.
    pub size: u64,
    /// Without quotes.
    pub etag: String,
}

/// Versions by key; of each key the newest first. S3 tells whole seconds: of a version and a deletion of
/// the same second, either may stand first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionPage {
    /// In order.
    pub versions: Vec<Version>,
    /// Asks for the next page; `None` on the last one.
    pub next: Option<VersionToken>,
}

/// Where a listing of versions goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionToken {
    key: String,
    version: Option<String>,
}

impl Storage {
    /// One page of the versions of everything that begins with `prefix`, deleted keys included: at most `size`, 1 to
    /// 1,000.
    ///
    /// # Errors
    /// `AccessDenied`: the documented policies grant no rights over versions; else see [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # bed.keep_versions().await?;
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// storage.remove(&Space::Private, &key).await?;
    /// let page = storage.version_page(&Space::Private, "notes/", 1000, None).await?;
    /// assert_eq!(page.versions.len(), 2, "what it was, and that it was deleted");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn version_page(
        &self,
        space: &Space,
        prefix: &str,
        size: u16,
        token: Option<VersionToken>,
    ) -> Result<VersionPage, StorageError> {
        let level = self.prefix(space, Verb::List, "list", prefix)?;
        let (key, version) = match token.clone() {
            Some(token) => (Some(token.key), token.version),
            None => (None, None),
        };
        let request = self
            .client()
            .list_object_versions()
            .bucket(self.bucket())
            .prefix(format!("{level}{prefix}"))
            .max_keys(i32::from(size.clamp(1, A_PAGE)))
            .set_key_marker(key)
            .set_version_id_marker(version)
            .encoding_type(EncodingType::Url);
        let answer = request.send().await.map_err(|error| StorageError::of(cause(error), "list", prefix))?;
        let odd = |detail: &str| StorageError::new(ErrorKind::Unexpected, "list", prefix).with_detail(detail);
        let page = page(&answer, &level).ok_or_else(|| odd("the answer is no listing of versions"))?;
        if page.next.is_some() && page.next == token {
            return Err(odd("the server gave the same marker again"));
        }
        Ok(page)
    }

    /// All versions of one key, the newest first; none, if there never was anything.
    ///
    /// # Errors
    /// As [`Storage::version_page`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// bed.keep_versions().await?;
    /// storage.put(&Space::Private, &key, Body::Bytes("Hi".into()), PutOptions::new(IfExists::Replace), &control).await?;
    /// let versions = storage.versions(&Space::Private, &key, &control).await?;
    /// assert_eq!(versions.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn versions(&self, space: &Space, key: &Key, control: &Control) -> Result<Vec<Version>, StorageError> {
        let mut found = Vec::new();
        let mut token = None;
        loop {
            let page = self.version_page(space, key.as_str(), A_PAGE, token);
            let page = control.run("list", key.as_str(), page).await?;
            // The key itself comes before everything that it begins.
            let passed = page.versions.last().is_some_and(|last| last.key != key.as_str());
            found.extend(page.versions.into_iter().filter(|version| version.key == key.as_str()));
            match page.next {
                Some(next) if !passed => token = Some(next),
                _ => return Ok(found),
            }
        }
    }

    /// Makes a version what the key is now, of any size, with what is stored with it. S3 stores it anew: nothing that
    /// was stored meanwhile is lost, and a deleted key is there again.
    ///
    /// # Errors
    /// `NotFound`: no such version, or the note of a deletion; else as [`Storage::version_page`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # bed.keep_versions().await?;
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// storage.remove(&Space::Private, &key).await?;
    /// let versions = storage.versions(&Space::Private, &key, &control).await?;
    /// let hello = versions.iter().find(|version| version.content.is_some()).ok_or("nothing was stored")?;
    /// storage.restore_version(&Space::Private, &key, &hello.id, &control).await?;
    /// assert_eq!(storage.get(&Space::Private, &key, None, &control).await?.bytes, "Hello");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn restore_version(
        &self,
        space: &Space,
        key: &Key,
        id: &str,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        let target = self.target(space, key, Verb::Write, "restore")?;
        let original = Original { storage: self, target: target.clone(), version: Some(id.to_owned()) };
        let opening = Copying::open(self, original, CopyOptions::in_place().manner("restore"), control);
        let copying = control.run("restore", key.as_str(), opening).await?;
        copying.send(&target, false).await
    }

    /// Removes a version for good. When it is what the key is now, the one before it takes its place; the note of a
    /// deletion can be removed the same way.
    ///
    /// # Errors
    /// As [`Storage::version_page`]. A version that is not there counts as removed.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # bed.keep_versions().await?;
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// for version in storage.versions(&Space::Private, &key, &control).await? {
    ///     storage.remove_version(&Space::Private, &key, &version.id).await?;
    /// }
    /// assert_eq!(storage.versions(&Space::Private, &key, &control).await?, []);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_version(&self, space: &Space, key: &Key, id: &str) -> Result<(), StorageError> {
        let target = self.target(space, key, Verb::Delete, "delete")?;
        let request = self.client().delete_object().bucket(self.bucket()).key(&target.full).version_id(id);
        let sent = request.send().await;
        sent.map(drop).map_err(|error| StorageError::of(cause(error), "delete", key.as_str()))
    }
}

/// `None`: the answer is no listing of versions.
fn page(answer: &ListObjectVersionsOutput, level: &str) -> Option<VersionPage> {
    let truncated = answer.is_truncated()?;
    let inside = Inside { level, encoded: answer.encoding_type() == Some(&EncodingType::Url) };
    let stored = answer.versions().iter().filter_map(|version| {
        Some(Version {
            key: inside.key(version.key()?)?,
            id: version.version_id()?.to_owned(),
            is_latest: version.is_latest().unwrap_or(false),
            modified: version.last_modified().and_then(|at| SystemTime::try_from(*at).ok()),
            content: Some(VersionContent {
                size: version.size().and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
                etag: unquoted(version.e_tag()),
            }),
        })
    });
    let deletions = answer.delete_markers().iter().filter_map(|marker| {
        Some(Version {
            key: inside.key(marker.key()?)?,
            id: marker.version_id()?.to_owned(),
            is_latest: marker.is_latest().unwrap_or(false),
            modified: marker.last_modified().and_then(|at| SystemTime::try_from(*at).ok()),
            content: None,
        })
    });
    let mut versions: Vec<Version> = stored.chain(deletions).collect();
    // S3 writes both kinds mixed in one order; the SDK tells them apart and loses it.
    versions.sort_by(|a, b| {
        let newest = b.is_latest.cmp(&a.is_latest).then(b.modified.cmp(&a.modified));
        a.key.as_bytes().cmp(b.key.as_bytes()).then(newest)
    });
    let next = answer.next_key_marker().filter(|_| truncated).map(|key| VersionToken {
        key: inside.decoded(key),
        version: answer.next_version_id_marker().filter(|id| !id.is_empty()).map(ToOwned::to_owned),
    });
    Some(VersionPage { versions, next })
}
