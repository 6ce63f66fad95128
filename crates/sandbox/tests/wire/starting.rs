//! Starting, restarting and stopping, in this process and as the binary.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use amphora_sandbox::session::Role;
use amphora_sandbox::{Error, Options, Sandbox};

use crate::support::{ME, client, get, put};

#[tokio::test]
async fn a_restart_keeps_data_pools_and_sessions() {
    let dir = tempfile::tempdir().unwrap();
    let first = Sandbox::start(Options::for_tests(dir.path())).await.unwrap();
    let keys = first.sessions().issue(ME, Role::Authenticated, first.clock().now()).unwrap();
    put(&client(&first.info().endpoint, &keys), "public/a", b"kept").await;
    let before = first.info().clone();
    first.stop().await;

    let begun = Instant::now();
    let second = Sandbox::start(Options::for_tests(dir.path())).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "opening is quick: {:?}", begun.elapsed());
    let after = second.info().clone();
    assert_eq!((before.user_pool_id, before.identity_pool_id), (after.user_pool_id, after.identity_pool_id));
    assert_eq!(get(&client(&after.endpoint, &keys), "public/a").await, b"kept", "the old keys still open it");
}

#[tokio::test]
async fn a_data_folder_has_one_holder_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let first = Sandbox::start(Options::for_tests(dir.path())).await.unwrap();
    let second = Sandbox::start(Options::for_tests(dir.path())).await.err().expect("the folder is held");
    assert!(matches!(second, Error::Held { .. }), "{second}");
    first.stop().await;
    Sandbox::start(Options::for_tests(dir.path())).await.expect("the folder is free").stop().await;
}

#[test]
fn the_binary_says_where_it_is_writes_files_and_stops_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let out = dir.path().join("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_amphora-sandbox"))
        .args(["--port", "0", "--no-fsync", "--user", "ann:Practice1!", "--seed", "20:2", "--policy", "recommended"])
        .arg("--data")
        .arg(&data)
        .arg("--config-out")
        .arg(&out)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let info: serde_json::Value = serde_json::from_str(&line).unwrap();
    let names: Vec<&String> = info.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 6, "{line}");
    assert!(info["endpoint"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    for file in ["aws-exports.js", "aws-exports.json", "amplify_outputs.json"] {
        let text = std::fs::read_to_string(out.join(file)).unwrap();
        assert!(text.contains(info["userPoolId"].as_str().unwrap()), "{file}");
    }
    let held = Command::new(env!("CARGO_BIN_EXE_amphora-sandbox"))
        .args(["--port", "0", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(!held.status.success());
    let told = String::from_utf8_lossy(&held.stderr);
    assert!(told.contains(&format!("process {}", child.id())), "says who holds it: {told}");
    stop(&mut child);
}

#[cfg(unix)]
fn stop(child: &mut std::process::Child) {
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(child.wait().unwrap().success(), "SIGTERM ends it in order");
}

#[cfg(not(unix))]
fn stop(child: &mut std::process::Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}
