//! The application without a window: one value that every command works on.

use crate::activity::Activities;
use crate::background::Background;
use crate::data::DataFolder;
use crate::grants::Grants;
use crate::listing::Listings;
use crate::news::{News, NewsSink};
use crate::picks::Picks;
use crate::pictures::Pictures;
use crate::practice::PracticeStorage;
use crate::script::Door;
use crate::session::{Session, places};
use crate::settings::{self, Agreed, Settings};
use crate::transfers::{PREPARED, Transfers};
use crate::wire::{Account, AppState, Failure, Grant, Id, Keychain, Row, StorageInfo, Theme};
use amphora_auth::SecretStore;
use amphora_config::Backend;
use amphora_storage::Pace;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// How often news of listings and transfers goes out at the most.
const NEWS_EVERY: Duration = Duration::from_millis(100);

/// What the application is given by whoever starts it.
pub struct Surroundings {
    /// The folder for settings, caches and the practice storage.
    pub data_folder: PathBuf,
    /// The keychain, or a store that forgets at the end of the run.
    pub secrets: Arc<dyn SecretStore>,
    /// Which of the two it is.
    pub keychain: Keychain,
    /// Starts the embedded practice storage.
    pub practice: Arc<dyn PracticeStorage>,
    /// Where news goes.
    pub news: Arc<dyn NewsSink>,
}

/// The application. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What all clones of an [`App`] share. Opaque outside this crate.
pub struct Inner {
    pub(crate) data: DataFolder,
    pub(crate) secrets: Arc<dyn SecretStore>,
    pub(crate) keychain: Keychain,
    pub(crate) practice: Arc<dyn PracticeStorage>,
    pub(crate) news: Arc<dyn NewsSink>,
    pub(crate) grants: Grants,
    pub(crate) picks: Picks,
    pub(crate) listings: Listings,
    pub(crate) transfers: Transfers,
    pub(crate) pictures: Pictures,
    pub(crate) activities: Activities,
    pub(crate) door: Door,
    pub(crate) background: Background,
    /// The pace that all transfers keep together, whoever is signed in.
    pub(crate) pace: Arc<Pace>,
    pub(crate) previews: Mutex<HashMap<String, Backend>>,
    /// One change of identity at a time.
    pub(crate) changing: tokio::sync::Mutex<()>,
    settings: Mutex<Settings>,
    session: RwLock<Option<Arc<Session>>>,
    agreed_now: Mutex<Vec<Agreed>>,
    revision: AtomicU64,
    pub(crate) restored: watch::Sender<bool>,
    /// The practice storage's letters are being passed on.
    pub(crate) passing_letters: AtomicBool,
}

/// Inside this crate an `App` reads like its fields; outside it has methods only.
impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens the data folder and starts the clock of the news; `restore` then opens the storage of the last run.
    /// Must be called on a Tokio runtime.
    ///
    /// # Errors
    /// The data folder is in use or cannot be opened.
    pub fn new(around: Surroundings) -> Result<Self, Failure> {
        let data = DataFolder::open(&around.data_folder)?;
        let settings: Settings = data.read(settings::FILE);
        let pictures = Pictures::open(&data.join("pictures"));
        let journal = data.join("transfers.sqlite");
        // What was made ready to be sent is made anew where it has to be.
        let _gone = std::fs::remove_dir_all(data.join(PREPARED));
        let activities = Activities::of(data.join("activity"));
        let app = Self(Arc::new(Inner {
            data,
            secrets: around.secrets,
            keychain: around.keychain,
            practice: around.practice,
            news: around.news,
            grants: Grants::default(),
            picks: Picks::default(),
            listings: Listings::default(),
            transfers: Transfers::open(&journal, settings.transfers.continue_on_start)?,
            pictures,
            activities,
            door: Door::default(),
            background: Background::default(),
            pace: Arc::default(),
            previews: Mutex::default(),
            changing: tokio::sync::Mutex::default(),
            settings: Mutex::new(settings),
            session: RwLock::default(),
            agreed_now: Mutex::default(),
            revision: AtomicU64::new(0),
            restored: watch::Sender::new(false),
            passing_letters: AtomicBool::new(false),
        }));
        app.keep_transfer_settings();
        app.start_news();
        Ok(app)
    }

    /// The state once the storage of the last run is open: what the window shows first.
    pub async fn state_when_restored(&self) -> AppState {
        // Fails only when the sender is gone, and we hold it.
        let _ = self.restored.subscribe().wait_for(|restored| *restored).await;
        self.state()
    }

    /// The state that every screen starts from.
    #[must_use]
    pub fn state(&self) -> AppState {
        let revision = Id(self.revision.load(Ordering::SeqCst));
        let theme = self.settings().theme;
        let Some(session) = self.session_if_any() else {
            return AppState {
                revision,
                storage: None,
                account: Account::Nobody,
                places: Vec::new(),
                pinned: Vec::new(),
                keychain: self.keychain,
                session_ended: false,
                problem: None,
                theme,
            };
        };
        AppState {
            revision,
            storage: Some(storage_info(&session)),
            account: session.account(),
            places: places(&session),
            pinned: self.pinned(&session),
            keychain: if session.auth.keeps_sign_in() { self.keychain } else { Keychain::ThisRunOnly },
            session_ended: session.session_ended,
            problem: session.problem.clone().or_else(|| self.transfers.problem()),
            theme,
        }
    }

    /// Chooses light, dark or as the system says.
    ///
    /// # Errors
    /// The choice cannot be saved.
    pub fn set_theme(&self, theme: Theme) -> Result<AppState, Failure> {
        self.change_settings(|settings| settings.theme = theme)?;
        Ok(self.tell_state())
    }

    /// Grants the reading of what the person picked or dropped. For the window's own dialogs and drops only.
    #[must_use]
    pub fn give_grant(&self, paths: Vec<PathBuf>) -> Grant {
        self.grants.give(paths)
    }

    /// A window of a listing's rows.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn rows(&self, listing: Id, start: u32, end: u32) -> Result<Vec<Row>, Failure> {
        self.listings.rows(listing, start, end)
    }

    /// Where the row with this key stands in a listing.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn position_of(&self, listing: Id, key: &str) -> Result<Option<u32>, Failure> {
        self.listings.position_of(listing, key)
    }

    /// Closes a listing.
    pub fn close_listing(&self, listing: Id) {
        self.listings.close(listing);
        self.stop_looking(listing);
    }

    /// For what must not keep the application from ending.
    pub(crate) fn weak(&self) -> Weak<Inner> {
        Arc::downgrade(&self.0)
    }

    /// The application, unless it has ended.
    pub(crate) fn of(weak: &Weak<Inner>) -> Option<Self> {
        weak.upgrade().map(Self)
    }

    pub(crate) fn session(&self) -> Result<Arc<Session>, Failure> {
        self.session_if_any().ok_or_else(Failure::not_connected)
    }

    pub(crate) fn session_if_any(&self) -> Option<Arc<Session>> {
        self.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one place where an identity changes: what ran under the old one stops, what it had open is closed.
    pub(crate) fn replace_session(&self, session: Option<Session>) -> AppState {
        let session = session.map(Arc::new);
        let old = {
            let mut current = self.session.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, session)
        };
        if let Some(old) = old {
            old.over.cancel();
        }
        self.listings.close_all();
        self.transfers.owner_changed();
        let state = self.tell_state();
        self.pump();
        let app = self.clone();
        self.transfers.tasks.spawn(async move { app.discard_left_uploads().await });
        state
    }

    pub(crate) fn tell_state(&self) -> AppState {
        self.revision.fetch_add(1, Ordering::SeqCst);
        let state = self.state();
        self.news.tell(News::State(Box::new(state.clone())));
        state
    }

    pub(crate) fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Failure> {
        // One writer at a time, and nothing is remembered that could not be saved.
        let mut settings = self.settings();
        let mut changed = settings.clone();
        change(&mut changed);
        self.data.write(settings::FILE, &changed)?;
        *settings = changed;
        Ok(())
    }

    /// Whether this account agreed to upload where others can read: in this run, or for good.
    pub(crate) fn has_agreed(&self, agreed: &Agreed) -> bool {
        let now = self.agreed_now.lock().unwrap_or_else(PoisonError::into_inner);
        now.contains(agreed) || self.settings().agreed.contains(agreed)
    }

    /// Remembers the agreement for this run, and for good where the person said so.
    pub(crate) fn agree(&self, agreed: Agreed, for_good: bool) -> Result<(), Failure> {
        self.agreed_now.lock().unwrap_or_else(PoisonError::into_inner).push(agreed.clone());
        if for_good { self.change_settings(|settings| settings.agreed.push(agreed)) } else { Ok(()) }
    }

    fn start_news(&self) {
        let (weak, over) = (self.weak(), self.background.over.clone());
        self.background.tasks.spawn(async move {
            let mut every = tokio::time::interval(NEWS_EVERY);
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            while over.run_until_cancelled(every.tick()).await.is_some() {
                let Some(app) = Self::of(&weak) else { return };
                // Sorting a huge folder takes a moment: not on the threads that move bytes.
                if tokio::task::spawn_blocking(move || app.tell_changes()).await.is_err() {
                    tracing::error!("the news stopped for a moment");
                }
            }
        });
    }

    fn tell_changes(&self) {
        self.look_at_awaited();
        for change in self.listings.take_changes() {
            self.news.tell(News::Listing(change));
        }
        for learned in self.listings.take_learned() {
            self.news.tell(News::Pictures(learned));
        }
        if let Some(session) = self.session_if_any()
            && let Some(summary) = self.transfers.take_summary(&session.owner())
        {
            self.news.tell(News::Transfers(summary));
            let ended = self.transfers.lock().take_run_end(&session.owner());
            if let Some(ended) = ended {
                self.news.tell(News::RunEnded(ended));
            }
        }
    }
}

fn storage_info(session: &Session) -> StorageInfo {
    let backend = &session.backend;
    StorageInfo {
        id: backend.id(),
        name: backend.name.clone(),
        region: backend.bucket.region.clone(),
        host: backend.host(),
        bucket: backend.bucket.name.clone(),
        practice: session.practice,
        sign_in: backend.user_pool.is_some(),
        guests: !backend.mandatory_sign_in,
    }
}
