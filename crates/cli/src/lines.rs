//! What was told as lines: words for people, JSON for programs, the same whoever did the work.

use crate::output::Output;
use amphora_app::BatchRow;
use amphora_app::script::{Told, name_of};
use amphora_app::wire::{Account, Millis, Row, RowKind, TransferKind, TransferRow, TransferState};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Prints one piece.
pub fn print(output: &Output, told: &Told) {
    let (text, value) = match told {
        Told::Progress { bytes, sent, on_the_way } => return output.progress(sent.0 + on_the_way.0, bytes.0),
        Told::Status { storage, account, places, identity } => {
            let who = match account {
                Account::Nobody => "nobody",
                Account::Guest => "a guest",
                Account::Person { username, .. } => username,
            };
            let names: Vec<String> = places.iter().map(|info| format!("{}:", name_of(&info.space))).collect();
            let mut text = format!("{} ({}), as {who}: {}", storage.name, storage.host, names.join(" "));
            if let Some(identity) = identity {
                text += &format!("\nOthers reach what is in Protected as protected@{identity}:");
            }
            let value = json!({
                "storage": storage.name, "host": storage.host, "account": account, "identity": identity, "places": places,
            });
            (text, value)
        }
        Told::Row(row) => listed(row),
        Told::Ended(end) => ended(end),
        Told::Queued(row) => queued(row),
        Told::Deleted(count) => (format!("{count} deleted"), json!({ "deleted": count })),
        Told::NotDeleted(failed) => (
            format!("{}: {}", failed.name, failed.failure.message),
            json!({ "name": failed.name, "error": failed.failure.code, "message": failed.failure.message }),
        ),
        Told::Link { url, expires } => (url.clone(), json!({ "url": url, "expires": written(*expires) })),
    };
    output.line(&text, &value);
}

fn listed(row: &Row) -> (String, Value) {
    let modified = row.modified.map(written);
    let folder = row.kind == RowKind::Folder;
    let name = if folder { format!("{}/", row.name) } else { row.name.clone() };
    let size = if folder { String::new() } else { row.size.0.to_string() };
    let text = format!("{size:>12}  {:20}  {name}", modified.clone().unwrap_or_default());
    let value = json!({
        "name": row.name, "key": row.key, "folder": folder, "size": row.size.0, "modified": modified, "etag": row.etag,
    });
    (text, value)
}

fn ended(end: &BatchRow) -> (String, Value) {
    let row = &end.row;
    let name = match (&end.from, row.kind) {
        (Some(from), TransferKind::Copy | TransferKind::Move) => format!("{from} → {}", end.key),
        _ => row.name.clone(),
    };
    let (state, text) = match row.state {
        TransferState::Done => ("done", name),
        TransferState::Skipped => ("skipped", format!("{name} (there already)")),
        TransferState::NeedsAnswer => ("exists", format!("{name}: the name is taken")),
        TransferState::Failed => ("failed", format!("{name}: {}", reason(row))),
        TransferState::Paused => ("paused", format!("{name} (paused)")),
        TransferState::Cancelled
        | TransferState::Waiting
        | TransferState::Scanning
        | TransferState::Running
        | TransferState::Checking => ("cancelled", format!("{name} (cancelled)")),
    };
    let mut value = json!({
        "name": row.name, "folder": row.folder, "key": end.key, "state": state, "size": row.size, "failure": row.failure,
    });
    if let Some(from) = &end.from {
        value["from"] = json!(from);
    }
    (text, value)
}

fn queued(row: &TransferRow) -> (String, Value) {
    let state = match row.state {
        TransferState::Waiting => "waiting",
        TransferState::Scanning | TransferState::Running | TransferState::Checking => "running",
        TransferState::Paused => "paused",
        TransferState::NeedsAnswer => "exists",
        TransferState::Failed => "failed",
        TransferState::Done => "done",
        TransferState::Skipped => "skipped",
        TransferState::Cancelled => "cancelled",
    };
    let place = format!("{}:{}{}", name_of(&row.space), row.folder, row.name);
    let id = row.id.0;
    let mut text = format!("{id:>6}  {state:9}  {place}");
    if row.state == TransferState::Failed {
        text = format!("{text}: {}", reason(row));
    }
    let value = json!({
        "id": id, "kind": row.kind, "name": row.name, "folder": row.folder, "state": state, "size": row.size,
        "sent": row.sent, "failure": row.failure,
    });
    (text, value)
}

fn reason(row: &TransferRow) -> &str {
    row.failure.as_ref().map_or("failed", |failure| failure.message.as_str())
}

fn written(at: Millis) -> String {
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(at.0.unsigned_abs());
    let seconds = OffsetDateTime::from(at).replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    seconds.format(&Rfc3339).unwrap_or_default()
}
