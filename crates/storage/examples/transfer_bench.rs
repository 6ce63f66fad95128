//! Measures upload and download of one large file beside `s5cmd`, against the practice storage without fsync.
//!
//! Run it in release: `cargo xtask bench transfers`. The server and each client are processes of their own, the clients
//! take turns, and the median of the runs after a warm-up counts. `s5cmd` is looked for on the PATH or under `AMPHORA_S5CMD`;
//! `AMPHORA_BENCH_MIB` sets the size. Prints a table, and one line of JSON.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use amphora_sandbox::session::Role;
use amphora_sandbox::{Options, Sandbox};
use amphora_storage::{Body, Control, IfExists, Key, Owner, PutOptions, Space, Storage, StorageConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use serde_json::{Value, json};
use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Measured runs after the warm-up.
const RUNS: usize = 5;
/// The file's size unless another is asked for.
const MIB: usize = 1024;
const IDENTITY: &str = "us-east-1:00000000-0000-4000-8000-000000000001";

type Done<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Done<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", folder] => serve(Path::new(folder)).await,
        ["up" | "down", file, server] => ours(words[0], Path::new(file), &serde_json::from_str(server)?).await,
        _ => compare(),
    }
}

/// The server: prints where it is and one identity's keys, and serves until its input ends.
async fn serve(folder: &Path) -> Done<()> {
    let options = Options { fsync: false, ..Options::new(folder) };
    let now = options.clock.now();
    let sandbox = Sandbox::start(options).await?;
    let keys = sandbox.sessions().issue(IDENTITY, Role::Authenticated, now)?;
    println!(
        "{}",
        json!({
            "endpoint": sandbox.info().endpoint, "region": sandbox.info().region, "bucket": sandbox.info().bucket,
            "id": keys.access_key_id, "secret": keys.secret_access_key.reveal(), "token": keys.session_token.reveal(),
        })
    );
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    sandbox.stop().await;
    Ok(())
}

/// Our client, as a process of its own.
async fn ours(what: &str, file: &Path, server: &Value) -> Done<()> {
    let keys = Credentials::new(text(server, "id"), text(server, "secret"), Some(text(server, "token")), None, "bench");
    let config = StorageConfig {
        bucket: text(server, "bucket"),
        region: text(server, "region"),
        endpoint: Some(text(server, "endpoint")),
        prefixes: Default::default(),
    };
    let me = amphora_storage::IdentityId::new(IDENTITY);
    let storage = Storage::new(config, SharedCredentialsProvider::new(keys), Some(me));
    let (space, key) = (Space::Protected(Owner::Me), Key::parse("bench.bin")?);
    if what == "up" {
        let body = Body::File(file.to_owned());
        storage.put(&space, &key, body, PutOptions::new(IfExists::Replace), &Control::default()).await?;
    } else {
        storage.get_over_file(&space, &key, file, &Control::default()).await?;
    }
    Ok(())
}

fn compare() -> Done<()> {
    let mib = env::var("AMPHORA_BENCH_MIB").ok().and_then(|mib| mib.parse().ok()).unwrap_or(MIB);
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("source.bin");
    make_file(&source, mib)?;
    let me = env::current_exe()?;
    let mut server = Command::new(&me)
        .arg("serve")
        .arg(folder.path().join("store"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(server.stdout.take().ok_or("the server has no output")?).read_line(&mut line)?;
    let info: Value = serde_json::from_str(&line)?;

    let s5cmd = env::var_os("AMPHORA_S5CMD").map_or_else(|| PathBuf::from("s5cmd"), PathBuf::from);
    let has_peer =
        Command::new(&s5cmd).arg("version").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    let mut rows = Vec::new();
    for what in ["up", "down"] {
        let target = folder.path().join("target.bin");
        let file = if what == "up" { &source } else { &target };
        let (mut our_times, mut peer_times) = (Vec::new(), Vec::new());
        for run in 0..=RUNS {
            let mut command = Command::new(&me);
            command.arg(what).arg(file).arg(info.to_string());
            let seconds = timed(&mut command)?;
            let peer = if has_peer { Some(timed(&mut peer_command(&s5cmd, what, file, &info))?) } else { None };
            if run > 0 {
                our_times.push(seconds);
                peer_times.extend(peer);
            }
        }
        if what == "down" && std::fs::read(&source)? != std::fs::read(&target)? {
            return Err("what came down is not what went up".into());
        }
        rows.push((what, median(our_times), median(peer_times)));
    }
    drop(server.stdin.take());
    server.wait()?;
    report(mib, &rows)
}

fn peer_command(s5cmd: &Path, what: &str, file: &Path, info: &Value) -> Command {
    let remote = format!("s3://{}/protected/{IDENTITY}/peer.bin", text(info, "bucket"));
    let file = file.to_string_lossy().into_owned();
    let (from, to) = if what == "up" { (file, remote) } else { (remote, file) };
    let mut command = Command::new(s5cmd);
    command
        .args(["--endpoint-url", &text(info, "endpoint"), "--log", "error", "cp", &from, &to])
        .env("AWS_ACCESS_KEY_ID", text(info, "id"))
        .env("AWS_SECRET_ACCESS_KEY", text(info, "secret"))
        .env("AWS_SESSION_TOKEN", text(info, "token"))
        .env("AWS_REGION", text(info, "region"))
        .env_remove("AWS_CA_BUNDLE")
        .stdout(Stdio::null());
    command
}

fn report(mib: usize, rows: &[(&str, Option<f64>, Option<f64>)]) -> Done<()> {
    println!("One file of {mib} MiB, median of {RUNS} runs, seconds; ratio above 1 means faster than s5cmd\n");
    println!("| | ours | s5cmd | ratio |\n|---|---|---|---|");
    let shown = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
    let mut data = Vec::new();
    for (what, ours, peer) in rows {
        let ratio = ours.zip(*peer).map(|(ours, peer)| peer / ours);
        println!("| {what} | {} | {} | {} |", shown(*ours), shown(*peer), shown(ratio));
        data.push(json!({"what": what, "mib": mib, "ours": ours, "s5cmd": peer, "ratio": ratio}));
    }
    println!("\n{}", Value::Array(data));
    Ok(())
}

fn make_file(path: &Path, mib: usize) -> Done<()> {
    let mut file = std::fs::File::create(path)?;
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut block = vec![0u8; 1 << 20];
    for _ in 0..mib {
        for word in block.chunks_exact_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word.copy_from_slice(&state.to_le_bytes());
        }
        file.write_all(&block)?;
    }
    Ok(file.sync_all()?)
}

fn timed(command: &mut Command) -> Done<f64> {
    let begun = Instant::now();
    let status = command.status()?;
    if status.success() { Ok(begun.elapsed().as_secs_f64()) } else { Err(format!("{command:?} failed").into()) }
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
