//! A folder of 300 files over a slow line: the line cut, paused, the application ended and started, gone on with, one cancelled, one that
//! failed tried again; every byte is then looked for in the bucket.

use std::path::{Path, PathBuf};

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::{Options, Sandbox};
use amphora_storage::{Control, Key, Shape, Space};
use amphora_testbed::{OTHER, Role, storage_in};

use crate::journey;
use crate::steps::{connect, go_to, sign_in, summary, transfers_end};

const PASSWORD: &str = "Harbour-lights-7";
const NOTES: usize = 300;
/// Goes in parts.
const FILM: &str = "walk.mov";
const FILM_SIZE: u64 = 20 << 20;

// The storage must not stand still while the journey waits for a program of the desktop.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_of_300_files_survives_a_slow_line_and_an_end_of_the_application() {
    journey("bad-line", KeychainService::Unlocked, async |desktop: &Desktop| {
        let proxy = FaultProxy::start().expect("a port is free");
        let (policy, data) = (PolicySet::Recommended, desktop.folder("server"));
        let options = Options { policy, behind: Some(proxy.port()), ..Options::for_tests(data) };
        let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
        proxy.forward_to(sandbox.address());
        sandbox.ensure_user("mira", "mira@example.com", PASSWORD).await.expect("a user");
        let exports = samples::note(&desktop.folder("Downloads"), "aws-exports.json", &sandbox.aws_exports_json());

        let window = Window::open(desktop).await;
        connect(&window, &exports).await;
        sign_in(&window, "mira", PASSWORD).await;
        go_to(&window, "Public").await;
        proxy.slow(400_000);
        // An empty folder has no rows to drop between.
        let folder = window.see("main", Name::Any).await;
        window.drag_over(&[archive(desktop)], &folder).await.drop_here().await;
        window.click("button", "Upload to Public").await;
        window.click("button", "Show transfers").await;
        some_are_done(&window).await;
        window.shot("under-way").await;
        proxy.cut();
        window.reads("Offline, goes on by itself").await;
        window.shot("offline").await;
        proxy.mend();
        proxy.slow(400_000);
        until("it goes on by itself", || async {
            let summary = summary(&window).await;
            (summary["offline"] == false && summary["failed"] == 0).then_some(())
        })
        .await;
        window.click("button", "Pause all").await;
        let paused = everything_is_paused(&window).await;
        window.shot("paused").await;
        window.close().await;

        proxy.mend();
        // One that is refused, and one that does not come to its end before it is cancelled.
        proxy.add(Rule::new(Fault::denied()).on("PUT", "note%20").times(1));
        proxy.add(Rule::new(Fault::Hold).on("PUT", FILM));
        let window = Window::open(desktop).await;
        window.see("button", Name::Has("mira@example.com")).await;
        window.reads(&format!("{paused} paused")).await;
        assert_eq!(summary(&window).await["running"], 0, "it waits for its person");
        window.click("button", "Show transfers").await;
        window.click("radio", Name::Starts("Paused")).await;
        window.click("button", "Go on with all").await;
        one_failed_and_one_hangs(&window).await;

        window.click("radio", Name::Starts("Failed")).await;
        window.shot("refused").await;
        window.click("button", Name::Starts("Try note")).await;
        window.click("radio", Name::Starts("In progress")).await;
        window.click("button", Name::Starts("Cancel walk")).await;
        let (done, failed, asked) = transfers_end(&window).await;
        assert_eq!((failed, asked), (0, 0), "{done} are done, nothing failed in the end");
        proxy.release();
        window.shot("end").await;

        everything_is_there(&sandbox, &desktop.folder("Archive")).await;
        let nothing_left = || async { (sandbox.unfinished_uploads().await.ok()? == 0).then_some(()) };
        until("what was sent of the cancelled one to be removed", nothing_left).await;
        window.close().await;
        sandbox.stop().await;
    })
    .await;
}

fn archive(desktop: &Desktop) -> PathBuf {
    let folder = desktop.folder("Archive");
    for number in 0..NOTES {
        samples::note(&folder, &format!("note {number:03}.txt"), &content(number));
    }
    let film = std::fs::File::create(folder.join(FILM)).and_then(|file| file.set_len(FILM_SIZE));
    film.expect("the folder is ours");
    folder
}

/// Another text of about 12 kB for each.
fn content(number: usize) -> String {
    (0..1000).map(|line| format!("{}.{line}\n", number * 7919)).collect()
}

async fn some_are_done(window: &Window<'_>) {
    until("all to be found and some to be done", || async {
        let now = summary(window).await;
        let of = |name: &str| now[name].as_u64().unwrap_or_default();
        let found = of("running") + of("waiting") + of("done");
        (found > NOTES as u64 && of("done") >= 10).then_some(())
    })
    .await;
}

async fn everything_is_paused(window: &Window<'_>) -> u64 {
    until("everything to be paused", || async {
        let now = summary(window).await;
        let of = |name: &str| now[name].as_u64().unwrap_or_default();
        (of("running") + of("waiting") == 0 && of("paused") > 0).then(|| of("paused"))
    })
    .await
}

async fn one_failed_and_one_hangs(window: &Window<'_>) {
    until("one to fail and one to hang, the rest being done", || async {
        let now = summary(window).await;
        (now["waiting"] == 0 && now["paused"] == 0 && now["running"] == 1 && now["failed"] == 1).then_some(())
    })
    .await;
}

/// The notes, byte for byte, and nothing else.
async fn everything_is_there(sandbox: &Sandbox, folder: &Path) {
    let storage = storage_in(sandbox, OTHER, Role::Authenticated);
    let page = storage.list_page(&Space::Public, "Archive/", Shape::Deep, None).await.expect("Public can be listed");
    let names: Vec<_> = page.objects.iter().map(|object| object.key.trim_start_matches("Archive/")).collect();
    let expected: Vec<_> = (0..NOTES).map(|number| format!("note {number:03}.txt")).collect();
    assert_eq!(names, expected, "every note, not the film that was cancelled");
    for name in names {
        let key = Key::parse(&format!("Archive/{name}")).expect("it was just listed");
        let object = storage.get(&Space::Public, &key, None, &Control::default()).await.expect("Public can be read");
        assert!(object.bytes == std::fs::read(folder.join(name)).expect("it was made here"), "{name}: byte for byte");
    }
}
