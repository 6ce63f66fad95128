//! Uploads: consent, names that exist, other identities, files that vanish.

use crate::around::{World, all_of, names, place, rows, settled, transfers, until, upload};
use amphora_app::Password;
use amphora_app::wire::{
    Account, ConflictAnswer, Consent, FailureCode, Id, Level, TransferChoice, TransferSettings, TransferState,
    TransferTab, UploadAnswer,
};
use sha2::{Digest, Sha256};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_uploads_to_public_only_after_agreeing_and_sees_the_file_at_once() {
    let world = World::new().await;
    let app = world.guest().await;
    let public = place(Level::Public, "");
    let grant = app.give_grant(vec![world.file("a b+ü.txt", "Hello")]);
    let asked = app.upload(&grant.id, public.clone(), Consent::Ask, None).await.unwrap();
    assert!(matches!(asked, UploadAnswer::NeedsConsent { count: 1, .. }), "{asked:?}");
    assert_eq!(names(&app, &public).await, Vec::<String>::new(), "nothing was sent before the answer");
    app.upload(&grant.id, public.clone(), Consent::Once, None).await.unwrap();
    settled(&app).await;
    assert_eq!(names(&app, &public).await, ["a b+ü.txt"], "the name is kept byte for byte");
    let again = app.give_grant(vec![world.file("b.txt", "x")]);
    let answer = app.upload(&again.id, public, Consent::Ask, None).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Queued { .. }), "one yes is enough for this run");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_told_that_private_needs_an_account() {
    let world = World::new().await;
    let app = world.guest().await;
    let grant = app.give_grant(vec![world.file("a.txt", "x")]);
    let refused = app.upload(&grant.id, place(Level::Private, ""), Consent::Always, None).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NeedsAccount);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_folder_keeps_its_shape_and_empty_folders() {
    let world = World::new().await;
    let app = world.person("ada").await;
    world.file("trip/day 1/a.txt", "1");
    world.file("trip/b.txt", "2");
    std::fs::create_dir_all(world.dir.path().join("desktop/trip/empty")).unwrap();
    upload(&app, vec![world.dir.path().join("desktop/trip")], place(Level::Private, "")).await;
    settled(&app).await;
    until("the folder is there", || async { names(&app, &place(Level::Private, "")).await == ["trip"] }).await;
    settled(&app).await;
    assert_eq!(names(&app, &place(Level::Private, "trip/")).await, ["day 1", "empty", "b.txt"]);
    assert_eq!(names(&app, &place(Level::Private, "trip/day 1/")).await, ["a.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_exists_is_asked_about_and_each_answer_does_what_it_says() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("r.txt", "old")], private.clone()).await;
    settled(&app).await;

    for (answer, expected) in [
        (ConflictAnswer::Skip, vec!["r.txt"]),
        (ConflictAnswer::KeepBoth, vec!["r (2).txt", "r.txt"]),
        (ConflictAnswer::Replace, vec!["r (2).txt", "r.txt"]),
    ] {
        upload(&app, vec![world.file("r.txt", format!("new {answer:?}"))], private.clone()).await;
        until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
        let asked = transfers(&app, TransferTab::NeedsYou).remove(0);
        let conflict = asked.conflict.unwrap();
        assert_eq!((conflict.keep_both_name.as_str(), conflict.appeared), ("r (2).txt", false));
        let size_before = rows(&app, &private).await.1.iter().find(|row| row.name == "r.txt").unwrap().size;
        assert_eq!(conflict.there.size, size_before, "the card shows what is there");
        app.answer_conflict(asked.id, answer, false).unwrap();
        settled(&app).await;
        assert_eq!(names(&app, &private).await, expected, "{answer:?}");
    }
    let replaced = rows(&app, &private).await.1.into_iter().find(|row| row.name == "r.txt").unwrap();
    assert_eq!(replaced.size.0, "new Replace".len() as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_took_the_place_of_what_the_person_saw_is_asked_about_again() {
    let world = World::new().await;
    let (app, other) = (world.person("ada").await, world.started("other"));
    let preview = other.read_config_file(&world.file("aws-exports.json", world.sandbox.aws_exports_json())).unwrap();
    other.connect(&preview.id).await.unwrap();
    other.sign_in("ada", amphora_app::Password::new(crate::around::PASSWORD.to_owned())).await.unwrap();
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("r.txt", "old")], private.clone()).await;
    settled(&app).await;
    upload(&app, vec![world.file("r.txt", "mine")], private.clone()).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let seen = transfers(&app, TransferTab::NeedsYou).remove(0);
    // While the dialog is open somebody else writes.
    upload(&other, vec![world.file("other/r.txt", "written meanwhile")], private.clone()).await;
    until("the other asks", || async { other.transfer_summary().needs_you == 1 }).await;
    other.answer_conflict(transfers(&other, TransferTab::NeedsYou)[0].id, ConflictAnswer::Replace, false).unwrap();
    settled(&other).await;

    // Also where all of the drop was meant: it was said of what was there.
    app.answer_conflict(seen.id, ConflictAnswer::Replace, true).unwrap();
    until("it asks again", || async { app.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou).remove(0).conflict.unwrap();
    assert_eq!((asked.appeared, asked.there.size.0), (true, "written meanwhile".len() as u64), "of what is there now");
    let size = rows(&app, &private).await.1.iter().find(|row| row.name == "r.txt").unwrap().size.0;
    assert_eq!(size, "written meanwhile".len() as u64, "nothing was overwritten unseen");
    app.answer_conflict(seen.id, ConflictAnswer::Replace, false).unwrap();
    settled(&app).await;
    let size = rows(&app, &private).await.1.iter().find(|row| row.name == "r.txt").unwrap().size.0;
    assert_eq!(size, "mine".len() as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_wished_the_sha_256_of_the_whole_stays_with_what_goes_up() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let film: Vec<u8> = (0..20u32 << 20).map(|at| (at ^ (at >> 9)) as u8).collect();
    let (film, note) = (world.file("film.mov", &film), world.file("note.txt", "a note"));
    app.set_transfer_settings(TransferSettings { sha256: true, ..app.transfer_settings() }).unwrap();
    let public = place(Level::Public, "");
    upload(&app, vec![film.clone(), note], public.clone()).await;
    settled(&app).await;
    let storage =
        amphora_testbed::storage_in(&world.sandbox, amphora_testbed::OTHER, amphora_testbed::Role::Authenticated);
    let metadata = async |name: &str| {
        let key = amphora_storage::Key::parse(name).unwrap();
        storage.properties(&amphora_storage::Space::Public, &key).await.unwrap().attributes.metadata
    };
    let whole = Sha256::digest(std::fs::read(film).unwrap());
    let whole: String = whole.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(metadata("film.mov").await.get("sha256"), Some(&whole), "S3 itself keeps only that of the parts");
    assert_eq!(metadata("note.txt").await.get("sha256"), None, "of one request S3 keeps it as its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn identical_content_skips_by_itself_and_one_answer_can_count_for_all() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let files = ["1.txt", "2.txt", "3.txt"].map(|name| world.file(name, name)).to_vec();
    upload(&app, files.clone(), private.clone()).await;
    settled(&app).await;
    world.file("2.txt", "changed");
    world.file("3.txt", "changed too");
    upload(&app, files, private).await;
    until("it asks", || async { app.transfer_summary().needs_you == 2 }).await;
    let skipped = transfers(&app, TransferTab::Done).into_iter().filter(|row| row.state == TransferState::Skipped);
    assert_eq!(skipped.map(|row| row.name).collect::<Vec<_>>(), ["1.txt"]);
    let first = transfers(&app, TransferTab::NeedsYou)[0].id;
    app.answer_conflict(first, ConflictAnswer::Skip, true).unwrap();
    assert_eq!(app.transfer_summary().needs_you, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_disappears_between_drop_and_upload_fails_with_a_sentence() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let path = world.file("gone.txt", "x");
    let grant = app.give_grant(vec![path.clone()]);
    std::fs::remove_file(path).unwrap();
    app.upload(&grant.id, place(Level::Private, ""), Consent::Ask, None).await.unwrap();
    until("it fails", || async { app.transfer_summary().failed == 1 }).await;
    let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::LocalFile);
    assert!(failure.message.contains("“gone.txt”"), "{}", failure.message);
    world.file("gone.txt", "back");
    app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    settled(&app).await;
    assert_eq!(names(&app, &place(Level::Private, "")).await, ["gone.txt"], "trying again works once it is back");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_person_queued_never_goes_on_as_another() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("x.txt", "old")], private.clone()).await;
    settled(&app).await;
    upload(&app, vec![world.file("x.txt", "new")], private.clone()).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou)[0].id;
    app.sign_out().await.unwrap();
    app.sign_in("bob", Password::new(crate::around::PASSWORD.to_owned())).await.unwrap();
    assert!(transfers(&app, TransferTab::All).is_empty(), "Bob sees nothing of Ada's");
    app.answer_conflict(asked, ConflictAnswer::Replace, false).unwrap();
    app.cancel_transfers(TransferChoice::One { id: asked }).unwrap();
    app.sign_out().await.unwrap();
    app.sign_in("ada", Password::new(crate::around::PASSWORD.to_owned())).await.unwrap();
    assert_eq!(transfers(&app, TransferTab::NeedsYou)[0].id, asked, "and could not answer or stop it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_ten_thousand_files_is_queued_and_can_be_stopped() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let folder = world.dir.path().join("desktop/many");
    std::fs::create_dir_all(&folder).unwrap();
    for number in 0..10_000 {
        std::fs::File::create(folder.join(format!("{number:05}"))).unwrap();
    }
    upload(&app, vec![folder], place(Level::Private, "")).await;
    until("all are found", || async {
        let summary = app.transfer_summary();
        summary.waiting + summary.running + summary.done >= 10_000
    })
    .await;
    for tab in [TransferTab::Waiting, TransferTab::Running] {
        app.cancel_transfers(TransferChoice::Tab { tab }).unwrap();
    }
    until("it stands still", || async { app.transfer_summary().running == 0 }).await;
    assert_eq!(app.transfer_summary().waiting, 0);
    assert_eq!(app.transfer_summary().failed, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invented_or_used_grant_uploads_nothing() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let invented = app.upload("/etc/passwd", private.clone(), Consent::Always, None).await.unwrap_err();
    assert_eq!(invented.code, FailureCode::GrantUsed);
    let grant = app.give_grant(vec![world.file("a.txt", "x")]);
    app.upload(&grant.id, private.clone(), Consent::Ask, None).await.unwrap();
    let used = app.upload(&grant.id, private.clone(), Consent::Ask, None).await.unwrap_err();
    assert_eq!(used.code, FailureCode::GrantUsed);
    settled(&app).await;
    assert_eq!(names(&app, &private).await, ["a.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_takes_folders_with_all_they_hold_and_nothing_else() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    world.file("f/1.txt", "1");
    world.file("f/g/2.txt", "2");
    let folder = world.dir.path().join("desktop/f");
    upload(&app, vec![folder, world.file("f-keep.txt", "x"), world.file("gone.txt", "x")], private.clone()).await;
    until("all are there", || async { names(&app, &private).await.len() == 3 && app.transfer_summary().done == 4 })
        .await;
    let (listing, shown) = rows(&app, &private).await;
    let ids: Vec<u32> = shown.iter().filter(|row| row.name != "f-keep.txt").map(|row| row.id).collect();
    let selection = amphora_app::wire::Selection::Only { listing, ids };
    let summary = app.selection_summary(&selection).await.unwrap();
    assert_eq!((summary.rows, summary.files, summary.folders), (2, 3, 1));
    let report = app.delete_selection(&selection).await.unwrap();
    assert_eq!((report.done, report.failed.len()), (3, 0));
    assert_eq!(names(&app, &private).await, ["f-keep.txt"]);
    let rest = all_of(&app, &private).await;
    app.delete_selection(&rest).await.unwrap();
    app.refresh_listing(Id(match rest {
        amphora_app::wire::Selection::AllExcept { listing, .. } => listing.0,
        amphora_app::wire::Selection::Only { .. } => unreachable!("all were selected"),
    }))
    .unwrap();
    until("it is empty", || async { names(&app, &private).await.is_empty() }).await;
    assert_eq!(
        app.state().account,
        Account::Person { username: "ada".to_owned(), email: Some("ada@example.com".to_owned()) }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_outlives_the_application_and_a_file_that_changed_since_is_not_sent_unasked() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("x.txt", "old")], private.clone()).await;
    settled(&app).await;
    upload(&app, vec![world.file("x.txt", "new")], private.clone()).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    crate::around::end(app).await;

    let app = world.app().await;
    let asked = transfers(&app, TransferTab::NeedsYou).remove(0);
    assert!(asked.conflict.is_some(), "both sides are still known");
    assert_eq!(app.transfer_summary().bytes.0, 3, "what is left to do is in the totals");
    world.file("x.txt", "longer");
    app.answer_conflict(asked.id, ConflictAnswer::Replace, false).unwrap();
    settled(&app).await;
    let failed = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failed.code, FailureCode::ChangedMeanwhile, "{}", failed.message);
    app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    settled(&app).await;
    assert_eq!(rows(&app, &private).await.1[0].size.0, 6, "trying again sends the file as it is now");
}
