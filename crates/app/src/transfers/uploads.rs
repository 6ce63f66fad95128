//! The uploads in parts that the server knows: in the journal, so that they go on after a break, an end or a crash, and so
//! that none is forgotten that costs money.

use super::journal::JournalError;
use super::queue::Queue;
use super::schema::{from_int, int};
use crate::app::App;
use amphora_storage::{BegunUpload, Remembered, SentPart, UploadMemory};
use rusqlite::{Connection, OptionalExtension, params};
use std::fmt;

impl Queue {
    /// What is known of a transfer's upload.
    #[must_use]
    pub fn upload(&self, id: u64) -> Option<Remembered> {
        self.read(|rows| remembered(rows, int(id))).flatten()
    }

    /// The transfers of an owner that have an upload.
    #[must_use]
    pub fn uploads_of(&self, owner: &str) -> Vec<u64> {
        self.numbers("SELECT id FROM upload WHERE owner = ?1 ORDER BY id", [owner])
    }

    /// Writes something about an upload, for good: the server knows it already.
    fn write_upload(&mut self, act: impl Fn(&Connection) -> Result<(), JournalError>) {
        self.journal.write(act);
        self.commit();
    }

    fn begin_upload(&mut self, id: u64, owner: &str, bucket: &str, full_key: &str) {
        let insert = "INSERT INTO upload (id, owner, bucket, full_key, size, part_size) VALUES (?1, ?2, ?3, ?4, 0, 0)";
        self.write_upload(|rows| {
            forget(rows, int(id))?;
            rows.prepare_cached(insert)?.execute(params![int(id), owner, bucket, full_key])?;
            Ok(())
        });
    }

    fn upload_begun(&mut self, id: u64, upload: &BegunUpload) {
        let update =
            "UPDATE upload SET upload_id = ?2, size = ?3, part_size = ?4, modified = ?5, patches = ?6 WHERE id = ?1";
        let BegunUpload { upload_id, size, part_size, modified, content, bucket: _, full_key: _ } = upload;
        let numbers = [size, part_size, modified, content].map(|number| int(*number));
        self.write_upload(|rows| {
            let [size, part_size, modified, content] = numbers;
            rows.prepare_cached(update)?.execute(params![int(id), upload_id, size, part_size, modified, content])?;
            Ok(())
        });
    }

    fn part_sent(&mut self, id: u64, part: &SentPart) {
        let insert = "INSERT OR REPLACE INTO part (upload, number, etag, crc32) VALUES (?1, ?2, ?3, ?4)";
        self.write_upload(|rows| {
            rows.prepare_cached(insert)?.execute(params![int(id), part.number, part.etag, part.checksum])?;
            Ok(())
        });
    }

    /// In the commit that is open.
    pub fn end_upload(&mut self, id: u64) {
        self.journal.write(|rows| forget(rows, int(id)));
    }
}

fn remembered(rows: &Connection, id: i64) -> Result<Option<Remembered>, JournalError> {
    let find = "SELECT bucket, full_key, upload_id, size, part_size, modified, patches FROM upload WHERE id = ?1";
    let found = rows.prepare_cached(find)?.query_row([id], |row| {
        let (bucket, full_key): (String, String) = (row.get(0)?, row.get(1)?);
        let Some(upload_id) = row.get(2)? else { return Ok(Remembered::Beginning { bucket, full_key }) };
        let begun = BegunUpload {
            bucket,
            full_key,
            upload_id,
            size: from_int(row.get(3)?),
            part_size: from_int(row.get(4)?),
            modified: from_int(row.get(5)?),
            content: from_int(row.get(6)?),
        };
        Ok(Remembered::Begun(begun, Vec::new()))
    });
    let begun = match found.optional()? {
        Some(Remembered::Begun(begun, _)) => begun,
        other => return Ok(other),
    };
    // The column has the name of the only checksum that there was at first.
    let mut parts = rows.prepare_cached("SELECT number, etag, crc32 FROM part WHERE upload = ?1 ORDER BY number")?;
    let parts =
        parts.query_map([id], |row| Ok(SentPart { number: row.get(0)?, etag: row.get(1)?, checksum: row.get(2)? }))?;
    Ok(Some(Remembered::Begun(begun, parts.collect::<Result<_, _>>()?)))
}

fn forget(rows: &Connection, id: i64) -> Result<(), JournalError> {
    rows.prepare_cached("DELETE FROM part WHERE upload = ?1")?.execute([id])?;
    rows.prepare_cached("DELETE FROM upload WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The memory of one transfer's upload. One whose journal refuses begins anew after a break.
pub(super) struct JournalMemory {
    app: App,
    id: u64,
    owner: String,
}

impl JournalMemory {
    pub fn new(app: App, id: u64, owner: String) -> Self {
        Self { app, id, owner }
    }
}

impl fmt::Debug for JournalMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalMemory").field("id", &self.id).finish_non_exhaustive()
    }
}

impl UploadMemory for JournalMemory {
    fn recall(&self) -> Option<Remembered> {
        let open = self.app.transfers.lock();
        if open.ended_uploads.contains(&self.id) { None } else { open.queue.upload(self.id) }
    }

    fn beginning(&self, bucket: &str, full_key: &str) {
        let mut open = self.app.transfers.lock();
        open.ended_uploads.remove(&self.id);
        open.queue.begin_upload(self.id, &self.owner, bucket, full_key);
    }

    fn begun(&self, upload: &BegunUpload) {
        self.app.transfers.lock().queue.upload_begun(self.id, upload);
    }

    fn sent(&self, part: &SentPart) {
        self.app.transfers.lock().queue.part_sent(self.id, part);
    }

    /// Forgotten with the transfer's next step, in one commit: after a kill between the two nobody would know what is its own.
    fn ended(&self) {
        self.app.transfers.lock().ended_uploads.insert(self.id);
    }
}

impl App {
    /// Removes what transfers left on this computer, and those of the current owner on the server, that will not go on:
    /// cancelled or cleared, by this run or an earlier one. What cannot be removed stays noted, and is tried again at the next start.
    pub(crate) async fn discard_left_uploads(&self) {
        self.discard_left_copies().await;
        let Some(session) = self.session_if_any() else { return };
        let owner = session.owner();
        let left: Vec<u64> = {
            let open = self.transfers.lock();
            let goes_on = |id: &u64| open.queue.get(*id).is_some_and(|transfer| !transfer.is_settled());
            open.queue
                .uploads_of(&owner)
                .into_iter()
                .filter(|id| !goes_on(id) && !open.running.contains_key(id))
                .collect()
        };
        for id in left {
            let remembered = {
                let mut open = self.transfers.lock();
                if open.ended_uploads.remove(&id) {
                    open.queue.end_upload(id);
                }
                open.queue.upload(id)
            };
            let Some(remembered) = remembered else { continue };
            let Ok(storage) = session.bucket(remembered.bucket()) else { return };
            match storage.discard_upload(&remembered).await {
                Ok(()) => self.transfers.lock().queue.end_upload(id),
                Err(left) => tracing::info!(upload = %left.upload_id, "an unfinished upload stays on the server"),
            }
            if session.over.is_cancelled() {
                return;
            }
        }
        self.tell_left_uploads(&owner);
        self.transfers.lock().queue.commit();
    }

    fn tell_left_uploads(&self, owner: &str) {
        let mut open = self.transfers.lock();
        let settled = |id: &u64| open.queue.get(*id).is_none_or(|transfer| transfer.is_settled());
        let left = open.queue.uploads_of(owner).iter().filter(|id| settled(id)).count();
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        open.changed |= open.left_uploads != left;
        open.left_uploads = left;
    }
}
