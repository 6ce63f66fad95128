//! Each command, over the engine's own.

use crate::End;
use crate::address::{Address, name_of};
use crate::arguments::{Arguments, Common, IfExists, What};
use crate::copying::copy;
use crate::output::Output;
use amphora_app::wire::{
    Account, ConflictAnswer, Consent, Failure, FailureCode, OpenedListing, PlaceRef, Row, RowKind, Selection,
    SignInStep, TransferRow, TransferState, TransferTab, UploadAnswer,
};
use amphora_app::{App, Password};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Where a script's password is found.
const PASSWORD: &str = "AMPHORA_PASSWORD";

pub async fn run(app: &App, arguments: &Arguments, output: &Output) -> Result<(), End> {
    let common = &arguments.common;
    app.restore().await;
    if let Some(file) = &common.backend {
        connect(app, file, common.folders).await?;
    }
    if let What::Connect { source } = &arguments.what {
        match source.starts_with("amphora://") {
            true => {
                let preview = app.read_invitation(source)?;
                app.connect(&preview.id).await?;
            }
            false => connect(app, Path::new(source), common.folders).await?,
        }
    }
    if let Some(name) = &common.user {
        sign_in(app, name).await?;
    }
    match &arguments.what {
        What::Login { name } => {
            sign_in(app, name).await?;
            status(app, output)
        }
        What::Logout => {
            app.sign_out().await?;
            status(app, output)
        }
        What::Connect { .. } | What::Status => status(app, output),
        What::Ls { address } => list(app, output, address).await,
        What::Put { files, to, if_exists } => put(app, output, common, files, to, *if_exists).await,
        What::Get { address, to } => get(app, output, address, to).await,
        What::Cp { from, to, if_exists } => copy(app, output, common, (from, to), *if_exists, false).await,
        What::Mv { from, to, if_exists } => copy(app, output, common, (from, to), *if_exists, true).await,
        What::Rm { address } => remove(app, output, common, address).await,
        What::Share { address, seconds } => share(app, output, address, *seconds).await,
        What::Queue => transfers(app, output, 0).await,
        What::Completions { .. } => Ok(()),
    }
}

async fn connect(app: &App, file: &Path, folders: bool) -> Result<(), End> {
    let preview = app.read_config_file(file)?;
    // Connecting again would sign nobody out, but costs requests; new folders are worth them.
    match (folders && !preview.folders.is_empty(), preview.already_connected) {
        (true, _) => drop(app.connect_with_folders(&preview.id).await?),
        (false, false) => drop(app.connect(&preview.id).await?),
        (false, true) => {}
    }
    for named in preview.folders.iter().filter(|_| !folders) {
        eprintln!("The folder {} (“{}”) is not opened. Add --folders to open it.", named.folder, named.name);
    }
    Ok(())
}

async fn sign_in(app: &App, name: &str) -> Result<(), End> {
    let password = match std::env::var(PASSWORD) {
        Ok(password) => password,
        Err(_) => rpassword::prompt_password(format!("Password of {name}: "))
            .map_err(|_| End::Usage(format!("There is no terminal to ask for the password on. Set {PASSWORD}.")))?,
    };
    match app.sign_in(name, Password::new(password)).await? {
        SignInStep::Done { .. } => Ok(()),
        _ => Err(End::Usage("This account needs another step to sign in. Take it once in the window.".to_owned())),
    }
}

fn status(app: &App, output: &Output) -> Result<(), End> {
    let state = app.state();
    let Some(storage) = &state.storage else { return Err(not_connected()) };
    let who = match &state.account {
        Account::Nobody => "nobody".to_owned(),
        Account::Guest => "a guest".to_owned(),
        Account::Person { username, .. } => username.clone(),
    };
    let places: Vec<String> = state.places.iter().map(|info| format!("{}:", name_of(&info.space))).collect();
    let text = format!("{} ({}), as {who}: {}", storage.name, storage.host, places.join(" "));
    let value =
        json!({ "storage": storage.name, "host": storage.host, "account": state.account, "places": state.places });
    output.line(&text, &value);
    Ok(())
}

async fn list(app: &App, output: &Output, address: &str) -> Result<(), End> {
    let address = parse(app, address)?;
    let rows = match found(app, &address).await? {
        Found::Folder(place) => rows(app, place).await?.1,
        Found::Row(_, row) => vec![row],
    };
    for row in rows {
        let modified =
            row.modified.map(|at| written(SystemTime::UNIX_EPOCH + Duration::from_millis(at.0.unsigned_abs())));
        let folder = row.kind == RowKind::Folder;
        let name = if folder { format!("{}/", row.name) } else { row.name.clone() };
        let text = format!(
            "{:>12}  {:20}  {name}",
            if folder { String::new() } else { row.size.0.to_string() },
            modified.clone().unwrap_or_default()
        );
        let value = json!({ "name": row.name, "key": row.key, "folder": folder, "size": row.size.0, "modified": modified, "etag": row.etag });
        output.line(&text, &value);
    }
    Ok(())
}

async fn put(
    app: &App,
    output: &Output,
    common: &Common,
    files: &[PathBuf],
    to: &str,
    if_exists: IfExists,
) -> Result<(), End> {
    let place = parse(app, to)?.as_folder();
    let mut paths = Vec::new();
    for file in files {
        // As the window's: the engine keeps where a file is, whatever folder this is run in later.
        let path = std::path::absolute(file).map_err(|error| End::Usage(format!("{}: {error}", file.display())))?;
        if !path.exists() {
            return Err(End::Usage(format!("There is no file {}.", file.display())));
        }
        paths.push(path);
    }
    let before = last(app)?;
    let grant = app.give_grant(paths);
    let consent = if common.yes { Consent::Once } else { Consent::Ask };
    if let UploadAnswer::NeedsConsent { .. } = app.upload(&grant.id, place, consent).await? {
        return Err(End::Usage("Others can read or change what is uploaded there. Say --yes to agree.".to_owned()));
    }
    let answer = match if_exists {
        IfExists::Ask => None,
        IfExists::Skip => Some(ConflictAnswer::Skip),
        IfExists::Replace => Some(ConflictAnswer::Replace),
        IfExists::KeepBoth => Some(ConflictAnswer::KeepBoth),
    };
    if let Some(answer) = answer {
        settle(app, output).await;
        for row in since(app, before)?.iter().filter(|row| row.state == TransferState::NeedsAnswer) {
            app.answer_conflict(row.id, answer, false)?;
        }
    }
    transfers(app, output, before).await
}

async fn get(app: &App, output: &Output, address: &str, to: &Path) -> Result<(), End> {
    let address = parse(app, address)?;
    let selection = match found(app, &address).await? {
        Found::Row(listing, row) => Selection::Only { listing: listing.id, ids: vec![row.id] },
        Found::Folder(place) => Selection::AllExcept { listing: rows(app, place).await?.0.id, ids: Vec::new() },
    };
    let to = std::path::absolute(to).map_err(|error| End::Usage(format!("{}: {error}", to.display())))?;
    std::fs::create_dir_all(&to).map_err(|error| End::Usage(format!("{}: {error}", to.display())))?;
    let before = last(app)?;
    app.download_selection(&selection, &to)?;
    transfers(app, output, before).await
}

async fn remove(app: &App, output: &Output, common: &Common, address: &str) -> Result<(), End> {
    let parsed = parse(app, address)?;
    let Found::Row(listing, row) = found(app, &parsed).await? else {
        return Err(End::Usage("Name a file or a folder; a whole place is not deleted at once.".to_owned()));
    };
    if !common.yes {
        return Err(End::Usage(format!("This deletes {address} for good. Say --yes to agree.")));
    }
    let before = last(app)?;
    let report = app.delete_selection(&Selection::Only { listing: listing.id, ids: vec![row.id] }).await?;
    for failed in &report.failed {
        let text = format!("{}: {}", failed.name, failed.failure.message);
        output.line(
            &text,
            &json!({ "name": failed.name, "error": failed.failure.code, "message": failed.failure.message }),
        );
    }
    if report.queued > 0 {
        // There is much in it: the queue deletes it, and goes on with it after a break.
        return transfers(app, output, before).await;
    }
    output.line(&format!("{} deleted", report.done), &json!({ "deleted": report.done }));
    if report.failed.is_empty() { Ok(()) } else { Err(End::Partly) }
}

async fn share(app: &App, output: &Output, address: &str, seconds: u64) -> Result<(), End> {
    let parsed = parse(app, address)?;
    let Some(name) = &parsed.name else { return Err(End::Usage("Name a file.".to_owned())) };
    let key = format!("{}{name}", parsed.place.folder);
    let link = app.link(&parsed.place.space, &key, Duration::from_secs(seconds)).await?;
    let ends = written(link.expires_at);
    output.line(&link.url, &json!({ "url": link.url, "expires": ends }));
    Ok(())
}

/// What an address means.
pub enum Found {
    Folder(PlaceRef),
    Row(OpenedListing, Row),
}

pub async fn found(app: &App, address: &Address) -> Result<Found, End> {
    let Some(name) = &address.name else { return Ok(Found::Folder(address.place.clone())) };
    let (listing, rows) = rows(app, address.place.clone()).await?;
    let row = rows.into_iter().find(|row| row.name == *name);
    let row = row.ok_or_else(|| {
        let message = format!("There is no “{name}” in {}:{}.", name_of(&address.place.space), address.place.folder);
        Failure::new(FailureCode::NotFound, message, "")
    })?;
    Ok(Found::Row(listing, row))
}

async fn rows(app: &App, place: PlaceRef) -> Result<(OpenedListing, Vec<Row>), End> {
    let listing = app.open_whole(place).await?;
    let rows = app.rows(listing.id, 0, listing.count)?;
    Ok((listing, rows))
}

/// Waits for all transfers and tells how those after `before` ended.
async fn transfers(app: &App, output: &Output, before: u64) -> Result<(), End> {
    settle(app, output).await;
    let mut well = true;
    for row in since(app, before)? {
        let (state, text) = match row.state {
            TransferState::Done => ("done", row.name.clone()),
            TransferState::Skipped => ("skipped", format!("{} (there already)", row.name)),
            TransferState::NeedsAnswer => ("exists", format!("{}: the name is taken", row.name)),
            TransferState::Failed => {
                let failure = row.failure.as_ref();
                ("failed", format!("{}: {}", row.name, failure.map_or("failed", |failure| failure.message.as_str())))
            }
            TransferState::Paused => ("paused", format!("{} (paused)", row.name)),
            _ => ("cancelled", format!("{} (cancelled)", row.name)),
        };
        well &= matches!(row.state, TransferState::Done | TransferState::Skipped);
        output.line(&text, &json!({ "name": row.name, "folder": row.folder, "state": state, "size": row.size, "failure": row.failure }));
    }
    if well { Ok(()) } else { Err(End::Partly) }
}

async fn settle(app: &App, output: &Output) {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if output.json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}") {
        bar.set_style(style);
    }
    app.settle(|| {
        let summary = app.transfer_summary();
        bar.set_length(summary.bytes.0);
        bar.set_position(summary.sent.0);
    })
    .await;
    bar.finish_and_clear();
}

fn since(app: &App, before: u64) -> Result<Vec<TransferRow>, End> {
    let mut rows: Vec<_> = app.transfer_rows(TransferTab::All, 0, u32::MAX)?;
    rows.retain(|row| row.id.0 > before);
    rows.reverse();
    Ok(rows)
}

fn last(app: &App) -> Result<u64, End> {
    Ok(app.transfer_rows(TransferTab::All, 0, 1)?.first().map_or(0, |row| row.id.0))
}

pub fn parse(app: &App, address: &str) -> Result<Address, End> {
    let state = app.state();
    if state.storage.is_none() {
        return Err(not_connected());
    }
    Address::parse(address, &state.places).map_err(End::Usage)
}

fn not_connected() -> End {
    End::Usage("No storage is connected. Use `amphora-cli connect FILE`, or --backend FILE.".to_owned())
}

fn written(at: SystemTime) -> String {
    let seconds = OffsetDateTime::from(at).replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    seconds.format(&Rfc3339).unwrap_or_default()
}
