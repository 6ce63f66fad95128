//! A storage: a bucket, its prefixes, and the identity whose credentials sign. Its verbs are in the files of their names.

use std::fmt;
use std::sync::Arc;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::Client;

use crate::client;
use crate::download::SmallFiles;
use crate::encryption::CustomerKey;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::pace::Pace;
use crate::space::{IdentityId, NoIdentity, Prefixes, Space, Verb};
use crate::store::Store;

/// Which bucket, where, and how its levels are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageConfig {
    /// The bucket's name.
    pub bucket: String,
    /// The bucket's region; requests are signed for it.
    pub region: String,
    /// A server in place of AWS's, spoken to with the bucket in the path.
    pub endpoint: Option<String>,
    /// The levels' prefixes.
    pub prefixes: Prefixes,
}

/// One bucket as one identity sees it. Cheap to clone; another identity needs another `Storage`.
#[derive(Clone)]
pub struct Storage {
    shared: Arc<Inner>,
    customer_key: Option<Arc<CustomerKey>>,
    /// In place of the configured ones.
    prefixes: Option<Arc<Prefixes>>,
    pace: Arc<Pace>,
}

struct Inner {
    client: Client,
    credentials: SharedCredentialsProvider,
    /// Tells one identity from another, whichever bucket it looks at.
    signer: Arc<()>,
    config: StorageConfig,
    me: Option<IdentityId>,
    /// In place of S3.
    store: Option<Arc<dyn Store>>,
    small_files: Arc<SmallFiles>,
}

/// An object by its whole S3 key, and by the key that people know.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub full: String,
    pub key: Key,
    pub prefix: String,
}

impl Storage {
    /// Opens a bucket. Sends nothing yet.
    pub fn new(config: StorageConfig, credentials: SharedCredentialsProvider, me: Option<IdentityId>) -> Self {
        Self::signed_by(Arc::default(), config, credentials, me)
    }

    fn signed_by(
        signer: Arc<()>,
        config: StorageConfig,
        credentials: SharedCredentialsProvider,
        me: Option<IdentityId>,
    ) -> Self {
        let client = client::client(&config, credentials.clone());
        let small_files = Arc::default();
        let inner = Inner { client, credentials, signer, config, me, store: None, small_files };
        Self { shared: Arc::new(inner), customer_key: None, prefixes: None, pace: Arc::default() }
    }

    /// Another store in place of S3, under the name that caches tell it by. It takes put, get, remove and list; what only S3
    /// has (links, copies, tags, versions, properties, encryption) fails with `Unsupported`.
    pub fn over(store: Arc<dyn Store>, name: &str) -> Self {
        let (client, credentials) = client::without_line();
        let config = StorageConfig {
            bucket: name.to_owned(),
            region: String::new(),
            endpoint: None,
            prefixes: Prefixes::default(),
        };
        let (signer, small_files) = (Arc::default(), Arc::default());
        let shared = Inner { client, credentials, signer, config, me: None, store: Some(store), small_files };
        Self { shared: Arc::new(shared), customer_key: None, prefixes: None, pace: Arc::default() }
    }

    /// The same storage, whose transfers keep this pace together with all others that are given it.
    #[must_use]
    pub fn with_pace(&self, pace: Arc<Pace>) -> Self {
        Self { pace, ..self.clone() }
    }

    /// The same storage, whose uploads are encrypted with this key and whose reads decrypt with it (SSE-C). Objects that
    /// are not encrypted with it cannot be read through it.
    #[must_use]
    pub fn with_customer_key(&self, key: CustomerKey) -> Self {
        Self { customer_key: Some(Arc::new(key)), ..self.clone() }
    }

    /// Another bucket, as the same identity sees it.
    #[must_use]
    pub fn in_bucket(&self, bucket: &str, region: &str) -> Self {
        let here = &self.shared.config;
        if here.bucket == bucket && here.region == region {
            return self.clone();
        }
        let config = StorageConfig { bucket: bucket.to_owned(), region: region.to_owned(), ..here.clone() };
        let Inner { credentials, signer, me, .. } = self.shared.as_ref();
        Self {
            prefixes: self.prefixes.clone(),
            customer_key: self.customer_key.clone(),
            pace: self.pace.clone(),
            ..Self::signed_by(signer.clone(), config, credentials.clone(), me.clone())
        }
    }

    /// The same storage with other prefixes of its levels.
    #[must_use]
    pub fn with_prefixes(&self, prefixes: Prefixes) -> Self {
        Self { prefixes: Some(Arc::new(prefixes)), ..self.clone() }
    }

    /// The identity whose Private and Protected this is.
    pub fn identity(&self) -> Option<&IdentityId> {
        self.shared.me.as_ref()
    }

    /// What it was opened with.
    pub fn config(&self) -> &StorageConfig {
        &self.shared.config
    }

    /// Whether it is S3, and no other store in its place.
    pub fn is_s3(&self) -> bool {
        self.store().is_none()
    }

    pub(crate) fn store(&self) -> Option<&dyn Store> {
        self.shared.store.as_deref()
    }

    pub(crate) fn client(&self) -> &Client {
        &self.shared.client
    }

    pub(crate) fn small_files(&self) -> &Arc<SmallFiles> {
        &self.shared.small_files
    }

    pub(crate) fn pace(&self) -> &Arc<Pace> {
        &self.pace
    }

    pub(crate) fn customer_key(&self) -> Option<&CustomerKey> {
        self.customer_key.as_deref()
    }

    pub(crate) fn is_same_identity(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared.signer, &other.shared.signer)
    }

    pub(crate) fn credentials(&self) -> &SharedCredentialsProvider {
        &self.shared.credentials
    }

    pub(crate) fn bucket(&self) -> &str {
        &self.shared.config.bucket
    }

    /// The prefix of a space in which something is to be done.
    pub(crate) fn prefix(
        &self,
        space: &Space,
        verb: Verb,
        action: &'static str,
        object: &str,
    ) -> Result<String, StorageError> {
        if let Some(why) = space.refusal(verb, self.identity()) {
            return Err(StorageError::new(ErrorKind::AccessDenied, action, object).with_detail(why));
        }
        let prefixes = self.prefixes.as_deref().unwrap_or(&self.shared.config.prefixes);
        let prefix = prefixes.of(space, self.identity());
        prefix.map_err(|NoIdentity| {
            StorageError::new(ErrorKind::SignedOut, action, object).with_detail(NoIdentity.to_string())
        })
    }

    /// What something is to be done with. What is known to be refused is refused here, whatever the server would say.
    pub(crate) fn target(
        &self,
        space: &Space,
        key: &Key,
        verb: Verb,
        action: &'static str,
    ) -> Result<Target, StorageError> {
        let prefix = self.prefix(space, verb, action, key.as_str())?;
        Ok(Target { full: key.under(&prefix, action)?, key: key.clone(), prefix })
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storage")
            .field("config", &self.shared.config)
            .field("me", &self.shared.me)
            .finish_non_exhaustive()
    }
}

impl Target {
    /// The same folder and space, another name.
    pub fn named(&self, name: &str, action: &'static str) -> Result<Target, StorageError> {
        let key = Key::parse(name)?;
        Ok(Target { full: key.under(&self.prefix, action)?, key, prefix: self.prefix.clone() })
    }
}
