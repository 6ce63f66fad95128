//! Journeys of people through the real window, each on a desktop of its own.
#![cfg(target_os = "linux")]

mod bad_file;
mod forged_drop;
mod looks;
mod main_job;
mod many_files;
mod no_keychain;
mod picker;
mod steps;

use amphora_e2e::{Desktop, KeychainService};

/// Runs a journey on a fresh desktop.
async fn journey(name: &str, keychain: KeychainService, walk: impl AsyncFnOnce(&Desktop)) {
    let desktop = Desktop::start(name, keychain).await;
    walk(&desktop).await;
}
