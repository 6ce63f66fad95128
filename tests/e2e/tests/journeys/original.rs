//! Whoever looks closer than the copy for the screen is sharp gets every pixel of the picture, where they were looking.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};

use crate::journey;
use crate::steps::{drop_into_folder, open_folder, practise, rows_show, show_as, transfers_end};

/// Notes every frame from now on: how the picture lies, and whether the original is drawn over its copy.
const WATCH: &str = "globalThis.frames_seen = [];
    const look = () => {
        const pose = document.querySelector('[role=dialog] [style*=scale]');
        const [copy, original] = pose ? pose.querySelectorAll('img') : [];
        if (original) {
            const box = (image) => Object.values(image.getBoundingClientRect().toJSON()).join();
            const shown = getComputedStyle(original).visibility === 'visible';
            frames_seen.push([pose.style.transform, box(copy), box(original), shown]);
        }
        requestAnimationFrame(look);
    };
    look();";

#[tokio::test]
async fn a_close_look_brings_every_pixel_and_moves_nothing() {
    journey("original", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = practise(desktop).await;
        window.resize(1280, 800).await;
        let folder = desktop.folder("Quay");
        samples::large_picture(&folder, "quay.jpg", 3);
        drop_into_folder(&window, &[folder]).await;
        rows_show(&window, &["Quay"]).await;
        assert_eq!(transfers_end(&window).await, (1, 0, 0));
        open_folder(&window, "Quay", "quay.jpg").await;
        show_as(&window, "Album").await;
        // Until its date was looked for, its tile stands elsewhere.
        window.reads("No date").await;
        window.click("gridcell", Name::Starts("quay.jpg")).await;
        window.see("dialog", "Preview of quay.jpg").await;
        shown_in(&window, &[2_560]).await;
        closer(&window).await;
        window.close().await;
    })
    .await;
}

/// Comes nearer, below the middle, until the original is there: in each frame the picture lay where it lies at the end.
async fn closer(window: &Window<'_>) {
    window.key("plus").await;
    pose(window, "scale(1.5)").await;
    window.key("Down").await;
    pose(window, ", -80px)").await;
    window.key("plus").await;
    pose(window, "scale(2.25)").await;
    assert_eq!(widths(window).await, [2_560], "the copy still has a pixel for each of the screen's");
    window.shot("copy").await;
    window.script(WATCH, vec![]).await;
    window.key("plus").await;
    pose(window, "scale(3.375)").await;
    shown_in(window, &[2_560, 4_000]).await;
    until("the original to be drawn", || async {
        window
            .script("return frames_seen.some(([, , , shown]) => shown)", vec![])
            .await
            .as_bool()
            .filter(|drawn| *drawn)
    })
    .await;
    window.shot("original").await;
    let places = "return new Set(frames_seen.map(([pose]) => pose)).size";
    assert_eq!(window.script(places, vec![]).await, 1, "the pose stays as it is while the original comes");
    let apart = "return frames_seen.filter(([, copy, original, shown]) => shown && copy !== original).length";
    assert_eq!(window.script(apart, vec![]).await, 0, "the original covers its copy exactly");
}

async fn pose(window: &Window<'_>, has: &str) {
    until(&format!("the pose {has}"), || async {
        let script = "return document.querySelector('[role=dialog] [style*=scale]').style.transform";
        window.script(script, vec![]).await.as_str().is_some_and(|pose| pose.contains(has)).then_some(())
    })
    .await;
}

/// Waits until the pictures on the stage have these widths, in pixels of their own.
async fn shown_in(window: &Window<'_>, wanted: &[u64]) {
    until(&format!("pictures of {wanted:?} pixels"), || async { (widths(window).await == wanted).then_some(()) }).await;
}

async fn widths(window: &Window<'_>) -> Vec<u64> {
    let script =
        "return [...document.querySelectorAll('[role=dialog] [style*=scale] img')].map((image) => image.naturalWidth)";
    let widths = window.script(script, vec![]).await;
    widths.as_array().into_iter().flatten().filter_map(serde_json::Value::as_u64).collect()
}
