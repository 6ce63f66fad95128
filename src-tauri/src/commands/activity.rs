//! The activity log.

use crate::dialogs::Dialogs;
use amphora_app::App;
use amphora_app::wire::{ActivityEntry, Failure};
use tauri::State;

/// The newest entries of this account.
#[tauri::command]
#[specta::specta]
pub async fn activity(app: State<'_, App>, most: u32) -> Result<Vec<ActivityEntry>, Failure> {
    app.activity(most).await
}

/// Asks for a file in the system's dialog and writes all entries to it; false when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_activity(app: State<'_, App>, dialogs: State<'_, Dialogs>) -> Result<bool, Failure> {
    let Some(to) = dialogs.activity_file().await else { return Ok(false) };
    app.export_activity(to.path()).await.map(|()| true)
}
