//! A person chooses what stands for an album, sees it on the page of all albums, and reads how a picture was taken.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use serde_json::json;

use crate::journey;
use crate::steps::{drop_into_folder, open_folder, practise, rows_show, show_as, transfers_end};

#[tokio::test]
async fn a_chosen_cover_stands_for_its_album_and_a_picture_tells_how_it_was_taken() {
    journey("covers", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = practise(desktop).await;
        let harbour = desktop.folder("Harbour");
        samples::shot(&harbour, "oldest.jpg", 1, "2023:05:06 07:08:09");
        samples::shot(&harbour, "middle.jpg", 4, "2024:05:06 07:08:09");
        samples::shot(&harbour, "newest.jpg", 7, "2025:05:06 07:08:09");
        drop_into_folder(&window, &[harbour]).await;
        rows_show(&window, &["Harbour"]).await;
        assert_eq!(transfers_end(&window).await, (3, 0, 0));
        open_folder(&window, "Harbour", "oldest.jpg").await;
        show_as(&window, "Album").await;
        window.see("rowheader", Name::Starts("Saturday, 6 May 2023")).await;
        window.click("button", "Pin").await;
        all_albums_show(&window, "newest.jpg").await;

        window.click("button", Name::Starts("Harbour: ")).await;
        window.see("gridcell", Name::Starts("oldest.jpg")).await;
        window.see("grid", "Album of Harbour").await.focus().await;
        window.key("End").await;
        window.key("shift+F10").await;
        window.click("menuitem", "Use as cover").await;
        window.reads("“oldest.jpg” is now the cover of Harbour").await;
        all_albums_show(&window, "oldest.jpg").await;
        window.shot("all-albums").await;

        window.click("button", Name::Starts("Harbour: ")).await;
        window.click("gridcell", Name::Starts("middle.jpg")).await;
        window.see("dialog", "Preview of middle.jpg").await;
        window.key("i").await;
        how_it_was_taken(&window).await;
        window.click("button", "Use as cover").await;
        window.see("button", "Use the newest picture as cover").await;
        window.shot("information").await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        all_albums_show(&window, "middle.jpg").await;
        window.close().await;
    })
    .await;
}

/// Goes to the page of all albums and waits until this picture stands for the one there is.
async fn all_albums_show(window: &Window<'_>, picture: &str) {
    window.click("button", "All albums").await;
    window.see("heading", "All albums").await;
    until(&format!("{picture} as the cover"), || async {
        let script = "return [...document.querySelectorAll('main li img')]
            .some((image) => image.naturalWidth > 0 && image.src.includes(arguments[0]) && image.getClientRects().length > 0)";
        window.script(script, vec![json!(picture)]).await.as_bool().filter(|shown| *shown)
    })
    .await;
}

async fn how_it_was_taken(window: &Window<'_>) {
    let panel = window.see("complementary", "Information").await;
    until("what the camera wrote", || async {
        let told = panel.text().await;
        let words = [
            "6 May 2024",
            "FUJIFILM X100V",
            "23mmF2 II",
            "1/250 s · f/2.8 · ISO 200 · 23 mm",
            "960 × 640 pixels",
            "Private / Harbour",
            "47.3750° N, 8.5000° E",
        ];
        words.iter().all(|words| told.contains(words)).then_some(())
    })
    .await;
}
