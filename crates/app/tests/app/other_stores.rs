//! Places in other stores (Apache OpenDAL): a folder of this computer and memory, beside the bucket's own.

use crate::around::{PASSWORD, World, all_of, names, rows, settled, transfers, until, upload};
use amphora_app::wire::{
    Audience, ConflictAnswer, Consent, FailureCode, Level, PlaceRef, Selection, SpaceRef, TransferTab, UploadAnswer,
};
use amphora_app::{App, Password};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A team's file that names a folder of this computer and a place in memory.
fn file(world: &World) -> PathBuf {
    let archive = world.dir.path().join("archive");
    std::fs::create_dir_all(&archive).unwrap();
    file_of(
        world,
        json!([
            { "name": "Archive", "service": "fs", "options": { "root": archive } },
            { "name": "Scratch", "service": "memory" },
        ]),
    )
}

pub fn file_of(world: &World, places: Value) -> PathBuf {
    let mut exports: Value = serde_json::from_str(&world.sandbox.aws_exports_json()).unwrap();
    exports["amphora"]["places"] = places;
    world.file("aws-exports.json", exports.to_string())
}

pub async fn with_folders(world: &World) -> App {
    connected(world, &file(world)).await
}

pub async fn connected(world: &World, file: &Path) -> App {
    let app = world.app().await;
    let preview = app.read_config_file(file).unwrap();
    app.connect_with_folders(&preview.id).await.unwrap();
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    app
}

pub fn place(owner: &str, folder: &str) -> PlaceRef {
    PlaceRef { space: SpaceRef { level: Level::Path, owner: Some(owner.to_owned()) }, folder: folder.to_owned() }
}

fn both() -> [PlaceRef; 2] {
    [place("opendal:fs/Archive", ""), place("opendal:memory/Scratch", "")]
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_there_and_back_and_are_deleted() {
    let world = World::new().await;
    let app = with_folders(&world).await;
    for at in both() {
        let (a, b) = (world.file("a.txt", "first"), world.file("trip/b.txt", "second"));
        let grant = app.give_grant(vec![a.clone()]);
        let asked = app.upload(&grant.id, at.clone(), Consent::Ask, None).await.unwrap();
        assert!(
            matches!(asked, UploadAnswer::NeedsConsent { audience: Audience::Unknown, count: 1 }),
            "nobody knows who reads it, so it is asked first"
        );
        app.upload(&grant.id, at.clone(), Consent::Once, None).await.unwrap();
        upload(&app, vec![b.parent().unwrap().to_owned()], at.clone()).await;
        until("all is there", || async { names(&app, &at).await == ["trip", "a.txt"] }).await;
        assert_eq!(transfers(&app, TransferTab::Failed).len(), 0);
        let trip = PlaceRef { folder: "trip/".to_owned(), ..at.clone() };
        assert_eq!(names(&app, &trip).await, ["b.txt"]);

        // A name that is there is asked about, as anywhere.
        std::fs::write(&a, "another").unwrap();
        upload(&app, vec![a], at.clone()).await;
        until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
        let open = transfers(&app, TransferTab::NeedsYou)[0].id;
        app.answer_conflict(open, ConflictAnswer::KeepBoth, false).unwrap();
        until("both are there", || async { names(&app, &at).await == ["trip", "a (2).txt", "a.txt"] }).await;

        let to = tempfile::tempdir().unwrap();
        let (listing, _) = rows(&app, &at).await;
        app.download_selection(&Selection::AllExcept { listing, ids: Vec::new() }, to.path()).unwrap();
        until("all came", || async { to.path().join("trip/b.txt").exists() && to.path().join("a (2).txt").exists() })
            .await;
        settled(&app).await;
        assert_eq!(std::fs::read_to_string(to.path().join("a.txt")).unwrap(), "first");
        assert_eq!(std::fs::read_to_string(to.path().join("trip/b.txt")).unwrap(), "second");

        let (listing, _) = rows(&app, &at).await;
        let report = app.delete_selection(&Selection::AllExcept { listing, ids: Vec::new() }).await.unwrap();
        assert_eq!((report.done, report.failed.len()), (3, 0));
        app.new_folder(&at, "Plans").await.unwrap();
        assert!(names(&app, &at).await.contains(&"Plans".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_bucket_can_is_refused_in_a_sentence() {
    let world = World::new().await;
    let app = with_folders(&world).await;
    for at in both() {
        upload(&app, vec![world.file("a.txt", "first")], at.clone()).await;
        until("it is there", || async { names(&app, &at).await == ["a.txt"] }).await;
        let refused = app.link(&at.space, "a.txt", Duration::from_secs(60)).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::AccessDenied);
        assert_eq!(refused.message, "Couldn't share “a.txt”: this place can't do that.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_two_places_lead_to_is_never_moved_onto_itself_and_away() {
    let world = World::new().await;
    let film = world.dir.path().join("outer/inner/film.mov");
    std::fs::create_dir_all(film.parent().unwrap()).unwrap();
    std::fs::write(&film, "the only one").unwrap();
    let (outer, inner) = (world.dir.path().join("outer"), world.dir.path().join("outer/inner"));
    let folder = |name: &str, root: PathBuf| json!({ "name": name, "service": "fs", "options": { "root": root } });
    let app = connected(&world, &file_of(&world, json!([folder("Outer", outer), folder("Inner", inner)]))).await;
    let from = place("opendal:fs/Outer", "inner/");
    until("it is listed", || async { names(&app, &from).await == ["film.mov"] }).await;
    let to = place("opendal:fs/Inner", "");
    app.move_selection(&all_of(&app, &from).await, to, Consent::Once).unwrap();
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou)[0].id;
    app.answer_conflict(asked, ConflictAnswer::Replace, false).unwrap();
    settled(&app).await;
    assert_eq!(std::fs::read_to_string(&film).unwrap(), "the only one");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_copied_and_moved_between_the_bucket_and_other_stores_and_leave_nothing_on_the_way() {
    let world = World::new().await;
    let app = with_folders(&world).await;
    let private = crate::around::place(Level::Private, "");
    let film: Vec<u8> = (0..20u32 << 20).map(|at| (at ^ (at >> 9)) as u8).collect();
    upload(&app, vec![world.file("film.mov", &film), world.file("a.txt", "first")], private.clone()).await;
    settled(&app).await;
    until("they are there", || async { names(&app, &private).await == ["a.txt", "film.mov"] }).await;
    let [archive, scratch] = both();
    let deeper = PlaceRef { folder: "deeper/".to_owned(), ..archive.clone() };
    let back = crate::around::place(Level::Private, "back/");
    for (from, to, moves) in
        [(&private, &archive, false), (&archive, &deeper, true), (&deeper, &scratch, false), (&scratch, &back, true)]
    {
        let all = all_of(&app, from).await;
        let asked = if moves {
            app.move_selection(&all, to.clone(), Consent::Once)
        } else {
            app.copy_selection(&all, to.clone(), Consent::Once)
        };
        assert!(matches!(asked, Ok(UploadAnswer::Queued { .. })), "{to:?}: {asked:?}");
        settled(&app).await;
        let failed = transfers(&app, TransferTab::Failed);
        assert!(failed.is_empty(), "{from:?} to {to:?}: {:?}", failed[0].failure);
        let expected = ["a.txt", "film.mov"];
        until("they have arrived", || async { names(&app, to).await == expected }).await;
        if moves {
            until("and are not where they were", || async {
                let left = names(&app, from).await;
                !left.iter().any(|name| name == "film.mov")
            })
            .await;
        }
    }
    let to = tempfile::tempdir().unwrap();
    app.download_selection(&all_of(&app, &back).await, to.path()).unwrap();
    settled(&app).await;
    assert!(std::fs::read(to.path().join("film.mov")).unwrap() == film, "byte for byte");
    let left = std::fs::read_dir(world.dir.path().join("app/copies")).unwrap();
    assert_eq!(left.count(), 0, "nothing of it stays in the data folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_this_computer_is_opened_only_where_the_person_agreed() {
    let world = World::new().await;
    let app = world.app().await;
    let file = file(&world);
    let preview = app.read_config_file(&file).unwrap();
    let named: Vec<_> = preview.folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(named, ["Archive"], "the person sees which before it connects");
    let state = app.connect(&preview.id).await.unwrap();
    let shown = |state: &amphora_app::wire::AppState| {
        let owners = state.places.iter().filter_map(|info| info.space.owner.clone());
        owners.collect::<Vec<_>>()
    };
    assert_eq!(shown(&state), ["opendal:memory/Scratch"]);
    let closed = app.open_listing(both()[0].clone(), crate::around::BY_NAME, crate::around::everything()).await;
    assert_eq!(closed.unwrap_err().code, FailureCode::AccessDenied);

    let preview = app.read_config_file(&file).unwrap();
    let state = app.connect_with_folders(&preview.id).await.unwrap();
    assert_eq!(shown(&state), ["opendal:fs/Archive", "opendal:memory/Scratch"]);
    let link = app.invitation().unwrap();
    let invited = app.read_invitation(&link).unwrap();
    assert_eq!(invited.folders, [], "an invitation holds nothing of this computer");
    crate::around::end(app).await;

    // What was agreed to lasts; a disk that is not there is said, and takes nothing.
    std::fs::remove_dir_all(world.dir.path().join("archive")).unwrap();
    let app = world.started("app");
    let state = app.restore().await;
    assert_eq!(shown(&state), ["opendal:fs/Archive", "opendal:memory/Scratch"]);
    let grant = app.give_grant(vec![world.file("lost.txt", "lost")]);
    let refused = app.upload(&grant.id, both()[0].clone(), Consent::Once, None).await.unwrap_err();
    assert_eq!(refused.message, "Couldn't open “Archive”: its folder is not there.");
    assert!(!world.dir.path().join("archive").exists());
}
