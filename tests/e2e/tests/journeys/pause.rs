//! A large upload is paused, outlives the end of the application, and goes on where it was.

use std::fs::File;

use amphora_e2e::{Desktop, KeychainService, Name, Window, until};

use crate::journey;
use crate::steps::{drop_into_folder, go_to, rows_show, summary, transfers_end, try_it_here};

/// Large enough to be caught on its way.
const SIZE: u64 = 1 << 30;

#[tokio::test]
async fn a_paused_upload_goes_on_after_a_restart() {
    journey("pause", KeychainService::Unlocked, async |desktop: &Desktop| {
        let film = desktop.folder("Desktop").join("walk through the harbour.mov");
        File::create(&film).and_then(|file| file.set_len(SIZE)).expect("the folder is ours");
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        drop_into_folder(&window, &[film]).await;
        window.click("button", "Show transfers").await;
        // What counts as sent is what the storage has confirmed.
        let confirmed = || async { (summary(&window).await["sent"].as_u64() > Some(0)).then_some(()) };
        until("some of it to be there", confirmed).await;
        window.click("button", Name::Starts("Pause walk")).await;
        let paused = || async { (summary(&window).await["paused"] == 1).then_some(()) };
        until("the upload to be paused", paused).await;
        window.click("radio", Name::Starts("Paused")).await;
        window.reads("Paused · ").await;
        window.shot("paused").await;
        window.close().await;

        let window = Window::open(desktop).await;
        window.see("button", Name::Has("practice@example.com")).await;
        window.reads("1 paused").await;
        window.shot("after-restart").await;
        assert_eq!(summary(&window).await["running"], 0, "it waits for its person");
        window.click("button", "Go on").await;
        go_to(&window, "Private").await;
        rows_show(&window, &["walk through the harbour.mov"]).await;
        assert_eq!(transfers_end(&window).await, (1, 0, 0));
        window.close().await;
    })
    .await;
}
