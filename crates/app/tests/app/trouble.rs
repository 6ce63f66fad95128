//! Queued work over lines and servers that misbehave: it ends right, or says why and ends right at the next try; no temporary
//! file and no part stays, or the person is told.

use crate::around::{BY_NAME, PASSWORD, World, everything, names, place, settled, transfers, until, upload};
use amphora_app::wire::{
    ByteSize, ConflictAnswer, Consent, FailureCode, Level, PlaceRef, Selection, TransferChoice, TransferState,
    TransferTab,
};
use amphora_app::{App, Password};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::iam::PolicySet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub const MIB: usize = 1024 * 1024;

/// A world whose storage is reached through a proxy.
pub async fn troubled(policy: PolicySet) -> (World, FaultProxy) {
    let proxy = FaultProxy::start().unwrap();
    let world = World::with(|options| {
        options.policy = policy;
        options.behind = Some(proxy.port());
    });
    let world = world.await;
    proxy.forward_to(world.sandbox.address());
    (world, proxy)
}

/// Bytes that repeat late and differ by their seed, so that a mixed-up part shows.
pub fn content(len: usize, seed: u8) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16) ^ (at >> 23)) as u8 ^ seed).collect()
}

/// One file that goes in parts and three that do not.
fn files(world: &World, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let named = [("film.mov", 20 * MIB), ("a.txt", 200_000), ("b.txt", 7), ("ü.txt", 65_536)];
    let files = named.iter().zip(1..).map(|((name, len), seed)| ((*name).to_owned(), content(*len, seed)));
    let files: BTreeMap<_, _> = files.collect();
    for (name, bytes) in &files {
        world.file(&format!("{folder}/{name}"), bytes);
    }
    files
}

/// Every file below a folder of this computer.
pub fn on_disk(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let found = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file());
    found.map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).unwrap())).collect()
}

pub fn private() -> PlaceRef {
    place(Level::Private, "")
}

/// All rows of a folder, once it can be read and has so many.
async fn all_of(app: &App, at: &PlaceRef, many: usize) -> Selection {
    let opened = async || app.open_listing(at.clone(), BY_NAME, everything()).await.unwrap();
    let complete = async || {
        let listing = opened().await;
        listing.failure.is_none() && listing.count as usize == many
    };
    until("the folder can be read", complete).await;
    Selection::AllExcept { listing: opened().await.id, ids: Vec::new() }
}

/// Removes everything in a folder of the storage, which shows so many rows.
pub async fn emptied(app: &App, at: &PlaceRef, many: usize) {
    app.delete_selection(&all_of(app, at, many).await).await.unwrap();
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
}

/// Downloads everything in a folder of the storage, which has so many files, over a line without faults.
pub async fn fetched(world: &World, app: &App, at: &PlaceRef, many: usize) -> BTreeMap<String, Vec<u8>> {
    let target = tempfile::tempdir_in(world.dir.path()).unwrap();
    let all = all_of(app, at, many).await;
    app.download_selection(&all, target.path()).unwrap();
    until("it is here", || async {
        let failed = transfers(app, TransferTab::Failed).pop();
        assert!(failed.is_none(), "it fails: {:?}", failed.map(|row| row.failure));
        names_in(target.path()).len() == many
    })
    .await;
    settled(app).await;
    on_disk(target.path())
}

fn names_in(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.extension() != Some("amphora-part".as_ref())).collect()
}

/// Waits until nothing is under way, and nothing in line but where the line is gone.
async fn stopped(app: &App) {
    until("the queue is settled or held", || async {
        let summary = app.transfer_summary();
        let ended = summary.done + summary.failed + summary.needs_you > 0;
        summary.running == 0 && (summary.offline || (summary.waiting == 0 && ended))
    })
    .await;
}

/// What failed says why; over a mended line it ends right.
async fn right_in_the_end(app: &App, proxy: &FaultProxy, what: &str) {
    stopped(app).await;
    for failed in transfers(app, TransferTab::Failed) {
        let failure = failed.failure.unwrap();
        let why = [FailureCode::Offline, FailureCode::Throttled, FailureCode::Unexpected];
        assert!(why.contains(&failure.code), "{what}: {failure:?}");
        assert!(failure.message.contains(&failed.name) && !failure.hint.is_empty(), "{what}: {failure:?}");
    }
    proxy.mend();
    app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    settled(app).await;
    let summary = app.transfer_summary();
    assert_eq!((summary.failed, summary.needs_you), (0, 0), "{what}");
}

type Trouble = (&'static str, fn(&FaultProxy));

/// Faults of this many requests are over before any of them has been tried four times.
const SOME: u64 = 3;

const TROUBLES: [Trouble; 8] = [
    ("cut", FaultProxy::cut),
    ("slow", |proxy| proxy.slow(16 << 20)),
    ("late", |proxy| proxy.add(Rule::new(Fault::late(Duration::from_millis(200))))),
    ("reset requests", |proxy| proxy.add(Rule::new(Fault::ResetRequest { at: 5 }).times(SOME))),
    ("reset answers", |proxy| proxy.add(Rule::new(Fault::ResetAnswer { at: 5 }).times(SOME))),
    ("bursts", |proxy| {
        proxy.add(Rule::new(Fault::internal()).in_bursts(2, 7).times(6));
        proxy.add(Rule::new(Fault::slow_down()).in_bursts(3, 11).times(6));
    }),
    ("truncated answers", |proxy| proxy.add(Rule::new(Fault::CutAnswer { at: 5 }).times(SOME))),
    ("lost answers", |proxy| {
        proxy.add(Rule::new(Fault::LoseAnswer).on("PUT", "").times(SOME));
        proxy.add(Rule::new(Fault::LoseAnswer).on("POST", "uploadId=").times(1));
    }),
];

#[tokio::test(flavor = "multi_thread")]
async fn uploads_over_every_kind_of_bad_line_end_byte_for_byte_and_leave_no_part() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = world.person("ada").await;
    for (what, begin) in TROUBLES {
        let sent = files(&world, what);
        begin(&proxy);
        upload(&app, vec![world.dir.path().join("desktop").join(what)], private()).await;
        right_in_the_end(&app, &proxy, what).await;
        until("its folder is there", || async { names(&app, &private()).await.contains(&what.to_owned()) }).await;
        let there = fetched(&world, &app, &place(Level::Private, &format!("{what}/")), sent.len()).await;
        assert!(there == sent, "{what}: byte for byte, {:?}", there.keys());
        assert_eq!(world.sandbox.unfinished_parts().await.unwrap(), 0, "{what}: nothing costs money");
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_line_cuts_off_goes_on_by_itself_and_the_rest_waits_in_line() {
    const MANY: usize = 300;
    const BEFORE: u64 = 20;
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let sent: BTreeMap<_, _> = (0..MANY).map(|at| (format!("{at:03}.txt"), content(1_000 + at, at as u8))).collect();
    for (name, bytes) in &sent {
        world.file(&format!("many/{name}"), bytes);
    }
    // However busy the computer is, the line is cut while some are done, some are under way and most have not begun.
    proxy.add(Rule::new(Fault::Hold).on("PUT", "").after(BEFORE));
    upload(&app, vec![world.dir.path().join("desktop/many")], private()).await;
    until("some of them are there", || async { u64::from(app.transfer_summary().done) == BEFORE }).await;
    until("others are under way", || async { proxy.count("PUT", "") > BEFORE as usize }).await;
    proxy.cut();
    until("the line is known to be gone", || async { app.transfer_summary().offline }).await;
    stopped(&app).await;
    let held = app.transfer_summary();
    assert!(held.failed == 0 && held.waiting > 0 && held.running == 0, "nothing fails and nothing starts: {held:?}");
    let told = app.settle(|| ()).await.unwrap_err();
    assert_eq!(told.code, FailureCode::Offline, "a script does not wait for the network");
    app.cancel_transfers(TransferChoice::One { id: transfers(&app, TransferTab::Waiting).pop().unwrap().id }).unwrap();
    assert!(app.transfer_summary().offline, "what is cancelled meanwhile does not have the others tried");
    proxy.mend();
    until("it goes on", || async { !app.transfer_summary().offline }).await;
    settled(&app).await;
    let done = app.transfer_summary();
    assert_eq!((done.failed, done.waiting, done.offline), (0, 0, false), "nobody has to do anything");
    let there = fetched(&world, &app, &place(Level::Private, "many/"), MANY - 1).await;
    assert!(there.iter().all(|(name, bytes)| sent[name] == *bytes), "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn downloads_over_every_kind_of_bad_line_end_byte_for_byte_and_leave_no_temporary_file() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let sent = files(&world, "all");
    upload(&app, vec![world.dir.path().join("desktop/all")], private()).await;
    settled(&app).await;
    let from = place(Level::Private, "all/");
    until("all are there", || async { names(&app, &from).await.len() == sent.len() }).await;
    for (what, begin) in TROUBLES {
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
        let target = world.dir.path().join("downloads").join(what);
        std::fs::create_dir_all(&target).unwrap();
        let all = all_of(&app, &from, sent.len()).await;
        begin(&proxy);
        app.download_selection(&all, &target).unwrap();
        until("they are queued", || async { transfers(&app, TransferTab::All).len() == sent.len() }).await;
        right_in_the_end(&app, &proxy, what).await;
        assert!(on_disk(&target) == sent, "{what}: byte for byte and nothing else, {:?}", on_disk(&target).keys());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_deleted_over_every_kind_of_bad_line_is_gone_in_the_end_and_no_neighbour_with_it() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    for (what, begin) in TROUBLES {
        for folder in [what, "neighbour"] {
            world.file(&format!("{folder}/1.txt"), "1");
            world.file(&format!("{folder}/2.txt"), "2");
        }
        let folders = [what, "neighbour"].map(|name| world.dir.path().join("desktop").join(name));
        upload(&app, folders.to_vec(), private()).await;
        settled(&app).await;
        until("both are there", || async { names(&app, &private()).await.len() == 2 }).await;
        let chosen = async || {
            let Selection::AllExcept { listing, .. } = all_of(&app, &private(), 2).await else { unreachable!("all") };
            let shown = app.rows(listing, 0, 2).unwrap();
            let ids = shown.iter().filter(|row| row.name == what).map(|row| row.id).collect();
            Selection::Only { listing, ids }
        };
        let selection = chosen().await;
        begin(&proxy);
        let ended = app.delete_selection(&selection).await;
        proxy.mend();
        match ended {
            Ok(report) if report.failed.is_empty() => assert_eq!(report.done, 2, "{what}"),
            Ok(report) => {
                assert!(report.failed.iter().all(|failed| !failed.failure.message.is_empty()), "{what}: {report:?}");
                app.delete_selection(&chosen().await).await.unwrap();
            }
            Err(failure) => panic!("{what}: a selection that is known fails file by file: {failure:?}"),
        }
        all_of(&app, &private(), 1).await;
        assert_eq!(names(&app, &private()).await, ["neighbour"], "{what}");
        emptied(&app, &private(), 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_whose_copy_was_deleted_before_its_original_makes_another_one() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = world.person("ada").await;
    upload(&app, vec![world.file("a.txt", "the only one")], private()).await;
    settled(&app).await;
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    let (from, to) = (private(), place(Level::Private, "moved/"));
    proxy.add(Rule::new(Fault::denied()).on("DELETE", "a.txt"));
    app.move_selection(&all_of(&app, &from, 1).await, to.clone(), Consent::Ask).unwrap();
    until("the original can't be deleted", || async { app.transfer_summary().failed == 1 }).await;
    proxy.mend();
    emptied(&app, &to, 1).await;
    assert_eq!(names(&app, &from).await, ["a.txt"]);
    app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    settled(&app).await;
    let there = fetched(&world, &app, &to, 1).await;
    assert_eq!(there["a.txt"], b"the only one", "it is where it was to be, and was never nowhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_given_up_where_nothing_may_be_removed_is_remembered_and_told() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    proxy.add(Rule::new(Fault::denied()).on("PUT", "partNumber=2"));
    upload(&app, vec![world.file("film.mov", content(20 * MIB, 0))], private()).await;
    until("it fails", || async { app.transfer_summary().failed == 1 }).await;
    let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::AccessDenied, "{failure:?}");
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    until("it is told", || async { app.transfer_summary().left_uploads == 1 }).await;
    assert_eq!(world.sandbox.unfinished_uploads().await.unwrap(), 1, "and is true");
    crate::around::end(app).await;
    let again = world.person("ada").await;
    until("it is still told", || async { again.transfer_summary().left_uploads == 1 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_somebody_else_takes_during_an_upload_is_asked_about_and_both_are_kept() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    let other = world.started("other");
    let preview = other.read_config_file(&world.file("aws-exports.json", world.sandbox.aws_exports_json())).unwrap();
    other.connect(&preview.id).await.unwrap();
    other.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    for (name, len) in [("small.bin", 3 * MIB), ("large.bin", 20 * MIB)] {
        let mine = content(len, 9);
        // The last request of the upload waits, and somebody is faster.
        let last = if len > 8 * MIB { ("POST", "uploadId=") } else { ("PUT", name) };
        proxy.add(Rule::new(Fault::Hold).on(last.0, last.1).times(1));
        upload(&app, vec![world.file(name, &mine)], private()).await;
        until("it is on its way", || async { proxy.count(last.0, last.1) == 1 }).await;
        upload(&other, vec![world.file(&format!("other/{name}"), "theirs")], private()).await;
        settled(&other).await;
        other.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
        proxy.release();

        until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
        let asked = transfers(&app, TransferTab::NeedsYou).remove(0);
        let conflict = asked.conflict.unwrap();
        assert_eq!((conflict.appeared, conflict.there.size), (true, ByteSize(6)), "{name}");
        app.answer_conflict(asked.id, ConflictAnswer::KeepBoth, false).unwrap();
        settled(&app).await;
        let there = fetched(&world, &app, &private(), 2).await;
        assert_eq!(there.get(name).map(Vec::as_slice), Some(b"theirs".as_slice()), "{name}: theirs is untouched");
        assert!(there.get(&conflict.keep_both_name) == Some(&mine), "{name}: mine is beside it");
        emptied(&app, &private(), 2).await;
        proxy.forget();
    }
    assert!(transfers(&app, TransferTab::All).iter().all(|row| row.state == TransferState::Done));
}
