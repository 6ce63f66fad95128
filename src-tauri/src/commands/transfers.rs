//! Uploads and downloads.

use crate::dialogs::Dialogs;
use crate::reveal::reveal;
use amphora_app::App;
use amphora_app::wire::{
    ConflictAnswer, Consent, DownloadAnswer, Failure, Grant, Id, LinePlace, NamedFailure, PhotoChoices, PlaceRef,
    Selection, TransferChoice, TransferHistory, TransferRow, TransferSettings, TransferSummary, TransferTab,
    UploadAnswer, UploadChoice,
};
use tauri::State;

/// Asks for files or folders in the system's dialog; the page gets a grant, never a path.
#[tauri::command]
#[specta::specta]
pub async fn choose_upload(
    app: State<'_, App>,
    dialogs: State<'_, Dialogs>,
    what: UploadChoice,
) -> Result<Option<Grant>, Failure> {
    let picked = match what {
        UploadChoice::Files => dialogs.files().await,
        UploadChoice::Folder => dialogs.folders().await,
    };
    Ok(picked.map(|picked| app.give_grant(picked.iter().map(|file| file.path().to_owned()).collect())))
}

/// Puts what a grant holds into the queue, or says that others could read it, or where photos were taken.
#[tauri::command]
#[specta::specta]
pub async fn upload(
    app: State<'_, App>,
    grant: String,
    place: PlaceRef,
    consent: Consent,
    photos: Option<PhotoChoices>,
) -> Result<UploadAnswer, Failure> {
    app.upload(&grant, place, consent, photos).await
}

/// Asks for a folder in the system's dialog and puts the selection into the queue.
#[tauri::command]
#[specta::specta]
pub async fn download_selection(
    app: State<'_, App>,
    dialogs: State<'_, Dialogs>,
    selection: Selection,
) -> Result<DownloadAnswer, Failure> {
    let Some(to) = dialogs.target().await else { return Ok(DownloadAnswer::Cancelled) };
    let queued = app.download_selection(&selection, to.path())?;
    Ok(DownloadAnswer::Queued { count: queued.count, folder: to.file_name(), batch: queued.batch })
}

/// Totals.
#[tauri::command]
#[specta::specta]
pub async fn transfer_summary(app: State<'_, App>) -> Result<TransferSummary, Failure> {
    Ok(app.transfer_summary())
}

/// A window of rows of a tab.
#[tauri::command]
#[specta::specta]
pub async fn transfer_rows(
    app: State<'_, App>,
    tab: TransferTab,
    start: u32,
    end: u32,
) -> Result<Vec<TransferRow>, Failure> {
    app.transfer_rows(tab, start, end)
}

/// Answers a name that exists.
#[tauri::command]
#[specta::specta]
pub async fn answer_conflict(
    app: State<'_, App>,
    transfer: Id,
    answer: ConflictAnswer,
    for_all: bool,
) -> Result<(), Failure> {
    app.answer_conflict(transfer, answer, for_all)
}

/// Stops transfers.
#[tauri::command]
#[specta::specta]
pub async fn cancel_transfers(app: State<'_, App>, which: TransferChoice) -> Result<(), Failure> {
    app.cancel_transfers(which)
}

/// Has transfers wait until the person says otherwise.
#[tauri::command]
#[specta::specta]
pub async fn pause_transfers(app: State<'_, App>, which: TransferChoice) -> Result<(), Failure> {
    app.pause_transfers(which)
}

/// Goes on with paused transfers.
#[tauri::command]
#[specta::specta]
pub async fn resume_transfers(app: State<'_, App>, which: TransferChoice) -> Result<(), Failure> {
    app.resume_transfers(which)
}

/// Tries transfers again.
#[tauri::command]
#[specta::specta]
pub async fn retry_transfers(app: State<'_, App>, which: TransferChoice) -> Result<(), Failure> {
    app.retry_transfers(which)
}

/// Takes transfers that are over off the list.
#[tauri::command]
#[specta::specta]
pub async fn clear_transfers(app: State<'_, App>, which: TransferChoice) -> Result<(), Failure> {
    app.clear_transfers(which)
}

/// Shows a transfer's file on this computer in the system's file manager.
#[tauri::command]
#[specta::specta]
pub async fn show_local(app: State<'_, App>, transfer: Id) -> Result<(), Failure> {
    reveal(app.local_path_of(transfer)?).await
}

/// Moves transfers that wait to a place in line.
#[tauri::command]
#[specta::specta]
pub async fn order_transfers(app: State<'_, App>, which: TransferChoice, to: LinePlace) -> Result<(), Failure> {
    app.order_transfers(which, to)
}

/// Copies a selection to another folder or place, or says that more people could see it there.
#[tauri::command]
#[specta::specta]
pub async fn copy_selection(
    app: State<'_, App>,
    selection: Selection,
    to: PlaceRef,
    consent: Consent,
) -> Result<UploadAnswer, Failure> {
    app.copy_selection(&selection, to, consent)
}

/// Moves a selection to another folder or place, or says that more people could see it there.
#[tauri::command]
#[specta::specta]
pub async fn move_selection(
    app: State<'_, App>,
    selection: Selection,
    to: PlaceRef,
    consent: Consent,
) -> Result<UploadAnswer, Failure> {
    app.move_selection(&selection, to, consent)
}

/// A window of what ended, in this run and earlier ones.
#[tauri::command]
#[specta::specta]
pub async fn transfer_history(app: State<'_, App>, start: u32, end: u32) -> Result<TransferHistory, Failure> {
    app.transfer_history(start, end)
}

/// Forgets what ended.
#[tauri::command]
#[specta::specta]
pub async fn clear_transfer_history(app: State<'_, App>) -> Result<(), Failure> {
    app.clear_transfer_history()
}

/// A window of the files that could not be done under a transfer.
#[tauri::command]
#[specta::specta]
pub async fn transfer_report(
    app: State<'_, App>,
    transfer: Id,
    start: u32,
    end: u32,
) -> Result<Vec<NamedFailure>, Failure> {
    app.transfer_report(transfer, start, end)
}

/// How transfers run.
#[tauri::command]
#[specta::specta]
pub async fn transfer_settings(app: State<'_, App>) -> Result<TransferSettings, Failure> {
    Ok(app.transfer_settings())
}

/// Changes how transfers run.
#[tauri::command]
#[specta::specta]
pub async fn set_transfer_settings(
    app: State<'_, App>,
    settings: TransferSettings,
) -> Result<TransferSettings, Failure> {
    app.set_transfer_settings(settings)
}
