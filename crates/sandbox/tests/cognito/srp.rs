//! Sign-in by SRP, with the crate aws-cognito-srp as the client.

use amphora_sandbox::cognito::PasswordKind;
use rand::Rng;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Pools, kind, pools};

/// A name or a password out of letters of several scripts; `seed` keeps names apart.
fn random_text(seed: usize, spaces: bool) -> String {
    const LETTERS: [char; 24] = [
        'a',
        'Z',
        '9',
        '-',
        '.',
        '+',
        '%',
        '"',
        '\\',
        '/',
        'ß',
        'é',
        'e',
        '\u{301}',
        'Ж',
        'λ',
        '漢',
        '字',
        'א',
        'ب',
        '😀',
        '👩',
        '\u{1F3FD}',
        '€',
    ];
    let mut random = rand::rng();
    let middle: String = (0..random.random_range(4..30))
        .map(|_| if spaces && random.random_ratio(1, 8) { ' ' } else { LETTERS[random.random_range(0..LETTERS.len())] })
        .collect();
    format!("Aa1x{middle}{seed}z")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_random_users_sign_in_and_a_wrong_password_never_does() {
    let pools = pools();
    for seed in 0..100 {
        let (name, password) = (random_text(seed, false), random_text(seed, true));
        let email = format!("user{seed}@example.com");
        pools.cognito.ensure_user(&name, &email, &password, PasswordKind::Permanent).unwrap();
        let done = pools.sign_in(&name, &password).await;
        assert!(done.is_ok(), "{name:?} with {password:?}: {done:?}");
        assert_eq!(done.unwrap()["AuthenticationResult"]["TokenType"], "Bearer");
        let refused = pools.sign_in(&name, &format!("{password}x")).await.unwrap_err();
        assert_eq!(refused.message, "Incorrect username or password.", "{name:?} with a wrong password");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_email_address_signs_in_as_well_and_case_does_not_matter() {
    let pools = pools();
    pools.person("Alice").await;
    for name in ["Alice", "alice", "ALICE@example.com"] {
        assert!(pools.sign_in(name, PASSWORD).await.is_ok(), "{name} is Alice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_user_looks_like_a_wrong_password() {
    let pools = pools();
    pools.person("alice").await;
    let shape = async |name: &str| -> (Vec<String>, Value, Value) {
        let asked = pools.user_pool("InitiateAuth", pools.srp_request(name, "abcdef")).await.unwrap();
        let parameters = asked["ChallengeParameters"].clone();
        let lengths = parameters.as_object().unwrap().iter().map(|(name, value)| {
            // SRP_B is a number: it may be a digit shorter.
            let length = if name == "SRP_B" { 768 } else { value.as_str().unwrap().len() };
            format!("{name} {length}")
        });
        (lengths.collect(), parameters["SALT"].clone(), parameters["USER_ID_FOR_SRP"].clone())
    };
    let (known, nobody, again) = (shape("alice").await, shape("nobody").await, shape("Nobody").await);
    assert_eq!(known.0, nobody.0, "the same fields of the same lengths");
    assert_eq!((nobody.1, nobody.2), (again.1, again.2), "salt and user id stay the same");

    let in_clear = async |name: &str| {
        let parameters = json!({ "USERNAME": name, "PASSWORD": "Wrong-passw0rd" });
        let input = json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters });
        pools.user_pool("InitiateAuth", input).await.unwrap_err()
    };
    assert_eq!(in_clear("alice").await, in_clear("nobody").await);
    assert_eq!(
        pools.sign_in("alice", "Wrong-passw0rd").await.unwrap_err(),
        pools.sign_in("nobody", "Wrong-passw0rd").await.unwrap_err()
    );
    for _ in 0..10 {
        let (alice, nobody) = (in_clear("alice").await, in_clear("nobody").await);
        assert_eq!(alice, nobody, "both are slowed down after the same number of tries");
    }
    assert_eq!(in_clear("alice").await.message, "Password attempts exceeded");
    pools.clock.shift(time::Duration::minutes(16));
    assert!(pools.sign_in("alice", PASSWORD).await.is_ok(), "a pause ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_good_for_one_answer_and_three_minutes() {
    let pools = pools();
    pools.person("alice").await;
    let (asked, answer) = claim(&pools).await;
    assert!(pools.user_pool("RespondToAuthChallenge", answer.clone()).await.is_ok());
    assert_eq!(kind(pools.user_pool("RespondToAuthChallenge", answer).await), "NotAuthorizedException", "{asked}");
    let (_, late) = claim(&pools).await;
    pools.clock.shift(time::Duration::minutes(4));
    assert_eq!(kind(pools.user_pool("RespondToAuthChallenge", late).await), "NotAuthorizedException");
    let zero = pools.user_pool("InitiateAuth", pools.srp_request("alice", "0")).await;
    assert_eq!(kind(zero), "InvalidParameterException", "A = 0 would make the key known to everybody");
}

/// A challenge and the right answer to it, not yet sent.
async fn claim(pools: &Pools) -> (Value, Value) {
    use aws_cognito_srp::{SrpClient, User};
    let user = User::new(pools.cognito.user_pool_id(), "alice", PASSWORD);
    let client = SrpClient::new(user, pools.cognito.client_id(), None);
    let asked =
        pools.user_pool("InitiateAuth", pools.srp_request("alice", &client.get_auth_parameters().a)).await.unwrap();
    let given = |name: &str| asked["ChallengeParameters"][name].as_str().unwrap();
    let proof = client.verify(given("SECRET_BLOCK"), given("USER_ID_FOR_SRP"), given("SALT"), given("SRP_B")).unwrap();
    let answer = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": "alice",
            "PASSWORD_CLAIM_SECRET_BLOCK": proof.password_claim_secret_block,
            "PASSWORD_CLAIM_SIGNATURE": proof.password_claim_signature,
            "TIMESTAMP": proof.timestamp,
        },
    });
    (asked.clone(), answer)
}
