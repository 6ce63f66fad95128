//! Measures uploads and downloads by `amphora-cli` beside s5cmd, rclone and the AWS CLI, against two unrelated servers.
//!
//! Run it by `cargo xtask bench transfers`. Servers and clients are processes of their own and take turns; each upload
//! meets an empty store, each download an empty folder, and the disk is in step before it begins; the median of the runs
//! after a warm-up counts, and the warm-up's bytes are compared. `AMPHORA_BENCH_PERCENT` makes the work smaller,
//! `AMPHORA_BENCH_RUNS` the runs fewer. Prints tables, and one line of JSON.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod client;
mod work;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use amphora_bench::peer::Peer;
use amphora_bench::report::{cells, ratio};
use amphora_bench::server::{Server, serve};
use amphora_bench::usage::{Usage, measure, measured};
use amphora_bench::{Done, median, number, runs};
use client::Client;
use serde_json::{Value, json};
use work::{Work, same};

/// Of the work, what a server in Python is given.
const MOTO_PERCENT: usize = 10;

fn main() -> Done<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", folder] => tokio::runtime::Runtime::new()?.block_on(serve(Path::new(folder), None)),
        ["measure", command @ ..] => measure(command),
        _ => compare(),
    }
}

/// Which server the clients meet.
#[derive(Clone)]
enum Host {
    Practice,
    Moto(PathBuf),
}

impl Host {
    fn start(&self, folder: &Path) -> Done<Server> {
        match self {
            Self::Practice => Server::practice(folder, None),
            Self::Moto(program) => Server::moto(program, folder),
        }
    }
}

/// One kind of work in one direction, measured.
struct Measured {
    what: String,
    /// Each client's runs, and the server's processor seconds in them.
    runs: Vec<Vec<(Usage, f64)>>,
}

fn compare() -> Done<()> {
    let percent = number("AMPHORA_BENCH_PERCENT").unwrap_or(100);
    let clients = Client::all();
    against(&Host::Practice, "the practice storage, without fsync", percent, &clients)?;
    if let Some(moto) = env::var_os("AMPHORA_MOTO") {
        against(&Host::Moto(moto.into()), "moto", percent * MOTO_PERCENT / 100, &clients)?;
    }
    Ok(())
}

fn against(host: &Host, title: &str, percent: usize, clients: &[Client]) -> Done<()> {
    let mut lines = Vec::new();
    for work in Work::all(percent) {
        let folder = tempfile::tempdir()?;
        let source = folder.path().join("source").join(work.folder);
        work.make(&source)?;
        for up in [true, false] {
            let measured = if up { uploads(host, clients, &source) } else { downloads(host, clients, &source) }?;
            let what = format!("{}, {}", work.title(), if up { "up" } else { "down" });
            lines.push(Measured { what, runs: measured });
        }
    }
    tables(title, clients, &lines);
    Ok(())
}

/// Each upload goes into a store of its own, which goes with it.
fn uploads(host: &Host, clients: &[Client], source: &Path) -> Done<Vec<Vec<(Usage, f64)>>> {
    in_turns(clients, |client, _| {
        let folder = tempfile::tempdir()?;
        let server = host.start(folder.path())?;
        run(&server, &client.upload(source, &server.info, folder.path())?)
    })
}

/// All downloads are of what ours has uploaded, so that the first one proves both ways.
fn downloads(host: &Host, clients: &[Client], source: &Path) -> Done<Vec<Vec<(Usage, f64)>>> {
    let store = tempfile::tempdir()?;
    let server = host.start(store.path())?;
    run(&server, &Client::Ours.upload(source, &server.info, store.path())?)?;
    in_turns(clients, |client, first| {
        let folder = tempfile::tempdir()?;
        let target = folder.path().join("target");
        std::fs::create_dir(&target)?;
        let done = run(&server, &client.download(source, &target, &server.info, folder.path())?)?;
        if first && !same(source, &client.downloaded(source, &target))? {
            return Err(format!("what {} downloads is not what was uploaded", client.name()).into());
        }
        Ok(done)
    })
}

/// Runs each client in every round; the first round is the warm-up.
fn in_turns(
    clients: &[Client],
    mut once: impl FnMut(&Client, bool) -> Done<(Usage, f64)>,
) -> Done<Vec<Vec<(Usage, f64)>>> {
    let mut all = vec![Vec::new(); clients.len()];
    for round in 0..=runs() {
        for (client, times) in clients.iter().zip(&mut all) {
            let done = once(client, round == 0)?;
            if round > 0 {
                times.push(done);
            }
        }
    }
    Ok(all)
}

fn run(server: &Server, command: &Command) -> Done<(Usage, f64)> {
    // What the last client left to write is not the next one's time.
    let _ = Command::new("sync").status();
    let before = server.cpu_seconds();
    let usage = measured(command)?;
    Ok((usage, server.cpu_seconds() - before))
}

fn tables(title: &str, clients: &[Client], lines: &[Measured]) {
    let names: Vec<&str> = clients.iter().map(Client::name).collect();
    let header = |extra: &str| {
        println!(
            "| | {} |{extra}\n|---|{}{}",
            names.join(" | "),
            "---|".repeat(names.len()),
            if extra.is_empty() { "" } else { "---|" }
        );
    };
    let of = |line: &Measured, pick: fn(&(Usage, f64)) -> f64| -> Vec<Option<f64>> {
        line.runs.iter().map(|runs| median(runs.iter().map(pick).collect())).collect()
    };
    println!(
        "Against {title}: seconds, median of {} runs; a ratio above 1 means ours is faster than the fastest other\n",
        runs()
    );
    header(" ratio |");
    let mut data = Vec::new();
    for line in lines {
        let seconds = of(line, |(usage, _)| usage.seconds);
        let ratio = ratio(&names, &seconds);
        println!("| {} | {} | {} |", line.what, cells(&seconds, 2), cells(&[ratio], 2));
        data.push(json!({
            "server": title, "what": line.what, "clients": names, "seconds": seconds, "ratio": ratio,
            "cpu_seconds": of(line, |(usage, _)| usage.cpu_seconds), "peak_mib": of(line, |(usage, _)| usage.peak_mib),
            "server_cpu_seconds": of(line, |(_, server)| *server),
        }));
    }
    type Pick = fn(&(Usage, f64)) -> f64;
    let others: [(&str, usize, Pick); 3] = [
        ("Processor seconds of the client", 1, |(usage, _)| usage.cpu_seconds),
        ("Processor seconds of the server", 1, |(_, server)| *server),
        ("Most memory of the client, MiB", 0, |(usage, _)| usage.peak_mib),
    ];
    for (title, digits, pick) in others {
        println!("\n{title}\n");
        header("");
        lines.iter().for_each(|line| println!("| {} | {} |", line.what, cells(&of(line, pick), digits)));
    }
    println!("\n{}\n", Value::Array(data));
}
