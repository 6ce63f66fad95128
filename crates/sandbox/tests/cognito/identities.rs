//! Who gets keys for which identity.

use amphora_sandbox::cognito::{Guests, SecondFactor};
use amphora_sandbox::session::Role;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::support::{Pools, Refusal, claims, kind, pools, pools_with};

async fn id(pools: &Pools, logins: Value) -> Result<Value, Refusal> {
    Ok(pools.identity_pool("GetId", json!({ "Logins": logins })).await?["IdentityId"].clone())
}

async fn keys(pools: &Pools, id: &Value, logins: Value) -> Result<Value, Refusal> {
    pools.identity_pool("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins })).await
}

/// The role and the identity that issued keys act in.
fn acts_as(pools: &Pools, answer: &Value) -> (Role, String) {
    let session = pools.sessions.look_up(answer["Credentials"]["AccessKeyId"].as_str().unwrap()).unwrap();
    (session.role, session.identity_id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_identity_becomes_the_users_at_the_first_sign_in() {
    let mut pools = pools();
    let guest = id(&pools, json!({})).await.unwrap();
    let name = guest.as_str().unwrap().to_owned();
    assert_eq!(acts_as(&pools, &keys(&pools, &guest, json!({})).await.unwrap()), (Role::Unauthenticated, name.clone()));

    let tokens = pools.person("ann").await;
    let logins = pools.logins(&tokens["IdToken"]);
    let answer = keys(&pools, &guest, logins.clone()).await.unwrap();
    assert_eq!(acts_as(&pools, &answer), (Role::Authenticated, name.clone()), "the files stay at the same place");
    let expires = answer["Credentials"]["Expiration"].as_i64().unwrap();
    assert!((expires - pools.clock.now().unix_timestamp() - 3600).abs() < 5, "in an hour, as a number of seconds");
    assert_eq!(id(&pools, logins.clone()).await.unwrap(), guest, "GetId knows it from now on");
    assert_eq!(kind(keys(&pools, &guest, json!({})).await), "NotAuthorizedException", "no guest gets in any more");

    pools.restart();
    assert_eq!(id(&pools, logins.clone()).await.unwrap(), guest, "a restart changes nothing");
    let second = id(&pools, json!({})).await.unwrap();
    let answer = keys(&pools, &second, logins).await.unwrap();
    assert_eq!(answer["IdentityId"], guest, "a later guest identity does not replace the user's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_the_identity_of_another_user() {
    let pools = pools();
    let (ann, bob) = (pools.person("ann").await, pools.person("bob").await);
    let identity = id(&pools, pools.logins(&ann["IdToken"])).await.unwrap();
    let refused = keys(&pools, &identity, pools.logins(&bob["IdToken"])).await.unwrap_err();
    assert!(refused.message.starts_with("Logins don't match"), "{}", refused.message);
    assert_eq!(kind(keys(&pools, &identity, json!({})).await), "NotAuthorizedException");
    assert_ne!(id(&pools, pools.logins(&bob["IdToken"])).await.unwrap(), identity);
    let unknown = json!("us-east-1:00000000-0000-4000-8000-000000000000");
    assert_eq!(kind(keys(&pools, &unknown, json!({})).await), "ResourceNotFoundException");
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_expired_and_foreign_tokens_are_refused() {
    let pools = pools();
    let tokens = pools.person("ann").await;
    let (ann, elsewhere) = (pools.person("ann").await, self::pools_of_another_installation().await);
    let message = async |token: Value| id(&pools, pools.logins(&token)).await.unwrap_err().message;

    let parts: Vec<&str> = tokens["IdToken"].as_str().unwrap().split('.').collect();
    let mut changed = claims(&tokens["IdToken"]);
    changed["sub"] = json!("somebody-else");
    let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(changed.to_string()), parts[2]);
    assert_eq!(message(json!(forged)).await, "Invalid login token. Token signature invalid.");
    let unsigned = format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), parts[1]);
    assert!(message(json!(unsigned)).await.starts_with("Invalid login token."), "alg none is no signature");
    assert!(message(elsewhere).await.contains("signature invalid"), "another installation signs with another key");
    assert!(message(ann["AccessToken"].clone()).await.contains("audience"), "an access token is no ID token");
    assert!(message(json!("nonsense")).await.contains("Not a valid OpenId Connect identity token"));
    let other = json!({ "accounts.google.com": ann["IdToken"] });
    assert_eq!(kind(id(&pools, other).await), "NotAuthorizedException", "a provider that the pool does not trust");
    assert!(pools.as_user("GetUser", &json!({ "AccessToken": ann["IdToken"] }), json!({})).await.is_err());

    pools.as_user("GlobalSignOut", &ann, json!({})).await.unwrap();
    assert!(message(tokens["IdToken"].clone()).await.contains("revoked"));
    let again = pools.tokens("ann").await;
    pools.clock.shift(Duration::minutes(61));
    assert!(message(again["IdToken"].clone()).await.contains("Token expired"));
}

async fn pools_of_another_installation() -> Value {
    pools().person("ann").await["IdToken"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_without_guests_wants_a_token() {
    let pools = pools_with(SecondFactor::Optional, Guests::Refused);
    let refused = id(&pools, json!({})).await.unwrap_err();
    assert_eq!(refused.message, "Unauthenticated access is not supported for this identity pool.");
    let tokens = pools.person("ann").await;
    let identity = id(&pools, pools.logins(&tokens["IdToken"])).await.unwrap();
    assert!(keys(&pools, &identity, pools.logins(&tokens["IdToken"])).await.is_ok());
    assert_eq!(kind(keys(&pools, &identity, json!({})).await), "NotAuthorizedException");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_end_an_hour_later_by_the_shifted_clock() {
    let pools = pools();
    pools.clock.shift(Duration::days(2));
    let guest = id(&pools, json!({})).await.unwrap();
    let answer = keys(&pools, &guest, json!({})).await.unwrap();
    let ends = OffsetDateTime::from_unix_timestamp(answer["Credentials"]["Expiration"].as_i64().unwrap()).unwrap();
    assert!((ends - OffsetDateTime::now_utc() - Duration::hours(49)).abs() < Duration::seconds(5), "{ends}");
}
