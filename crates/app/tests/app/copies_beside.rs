//! Copies that keep both, between the bucket and a folder of this computer: they wait for the line as every transfer does, and
//! one whose end was lost is known again, so that there is never a second.

use crate::around::{World, all_of, end, settled, transfers, until, upload};
use crate::other_stores::{place, with_folders};
use crate::trouble::{content, on_disk, private, troubled};
use amphora_app::App;
use amphora_app::wire::{ConflictAnswer, Consent, PlaceRef, TransferChoice, TransferState, TransferTab};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::iam::PolicySet;
use std::collections::BTreeMap;
use std::path::PathBuf;

const NAME: &str = "a.bin";
const MINE: usize = 100_000;

fn archive() -> PlaceRef {
    place("opendal:fs/Archive", "")
}

fn archive_folder(world: &World) -> PathBuf {
    world.dir.path().join("archive")
}

/// A file in Private, and another of its name in the folder.
async fn both(world: &World) -> App {
    let app = with_folders(world).await;
    upload(&app, vec![world.file(NAME, content(MINE, 1))], private()).await;
    settled(&app).await;
    std::fs::write(archive_folder(world).join(NAME), "another").unwrap();
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    app
}

/// Has all of a place copied or moved to where the name is taken, to stand beside it.
async fn beside(app: &App, from: &PlaceRef, to: &PlaceRef, moves: bool) {
    let all = all_of(app, from).await;
    if moves {
        app.move_selection(&all, to.clone(), Consent::Once).unwrap();
    } else {
        app.copy_selection(&all, to.clone(), Consent::Once).unwrap();
    }
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    app.answer_conflict(transfers(app, TransferTab::NeedsYou)[0].id, ConflictAnswer::KeepBoth, false).unwrap();
}

fn fetching(fault: Fault) -> Rule {
    Rule::new(fault).on("GET", NAME).without("list-type")
}

fn fetched(proxy: &FaultProxy) -> usize {
    proxy.seen().iter().filter(|seen| seen.method == "GET" && is_fetch(&seen.path)).count()
}

fn is_fetch(path: &str) -> bool {
    path.contains(NAME) && !path.contains("list-type")
}

fn state(app: &App) -> TransferState {
    transfers(app, TransferTab::All)[0].state
}

fn files<const N: usize>(files: [(&str, Vec<u8>); N]) -> BTreeMap<String, Vec<u8>> {
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_the_line_cuts_off_waits_until_the_place_that_it_comes_from_answers() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = both(&world).await;
    proxy.add(fetching(Fault::Silence));
    beside(&app, &private(), &archive(), false).await;
    until("it is on its way", || async { fetched(&proxy) == 1 }).await;
    proxy.cut();
    until("the line is known to be gone", || async { app.transfer_summary().offline }).await;
    // From now on it is seen who asks.
    proxy.mend();
    proxy.add(Rule::new(Fault::Refuse));
    proxy.forget();
    until("the bucket is asked", || async {
        assert_eq!(state(&app), TransferState::Waiting, "that the folder can be reached does not help");
        proxy.count("GET", "list-type") > 0
    })
    .await;
    proxy.mend();
    settled(&app).await;
    assert_eq!(state(&app), TransferState::Done, "{:?}", transfers(&app, TransferTab::All)[0].failure);
    let expected = files([(NAME, b"another".to_vec()), ("a (2).bin", content(MINE, 1))]);
    assert!(on_disk(&archive_folder(&world)) == expected, "{:?}", on_disk(&archive_folder(&world)).keys());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_end_a_kill_took_is_known_by_its_bytes_and_by_nothing_less() {
    for (there, expected) in [
        (content(MINE, 1), files([("a (2).bin", content(MINE, 1))])),
        (content(MINE, 2), files([("a (2).bin", content(MINE, 2)), ("a (3).bin", content(MINE, 1))])),
    ] {
        let (world, proxy) = troubled(PolicySet::Recommended).await;
        let app = both(&world).await;
        proxy.add(fetching(Fault::Silence));
        beside(&app, &private(), &archive(), false).await;
        until("it is on its way", || async { fetched(&proxy) == 1 }).await;
        end(app).await;
        // As a kill leaves it that comes between a file's name and the journal's next commit.
        std::fs::write(archive_folder(&world).join("a (2).bin"), there).unwrap();
        proxy.mend();
        let app = world.app().await;
        settled(&app).await;
        assert_eq!(state(&app), TransferState::Done, "{:?}", transfers(&app, TransferTab::All)[0].failure);
        let mut here = on_disk(&archive_folder(&world));
        assert_eq!(here.remove(NAME).as_deref(), Some(b"another".as_slice()), "what had the name is untouched");
        assert!(here == expected, "{:?}", here.keys());
        let left = std::fs::read_dir(world.dir.path().join("app/copies")).unwrap();
        assert_eq!(left.count(), 0, "nothing of it stays in the data folder");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_answer_was_lost_is_not_sent_beside_itself_and_a_move_takes_its_original_away() {
    for moves in [false, true] {
        let (world, proxy) = troubled(PolicySet::Recommended).await;
        let app = both(&world).await;
        proxy.add(Rule::new(Fault::LoseAnswer).on("PUT", ""));
        beside(&app, &archive(), &private(), moves).await;
        until("the line is known to be gone", || async { app.transfer_summary().offline }).await;
        proxy.mend();
        settled(&app).await;
        assert_eq!(state(&app), TransferState::Done, "{:?}", transfers(&app, TransferTab::All)[0].failure);
        let to = tempfile::tempdir().unwrap();
        app.download_selection(&all_of(&app, &private()).await, to.path()).unwrap();
        until("both are here", || async { on_disk(to.path()).len() >= 2 }).await;
        settled(&app).await;
        let expected = files([(NAME, content(MINE, 1)), ("a (2).bin", b"another".to_vec())]);
        assert!(on_disk(to.path()) == expected, "moves: {moves}, {:?}", on_disk(to.path()).keys());
        assert_eq!(archive_folder(&world).join(NAME).exists(), !moves);
    }
}
