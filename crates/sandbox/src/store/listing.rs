//! Listings: a range scan in the order of UTF-8 bytes that steps over a whole folder with one seek.

use rusqlite::params;

use super::buckets::bucket_id;
use super::error::StoreResult;
use super::opening::Store;

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// Only keys that begin with this.
    pub prefix: String,
    /// Keys that have this after the prefix are rolled up into one common prefix. Not empty.
    pub delimiter: Option<String>,
    /// Only entries (keys or common prefixes) that come after this one.
    pub after: Option<String>,
    /// At most so many entries.
    pub limit: usize,
}

/// One page of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPage {
    /// In order.
    pub entries: Vec<Entry>,
    /// There is more: the next page's `after`.
    pub next: Option<String>,
}

/// One line of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An object.
    Object(Listed),
    /// What several keys have in common up to the delimiter, the delimiter included.
    CommonPrefix(String),
}

/// What a listing tells about an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its ETag without quotes.
    pub etag: String,
    /// When it was last written, in seconds since 1970.
    pub modified_at: i64,
}

impl Entry {
    /// The key or the common prefix.
    pub fn name(&self) -> &str {
        match self {
            Self::Object(listed) => &listed.key,
            Self::CommonPrefix(prefix) => prefix,
        }
    }
}

impl Store {
    /// Lists one page of a bucket.
    pub fn list(&self, bucket: &str, query: &ListQuery) -> StoreResult<ListPage> {
        self.read(|rows| {
            let bucket = bucket_id(rows, bucket)?;
            let mut page = ListPage::default();
            if query.limit == 0 {
                return Ok(page);
            }
            let mut statement = rows.prepare_cached(
                "SELECT key, size, etag, modified_at FROM object WHERE bucket = ?1 AND key >= ?2 AND key < ?3 ORDER BY key",
            )?;
            let end = past(&query.prefix);
            let mut start = first_key(query);
            'seek: loop {
                let mut rows = statement.query(params![bucket, start, end])?;
                while let Some(row) = rows.next()? {
                    if page.entries.len() == query.limit {
                        page.next = page.entries.last().map(|entry| entry.name().to_owned());
                        return Ok(page);
                    }
                    let key = String::from_utf8_lossy(row.get_ref(0)?.as_bytes().unwrap_or_default()).into_owned();
                    if let Some(folder) = common_prefix(&key, query) {
                        start = past(folder);
                        page.entries.push(Entry::CommonPrefix(folder.to_owned()));
                        continue 'seek;
                    }
                    page.entries.push(Entry::Object(Listed {
                        key,
                        size: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                        etag: row.get(2)?,
                        modified_at: row.get(3)?,
                    }));
                }
                return Ok(page);
            }
        })
    }
}

/// The part of `key` up to the first delimiter after the prefix.
pub(super) fn common_prefix<'a>(key: &'a str, query: &ListQuery) -> Option<&'a str> {
    let delimiter = query.delimiter.as_deref()?;
    let at = key.get(query.prefix.len()..)?.find(delimiter)?;
    Some(&key[..query.prefix.len() + at + delimiter.len()])
}

/// The smallest key that can be on the page.
pub(super) fn first_key(query: &ListQuery) -> Vec<u8> {
    let prefix = query.prefix.as_bytes();
    match &query.after {
        Some(after) if after.as_bytes() >= prefix => {
            if after.starts_with(&query.prefix)
                && let Some(folder) = common_prefix(after, query)
            {
                // The whole folder is one entry, and not after `after`.
                return past(folder);
            }
            let mut next = after.clone().into_bytes();
            next.push(0);
            next
        }
        _ => prefix.to_vec(),
    }
}

/// The smallest bytes greater than everything that begins with `prefix`. No byte of UTF-8 is 0xFF, so none overflows.
pub(super) fn past(prefix: &str) -> Vec<u8> {
    let mut bytes = prefix.as_bytes().to_vec();
    match bytes.last_mut() {
        Some(last) => *last += 1,
        None => bytes.push(0xff),
    }
    bytes
}
