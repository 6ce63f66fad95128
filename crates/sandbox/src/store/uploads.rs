//! Multipart uploads until they are completed or aborted.

use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, params};

use super::blobs::StoredBlob;
use super::buckets::bucket_id;
use super::change::Change;
use super::checksum::{Algorithm, Hasher, to_hex};
use super::error::{StoreError, StoreResult};
use super::head::{Head, Segment};
use super::objects::{CopySource, Object, Precondition, put_object};
use super::opening::Store;
use super::parts::{ChosenPart, Part, assemble, choose, insert_part, read_parts};

/// An upload to begin.
#[derive(Debug)]
pub struct NewUpload<'a> {
    /// Its bucket.
    pub bucket: &'a str,
    /// The key that the object will have.
    pub key: &'a str,
    /// The identity that begins it.
    pub initiator: &'a str,
    /// What the object will be; its checksum says with what, and how, and has no value yet.
    pub head: Head,
}

/// An unfinished upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// The key that the object will have.
    pub key: String,
    /// When it was begun, in seconds since 1970.
    pub initiated_at: i64,
    /// The identity that began it.
    pub initiator: String,
    /// What the object will be.
    pub head: Head,
}

/// How a client names an upload: all three must fit.
#[derive(Clone, Copy, Debug)]
pub struct UploadRef<'a> {
    /// Its bucket.
    pub bucket: &'a str,
    /// The key that the object will have.
    pub key: &'a str,
    /// Its id.
    pub id: &'a str,
}

/// What a client says when it completes an upload.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The parts, in order.
    pub parts: Vec<ChosenPart>,
    /// What must be true of the key.
    pub precondition: Precondition,
    /// The checksum that the whole must have, when the client gives one.
    pub checksum: Option<String>,
}

impl Store {
    /// Begins an upload.
    pub fn create_upload(&self, new: NewUpload<'_>, now: i64) -> StoreResult<String> {
        let id = to_hex(&rand::random::<[u8; 24]>());
        self.change(|change| {
            change.rows.execute(
                "INSERT INTO upload (id, bucket, key, initiated_at, initiator, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    id,
                    bucket_id(&change.rows, new.bucket)?,
                    new.key.as_bytes(),
                    now,
                    new.initiator,
                    serde_json::to_string(&new.head)?
                ],
            )?;
            Ok(())
        })?;
        Ok(id)
    }

    /// An unfinished upload of that key.
    pub fn find_upload(&self, upload: UploadRef<'_>) -> StoreResult<Upload> {
        self.read(|rows| find_upload(rows, upload))
    }

    /// The unfinished uploads whose keys begin with `prefix`, by key and id.
    pub fn uploads(&self, bucket: &str, prefix: &str) -> StoreResult<Vec<Upload>> {
        self.read(|rows| {
            let mut statement = rows.prepare_cached(
                "SELECT id, key, initiated_at, initiator, head FROM upload
                 WHERE bucket = ?1 AND substr(key, 1, ?3) = ?2 ORDER BY key, id",
            )?;
            let length = i64::try_from(prefix.len()).unwrap_or(i64::MAX);
            let found = statement
                .query_map(params![bucket_id(rows, bucket)?, prefix.as_bytes(), length], raw_upload)?
                .collect::<Result<Vec<_>, _>>()?;
            found.into_iter().map(parse_upload).collect()
        })
    }

    /// How many parts the unfinished uploads of a bucket hold.
    pub fn count_parts(&self, bucket: &str) -> StoreResult<usize> {
        self.read(|rows| {
            let count = "SELECT count(*) FROM part JOIN upload ON upload.id = part.upload WHERE upload.bucket = ?1";
            let counted: i64 = rows.query_row(count, [bucket_id(rows, bucket)?], |row| row.get(0))?;
            Ok(usize::try_from(counted).unwrap_or(usize::MAX))
        })
    }

    /// Stores what `blob` holds as part `number`; a part of the same number is replaced.
    pub fn put_part(&self, upload: UploadRef<'_>, number: u32, mut blob: StoredBlob, now: i64) -> StoreResult<Part> {
        let algorithm = upload_algorithm(&self.find_upload(upload)?.head);
        let part = Part {
            number,
            size: blob.size,
            etag: blob.etag(),
            modified_at: now,
            checksum: blob.checksum(algorithm).unwrap_or_default().to_owned(),
            content: blob.content(),
        };
        self.change(|change| insert_part(change, upload, &part))?;
        blob.is_referred();
        Ok(part)
    }

    /// Stores bytes `range` of a pinned object as part `number`, sharing its blobs.
    pub fn put_part_copy(
        &self,
        upload: UploadRef<'_>,
        number: u32,
        source: &CopySource,
        range: Range<u64>,
        now: i64,
    ) -> StoreResult<Part> {
        let content = Segment::cut(&source.object.content, range.start, range.end);
        let mut hasher = Hasher::new(upload_algorithm(&self.find_upload(upload)?.head));
        let md5 = source.pins.hash(&content, &mut hasher)?;
        let size = range.end - range.start;
        let part = Part { number, size, etag: to_hex(&md5), modified_at: now, checksum: hasher.finish(), content };
        self.change(|change| insert_part(change, upload, &part))?;
        Ok(part)
    }

    /// The parts of an upload with numbers above `after`, by number.
    pub fn parts(&self, upload: UploadRef<'_>, after: u32) -> StoreResult<Vec<Part>> {
        self.read(|rows| {
            find_upload(rows, upload)?;
            let mut parts = read_parts(rows, upload.id)?;
            parts.retain(|part| part.number > after);
            Ok(parts)
        })
    }

    /// Drops an upload and its parts.
    pub fn abort_upload(&self, upload: UploadRef<'_>) -> StoreResult<()> {
        self.change(|change| {
            find_upload(&change.rows, upload)?;
            drop_upload(change, upload.id)
        })
    }

    /// Makes an object of the chosen parts, in one commit that ends the upload.
    pub fn complete_upload(&self, upload: UploadRef<'_>, completion: &Completion, now: i64) -> StoreResult<Object> {
        self.change(|change| {
            let found = find_upload(&change.rows, upload)?;
            let stored = read_parts(&change.rows, upload.id)?;
            let parts = choose(&stored, &completion.parts)?;
            let new = assemble(found.head, &parts)?;
            let made = new.head.checksum.as_ref().map(|checksum| &checksum.value);
            if completion.checksum.is_some() && completion.checksum.as_ref() != made {
                return Err(StoreError::BadDigest);
            }
            let object = put_object(change, upload.bucket, upload.key, new, &completion.precondition, now)?;
            drop_upload(change, upload.id)?;
            Ok(object)
        })
    }
}

/// What the parts of an upload are checked with; CRC-64/NVME when the client named nothing.
pub fn upload_algorithm(head: &Head) -> Algorithm {
    head.checksum.as_ref().map_or(Algorithm::Crc64Nvme, |planned| planned.algorithm)
}

fn drop_upload(change: &mut Change<'_>, upload: &str) -> StoreResult<()> {
    for part in read_parts(&change.rows, upload)? {
        change.release(&part.content)?;
    }
    change.rows.execute("DELETE FROM upload WHERE id = ?1", [upload])?;
    Ok(())
}

pub(super) fn find_upload(rows: &Connection, upload: UploadRef<'_>) -> StoreResult<Upload> {
    let found = rows
        .prepare_cached(
            "SELECT id, key, initiated_at, initiator, head FROM upload WHERE id = ?1 AND bucket = ?2 AND key = ?3",
        )?
        .query_row(params![upload.id, bucket_id(rows, upload.bucket)?, upload.key.as_bytes()], raw_upload)
        .optional()?;
    found.map(parse_upload).transpose()?.ok_or(StoreError::NoSuchUpload)
}

type RawUpload = (String, Vec<u8>, i64, String, String);

fn raw_upload(row: &rusqlite::Row<'_>) -> rusqlite::Result<RawUpload> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn parse_upload((id, key, initiated_at, initiator, head): RawUpload) -> StoreResult<Upload> {
    let key = String::from_utf8_lossy(&key).into_owned();
    Ok(Upload { id, key, initiated_at, initiator, head: serde_json::from_str(&head)? })
}
