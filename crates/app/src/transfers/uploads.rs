//! The uploads in parts that the server knows: in the journal, so that they go on after a break, an end or a crash, and so
//! that none is forgotten that costs money.

use super::journal::{Journal, JournalError};
use crate::app::App;
use amphora_storage::{BegunUpload, Remembered, SentPart, UploadMemory};
use rusqlite::{OptionalExtension, params};
use std::fmt;

impl Journal {
    /// What is known of a transfer's upload.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn upload(&self, id: u64) -> Result<Option<Remembered>, JournalError> {
        let find = "SELECT bucket, full_key, upload_id, size, part_size FROM upload WHERE id = ?1";
        let found = self.rows.prepare_cached(find)?.query_row([key(id)], |row| {
            let (bucket, full_key): (String, String) = (row.get(0)?, row.get(1)?);
            let Some(upload_id) = row.get(2)? else { return Ok(Remembered::Beginning { bucket, full_key }) };
            let (size, part_size) = (from_row(row.get(3)?), from_row(row.get(4)?));
            Ok(Remembered::Begun(BegunUpload { bucket, full_key, upload_id, size, part_size }, Vec::new()))
        });
        let begun = match found.optional()? {
            Some(Remembered::Begun(begun, _)) => begun,
            other => return Ok(other),
        };
        let mut parts =
            self.rows.prepare_cached("SELECT number, etag, crc32 FROM part WHERE upload = ?1 ORDER BY number")?;
        let parts = parts
            .query_map([key(id)], |row| Ok(SentPart { number: row.get(0)?, etag: row.get(1)?, crc32: row.get(2)? }))?;
        Ok(Some(Remembered::Begun(begun, parts.collect::<Result<_, _>>()?)))
    }

    /// The transfers of an owner that have an upload.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn uploads_of(&self, owner: &str) -> Result<Vec<u64>, JournalError> {
        let mut find = self.rows.prepare_cached("SELECT id FROM upload WHERE owner = ?1 ORDER BY id")?;
        let ids = find.query_map([owner], |row| row.get(0))?;
        Ok(ids.map(|id| id.map(from_row)).collect::<Result<_, _>>()?)
    }

    /// The highest number of a transfer that has an upload.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn last_upload(&self) -> Result<u64, JournalError> {
        let last: Option<i64> = self.rows.query_row("SELECT max(id) FROM upload", [], |row| row.get(0))?;
        Ok(last.map_or(0, from_row))
    }

    fn begin_upload(&self, id: u64, owner: &str, bucket: &str, full_key: &str) -> Result<(), JournalError> {
        self.end_upload(id)?;
        let insert = "INSERT INTO upload (id, owner, bucket, full_key, size, part_size) VALUES (?1, ?2, ?3, ?4, 0, 0)";
        self.rows.prepare_cached(insert)?.execute(params![key(id), owner, bucket, full_key])?;
        Ok(())
    }

    fn upload_begun(&self, id: u64, upload: &BegunUpload) -> Result<(), JournalError> {
        let update = "UPDATE upload SET upload_id = ?2, size = ?3, part_size = ?4 WHERE id = ?1";
        let sizes = (key(upload.size), key(upload.part_size));
        self.rows.prepare_cached(update)?.execute(params![key(id), upload.upload_id, sizes.0, sizes.1])?;
        Ok(())
    }

    fn part_sent(&self, id: u64, part: &SentPart) -> Result<(), JournalError> {
        let insert = "INSERT OR REPLACE INTO part (upload, number, etag, crc32) VALUES (?1, ?2, ?3, ?4)";
        self.rows.prepare_cached(insert)?.execute(params![key(id), part.number, part.etag, part.crc32])?;
        Ok(())
    }

    /// Forgets a transfer's upload.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn end_upload(&self, id: u64) -> Result<(), JournalError> {
        self.rows.prepare_cached("DELETE FROM part WHERE upload = ?1")?.execute([key(id)])?;
        self.rows.prepare_cached("DELETE FROM upload WHERE id = ?1")?.execute([key(id)])?;
        Ok(())
    }
}

fn key(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

fn from_row(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The memory of one transfer's upload. An upload whose journal refuses goes on all the same; it then begins anew after a
/// break.
pub(super) struct JournalMemory {
    app: App,
    id: u64,
    owner: String,
}

impl JournalMemory {
    pub fn new(app: App, id: u64, owner: String) -> Self {
        Self { app, id, owner }
    }

    fn with<T: Default>(&self, act: impl FnOnce(&Journal) -> Result<T, JournalError>) -> T {
        let open = self.app.transfers.lock();
        let Some(journal) = open.queue.journal() else { return T::default() };
        act(journal).unwrap_or_else(|error| {
            tracing::error!(id = self.id, %error, "what was sent of an upload is not in the journal");
            T::default()
        })
    }
}

impl fmt::Debug for JournalMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalMemory").field("id", &self.id).finish_non_exhaustive()
    }
}

impl UploadMemory for JournalMemory {
    fn recall(&self) -> Option<Remembered> {
        self.with(|journal| journal.upload(self.id))
    }

    fn beginning(&self, bucket: &str, full_key: &str) {
        self.with(|journal| journal.begin_upload(self.id, &self.owner, bucket, full_key));
    }

    fn begun(&self, upload: &BegunUpload) {
        self.with(|journal| journal.upload_begun(self.id, upload));
    }

    fn sent(&self, part: &SentPart) {
        self.with(|journal| journal.part_sent(self.id, part));
    }

    fn ended(&self) {
        self.with(|journal| journal.end_upload(self.id));
    }
}

impl App {
    /// Removes from the server what transfers of the current owner left there that will not go on: those cancelled or
    /// cleared, by this run or an earlier one. What cannot be removed stays noted, and is tried again at the next start.
    pub(crate) async fn discard_left_uploads(&self) {
        let Some(session) = self.session_if_any() else { return };
        let owner = session.owner();
        let left: Vec<u64> = {
            let open = self.transfers.lock();
            let Some(journal) = open.queue.journal() else { return };
            let noted = journal.uploads_of(&owner).unwrap_or_default();
            let goes_on = |id: &u64| open.queue.get(*id).is_some_and(|transfer| !transfer.is_settled());
            noted.into_iter().filter(|id| !goes_on(id) && !open.running.contains_key(id)).collect()
        };
        let Ok(storage) = session.storage() else { return };
        for id in left {
            let memory = JournalMemory::new(self.clone(), id, owner.clone());
            let Some(remembered) = memory.recall() else { continue };
            match storage.discard_upload(&remembered).await {
                Ok(()) => memory.ended(),
                Err(left) => tracing::info!(upload = %left.upload_id, "an unfinished upload stays on the server"),
            }
            if session.over.is_cancelled() {
                return;
            }
        }
        self.tell_left_uploads(&owner);
    }

    fn tell_left_uploads(&self, owner: &str) {
        let mut open = self.transfers.lock();
        let noted = open.queue.journal().and_then(|journal| journal.uploads_of(owner).ok()).unwrap_or_default();
        let settled = |id: &u64| open.queue.get(*id).is_none_or(super::queue::Transfer::is_settled);
        let left = u32::try_from(noted.iter().filter(|id| settled(id)).count()).unwrap_or(u32::MAX);
        open.changed |= open.left_uploads != left;
        open.left_uploads = left;
    }
}
