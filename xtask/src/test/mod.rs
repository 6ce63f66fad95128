//! `cargo xtask test`: every check that a change must pass, headless, unattended, under one watchdog.

mod contract;
mod invariants;
mod licences;
mod tally;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use self::tally::Tally;
use crate::system::{self, Asking, Purpose};
use crate::{Problem, bindings, front, process, workspace};

/// No run may take longer; CI's own limit is 90 minutes.
const WHOLE_RUN: Duration = Duration::from_secs(80 * 60);

/// The window's journeys take a minute or two; what is stuck there must not eat the whole run. Building is not counted.
const JOURNEYS: Duration = Duration::from_secs(20 * 60);

/// How to test.
#[derive(Args)]
pub(crate) struct Options {
    /// Also what takes long: 500 sign-ins of each client, 50 kills, large files.
    #[arg(long)]
    long: bool,
    /// Only these phases.
    #[arg(long, num_args = 1.., value_name = "PHASE")]
    only: Vec<Phase>,
}

/// One part of the run, in the order of the run: what is quick to fail comes first.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Phase {
    Format,
    Invariants,
    Licences,
    Ui,
    Clippy,
    Bindings,
    Unit,
    Contract,
    E2e,
}

/// One phase as it runs: where its output goes, and what it has counted.
struct Run {
    log: PathBuf,
    deadline: Instant,
    long: bool,
    tally: Tally,
}

/// Runs the phases, tells each one's seconds, and closes with `N passed, N failed`.
pub(crate) fn test(options: &Options) -> Result<(), Problem> {
    process::end_group_on_interrupt();
    let deadline = Instant::now() + WHOLE_RUN;
    system::check_node()?;
    system::install(Purpose::Tests, Asking::Nobody)?;
    let logs = workspace::target()?.join("xtask-logs");
    fs::create_dir_all(&logs).map_err(|error| format!("Couldn't make {}: {error}.", logs.display()))?;

    let mut total = Tally::default();
    let mut reasons = String::new();
    for phase in Phase::value_variants() {
        if options.only.is_empty() || options.only.contains(phase) {
            let log = logs.join(format!("{}.log", phase.name()));
            total += one(*phase, options, &log, deadline, &mut reasons);
        }
    }
    // Last, so that they are seen where only the end of a run's output is kept.
    print!("{reasons}");
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Ok(()) } else { Err("Not everything passed; the reasons are above.".to_owned()) }
}

fn one(phase: Phase, options: &Options, log: &PathBuf, deadline: Instant, reasons: &mut String) -> Tally {
    let began = Instant::now();
    println!("{:<11} …", phase.name());
    let _ = fs::remove_file(log);
    let mut run = Run { log: log.clone(), deadline, long: options.long, tally: Tally::default() };
    let outcome = phase.run(&mut run);
    let mut tally = run.tally;
    tally += Tally::of_log(&fs::read_to_string(log).unwrap_or_default());
    let seconds = began.elapsed().as_secs_f64();
    match outcome {
        Ok(()) if tally.failed == 0 => {
            // A phase that holds no counted tests is one check.
            tally.passed = tally.passed.max(1);
            println!("{:<11} ok      {seconds:7.1} s  {} passed", phase.name(), tally.passed);
        }
        outcome => {
            tally.failed = tally.failed.max(1);
            println!("{:<11} FAILED  {seconds:7.1} s", phase.name());
            let told = tally::reasons(&fs::read_to_string(log).unwrap_or_default());
            let outcome = outcome.err().unwrap_or_else(|| "Tests failed.".to_owned());
            println!("{told}\n{outcome}");
            *reasons += &format!("\n{} failed:\n{told}\n{outcome}\n", phase.name());
        }
    }
    tally
}

impl Phase {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn run(self, run: &mut Run) -> Result<(), Problem> {
        match self {
            Self::Format => run.cargo(&["fmt", "--all", "--check", "--", "--color", "never"]),
            Self::Invariants => invariants::check(),
            Self::Licences => licences::check(),
            Self::Ui => ui(run),
            Self::Clippy => {
                run.pages()?;
                run.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
            }
            Self::Bindings => {
                run.pages()?;
                bindings::compare(&mut |command| run.command(command))
            }
            Self::Unit => {
                run.pages()?;
                // Not the suites that have a phase of their own: their manifests take them out of the default.
                run.cargo(&["test", "--workspace", "--no-fail-fast"])
            }
            Self::Contract => contract::check(run),
            Self::E2e => e2e(run),
        }
    }
}

impl Run {
    /// Runs one command of this phase, its output into the phase's log.
    fn command(&mut self, command: &mut Command) -> Result<(), Problem> {
        command.env("NO_COLOR", "1").env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never");
        if self.long {
            command.env("AMPHORA_LONG", "1");
        }
        process::unattended(command, &self.log, self.deadline)
    }

    fn cargo(&mut self, arguments: &[&str]) -> Result<(), Problem> {
        self.command(workspace::cargo().args(arguments))
    }

    /// The window's crate embeds the pages: they must be there before it compiles.
    fn pages(&mut self) -> Result<(), Problem> {
        front::install(&workspace::ui(), &mut |command| self.command(command))?;
        front::build(&mut |command| self.command(command))
    }
}

fn ui(run: &mut Run) -> Result<(), Problem> {
    let ui = workspace::ui();
    front::install(&ui, &mut |command| run.command(command))?;
    for script in ["lint", "format:check", "knip"] {
        run.command(workspace::npm(&ui).args(["run", script]))?;
    }
    run.command(workspace::npx(&ui, "tsc").arg("-b"))?;
    let report = workspace::target()?.join("xtask-logs/vitest.json");
    let tested = run.command(
        workspace::npx(&ui, "vitest")
            .args(["run", "--reporter=default", "--reporter=json"])
            .arg(format!("--outputFile.json={}", report.display())),
    );
    run.tally += Tally::of_vitest(&fs::read(&report).unwrap_or_default());
    tested?;
    run.pages()
}

/// The window itself through WebDriver; the harness makes its own displays, so this needs none.
fn e2e(run: &mut Run) -> Result<(), Problem> {
    if !cfg!(target_os = "linux") {
        println!("            the window is driven on Linux only");
        return Ok(());
    }
    run.pages()?;
    run.command(workspace::npm(&workspace::ui()).args(["run", "gallery"]))?;
    run.command(workspace::cargo().arg("build").args(workspace::ONE_SET).args([
        "--bin",
        "amphora",
        "--bin",
        "amphora-cli",
    ]))?;
    run.deadline = run.deadline.min(Instant::now() + JOURNEYS);
    let mut command = workspace::cargo();
    command
        .arg("test")
        .args(workspace::ONE_SET)
        .arg("--no-fail-fast")
        .env("AMPHORA_APP", workspace::built("debug", "amphora")?);
    run.command(&mut command)
}
