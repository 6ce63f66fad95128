//! Many small objects at once, straight into the store, for benchmarks.

use rusqlite::params;

use super::buckets::bucket_id;
use super::error::StoreResult;
use super::head::Head;
use super::objects::{NULL_VERSION, Object, insert};
use super::opening::Store;

/// How many objects to write, and into how many folders. As text: `N` or `N:FOLDERS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    /// The number of objects.
    pub objects: u64,
    /// The number of folders they are spread over; 0: they lie flat under the prefix.
    pub folders: u64,
}

impl std::str::FromStr for Seed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (objects, folders) = text.split_once(':').unwrap_or((text, "0"));
        let number =
            |part: &str| part.parse::<u64>().map_err(|_| format!("`{text}` is not a number of objects, or N:FOLDERS"));
        Ok(Self { objects: number(objects)?, folders: number(folders)? })
    }
}

/// Commits after so many rows, so that the write-ahead log stays small.
const ROWS_A_COMMIT: u64 = 50_000;

impl Store {
    /// Writes the objects of `seed` under `prefix`; all share one small content. Seeding again changes nothing.
    pub fn seed(&self, bucket: &str, prefix: &str, seed: Seed, now: i64) -> StoreResult<()> {
        let mut blob = self.start_blob(&[])?;
        blob.write(b"A small object of the sandbox, there to be counted.\n")?;
        let mut blob = blob.finish()?;
        let head = Head { content_type: Some("text/plain".to_owned()), ..Head::default() };
        let object = Object {
            size: blob.size,
            etag: blob.etag(),
            modified_at: now,
            head,
            content: blob.content(),
            version: NULL_VERSION.to_owned(),
        };
        let mut written = 0;
        for start in (0..seed.objects).step_by(usize::try_from(ROWS_A_COMMIT).unwrap_or(usize::MAX)) {
            written += self.change(|change| {
                let id = bucket_id(&change.rows, bucket)?;
                let mut written = 0;
                for index in start..seed.objects.min(start + ROWS_A_COMMIT) {
                    let key = seed_key(prefix, seed, index);
                    let there: bool = change
                        .rows
                        .prepare_cached("SELECT EXISTS (SELECT 1 FROM object WHERE bucket = ?1 AND key = ?2)")?
                        .query_row(params![id, key.as_bytes()], |row| row.get(0))?;
                    if !there {
                        insert(&change.rows, id, &key, &object)?;
                        written += 1;
                    }
                }
                if written > 0 {
                    change.rows.execute(
                        "INSERT INTO blob (id, referrers) VALUES (?1, ?2)
                         ON CONFLICT (id) DO UPDATE SET referrers = referrers + ?2",
                        params![object.content[0].blob, written],
                    )?;
                }
                Ok(written)
            })?;
            if written > 0 {
                blob.is_referred();
            }
        }
        Ok(())
    }
}

fn seed_key(prefix: &str, seed: Seed, index: u64) -> String {
    match seed.folders {
        0 => format!("{prefix}object-{index:08}.txt"),
        folders => format!("{prefix}folder-{:06}/object-{index:08}.txt", index % folders),
    }
}
