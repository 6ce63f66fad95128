//! Uploads that outlive what happens to the application: a pause, an end, a kill at any moment.

use crate::around::{PASSWORD, World, names, place, rows, settled, transfers, until, upload};
use amphora_app::wire::{Level, Selection, TransferChoice, TransferState, TransferTab};
use amphora_app::{App, Password};
use amphora_sandbox::iam::PolicySet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const MIB: usize = 1024 * 1024;
/// Where the test that is the killed application finds its work.
const CHILD: &str = "AMPHORA_TEST_CHILD";

/// Bytes that repeat late, so that a mixed-up part shows.
fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16) ^ (at >> 23)) as u8).collect()
}

async fn downloaded(world: &World, app: &App, name: &str) -> Vec<u8> {
    let (listing, shown) = rows(app, &place(Level::Private, "")).await;
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
    app.quit().await;
    drop(app);
    let (uploads, parts) = parts_in_journal(&world.dir.path().join("app"));
    assert!(uploads == 1 && parts > 0, "{parts} parts are remembered");

    let again = world.person("ada").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(state_of(&again, "film.mov"), Some(TransferState::Paused), "it waits for its person");
    again.resume_transfers(TransferChoice::Tab { tab: TransferTab::Paused }).unwrap();
    settled(&again).await;
    assert_eq!(parts_in_journal(&world.dir.path().join("app")), (0, 0), "nothing is left to go on with");
    assert!(downloaded(&world, &again, "film.mov").await == bytes, "byte for byte");
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

/// The application as a process of its own, which is killed: signs in and goes on with what its journal holds.
#[test]
fn child() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let folder = Path::new(&folder);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let app = crate::around::app_at(&folder.join("app"));
        app.restore().await;
        if app.state().storage.is_none() {
            let preview = app.read_config_file(&folder.join("desktop/aws-exports.json")).unwrap();
            app.connect(&preview.id).await.unwrap();
        }
        app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
        let target = folder.join("downloads");
        if transfers(&app, TransferTab::All).is_empty() && target.exists() {
            let (listing, shown) = rows(&app, &place(Level::Private, "")).await;
            app.download_selection(&Selection::Only { listing, ids: vec![shown[0].id] }, &target).unwrap();
        } else if transfers(&app, TransferTab::All).is_empty() {
            upload(&app, vec![folder.join("desktop/film.mov")], place(Level::Private, "")).await;
        }
        until("it is queued", || async { !transfers(&app, TransferTab::All).is_empty() }).await;
        println!("queued");
        settled(&app).await;
        let rows = transfers(&app, TransferTab::All);
        println!("settled {:?}", rows.iter().map(|row| (row.state, &row.failure, &row.conflict)).collect::<Vec<_>>());
        app.quit().await;
    });
}

struct Child(std::process::Child, std::io::Lines<std::io::BufReader<std::process::ChildStdout>>);

impl Child {
    fn start(world: &World) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "goes_on::child", "--nocapture"]).env(CHILD, world.dir.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        Self(child, lines)
    }

    /// Waits until it says so, and what else it says with it.
    fn says(&mut self, word: &str) -> Option<String> {
        self.1.by_ref().map_while(Result::ok).find(|line| line.contains(word))
    }

    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn rounds() -> u64 {
    if std::env::var_os("AMPHORA_LONG").is_some() { 50 } else { 5 }
}

/// Kills the application at a moment that belongs to the round, and lets the next one end what it began.
fn killed_and_started_again(world: &World, round: u64) -> (Duration, String) {
    let mixed = (round + 1).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let moment = Duration::from_millis((mixed >> 33) % 400);
    tokio::task::block_in_place(|| {
        let mut child = Child::start(world);
        child.says("queued").expect("it gets as far as the queue");
        std::thread::sleep(moment);
        child.kill();
        let mut child = Child::start(world);
        let ended = child.says("settled").expect("it goes on by itself");
        child.0.wait().unwrap();
        (moment, ended)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_is_killed_at_any_moment_ends_byte_for_byte_and_leaves_nothing() {
    let world = recommended().await;
    let bytes = content(24 * MIB);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    let app = world.person("ada").await;
    upload(&app, vec![world.file("film.mov", &bytes)], place(Level::Private, "")).await;
    settled(&app).await;
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    app.quit().await;
    drop(app);
    let target = world.dir.path().join("downloads");
    for round in 0..rounds() {
        std::fs::create_dir_all(&target).unwrap();
        let (moment, ended) = killed_and_started_again(&world, round);
        assert!(ended.contains("(Done"), "round {round} ({moment:?}): {ended}");
        let mut names: Vec<_> = std::fs::read_dir(&target).unwrap().map(|file| file.unwrap().file_name()).collect();
        names.sort();
        // Killed after its end, the second one fetches it once more.
        assert!(
            names == ["film.mov"] || names == ["film (2).mov", "film.mov"],
            "round {round} ({moment:?}): {names:?}"
        );
        for name in names {
            assert!(std::fs::read(target.join(name)).unwrap() == bytes, "round {round} ({moment:?}): byte for byte");
        }
        std::fs::remove_dir_all(&target).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_killed_at_any_moment_ends_byte_for_byte_and_leaves_nothing() {
    let world = recommended().await;
    let bytes = content(24 * MIB);
    world.file("film.mov", &bytes);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    for round in 0..rounds() {
        let (moment, ended) = killed_and_started_again(&world, round);
        assert!(ended.contains("(Done") || ended.contains("(Skipped"), "round {round} ({moment:?}): {ended}");
        let app = world.person("ada").await;
        assert!(downloaded(&world, &app, "film.mov").await == bytes, "round {round} ({moment:?}): byte for byte");
        let unfinished = world.sandbox.unfinished_uploads().await.unwrap();
        assert_eq!(unfinished, 0, "round {round} ({moment:?}): nothing costs money");
        let (listing, shown) = rows(&app, &place(Level::Private, "")).await;
        app.delete_selection(&Selection::Only { listing, ids: vec![shown[0].id] }).await.unwrap();
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
        app.quit().await;
        drop(app);
    }
}
