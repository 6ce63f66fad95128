//! Journeys of people through the real window, each on a desktop of its own.
#![cfg(target_os = "linux")]

mod album;
mod bad_file;
mod bad_line;
mod beside_a_script;
mod components;
mod covers;
mod forged_drop;
mod gallery;
mod limit;
mod looks;
mod main_job;
mod many_files;
mod moving;
mod no_keychain;
mod original;
mod pause;
mod photos;
mod picker;
mod rules;
mod steps;
mod stored_thumbnails;
mod transfers;

use std::time::Duration;

use amphora_e2e::{Desktop, KeychainService};

/// No journey is longer; one that is stuck fails alone, and the others go on.
const LONGEST: Duration = Duration::from_secs(8 * 60);

/// Runs a journey on a fresh desktop.
async fn journey(name: &str, keychain: KeychainService, walk: impl AsyncFnOnce(&Desktop)) {
    let desktop = Desktop::start(name, keychain).await;
    let arrived = tokio::time::timeout(LONGEST, walk(&desktop)).await;
    assert!(arrived.is_ok(), "{name} took longer than {} s", LONGEST.as_secs());
}
