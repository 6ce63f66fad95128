//! What the components of the page ask for: picked files, bytes to store, how uploads are named.

use crate::dialogs::Dialogs;
use amphora_app::App;
use amphora_app::wire::{Failure, FailureCode, Id, NamingSettings, PickOptions, PickedFile, PutAnswer, PutEnd, PutTo};
use percent_encoding::percent_decode_str;
use tauri::State;
use tauri::ipc::{InvokeBody, Request};

/// The header that says where a body goes: a [`PutTo`] as JSON, percent-encoded.
const PUT_TO: &str = "amphora-put-to";

/// Asks for files in the system's dialog; the page gets a grant for each, never a path. None when it was closed.
#[tauri::command]
#[specta::specta]
pub async fn pick_files(
    app: State<'_, App>,
    dialogs: State<'_, Dialogs>,
    options: PickOptions,
) -> Result<Vec<PickedFile>, Failure> {
    let picked = dialogs.picked(&options).await.unwrap_or_default();
    Ok(app.pick(picked.iter().map(|file| file.path().to_owned()).collect()))
}

/// Puts a picked file in line under a key, or says what is to be asked first of it and the others that were picked with it.
#[tauri::command]
#[specta::specta]
pub async fn put_picked(
    app: State<'_, App>,
    grant: String,
    to: PutTo,
    others: Vec<String>,
) -> Result<PutAnswer, Failure> {
    app.put_picked(&grant, to, &others).await
}

/// How a file that was put in line stands.
#[tauri::command]
#[specta::specta]
pub async fn put_end(app: State<'_, App>, transfer: Id) -> Result<PutEnd, Failure> {
    app.put_end(transfer)
}

/// Stores the bytes that came as the raw body of the call.
#[tauri::command]
pub async fn put_body(app: State<'_, App>, request: Request<'_>) -> Result<PutAnswer, Failure> {
    let refused = |what: &str| Failure::new(FailureCode::Unexpected, "Couldn't upload this.", "").detail(what);
    let header = request.headers().get(PUT_TO).and_then(|header| header.to_str().ok());
    let header = header.ok_or_else(|| refused("it is not said where it goes"))?;
    let to = percent_decode_str(header).decode_utf8().map_err(|error| refused(&error.to_string()))?;
    let to: PutTo = serde_json::from_str(&to).map_err(|error| refused(&error.to_string()))?;
    let InvokeBody::Raw(bytes) = request.body() else { return Err(refused("its content is not raw bytes")) };
    app.put_body(bytes.clone(), to).await
}

/// Notes a listing that a tracking component opened.
#[tauri::command]
#[specta::specta]
pub async fn track_listing(app: State<'_, App>, listing: Id) -> Result<(), Failure> {
    app.track_listing(listing)
}

/// How uploads to this storage are named.
#[tauri::command]
#[specta::specta]
pub async fn naming_rule(app: State<'_, App>) -> Result<NamingSettings, Failure> {
    app.naming_rule()
}

/// Chooses how uploads to this storage are named.
#[tauri::command]
#[specta::specta]
pub async fn set_naming_rule(app: State<'_, App>, rule: NamingSettings) -> Result<(), Failure> {
    app.set_naming_rule(rule)
}
