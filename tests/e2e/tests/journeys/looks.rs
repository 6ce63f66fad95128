//! Every screen in both looks and both sizes, for eyes; asserted is only what must hold in all of them.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use serde_json::json;

use crate::journey;
use crate::steps::{drop_into_folder, go_to, show_as, transfers_end, try_it_here};

#[tokio::test]
async fn screens_hold_in_both_looks_and_sizes() {
    journey("looks", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        pictures(&window, "first-run").await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        window.click("row", Name::Has("Summer 2026")).await;
        window.key("Return").await;
        window.see("row", Name::Has(".jpg")).await;
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
        window.key("ctrl+comma").await;
        window.see("dialog", "Settings").await;
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
        window.click("row", Name::Has("Summer 2026")).await;
        window.key("Return").await;
        window.see("row", Name::Has(".jpg")).await;
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

async fn pictures(window: &Window<'_>, name: &str) {
    for (width, height) in [(1280, 800), (900, 600)] {
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
