//! Copies, moves and deletions in the queue: nothing is lost, nothing is done twice, and nobody sees more without a yes.

use crate::around::{World, all_of, names, place, settled, transfers, until, upload};
use amphora_app::App;
use amphora_app::wire::{
    Audience, Consent, FailureCode, Level, LinePlace, PlaceRef, TransferChoice, TransferKind, TransferState,
    TransferTab, UploadAnswer,
};

async fn filled(world: &World, app: &App) -> PlaceRef {
    let private = place(Level::Private, "");
    world.file("trip/day 1/a.txt", "one");
    world.file("trip/b+ü.txt", "two");
    upload(app, vec![world.dir.path().join("desktop/trip")], private.clone()).await;
    until("it is there", || async { app.transfer_summary().done == 2 }).await;
    settled(app).await;
    private
}

fn queued(answer: &UploadAnswer) -> bool {
    matches!(answer, UploadAnswer::Queued { .. })
}

async fn quiet(app: &App) {
    until("nothing is under way", || async {
        let summary = app.transfer_summary();
        summary.running + summary.waiting == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_copied_and_moved_with_all_that_is_in_it() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = filled(&world, &app).await;
    let all = all_of(&app, &private).await;
    assert!(queued(&app.copy_selection(&all, place(Level::Private, "copies/"), Consent::Ask).unwrap()));
    quiet(&app).await;
    assert_eq!(names(&app, &place(Level::Private, "copies/trip/")).await, ["day 1", "b+ü.txt"]);
    let all = all_of(&app, &place(Level::Private, "copies/")).await;
    assert!(queued(&app.move_selection(&all, place(Level::Private, "moved/"), Consent::Ask).unwrap()));
    quiet(&app).await;
    assert_eq!(names(&app, &place(Level::Private, "moved/trip/day 1/")).await, ["a.txt"]);
    until("what was moved is gone from where it was", || async { names(&app, &private).await == ["moved", "trip"] })
        .await;
    let kinds: Vec<_> = transfers(&app, TransferTab::Done).iter().map(|row| row.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == TransferKind::Move).count(), 2, "each file is a row: {kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_more_people_could_see_is_asked_each_time_and_a_folder_never_goes_into_itself() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = filled(&world, &app).await;
    let public = place(Level::Public, "");
    let all = all_of(&app, &private).await;
    for _ in 0..2 {
        let asked = app.move_selection(&all, public.clone(), Consent::Ask).unwrap();
        let expected = UploadAnswer::NeedsConsent { audience: Audience::EveryoneChanges, count: 1 };
        assert_eq!(asked, expected);
        let all = all_of(&app, &private).await;
        assert!(queued(&app.copy_selection(&all, public.clone(), Consent::Always).unwrap()), "a yes is for this once");
        quiet(&app).await;
    }
    let refused = app.move_selection(&all, place(Level::Private, "trip/day 1/"), Consent::Ask).unwrap_err();
    assert_eq!(refused.code, FailureCode::NameNotAllowed);
    let refused = app.move_selection(&all, private.clone(), Consent::Ask).unwrap_err();
    assert_eq!(refused.code, FailureCode::NameNotAllowed, "it is there already");
    assert_eq!(names(&app, &private).await, ["trip"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_onto_a_name_that_exists_asks_and_keeps_both() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let (private, inner) = (place(Level::Private, ""), place(Level::Private, "inner/"));
    upload(&app, vec![world.file("a.txt", "here")], inner.clone()).await;
    settled(&app).await;
    upload(&app, vec![world.file("a.txt", "another")], private.clone()).await;
    settled(&app).await;
    let all = all_of(&app, &inner).await;
    app.move_selection(&all, private.clone(), Consent::Ask).unwrap();
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    assert_eq!(names(&app, &inner).await, ["a.txt"], "the original stays until there is an answer");
    let row = transfers(&app, TransferTab::NeedsYou).remove(0);
    assert_eq!(row.conflict.as_ref().unwrap().new.size.0, 4, "both sides are told");
    app.answer_conflict(row.id, amphora_app::wire::ConflictAnswer::KeepBoth, false).unwrap();
    quiet(&app).await;
    assert_eq!(names(&app, &private).await, ["a (2).txt", "a.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_folder_is_deleted_by_the_queue_and_can_wait_for_another_run() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    for number in 0..1100 {
        world.file(&format!("many/{number}.txt"), "x");
    }
    upload(&app, vec![world.dir.path().join("desktop/many")], private.clone()).await;
    until("all are there", || async { app.transfer_summary().done == 1100 }).await;
    let all = all_of(&app, &private).await;
    let report = app.delete_selection(&all).await.unwrap();
    assert_eq!((report.done, report.queued), (0, 1));
    app.pause_transfers(TransferChoice::Tab { tab: TransferTab::All }).unwrap();
    crate::around::end(app).await;
    let app = world.person("ada").await;
    app.resume_transfers(TransferChoice::Tab { tab: TransferTab::Paused }).unwrap();
    quiet(&app).await;
    assert_eq!(names(&app, &private).await, [] as [&str; 0]);
    let history = app.transfer_history(0, 2000).unwrap();
    let deletion = history.rows.iter().find(|row| row.kind == TransferKind::Delete).expect("it is in the history");
    assert_eq!(deletion.items.unwrap().failed, 0);
    assert_eq!(history.count, 1101, "with what the run before ended");
    app.clear_transfer_history().unwrap();
    assert_eq!(app.transfer_history(0, 1).unwrap().count, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_for_the_others_is_for_its_own_drop_alone() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let both = || vec![world.file("a.txt", "old"), world.file("b.txt", "old")];
    upload(&app, both(), private.clone()).await;
    settled(&app).await;
    world.file("a.txt", "new a");
    world.file("b.txt", "new b");
    let drop = || vec![world.dir.path().join("desktop/a.txt"), world.dir.path().join("desktop/b.txt")];
    upload(&app, drop(), private.clone()).await;
    until("the first asks", || async { app.transfer_summary().needs_you == 2 }).await;
    upload(&app, drop(), private.clone()).await;
    until("the second asks", || async { app.transfer_summary().needs_you == 4 }).await;
    let first = transfers(&app, TransferTab::NeedsYou).into_iter().min_by_key(|row| row.id).unwrap();
    app.answer_conflict(first.id, amphora_app::wire::ConflictAnswer::Skip, true).unwrap();
    assert_eq!(app.transfer_summary().needs_you, 2, "the other drop has a question of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_has_the_order_that_the_person_gives_it_over_the_end_of_the_application() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let one = TransferChoice::Tab { tab: TransferTab::All };
    for (before, name) in ["a", "b", "c"].into_iter().enumerate() {
        upload(&app, vec![world.file(name, vec![0; 30 << 20])], place(Level::Private, "")).await;
        // It joins the line when its folder has been looked at.
        until("it is in line, and waits", || async {
            app.pause_transfers(one.clone()).unwrap();
            transfers(&app, TransferTab::Paused).len() > before
        })
        .await;
    }
    let order = |app: &App| transfers(app, TransferTab::Paused).into_iter().map(|row| row.name).collect::<Vec<_>>();
    // One that ran takes its place again when the last of it has ended.
    until("each is at its place", || async { order(&app) == ["a", "b", "c"] }).await;
    let last = transfers(&app, TransferTab::Paused).last().unwrap().id;
    app.order_transfers(TransferChoice::One { id: last }, LinePlace::First).unwrap();
    assert_eq!(order(&app), ["c", "a", "b"]);
    crate::around::end(app).await;
    let app = world.person("ada").await;
    assert_eq!(order(&app), ["c", "a", "b"]);
    assert!(transfers(&app, TransferTab::Paused).iter().all(|row| row.state == TransferState::Paused));
    let shown = app.local_path_of(last).unwrap();
    assert!(shown.ends_with("desktop/c"), "{}", shown.display());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_downloads_of_one_folder_do_not_mix_and_each_can_be_shown() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = filled(&world, &app).await;
    let to = world.dir.path().join("downloads");
    std::fs::create_dir_all(&to).unwrap();
    let all = all_of(&app, &private).await;
    app.download_selection(&all, &to).unwrap();
    app.download_selection(&all, &to).unwrap();
    until("both are here", || async { app.transfer_summary().done == 6 }).await;
    for folder in ["trip", "trip (2)"] {
        assert_eq!(std::fs::read(to.join(folder).join("day 1/a.txt")).unwrap(), b"one", "{folder}");
        assert_eq!(std::fs::read(to.join(folder).join("b+ü.txt")).unwrap(), b"two", "{folder}");
    }
    let row = transfers(&app, TransferTab::Done).remove(0);
    assert!(app.local_path_of(row.id).unwrap().starts_with(&to));
    std::fs::remove_dir_all(&to).unwrap();
    assert_eq!(app.local_path_of(row.id).unwrap_err().code, FailureCode::NotFound);
}
