//! Buckets.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{StoreError, StoreResult};
use super::opening::Store;
use super::versions::Versioning;

/// A bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// When it was made, in seconds since 1970.
    pub created_at: i64,
}

impl Store {
    /// Makes a bucket.
    pub fn create_bucket(&self, name: &str, now: i64) -> StoreResult<()> {
        self.change(|change| {
            let made = change
                .rows
                .execute("INSERT OR IGNORE INTO bucket (name, created_at) VALUES (?1, ?2)", params![name, now])?;
            if made == 0 { Err(StoreError::BucketExists) } else { Ok(()) }
        })
    }

    /// Removes an empty bucket.
    pub fn delete_bucket(&self, name: &str) -> StoreResult<()> {
        self.change(|change| {
            let id = bucket_id(&change.rows, name)?;
            let objects: bool =
                change
                    .rows
                    .query_row("SELECT EXISTS (SELECT 1 FROM object WHERE bucket = ?1)", [id], |row| row.get(0))?;
            let versions: bool =
                change
                    .rows
                    .query_row("SELECT EXISTS (SELECT 1 FROM version WHERE bucket = ?1)", [id], |row| row.get(0))?;
            let uploads: bool =
                change
                    .rows
                    .query_row("SELECT EXISTS (SELECT 1 FROM upload WHERE bucket = ?1)", [id], |row| row.get(0))?;
            if objects || versions || uploads {
                return Err(StoreError::BucketNotEmpty);
            }
            change.rows.execute("DELETE FROM bucket WHERE id = ?1", [id])?;
            Ok(())
        })
    }

    /// Fails with `NoSuchBucket` unless the bucket is there.
    pub fn require_bucket(&self, name: &str) -> StoreResult<()> {
        self.read(|rows| bucket_id(rows, name).map(|_| ()))
    }

    /// Every bucket, by name.
    pub fn buckets(&self) -> StoreResult<Vec<Bucket>> {
        self.read(|rows| {
            let mut statement = rows.prepare_cached("SELECT name, created_at FROM bucket ORDER BY name")?;
            let buckets = statement.query_map([], |row| Ok(Bucket { name: row.get(0)?, created_at: row.get(1)? }))?;
            Ok(buckets.collect::<Result<_, _>>()?)
        })
    }
}

/// What a change of a bucket's objects must know of it.
pub(super) struct BucketRow {
    pub(super) id: i64,
    pub(super) versioning: Versioning,
}

impl BucketRow {
    pub(super) fn find(rows: &Connection, name: &str) -> StoreResult<Self> {
        rows.prepare_cached("SELECT id, versioning FROM bucket WHERE name = ?1")?
            .query_row([name], |row| {
                let versioning = Versioning::parse(row.get::<_, Option<String>>(1)?.as_deref());
                Ok(Self { id: row.get(0)?, versioning })
            })
            .optional()?
            .ok_or(StoreError::NoSuchBucket)
    }
}

pub(super) fn bucket_id(rows: &Connection, name: &str) -> StoreResult<i64> {
    Ok(BucketRow::find(rows, name)?.id)
}
