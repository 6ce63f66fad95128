//! Guests: the same one every time, and a person's beginnings.

use super::{Bench, ada, guest, sign_in};
use crate::{AuthErrorKind, SignInStep};
use serde_json::json;

#[tokio::test]
async fn the_same_guest_comes_back() {
    let bench = Bench::new().await;
    assert_eq!(bench.auth().restore().await.unwrap(), Some(guest()));
    assert_eq!(bench.auth().restore().await.unwrap(), Some(guest()));
    assert_eq!(bench.fake.calls("GetId").len(), 1);
}

#[tokio::test]
async fn a_guest_that_the_server_forgot_is_made_anew() {
    let bench = Bench::new().await;
    bench.auth().guest().await.unwrap();
    let fake = bench.fake.clone();
    bench.fake.on("GetId", |_| Ok(json!({ "IdentityId": "eu-central-1:second" })));
    bench.fake.on("GetCredentialsForIdentity", move |body| match body["IdentityId"].as_str().unwrap() {
        "eu-central-1:guest" => Err("ResourceNotFoundException"),
        other => Ok(fake.credentials(other)),
    });
    assert_eq!(bench.auth().guest().await.unwrap().identity_id, "eu-central-1:second");
}

#[tokio::test]
async fn a_guests_files_stay_theirs_at_the_first_sign_in() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    auth.guest().await.unwrap();
    assert_eq!(sign_in(&auth).await.unwrap(), SignInStep::Done(ada("eu-central-1:guest")));
    let linked = bench.fake.calls("GetCredentialsForIdentity").pop().unwrap();
    assert!(linked["Logins"]["cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc"].is_string());
    auth.sign_out().await.unwrap();
    bench.fake.on("GetId", |_| Ok(json!({ "IdentityId": "eu-central-1:next-guest" })));
    assert_eq!(auth.guest().await.unwrap().identity_id, "eu-central-1:next-guest", "the old one is a person now");
}

#[tokio::test]
async fn a_person_with_an_identity_of_their_own_keeps_it() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    auth.guest().await.unwrap();
    let fake = bench.fake.clone();
    bench.fake.on("GetCredentialsForIdentity", move |body| {
        let id = body["IdentityId"].as_str().unwrap();
        let refused = body["Logins"].is_object() && id == "eu-central-1:guest";
        if refused { Err("NotAuthorizedException") } else { Ok(fake.credentials(id)) }
    });
    assert_eq!(sign_in(&auth).await.unwrap(), SignInStep::Done(ada("eu-central-1:person")));
    auth.sign_out().await.unwrap();
    assert_eq!(auth.guest().await.unwrap(), guest(), "and the guest stays a guest");
}

#[tokio::test]
async fn where_guests_are_refused_one_starts_as_nobody() {
    let bench = Bench::new().await;
    bench.fake.on("GetId", |_| Err("NotAuthorizedException"));
    assert_eq!(bench.auth().restore().await.unwrap(), None);
    assert_eq!(bench.auth().guest().await.unwrap_err().kind(), AuthErrorKind::GuestsNotAllowed);
}

#[tokio::test]
async fn mandatory_sign_in_asks_for_no_guest() {
    let mut bench = Bench::new().await;
    bench.config.mandatory_sign_in = true;
    assert_eq!(bench.auth().restore().await.unwrap(), None);
    assert_eq!(bench.auth().guest().await.unwrap_err().kind(), AuthErrorKind::GuestsNotAllowed);
    assert!(bench.fake.calls("GetId").is_empty());
}

#[tokio::test]
async fn a_backend_of_guests_only_says_that_it_has_no_accounts() {
    let mut bench = Bench::new().await;
    bench.config.user_pool = None;
    let auth = bench.auth();
    assert_eq!(auth.restore().await.unwrap(), Some(guest()));
    assert_eq!(sign_in(&auth).await.unwrap_err().kind(), AuthErrorKind::NoUserPool);
}
