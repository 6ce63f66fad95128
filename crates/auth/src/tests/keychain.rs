//! The real keychain of Linux, on a session bus of the test's own: nobody's keyring is touched.

use crate::{OsKeychain, Secret, SecretStore};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const UNLOCKED: &str = "printf secret | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1";

/// Runs one of the tests below in a process of its own, where the bus and the home folder are of our making.
fn run(inner: &str, prepare: &str, home: &Path) -> Output {
    let test = std::env::current_exe().expect("this test");
    let script = format!("{prepare}; \"$0\" --ignored --exact tests::keychain::{inner}");
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", &script]).arg(test);
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("XDG_DATA_HOME", home.join("data"));
    command.env_remove("GNOME_KEYRING_CONTROL").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command.output().expect("dbus-run-session is there; `cargo xtask test` installs what the tests need")
}

fn passes(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn secrets_of_any_length_survive_in_the_keychain() {
    let home = tempfile::tempdir().expect("a folder");
    passes(&run("inner_keeps", UNLOCKED, home.path()));
}

#[test]
fn without_a_keychain_that_is_told_within_seconds() {
    let home = tempfile::tempdir().expect("a folder");
    passes(&run("inner_unavailable", "export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", home.path()));
}

#[tokio::test]
#[ignore = "run by the test above on a bus of its own"]
async fn inner_keeps() {
    let keychain = OsKeychain::open("dev.amphora.test").await.expect("a keychain");
    for length in [1, 1_800, 2_400, 9_000, 3_000] {
        let secret = Secret::new(vec![b'x'; length]);
        keychain.set("token", secret.clone()).await.expect("kept");
        let again = OsKeychain::open("dev.amphora.test").await.expect("a keychain");
        assert_eq!(again.get("token").await.expect("an answer"), Some(secret), "{length} bytes");
    }
    assert_eq!(keychain.get("other").await.expect("an answer"), None);
    keychain.remove("token").await.expect("forgotten");
    keychain.remove("token").await.expect("forgotten already");
    for place in ["token", "token 2"] {
        assert_eq!(keychain.get(place).await.expect("an answer"), None, "no piece is left");
    }
}

#[tokio::test]
#[ignore = "run by the test above on a bus of its own"]
async fn inner_unavailable() {
    let begun = Instant::now();
    let unavailable = OsKeychain::open("dev.amphora.test").await.expect_err("no keychain");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}: {unavailable}", begun.elapsed());
}
