//! Objects: put, get, copy, tags.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::blobs::{Pins, StoredBlob};
use super::buckets::{BucketRow, bucket_id};
use super::change::Change;
use super::error::{StoreError, StoreResult};
use super::head::{Head, Segment};
use super::opening::Store;
use super::versions::{find_version, give_way, update_head};

/// The id of what was written while its bucket kept no versions.
pub const NULL_VERSION: &str = "null";

/// An object as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its size in bytes.
    pub size: u64,
    /// Its ETag without quotes.
    pub etag: String,
    /// When it was last written, in seconds since 1970.
    pub modified_at: i64,
    /// All else that is known of it.
    pub head: Head,
    /// Where its bytes are.
    pub content: Vec<Segment>,
    /// Its version's id.
    pub version: String,
}

/// An object to be stored; its time is given at the commit.
#[derive(Debug)]
pub struct NewObject {
    /// Its ETag without quotes.
    pub etag: String,
    /// All else that is to be known of it.
    pub head: Head,
    /// Where its bytes are.
    pub content: Vec<Segment>,
}

/// What must be true of a key for a change of it to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// Anything.
    None,
    /// Nothing is stored there: `If-None-Match: *`.
    Absent,
    /// Something is stored there: `If-Match: *`.
    Present,
    /// This very object is stored there: `If-Match: "etag"`.
    Etag(String),
}

/// Where a copy comes from. `pins` keep its content while the copy is made.
#[derive(Debug)]
pub struct CopySource {
    /// The object as it was read.
    pub object: Object,
    /// Keeps its blobs.
    pub pins: Pins,
}

impl Store {
    /// Stores what `blob` holds as an object. What was there before is replaced in the same commit.
    pub fn put(
        &self,
        bucket: &str,
        key: &str,
        head: Head,
        mut blob: StoredBlob,
        precondition: &Precondition,
        now: i64,
    ) -> StoreResult<Object> {
        let new = NewObject { etag: blob.etag(), head, content: blob.content() };
        let object = self.change(|change| put_object(change, bucket, key, new, precondition, now))?;
        blob.is_referred();
        Ok(object)
    }

    /// Stores a copy that shares the content of `source`, which must still be pinned.
    pub fn put_copy(
        &self,
        bucket: &str,
        key: &str,
        head: Head,
        etag: String,
        source: &CopySource,
        now: i64,
    ) -> StoreResult<Object> {
        let new = NewObject { etag, head, content: source.object.content.clone() };
        self.change(|change| put_object(change, bucket, key, new, &Precondition::None, now))
    }

    /// What a key is now, or one version of it, without its bytes.
    pub fn find(&self, bucket: &str, key: &str, version: Option<&str>) -> StoreResult<Object> {
        self.read(|rows| find(rows, bucket, key, version))
    }

    /// The same, its bytes kept for as long as the answer lives.
    pub fn open_object(&self, bucket: &str, key: &str, version: Option<&str>) -> StoreResult<CopySource> {
        let mut in_use = self.blobs.in_use();
        let object = self.find(bucket, key, version)?;
        let pins = self.blobs.pin(&mut in_use, &object.content);
        Ok(CopySource { object, pins })
    }

    /// Replaces the tags of an object.
    pub fn set_tags(
        &self,
        bucket: &str,
        key: &str,
        version: Option<&str>,
        tags: Vec<(String, String)>,
    ) -> StoreResult<()> {
        self.change(|change| {
            let mut object = find(&change.rows, bucket, key, version)?;
            object.head.tags = tags;
            update_head(&change.rows, bucket_id(&change.rows, bucket)?, key, &object)
        })
    }
}

fn find(rows: &Connection, bucket: &str, key: &str, version: Option<&str>) -> StoreResult<Object> {
    let bucket = bucket_id(rows, bucket)?;
    match version {
        Some(version) => find_version(rows, bucket, key, version),
        None => find_object(rows, bucket, key)?.ok_or(StoreError::NoSuchKey),
    }
}

/// Writes an object's row within `change`; what it replaces is released, or kept as a version.
pub(super) fn put_object(
    change: &mut Change<'_>,
    bucket: &str,
    key: &str,
    new: NewObject,
    precondition: &Precondition,
    now: i64,
) -> StoreResult<Object> {
    let bucket = BucketRow::find(&change.rows, bucket)?;
    let previous = find_object(&change.rows, bucket.id, key)?;
    check(precondition, previous.as_ref())?;
    let size = new.content.iter().map(|segment| segment.length).sum();
    let version = bucket.versioning.next_id();
    let object = Object { size, etag: new.etag, modified_at: now, head: new.head, content: new.content, version };
    // Retained first: a copy onto itself must not drop its content in between.
    change.retain(&object.content)?;
    give_way(change, &bucket, key, previous.as_ref(), &object.version)?;
    insert(&change.rows, bucket.id, key, &object)?;
    Ok(object)
}

pub(super) fn insert(rows: &Connection, bucket: i64, key: &str, object: &Object) -> StoreResult<()> {
    rows.prepare_cached(
        "INSERT OR REPLACE INTO object (bucket, key, size, etag, modified_at, head, content, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        bucket,
        key.as_bytes(),
        i64::try_from(object.size).unwrap_or(i64::MAX),
        object.etag,
        object.modified_at,
        serde_json::to_string(&object.head)?,
        serde_json::to_string(&object.content)?,
        object.version
    ])?;
    Ok(())
}

pub(super) fn check(precondition: &Precondition, object: Option<&Object>) -> StoreResult<()> {
    match (precondition, object) {
        (Precondition::None, _) | (Precondition::Absent, None) | (Precondition::Present, Some(_)) => Ok(()),
        (Precondition::Etag(etag), Some(object)) if *etag == object.etag => Ok(()),
        (Precondition::Absent | Precondition::Etag(_), Some(_)) => Err(StoreError::PreconditionFailed),
        (Precondition::Present | Precondition::Etag(_), None) => Err(StoreError::NoSuchKey),
    }
}

pub(super) fn find_object(rows: &Connection, bucket: i64, key: &str) -> StoreResult<Option<Object>> {
    let found = rows
        .prepare_cached(
            "SELECT size, etag, modified_at, head, content, version FROM object WHERE bucket = ?1 AND key = ?2",
        )?
        .query_row(params![bucket, key.as_bytes()], raw_object)
        .optional()?;
    found.map(RawObject::parse).transpose()
}

pub(super) struct RawObject {
    size: i64,
    etag: String,
    modified_at: i64,
    head: String,
    content: String,
    version: String,
}

/// From the columns size, etag, modified_at, head, content and version, in this order.
pub(super) fn raw_object(row: &Row<'_>) -> rusqlite::Result<RawObject> {
    Ok(RawObject {
        size: row.get(0)?,
        etag: row.get(1)?,
        modified_at: row.get(2)?,
        head: row.get(3)?,
        content: row.get(4)?,
        version: row.get(5)?,
    })
}

impl RawObject {
    pub(super) fn parse(self) -> StoreResult<Object> {
        Ok(Object {
            size: u64::try_from(self.size).unwrap_or(0),
            etag: self.etag,
            modified_at: self.modified_at,
            head: serde_json::from_str(&self.head)?,
            content: serde_json::from_str(&self.content)?,
            version: self.version,
        })
    }
}
