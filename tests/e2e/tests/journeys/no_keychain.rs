//! A computer without a keychain: signed in for this run only, and told so.

use amphora_e2e::{Desktop, KeychainService, Window};

use crate::journey;
use crate::steps::try_it_here;

const TOLD: &str = "You stay signed in until you close Amphora; this computer has no safe place for your sign-in.";

#[tokio::test]
async fn without_a_keychain_a_person_is_told_and_is_a_guest_after_a_restart() {
    journey("no-keychain", KeychainService::None, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        window.reads(TOLD).await;
        window.shot("told").await;
        window.close().await;

        let window = Window::open(desktop).await;
        window.see("button", "Account: Guest, Practice storage").await;
        window.close().await;

        let kept = std::fs::read_dir(desktop.data())
            .expect("the application keeps its data")
            .flatten()
            .map(|entry| entry.path());
        for file in kept.filter(|path| path.is_file()) {
            let text = String::from_utf8_lossy(&std::fs::read(&file).expect("it was just listed")).into_owned();
            assert!(!text.contains("RefreshToken") && !text.contains("eyJ"), "{} holds no token", file.display());
        }
    })
    .await;
}
