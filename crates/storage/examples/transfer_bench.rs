//! Measures upload and download of one large file beside `s5cmd` and `rclone`, against the practice storage without fsync.
//!
//! Run it in release: `cargo xtask bench transfers`. The server and each client are processes of their own, the clients
//! take turns, and the median of the runs after a warm-up counts. The tools are looked for on the PATH or under
//! `AMPHORA_S5CMD` and `AMPHORA_RCLONE`; `AMPHORA_BENCH_MIB` sets the size. Prints a table, and one line of JSON.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod bench;

use amphora_storage::{Body, Control, IfExists, Key, Owner, PutOptions, Space};
use bench::{Done, IDENTITY, Line, Peer, RUNS, Server, median, report, serve, storage};
use serde_json::Value;
use std::env;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The file's size unless another is asked for.
const MIB: usize = 1024;

#[tokio::main]
async fn main() -> Done<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", folder] => serve(Path::new(folder), None).await,
        ["up" | "down", file, server] => ours(words[0], Path::new(file), &serde_json::from_str(server)?).await,
        _ => compare(),
    }
}

/// Our client, as a process of its own.
async fn ours(what: &str, file: &Path, server: &Value) -> Done<()> {
    let storage = storage(server);
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
    let server = Server::start(&folder.path().join("store"), None)?;
    let peers: Vec<Peer> = [Peer::S5cmd, Peer::Rclone].into_iter().filter(|peer| peer.is_there()).collect();
    let mut lines = Vec::new();
    for what in ["up", "down"] {
        let target = folder.path().join("target.bin");
        let file = if what == "up" { &source } else { &target };
        let mut times = vec![Vec::new(); peers.len() + 1];
        for run in 0..=RUNS {
            let mut round =
                vec![timed(Command::new(env::current_exe()?).arg(what).arg(file).arg(server.info.to_string()))?];
            if what == "down" && run == 0 && std::fs::read(&source)? != std::fs::read(&target)? {
                return Err("what came down is not what went up".into());
            }
            for peer in &peers {
                round.push(timed(&mut peer_copy(*peer, what, file, &server.info))?);
            }
            if run > 0 {
                times.iter_mut().zip(round).for_each(|(times, seconds)| times.push(seconds));
            }
        }
        lines.push(Line { what: what.to_owned(), medians: times.into_iter().map(median).collect() });
    }
    server.stop()?;
    let names: Vec<&str> = ["ours"].into_iter().chain(peers.iter().map(|peer| peer.name())).collect();
    report(&format!("One file of {mib} MiB"), &names, &lines);
    Ok(())
}

fn peer_copy(peer: Peer, what: &str, file: &Path, server: &Value) -> Command {
    let remote = peer.address(server, &format!("protected/{IDENTITY}/{}.bin", peer.name()));
    let file = file.to_string_lossy().into_owned();
    let (from, to) = if what == "up" { (file, remote) } else { (remote, file) };
    let mut command = peer.command(server);
    match peer {
        Peer::S5cmd => command.args(["--log", "error", "cp", &from, &to]),
        // Without looking at the target first, as the others.
        Peer::Rclone => command.args(["copyto", "--ignore-times", "--s3-no-check-bucket", &from, &to]),
    };
    command
}

fn timed(command: &mut Command) -> Done<f64> {
    let begun = Instant::now();
    let status = command.status()?;
    if status.success() {
        Ok(begun.elapsed().as_secs_f64())
    } else {
        Err(format!("{} failed", command.get_program().display()).into())
    }
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
