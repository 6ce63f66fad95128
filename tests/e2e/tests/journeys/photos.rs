//! Photos that a phone made go to Public: what they tell of the place is asked about before the upload, and stays here.

use std::path::Path;

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples};
use amphora_sandbox::{Options, Sandbox};

use crate::journey;
use crate::steps::{connect, go_to, rows_show, transfers_end};

#[tokio::test]
async fn where_photos_were_taken_is_asked_about_and_stays_on_this_computer() {
    journey("photos", KeychainService::Unlocked, async |desktop: &Desktop| {
        let data = desktop.folder("server");
        let sandbox = Sandbox::start(Options::for_tests(data.clone())).await.expect("a sandbox starts");
        let downloads = desktop.folder("Downloads");
        let file = samples::note(&downloads, "aws-exports.json", &sandbox.aws_exports_json());
        let pictures = desktop.folder("Pictures");
        let photos = [1, 2, 3].map(|seed| samples::located(&pictures, &format!("quay {seed}.jpg"), seed));
        assert!(photos.iter().all(|photo| tells_latitude(photo)), "the camera wrote it");

        let window = Window::open(desktop).await;
        connect(&window, &file).await;
        go_to(&window, "Public").await;
        // An empty folder has no rows to drop between.
        let folder = window.see("main", Name::Any).await;
        window.drag_over(&photos, &folder).await.drop_here().await;
        let question = window.see("alertdialog", "Upload 3 items to Public?").await;
        window.reads("3 photos contain where they were taken").await;
        question.see("checkbox", "Remove location from photos and videos").await;
        window.shot("question").await;
        window.click("button", "Upload to Public").await;
        rows_show(&window, &["quay 1.jpg", "quay 2.jpg", "quay 3.jpg"]).await;
        assert_eq!(transfers_end(&window).await, (3, 0, 0));
        assert!(!any_tells_latitude(&data), "nothing that arrived tells it");
        assert!(photos.iter().all(|photo| tells_latitude(photo)), "the photos here are as they were");
        window.close().await;
    })
    .await;
}

fn tells_latitude(file: &Path) -> bool {
    let numbers = samples::LATITUDE.iter().flat_map(|(over, under)| [over, under]);
    let latitude: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
    let bytes = std::fs::read(file).expect("it is ours");
    bytes.windows(latitude.len()).any(|some| some == latitude)
}

fn any_tells_latitude(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("it is ours").any(|entry| {
        let path = entry.expect("it is ours").path();
        if path.is_dir() { any_tells_latitude(&path) } else { tells_latitude(&path) }
    })
}
