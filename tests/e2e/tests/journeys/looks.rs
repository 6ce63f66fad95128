//! Every screen in both looks and both sizes, for eyes; asserted is only what must hold in all of them.

use amphora_e2e::{Desktop, KeychainService, Name, Window, until};
use serde_json::json;

use crate::journey;
use crate::steps::{go_to, show_as, try_it_here};

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
            pictures(&window, &view.to_lowercase()).await;
        }
        show_as(&window, "List").await;
        window.click("row", Name::Has(".jpg")).await;
        window.key("space").await;
        window.see("dialog", Name::Starts("Preview of ")).await;
        pictures(&window, "preview").await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        go_to(&window, "Public").await;
        pictures(&window, "public").await;
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
