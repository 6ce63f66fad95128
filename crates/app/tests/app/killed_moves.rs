//! A move that is killed on its way: every file is in its new place once, none is left at the old one, none is lost.

use crate::another_process::{killed_after, killed_when, parts_in};
use crate::around::{World, place, rows, settled, transfers, until, upload};
use crate::killed::{is_long, mixed};
use crate::trouble::{MIB, content, fetched};
use amphora_app::App;
use amphora_app::wire::{Consent, Level, PlaceRef, Selection, TransferChoice, TransferTab, UploadAnswer};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::iam::PolicySet;
use amphora_storage::{Space, Version};
use amphora_testbed::{OTHER, Role, storage_in};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Names the folder that the killed application moves to.
const TARGET: &str = "moves-to";
const FILES: usize = 40;

fn public(folder: &str) -> PlaceRef {
    place(Level::Public, folder)
}

/// What the killed application does, where it is one that moves.
pub async fn begin(app: &App, folder: &Path) -> bool {
    let Ok(target) = std::fs::read_to_string(folder.join(TARGET)) else { return false };
    let opened = async || rows(app, &public("")).await;
    until("the folder is listed", || async { opened().await.1.iter().any(|row| row.name == "trip") }).await;
    let (listing, shown) = opened().await;
    let ids = shown.iter().filter(|row| row.name == "trip").map(|row| row.id).collect();
    let queued = app.move_selection(&Selection::Only { listing, ids }, public(&target), Consent::Ask).unwrap();
    assert!(matches!(queued, UploadAnswer::Queued { .. }));
    true
}

/// Whatever is stored a second time stays to be seen.
async fn that_keeps_versions() -> (World, FaultProxy) {
    let proxy = FaultProxy::start().unwrap();
    let world = World::with(|options| {
        (options.policy, options.versioning) = (PolicySet::Recommended, true);
        options.behind = Some(proxy.port());
    });
    let world = world.await;
    proxy.forward_to(world.sandbox.address());
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    (world, proxy)
}

/// Names that need escaping among them.
fn files() -> BTreeMap<String, Vec<u8>> {
    (0..FILES).map(|number| (format!("{number} ü+.txt"), content(500 + number, number as u8))).collect()
}

/// Kills the move in the midst of its copies or of its deletions, after as many as belong to the round, and lets the next
/// application end it.
fn killed_and_started_again(world: &World, proxy: &FaultProxy, (round, target): (u64, &str)) -> String {
    let most = 1 + mixed(round) % (FILES as u64 - 2);
    let requests = if round.is_multiple_of(2) { ("PUT", target) } else { ("DELETE", "trip/") };
    let what = format!("round {round}, killed after {most} {}", requests.0);
    let ended = killed_after(world, proxy, (requests, most as usize), Duration::ZERO);
    format!("{what}: {ended}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_killed_at_any_step_ends_with_every_file_in_its_new_place_once() {
    let (world, proxy) = that_keeps_versions().await;
    let files = files();
    for (name, bytes) in &files {
        world.file(&format!("trip/{name}"), bytes);
    }
    for round in 0..if is_long() { 30 } else { 3 } {
        let app = world.person("ada").await;
        upload(&app, vec![world.dir.path().join("desktop/trip")], public("")).await;
        until("the folder is read", || async { transfers(&app, TransferTab::All).len() == FILES }).await;
        settled(&app).await;
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
        crate::around::end(app).await;

        let target = format!("round-{round}/");
        std::fs::write(world.dir.path().join(TARGET), &target).unwrap();
        proxy.forget();
        let what = killed_and_started_again(&world, &proxy, (round, &target));
        assert!(!what.contains("Failed") && !what.contains("NeedsAnswer"), "{what}");

        let versions = versions(&world, &target).await;
        let stored: Vec<_> = versions.iter().map(|version| version.key.clone()).collect();
        let expected: Vec<_> = files.keys().map(|name| format!("{target}trip/{name}")).collect();
        assert_eq!(stored.len(), FILES, "{what}: each once, and never taken away again");
        assert!(expected.iter().all(|key| stored.contains(key)), "{what}: {stored:?}");
        let old = self::versions(&world, "trip/").await;
        let left: Vec<_> = old.iter().filter(|old| old.is_latest && old.content.is_some()).collect();
        assert!(left.is_empty(), "{what}: nothing is left where it was: {left:?}");
        let app = world.person("ada").await;
        assert!(
            fetched(&world, &app, &public(&format!("{target}trip/")), FILES).await == files,
            "{what}: byte for byte"
        );
        app.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_move_that_is_killed_between_its_parts_goes_on_with_those_that_are_there() {
    let (world, proxy) = that_keeps_versions().await;
    // Three parts.
    let film = content(MIB, 7).repeat(150);
    let app = world.person("ada").await;
    upload(&app, vec![world.file("trip/film.mov", &film).parent().unwrap().to_owned()], public("")).await;
    settled(&app).await;
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    crate::around::end(app).await;
    std::fs::write(world.dir.path().join(TARGET), "moved/").unwrap();
    proxy.forget();

    proxy.add(Rule::new(Fault::Hold).on("PUT", "partNumber=3"));
    let journal = world.dir.path().join("app/transfers.sqlite");
    let ended = killed_when(&world, &proxy, || parts_in(&journal) == 2);
    assert!(ended.contains("(Done"), "{ended}");
    let copied = |part: &str| {
        let seen = proxy.seen();
        seen.iter().filter(|seen| seen.method == "PUT" && seen.path.contains(part)).count()
    };
    assert_eq!([copied("partNumber=1"), copied("partNumber=2")], [1, 1], "what is there is not copied again");
    assert_eq!(copied("partNumber=3"), 2);
    assert_eq!(world.sandbox.unfinished_uploads().await.unwrap(), 0, "nothing costs money");
    let stored = versions(&world, "moved/").await;
    assert_eq!(stored.iter().map(|version| version.key.as_str()).collect::<Vec<_>>(), ["moved/trip/film.mov"]);
    let old = versions(&world, "trip/").await;
    assert!(!old.iter().any(|old| old.is_latest && old.content.is_some()), "{old:?}");
    let app = world.person("ada").await;
    assert!(fetched(&world, &app, &public("moved/trip/"), 1).await["film.mov"] == film, "byte for byte");
}

/// All that was ever stored below a prefix of Public.
async fn versions(world: &World, prefix: &str) -> Vec<Version> {
    let storage = storage_in(&world.sandbox, OTHER, Role::Authenticated);
    storage.version_page(&Space::Public, prefix, 1000, None).await.unwrap().versions
}
