//! What was acknowledged is there after a restart and after kill -9.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use amphora_sandbox::Clock;
use amphora_sandbox::cognito::{Guests, SecondFactor};
use serde_json::json;

use crate::support::{PASSWORD, Pools, kind, open, pools};

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_users_tokens_codes_and_ids() {
    let mut pools = pools();
    let ids =
        [pools.cognito.user_pool_id(), pools.cognito.client_id(), pools.cognito.identity_pool_id()].map(str::to_owned);
    let tokens = pools.person("ann").await;
    pools.sign_up("bob").await.unwrap();
    let keys = pools.cognito.jwks();
    pools.restart();
    assert_eq!(ids, [pools.cognito.user_pool_id(), pools.cognito.client_id(), pools.cognito.identity_pool_id()]);
    assert_eq!(pools.cognito.jwks(), keys, "tokens are signed with the same key");
    assert!(pools.as_user("GetUser", &tokens, json!({})).await.is_ok() && pools.refresh(&tokens).await.is_ok());
    pools.confirm("bob", &pools.code("bob@example.com")).await.unwrap();
    pools.as_user("GlobalSignOut", &tokens, json!({})).await.unwrap();
    pools.restart();
    assert_eq!(kind(pools.refresh(&tokens).await), "NotAuthorizedException", "revoked stays revoked");
    assert!(pools.sign_in("bob", PASSWORD).await.is_ok());
}

#[test]
fn ids_have_cognitos_formats() {
    let pools = pools();
    let (region, name) = pools.cognito.user_pool_id().split_once('_').unwrap();
    assert!(region == "us-east-1" && name.len() == 9 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let client = pools.cognito.client_id();
    assert!(client.len() == 26 && client.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    let (region, uuid) = pools.cognito.identity_pool_id().split_once(':').unwrap();
    assert!(region == "us-east-1" && uuid::Uuid::parse_str(uuid).is_ok());
    let key = &pools.cognito.jwks()["keys"][0];
    assert_eq!((&key["alg"], &key["kty"], &key["use"]), (&json!("RS256"), &json!("RSA"), &json!("sig")));
}

const FOLDER: &str = "AMPHORA_TEST_POOL_FOLDER";

/// Not a test of its own: the process that the next one kills. Signs up user after user and says each that is done.
#[tokio::test(flavor = "multi_thread")]
async fn signs_up_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let clock = Clock::system();
    let (cognito, sessions) = open(folder.as_ref(), &clock, SecondFactor::Optional, Guests::Allowed);
    let pools = Pools { cognito, clock, sessions, dir: tempfile::tempdir().unwrap() };
    for number in 0.. {
        let name = format!("user{number}");
        pools.sign_up(&name).await.unwrap();
        pools.confirm(&name, &pools.code(&format!("{name}@example.com"))).await.unwrap();
        eprintln!("done {name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_9_loses_no_acknowledged_account() {
    let mut pools = pools();
    for enough in [1, 4, 9] {
        let folder = pools.dir.path().join(format!("killed-{enough}"));
        std::fs::create_dir(&folder).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "durability::signs_up_until_killed", "--nocapture"])
            .env(FOLDER, &folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut done = Vec::new();
        for line in lines {
            if let Some(name) = line.strip_prefix("done ") {
                done.push(name.to_owned());
            }
            if done.len() == enough {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(done.len() >= enough, "the child said {done:?} before it was killed");
        let (cognito, sessions) = open(&folder, &pools.clock, SecondFactor::Optional, Guests::Allowed);
        (pools.cognito, pools.sessions) = (cognito, sessions);
        for name in done {
            assert!(pools.sign_in(&name, PASSWORD).await.is_ok(), "{name} was acknowledged");
        }
    }
}
