//! Connecting a storage.

use crate::clipboard::OurClipboard;
use crate::dialogs::Dialogs;
use amphora_app::App;
use amphora_app::wire::{AppState, ConnectionForm, ConnectionPreview, Failure, SetupText};
use tauri::State;

/// Reads an invitation link, or the text of a file that holds one.
#[tauri::command]
#[specta::specta]
pub async fn read_invitation(app: State<'_, App>, text: String) -> Result<ConnectionPreview, Failure> {
    app.read_invitation(&text)
}

/// Asks for a configuration or invitation file in the system's dialog and reads it.
#[tauri::command]
#[specta::specta]
pub async fn choose_config_file(
    app: State<'_, App>,
    dialogs: State<'_, Dialogs>,
) -> Result<Option<ConnectionPreview>, Failure> {
    let Some(file) = dialogs.config_file().await else { return Ok(None) };
    app.read_config_file(file.path()).map(Some)
}

/// Reads the configuration file that was dropped on the window.
#[tauri::command]
#[specta::specta]
pub async fn read_dropped_config(app: State<'_, App>, grant: String) -> Result<ConnectionPreview, Failure> {
    app.read_dropped_config(&grant)
}

/// Reads the form.
#[tauri::command]
#[specta::specta]
pub async fn read_form(app: State<'_, App>, form: ConnectionForm) -> Result<ConnectionPreview, Failure> {
    app.read_form(form)
}

/// Opens a storage that was shown before; `folders`: with the folders of this computer that it names, as the person agreed.
#[tauri::command]
#[specta::specta]
pub async fn connect(app: State<'_, App>, preview: String, folders: bool) -> Result<AppState, Failure> {
    if folders { app.connect_with_folders(&preview).await } else { app.connect(&preview).await }
}

/// Opens the storage again after it could not be reached.
#[tauri::command]
#[specta::specta]
pub async fn reconnect(app: State<'_, App>) -> Result<AppState, Failure> {
    Ok(app.reconnect().await)
}

/// Starts the practice storage and signs in as the practice account.
#[tauri::command]
#[specta::specta]
pub async fn start_practice(app: State<'_, App>) -> Result<AppState, Failure> {
    app.start_practice().await
}

/// Leaves the storage.
#[tauri::command]
#[specta::specta]
pub async fn disconnect(app: State<'_, App>) -> Result<AppState, Failure> {
    app.disconnect().await
}

/// Puts the documentation's policies or CORS rule on the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_setup(
    app: State<'_, App>,
    clipboard: State<'_, OurClipboard>,
    what: SetupText,
    bucket: Option<String>,
) -> Result<(), Failure> {
    clipboard.copy(app.setup_text(what, bucket))
}

/// Puts an invitation to this storage on the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_invitation(app: State<'_, App>, clipboard: State<'_, OurClipboard>) -> Result<(), Failure> {
    clipboard.copy(app.invitation()?)
}
