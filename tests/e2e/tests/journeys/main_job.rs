//! The main job, end to end: guest, account, private files by drag and drop, restart, album, download, delete, sign out.

use std::fs;

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use serde_json::json;

use crate::journey;
use crate::steps::{account, drop_into_folder, go_to, rows_show, show_as, transfers_end, try_it_here};

const PASSWORD: &str = "Harbour-lights-7";

#[tokio::test]
async fn a_person_does_the_main_job() {
    journey("main-job", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        window.see("group", "Ways to begin").await;
        window.shot("1-first-run").await;
        try_it_here(&window).await;
        window.shot("2-practice").await;

        as_guest(desktop, &window).await;
        create_account(&window).await;
        upload_by_drop(desktop, &window).await;
        window.close().await;

        let window = Window::open(desktop).await;
        window.see("button", Name::Has("mira@example.com")).await;
        go_to(&window, "Private").await;
        rows_show(&window, &["harbour.jpg", "a b+ü.txt", "Site visits"]).await;
        window.shot("6-after-restart").await;

        album(&window).await;
        download(desktop, &window).await;
        delete(&window).await;
        sign_out_and_in(&window).await;
        window.close().await;
    })
    .await;
}

async fn as_guest(desktop: &Desktop, window: &Window<'_>) {
    account(window, "See it as a guest").await;
    window.see("button", "Account: Guest, Practice storage").await;
    go_to(window, "Private").await;
    window.reads("Private files need an account, so that they are yours alone.").await;
    window.shot("3-guest-private").await;

    go_to(window, "Public").await;
    window.reads("Everyone can read and change").await;
    let hello = samples::note(&desktop.folder("Desktop"), "hello from a guest.txt", "Hello, everyone.\n");
    drop_into_folder(window, &[hello]).await;
    let question = window.see("alertdialog", "Upload 1 item to Public?").await;
    assert!(
        question.text().await.contains("read, change and delete"),
        "the question says what everyone will be able to do"
    );
    window.shot("4-consent").await;
    window.click("button", "Upload to Public").await;
    rows_show(window, &["hello from a guest.txt"]).await;
    assert_eq!(transfers_end(window).await, (1, 0, 0), "one upload, done");
}

async fn sign_out_and_in(window: &Window<'_>) {
    account(window, "See it as a guest").await;
    window.see("button", "Account: Guest, Practice storage").await;
    window.gone("row", Name::Has("harbour.jpg")).await;
    window.shot("9-signed-out").await;

    account(window, "Sign in").await;
    window.fill("Name or e-mail", "mira").await;
    window.fill("Password", "not the password").await;
    window.click("button", "Sign in").await;
    window.see("alert", Name::Any).await;
    window.shot("9-wrong-password").await;
    window.fill("Password", PASSWORD).await;
    window.click("button", "Sign in").await;
    window.see("button", Name::Has("mira@example.com")).await;
    go_to(window, "Private").await;
    rows_show(window, &["harbour.jpg", "Site visits"]).await;
}

async fn create_account(window: &Window<'_>) {
    account(window, "Create account").await;
    window.fill("Name", "mira").await;
    window.fill("E-mail", "mira@example.com").await;
    window.fill("Password", PASSWORD).await;
    window.click("button", "Create account").await;

    let mail = window.see("region", "Sandbox mail").await;
    window.see("button", "Use code").await;
    window.shot("5-sandbox-mail").await;
    assert!(mail.text().await.contains("mira@example.com"), "the letter is addressed to the new account");
    window.click("button", "Use code").await;
    window.click("button", "Confirm").await;

    // Confirming signs in with the password that was just chosen.
    window.see("button", Name::Has("mira@example.com")).await;
    window.gone("dialog", Name::Any).await;
}

async fn upload_by_drop(desktop: &Desktop, window: &Window<'_>) {
    go_to(window, "Private").await;
    window.reads("Nothing here yet. Files you add are only for you.").await;
    let from = desktop.folder("Pictures");
    let visits = from.join("Site visits");
    let paths = [
        samples::picture(&from, "harbour.jpg", 1),
        samples::note(&from, "a b+ü.txt", "Names are kept byte for byte.\n"),
        visits.clone(),
    ];
    samples::note(&visits, "notes.md", "# Site visits\n\nThe crane is back.\n");
    samples::picture(&visits, "crane & tide #2.jpg", 2);

    let folder = window.see("main", Name::Any).await;
    let drag = window.drag_over(&paths, &folder).await;
    window.reads("Only you will see them").await;
    window.shot("6-drag").await;
    drag.drop_here().await;

    rows_show(window, &["harbour.jpg", "a b+ü.txt", "Site visits"]).await;
    let (done, failed, open) = transfers_end(window).await;
    assert_eq!((failed, open), (0, 0), "nothing failed, nothing waits for an answer");
    assert!(done >= 3, "two files and a folder have arrived, {done} are done");
    window.shot("6-uploaded").await;
}

async fn album(window: &Window<'_>) {
    show_as(window, "Album").await;
    until("the pictures of the album", || async {
        let script =
            "const seen = [...document.querySelectorAll('img')].filter((image) => image.getClientRects().length > 0);
            return [seen.length, seen.filter((image) => image.complete && image.naturalWidth > 0).length]";
        let seen = window.script(script, vec![]).await;
        (seen[0].as_u64() >= Some(1) && seen[0] == seen[1]).then_some(())
    })
    .await;
    window.shot("7-album").await;
    show_as(window, "List").await;
}

async fn download(desktop: &Desktop, window: &Window<'_>) {
    let to = desktop.folder("Downloads");
    window.click("row", Name::Has("harbour.jpg")).await;
    window.see("button", "Download").await.click().await;
    window.choose("^Download to$", &to).await;
    let file = to.join("harbour.jpg");
    until("the downloaded file", || async { file.is_file().then_some(()) }).await;
    transfers_end(window).await;
    let sent = fs::read(desktop.folder("Pictures").join("harbour.jpg")).expect("it was made here");
    assert!(fs::read(&file).expect("it was just seen") == sent, "what came back is what was sent, byte for byte");
    let left: Vec<_> =
        fs::read_dir(&to).expect("the folder is there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["harbour.jpg"], "no temporary file is left");
}

async fn delete(window: &Window<'_>) {
    window.click("row", Name::Has("a b+ü.txt")).await;
    window.click("button", "Delete").await;
    window.see("alertdialog", "Delete “a b+ü.txt” forever?").await;
    window.shot("8-delete").await;
    window.click("button", "Delete forever").await;
    window.gone("row", Name::Has("a b+ü.txt")).await;
    rows_show(window, &["harbour.jpg", "Site visits"]).await;
    let listed = json!({ "place": { "space": { "level": "private", "owner": null }, "folder": "" },
        "sort": { "by": "name", "descending": false }, "filter": { "text": "", "media": "all" } });
    let listing = window.invoke("open_listing", listed).await.expect("my own folder can be listed");
    assert_eq!(listing["count"], 2, "the storage has lost the deleted file and nothing else");
}
