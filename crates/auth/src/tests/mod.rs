//! The whole crate against a Cognito of the tests.

mod credentials;
mod guest;
#[cfg(target_os = "linux")]
mod keychain;
mod restore;
mod sign_in;
mod trouble;

use crate::clock::Clock;
use crate::fake_cognito::FakeCognito;
use crate::{Auth, AuthConfig, AuthError, Identity, IdentityKind, InMemory, Password, SignInStep, UserPool};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// A backend with accounts and guests, its store, and a clock that tests move.
pub(super) struct Bench {
    pub(super) fake: FakeCognito,
    pub(super) config: AuthConfig,
    pub(super) store: Arc<InMemory>,
    passed: Arc<AtomicU64>,
}

impl Bench {
    pub(super) async fn new() -> Self {
        let passed = Arc::new(AtomicU64::new(0));
        let fake = FakeCognito::start(clock(&passed)).await;
        let config = AuthConfig {
            identity_pool_id: "eu-central-1:pool".into(),
            identity_region: "eu-central-1".into(),
            user_pool: Some(UserPool {
                id: "eu-central-1_Abc".into(),
                client_id: "client".into(),
                region: "eu-central-1".into(),
            }),
            mandatory_sign_in: false,
            cognito_endpoint: Some(fake.endpoint.clone()),
            identity_endpoint: Some(fake.endpoint.clone()),
        };
        Self { fake, config, store: Arc::default(), passed }
    }

    /// A new start of the program, with the store of the last one.
    pub(super) fn auth(&self) -> Auth {
        Auth::with_clock(self.config.clone(), self.store.clone(), "bench".into(), self.clock())
    }

    pub(super) fn clock(&self) -> Clock {
        clock(&self.passed)
    }

    pub(super) fn pass(&self, time: Duration) {
        self.passed.fetch_add(time.as_secs(), Ordering::SeqCst);
    }
}

fn clock(passed: &Arc<AtomicU64>) -> Clock {
    let passed = passed.clone();
    Arc::new(move || SystemTime::now() + Duration::from_secs(passed.load(Ordering::SeqCst)))
}

pub(super) async fn sign_in(auth: &Auth) -> Result<SignInStep, AuthError> {
    auth.sign_in("ada", Password::new("Correct-Horse-1")).await
}

pub(super) fn ada(identity_id: &str) -> Identity {
    let kind =
        IdentityKind::Person { username: "ada".into(), email: Some("ada@example.org".into()), groups: Vec::new() };
    Identity { kind, identity_id: identity_id.into() }
}

pub(super) fn guest() -> Identity {
    Identity { kind: IdentityKind::Guest, identity_id: "eu-central-1:guest".into() }
}
