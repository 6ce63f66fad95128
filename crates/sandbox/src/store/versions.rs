//! Versions: a versioned bucket keeps what is replaced or removed, and marks what is deleted.
//!
//! The table `object` holds what a key is now. `version` holds what it was, in the order in which that ceased to be
//! current, and delete markers. A key without a row in `object` is deleted when its newest row in `version` is a marker.

use rusqlite::{Connection, OptionalExtension, params};

use super::buckets::BucketRow;
use super::change::Change;
use super::error::{StoreError, StoreResult};
use super::head::Segment;
use super::objects::{NULL_VERSION, Object, Precondition, RawObject, check, find_object, insert, raw_object};
use super::opening::Store;

/// Whether a bucket keeps versions. Once it did, it can only be suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versioning {
    /// It never did: what is replaced or removed is gone.
    Off,
    /// Each write has an id of its own.
    Enabled,
    /// What was kept stays; a write has the id `null` and replaces the one before of that id.
    Suspended,
}

impl Versioning {
    pub(super) fn parse(text: Option<&str>) -> Self {
        match text {
            Some("Enabled") => Self::Enabled,
            Some(_) => Self::Suspended,
            None => Self::Off,
        }
    }

    /// As the S3 API writes it; nothing for a bucket that never kept any.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Off => None,
            Self::Enabled => Some("Enabled"),
            Self::Suspended => Some("Suspended"),
        }
    }

    pub(super) fn next_id(self) -> String {
        match self {
            Self::Enabled => super::checksum::to_hex(&rand::random::<[u8; 16]>()),
            Self::Off | Self::Suspended => NULL_VERSION.to_owned(),
        }
    }
}

/// What a deletion did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletion {
    /// The version that is gone, or the delete marker that was made.
    pub version: Option<String>,
    /// Whether that version is a delete marker.
    pub marker: bool,
}

impl Store {
    /// Whether a bucket keeps versions.
    pub fn versioning(&self, bucket: &str) -> StoreResult<Versioning> {
        self.read(|rows| Ok(BucketRow::find(rows, bucket)?.versioning))
    }

    /// Has a bucket keep versions, or stop doing so.
    pub fn set_versioning(&self, bucket: &str, enabled: bool) -> StoreResult<()> {
        let state = if enabled { Versioning::Enabled } else { Versioning::Suspended };
        self.change(|change| {
            let bucket = BucketRow::find(&change.rows, bucket)?;
            let set = "UPDATE bucket SET versioning = ?2 WHERE id = ?1";
            change.rows.execute(set, params![bucket.id, state.as_str()])?;
            Ok(())
        })
    }

    /// Deletes what a key is now: gone in a bucket that keeps no versions, else hidden behind a delete marker. What is
    /// not there can be deleted too, as in S3, unless the precondition wants it.
    pub fn delete(&self, bucket: &str, key: &str, precondition: &Precondition, now: i64) -> StoreResult<Deletion> {
        self.change(|change| {
            let bucket = BucketRow::find(&change.rows, bucket)?;
            let current = find_object(&change.rows, bucket.id, key)?;
            check(precondition, current.as_ref())?;
            let id = bucket.versioning.next_id();
            give_way(change, &bucket, key, current.as_ref(), &id)?;
            remove_current(change, bucket.id, key)?;
            if bucket.versioning == Versioning::Off {
                return Ok(Deletion::default());
            }
            change.rows.execute(
                "INSERT INTO version (bucket, key, id, marker, size, etag, modified_at, head, content)
                 VALUES (?1, ?2, ?3, TRUE, 0, '', ?4, '{}', '[]')",
                params![bucket.id, key.as_bytes(), id, now],
            )?;
            Ok(Deletion { version: Some(id), marker: true })
        })
    }

    /// Deletes one version for good. When it was what the key is now, the one before it takes its place. A version that
    /// is not there can be deleted too.
    pub fn delete_version(&self, bucket: &str, key: &str, id: &str) -> StoreResult<Deletion> {
        self.change(|change| {
            let bucket = BucketRow::find(&change.rows, bucket)?.id;
            let current = find_object(&change.rows, bucket, key)?;
            let marker = match current.filter(|current| current.version == id) {
                Some(current) => {
                    change.release(&current.content)?;
                    remove_current(change, bucket, key)?;
                    false
                }
                None => drop_kept(change, bucket, key, id)?,
            };
            promote(change, bucket, key)?;
            Ok(Deletion { version: Some(id.to_owned()), marker })
        })
    }
}

/// Makes room for a write with the id `incoming`: what the key is now is kept, or, with the same id, released.
pub(super) fn give_way(
    change: &mut Change<'_>,
    bucket: &BucketRow,
    key: &str,
    current: Option<&Object>,
    incoming: &str,
) -> StoreResult<()> {
    if bucket.versioning == Versioning::Suspended {
        drop_kept(change, bucket.id, key, incoming)?;
    }
    match current {
        Some(current) if current.version == incoming => change.release(&current.content),
        Some(current) => keep(&change.rows, bucket.id, key, current),
        None => Ok(()),
    }
}

/// The object that a version is.
pub(super) fn find_version(rows: &Connection, bucket: i64, key: &str, id: &str) -> StoreResult<Object> {
    if let Some(current) = find_object(rows, bucket, key)?.filter(|current| current.version == id) {
        return Ok(current);
    }
    let kept = "SELECT size, etag, modified_at, head, content, id, marker FROM version
                WHERE bucket = ?1 AND key = ?2 AND id = ?3";
    let found = rows
        .prepare_cached(kept)?
        .query_row(params![bucket, key.as_bytes(), id], |row| Ok((raw_object(row)?, row.get::<_, bool>(6)?)))
        .optional()?;
    match found {
        None => Err(StoreError::NoSuchVersion),
        Some((_, true)) => Err(StoreError::DeleteMarker),
        Some((object, false)) => object.parse(),
    }
}

/// Writes the head of one version, or of what the key is now.
pub(super) fn update_head(rows: &Connection, bucket: i64, key: &str, object: &Object) -> StoreResult<()> {
    let parameters = params![bucket, key.as_bytes(), object.version, serde_json::to_string(&object.head)?];
    let current = "UPDATE object SET head = ?4 WHERE bucket = ?1 AND key = ?2 AND version = ?3";
    if rows.execute(current, parameters)? == 0 {
        rows.execute("UPDATE version SET head = ?4 WHERE bucket = ?1 AND key = ?2 AND id = ?3", parameters)?;
    }
    Ok(())
}

fn remove_current(change: &Change<'_>, bucket: i64, key: &str) -> StoreResult<()> {
    let delete = "DELETE FROM object WHERE bucket = ?1 AND key = ?2";
    change.rows.prepare_cached(delete)?.execute(params![bucket, key.as_bytes()])?;
    Ok(())
}

fn keep(rows: &Connection, bucket: i64, key: &str, object: &Object) -> StoreResult<()> {
    let insert = "INSERT INTO version (bucket, key, id, marker, size, etag, modified_at, head, content)
                  VALUES (?1, ?2, ?3, FALSE, ?4, ?5, ?6, ?7, ?8)";
    rows.prepare_cached(insert)?.execute(params![
        bucket,
        key.as_bytes(),
        object.version,
        i64::try_from(object.size).unwrap_or(i64::MAX),
        object.etag,
        object.modified_at,
        serde_json::to_string(&object.head)?,
        serde_json::to_string(&object.content)?
    ])?;
    Ok(())
}

/// Removes a version that is not current, if it is there; says whether it was a delete marker.
fn drop_kept(change: &mut Change<'_>, bucket: i64, key: &str, id: &str) -> StoreResult<bool> {
    let delete = "DELETE FROM version WHERE bucket = ?1 AND key = ?2 AND id = ?3 RETURNING content, marker";
    let dropped: Option<(String, bool)> = change
        .rows
        .prepare_cached(delete)?
        .query_row(params![bucket, key.as_bytes(), id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((content, marker)) = dropped else { return Ok(false) };
    change.release(&serde_json::from_str::<Vec<Segment>>(&content)?)?;
    Ok(marker)
}

/// Makes the newest kept version what the key is now, unless the key is something already or that is a delete marker.
fn promote(change: &Change<'_>, bucket: i64, key: &str) -> StoreResult<()> {
    let rows = &change.rows;
    if find_object(rows, bucket, key)?.is_some() {
        return Ok(());
    }
    let newest = "SELECT size, etag, modified_at, head, content, id, marker, seq FROM version
                  WHERE bucket = ?1 AND key = ?2 ORDER BY seq DESC LIMIT 1";
    let found: Option<(RawObject, bool, i64)> = rows
        .prepare_cached(newest)?
        .query_row(params![bucket, key.as_bytes()], |row| Ok((raw_object(row)?, row.get(6)?, row.get(7)?)))
        .optional()?;
    if let Some((object, false, seq)) = found {
        rows.execute("DELETE FROM version WHERE seq = ?1", [seq])?;
        insert(rows, bucket, key, &object.parse()?)?;
    }
    Ok(())
}
