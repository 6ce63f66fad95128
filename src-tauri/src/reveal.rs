//! Shows a file of this computer in the system's file manager.

use amphora_app::wire::{Failure, FailureCode, Retry};
use std::path::PathBuf;

/// Opens the folder with the file marked; where the file manager cannot mark, only the folder.
pub async fn reveal(file: PathBuf) -> Result<(), Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let meta = tokio::fs::symlink_metadata(&file).await;
    meta.map_err(|error| Failure::of_io("show", &name, &error))?;
    let shown = tauri::async_runtime::spawn_blocking(move || {
        opener::reveal(&file).or_else(|error| match file.parent() {
            Some(folder) => opener::open(folder),
            None => Err(error),
        })
    });
    let reason = match shown.await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    let message = format!("Couldn't show “{name}”: this computer has no file manager that answers.");
    Err(Failure::new(FailureCode::Unexpected, message, "Open its folder yourself.").retry(Retry::Now).detail(reason))
}
