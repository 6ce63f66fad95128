//! Uploads that outlive what happens to the application: a pause, an end. What a kill does is in `killed`.

use crate::around::{World, all_of, end, names, place, rows, settled, transfers, until, upload};
use crate::trouble::{on_disk, private, troubled};
use amphora_app::App;
use amphora_app::wire::{
    Consent, Level, PhotoChoices, Selection, TransferChoice, TransferSettings, TransferState, TransferTab,
};
use amphora_faults::{Fault, Rule};
use amphora_sandbox::iam::PolicySet;
use amphora_thumbs::specimens::{PLACE, boxed, user_text};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

const MIB: usize = 1024 * 1024;

/// Bytes that repeat late, so that a mixed-up part shows.
fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16) ^ (at >> 23)) as u8).collect()
}

async fn downloaded(world: &World, app: &App, level: Level, name: &str) -> Vec<u8> {
    let (listing, shown) = rows(app, &place(level, "")).await;
    let id = shown.iter().find(|row| row.name == name).expect("it is listed").id;
    let target = tempfile::tempdir_in(world.dir.path()).unwrap();
    app.download_selection(&Selection::Only { listing, ids: vec![id] }, target.path()).unwrap();
    until("it is downloaded", || async { target.path().join(name).exists() }).await;
    std::fs::read(target.path().join(name)).unwrap()
}

fn sent(app: &App) -> u64 {
    transfers(app, TransferTab::All).first().map_or(0, |row| row.sent.0)
}

fn state_of(app: &App, name: &str) -> Option<TransferState> {
    transfers(app, TransferTab::All).into_iter().find(|row| row.name == name).map(|row| row.state)
}

async fn recommended() -> World {
    World::with(|options| options.policy = PolicySet::Recommended).await
}

/// Ids of uploads in parts that are neither finished nor removed.
fn parts_in_journal(folder: &Path) -> (i64, i64) {
    let journal = rusqlite::Connection::open(folder.join("transfers.sqlite")).unwrap();
    let count =
        |table: &str| journal.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    (count("upload"), count("part"))
}

/// What the server calls the uploads in parts that the journal knows.
fn upload_ids(world: &World) -> BTreeSet<String> {
    let journal = rusqlite::Connection::open(world.dir.path().join("app/transfers.sqlite")).unwrap();
    let mut ids = journal.prepare("SELECT upload_id FROM upload WHERE upload_id IS NOT NULL").unwrap();
    ids.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Those that it knew at any time until something is done.
async fn upload_ids_until(done: impl Future<Output = ()>, world: &World) -> BTreeSet<String> {
    let (mut done, mut seen) = (std::pin::pin!(done), BTreeSet::new());
    loop {
        seen.extend(upload_ids(world));
        tokio::select! {
            () = &mut done => return seen,
            () = tokio::time::sleep(Duration::from_millis(10)) => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_upload_keeps_its_parts_over_the_end_of_the_application_and_goes_on() {
    let world = recommended().await;
    let bytes = content(256 * MIB);
    let app = world.person("ada").await;
    upload(&app, vec![world.file("film.mov", &bytes)], place(Level::Private, "")).await;
    until("some of it is there", || async { sent(&app) > 64 * MIB as u64 }).await;
    app.pause_transfers(TransferChoice::Tab { tab: TransferTab::Running }).unwrap();
    assert_eq!(state_of(&app, "film.mov"), Some(TransferState::Paused));
    assert_eq!(app.transfer_summary().paused, 1);
    crate::around::end(app).await;
    let (uploads, parts) = parts_in_journal(&world.dir.path().join("app"));
    assert!(uploads == 1 && parts > 0, "{parts} parts are remembered");

    let again = world.person("ada").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(state_of(&again, "film.mov"), Some(TransferState::Paused), "it waits for its person");
    again.resume_transfers(TransferChoice::Tab { tab: TransferTab::Paused }).unwrap();
    settled(&again).await;
    assert_eq!(parts_in_journal(&world.dir.path().join("app")), (0, 0), "nothing is left to go on with");
    assert!(downloaded(&world, &again, Level::Private, "film.mov").await == bytes, "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_written_to_during_a_pause_is_asked_about_and_arrives_as_it_is_then() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let mut bytes = content(96 * MIB);
    let app = world.person("ada").await;
    // It does not come to its end before the pause.
    proxy.add(Rule::new(Fault::Hold).on("PUT", "partNumber=9"));
    let (film, folder) = (world.file("film.mov", &bytes), world.dir.path().join("app"));
    upload(&app, vec![film.clone()], place(Level::Private, "")).await;
    until("some of it is there", || async { parts_in_journal(&folder).1 > 3 }).await;
    app.pause_transfers(TransferChoice::Tab { tab: TransferTab::Running }).unwrap();
    proxy.mend();
    let begun = upload_ids(&world);
    // Its length tells nothing.
    bytes[5 * MIB..6 * MIB].fill(7);
    std::fs::write(&film, &bytes).unwrap();
    let file = std::fs::File::options().write(true).open(&film).unwrap();
    file.set_modified(std::time::SystemTime::now() + Duration::from_secs(2)).unwrap();
    app.resume_transfers(TransferChoice::Tab { tab: TransferTab::Paused }).unwrap();
    settled(&app).await;
    assert_eq!(state_of(&app, "film.mov"), Some(TransferState::Failed), "the person is asked");
    app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
    let seen = upload_ids_until(settled(&app), &world).await;
    assert_eq!(seen, begun, "what holds is not sent again");
    assert!(downloaded(&world, &app, Level::Private, "film.mov").await == bytes, "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_without_its_place_goes_on_after_the_end_of_the_application_as_it_began() {
    let world = recommended().await;
    let header = boxed(b"moov", &boxed(b"udta", &user_text(b"\xa9xyz", PLACE)));
    // In a part that is sent before the pause, and in one that is sent after it.
    let bytes = [boxed(b"ftyp", b"isom"), header.clone(), boxed(b"mdat", &content(256 * MIB)), header.clone()].concat();
    let app = world.person("ada").await;
    let grant = app.give_grant(vec![world.file("film.mov", &bytes)]);
    let photos = PhotoChoices { remove_location: true, ..PhotoChoices::default() };
    app.upload(&grant.id, place(Level::Public, ""), Consent::Once, Some(photos)).await.unwrap();
    until("some of it is there", || async { sent(&app) > 64 * MIB as u64 }).await;
    app.pause_transfers(TransferChoice::Tab { tab: TransferTab::Running }).unwrap();
    crate::around::end(app).await;
    let (uploads, parts) = parts_in_journal(&world.dir.path().join("app"));
    assert!(uploads == 1 && parts > 0, "{parts} parts are remembered");
    let begun = upload_ids(&world);

    let again = world.person("ada").await;
    again.resume_transfers(TransferChoice::Tab { tab: TransferTab::Paused }).unwrap();
    let seen = upload_ids_until(settled(&again), &world).await;
    assert_eq!(seen, begun, "it goes on with the parts that are there");
    let clean = downloaded(&world, &again, Level::Public, "film.mov").await;
    assert_eq!(clean.len(), bytes.len());
    let has = |part: &[u8]| part.windows(PLACE.len()).any(|some| some == PLACE.as_bytes());
    let (first, last) = (12..12 + header.len(), bytes.len() - header.len()..bytes.len());
    assert!(has(&bytes[first.clone()]) && !has(&clean[first.clone()]));
    assert!(has(&bytes[last.clone()]) && !has(&clean[last.clone()]));
    assert!(clean[first.end..last.start] == bytes[first.end..last.start], "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_upload_leaves_nothing_on_the_server_or_is_told() {
    for (policy, left) in [(PolicySet::Recommended, 0), (PolicySet::Documented, 1)] {
        let world = World::with(|options| options.policy = policy).await;
        let app = world.person("ada").await;
        upload(&app, vec![world.file("film.mov", content(256 * MIB))], place(Level::Private, "")).await;
        until("some of it is there", || async { sent(&app) > 10 * MIB as u64 }).await;
        app.cancel_transfers(TransferChoice::Tab { tab: TransferTab::Running }).unwrap();
        let folder = world.dir.path().join("app");
        let told =
            || async { app.transfer_summary().left_uploads == left && parts_in_journal(&folder).0 == i64::from(left) };
        until("it is removed, or told", told).await;
        assert_eq!(names(&app, &place(Level::Private, "")).await, [] as [&str; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_run_had_in_line_and_is_here_is_not_fetched_beside_itself() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = world.person("ada").await;
    upload(&app, vec![world.file("a.txt", "first"), world.file("b.txt", "second")], private()).await;
    settled(&app).await;
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    let one_by_one = TransferSettings { at_once: Some(1), ..app.transfer_settings() };
    app.set_transfer_settings(one_by_one).unwrap();
    proxy.forget();
    proxy.add(Rule::new(Fault::Hold).on("GET", "a.txt"));
    let target = world.dir.path().join("downloads");
    app.download_selection(&all_of(&app, &private()).await, &target).unwrap();
    until("the first waits for its answer", || async { proxy.count("GET", "a.txt") == 1 }).await;
    assert_eq!(state_of(&app, "b.txt"), Some(TransferState::Waiting), "it has never run");
    end(app).await;
    assert_eq!(proxy.count("GET", "b.txt"), 0, "nobody has asked for it");

    // As a kill leaves it that comes between a file's name and the journal's next commit.
    std::fs::create_dir_all(&target).unwrap();
    std::fs::write(target.join("b.txt"), "second").unwrap();
    proxy.mend();
    let app = world.app().await;
    settled(&app).await;
    let here =
        [("a.txt", "first"), ("b.txt", "second")].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    assert_eq!(on_disk(&target), here.into());
    assert_eq!(proxy.count("GET", "b.txt"), 0, "nor does anybody now");
}
