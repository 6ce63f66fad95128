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

/// Runs a journey on a fresh desktop; keeps the screen and the logs when it fails.
async fn journey(name: &str, keychain: KeychainService, walk: impl AsyncFnOnce(&Desktop)) {
    let desktop = Desktop::start(name, keychain).await;
    let evidence = Evidence(&desktop);
    walk(&desktop).await;
    drop(evidence);
}

/// Looks at the desktop while a panic unwinds, before it is gone.
struct Evidence<'a>(&'a Desktop);

impl Drop for Evidence<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.keep_evidence();
        }
    }
}
