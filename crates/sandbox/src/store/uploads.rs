//! Multipart uploads until they are completed or aborted.

use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, params};

use super::blobs::StoredBlob;
use super::buckets::bucket_id;
use super::change::Change;
use super::checksum::{self, Algorithm, Hasher, compose_etag, to_hex};
use super::error::{StoreError, StoreResult};
use super::head::{Checksum, Head, Segment};
use super::objects::{CopySource, NewObject, Object, Precondition, put_object};
use super::opening::Store;

/// Every part but the last has at least so many bytes.
const SMALLEST_PART: u64 = 5 * 1024 * 1024;

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

/// A stored part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// 1 to 10,000.
    pub number: u32,
    /// Its size in bytes.
    pub size: u64,
    /// Its MD5 in hexadecimal.
    pub etag: String,
    /// When it was written, in seconds since 1970.
    pub modified_at: i64,
    /// Its checksum, made with the algorithm of the upload.
    pub checksum: String,
    content: Vec<Segment>,
}

/// A part as the client names it when it completes the upload.
#[derive(Clone, Debug)]
pub struct ChosenPart {
    /// Its number.
    pub number: u32,
    /// The ETag that it must have, without quotes.
    pub etag: String,
    /// The checksum that it must have, when the client gives one.
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

/// Finds each chosen part and checks its ETag, checksum, order and size.
fn choose<'a>(stored: &'a [Part], chosen: &[ChosenPart]) -> StoreResult<Vec<&'a Part>> {
    if !chosen.is_sorted_by(|before, after| before.number < after.number) {
        return Err(StoreError::InvalidPartOrder);
    }
    let mut parts = Vec::with_capacity(chosen.len());
    for (index, wanted) in chosen.iter().enumerate() {
        let part = stored
            .binary_search_by_key(&wanted.number, |part| part.number)
            .ok()
            .map(|at| &stored[at])
            .filter(|part| part.etag == wanted.etag)
            .filter(|part| wanted.checksum.as_ref().is_none_or(|checksum| *checksum == part.checksum))
            .ok_or(StoreError::InvalidPart(wanted.number))?;
        if part.size < SMALLEST_PART && index + 1 < chosen.len() {
            return Err(StoreError::PartTooSmall(wanted.number));
        }
        parts.push(part);
    }
    if parts.is_empty() { Err(StoreError::InvalidPart(1)) } else { Ok(parts) }
}

fn assemble(mut head: Head, parts: &[&Part]) -> StoreResult<NewObject> {
    let algorithm = upload_algorithm(&head);
    let composite = head.checksum.as_ref().is_some_and(|planned| planned.composite);
    let value = if composite {
        checksum::compose(algorithm, &parts.iter().map(|part| part.checksum.as_str()).collect::<Vec<_>>())
    } else {
        checksum::join(algorithm, &parts.iter().map(|part| (part.checksum.as_str(), part.size)).collect::<Vec<_>>())
    };
    head.checksum = value.map(|value| Checksum { algorithm, value, composite });
    head.part_sizes = parts.iter().map(|part| part.size).collect();
    let etag = compose_etag(&parts.iter().map(|part| part.etag.as_str()).collect::<Vec<_>>())
        .ok_or(StoreError::InvalidPart(parts[0].number))?;
    let content = parts.iter().flat_map(|part| part.content.iter().cloned()).collect();
    Ok(NewObject { etag, head, content })
}

fn insert_part(change: &mut Change<'_>, upload: UploadRef<'_>, part: &Part) -> StoreResult<()> {
    find_upload(&change.rows, upload)?;
    let replaced: Option<String> = change
        .rows
        .prepare_cached("SELECT content FROM part WHERE upload = ?1 AND number = ?2")?
        .query_row(params![upload.id, part.number], |row| row.get(0))
        .optional()?;
    change.retain(&part.content)?;
    if let Some(replaced) = replaced {
        change.release(&serde_json::from_str::<Vec<Segment>>(&replaced)?)?;
    }
    change
        .rows
        .prepare_cached(
            "INSERT OR REPLACE INTO part (upload, number, size, etag, modified_at, checksum, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            upload.id,
            part.number,
            i64::try_from(part.size).unwrap_or(i64::MAX),
            part.etag,
            part.modified_at,
            part.checksum,
            serde_json::to_string(&part.content)?
        ])?;
    Ok(())
}

fn drop_upload(change: &mut Change<'_>, upload: &str) -> StoreResult<()> {
    for part in read_parts(&change.rows, upload)? {
        change.release(&part.content)?;
    }
    change.rows.execute("DELETE FROM upload WHERE id = ?1", [upload])?;
    Ok(())
}

fn find_upload(rows: &Connection, upload: UploadRef<'_>) -> StoreResult<Upload> {
    let found = rows
        .prepare_cached(
            "SELECT id, key, initiated_at, initiator, head FROM upload WHERE id = ?1 AND bucket = ?2 AND key = ?3",
        )?
        .query_row(params![upload.id, bucket_id(rows, upload.bucket)?, upload.key.as_bytes()], raw_upload)
        .optional()?;
    found.map(parse_upload).transpose()?.ok_or(StoreError::NoSuchUpload)
}

fn read_parts(rows: &Connection, upload: &str) -> StoreResult<Vec<Part>> {
    let mut statement = rows.prepare_cached(
        "SELECT number, size, etag, modified_at, checksum, content FROM part WHERE upload = ?1 ORDER BY number",
    )?;
    let mut found = statement.query([upload])?;
    let mut parts = Vec::new();
    while let Some(row) = found.next()? {
        parts.push(Part {
            number: row.get(0)?,
            size: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
            etag: row.get(2)?,
            modified_at: row.get(3)?,
            checksum: row.get(4)?,
            content: serde_json::from_str(&row.get::<_, String>(5)?)?,
        });
    }
    Ok(parts)
}

type RawUpload = (String, Vec<u8>, i64, String, String);

fn raw_upload(row: &rusqlite::Row<'_>) -> rusqlite::Result<RawUpload> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn parse_upload((id, key, initiated_at, initiator, head): RawUpload) -> StoreResult<Upload> {
    let key = String::from_utf8_lossy(&key).into_owned();
    Ok(Upload { id, key, initiated_at, initiator, head: serde_json::from_str(&head)? })
}
