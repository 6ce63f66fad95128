//! The journal's tables, how an older journal becomes a newer one, and what a start sets right.

use super::columns::{Class, kind_number, state_number, tab_number};
use super::job::{Transfer, tab_of};
use super::journal::JournalError;
use crate::wire::{TransferState, TransferTab};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// Grows when a row's shape changes in a way that older readers would get wrong.
/// 4: what becomes of photos; a reader that does not know would send them with the place where they were taken.
pub(super) const SCHEMA: i64 = 4;

/// Between two places in line, so that others fit in between.
pub(super) const GAP: i64 = 1 << 20;

/// `run`: 0 on the list and not settled; settled in run so and so; −1 cleared. `line`: NULL for what may not start yet.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS run (number INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE IF NOT EXISTS batch (
        id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL, request TEXT UNIQUE, answer TEXT
    ) STRICT;
    CREATE TABLE IF NOT EXISTS transfer (
        id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, batch INTEGER NOT NULL, kind INTEGER NOT NULL,
        class INTEGER NOT NULL, state INTEGER NOT NULL, tab INTEGER NOT NULL, run INTEGER NOT NULL, line INTEGER,
        size INTEGER, ended INTEGER, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS next_in_line ON transfer (owner, class, line) WHERE tab = 2;
    CREATE INDEX IF NOT EXISTS listed ON transfer (owner, tab, run, line, kind, class, size);
    CREATE INDEX IF NOT EXISTS of_batch ON transfer (batch, tab, size);
    CREATE INDEX IF NOT EXISTS history ON transfer (owner, ended) WHERE tab = 5;
    CREATE TABLE IF NOT EXISTS refused (
        transfer INTEGER NOT NULL, key TEXT NOT NULL, failure TEXT NOT NULL, PRIMARY KEY (transfer, key)
    ) STRICT, WITHOUT ROWID;
    -- A part is written at once when the server has it, so parts are rows: rewriting a list of them would cost the
    -- square of their number.
    CREATE TABLE IF NOT EXISTS upload (
        id INTEGER PRIMARY KEY,      -- of the transfer, which may be gone
        owner TEXT NOT NULL, bucket TEXT NOT NULL, full_key TEXT NOT NULL,
        upload_id TEXT,              -- NULL: asked for, and perhaps lost
        size INTEGER NOT NULL, part_size INTEGER NOT NULL,
        patches INTEGER NOT NULL DEFAULT 0,  -- what tells what was put over the file from others
        modified INTEGER NOT NULL DEFAULT 0  -- of the file, in nanoseconds; 0: its parts are held against their checksums
    ) STRICT;
    CREATE TABLE IF NOT EXISTS part (
        upload INTEGER NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, crc32 TEXT, PRIMARY KEY (upload, number)
    ) STRICT, WITHOUT ROWID;";

const ALL_TABLES: [&str; 7] = ["run", "owner", "batch", "transfer", "refused", "upload", "part"];

/// Makes the tables that are missing and begins a run; returns its number. What was under way is in line again.
pub(super) fn prepare(rows: &Connection) -> Result<i64, JournalError> {
    let schema: i64 = rows.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if schema > SCHEMA {
        return Err(JournalError::Later(schema));
    }
    rows.execute_batch("BEGIN")?;
    if (1..3).contains(&schema) {
        rows.execute_batch("ALTER TABLE transfer RENAME TO transfer_2")?;
    }
    rows.execute_batch(TABLES)?;
    for column in ["patches", "modified"] {
        if !rows.column_exists(None, "upload", column)? {
            rows.execute_batch(&format!("ALTER TABLE upload ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0"))?;
        }
    }
    if (1..3).contains(&schema) {
        take_over(rows)?;
    }
    rows.pragma_update(None, "user_version", SCHEMA)?;
    let run: i64 = rows.query_row("SELECT ifnull(max(number), 0) + 1 FROM run", [], |row| row.get(0))?;
    rows.execute("DELETE FROM run", [])?;
    rows.execute("INSERT INTO run VALUES (?1)", [run])?;
    let (running, waiting) = (tab_number(TransferTab::Running), tab_number(TransferTab::Waiting));
    // `again`: whatever ran may have got further than the journal knows.
    rows.execute(
        "UPDATE transfer SET tab = ?1, state = ?2, body = json_set(body, '$.again', json('true')) WHERE tab = ?3",
        params![waiting, state_number(TransferState::Waiting), running],
    )?;
    // What nobody had looked up yet goes on without: the server decides at its end.
    rows.execute("UPDATE transfer SET line = id * ?1 WHERE line IS NULL", [GAP])?;
    rows.execute("DELETE FROM batch WHERE NOT EXISTS (SELECT 1 FROM transfer WHERE batch = batch.id)", [])?;
    rows.execute_batch("COMMIT")?;
    Ok(run)
}

/// Rows of schema 2 held everything in their JSON.
fn take_over(rows: &Connection) -> Result<(), JournalError> {
    let mut old = rows.prepare("SELECT id, body FROM transfer_2 ORDER BY id")?;
    let mut old = old.query([])?;
    while let Some(row) = old.next()? {
        let (id, body): (i64, String) = (row.get(0)?, row.get(1)?);
        let wrong = |source| JournalError::Row { id, source };
        let mut value: serde_json::Value = serde_json::from_str(&body).map_err(wrong)?;
        let job = &mut value["job"];
        job["kind"] = if job["direction"] == "up" || job["kind"] == "upload" { "upload" } else { "download" }.into();
        let mut transfer: Transfer = serde_json::from_value(value.clone()).map_err(wrong)?;
        let state = serde_json::from_value(value["state"].clone()).map_err(wrong)?;
        // A folder that was being read had its path, and no key.
        transfer.job.whole = transfer.job.key.is_empty() && !transfer.job.local.as_os_str().is_empty();
        if transfer.job.whole {
            transfer.job.key = format!("{}{}/", transfer.job.folder, transfer.job.name);
        }
        transfer.job.batch = value["job"]["batch"].as_u64().unwrap_or_default();
        let owner = owner_id(rows, value["job"]["owner"].as_str().unwrap_or_default())?;
        rows.execute(
            "INSERT OR IGNORE INTO batch (id, owner) VALUES (?1, ?2)",
            params![int(transfer.job.batch), owner],
        )?;
        transfer.state = state;
        insert(rows, id, owner, &transfer, Some(id * GAP))?;
    }
    rows.execute_batch("DROP TABLE transfer_2")?;
    Ok(())
}

/// The number of an owner, given at first sight.
pub(super) fn owner_id(rows: &Connection, name: &str) -> Result<i64, JournalError> {
    rows.prepare_cached("INSERT OR IGNORE INTO owner (name) VALUES (?1)")?.execute([name])?;
    Ok(rows.prepare_cached("SELECT id FROM owner WHERE name = ?1")?.query_row([name], |row| row.get(0))?)
}

/// Writes a new row.
pub(super) fn insert(
    rows: &Connection,
    id: i64,
    owner: i64,
    transfer: &Transfer,
    line: Option<i64>,
) -> Result<(), JournalError> {
    let body = body_of(id, transfer)?;
    let mut put = rows.prepare_cached(
        "INSERT INTO transfer (id, owner, batch, kind, class, state, tab, run, line, size, ended, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, NULL, ?10)",
    )?;
    put.execute(params![
        id,
        owner,
        int(transfer.job.batch),
        kind_number(transfer.job.kind),
        Class::of(transfer) as i64,
        state_number(transfer.state),
        tab_number(tab_of(transfer.state)),
        line,
        transfer.job.size.map(int),
        body
    ])?;
    Ok(())
}

/// A number as SQLite has it.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as it was written.
pub(super) fn from_int(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A transfer's JSON.
pub(super) fn body_of(id: i64, transfer: &Transfer) -> Result<String, JournalError> {
    serde_json::to_string(transfer).map_err(|source| JournalError::Row { id, source })
}

/// Copies every row into another journal.
pub(super) fn copy_all(from: &Connection, to: &Connection) -> Result<(), JournalError> {
    to.execute_batch("BEGIN; DELETE FROM run")?;
    for table in ALL_TABLES {
        let mut all = from.prepare(&format!("SELECT * FROM {table}"))?;
        let marks = vec!["?"; all.column_count()].join(", ");
        let mut put = to.prepare(&format!("INSERT INTO {table} VALUES ({marks})"))?;
        let width = all.column_count();
        let mut all = all.query([])?;
        while let Some(row) = all.next()? {
            let values = (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
            put.execute(params_from_iter(values))?;
        }
    }
    to.execute_batch("COMMIT")?;
    Ok(())
}
