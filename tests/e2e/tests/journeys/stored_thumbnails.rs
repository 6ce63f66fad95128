//! A person has thumbnails stored beside their pictures: they lie in the bucket, are seen in no folder, and come no more once
//! it is switched off.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use amphora_sandbox::{Options, Sandbox};
use amphora_storage::{Control, Shape, Space, Storage};
use amphora_testbed::{OTHER, Role, storage_in};
use serde_json::json;
use std::collections::BTreeMap;

use crate::journey;
use crate::steps::{connect, go_to, open_folder, rows_show, settings, show_as, sign_in, transfers_end};

const PASSWORD: &str = "Harbour-lights-7";
const HIDDEN: &str = ".amphora-thumbnails/";

// The storage must not stand still while the journey waits for a program of the desktop.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thumbnails_are_stored_beside_pictures_while_that_is_wanted_and_seen_nowhere() {
    journey("stored-thumbnails", KeychainService::Unlocked, async |desktop: &Desktop| {
        let sandbox = Sandbox::start(Options::for_tests(desktop.folder("server"))).await.expect("a sandbox starts");
        sandbox.ensure_user("mira", "mira@example.com", PASSWORD).await.expect("a user");
        let bucket = storage_in(&sandbox, OTHER, Role::Authenticated);
        let exports = samples::note(&desktop.folder("Downloads"), "aws-exports.json", &sandbox.aws_exports_json());
        let window = Window::open(desktop).await;
        connect(&window, &exports).await;
        sign_in(&window, "mira", PASSWORD).await;
        go_to(&window, "Public").await;
        drop_pictures(&window, desktop, "Before", 2).await;
        // Agreed to, it is not asked about again.
        window.click("button", "Upload to Public").await;
        pictures_arrive(&window, "Before").await;
        assert_eq!(thumbnails(&bucket).await, 0, "nobody asked for them yet");

        store_thumbnails(&window, true).await;
        look_at_album(&window, "Before", 2).await;
        until("the thumbnails of both pictures", || async { (thumbnails(&bucket).await == 2).then_some(()) }).await;
        window.shot("album").await;
        go_to(&window, "Public").await;
        show_as(&window, "List").await;
        rows_show(&window, &["Before"]).await;
        assert_eq!(window.all("row", Name::Has("thumbnails")).await.len(), 0, "no folder shows them");

        store_thumbnails(&window, false).await;
        drop_pictures(&window, desktop, "After", 3).await;
        pictures_arrive(&window, "After").await;
        look_at_album(&window, "After", 3).await;
        // Storing begins behind the tiles: once a later album's are there, those of this one would be too.
        go_to(&window, "Public").await;
        store_thumbnails(&window, true).await;
        show_as(&window, "List").await;
        drop_pictures(&window, desktop, "Later", 4).await;
        pictures_arrive(&window, "Later").await;
        look_at_album(&window, "Later", 4).await;
        until("the thumbnails of the later album", || async { by_folder(&bucket).await.contains(&4).then_some(()) })
            .await;
        window.close().await;
        assert_eq!(by_folder(&bucket).await, [2, 4], "none came while it was switched off");
        sandbox.stop().await;
    })
    .await;
}

async fn store_thumbnails(window: &Window<'_>, wanted: bool) {
    settings(window).await;
    window.see("checkbox", "Store thumbnails beside your pictures").await;
    // The box itself is drawn, and its input hidden from WebDriver's pointer.
    let press = "const named = (label) => label.textContent.includes('Store thumbnails beside your pictures');
        [...document.querySelectorAll('[role=dialog] label')].find(named).querySelector('input').click()";
    window.script(press, vec![]).await;
    until(&format!("thumbnails to be stored: {wanted}"), || async {
        let set = window.invoke("transfer_settings", json!({})).await.expect("settings can be asked");
        (set["storeThumbnails"] == wanted).then_some(())
    })
    .await;
    window.shot(&format!("settings-{wanted}")).await;
    window.click("button", "Done").await;
    window.gone("dialog", Name::Any).await;
}

async fn drop_pictures(window: &Window<'_>, desktop: &Desktop, name: &str, count: u32) {
    let folder = desktop.folder(name);
    for number in 1..=count {
        samples::large_picture(&folder, &format!("quay {number}.jpg"), number);
    }
    // An empty folder has no rows to drop between.
    let shown = window.see("main", Name::Any).await;
    window.drag_over(&[folder], &shown).await.drop_here().await;
}

async fn pictures_arrive(window: &Window<'_>, folder: &str) {
    rows_show(window, &[folder]).await;
    let (_, failed, asks) = transfers_end(window).await;
    assert_eq!((failed, asks), (0, 0));
}

/// Waits until the album of a folder has drawn all of its tiles.
async fn look_at_album(window: &Window<'_>, folder: &str, count: u64) {
    open_folder(window, folder, "quay 1.jpg").await;
    show_as(window, "Album").await;
    window.see("gridcell", Name::Starts("quay 1.jpg")).await;
    until(&format!("{count} tiles"), || async {
        let drawn = "return [...document.querySelectorAll('[role=gridcell] img')]
            .filter((image) => image.complete && image.naturalWidth >= 256).length";
        (window.script(drawn, vec![]).await == count).then_some(())
    })
    .await;
}

async fn thumbnails(bucket: &Storage) -> usize {
    let all = bucket.list_all(&Space::Public, HIDDEN, Shape::Deep, &Control::default()).await;
    all.expect("Public can be listed").objects.len()
}

/// How many thumbnails there are of each folder, whose name is not told; the fewest first.
async fn by_folder(bucket: &Storage) -> Vec<usize> {
    let all = bucket.list_all(&Space::Public, HIDDEN, Shape::Deep, &Control::default()).await;
    let mut folders = BTreeMap::<String, usize>::new();
    for object in all.expect("Public can be listed").objects {
        let folder = object.key.rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder.to_owned()).or_default() += 1;
    }
    let mut counts: Vec<usize> = folders.into_values().collect();
    counts.sort_unstable();
    counts
}
