//! Folders, rows, selections.

use amphora_app::App;
use amphora_app::wire::{
    AlbumFilter, BatchReport, Failure, Filter, Id, OpenedListing, PlaceRef, Row, Selection, SelectionSummary, Sort,
    SpaceRef,
};
use tauri::State;

/// Opens a folder in an order.
#[tauri::command]
#[specta::specta]
pub async fn open_listing(
    app: State<'_, App>,
    place: PlaceRef,
    sort: Sort,
    filter: Filter,
) -> Result<OpenedListing, Failure> {
    app.open_listing(place, sort, filter).await
}

/// Opens all files of a space whose keys begin with a text.
#[tauri::command]
#[specta::specta]
pub async fn open_prefix(
    app: State<'_, App>,
    space: SpaceRef,
    prefix: String,
    sort: Sort,
) -> Result<OpenedListing, Failure> {
    app.open_prefix(space, prefix, sort).await
}

/// A window of rows.
#[tauri::command]
#[specta::specta]
pub async fn rows(app: State<'_, App>, listing: Id, start: u32, end: u32) -> Result<Vec<Row>, Failure> {
    app.rows(listing, start, end)
}

/// Where the row with this key stands.
#[tauri::command]
#[specta::specta]
pub async fn position_of(app: State<'_, App>, listing: Id, key: String) -> Result<Option<u32>, Failure> {
    app.position_of(listing, &key)
}

/// Reads the folder again.
#[tauri::command]
#[specta::specta]
pub async fn refresh_listing(app: State<'_, App>, listing: Id) -> Result<(), Failure> {
    app.refresh_listing(listing)
}

/// Closes a listing.
#[tauri::command]
#[specta::specta]
pub async fn close_listing(app: State<'_, App>, listing: Id) -> Result<(), Failure> {
    app.close_listing(listing);
    Ok(())
}

/// What a selection holds, folders walked.
#[tauri::command]
#[specta::specta]
pub async fn selection_summary(app: State<'_, App>, selection: Selection) -> Result<SelectionSummary, Failure> {
    app.selection_summary(&selection).await
}

/// Makes a folder.
#[tauri::command]
#[specta::specta]
pub async fn new_folder(app: State<'_, App>, place: PlaceRef, name: String) -> Result<(), Failure> {
    app.new_folder(&place, &name).await
}

/// Deletes for good.
#[tauri::command]
#[specta::specta]
pub async fn delete_selection(app: State<'_, App>, selection: Selection) -> Result<BatchReport, Failure> {
    app.delete_selection(&selection).await
}

/// The filter saved with the album of a folder.
#[tauri::command]
#[specta::specta]
pub async fn album_filter(app: State<'_, App>, place: PlaceRef) -> Result<Option<AlbumFilter>, Failure> {
    app.album_filter(&place)
}

/// Saves a filter with the album of a folder.
#[tauri::command]
#[specta::specta]
pub async fn set_album_filter(app: State<'_, App>, place: PlaceRef, filter: AlbumFilter) -> Result<(), Failure> {
    app.set_album_filter(&place, filter)
}

/// The key of the picture that was chosen as the cover of a folder.
#[tauri::command]
#[specta::specta]
pub async fn album_cover(app: State<'_, App>, place: PlaceRef) -> Result<Option<String>, Failure> {
    app.album_cover(&place)
}

/// Keeps the cover of a folder; none leaves it to the newest picture.
#[tauri::command]
#[specta::specta]
pub async fn set_album_cover(app: State<'_, App>, place: PlaceRef, key: Option<String>) -> Result<(), Failure> {
    app.set_album_cover(&place, key.as_deref())
}
