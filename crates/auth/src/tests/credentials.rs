//! Credentials: renewed in time, once, and only for the identity that they were made for.

use super::{Bench, sign_in};
use crate::{AuthError, AuthErrorKind};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use std::error::Error;
use std::time::{Duration, SystemTime};

const MINUTE: Duration = Duration::from_secs(60);

async fn key(provider: &SharedCredentialsProvider) -> String {
    provider.provide_credentials().await.unwrap().access_key_id().to_owned()
}

fn auth_error(error: &CredentialsError) -> &AuthError {
    error.source().unwrap().downcast_ref().expect("the source is this crate's error")
}

fn seconds_left(credentials: &Credentials) -> u64 {
    credentials.expiry().unwrap().duration_since(SystemTime::now()).unwrap().as_secs()
}

#[tokio::test]
async fn credentials_are_renewed_ten_minutes_before_their_end() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    let provider = auth.credentials();
    assert_eq!(key(&provider).await, "eu-central-1:person 1");
    bench.pass(49 * MINUTE);
    assert_eq!(key(&provider).await, "eu-central-1:person 1", "they hold for 11 minutes more");
    bench.pass(2 * MINUTE);
    assert_eq!(key(&provider).await, "eu-central-1:person 2", "they would hold for 9 minutes more");
    assert_eq!(bench.fake.calls("InitiateAuth").len(), 2, "the tokens were renewed first");
}

#[tokio::test]
async fn the_sdk_is_told_an_end_that_makes_it_ask_in_time() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    auth.guest().await.unwrap();
    let left = seconds_left(&auth.credentials().provide_credentials().await.unwrap());
    assert!((49 * 60..=50 * 60).contains(&left), "{left} s");
}

#[tokio::test]
async fn many_that_ask_at_once_renew_once() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    bench.pass(55 * MINUTE);
    let provider = auth.credentials();
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let provider = provider.clone();
            tokio::spawn(async move { key(&provider).await })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), "eu-central-1:person 2");
    }
    assert_eq!(bench.fake.calls("GetCredentialsForIdentity").len(), 2);
}

#[tokio::test]
async fn a_provider_never_becomes_another_identity() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    auth.guest().await.unwrap();
    let guests = auth.credentials();
    bench.fake.on("GetCredentialsForIdentity", {
        let fake = bench.fake.clone();
        move |body| match body["Logins"].is_object() {
            true => Ok(fake.credentials("eu-central-1:person")),
            false => Ok(fake.credentials("eu-central-1:guest")),
        }
    });
    sign_in(&auth).await.unwrap();
    let error = guests.provide_credentials().await.unwrap_err();
    assert_eq!(auth_error(&error).kind(), AuthErrorKind::SessionEnded);
    assert!(key(&auth.credentials()).await.starts_with("eu-central-1:person"));
}

#[tokio::test]
async fn an_answer_for_another_identity_ends_the_session() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    let fake = bench.fake.clone();
    bench.fake.on("GetCredentialsForIdentity", move |_| Ok(fake.credentials("eu-central-1:somebody-else")));
    bench.pass(55 * MINUTE);
    let error = auth.credentials().provide_credentials().await.unwrap_err();
    assert_eq!(auth_error(&error).kind(), AuthErrorKind::SessionEnded);
}

#[tokio::test]
async fn a_revoked_sign_in_ends_when_its_credentials_do() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    bench.fake.on("InitiateAuth", |_| Err("NotAuthorizedException"));
    let provider = auth.credentials();
    bench.pass(55 * MINUTE);
    let error = provider.provide_credentials().await.unwrap_err();
    assert!(matches!(error, CredentialsError::CredentialsNotLoaded(_)), "only a sign-in helps: {error:?}");
    assert_eq!(auth_error(&error).kind(), AuthErrorKind::SessionEnded);
}

#[tokio::test]
async fn credentials_that_still_hold_are_used_while_the_server_is_busy() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    let provider = auth.credentials();
    bench.fake.on("GetCredentialsForIdentity", |_| Err("TooManyRequestsException"));
    bench.pass(55 * MINUTE);
    assert_eq!(key(&provider).await, "eu-central-1:person 1", "five minutes are left");
    let asked = bench.fake.calls("GetCredentialsForIdentity").len();
    assert_eq!(key(&provider).await, "eu-central-1:person 1");
    assert_eq!(bench.fake.calls("GetCredentialsForIdentity").len(), asked, "not asked again at once");
    bench.pass(5 * MINUTE);
    let error = provider.provide_credentials().await.unwrap_err();
    assert_eq!(auth_error(&error).kind(), AuthErrorKind::Throttled, "their end has come");
}

#[tokio::test]
async fn a_refresh_token_that_changes_at_every_use_is_kept() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    bench.fake.on("InitiateAuth", |_| Ok(crate::fake_cognito::tokens(Some("refresh-2"))));
    bench.pass(55 * MINUTE);
    key(&auth.credentials()).await;
    bench.auth().restore().await.unwrap();
    let renewal = bench.fake.calls("InitiateAuth").pop().unwrap();
    assert_eq!(renewal["AuthParameters"]["REFRESH_TOKEN"], "refresh-2");
}
