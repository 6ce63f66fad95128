//! A limit that is set in the window holds for what goes up, and goes the moment it is taken away.

use std::fs::File;
use std::time::Duration;

use amphora_e2e::{Desktop, KeychainService, Name, PATIENCE, Window, samples, until};
use amphora_faults::FaultProxy;
use amphora_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::journey;
use crate::steps::{connect, go_to, settings, sign_in, transfers_end};

const PASSWORD: &str = "Harbour-lights-7";
/// At the limit this takes more than four minutes, and moments without it.
const SIZE: u64 = 128 << 20;
/// Bytes a second; half a megabyte is the least that the window offers in this unit.
const LIMIT: u64 = 500_000;
/// So much is watched while the limit holds.
const WATCHED: u64 = 3_000_000;
/// What may be sent at once, and what is under way in buffers, in time at the limit.
const AHEAD: Duration = Duration::from_secs(1);

// The storage must not stand still while the journey waits for a program of the desktop.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_holds_for_uploads_and_what_is_on_its_way_speeds_up_without_it() {
    journey("limit", KeychainService::Unlocked, async |desktop: &Desktop| {
        let proxy = FaultProxy::start().expect("a port is free");
        let options = Options { behind: Some(proxy.port()), ..Options::for_tests(desktop.folder("server")) };
        let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
        proxy.forward_to(sandbox.address());
        sandbox.ensure_user("mira", "mira@example.com", PASSWORD).await.expect("a user");
        let exports = samples::note(&desktop.folder("Downloads"), "aws-exports.json", &sandbox.aws_exports_json());
        let film = desktop.folder("Videos").join("harbour.mov");
        File::create(&film).and_then(|file| file.set_len(SIZE)).expect("the folder is ours");

        let window = Window::open(desktop).await;
        connect(&window, &exports).await;
        sign_in(&window, "mira", PASSWORD).await;
        go_to(&window, "Private").await;
        settings(&window).await;
        press_the_limit(&window).await;
        window.fill("Most for uploads", "0.5").await;
        window.key("Tab").await;
        limit_is(&window, json!(LIMIT)).await;
        window.click("button", "Done").await;
        window.gone("dialog", Name::Any).await;

        proxy.forget();
        // An empty folder has no rows to drop between.
        let folder = window.see("main", Name::Any).await;
        window.drag_over(&[film], &folder).await.drop_here().await;
        let sent = until("some of it to be sent", || async {
            let sent = proxy.bytes_up("PUT");
            (sent >= WATCHED).then_some(sent)
        })
        .await;
        let begun = proxy.seen().iter().filter(|seen| seen.method == "PUT").map(|seen| seen.begun).min();
        let took = begun.expect("it was sent by PUT").elapsed();
        assert!(took + AHEAD >= at_the_limit(sent), "{sent} bytes in {took:?} are more than {LIMIT} a second");

        settings(&window).await;
        let left = SIZE.saturating_sub(proxy.bytes_up("PUT"));
        assert!(at_the_limit(left) > PATIENCE, "what is left would come too late with the limit");
        press_the_limit(&window).await;
        limit_is(&window, Value::Null).await;
        window.click("button", "Done").await;
        assert_eq!(transfers_end(&window).await, (1, 0, 0), "and within {PATIENCE:?}, the most that is waited");
        window.close().await;
        sandbox.stop().await;
    })
    .await;
}

fn at_the_limit(bytes: u64) -> Duration {
    Duration::from_secs(bytes / LIMIT)
}

/// The box itself is drawn, and its input hidden from WebDriver's pointer.
async fn press_the_limit(window: &Window<'_>) {
    let press = "const box = document.querySelector('[role=group][aria-label=\"Limit how fast files go up\"] input[type=checkbox]');
        box?.click(); return box !== null";
    until("the limit to be pressed", || async { (window.script(press, vec![]).await == true).then_some(()) }).await;
}

async fn limit_is(window: &Window<'_>, limit: Value) {
    until(&format!("a limit of {limit}"), || async {
        let set = window.invoke("transfer_settings", json!({})).await.expect("settings can be asked");
        (set["uploadLimit"] == limit).then_some(())
    })
    .await;
}
