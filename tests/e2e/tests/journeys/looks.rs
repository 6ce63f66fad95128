//! Every screen in both looks and both sizes, for eyes; asserted is only what must hold in all of them.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use serde_json::json;

use crate::journey;
use crate::steps::{drop_into_folder, go_to, open_folder, practise, settings, show_as, transfers_end, try_it_here};

#[tokio::test]
async fn screens_hold_in_both_looks_and_sizes() {
    journey("looks", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        pictures(&window, "first-run").await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        open_folder(&window, "Summer 2026", ".jpg").await;
        for view in ["List", "Grid", "Album"] {
            show_as(&window, view).await;
            if view == "Album" {
                show_as(&window, "Months").await;
                window.see("rowheader", Name::Starts("August 2026")).await;
            }
            pictures(&window, &view.to_lowercase()).await;
        }
        show_as(&window, "List").await;
        window.click("row", Name::Has(".jpg")).await;
        window.key("space").await;
        window.see("dialog", Name::Starts("Preview of ")).await;
        pictures(&window, "preview").await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        window.click("button", "Move to…").await;
        window.see("dialog", Name::Starts("Move “")).await;
        pictures(&window, "move-to").await;
        window.click("button", "Cancel").await;
        window.gone("dialog", Name::Any).await;
        go_to(&window, "Public").await;
        pictures(&window, "public").await;
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn dialogs_and_tools_hold_in_both_looks_and_sizes() {
    journey("looks-tools", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        settings(&window).await;
        pictures(&window, "settings").await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        go_to(&window, "Private").await;
        let long = "a very long name that somebody gave to a note about the north quay wall, really final (3).txt";
        let note = samples::note(&desktop.folder("Desktop"), long, "The wall stands.\n");
        drop_into_folder(&window, &[note]).await;
        transfers_end(&window).await;
        window.key("ctrl+j").await;
        pictures(&window, "drawer").await;
        window.key("ctrl+j").await;
        open_folder(&window, "Summer 2026", ".jpg").await;
        show_as(&window, "Album").await;
        window.click("button", "Add pictures").await;
        window.see("dialog", "Add pictures to Summer 2026").await;
        pictures(&window, "add-pictures").await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        window.click("button", "Filter").await;
        window.fill("Name", "zzz").await;
        window.see("dialog", "What this album shows").await;
        pictures(&window, "album-filter").await;
        window.key("Escape").await;
        window.see("button", "Filter (on)").await;
        pictures(&window, "album-nothing").await;
        window.close().await;
    })
    .await;
}

/// Photos of the album that is pictured, over five years.
const PHOTOS: u32 = 60;

#[tokio::test]
async fn an_album_of_years_holds_in_both_looks_and_sizes() {
    journey("looks-album", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = practise(desktop).await;
        let walks = desktop.folder("Walks");
        for number in 0..PHOTOS {
            let (year, month, day) = (2021 + number % 5, 1 + number * 7 % 12, 1 + number * 11 % 28);
            let taken = format!("{year}:{month:02}:{day:02} 10:{:02}:00", number % 60);
            samples::shot(&walks, &format!("IMG_{number:04}.jpg"), number, &taken);
        }
        drop_into_folder(&window, &[walks]).await;
        assert_eq!(transfers_end(&window).await, (u64::from(PHOTOS), 0, 0));
        for (folder, picture) in [("Walks", "IMG_"), ("Summer 2026", ".jpg")] {
            go_to(&window, "Private").await;
            open_folder(&window, folder, picture).await;
            show_as(&window, "Album").await;
            window.click("button", "Pin").await;
            window.see("button", Name::Starts(&format!("{folder}: "))).await;
        }
        window.click("button", "All albums").await;
        window.see("heading", "All albums").await;
        pictures_in(&window, "all-albums", SMALL).await;

        window.click("button", Name::Starts("Walks: ")).await;
        window.see("gridcell", Name::Starts("IMG_")).await;
        show_as(&window, "Years").await;
        window.see("rowheader", Name::Starts("2025 · 12 photos")).await;
        pictures_in(&window, "years", SMALL).await;
        window.click("button", "Filter").await;
        let taken = window.see("group", "Taken").await;
        taken.see("textbox", "From").await.write("2023").await;
        taken.see("textbox", "To").await.write("2023").await;
        window.see("dialog", "What this album shows").await;
        pictures_in(&window, "filter", SMALL).await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        window.reads("taken from 2023-01-01 · taken to 2023-12-31").await;
        window.gone("rowheader", Name::Starts("2025")).await;
        window.see("rowheader", Name::Starts("2023 · 12 photos")).await;
        pictures_in(&window, "filtered", SMALL).await;
        window.click("gridcell", Name::Starts("IMG_")).await;
        window.see("dialog", Name::Starts("Preview of ")).await;
        window.key("i").await;
        window.reads("FUJIFILM X100V").await;
        pictures_in(&window, "information", SMALL).await;
        window.key("Escape").await;
        window.close().await;
    })
    .await;
}

/// A window that people put beside another one.
const SMALL: (i32, i32) = (800, 600);

async fn pictures(window: &Window<'_>, name: &str) {
    pictures_in(window, name, (900, 600)).await;
}

async fn pictures_in(window: &Window<'_>, name: &str, small: (i32, i32)) {
    for (width, height) in [(1280, 800), small] {
        window.resize(width, height).await;
        for theme in ["light", "dark"] {
            window.invoke("set_theme", json!({ "theme": theme })).await.expect("the look can be chosen");
            until(&format!("the {theme} look"), || async {
                let drawn =
                    window.script("return getComputedStyle(document.documentElement).colorScheme", vec![]).await;
                (drawn == theme).then_some(())
            })
            .await;
            window.shot(&format!("{name}-{theme}-{width}x{height}")).await;
            let wide = window.script("return document.documentElement.scrollWidth - innerWidth", vec![]).await;
            assert_eq!(wide, 0, "{name} at {width}×{height} needs no sideways scrolling");
        }
    }
    window.resize(1280, 800).await;
}
