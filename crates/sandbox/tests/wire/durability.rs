//! kill -9 while writing: what was acknowledged is there, and nothing is torn.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use amphora_sandbox::session::Role;
use amphora_sandbox::{Options, Sandbox};
use aws_sdk_s3::Client;
use serde_json::Value;

use crate::support::{BUCKET, ME, client, client_with, get, raw};

const ROUNDS: u32 = 6;
const WRITERS: u32 = 4;
const KEYS: u32 = 5;

/// What was acknowledged: key to the number of its last writing.
type Acknowledged = Arc<Mutex<BTreeMap<String, u64>>>;

/// Content that tells which writing it is of, and whether it is whole.
fn content(key: &str, number: u64) -> Vec<u8> {
    let length = 16 + (number.wrapping_mul(7919) % 90_000) as usize;
    let mut bytes = number.to_be_bytes().to_vec();
    let seed = key.bytes().fold(number, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    bytes.extend((0..length as u64).map(|at| (at.wrapping_mul(seed | 1) >> 3) as u8));
    bytes
}

fn spawn(data: &Path) -> (Child, Value) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amphora-sandbox"))
        .args(["--port", "0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

async fn guest(info: &Value) -> Client {
    let endpoint = info["endpoint"].as_str().unwrap();
    let call = async |operation: &str, body: Value| -> Value {
        let target = format!("X-Amz-Target: AWSCognitoIdentityService.{operation}");
        let answer = raw(endpoint, &["POST / HTTP/1.1", &target], &body.to_string()).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let id = call("GetId", serde_json::json!({ "IdentityPoolId": info["identityPoolId"] })).await;
    let keys = call("GetCredentialsForIdentity", serde_json::json!({ "IdentityId": id["IdentityId"] })).await;
    let text = |name: &str| keys["Credentials"][name].as_str().unwrap().to_owned();
    client_with(endpoint, &text("AccessKeyId"), &text("SecretKey"), Some(text("SessionToken")))
}

async fn write_until_it_dies(client: Client, writer: u32, first: u64, acknowledged: Acknowledged) {
    for number in first.. {
        let key = format!("public/{writer}/{}", number % u64::from(KEYS));
        let put = client.put_object().bucket(BUCKET).key(&key).body(content(&key, number).into());
        if put.send().await.is_err() {
            return;
        }
        acknowledged.lock().unwrap().insert(key, number);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_sandbox_keeps_every_acknowledged_object_and_tears_none() {
    let dir = tempfile::tempdir().unwrap();
    let acknowledged = Acknowledged::default();
    for round in 0..ROUNDS {
        let (mut child, info) = spawn(dir.path());
        let client = guest(&info).await;
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let first = u64::from(round) * 1_000_000;
                tokio::spawn(write_until_it_dies(client.clone(), writer, first, acknowledged.clone()))
            })
            .collect();
        let moment = 30 + rand::random_range(0..300);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
        check(dir.path(), &acknowledged).await;
    }
    assert!(!acknowledged.lock().unwrap().is_empty(), "something was written");
}

async fn check(data: &Path, acknowledged: &Acknowledged) {
    let sandbox = Sandbox::start(Options::new(data)).await.expect("the store opens after a kill");
    let keys = sandbox.sessions().issue(ME, Role::Authenticated, sandbox.clock().now()).unwrap();
    let me = client(&sandbox.info().endpoint, &keys);
    let listed = me.list_objects_v2().bucket(BUCKET).prefix("public/").send().await.unwrap();
    let mut stored = BTreeMap::new();
    for object in listed.contents() {
        let key = object.key().unwrap();
        let bytes = get(&me, key).await;
        let number = u64::from_be_bytes(bytes[..8].try_into().unwrap());
        assert!(bytes == content(key, number), "{key} is whole");
        stored.insert(key.to_owned(), number);
    }
    for (key, number) in acknowledged.lock().unwrap().iter() {
        let found = stored.get(key).unwrap_or_else(|| panic!("{key} was acknowledged and is gone"));
        assert!(found >= number, "{key}: writing {number} was acknowledged, {found} is stored");
    }
    sandbox.stop().await;
    let files: usize = std::fs::read_dir(data.join("blobs"))
        .unwrap()
        .map(|shard| std::fs::read_dir(shard.unwrap().path()).unwrap().count())
        .sum();
    assert_eq!(files, stored.len(), "no orphan is left after opening");
}
