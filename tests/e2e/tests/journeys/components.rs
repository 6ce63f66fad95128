//! A photo is picked with a preview, uploaded by a naming rule, stands first in the album, is filtered for, selected and
//! looked at; and what the page's components ask for beside that, asked as a component asks.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use serde_json::{Value, json};

use crate::journey;
use crate::steps::{go_to, show_as, try_it_here};

#[tokio::test]
async fn a_photo_goes_from_the_picker_into_the_album() {
    journey("components", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        try_it_here(&window).await;
        go_to(&window, "Private").await;
        window.click("row", Name::Has("Summer 2026")).await;
        window.key("Return").await;
        window.see("row", Name::Has(".jpg")).await;
        show_as(&window, "Album").await;
        window.see("gridcell", Name::Any).await;

        let photo = samples::photo(&desktop.folder("Pictures"), "my pier.jpg", 3, "2031:05:01 10:00:00");
        window.click("button", "Add pictures").await;
        window.see("dialog", Name::Starts("Add pictures to ")).await;
        window.click("button", "Select a Photo").await;
        window.choose("^Select a Photo$", &photo).await;
        let preview = window.see("img", "Preview of my pier.jpg").await;
        assert!(
            preview.attribute("src").await.starts_with("data:image/jpeg;base64,"),
            "made here, of the picked bytes"
        );
        window.fill("Name", "test_{name}").await;
        window.reads("test_my_pier.jpg").await;
        window.shot("add").await;
        window.click("button", "Upload Photo").await;
        window.gone("dialog", Name::Any).await;

        until("the new photo to stand first", || async {
            let first = window.all("gridcell", Name::Any).await.into_iter().next()?;
            first.attribute("aria-label").await.starts_with("test_my_pier.jpg").then_some(())
        })
        .await;
        window.shot("first").await;

        window.click("button", "Filter").await;
        window.click("radio", "Pattern").await;
        window.fill("Name", "test_*.{jpg,png}").await;
        until("nothing else to be shown", || async {
            let script = "return [...document.querySelectorAll('[role=gridcell]')].map((cell) => cell.ariaLabel)";
            let shown = window.script(script, vec![]).await;
            let shown = shown.as_array()?;
            (shown.len() == 1 && shown[0].as_str()?.starts_with("test_my_pier.jpg")).then_some(())
        })
        .await;
        window.shot("filter").await;
        window.key("Escape").await;
        window.gone("dialog", Name::Any).await;
        window.reads("test_*.{jpg,png}").await;

        window.click("button", "Select test_my_pier.jpg").await;
        window.reads("1 selected").await;
        window.shot("selected").await;
        window.click("button", "Don’t select test_my_pier.jpg").await;
        window.click("gridcell", Name::Starts("test_my_pier.jpg")).await;
        window.see("dialog", Name::Has("test_my_pier.jpg")).await;
        until("the photo in large", || async {
            let script =
                "return [...document.querySelectorAll('[role=dialog] img')].some((image) => image.naturalWidth > 600)";
            window.script(script, vec![]).await.as_bool().filter(|shown| *shown)
        })
        .await;
        window.shot("lightbox").await;
        window.key("Escape").await;

        raw_bytes_are_stored_and_a_tracked_get_is_noted(&window).await;
        window.close().await;
    })
    .await;
}

/// As S3Text with `body` and `track` does it.
async fn raw_bytes_are_stored_and_a_tracked_get_is_noted(window: &Window<'_>) {
    let put = "const done = arguments[0];
        const to = { space: { level: 'private', owner: null }, key: 'by body.txt', contentType: 'text/plain', consent: 'ask',
            replace: false, photos: null, ownKey: false };
        const headers = { 'amphora-put-to': encodeURIComponent(JSON.stringify(to)) };
        const bytes = new TextEncoder().encode('héllo');
        window.__TAURI_INTERNALS__.invoke('put_body', bytes, { headers }).then(done, (refused) => done({ refused }));";
    assert_eq!(window.script_async(put).await, json!({ "kind": "stored", "key": "by body.txt" }));
    let get = "const done = arguments[0];
        fetch('amphora://localhost/text/private/-/by%20body.txt?v=x&track=1').then((answer) => answer.text()).then(done, done);";
    assert_eq!(window.script_async(get).await, json!("héllo"));
    let told = window.invoke("activity", json!({ "most": 1 })).await.expect("the page may ask what was done");
    assert_eq!(told[0]["message"], json!("Download success for by body.txt"));
    let forged = "const done = arguments[0];
        fetch('amphora://localhost/picked/00000000-0000-4000-8000-000000000000').then((answer) => done(answer.ok), done);";
    assert_eq!(window.script_async(forged).await, Value::Bool(false), "a grant that nobody gave opens nothing");
}
