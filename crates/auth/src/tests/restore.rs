//! From one run to the next.

use super::{Bench, ada, guest, sign_in};
use crate::{AuthErrorKind, SecretStore};
use aws_credential_types::provider::ProvideCredentials;

#[tokio::test]
async fn a_person_is_still_signed_in_after_a_restart() {
    let bench = Bench::new().await;
    sign_in(&bench.auth()).await.unwrap();
    assert_eq!(bench.auth().restore().await.unwrap(), Some(ada("eu-central-1:person")));
    let renewal = bench.fake.calls("InitiateAuth").pop().unwrap();
    assert_eq!(renewal["AuthParameters"]["REFRESH_TOKEN"], "refresh-1");
    assert_eq!(bench.fake.calls("GetId").len(), 1, "the identity is known from the sign-in");
}

#[tokio::test]
async fn a_refused_sign_in_is_told_and_never_a_guest() {
    let bench = Bench::new().await;
    sign_in(&bench.auth()).await.unwrap();
    bench.fake.on("InitiateAuth", |_| Err("NotAuthorizedException"));
    for _ in 0..2 {
        let auth = bench.auth();
        assert_eq!(auth.restore().await.unwrap_err().kind(), AuthErrorKind::SessionEnded);
        assert_eq!(auth.identity(), None);
        let refused = auth.credentials().provide_credentials().await;
        assert!(refused.is_err(), "nobody signs nothing");
    }
}

#[tokio::test]
async fn a_guest_by_choice_ends_a_refused_sign_in() {
    let bench = Bench::new().await;
    sign_in(&bench.auth()).await.unwrap();
    bench.fake.on("InitiateAuth", |_| Err("NotAuthorizedException"));
    let auth = bench.auth();
    auth.restore().await.unwrap_err();
    assert_eq!(auth.guest().await.unwrap(), guest());
    assert_eq!(bench.auth().restore().await.unwrap(), Some(guest()));
}

#[tokio::test]
async fn signing_out_revokes_and_forgets() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    sign_in(&auth).await.unwrap();
    let credentials = auth.credentials();
    auth.sign_out().await.unwrap();
    assert_eq!(bench.fake.calls("RevokeToken")[0]["Token"], "refresh-1");
    assert_eq!(auth.identity(), None);
    assert!(credentials.provide_credentials().await.is_err(), "the old provider has ended with its identity");
    assert_eq!(bench.auth().restore().await.unwrap(), Some(guest()), "the next run is nobody's");
}

#[tokio::test]
async fn signing_out_needs_no_network() {
    let mut bench = Bench::new().await;
    sign_in(&bench.auth()).await.unwrap();
    bench.config.cognito_endpoint = Some("http://127.0.0.1:9".into());
    bench.auth().sign_out().await.unwrap();
    assert_eq!(bench.store.get("bench refresh token").await.unwrap(), None);
}

#[tokio::test]
async fn a_long_refresh_token_comes_back_whole() {
    let bench = Bench::new().await;
    let long = "r".repeat(9_000);
    let token = long.clone();
    bench.fake.on("RespondToAuthChallenge", move |_| Ok(crate::fake_cognito::tokens(Some(&token))));
    sign_in(&bench.auth()).await.unwrap();
    bench.auth().restore().await.unwrap();
    let renewal = bench.fake.calls("InitiateAuth").pop().unwrap();
    assert_eq!(renewal["AuthParameters"]["REFRESH_TOKEN"], long);
}

#[tokio::test]
async fn two_backends_share_a_store_without_meeting() {
    let bench = Bench::new().await;
    sign_in(&bench.auth()).await.unwrap();
    let other = crate::Auth::new(bench.config.clone(), bench.store.clone(), "other".into());
    assert_eq!(other.restore().await.unwrap(), Some(guest()));
}
