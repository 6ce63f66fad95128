//! A running sandbox: start it, ask it who it is, stop it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use time::Duration;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::clock::Clock;
use crate::cognito::{Cognito, CognitoOptions, Guests, Mail, PasswordKind, SecondFactor};
use crate::config_files::Info;
use crate::error::{Error, Result};
use crate::iam::PolicySet;
use crate::router::Router;
use crate::s3::{self, Backend};
use crate::secret::Secret;
use crate::server;
use crate::session::Sessions;
use crate::store::{Database, FolderLock, Seed, Store, StoreError};

/// How a sandbox is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where its data is kept; made if need be.
    pub data_dir: PathBuf,
    /// Its port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// A proxy's port on 127.0.0.1 that it stands behind: it answers to that name too, and says it is there.
    pub behind: Option<u16>,
    /// What the two roles may do.
    pub policy: PolicySet,
    /// Whether what was answered survives a power cut. Without, it still survives the end of the process.
    pub fsync: bool,
    /// Origins whose pages may ask; `*` stands for any run of characters.
    pub allow_origins: Vec<String>,
    /// The region that it says it is in. Part of the pools' ids, so it is decided at the first start.
    pub region: String,
    /// The bucket's name.
    pub bucket: String,
    /// Whether the bucket keeps versions from now on. A bucket that keeps them already goes on to.
    pub versioning: bool,
    /// Whether somebody without an account gets keys.
    pub guests: Guests,
    /// Whether everybody must have a second factor.
    pub second_factor: SecondFactor,
    /// How long temporary keys live.
    pub session_lifetime: Duration,
    /// What time it is.
    pub clock: Clock,
}

impl Options {
    /// What the window and the binary start from: the documented policies, synced to disk, nobody's pages allowed.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            port: 0,
            behind: None,
            policy: PolicySet::Documented,
            fsync: true,
            allow_origins: Vec::new(),
            region: "us-east-1".to_owned(),
            bucket: "amphora-sandbox".to_owned(),
            versioning: false,
            guests: Guests::default(),
            second_factor: SecondFactor::default(),
            session_lifetime: Sessions::ONE_HOUR,
            clock: Clock::system(),
        }
    }

    /// The same without waiting for the disk.
    pub fn for_tests(data_dir: impl Into<PathBuf>) -> Self {
        Self { fsync: false, ..Self::new(data_dir) }
    }
}

/// A running sandbox. Dropped, it stops; `stop` also waits until it has.
pub struct Sandbox {
    info: Info,
    address: SocketAddr,
    cognito: Cognito,
    store: Arc<Store>,
    sessions: Sessions,
    clock: Clock,
    mail_token: Secret,
    serving: JoinHandle<()>,
    stop: DropGuard,
}

impl Sandbox {
    /// Takes the data folder, opens everything in it and serves. Fails when another process has the folder or the port.
    pub async fn start(options: Options) -> Result<Self> {
        let (listener, address) = server::bind(options.port).await?;
        let endpoint = match options.behind {
            Some(port) => format!("http://{}:{port}", address.ip()),
            None => format!("http://{address}"),
        };
        let opening = tokio::task::spawn_blocking(move || Opened::open(options));
        let opened =
            opening.await.map_err(|error| Error::Invalid(format!("Couldn't open the sandbox: {error}.")))??;
        let Opened { options, lock, store, sessions, cognito } = opened;

        let backend = Backend {
            store: Arc::clone(&store),
            clock: options.clock.clone(),
            region: options.region.clone(),
            endpoint: endpoint.clone(),
            allow_origins: options.allow_origins.clone().into(),
        };
        let policies = options.policy.for_bucket(&options.bucket)?;
        let mail_token = Secret::random(40);
        let router = Router {
            ports: std::iter::once(address.port()).chain(options.behind).collect(),
            allow_origins: options.allow_origins,
            cognito: cognito.clone(),
            s3: s3::service(backend, sessions.clone(), policies, options.clock.clone()),
            clock: options.clock.clone(),
            mail_token: mail_token.clone(),
        };
        let stop = CancellationToken::new();
        let stopping = stop.clone();
        let serving = tokio::spawn(async move {
            server::serve(listener, Arc::new(router), stopping).await;
            // The folder is free only when nothing writes to it any more.
            drop(lock);
        });
        let info = Info {
            endpoint,
            region: options.region,
            bucket: options.bucket,
            user_pool_id: cognito.user_pool_id().to_owned(),
            user_pool_client_id: cognito.client_id().to_owned(),
            identity_pool_id: cognito.identity_pool_id().to_owned(),
        };
        let stop = stop.drop_guard();
        Ok(Self { info, address, cognito, store, sessions, clock: options.clock, mail_token, serving, stop })
    }

    /// Where it is and what its pools and its bucket are called.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// Where it listens, also when it says that it is elsewhere ([`Options::behind`]).
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The text of `aws-exports.json`.
    pub fn aws_exports_json(&self) -> String {
        self.info.aws_exports_json()
    }

    /// The text of `aws-exports.js`.
    pub fn aws_exports_js(&self) -> String {
        self.info.aws_exports_js()
    }

    /// The text of `amplify_outputs.json`.
    pub fn amplify_outputs_json(&self) -> String {
        self.info.amplify_outputs_json()
    }

    /// Makes a confirmed user, or gives the one that is there this password.
    pub async fn ensure_user(&self, name: &str, email: &str, password: &str) -> Result<()> {
        self.ensure_user_with(name, email, password, PasswordKind::Permanent).await
    }

    /// The same, with a choice whether the password must be replaced at the first sign-in.
    pub async fn ensure_user_with(&self, name: &str, email: &str, password: &str, kind: PasswordKind) -> Result<()> {
        let (cognito, name, email) = (self.cognito.clone(), name.to_owned(), email.to_owned());
        let password = password.to_owned();
        blocking(move || cognito.ensure_user(&name, &email, &password, kind)).await
    }

    /// The mail that was sent, oldest first.
    pub async fn outbox(&self) -> Result<Vec<Mail>> {
        let cognito = self.cognito.clone();
        blocking(move || cognito.outbox()).await
    }

    /// The mail that is sent from now on.
    pub fn subscribe_outbox(&self) -> broadcast::Receiver<Mail> {
        self.cognito.subscribe_outbox()
    }

    /// What `/_sandbox/mail` wants to see in the header `x-amphora-token`; another one at each start.
    pub fn mail_token(&self) -> &Secret {
        &self.mail_token
    }

    /// The two pools.
    pub fn cognito(&self) -> &Cognito {
        &self.cognito
    }

    /// The temporary keys in use; tests issue their own.
    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Its clock, to be shifted.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Writes many small objects under `public/`, straight into the store.
    pub async fn seed(&self, seed: Seed) -> Result<()> {
        let (store, bucket, now) = (Arc::clone(&self.store), self.info.bucket.clone(), self.clock.now());
        let seeding = move || {
            store
                .seed(&bucket, "public/", seed, now.unix_timestamp())
                .map_err(|error| Error::Invalid(format!("Couldn't seed the store: {error}.")))
        };
        blocking(seeding).await
    }

    /// How many uploads in parts were begun and neither finished nor aborted.
    pub async fn unfinished_uploads(&self) -> Result<usize> {
        let (store, bucket) = (Arc::clone(&self.store), self.info.bucket.clone());
        let refused = |error| Error::Invalid(format!("Couldn't list the uploads: {error}."));
        blocking(move || store.uploads(&bucket, "").map(|uploads| uploads.len()).map_err(refused)).await
    }

    /// How many parts those uploads hold; this is what costs.
    pub async fn unfinished_parts(&self) -> Result<usize> {
        let (store, bucket) = (Arc::clone(&self.store), self.info.bucket.clone());
        let refused = |error| Error::Invalid(format!("Couldn't count the parts: {error}."));
        blocking(move || store.count_parts(&bucket).map_err(refused)).await
    }

    /// Makes another bucket beside its own.
    pub async fn add_bucket(&self, name: &str) -> Result<()> {
        let (store, name, now) = (Arc::clone(&self.store), name.to_owned(), self.clock.now());
        let refused = |error| Error::Invalid(format!("Couldn't make the bucket: {error}."));
        blocking(move || store.create_bucket(&name, now.unix_timestamp()).map_err(refused)).await
    }

    /// Has the bucket keep versions from now on.
    pub async fn keep_versions(&self) -> Result<()> {
        let (store, bucket) = (Arc::clone(&self.store), self.info.bucket.clone());
        blocking(move || keep_versions(&store, &bucket)).await
    }

    /// Stops: no new request, those under way may end. Then the data folder is free.
    pub async fn stop(self) {
        let Self { serving, stop, cognito, store, .. } = self;
        drop((cognito, store));
        drop(stop);
        if let Err(error) = serving.await {
            tracing::warn!(%error, "the server didn't end well");
        }
    }
}

/// What is open before anything is served.
struct Opened {
    options: Options,
    lock: FolderLock,
    store: Arc<Store>,
    sessions: Sessions,
    cognito: Cognito,
}

impl Opened {
    fn open(options: Options) -> Result<Self> {
        make_private_folder(&options.data_dir)?;
        let lock = FolderLock::take(&options.data_dir)?;
        let store = Store::open(&options.data_dir, options.fsync)?;
        match store.create_bucket(&options.bucket, options.clock.now().unix_timestamp()) {
            Ok(()) | Err(StoreError::BucketExists) => {}
            Err(error) => return Err(Error::Invalid(format!("Couldn't make the bucket {}: {error}.", options.bucket))),
        }
        if options.versioning {
            keep_versions(&store, &options.bucket)?;
        }
        let database = Database::new(&options.data_dir, options.fsync);
        let sessions = Sessions::open(&database, options.session_lifetime, options.clock.now())?;
        let cognito = Cognito::open(CognitoOptions {
            data_dir: options.data_dir.clone(),
            database,
            sessions: sessions.clone(),
            region: options.region.clone(),
            clock: options.clock.clone(),
            guests: options.guests,
            second_factor: options.second_factor,
        })?;
        Ok(Self { options, lock, store: Arc::new(store), sessions, cognito })
    }
}

fn keep_versions(store: &Store, bucket: &str) -> Result<()> {
    let refused = |error| Error::Invalid(format!("Couldn't have the bucket keep versions: {error}."));
    store.set_versioning(bucket, true).map_err(refused)
}

/// Keys lie in the folder: only its owner may look into it.
fn make_private_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(Error::file("create", folder))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Invalid(format!("The sandbox was interrupted: {error}.")))?
}
