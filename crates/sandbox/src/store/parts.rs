//! The parts of an upload, and how they become an object.

use rusqlite::{Connection, OptionalExtension, params};

use super::change::Change;
use super::checksum::{self, compose_etag};
use super::error::{StoreError, StoreResult};
use super::head::{Checksum, Head, Segment};
use super::objects::NewObject;
use super::uploads::{UploadRef, find_upload, upload_algorithm};

/// Every part but the last has at least so many bytes.
const SMALLEST_PART: u64 = 5 * 1024 * 1024;

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
    pub(super) content: Vec<Segment>,
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

/// Finds each chosen part and checks its ETag, checksum, order and size.
pub(super) fn choose<'a>(stored: &'a [Part], chosen: &[ChosenPart]) -> StoreResult<Vec<&'a Part>> {
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

pub(super) fn assemble(mut head: Head, parts: &[&Part]) -> StoreResult<NewObject> {
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

pub(super) fn insert_part(change: &mut Change<'_>, upload: UploadRef<'_>, part: &Part) -> StoreResult<()> {
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

pub(super) fn read_parts(rows: &Connection, upload: &str) -> StoreResult<Vec<Part>> {
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
