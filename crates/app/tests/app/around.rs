//! A running sandbox, an application on a folder of its own, and waiting for states.

use amphora_app::wire::{
    Consent, Filter, Id, Keychain, Level, MediaFilter, PlaceRef, Row, Selection, Sort, SortBy, SpaceRef, TransferRow,
    TransferTab, UploadAnswer,
};
use amphora_app::{App, InMemory, NewsSink, NoPractice, Password, SecretStore, Surroundings};
use amphora_sandbox::{Options, Sandbox};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const PASSWORD: &str = "Correct-horse-9";

/// A storage and a computer.
pub struct World {
    pub sandbox: Sandbox,
    pub dir: TempDir,
    pub secrets: Arc<dyn SecretStore>,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| ()).await
    }

    /// A world with another sandbox.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut options = Options::for_tests(dir.path().join("sandbox"));
        change(&mut options);
        let sandbox = Sandbox::start(options).await.unwrap();
        sandbox.ensure_user("ada", "ada@example.com", PASSWORD).await.unwrap();
        sandbox.ensure_user("bob", "bob@example.com", PASSWORD).await.unwrap();
        Self { sandbox, dir, secrets: Arc::new(InMemory::default()) }
    }

    /// The application as it is right after its start.
    pub async fn app(&self) -> App {
        let app = self.started("app");
        app.restore().await;
        app
    }

    pub fn started(&self, folder: &str) -> App {
        app_with(&self.dir.path().join(folder), self.secrets.clone())
    }

    /// The application connected to the sandbox, as a guest.
    pub async fn guest(&self) -> App {
        let app = self.app().await;
        let preview = app.read_config_file(&self.file("aws-exports.json", self.sandbox.aws_exports_json())).unwrap();
        app.connect(&preview.id).await.unwrap();
        app
    }

    /// The application signed in as one of the two people.
    pub async fn person(&self, name: &str) -> App {
        let app = self.guest().await;
        app.sign_in(name, Password::new(PASSWORD.to_owned())).await.unwrap();
        app
    }

    /// A file on this computer.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join("desktop").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// The application with nothing in its keychain.
pub fn app_at(folder: &Path) -> App {
    app_with(folder, Arc::new(InMemory::default()))
}

fn app_with(folder: &Path, secrets: Arc<dyn SecretStore>) -> App {
    app_that_tells(folder, secrets, Arc::new(()))
}

pub fn app_that_tells(folder: &Path, secrets: Arc<dyn SecretStore>, news: Arc<dyn NewsSink>) -> App {
    let app = App::new(Surroundings {
        data_folder: folder.to_owned(),
        secrets,
        keychain: Keychain::Kept,
        practice: Arc::new(NoPractice),
        news,
    });
    app.unwrap()
}

/// Ends the application; then its folder is free.
pub async fn end(app: App) {
    app.quit().await;
}

pub fn place(level: Level, folder: &str) -> PlaceRef {
    PlaceRef { space: SpaceRef { level, owner: None }, folder: folder.to_owned() }
}

pub const BY_NAME: Sort = Sort { by: SortBy::Name, descending: false };

pub fn everything() -> Filter {
    Filter { text: String::new(), media: MediaFilter::All, album: None }
}

/// Uploads and agrees to whoever can read it.
pub async fn upload(app: &App, paths: Vec<PathBuf>, to: PlaceRef) {
    let grant = app.give_grant(paths);
    let answer = app.upload(&grant.id, to, Consent::Once, None).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Queued { .. }));
}

/// Waits until nothing is under way.
pub async fn settled(app: &App) {
    until("the queue is settled", || async {
        let summary = app.transfer_summary();
        summary.running == 0 && summary.waiting == 0 && summary.done + summary.failed + summary.needs_you > 0
    })
    .await;
}

pub fn transfers(app: &App, tab: TransferTab) -> Vec<TransferRow> {
    app.transfer_rows(tab, 0, 100_000).unwrap()
}

/// The rows of a folder, freshly opened.
pub async fn rows(app: &App, at: &PlaceRef) -> (Id, Vec<Row>) {
    let listing = app.open_listing(at.clone(), BY_NAME, everything()).await.unwrap();
    assert_eq!(listing.failure, None);
    (listing.id, app.rows(listing.id, 0, listing.count).unwrap())
}

pub async fn names(app: &App, at: &PlaceRef) -> Vec<String> {
    rows(app, at).await.1.into_iter().map(|row| row.name).collect()
}

/// All rows of a folder, selected.
pub async fn all_of(app: &App, at: &PlaceRef) -> Selection {
    Selection::AllExcept { listing: rows(app, at).await.0, ids: Vec::new() }
}

/// Waits for a state, at the most for a good while.
pub async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < Duration::from_secs(60), "waited too long until {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
