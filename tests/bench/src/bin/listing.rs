//! Measures complete listings of many keys beside `s5cmd ls` and `rclone lsf`, against the practice storage.
//!
//! Run it in release: `cargo xtask bench listing`. The server and each client are processes of their own, the clients take
//! turns, and the median of the runs after a warm-up counts. `AMPHORA_BENCH_KEYS` sets the numbers of keys. Each client
//! counts what it was given, and a wrong count ends the benchmark. Prints a table, and one line of JSON.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use amphora_bench::peer::Peer;
use amphora_bench::report::{Line, report};
use amphora_bench::server::{IDENTITY, Server, serve};
use amphora_bench::{Done, median, runs, text};
use amphora_storage::{Control, IdentityId, Shape, Space, Storage, StorageConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use serde_json::Value;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const KEYS: &str = "100000,1000000";
const FOLDERS: usize = 10_000;

#[tokio::main]
async fn main() -> Done<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", folder, seed] => serve(Path::new(folder), Some(seed)).await,
        ["paged" | "deep", server] => ours(words[0], &serde_json::from_str(server)?).await,
        _ => compare(),
    }
}

/// Our client, as a process of its own: prints a line for each key, as the others do.
async fn ours(how: &str, server: &Value) -> Done<()> {
    let (storage, control) = (storage(server), Control::default());
    let objects = match how {
        "deep" => storage.list_deep(&Space::Public, "", &control).await?,
        _ => storage.list_all(&Space::Public, "", Shape::Deep, &control).await?.objects,
    };
    let mut lines = String::new();
    for object in objects {
        lines.push_str(&object.key);
        lines.push('\n');
    }
    print!("{lines}");
    Ok(())
}

fn storage(server: &Value) -> Storage {
    let keys = Credentials::new(text(server, "id"), text(server, "secret"), Some(text(server, "token")), None, "bench");
    let config = StorageConfig {
        bucket: text(server, "bucket"),
        region: text(server, "region"),
        endpoint: Some(text(server, "endpoint")),
        prefixes: Default::default(),
    };
    Storage::new(config, SharedCredentialsProvider::new(keys), Some(IdentityId::new(IDENTITY)))
}

fn compare() -> Done<()> {
    let keys = env::var("AMPHORA_BENCH_KEYS").unwrap_or_else(|_| KEYS.to_owned());
    let peers: Vec<Peer> = [Peer::S5cmd, Peer::Rclone].into_iter().filter(|peer| peer.is_there()).collect();
    let mut lines = Vec::new();
    for keys in keys.split(',') {
        for (seed, shape) in [(keys.to_owned(), "flat"), (format!("{keys}:{FOLDERS}"), "in 10,000 folders")] {
            let folder = tempfile::tempdir()?;
            let server = Server::practice(folder.path(), Some(&seed))?;
            let mut times = vec![Vec::new(); peers.len() + 2];
            for run in 0..=runs() {
                let mut round = Vec::new();
                for how in ["paged", "deep"] {
                    let mut command = Command::new(env::current_exe()?);
                    round.push(counted(command.arg(how).arg(server.info.to_string()), keys.parse()?)?);
                }
                for peer in &peers {
                    round.push(counted(&mut peer_list(*peer, &server.info), keys.parse()?)?);
                }
                if run > 0 {
                    times.iter_mut().zip(round).for_each(|(times, seconds)| times.push(seconds));
                }
            }
            lines.push(Line { what: format!("{keys} {shape}"), medians: times.into_iter().map(median).collect() });
        }
    }
    let names: Vec<&str> =
        ["ours", "ours, side by side"].into_iter().chain(peers.iter().map(|peer| peer.name())).collect();
    report("Complete listings", &names, &lines);
    Ok(())
}

/// Runs a client, counts its lines, and says how long it took.
fn counted(command: &mut Command, keys: usize) -> Done<f64> {
    let begun = Instant::now();
    let output = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).output()?;
    let seconds = begun.elapsed().as_secs_f64();
    let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count();
    if lines == keys {
        Ok(seconds)
    } else {
        Err(format!("{} listed {lines} of {keys} keys", command.get_program().display()).into())
    }
}

fn peer_list(peer: Peer, server: &Value) -> Command {
    let mut command = peer.command(server);
    match peer {
        Peer::S5cmd => command.args(["ls", &peer.address(server, "public/*")]),
        Peer::Rclone => {
            command.args(["lsf", "--recursive", "--files-only", "--fast-list", &peer.address(server, "public")])
        }
        Peer::Aws => command.args(["s3", "ls", "--recursive", &peer.address(server, "public/")]),
    };
    command
}
