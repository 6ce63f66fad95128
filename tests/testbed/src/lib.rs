//! A sandbox of its own for examples and tests of the storage crate: people and guests of one bucket, without a sign-in.
//! What they may do is decided by the sandbox's policies.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use amphora_sandbox::{Options, Sandbox};
use amphora_storage::category::{Category, Session, Signed};
use amphora_storage::{IdentityId, Storage, StorageConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use futures::future::BoxFuture;
use serde_json::{Value, json};

pub use amphora_sandbox::iam::PolicySet;
pub use amphora_sandbox::session::Role;

/// The identity of [`Testbed::storage`].
pub const ME: &str = "us-east-1:00000000-0000-4000-8000-00000000000a";
/// Somebody else.
pub const OTHER: &str = "us-east-1:00000000-0000-4000-8000-00000000000b";

/// What an example ends with.
pub type Done = Result<(), Box<dyn Error>>;

/// A running sandbox with its data in a temporary folder.
pub struct Testbed {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
}

/// Runs an example against a sandbox under the recommended policies.
///
/// # Panics
/// The example fails.
pub fn run(example: impl AsyncFnOnce(Testbed) -> Done) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let outcome = runtime.block_on(async { example(Testbed::start(PolicySet::Recommended).await?).await });
    outcome.expect("the example runs");
}

impl Testbed {
    /// Starts a sandbox under these policies.
    ///
    /// # Errors
    /// It cannot start.
    pub async fn start(policy: PolicySet) -> Result<Self, Box<dyn Error>> {
        Self::with(|options| options.policy = policy).await
    }

    /// Starts a sandbox that is other than usual.
    ///
    /// # Errors
    /// It cannot start.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let mut options = Options::for_tests(folder.path());
        change(&mut options);
        Ok(Self { sandbox: Sandbox::start(options).await?, folder })
    }

    /// The sandbox itself.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Where the sandbox keeps its data; the content of objects is in `blobs`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Has the bucket keep versions from now on.
    ///
    /// # Errors
    /// The sandbox refuses.
    pub async fn keep_versions(&self) -> Result<(), Box<dyn Error>> {
        Ok(self.sandbox.keep_versions().await?)
    }

    /// The files of a signed-in person, [`ME`].
    pub fn storage(&self) -> Storage {
        self.storage_of(ME, Role::Authenticated)
    }

    /// The files of somebody else who is signed in, [`OTHER`].
    pub fn other(&self) -> Storage {
        self.storage_of(OTHER, Role::Authenticated)
    }

    /// The files as a guest sees them.
    pub fn guest(&self) -> Storage {
        self.storage_of("us-east-1:00000000-0000-4000-8000-00000000000c", Role::Unauthenticated)
    }

    /// The category of [`ME`], configured for the sandbox's bucket.
    pub fn category(&self) -> Category {
        let category = Category::new(Arc::new(Person(self.credentials(ME, Role::Authenticated))));
        category.configure(&self.configuration()).expect("the sandbox's configuration is known");
        category
    }

    /// `AWSS3` for the sandbox's bucket.
    pub fn configuration(&self) -> Value {
        let info = self.sandbox.info();
        json!({ "AWSS3": { "bucket": info.bucket, "region": info.region, "endpoint": info.endpoint } })
    }

    fn storage_of(&self, identity: &str, role: Role) -> Storage {
        storage_in(&self.sandbox, identity, role)
    }

    fn credentials(&self, identity: &str, role: Role) -> SharedCredentialsProvider {
        credentials_in(&self.sandbox, identity, role)
    }
}

/// The files of a sandbox that somebody else has started, as this identity sees them.
///
/// # Panics
/// The sandbox issues no keys.
pub fn storage_in(sandbox: &Sandbox, identity: &str, role: Role) -> Storage {
    let info = sandbox.info();
    let config = StorageConfig {
        bucket: info.bucket.clone(),
        region: info.region.clone(),
        endpoint: Some(info.endpoint.clone()),
        prefixes: Default::default(),
    };
    Storage::new(config, credentials_in(sandbox, identity, role), Some(IdentityId::new(identity)))
}

fn credentials_in(sandbox: &Sandbox, identity: &str, role: Role) -> SharedCredentialsProvider {
    let keys = sandbox.sessions().issue(identity, role, sandbox.clock().now()).expect("keys are issued");
    let (secret, token) = (keys.secret_access_key.reveal(), keys.session_token.reveal());
    SharedCredentialsProvider::new(Credentials::new(
        keys.access_key_id,
        secret,
        Some(token.to_owned()),
        None,
        "testbed",
    ))
}

/// Somebody who stays signed in.
#[derive(Debug)]
struct Person(SharedCredentialsProvider);

impl Session for Person {
    fn signed(&self) -> BoxFuture<'_, Result<Signed, String>> {
        let signed = Signed { credentials: self.0.clone(), identity: Some(IdentityId::new(ME)), session: 1 };
        Box::pin(std::future::ready(Ok(signed)))
    }
}
