//! Listings of versions: by key, the newest of each first.

use rusqlite::{Connection, OptionalExtension, params};

use super::buckets::bucket_id;
use super::error::StoreResult;
use super::listing::{ListQuery, Listed, common_prefix, first_key, past};
use super::opening::Store;

/// One page of a listing of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionPage {
    /// In order.
    pub entries: Vec<VersionEntry>,
    /// There is more, after this key or common prefix and, of a key, this version.
    pub next: Option<(String, Option<String>)>,
}

/// One line of a listing of versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionEntry {
    /// A version of an object.
    Version(ListedVersion),
    /// What several keys have in common up to the delimiter, the delimiter included.
    CommonPrefix(String),
}

/// What a listing tells about a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedVersion {
    /// Key, size, ETag and time; size and ETag of a delete marker are empty.
    pub object: Listed,
    /// Its id.
    pub id: String,
    /// Whether it says that the key is deleted.
    pub marker: bool,
    /// Whether it is what the key is now.
    pub latest: bool,
}

const CURRENT: i64 = i64::MAX;

/// A key's current object comes before all that is kept of it, as if it had the highest number.
const SELECT: &str = "
SELECT key, size, etag, modified_at, id, marker, latest, seq FROM (
    SELECT key, size, etag, modified_at, version AS id, FALSE AS marker, TRUE AS latest, 9223372036854775807 AS seq
    FROM object WHERE bucket = ?1 AND key >= ?2 AND key < ?3
    UNION ALL
    SELECT key, size, etag, modified_at, id, marker,
        NOT EXISTS (SELECT 1 FROM object AS now WHERE now.bucket = kept.bucket AND now.key = kept.key)
        AND seq = (SELECT max(seq) FROM version AS any WHERE any.bucket = kept.bucket AND any.key = kept.key) AS latest,
        seq
    FROM version AS kept WHERE bucket = ?1 AND key >= ?2 AND key < ?3
) WHERE key > ?4 OR seq < ?5 ORDER BY key, seq DESC";

impl Store {
    /// Lists one page of the versions of a bucket. `version`: goes on within the key `query.after`, after this one.
    pub fn list_versions(&self, bucket: &str, query: &ListQuery, version: Option<&str>) -> StoreResult<VersionPage> {
        self.read(|rows| {
            let bucket = bucket_id(rows, bucket)?;
            let mut page = VersionPage::default();
            if query.limit == 0 {
                return Ok(page);
            }
            let mut statement = rows.prepare_cached(SELECT)?;
            let end = past(&query.prefix);
            let mut start = first_key(query);
            let mut within = (Vec::new(), CURRENT);
            if let (Some(after), Some(version)) = (&query.after, version)
                && after.as_str() >= query.prefix.as_str()
                && let Some(seq) = place_of(rows, bucket, after, version)?
            {
                start = after.clone().into_bytes();
                within = (start.clone(), seq);
            }
            'seek: loop {
                let mut rows = statement.query(params![bucket, start, end, within.0, within.1])?;
                while let Some(row) = rows.next()? {
                    if page.entries.len() == query.limit {
                        page.next = page.entries.last().map(VersionEntry::place);
                        return Ok(page);
                    }
                    let key = String::from_utf8_lossy(row.get_ref(0)?.as_bytes().unwrap_or_default()).into_owned();
                    if let Some(folder) = common_prefix(&key, query) {
                        (start, within) = (past(folder), (Vec::new(), CURRENT));
                        page.entries.push(VersionEntry::CommonPrefix(folder.to_owned()));
                        continue 'seek;
                    }
                    page.entries.push(VersionEntry::Version(ListedVersion {
                        object: Listed {
                            key,
                            size: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                            etag: row.get(2)?,
                            modified_at: row.get(3)?,
                        },
                        id: row.get(4)?,
                        marker: row.get(5)?,
                        latest: row.get(6)?,
                    }));
                }
                return Ok(page);
            }
        })
    }
}

impl VersionEntry {
    fn place(&self) -> (String, Option<String>) {
        match self {
            Self::Version(version) => (version.object.key.clone(), Some(version.id.clone())),
            Self::CommonPrefix(prefix) => (prefix.clone(), None),
        }
    }
}

/// Where a version stands among those of its key; nowhere when it is gone.
fn place_of(rows: &Connection, bucket: i64, key: &str, id: &str) -> StoreResult<Option<i64>> {
    let place = "SELECT seq FROM version WHERE bucket = ?1 AND key = ?2 AND id = ?3
                 UNION ALL
                 SELECT 9223372036854775807 FROM object WHERE bucket = ?1 AND key = ?2 AND version = ?3";
    Ok(rows.prepare_cached(place)?.query_row(params![bucket, key.as_bytes(), id], |row| row.get(0)).optional()?)
}
