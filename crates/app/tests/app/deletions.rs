//! Deletions of more than one request can carry, over lines and servers that misbehave: everything chosen is gone in the end or
//! named with its reason, and nothing else is touched.

use crate::around::{BY_NAME, World, end, everything, place, rows, settled, transfers, until, upload};
use crate::trouble::troubled;
use amphora_app::App;
use amphora_app::wire::{
    FailureCode, Id, Level, PlaceRef, Row, Selection, TransferChoice, TransferItems, TransferState, TransferTab,
};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::store::Seed;
use amphora_storage::{Body, Control, IfExists, Key, PutOptions, Shape, Space, Storage};
use amphora_testbed::{OTHER, Role, storage_in};
use std::collections::BTreeSet;

/// Three requests delete them.
const MANY: u32 = 2_100;
const A_REQUEST: u32 = 1_000;
/// The folder that is deleted.
const FOLDER: &str = "folder-000000";
const ALL_DONE: TransferItems = TransferItems { done: MANY, failed: 0 };

fn public() -> PlaceRef {
    place(Level::Public, "")
}

fn deleting(fault: Fault) -> Rule {
    Rule::new(fault).on("POST", "delete")
}

/// The bucket as somebody else sees it.
fn others(world: &World) -> Storage {
    storage_in(&world.sandbox, OTHER, Role::Authenticated)
}

async fn there(world: &World) -> BTreeSet<String> {
    let listed = others(world).list_all(&Space::Public, "", Shape::Deep, &Control::default()).await.unwrap();
    listed.objects.into_iter().map(|object| object.key).collect()
}

async fn filled(world: &World, many: u32, folders: u64) {
    world.sandbox.seed(Seed { objects: many.into(), folders }).await.unwrap();
}

async fn put(world: &World, key: &str) {
    let (body, options) = (Body::Bytes("by somebody else".into()), PutOptions::new(IfExists::Replace));
    others(world).put(&Space::Public, &Key::parse(key).unwrap(), body, options, &Control::default()).await.unwrap();
}

/// Files beside the folder, and one in a folder whose name begins alike. Returns what is there.
async fn neighbours(world: &World, app: &App) -> BTreeSet<String> {
    filled(world, 2, 0).await;
    upload(app, vec![world.file("folder-000000 (2)/kept.txt", "kept").parent().unwrap().to_owned()], public()).await;
    settled(app).await;
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    there(world).await
}

/// The rows of Public, once all of them are listed.
async fn listed(app: &App, many: usize) -> (Id, Vec<Row>) {
    let opened = async || app.open_listing(public(), BY_NAME, everything()).await.unwrap();
    until("all of it is listed", || async {
        let listing = opened().await;
        listing.complete && listing.failure.is_none() && listing.count as usize == many
    })
    .await;
    rows(app, &public()).await
}

/// Has the queue delete the folder, which is listed among so many rows.
async fn delete_folder(app: &App, among: usize) -> Id {
    let (listing, shown) = listed(app, among).await;
    let ids = shown.iter().filter(|row| row.name == FOLDER).map(|row| row.id).collect();
    let report = app.delete_selection(&Selection::Only { listing, ids }).await.unwrap();
    assert_eq!((report.done, report.queued, report.failed), (0, 1, Vec::new()), "the queue does it");
    transfers(app, TransferTab::All)[0].id
}

async fn until_second_batch(proxy: &FaultProxy) {
    until("the second batch is on its way", || async { proxy.count("POST", "delete") == 2 }).await;
}

fn state(app: &App) -> (TransferState, Option<TransferItems>) {
    let row = &transfers(app, TransferTab::All)[0];
    (row.state, row.items)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_folder_is_gone_in_the_end_whatever_becomes_of_a_batch_and_no_neighbour_with_it() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let beside = neighbours(&world, &app).await;
    let troubles = [
        ("a burst that is over before the batch is given up", deleting(Fault::slow_down()).after(1).times(3)),
        ("a burst that outlasts the batch", deleting(Fault::slow_down()).after(1).times(5)),
        ("an answer that is lost", deleting(Fault::LoseAnswer).after(1).times(1)),
        ("an answer that is cut short", deleting(Fault::CutAnswer { at: 100 }).after(1).times(1)),
        ("batches that arrive twice", deleting(Fault::Twice).times(2)),
    ];
    for (what, rule) in troubles {
        filled(&world, MANY, 1).await;
        proxy.add(rule);
        let id = delete_folder(&app, 4).await;
        settled(&app).await;
        proxy.mend();
        assert_eq!(state(&app), (TransferState::Done, Some(ALL_DONE)), "{what}: nobody has to do anything");
        assert_eq!(app.transfer_report(id, 0, 1).unwrap(), [], "{what}");
        assert!(there(&world).await == beside, "{what}: it alone is gone");
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_is_cut_off_between_two_batches_waits_for_the_line_and_goes_on() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let beside = neighbours(&world, &app).await;
    filled(&world, MANY, 1).await;
    proxy.forget();
    proxy.add(deleting(Fault::Silence).after(1));
    delete_folder(&app, 4).await;
    until_second_batch(&proxy).await;
    proxy.cut();
    until("the line is known to be gone", || async { app.transfer_summary().offline }).await;
    assert_eq!(state(&app).0, TransferState::Waiting, "it has not failed");
    proxy.mend();
    settled(&app).await;
    assert_eq!(state(&app), (TransferState::Done, Some(ALL_DONE)), "each is counted once");
    assert!(there(&world).await == beside, "it alone is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_goes_on_after_a_restart_with_what_is_still_there() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let mut beside = neighbours(&world, &app).await;
    filled(&world, MANY, 1).await;
    proxy.forget();
    proxy.add(deleting(Fault::Silence).after(1));
    delete_folder(&app, 4).await;
    until_second_batch(&proxy).await;
    end(app).await;
    proxy.mend();
    assert_eq!(there(&world).await.len(), beside.len() + (MANY - A_REQUEST) as usize, "one batch is gone");
    put(&world, "folder-000000.txt").await;
    beside.insert("folder-000000.txt".to_owned());
    let again = world.app().await;
    settled(&again).await;
    assert_eq!(state(&again), (TransferState::Done, Some(ALL_DONE)), "no file is counted twice");
    assert!(there(&world).await == beside, "it alone is gone, and nothing that came since");
    assert_eq!(transfers(&again, TransferTab::All).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_puts_where_a_batch_was_deleted_is_not_deleted_by_the_next_one() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    filled(&world, MANY, 1).await;
    proxy.forget();
    proxy.add(deleting(Fault::Hold).after(1).times(1));
    delete_folder(&app, 1).await;
    until_second_batch(&proxy).await;
    let anew = "folder-000000/object-00000000.txt";
    put(&world, anew).await;
    proxy.release();
    settled(&app).await;
    assert_eq!(state(&app), (TransferState::Done, Some(ALL_DONE)));
    assert_eq!(there(&world).await, [anew.to_owned()].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_that_is_refused_each_file_is_named_and_the_others_are_deleted() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let beside = neighbours(&world, &app).await;
    filled(&world, MANY, 1).await;
    proxy.add(deleting(Fault::denied()).after(1).times(1));
    let id = delete_folder(&app, 4).await;
    settled(&app).await;
    let items = TransferItems { done: MANY - A_REQUEST, failed: A_REQUEST };
    assert_eq!(state(&app), (TransferState::Failed, Some(items)));
    let report = app.transfer_report(id, 0, MANY).unwrap();
    assert!(report.iter().all(|named| named.failure.code == FailureCode::AccessDenied), "each with its reason");
    let named: BTreeSet<_> = report.into_iter().map(|named| named.name).collect();
    let stays: BTreeSet<_> = there(&world).await.difference(&beside).cloned().collect();
    assert_eq!(stays.len(), A_REQUEST as usize);
    assert!(named == stays, "what is still there is named, and nothing else: {:?}", named.first());
    app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    settled(&app).await;
    assert_eq!(state(&app), (TransferState::Done, Some(ALL_DONE)));
    assert!(there(&world).await == beside, "it alone is gone");
}

/// All files of Public, which has so many, but the last three.
async fn all_but_three(app: &App, many: usize) -> (Selection, BTreeSet<String>) {
    let (listing, shown) = listed(app, many).await;
    let last = &shown[shown.len() - 3..];
    let kept = last.iter().map(|row| row.name.clone()).collect();
    (Selection::AllExcept { listing, ids: last.iter().map(|row| row.id).collect() }, kept)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_files_chosen_all_are_gone_whatever_becomes_of_a_batch_and_no_other_is() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let troubles = [
        ("a burst", deleting(Fault::slow_down()).after(1).times(3)),
        ("an answer that is lost", deleting(Fault::LoseAnswer).after(1).times(1)),
        ("batches that arrive twice", deleting(Fault::Twice).times(2)),
    ];
    for (what, rule) in troubles {
        filled(&world, MANY + 3, 0).await;
        let (chosen, kept) = all_but_three(&app, MANY as usize + 3).await;
        proxy.add(rule);
        let report = app.delete_selection(&chosen).await.unwrap();
        proxy.mend();
        assert_eq!((report.done, report.failed.len()), (MANY, 0), "{what}");
        assert_eq!(there(&world).await, kept, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_files_chosen_those_that_a_cut_line_spares_are_named_and_can_be_deleted_again() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    filled(&world, MANY + 3, 0).await;
    let (chosen, kept) = all_but_three(&app, MANY as usize + 3).await;
    proxy.forget();
    proxy.add(deleting(Fault::Silence).after(1));
    let cut = async {
        until_second_batch(&proxy).await;
        proxy.cut();
    };
    let (report, ()) = tokio::join!(app.delete_selection(&chosen), cut);
    proxy.mend();
    let report = report.unwrap();
    assert_eq!((report.done, report.failed.len()), (A_REQUEST, (MANY - A_REQUEST) as usize));
    assert!(report.failed.iter().all(|named| named.failure.code == FailureCode::Offline), "each with its reason");
    let named: BTreeSet<_> = report.failed.into_iter().map(|named| named.name).collect();
    assert!(there(&world).await == named.union(&kept).cloned().collect(), "what is still there is named");
    let (rest, _) = all_but_three(&app, (MANY - A_REQUEST) as usize + 3).await;
    let report = app.delete_selection(&rest).await.unwrap();
    assert_eq!((report.done, report.failed.len()), (MANY - A_REQUEST, 0));
    assert_eq!(there(&world).await, kept);
}
