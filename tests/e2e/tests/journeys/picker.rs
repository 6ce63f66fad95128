//! Uploads by the button and the system's own dialog; a name that exists is asked about, never overwritten.

use std::fs;

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples};

use crate::journey;
use crate::steps::{go_to, rows_show, transfers_end, try_it_here};

#[tokio::test]
async fn a_file_is_picked_in_the_systems_dialog() {
    journey("picker", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;

        let file = samples::note(&desktop.folder("Documents"), "minutes of Monday.txt", "First.\n");
        window.click("button", "Upload").await;
        window.click("menuitem", Name::Starts("Files…")).await;
        window.dismiss("^Upload files$").await;
        assert_eq!(transfers_end(&window).await, (0, 0, 0), "a dialog left without an answer uploads nothing");

        upload(&window, &file).await;
        rows_show(&window, &["minutes of Monday.txt"]).await;
        assert_eq!(transfers_end(&window).await, (1, 0, 0), "one upload, done");

        fs::write(&file, "Second.\n").expect("the folder is ours");
        upload(&window, &file).await;
        window.see("alertdialog", "“minutes of Monday.txt” is already in Private").await;
        window.shot("conflict").await;
        window.click("button", "Keep both").await;
        rows_show(&window, &["minutes of Monday.txt", "minutes of Monday (2).txt"]).await;
        window.shot("kept-both").await;
        window.close().await;
    })
    .await;
}

async fn upload(window: &Window<'_>, file: &std::path::Path) {
    window.click("button", "Upload").await;
    window.click("menuitem", Name::Starts("Files…")).await;
    window.choose("^Upload files$", file).await;
}
