//! The project's own commands: run, test, sandbox, bench, bindings, package. Builds before any system package is there.
#![expect(clippy::print_stdout, reason = "a command line speaks on its standard output")]

mod bench;
mod bindings;
mod front;
mod journal;
mod package;
mod process;
mod run;
mod sandbox;
mod system;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What went wrong, as one sentence for the person at the terminal.
type Problem = String;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs, tests and packages Amphora")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, and open the window.
    Run(run::Options),
    /// Run every check that a change must pass, without asking anything.
    Test(test::Options),
    /// Serve the practice storage alone; all arguments go to it (try --help).
    Sandbox {
        /// Passed on as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measure release builds beside public tools.
    Bench(bench::Options),
    /// Write the TypeScript bindings of the window's commands.
    Bindings {
        /// Only say whether the committed file is current.
        #[arg(long)]
        check: bool,
    },
    /// Build an installable package of this system's kind.
    Package,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::test(&options),
        Command::Sandbox { arguments } => sandbox::serve(&arguments),
        Command::Bench(options) => bench::bench(&options),
        Command::Bindings { check } => bindings::bindings(check),
        Command::Package => package::package(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
