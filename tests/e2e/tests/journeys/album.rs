//! An album of a year's photos: they come to lie at the days when they were taken, the scrubber goes through the months, a day is
//! selected at once, and the lightbox is walked by keys.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};

use crate::journey;
use crate::steps::{drop_into_folder, go_to, rows_show, show_as, transfers_end, try_it_here};

/// Photos of each month.
const EACH: u32 = 8;

#[tokio::test]
async fn a_years_photos_are_walked_by_time() {
    journey("album", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        let year = desktop.folder("Year");
        for month in 1..=12 {
            for number in 0..EACH {
                let name = format!("{month:02}-{number}.jpg");
                let day = 1 + number / 4;
                samples::photo(
                    &year,
                    &name,
                    month * EACH + number,
                    &format!("2025:{month:02}:{day:02} 10:{number:02}:00"),
                );
            }
        }
        drop_into_folder(&window, &[year]).await;
        rows_show(&window, &["Year"]).await;
        assert_eq!(transfers_end(&window).await.1, 0, "every photo arrives");
        window.click("row", Name::Has("Year")).await;
        window.key("Return").await;
        window.see("row", Name::Has("01-0.jpg")).await;

        show_as(&window, "Album").await;
        window.see("rowheader", Name::Starts("Tuesday, 2 December 2025 · 4 photos")).await;
        shown(&window).await;
        window.shot("album-days").await;
        scrubbed(&window).await;
        selected(&window).await;
        looked_at(&window).await;
        window.close().await;
    })
    .await;
}

/// By the slider's keys to the oldest month and back to the newest.
async fn scrubbed(window: &Window<'_>) {
    // What has not been looked at yet stands at the day of its upload.
    newest_month(window).await;
    window.see("slider", "Time").await.focus().await;
    window.key("End").await;
    window.see("rowheader", Name::Starts("Wednesday, 1 January 2025")).await;
    shown(window).await;
    window.shot("album-oldest").await;
    window.see("slider", "Time").await.focus().await;
    window.key("Home").await;
    newest_month(window).await;
    show_as(window, "Months").await;
    window.see("rowheader", Name::Starts("December 2025 · 8 photos")).await;
    shown(window).await;
    window.shot("album-months").await;
    show_as(window, "Days").await;
}

async fn newest_month(window: &Window<'_>) {
    until("the newest month", || async {
        (window.see("slider", "Time").await.attribute("aria-valuetext").await == "December 2025").then_some(())
    })
    .await;
}

async fn selected(window: &Window<'_>) {
    window.see("rowheader", Name::Starts("Tuesday, 2 December 2025")).await;
    window.click("button", "Select everything of Tuesday, 2 December 2025").await;
    window.reads("4 selected").await;
    window.shot("album-selected").await;
    window.click("button", "Select nothing of Tuesday, 2 December 2025").await;
    until("nothing to be selected", || async {
        let marked = window.script("return document.querySelectorAll('[aria-selected=true]').length", vec![]).await;
        (marked == 0).then_some(())
    })
    .await;
}

async fn looked_at(window: &Window<'_>) {
    window.click("gridcell", Name::Starts("12-7.jpg")).await;
    window.see("dialog", "Preview of 12-7.jpg").await;
    window.key("Right").await;
    window.see("dialog", "Preview of 12-6.jpg").await;
    shown(window).await;
    window.key("i").await;
    window.reads("960 × 640 pixels").await;
    window.shot("album-lightbox").await;
    window.key("plus").await;
    until("the picture to come nearer", || async {
        let script = "return document.querySelector('[role=dialog] [style*=scale]').style.transform";
        let pose = window.script(script, vec![]).await;
        pose.as_str().is_some_and(|pose| pose.contains("scale(1.5)")).then_some(())
    })
    .await;
    window.key("f").await;
    window.see("button", "Remove from favourites").await;
    window.key("Escape").await;
    window.gone("dialog", Name::Any).await;
    window.click("button", "Favourites").await;
    window.see("gridcell", Name::Starts("12-6.jpg")).await;
    window.gone("gridcell", Name::Starts("12-7.jpg")).await;
}

/// Every picture on the screen is there.
async fn shown(window: &Window<'_>) {
    until("the pictures", || async {
        let script =
            "const seen = [...document.querySelectorAll('img')].filter((image) => image.getClientRects().length > 0);
            return [seen.length, seen.filter((image) => image.complete && image.naturalWidth > 0).length]";
        let seen = window.script(script, vec![]).await;
        (seen[0].as_u64() >= Some(1) && seen[0] == seen[1]).then_some(())
    })
    .await;
}
