//! A storage, a data folder, and the command line as a process of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use amphora_app::wire::Keychain;
use amphora_app::{App, InMemory, NoPractice, Password, Surroundings};
use amphora_sandbox::{Options, Sandbox};
use amphora_storage::Space;
use amphora_testbed::{OTHER, PolicySet, Role, storage_in};
use tempfile::TempDir;

pub const PASSWORD: &str = "Correct-horse-9";

/// A storage and a computer.
pub struct World {
    pub dir: TempDir,
    pub sandbox: Option<Sandbox>,
    pub runtime: tokio::runtime::Runtime,
}

impl World {
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    /// A world with another sandbox.
    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut options = Options::for_tests(dir.path().join("sandbox"));
        change(&mut options);
        let sandbox = runtime.block_on(async {
            let sandbox = Sandbox::start(options).await.unwrap();
            sandbox.ensure_user("ada", "ada@example.com", PASSWORD).await.unwrap();
            sandbox.ensure_user("bob", "bob@example.com", PASSWORD).await.unwrap();
            sandbox
        });
        std::fs::write(dir.path().join("aws-exports.json"), sandbox.aws_exports_json()).unwrap();
        Self { dir, sandbox: Some(sandbox), runtime }
    }

    pub fn run(&self, arguments: &[&str], user: Option<&str>, password: &str) -> Output {
        self.command(arguments, user, password).output().unwrap()
    }

    /// The command, not started yet.
    pub fn command(&self, arguments: &[&str], user: Option<&str>, password: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amphora-cli"));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .env("AMPHORA_DATA_DIR", self.dir.path().join("data"))
            .env("AMPHORA_PASSWORD", password)
            // Nobody's own keychain.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env_remove("AMPHORA_BACKEND")
            .env_remove("AMPHORA_USER");
        if let Some(user) = user {
            command.env("AMPHORA_USER", user);
        }
        command
    }

    /// As ada: the exit code and what was printed.
    pub fn ada(&self, arguments: &[&str]) -> (i32, String) {
        told(&self.run(arguments, Some("ada"), PASSWORD))
    }

    pub fn file(&self, name: &str, content: &[u8]) {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn connected() -> Self {
        Self::new().connect()
    }

    pub fn connect(self) -> Self {
        let world = self;
        assert_eq!(told(&world.run(&["connect", "aws-exports.json"], None, "")).0, 0);
        world
    }
}

pub fn told(output: &Output) -> (i32, String) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap(), text)
}

pub fn read(path: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

impl World {
    /// One whose storage keeps every version, perhaps behind a proxy: what is stored a second time stays to be seen.
    pub fn that_counts(behind: Option<u16>) -> Self {
        Self::with(|options| {
            (options.policy, options.versioning, options.behind) = (PolicySet::Recommended, true, behind);
        })
    }

    /// How often each key of Public was stored.
    pub fn versions(&self) -> BTreeMap<String, usize> {
        let storage = storage_in(self.sandbox.as_ref().unwrap(), OTHER, Role::Authenticated);
        let page = self.runtime.block_on(storage.version_page(&Space::Public, "", 1000, None)).unwrap();
        let mut counted = BTreeMap::new();
        for version in page.versions {
            *counted.entry(version.key).or_default() += 1;
        }
        counted
    }

    /// Holds the data folder as the window does, signed in as ada, with its door open.
    pub fn holder(&self) -> App {
        self.runtime.block_on(async {
            let app = App::new(Surroundings {
                data_folder: self.dir.path().join("data"),
                secrets: Arc::new(InMemory::default()),
                keychain: Keychain::ThisRunOnly,
                practice: Arc::new(NoPractice),
                news: Arc::new(()),
            })
            .unwrap();
            app.open_door().unwrap();
            app.restore().await;
            app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
            app
        })
    }

    /// Ends a holder; then the folder is free.
    pub fn end(&self, app: App) {
        self.runtime.block_on(app.quit());
    }
}

/// Waits for a state, at the most for a good while.
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
