//! Networks, clocks, pools and keychains that are not as they should be.

use super::{Bench, sign_in};
use crate::{Auth, AuthErrorKind, Secret, SecretStore, SecretStoreError};
use async_trait::async_trait;
use aws_credential_types::provider::ProvideCredentials;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn an_endpoint_where_nobody_listens_is_offline_within_seconds() {
    let mut bench = Bench::new().await;
    bench.config.cognito_endpoint = Some("http://127.0.0.1:9".into());
    bench.config.identity_endpoint = bench.config.cognito_endpoint.clone();
    let begun = Instant::now();
    assert_eq!(sign_in(&bench.auth()).await.unwrap_err().kind(), AuthErrorKind::Offline);
    assert_eq!(bench.auth().restore().await.unwrap_err().kind(), AuthErrorKind::Offline);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn credentials_that_the_network_keeps_back_are_told_from_refused_ones() {
    let mut bench = Bench::new().await;
    bench.auth().guest().await.unwrap();
    bench.config.identity_endpoint = Some("http://127.0.0.1:9".into());
    let auth = bench.auth();
    let kept = auth.guest().await.unwrap_err();
    let io = std::error::Error::source(&kept).unwrap();
    assert!(io.is::<std::io::Error>(), "the storage crate looks for an I/O error among the causes: {io:?}");
}

#[tokio::test]
async fn pools_that_are_not_there_are_missing() {
    let bench = Bench::new().await;
    bench.fake.on("GetId", |_| Err("ResourceNotFoundException"));
    assert_eq!(bench.auth().restore().await.unwrap_err().kind(), AuthErrorKind::PoolMissing);
    bench.fake.on("InitiateAuth", |_| Err("ResourceNotFoundException"));
    assert_eq!(sign_in(&bench.auth()).await.unwrap_err().kind(), AuthErrorKind::PoolMissing);
}

#[tokio::test]
async fn a_user_pool_that_the_identity_pool_does_not_know_is_missing() {
    let bench = Bench::new().await;
    bench.fake.on("GetId", |_| Err("NotAuthorizedException"));
    assert_eq!(sign_in(&bench.auth()).await.unwrap_err().kind(), AuthErrorKind::PoolMissing);
}

#[tokio::test]
async fn a_pool_id_that_is_none_is_missing() {
    let mut bench = Bench::new().await;
    bench.config.user_pool.as_mut().unwrap().id = "nonsense".into();
    assert_eq!(sign_in(&bench.auth()).await.unwrap_err().kind(), AuthErrorKind::PoolMissing);
}

#[tokio::test]
async fn too_many_tries_are_throttled() {
    let bench = Bench::new().await;
    bench.fake.on("InitiateAuth", |_| Err("TooManyRequestsException"));
    assert_eq!(sign_in(&bench.auth()).await.unwrap_err().kind(), AuthErrorKind::Throttled);
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_signs_in_and_keeps_its_credentials() {
    for ahead in [true, false] {
        let bench = Bench::new().await;
        let clock = move || if ahead { SystemTime::now() + HOUR } else { SystemTime::now() - HOUR };
        let auth = Auth::with_clock(bench.config.clone(), bench.store.clone(), "skew".into(), Arc::new(clock));
        sign_in(&auth).await.unwrap();
        let provider = auth.credentials();
        provider.provide_credentials().await.unwrap();
        let credentials = provider.provide_credentials().await.unwrap();
        let left = credentials.expiry().unwrap().duration_since(clock()).unwrap().as_secs();
        assert!((49 * 60..=50 * 60).contains(&left), "by the computer's own clock, for the SDK: {left} s");
        assert_eq!(bench.fake.calls("GetCredentialsForIdentity").len(), 1, "not renewed at every use");
    }
}

#[tokio::test]
async fn a_sign_in_that_the_clock_spoils_says_so() {
    let bench = Bench::new().await;
    bench.fake.on("RespondToAuthChallenge", |_| Err("NotAuthorizedException"));
    let clock = Arc::new(|| SystemTime::now() + HOUR);
    let auth = Auth::with_clock(bench.config.clone(), bench.store.clone(), "skew".into(), clock);
    assert_eq!(sign_in(&auth).await.unwrap_err().kind(), AuthErrorKind::ClockSkew);
}

#[tokio::test]
async fn a_locked_keychain_is_told_at_start_and_does_not_stop_a_sign_in() {
    let bench = Bench::new().await;
    let auth = Auth::new(bench.config.clone(), Arc::new(Locked), "locked".into());
    assert_eq!(auth.restore().await.unwrap_err().kind(), AuthErrorKind::KeychainLocked);
    sign_in(&auth).await.unwrap();
    assert!(!auth.keeps_sign_in(), "for this run only");
    assert_eq!(auth.sign_out().await.unwrap_err().kind(), AuthErrorKind::KeychainLocked);
    assert_eq!(auth.identity(), None, "signed out all the same");
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    let printed = format!("{auth:?} {:?}", auth.credentials());
    for secret in ["Correct-Horse-1", "refresh-1", "head.", "\"secret\"", "\"token\""] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

struct Locked;

#[async_trait]
impl SecretStore for Locked {
    async fn get(&self, _: &str) -> Result<Option<Secret>, SecretStoreError> {
        Err(SecretStoreError::new("locked"))
    }
    async fn set(&self, _: &str, _: Secret) -> Result<(), SecretStoreError> {
        Err(SecretStoreError::new("locked"))
    }
    async fn remove(&self, _: &str) -> Result<(), SecretStoreError> {
        Err(SecretStoreError::new("locked"))
    }
}
