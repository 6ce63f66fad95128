//! Moving and copying files between folders and places: by the dialog that walks through them or by dragging rows, and asked
//! first where more people could see them.

use amphora_e2e::{Carried, Desktop, KeychainService, Name, Window, samples};
use serde_json::json;

use crate::journey;
use crate::steps::{drop_into_folder, go_to, rows_show, summary, transfers_end, try_it_here};

#[tokio::test]
async fn a_file_goes_to_another_folder_and_a_copy_of_it_to_everyone() {
    journey("moving", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        let plan = samples::note(&desktop.folder("Desktop"), "plan.txt", "A plan for the harbour.\n");
        drop_into_folder(&window, &[plan]).await;
        rows_show(&window, &["plan.txt"]).await;
        transfers_end(&window).await;

        window.click("row", Name::Has("plan.txt")).await;
        window.click("button", "Move to…").await;
        let dialog = window.see("dialog", "Move “plan.txt” to…").await;
        dialog.see("option", "Summer 2026").await.click().await;
        window.shot("move").await;
        window.click("button", "Move here").await;
        window.gone("dialog", Name::Any).await;
        window.gone("row", Name::Has("plan.txt")).await;
        transfers_end(&window).await;
        assert_eq!(
            names(&window, "private", "Summer 2026/").await.iter().filter(|name| *name == "plan.txt").count(),
            1
        );
        assert!(!names(&window, "private", "").await.contains(&"plan.txt".to_owned()), "a move leaves nothing behind");

        window.click("row", Name::Has("Summer 2026")).await;
        window.key("Return").await;
        window.click("row", Name::Has("plan.txt")).await;
        window.key("shift+F10").await;
        window.click("menuitem", "Copy to…").await;
        window.click("button", "Places").await;
        window.click("option", Name::Has("Public")).await;
        window.click("button", "Copy here").await;
        window.see("alertdialog", "Copy 1 item to Public?").await;
        window.shot("copy-question").await;
        assert!(!names(&window, "public", "").await.contains(&"plan.txt".to_owned()), "a question is not a yes");
        window.click("button", "Copy to Public").await;
        window.gone("alertdialog", Name::Any).await;
        transfers_end(&window).await;
        assert!(names(&window, "public", "").await.contains(&"plan.txt".to_owned()));
        assert!(names(&window, "private", "Summer 2026/").await.contains(&"plan.txt".to_owned()), "a copy leaves it");
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn rows_are_dragged_into_a_folder_and_a_copy_to_everyone() {
    journey("dragging", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        let notes =
            ["map.txt", "plan.txt"].map(|name| samples::note(&desktop.folder("Desktop"), name, "For the harbour.\n"));
        drop_into_folder(&window, &notes).await;
        rows_show(&window, &["map.txt", "plan.txt"]).await;
        transfers_end(&window).await;

        window.click("row", Name::Has("map.txt")).await;
        window.key("shift+Down").await;
        window.reads("2 selected").await;
        let (plan, folder) = (("row", Name::Has("plan.txt")), ("row", Name::Has("Summer 2026")));
        let carried = window.carry(plan, folder).await;
        window.reads("Move 2 items to Private / Summer 2026").await;
        window.shot("over-folder").await;
        window.key("Escape").await;
        window.gone("status", Name::Has("Move 2 items")).await;
        carried.drop_here().await;
        window.reads("2 selected").await;
        assert_eq!(summary(&window).await["running"], 0, "Escape ends the drag, not the selection");

        let carried = window.carry(plan, folder).await;
        window.reads("Move 2 items to Private / Summer 2026").await;
        carried.drop_here().await;
        window.gone("row", Name::Has("plan.txt")).await;
        window.gone("row", Name::Has("map.txt")).await;
        transfers_end(&window).await;
        let inside = names(&window, "private", "Summer 2026/").await;
        assert!(["map.txt", "plan.txt"].iter().all(|name| inside.iter().any(|there| there == name)), "{inside:?}");
        let left = names(&window, "private", "").await;
        assert!(
            !left.iter().any(|name| name.ends_with(".txt") && inside.contains(name)),
            "a move leaves nothing: {left:?}"
        );

        window.click("row", Name::Has("Summer 2026")).await;
        window.key("Return").await;
        let carried = window.carry_with_control(plan, ("button", Name::Starts("Public"))).await;
        window.reads("Copy 1 item to Public").await;
        window.shot("over-place").await;
        carried.drop_here().await;
        window.see("alertdialog", "Copy 1 item to Public?").await;
        assert!(!names(&window, "public", "").await.contains(&"plan.txt".to_owned()), "a question is not a yes");
        window.click("button", "Copy to Public").await;
        window.gone("alertdialog", Name::Any).await;
        transfers_end(&window).await;
        assert!(names(&window, "public", "").await.contains(&"plan.txt".to_owned()));
        assert!(names(&window, "private", "Summer 2026/").await.contains(&"plan.txt".to_owned()), "a copy leaves it");
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_a_row_rests_on_opens_and_escape_leads_back() {
    journey("resting", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        let map = samples::note(&desktop.folder("Desktop"), "map.txt", "For the harbour.\n");
        drop_into_folder(&window, &[map]).await;
        rows_show(&window, &["map.txt"]).await;
        transfers_end(&window).await;

        let before = ever_queued(&window).await;
        let carried = carried_over_folder(&window).await;
        window.see("heading", "Summer 2026").await;
        window.shot("open").await;
        window.key("Escape").await;
        window.see("heading", "Private").await;
        window.reads("1 selected").await;
        carried.drop_here().await;
        assert_eq!(ever_queued(&window).await, before, "nothing moves, or is about to");
        assert!(names(&window, "private", "").await.contains(&"map.txt".to_owned()), "it is where it was");

        let carried = carried_over_folder(&window).await;
        window.see("heading", "Summer 2026").await;
        window.reads("Move 1 item to Private / Summer 2026").await;
        carried.drop_here().await;
        window.see("row", Name::Has("map.txt")).await;
        window.see("heading", "Summer 2026").await;
        transfers_end(&window).await;
        assert!(names(&window, "private", "Summer 2026/").await.contains(&"map.txt".to_owned()));
        assert!(!names(&window, "private", "").await.contains(&"map.txt".to_owned()), "a move leaves nothing");
        window.close().await;
    })
    .await;
}

/// Transfers in line, on their way and ended.
async fn ever_queued(window: &Window<'_>) -> u64 {
    let summary = summary(window).await;
    let states = ["needsYou", "running", "waiting", "paused", "failed", "done"];
    states.into_iter().map(|state| summary[state].as_u64().expect("a number for each state")).sum()
}

async fn carried_over_folder<'w>(window: &'w Window<'_>) -> Carried<'w> {
    window.carry(("row", Name::Has("map.txt")), ("row", Name::Has("Summer 2026"))).await
}

/// What the storage lists in a folder.
async fn names(window: &Window<'_>, level: &str, folder: &str) -> Vec<String> {
    let listed = json!({ "place": { "space": { "level": level, "owner": null }, "folder": folder },
        "sort": { "by": "name", "descending": false }, "filter": { "text": "", "media": "all" } });
    let listing = window.invoke("open_listing", listed).await.expect("this folder can be listed");
    let rows = window.invoke("rows", json!({ "listing": listing["id"], "start": 0, "end": 100 })).await;
    let rows = rows.expect("an open listing has rows");
    rows.as_array().into_iter().flatten().filter_map(|row| Some(row["name"].as_str()?.to_owned())).collect()
}
