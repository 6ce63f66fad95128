//! Facts of pictures, and the sections of an album.

use amphora_app::App;
use amphora_app::wire::{AlbumBy, AlbumSections, Failure, Id, PictureFacts, PictureShot, SpaceRef};
use tauri::State;

/// What is known of the pictures at these positions. What is not is looked at, from the middle outwards, and told by news.
#[tauri::command]
#[specta::specta]
pub async fn picture_facts(
    app: State<'_, App>,
    listing: Id,
    start: u32,
    end: u32,
) -> Result<Vec<PictureFacts>, Failure> {
    app.picture_facts(listing, start, end)
}

/// Pictures that the page shows no more before they arrived, by path and query of their addresses.
#[tauri::command]
#[specta::specta]
pub async fn leave_pictures(app: State<'_, App>, addresses: Vec<String>) -> Result<(), Failure> {
    app.leave_pictures(&addresses);
    Ok(())
}

/// Pictures that the page waits for, by path and query of their addresses, the nearest to its view first.
#[tauri::command]
#[specta::specta]
pub async fn order_pictures(app: State<'_, App>, addresses: Vec<String>) -> Result<(), Failure> {
    app.order_pictures(&addresses);
    Ok(())
}

/// How a picture was taken, as its camera wrote it.
#[tauri::command]
#[specta::specta]
pub async fn picture_shot(app: State<'_, App>, space: SpaceRef, key: String) -> Result<PictureShot, Failure> {
    app.picture_shot(&space, &key).await
}

/// The rows of a listing as sections. Takes in the dates that were learned: the only time when rows move because of them.
#[tauri::command]
#[specta::specta]
pub async fn album_sections(app: State<'_, App>, listing: Id, by: AlbumBy) -> Result<AlbumSections, Failure> {
    app.album_sections(listing, by)
}
