//! A script of the page pretends that files were dropped: nothing is uploaded, nothing is told.

use amphora_e2e::{Desktop, KeychainService, Window, samples};
use serde_json::{Value, json};

use crate::journey;
use crate::steps::{go_to, summary, transfers_end, try_it_here};

#[tokio::test]
async fn a_drop_forged_by_the_page_uploads_nothing() {
    journey("forged-drop", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        let before = count(&window).await;
        let secret = samples::note(&desktop.folder("Documents"), "diary.txt", "Mine.\n");
        let dropped = json!({ "paths": [secret], "position": { "x": 640, "y": 400 } });

        for event in ["tauri://drag-enter", "tauri://drag-over", "tauri://drag-drop"] {
            let forged = window.invoke("plugin:event|emit", json!({ "event": event, "payload": dropped })).await;
            assert!(forged.is_err(), "the page may not emit {event}");
            let target = json!({ "kind": "Window", "label": "main" });
            let forged = window.invoke("plugin:event|emit_to", json!({ "target": target, "event": event, "payload": dropped })).await;
            assert!(forged.is_err(), "nor send {event} to the window");
        }
        let place = json!({ "space": { "level": "private", "owner": null }, "folder": "" });
        for grant in ["", "1", "00000000-0000-4000-8000-000000000000", secret.to_str().unwrap_or_default()] {
            let made_up = json!({ "grant": grant, "place": place, "consent": "always" });
            let refusal = window.invoke("upload", made_up).await.expect_err("a made-up grant grants nothing");
            assert_eq!(refusal["code"], "grantUsed", "and is refused as one that is not there: {refusal}");
            assert!(!refusal.to_string().contains("Mine."), "no content is told");
        }
        let script = "const data = new DataTransfer();
            data.items.add(new File(['forged'], 'forged.txt'));
            document.elementFromPoint(640, 400).dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, clientX: 640, clientY: 400 }));";
        window.script(script, vec![]).await;

        assert_eq!(transfers_end(&window).await, (0, 0, 0), "nothing was queued");
        assert_eq!(summary(&window).await["sent"], 0, "no byte was sent");
        assert_eq!(count(&window).await, before, "the folder holds what it held");
        window.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_page_may_do_nothing_but_our_commands() {
    journey("page-rights", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        for (command, arguments) in [
            ("plugin:app|version", json!({})),
            ("plugin:window|close", json!({ "label": "main" })),
            ("plugin:webview|create_webview_window", json!({ "options": { "label": "second" } })),
            ("plugin:path|resolve_directory", json!({ "directory": 21 })),
            ("plugin:event|emit", json!({ "event": "state-changed", "payload": Value::Null })),
        ] {
            assert!(window.invoke(command, arguments).await.is_err(), "{command} is not for the page");
        }
        let reached = "const done = arguments[0];
            fetch('https://example.com/').then(() => done('reached'), () => done('refused'));";
        let outside = window.script_async(reached).await;
        assert_eq!(outside, "refused", "the policy of the page lets it speak to nobody outside");
        window.close().await;
    })
    .await;
}

async fn count(window: &Window<'_>) -> Value {
    let listed = json!({ "place": { "space": { "level": "private", "owner": null }, "folder": "" },
        "sort": { "by": "name", "descending": false }, "filter": { "text": "", "media": "all" } });
    let mut listing = window.invoke("open_listing", listed).await.expect("my own folder can be listed");
    listing["count"].take()
}
