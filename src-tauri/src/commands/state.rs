//! State, theme, clipboard.

use crate::clipboard::OurClipboard;
use amphora_app::App;
use amphora_app::wire::{AppState, Failure, PlaceRef, Theme};
use tauri::State;

/// The state that every screen starts from; waits until the storage of the last run is open.
#[tauri::command]
#[specta::specta]
pub async fn app_state(app: State<'_, App>) -> Result<AppState, Failure> {
    Ok(app.state_when_restored().await)
}

/// Chooses light, dark or as the system says.
#[tauri::command]
#[specta::specta]
pub async fn set_theme(app: State<'_, App>, theme: Theme) -> Result<AppState, Failure> {
    app.set_theme(theme)
}

/// Keeps a folder at hand in the sidebar, or no longer.
#[tauri::command]
#[specta::specta]
pub async fn pin_folder(app: State<'_, App>, place: PlaceRef, pinned: bool) -> Result<AppState, Failure> {
    app.pin_folder(place, pinned)
}

/// Puts text that the person asked for on the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_text(clipboard: State<'_, OurClipboard>, text: String) -> Result<(), Failure> {
    clipboard.copy(text)
}
