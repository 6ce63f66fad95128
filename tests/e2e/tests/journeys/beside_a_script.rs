//! The window sends a film while a script sends files by `amphora-cli` from the same data folder: nothing is sent twice.

use std::collections::BTreeMap;

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::{Options, Sandbox};
use amphora_storage::{Space, Storage};
use amphora_testbed::{OTHER, Role, storage_in};

use crate::journey;
use crate::steps::{connect, go_to, sign_in, summary, transfers_end};

const PASSWORD: &str = "Harbour-lights-7";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_script_beside_the_open_window_sends_nothing_twice() {
    journey("beside-a-script", KeychainService::Unlocked, async |desktop: &Desktop| {
        let proxy = FaultProxy::start().expect("a port is free");
        let (policy, data) = (PolicySet::Recommended, desktop.folder("server"));
        // Whatever is stored a second time stays to be seen.
        let options = Options { policy, versioning: true, behind: Some(proxy.port()), ..Options::for_tests(data) };
        let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
        proxy.forward_to(sandbox.address());
        sandbox.ensure_user("mira", "mira@example.com", PASSWORD).await.expect("a user");
        let exports = samples::note(&desktop.folder("Downloads"), "aws-exports.json", &sandbox.aws_exports_json());
        let from = desktop.folder("Desktop");
        let film = from.join("walk.mov");
        std::fs::File::create(&film).and_then(|file| file.set_len(20 << 20)).expect("the folder is ours");
        let plan = samples::note(&from, "plan.txt", "A plan for the harbour.\n");

        let window = Window::open(desktop).await;
        connect(&window, &exports).await;
        sign_in(&window, "mira", PASSWORD).await;
        go_to(&window, "Public").await;
        // The film is on its way as long as the script runs.
        proxy.add(Rule::new(Fault::Hold).on("PUT", "partNumber=2"));
        let folder = window.see("main", Name::Any).await;
        window.drag_over(&[film], &folder).await.drop_here().await;
        window.click("button", "Upload to Public").await;
        until("the film to be on its way", || async { (summary(&window).await["running"] == 1).then_some(()) }).await;

        let plan = plan.to_str().expect("the folder has a plain name").to_owned();
        let put = ["put", plan.as_str(), "public:", "--yes"];
        let (code, said) = desktop.run("amphora-cli", &put);
        assert_eq!((code, said.as_str()), (0, "plan.txt\n"), "the window does it, and the script says so");
        let stored = versions(&storage(&sandbox)).await;
        assert_eq!(stored.get("plan.txt"), Some(&1), "and so it is");
        assert_eq!(
            stored.get("walk.mov"),
            None,
            "the script waited for nothing of the window's, and took nothing over"
        );

        proxy.mend();
        assert_eq!(transfers_end(&window).await.1, 0, "nothing of the window failed");
        window.close().await;

        let (code, said) = desktop.run("amphora-cli", &put);
        assert_eq!(code, 0, "with the window closed it finds it there: {said}");
        let expected = BTreeMap::from([("plan.txt".to_owned(), 1), ("walk.mov".to_owned(), 1)]);
        assert_eq!(versions(&storage(&sandbox)).await, expected, "each was stored once");
        // Without the window the command line signs in by itself, and the keychain keeps it for the next one.
        let cli = |arguments: &[&str]| desktop.run("amphora-cli", arguments);
        assert_eq!(cli(&["logout"]).0, 0);
        assert_ne!(cli(&["ls", "private:"]).0, 0, "nobody is signed in");
        let login = |password| desktop.run_with(&[("AMPHORA_PASSWORD", password)], "amphora-cli", &["login", "mira"]);
        assert_eq!(login("wrong").0, 3);
        let (code, said) = login(PASSWORD);
        assert_eq!(code, 0, "{said}");
        assert_eq!(cli(&["ls", "private:"]).0, 0, "the next command asks for no password");
        assert!(cli(&["status"]).1.contains("as mira"));
        assert_eq!(sandbox.unfinished_uploads().await.expect("it can be asked"), 0);
        sandbox.stop().await;
    })
    .await;
}

fn storage(sandbox: &Sandbox) -> Storage {
    storage_in(sandbox, OTHER, Role::Authenticated)
}

/// How often each key of Public was stored.
async fn versions(storage: &Storage) -> BTreeMap<String, usize> {
    let page = storage.version_page(&Space::Public, "", 1000, None).await.expect("versions can be listed");
    let mut counted = BTreeMap::new();
    for version in page.versions {
        *counted.entry(version.key).or_default() += 1;
    }
    counted
}
