//! The provider `AWSS3`: which bucket, level and session a call is for. What is then done is in `verbs`.

mod verbs;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use aws_credential_types::provider::SharedCredentialsProvider;
use futures::future::BoxFuture;
use serde_json::{Map, Value};

use crate::body::Body;
use crate::category::config::AwsS3Config;
use crate::category::{
    CallOptions, CategoryError, CopyCall, GetCall, Got, Level, ListCall, Listed, PutCall, PutResult, RemoveCall,
    StorageProvider, tell,
};
use crate::error::{ErrorKind, StorageError};
use crate::event::{Event, EventSink};
use crate::space::{IdentityId, Owner, Space};
use crate::storage::{Storage, StorageConfig};

/// The name of the provider that is always there.
pub const AWS_S3: &str = "AWSS3";

/// Who signs.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The credentials, which refresh by themselves.
    pub credentials: SharedCredentialsProvider,
    /// Whose Private and Protected it is.
    pub identity: Option<IdentityId>,
    /// Another number for every sign-in: nothing goes on as somebody else.
    pub session: u64,
}

/// Whoever is signed in, or a guest.
pub trait Session: fmt::Debug + Send + Sync {
    /// Who signs now; else why nobody does, in a sentence.
    fn signed(&self) -> BoxFuture<'_, Result<Signed, String>>;
}

/// One provider with a configuration of its own; a vault has another.
pub(super) struct AwsS3 {
    session: Arc<dyn Session>,
    /// The level of calls that name none, whatever is configured: a vault's.
    level: Option<Level>,
    config: RwLock<AwsS3Config>,
    opened: Mutex<Opened>,
    sink: RwLock<Option<Arc<dyn EventSink>>>,
}

/// Clients of one session; those of the session before are dropped.
#[derive(Default)]
struct Opened {
    session: u64,
    storages: HashMap<(String, String, Option<String>), Storage>,
}

impl AwsS3 {
    pub fn new(session: Arc<dyn Session>, level: Option<Level>) -> Self {
        let (config, opened, sink) = Default::default();
        Self { session, level, config, opened, sink }
    }

    pub fn listen(&self, sink: Arc<dyn EventSink>) {
        *self.sink.write().unwrap_or_else(PoisonError::into_inner) = Some(sink);
    }

    fn config(&self) -> AwsS3Config {
        self.config.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells the sink, if this call is tracked. Amplify tells nothing of calls that failed for want of credentials.
    fn tell<T>(&self, call: &CallOptions, outcome: &Result<T, CategoryError>, event: impl FnOnce() -> Event) {
        let tracked = call.track.or(self.config().track).unwrap_or(false);
        if tracked
            && !matches!(outcome, Err(CategoryError::NoCredentials { .. }))
            && let Some(sink) = self.sink.read().unwrap_or_else(PoisonError::into_inner).as_ref()
        {
            sink.record(event());
        }
    }

    /// The bucket and the space that a call is for.
    async fn open(&self, config: &AwsS3Config, call: &CallOptions) -> Result<(Storage, Space), CategoryError> {
        let signed = self.session.signed().await.map_err(|cause| CategoryError::NoCredentials { cause })?;
        let named = call.bucket.as_ref().and_then(|name| config.buckets.get(name));
        let bucket = named.map(|named| &named.bucket).or(call.bucket.as_ref()).or(config.bucket.as_ref());
        let region = call.region.as_ref().or(named.map(|named| &named.region)).or(config.region.as_ref());
        let bucket = bucket.ok_or(CategoryError::NoBucket)?.clone();
        let region = region.ok_or(CategoryError::NoRegion)?.clone();
        let space = self.space(config, call, signed.identity.as_ref())?;
        let storage = self.storage(config, signed, bucket, region);
        let prefixes = call.custom_prefix.as_ref().or(config.custom_prefix.as_ref());
        let prefixes = prefixes.cloned().unwrap_or_default().prefixes();
        Ok((storage.with_prefixes(prefixes), space))
    }

    fn storage(&self, config: &AwsS3Config, signed: Signed, bucket: String, region: String) -> Storage {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.session != signed.session {
            *opened = Opened { session: signed.session, ..Opened::default() };
        }
        let place = (bucket, region, config.endpoint.clone());
        let Signed { credentials, identity, .. } = signed;
        let storage = opened.storages.entry(place).or_insert_with_key(|(bucket, region, endpoint)| {
            let (bucket, region, endpoint) = (bucket.clone(), region.clone(), endpoint.clone());
            Storage::new(
                StorageConfig { bucket, region, endpoint, prefixes: Default::default() },
                credentials,
                identity,
            )
        });
        storage.clone()
    }

    fn space(&self, config: &AwsS3Config, call: &CallOptions, me: Option<&IdentityId>) -> Result<Space, CategoryError> {
        let level = call.level.or(self.level).or(config.level).unwrap_or_default();
        let other = call.identity_id.as_ref().or(config.identity_id.as_ref()).filter(|id| Some(*id) != me);
        match (level, other) {
            (Level::Public, _) => Ok(Space::Public),
            (Level::Protected, None) => Ok(Space::Protected(Owner::Me)),
            (Level::Protected, Some(other)) => Ok(Space::Protected(Owner::Person(other.clone()))),
            (Level::Private, None) => Ok(Space::Private),
            // Amplify leaves it to the policies; nobody's private files are anybody else's.
            (Level::Private, Some(other)) => {
                let error = StorageError::new(ErrorKind::AccessDenied, "open", other.as_str());
                Err(error.with_detail("another person's private files are theirs alone").into())
            }
        }
    }
}

impl AwsS3 {
    pub async fn copy(&self, from: &str, to: &str, options: CopyCall) -> Result<PutResult, CategoryError> {
        let call = options.call.clone();
        let outcome = self.copy_now(from, to, options).await;
        self.tell(&call, &outcome, || tell::copy(from, to, &outcome));
        outcome
    }
}

impl StorageProvider for AwsS3 {
    fn configure(&self, config: &Map<String, Value>) -> Result<Value, CategoryError> {
        let mut held = self.config.write().unwrap_or_else(PoisonError::into_inner);
        *held = held.with(config)?;
        Ok(held.tell())
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        body: Body,
        options: PutCall,
    ) -> BoxFuture<'a, Result<PutResult, CategoryError>> {
        Box::pin(async move {
            let call = options.call.clone();
            let outcome = self.put_now(key, body, options).await;
            self.tell(&call, &outcome, || tell::put(key, &outcome));
            outcome
        })
    }

    fn get<'a>(&'a self, key: &'a str, options: GetCall) -> BoxFuture<'a, Result<Got, CategoryError>> {
        Box::pin(async move {
            let (call, download) = (options.call.clone(), options.download);
            let outcome = self.get_now(key, options).await;
            let event = if download { tell::download } else { tell::link };
            self.tell(&call, &outcome, || event(key, &outcome));
            outcome
        })
    }

    fn remove<'a>(&'a self, key: &'a str, options: RemoveCall) -> BoxFuture<'a, Result<(), CategoryError>> {
        Box::pin(async move {
            let call = options.call.clone();
            let outcome = self.remove_now(key, options).await;
            self.tell(&call, &outcome, || tell::remove(key, &outcome));
            outcome
        })
    }

    fn list<'a>(&'a self, path: &'a str, options: ListCall) -> BoxFuture<'a, Result<Listed, CategoryError>> {
        Box::pin(async move {
            let call = options.call.clone();
            let outcome = self.list_now(path, options).await;
            self.tell(&call, &outcome, || tell::list(&outcome));
            outcome
        })
    }

    fn get_provider_name(&self) -> &str {
        AWS_S3
    }
}

impl fmt::Debug for AwsS3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AwsS3").field("config", &self.config()).finish_non_exhaustive()
    }
}
