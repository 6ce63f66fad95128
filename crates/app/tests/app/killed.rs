//! The application as a process of its own, killed at any moment: what it began ends byte for byte, costs nothing that it need
//! not, and leaves nothing that is not known.

use crate::another_process::{CHILD, Child, killed_after, killed_when, parts_in};
use crate::around::{PASSWORD, World, all_of, place, rows, settled, transfers, until, upload};
use crate::trouble::{MIB, content, fetched, on_disk, private, troubled};
use amphora_app::wire::{Level, Selection, TransferChoice, TransferTab};
use amphora_app::{App, Password};
use amphora_faults::{Fault, FaultProxy, Rule, most_at_once};
use amphora_sandbox::iam::PolicySet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where it is, all of Public is downloaded.
const ALL_OF_PUBLIC: &str = "all-of-public";
/// Files of the folder that is downloaded.
const SMALL_FILES: usize = 200;

/// Signs in and goes on with what the journal holds; with an empty one it begins the world's transfer.
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
        begin(&app, folder).await;
        until("it is queued", || async { !app.transfer_rows(TransferTab::All, 0, 1).unwrap().is_empty() }).await;
        println!("queued");
        // However much it is.
        while app.transfer_summary().running + app.transfer_summary().waiting > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        settled(&app).await;
        // Before this test itself holds every row.
        #[cfg(target_os = "linux")]
        let peak = peak_memory();
        let rows = transfers(&app, TransferTab::All);
        println!("settled {:?}", rows.iter().map(|row| (row.state, &row.failure, &row.conflict)).collect::<Vec<_>>());
        #[cfg(target_os = "linux")]
        println!("peak {peak}");
        app.quit().await;
    });
}

/// The most that this process held in memory at a time, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

async fn begin(app: &App, folder: &Path) {
    let target = folder.join("downloads");
    if !transfers(app, TransferTab::All).is_empty() {
        return;
    }
    if crate::killed_moves::begin(app, folder).await {
        return;
    }
    if folder.join(ALL_OF_PUBLIC).exists() {
        let public = place(Level::Public, "");
        until("Public is listed", || async { !rows(app, &public).await.1.is_empty() }).await;
        app.download_selection(&all_of(app, &public).await, &target).unwrap();
        return;
    }
    if target.exists() {
        // On a busy machine the folder may still be on its way when it opens.
        until("the film is listed", || async { !rows(app, &private()).await.1.is_empty() }).await;
        let (listing, shown) = rows(app, &private()).await;
        app.download_selection(&Selection::Only { listing, ids: vec![shown[0].id] }, &target).unwrap();
    } else {
        upload(app, vec![folder.join("desktop/film.mov")], private()).await;
    }
}

/// Whether the long run was asked for.
pub fn is_long() -> bool {
    std::env::var_os("AMPHORA_LONG").is_some()
}

fn rounds() -> u64 {
    if is_long() { 50 } else { 5 }
}

fn size() -> usize {
    if is_long() { 200 * MIB } else { 24 * MIB }
}

/// A number that belongs to the round.
pub fn mixed(round: u64) -> u64 {
    (round + 1).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 33
}

/// Kills the application at a moment that belongs to the round, and lets the next one end what it began.
fn killed_and_started_again(world: &World, proxy: &FaultProxy, round: u64) -> (Duration, String) {
    let moment = Duration::from_millis(mixed(round) % if is_long() { 3000 } else { 400 });
    let begun = std::cell::OnceCell::new();
    let ended = killed_when(world, proxy, || begun.get_or_init(Instant::now).elapsed() >= moment);
    (moment, ended)
}

/// Each hand that sends has at most one part that the journal does not know of, when it is killed.
fn sends_again_only_what_was_in_flight(proxy: &FaultProxy, what: &str) {
    let mut parts = proxy.seen();
    parts.retain(|seen| seen.method == "PUT" && seen.path.contains("partNumber="));
    let sent: u64 = parts.iter().map(|part| part.up).sum();
    let largest = parts.iter().map(|part| part.up).max().unwrap_or(0);
    let again = most_at_once(&parts) as u64 * largest;
    // A body that is sent in chunks is a little larger than its content.
    let content = size() as u64 + size() as u64 / 100;
    assert!(sent <= content + again, "{what}: {sent} bytes for {content}, {again} in flight at the most");
}

/// Stores a file or folder of the desktop, by an application that is gone afterwards and leaves nothing on the list.
async fn stored(world: &World, path: PathBuf) {
    let app = world.person("ada").await;
    upload(&app, vec![path], private()).await;
    settled(&app).await;
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    crate::around::end(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_is_killed_at_any_moment_ends_byte_for_byte_and_leaves_nothing() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let bytes = content(size(), 0);
    stored(&world, world.file("film.mov", &bytes)).await;
    let target = world.dir.path().join("downloads");
    for round in 0..rounds() {
        std::fs::create_dir_all(&target).unwrap();
        proxy.forget();
        let (moment, ended) = killed_and_started_again(&world, &proxy, round);
        let what = format!("round {round} ({moment:?})");
        assert!(ended.contains("(Done"), "{what}: {ended}");
        let mut names: Vec<_> = std::fs::read_dir(&target).unwrap().map(|file| file.unwrap().file_name()).collect();
        names.sort();
        // Killed after its end, the second one fetches it once more.
        let once = names == ["film.mov"];
        assert!(once || names == ["film (2).mov", "film.mov"], "{what}: {names:?}");
        for name in names {
            assert!(std::fs::read(target.join(name)).unwrap() == bytes, "{what}: byte for byte");
        }
        // What stood in the buffers of the line and of the two processes is lost with them.
        let (down, most) = (proxy.bytes_down("GET"), (size() + 64 * MIB) as u64);
        assert!(!once || down <= most, "{what}: {down} bytes were fetched, {most} at the most");
        std::fs::remove_dir_all(&target).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_killed_while_one_part_is_on_its_way_sends_that_part_again_and_no_other() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let bytes = content(24 * MIB, 0);
    world.file("film.mov", &bytes);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    for held in ["partNumber=1", "partNumber=2", "partNumber=3"] {
        proxy.forget();
        proxy.add(Rule::new(Fault::Hold).on("PUT", held));
        let journal = world.dir.path().join("app/transfers.sqlite");
        let ended = killed_when(&world, &proxy, || parts_in(&journal) == 2);
        assert!(ended.contains("(Done"), "{held}: {ended}");
        let mut parts = proxy.seen();
        parts.retain(|seen| seen.method == "PUT" && seen.path.contains("partNumber="));
        let again: Vec<_> = parts.iter().filter(|seen| seen.path.contains(held)).collect();
        assert_eq!((parts.len(), again.len()), (4, 2), "{held}: each other part went once");
        assert_eq!(world.sandbox.unfinished_uploads().await.unwrap(), 0, "{held}: nothing costs money");
        is_there_and_removed(&world, &bytes, held).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_is_killed_while_one_range_is_on_its_way_fetches_that_range_again_and_no_other() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let bytes = content(24 * MIB, 0);
    stored(&world, world.file("film.mov", &bytes)).await;
    let target = world.dir.path().join("downloads");
    std::fs::create_dir_all(&target).unwrap();
    proxy.forget();
    // The first range is what tells that there are more.
    proxy.add(Rule::new(Fault::Hold).on("GET", "film.mov").after(2).times(1));
    let others_are_here = || {
        let kept = std::fs::read_dir(&target).unwrap().filter_map(Result::ok);
        kept.filter_map(|file| file.metadata().ok()).any(|about| on_the_disk(&about) >= 16 * MIB as u64)
    };
    let ended = killed_when(&world, &proxy, others_are_here);
    assert!(ended.contains("(Done"), "{ended}");
    assert!(on_disk(&target)["film.mov"] == bytes, "byte for byte");
    let (down, most) = (proxy.bytes_down("GET"), (size().min(24 * MIB) + 9 * MIB) as u64);
    assert!(down <= most, "{down} bytes were fetched, {most} at the most");
}

/// What of a file with holes is there.
#[cfg(unix)]
fn on_the_disk(about: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(about) * 512
}

#[cfg(not(unix))]
fn on_the_disk(about: &std::fs::Metadata) -> u64 {
    about.len()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_any_size_goes_up_and_comes_down_in_little_memory() {
    let world = World::with(|options| options.policy = PolicySet::Recommended).await;
    let bytes = content(MIB, 0).repeat(if is_long() { 2000 } else { 400 });
    world.file("film.mov", &bytes);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    for downloads in [false, true] {
        if downloads {
            std::fs::create_dir_all(world.dir.path().join("downloads")).unwrap();
        }
        let peak = tokio::task::block_in_place(|| {
            let mut child = Child::start(&world);
            let ended = child.says("settled").expect("it ends");
            assert!(ended.contains("(Done"), "{ended}");
            let peak = child.says("peak").expect("it says how much it held");
            child.wait();
            peak.trim_start_matches("peak ").parse::<u64>().unwrap()
        });
        assert!(peak <= 150 * MIB as u64, "{} MiB, downloads: {downloads}", peak / MIB as u64);
        let app = world.person("ada").await;
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
        crate::around::end(app).await;
    }
    assert!(on_disk(&world.dir.path().join("downloads"))["film.mov"] == bytes, "byte for byte");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_any_number_of_files_comes_down_in_little_memory() {
    let many = if is_long() { 100_000 } else { 5_000 };
    let world = World::with(|options| options.policy = PolicySet::Recommended).await;
    world.sandbox.seed(amphora_sandbox::store::Seed { objects: many, folders: 1 }).await.unwrap();
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    std::fs::write(world.dir.path().join(ALL_OF_PUBLIC), "").unwrap();
    let target = world.dir.path().join("downloads");
    std::fs::create_dir_all(&target).unwrap();
    let peak = tokio::task::block_in_place(|| {
        let mut child = Child::start(&world);
        child.says("settled").expect("it ends");
        let peak = child.says("peak").expect("it says how much it held");
        child.wait();
        peak.trim_start_matches("peak ").parse::<u64>().unwrap()
    });
    let here = walkdir::WalkDir::new(&target).into_iter().filter_map(Result::ok);
    assert_eq!(here.filter(|entry| entry.file_type().is_file()).count() as u64, many, "all of them are here");
    assert!(peak <= 150 * MIB as u64, "{} MiB for {many} files", peak / MIB as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_small_downloads_that_are_killed_at_any_moment_come_once_each() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let files: BTreeMap<_, _> =
        (0..SMALL_FILES).map(|number| (format!("{number}.txt"), content(500 + number, number as u8))).collect();
    for (name, bytes) in &files {
        world.file(&format!("small/{name}"), bytes);
    }
    stored(&world, world.dir.path().join("desktop/small")).await;
    let target = world.dir.path().join("downloads");
    for round in 0..rounds() {
        std::fs::create_dir_all(&target).unwrap();
        proxy.forget();
        let come = 1 + mixed(round) as usize % (SMALL_FILES - 2);
        // Some of those that have come have their names by then, and their ends are not in the journal yet.
        let moment = Duration::from_millis(mixed(round) % 60);
        killed_after(&world, &proxy, (("GET", "small/"), come), moment);
        let here = on_disk(&target);
        let names: Vec<_> = here.keys().filter(|name| !files.contains_key(*name)).collect();
        assert!(names.is_empty(), "round {round}, killed after {come}: {names:?}");
        assert!(here == files, "round {round}, killed after {come}: byte for byte");
        std::fs::remove_dir_all(&target).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_killed_at_any_moment_ends_byte_for_byte_and_leaves_nothing() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let bytes = content(size(), 0);
    world.file("film.mov", &bytes);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    for round in 0..rounds() {
        proxy.forget();
        let (moment, ended) = killed_and_started_again(&world, &proxy, round);
        let what = format!("round {round} ({moment:?})");
        assert!(ended.contains("(Done") || ended.contains("(Skipped"), "{what}: {ended}");
        sends_again_only_what_was_in_flight(&proxy, &what);
        assert_eq!(world.sandbox.unfinished_uploads().await.unwrap(), 0, "{what}: nothing costs money");
        is_there_and_removed(&world, &bytes, &what).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_where_nothing_may_be_listed_or_removed_at_most_one_upload_is_unknown_per_kill() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let bytes = content(24 * MIB, 0);
    world.file("film.mov", &bytes);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());
    for round in 0..if is_long() { 20 } else { 3 } {
        proxy.forget();
        let (moment, ended) = killed_and_started_again(&world, &proxy, round);
        let what = format!("round {round} ({moment:?})");
        assert!(ended.contains("(Done") || ended.contains("(Skipped"), "{what}: {ended}");
        let told = is_there_and_removed(&world, &bytes, &what).await;
        let unfinished = world.sandbox.unfinished_uploads().await.unwrap() as u64;
        assert!(unfinished <= u64::from(told) + round + 1, "{what}: {unfinished} unfinished, {told} told");
    }
}

/// Looks at what is stored and takes it away; how many uploads are told that cannot be removed.
async fn is_there_and_removed(world: &World, bytes: &[u8], what: &str) -> u32 {
    let app = world.person("ada").await;
    assert!(fetched(world, &app, &private(), 1).await["film.mov"] == bytes, "{what}: byte for byte");
    let (listing, shown) = rows(&app, &private()).await;
    app.delete_selection(&Selection::Only { listing, ids: vec![shown[0].id] }).await.unwrap();
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    let told = app.transfer_summary().left_uploads;
    app.quit().await;
    told
}
