//! The transfers drawer: names that exist with their pictures, several at once, settings that count at once, and what the
//! desktop is told.

use std::fs::File;
use std::path::{Path, PathBuf};

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::{Options, Sandbox};
use serde_json::json;

use crate::journey;
use crate::steps::{connect, drop_into_folder, go_to, practise, rows_show, settings, summary, transfers_end};

/// Large enough to be on its way for a while.
const LARGE: u64 = 512 << 20;

#[tokio::test]
async fn names_that_exist_are_asked_about_with_both_pictures_once_a_drop() {
    journey("conflict", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = practise(desktop).await;
        let folder = desktop.folder("Pictures");
        drop_into_folder(&window, &pictures(&folder, 1)).await;
        rows_show(&window, &["harbour.jpg", "crane.jpg", "tide.jpg"]).await;
        transfers_end(&window).await;

        drop_into_folder(&window, &pictures(&folder, 2)).await;
        let question = window.see("alertdialog", Name::Has("is already in Private")).await;
        until("both pictures", || async {
            let script = "return [...document.querySelectorAll('[role=alertdialog] img')]
                .filter((image) => image.complete && image.naturalWidth > 0).length";
            (window.script(script, vec![]).await == 2).then_some(())
        })
        .await;
        question.see("checkbox", "Do this for the other 2").await;
        both_looks(&window, "question").await;
        // The box itself is drawn, and its input hidden from WebDriver's pointer.
        let tick = "const box = document.querySelector('[role=alertdialog] input[type=checkbox]'); box.click(); return box.checked";
        assert_eq!(window.script(tick, vec![]).await, true);
        window.click("button", "Keep both").await;
        window.gone("alertdialog", Name::Any).await;
        rows_show(&window, &["harbour (2).jpg", "crane (2).jpg", "tide (2).jpg"]).await;
        assert_eq!(transfers_end(&window).await, (6, 0, 0), "one answer was enough for the drop");
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn several_transfers_wait_and_go_on_together_and_a_setting_counts_at_once() {
    journey("several", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = practise(desktop).await;
        settings(&window).await;
        window.click("radio", "A number").await;
        window.fill("Files at the same time", "1").await;
        window.key("Tab").await;
        until("one file at a time", || async {
            let set = window.invoke("transfer_settings", json!({})).await.expect("settings can be asked");
            (set["atOnce"] == 1).then_some(())
        })
        .await;
        both_looks(&window, "settings").await;
        window.click("button", "Done").await;
        window.gone("dialog", Name::Any).await;

        let folder = desktop.folder("Videos");
        let films: Vec<PathBuf> = (1..=4).map(|part| film(&folder, &format!("film {part}.mov"))).collect();
        drop_into_folder(&window, &films).await;
        let one_runs = || async {
            let now = summary(&window).await;
            (now["running"] == 1 && now["waiting"] == 3).then_some(())
        };
        until("one to run and three to wait", one_runs).await;
        window.click("button", "Show transfers").await;
        window.click("radio", Name::Starts("Waiting")).await;
        window.see("gridcell", Name::Has("film")).await;
        window.click("gridcell", Name::Has("film")).await;
        window.key("ctrl+a").await;
        window.reads("3 selected").await;
        both_looks(&window, "selected").await;
        window.key("space").await;
        until("three to be paused", || async { (summary(&window).await["paused"] == 3).then_some(()) }).await;
        window.click("radio", Name::Starts("Paused")).await;
        window.click("button", "Go on with all").await;
        until("all in line again", || async { (summary(&window).await["paused"] == 0).then_some(()) }).await;
        let all = json!({ "which": { "kind": "tab", "tab": "all" } });
        window.invoke("cancel_transfers", all).await.expect("transfers can be cancelled");
        transfers_end(&window).await;
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_desktop_hears_of_progress_of_the_end_and_shows_what_arrived() {
    journey("desktop", KeychainService::Unlocked, async |desktop: &Desktop| {
        let services = desktop.services().await;
        let window = practise(desktop).await;
        let film = film(&desktop.folder("Videos"), "harbour.mov");
        drop_into_folder(&window, &[film]).await;
        window.minimize().await;
        services.hears("dock application://Amphora.desktop shown").await;
        let notice = services.hears("notice").await;
        assert!(notice.starts_with("notice 1 item is in Private"), "{notice}");
        services.hears("dock application://Amphora.desktop gone").await;
        let moved = services.all().iter().filter(|line| line.starts_with("dock")).count();
        assert!(moved < 1_000, "a few times a second, not {moved}");

        let script = "return window.__TAURI_INTERNALS__ !== undefined";
        assert_eq!(window.script(script, vec![]).await, true, "the page lives on while it is away");
        let done = json!({ "tab": "done", "start": 0, "end": 1 });
        let rows = window.invoke("transfer_rows", done).await.expect("the list can be asked");
        let show = json!({ "transfer": rows[0]["id"] });
        window.invoke("show_local", show).await.expect("the file manager answers");
        let shown = services.hears("file").await;
        assert!(shown.ends_with("/home/Videos/harbour.mov"), "{shown}");
        window.invoke("show_local", json!({ "transfer": 4_711 })).await.expect_err("only what is in the list is shown");

        // A click that comes before the application listens for it is lost.
        window.comes_back(|| services.click_notice()).await;
        window.see("heading", "Transfers").await;
        until("the drawer at what is done", || async {
            let done = window.see("radio", Name::Starts("Done")).await;
            (done.attribute("aria-checked").await == "true").then_some(())
        })
        .await;
        window.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_failed_says_why_and_the_button_beside_it_helps() {
    journey("failed", KeychainService::Unlocked, async |desktop: &Desktop| {
        let proxy = FaultProxy::start().expect("a port is free");
        let options = Options { behind: Some(proxy.port()), ..Options::for_tests(desktop.folder("server")) };
        let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
        proxy.forward_to(sandbox.address());
        let exports = samples::note(&desktop.folder("Downloads"), "aws-exports.json", &sandbox.aws_exports_json());
        proxy.add(Rule::new(Fault::denied()).on("PUT", "plan.txt").times(1));

        let window = Window::open(desktop).await;
        connect(&window, &exports).await;
        go_to(&window, "Public").await;
        let notes =
            ["map.txt", "plan.txt"].map(|name| samples::note(&desktop.folder("Desktop"), name, "For the harbour.\n"));
        // An empty folder has no rows to drop between.
        let folder = window.see("main", Name::Any).await;
        window.drag_over(&notes, &folder).await.drop_here().await;
        window.click("button", "Upload to Public").await;
        window.see("row", Name::Has("map.txt")).await;
        window.reads("1 failed").await;
        assert!(window.all("row", Name::Has("plan.txt")).await.is_empty(), "what failed is not there");

        window.click("button", "Show").await;
        window.see("gridcell", Name::Starts("Upload plan.txt")).await;
        window.reads("you can read this folder but not change it").await;
        both_looks(&window, "drawer").await;
        window.click("button", "Try plan.txt again").await;
        assert_eq!(transfers_end(&window).await, (2, 0, 0), "the button helps");
        news_leaves_the_drawer_free(&window).await;
        window.see("row", Name::Has("plan.txt")).await;
        window.close().await;
        sandbox.stop().await;
    })
    .await;
}

/// What arrived is told above the drawer, where it covers none of its buttons.
async fn news_leaves_the_drawer_free(window: &Window<'_>) {
    window.see("alertdialog", Name::Any).await;
    let script = "const box = (selector) => document.querySelector(selector).getBoundingClientRect();
        return box('section[aria-label=Transfers]').top - box('[role=alertdialog]').bottom";
    let apart = window.script(script, vec![]).await;
    assert!(apart.as_f64() >= Some(0.0), "{apart} pixels between news and the drawer");
}

fn pictures(folder: &Path, seed: u32) -> Vec<PathBuf> {
    let names = ["harbour.jpg", "crane.jpg", "tide.jpg"];
    (seed..).zip(names).map(|(seed, name)| samples::picture(folder, name, seed)).collect()
}

/// A file that takes a while to send, and no room on this disk.
fn film(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    File::create(&path).and_then(|file| file.set_len(LARGE)).expect("the folder is ours");
    path
}

async fn both_looks(window: &Window<'_>, name: &str) {
    for theme in ["dark", "light"] {
        window.invoke("set_theme", json!({ "theme": theme })).await.expect("the look can be chosen");
        until(&format!("the {theme} look"), || async {
            let drawn = window.script("return getComputedStyle(document.documentElement).colorScheme", vec![]).await;
            (drawn == theme).then_some(())
        })
        .await;
        window.shot(&format!("{name}-{theme}")).await;
    }
}
