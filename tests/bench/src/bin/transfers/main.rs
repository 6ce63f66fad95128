//! Measures uploads and downloads by `amphora-cli` beside s5cmd, rclone and the AWS CLI, against two unrelated servers.
//!
//! Run it by `cargo xtask bench transfers`. Servers and clients are processes of their own and take turns; each upload
//! meets an empty store, each download an empty folder, and both a full memory and a disk that is in step; the median of the
//! runs after a warm-up counts, and the warm-up's bytes are compared. Ours makes each file durable before it gives it its name and
//! the others leave that to the system: so downloads are told twice, as the clients end and until all is on the disk.
//! `AMPHORA_BENCH_PERCENT` makes the work smaller, `AMPHORA_BENCH_RUNS` the runs fewer, `AMPHORA_BENCH_WORK` (`huge`, `small`
//! or `mixed`) leaves the other work out, `AMPHORA_BENCH_SERVER=moto` the practice storage. Tells the medians of each line on
//! stderr as soon as they are known, and prints at the end tables and one line of JSON for each server.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod client;
mod spent;
mod work;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use amphora_bench::memory::Filler;
use amphora_bench::peer::Peer;
use amphora_bench::report::{cells, ratio};
use amphora_bench::server::{Server, serve};
use amphora_bench::usage::{Usage, measure, measured};
use amphora_bench::{Done, median, number, runs};
use client::Client;
use serde_json::{Value, json};
use spent::Spent;
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
    up: bool,
    /// Each client's runs.
    runs: Vec<Vec<Run>>,
}

impl Measured {
    /// Each client's median of a number.
    fn medians(&self, pick: Pick) -> Vec<Option<f64>> {
        self.runs.iter().map(|runs| median(runs.iter().map(pick).collect())).collect()
    }
}

/// One run of a client.
#[derive(Clone, Copy)]
struct Run {
    usage: Usage,
    /// Processor seconds of the server meanwhile.
    server: f64,
    /// From its start until the disk has everything.
    on_disk: f64,
}

fn compare() -> Done<()> {
    let percent = number("AMPHORA_BENCH_PERCENT").unwrap_or(100);
    let bench = Bench { clients: Client::all(), memory: Filler::new()? };
    if env::var("AMPHORA_BENCH_SERVER").as_deref() != Ok("moto") {
        bench.against(&Host::Practice, "the practice storage, without fsync", percent)?;
    }
    if let Some(moto) = env::var_os("AMPHORA_MOTO") {
        bench.against(&Host::Moto(moto.into()), "moto", percent * MOTO_PERCENT / 100)?;
    }
    Ok(())
}

/// Who takes turns, and what each of them meets.
struct Bench {
    clients: Vec<Client>,
    memory: Filler,
}

impl Bench {
    /// Measures all the work against a server. Tells each line as soon as it is known, and the tables at the end.
    fn against(&self, host: &Host, title: &str, percent: usize) -> Done<()> {
        let mut lines = Vec::new();
        let names: Vec<&str> = self.clients.iter().map(Client::name).collect();
        eprintln!("{title}: {}, seconds", names.join(" | "));
        let only = env::var("AMPHORA_BENCH_WORK").ok();
        for work in Work::all(percent).into_iter().filter(|work| only.as_deref().is_none_or(|only| only == work.folder))
        {
            let folder = tempfile::tempdir()?;
            let source = folder.path().join("source").join(work.folder);
            work.make(&source)?;
            for up in [true, false] {
                let runs = if up { self.uploads(host, &source) } else { self.downloads(host, &source) }?;
                let what = format!("{}, {}", work.title(), if up { "up" } else { "down" });
                let line = Measured { what, up, runs };
                eprintln!("{title}: {}: {}", line.what, cells(&line.medians(|run| run.usage.seconds), 2));
                lines.push(line);
            }
        }
        tables(title, &self.clients, &lines);
        Ok(())
    }

    /// Each upload goes into a store of its own, which goes with it.
    fn uploads(&self, host: &Host, source: &Path) -> Done<Vec<Vec<Run>>> {
        let mut spent = Spent::default();
        self.in_turns(|client, _| {
            let folder = tempfile::tempdir()?;
            let server = host.start(folder.path())?;
            let done = self.run(&server, &client.upload(source, &server.info, folder.path())?)?;
            drop(server);
            spent.add(folder)?;
            Ok(done)
        })
    }

    /// All downloads are of what ours has uploaded, so that the first one proves both ways.
    fn downloads(&self, host: &Host, source: &Path) -> Done<Vec<Vec<Run>>> {
        let store = tempfile::tempdir()?;
        let mut spent = Spent::default();
        let server = host.start(store.path())?;
        self.run(&server, &Client::Ours.upload(source, &server.info, store.path())?)?;
        self.in_turns(|client, first| {
            let folder = tempfile::tempdir()?;
            let target = folder.path().join("target");
            std::fs::create_dir(&target)?;
            let done = self.run(&server, &client.download(source, &target, &server.info, folder.path())?)?;
            if first && !same(source, &client.downloaded(source, &target))? {
                return Err(format!("what {} downloads is not what was uploaded", client.name()).into());
            }
            spent.add(folder)?;
            Ok(done)
        })
    }

    /// Runs each client in every round, every time another one first: what one leaves to be done, the next one meets. The
    /// first round is the warm-up.
    fn in_turns(&self, mut once: impl FnMut(&Client, bool) -> Done<Run>) -> Done<Vec<Vec<Run>>> {
        let mut all = vec![Vec::new(); self.clients.len()];
        for round in 0..=runs() {
            for at in (0..self.clients.len()).map(|at| (at + round) % self.clients.len()) {
                let done = once(&self.clients[at], round == 0)?;
                if round > 0 {
                    all[at].push(done);
                }
            }
        }
        Ok(all)
    }

    fn run(&self, server: &Server, command: &Command) -> Done<Run> {
        self.memory.fill()?;
        // What the last client left to write is not the next one's time.
        let _ = Command::new("sync").status();
        let before = server.cpu_seconds();
        let usage = measured(command)?;
        let server = server.cpu_seconds() - before;
        let ended = Instant::now();
        let _ = Command::new("sync").status();
        Ok(Run { usage, server, on_disk: usage.seconds + ended.elapsed().as_secs_f64() })
    }
}

/// A number of a run.
type Pick = fn(&Run) -> f64;

fn tables(title: &str, clients: &[Client], lines: &[Measured]) {
    let names: Vec<&str> = clients.iter().map(Client::name).collect();
    let header = |extra: &str| {
        let more = if extra.is_empty() { "" } else { "---|" };
        println!("| | {} |{extra}\n|---|{}{more}", names.join(" | "), "---|".repeat(names.len()));
    };
    let compared = |lines: &mut dyn Iterator<Item = &Measured>, pick: Pick| {
        header(" ratio |");
        for line in lines {
            let seconds = line.medians(pick);
            println!("| {} | {} | {} |", line.what, cells(&seconds, 2), cells(&[ratio(&names, &seconds)], 2));
        }
    };
    let runs = runs();
    println!("Against {title}: seconds, median of {runs} runs; above 1, ours is faster than the fastest other\n");
    compared(&mut lines.iter(), |run| run.usage.seconds);
    println!("\nUntil all is on the disk\n");
    compared(&mut lines.iter().filter(|line| !line.up), |run| run.on_disk);
    let others: [(&str, usize, Pick); 3] = [
        ("Processor seconds of the client", 1, |run| run.usage.cpu_seconds),
        ("Processor seconds of the server", 1, |run| run.server),
        ("Most memory of the client, MiB", 0, |run| run.usage.peak_mib),
    ];
    for (title, digits, pick) in others {
        println!("\n{title}\n");
        header("");
        lines.iter().for_each(|line| println!("| {} | {} |", line.what, cells(&line.medians(pick), digits)));
    }
    let data = lines.iter().map(|line| {
        let seconds = line.medians(|run| run.usage.seconds);
        json!({
            "server": title, "what": line.what, "clients": names, "ratio": ratio(&names, &seconds), "seconds": seconds,
            "on_disk_seconds": (!line.up).then(|| line.medians(|run| run.on_disk)),
            "cpu_seconds": line.medians(|run| run.usage.cpu_seconds), "peak_mib": line.medians(|run| run.usage.peak_mib),
            "server_cpu_seconds": line.medians(|run| run.server),
        })
    });
    println!("\n{}\n", Value::Array(data.collect()));
}
