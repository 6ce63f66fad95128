//! `cargo xtask bench`: release builds measured beside public tools in the same run.

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
    /// Upload and download of a large file beside s5cmd, against the practice storage.
    Transfers,
}

/// Measures one after the other, so that they do not share the processors.
pub(crate) fn bench(options: &Options) -> Result<(), Problem> {
    system::install(Purpose::Benchmarks, Asking::Person)?;
    for what in What::value_variants() {
        if options.what.is_empty() || options.what.contains(what) {
            match what {
                What::Thumbs => example("amphora-thumbs", "thumbnails_bench")?,
                What::Transfers => transfers()?,
            }
        }
    }
    Ok(())
}

fn example(package: &str, name: &str) -> Result<(), Problem> {
    process::shown(workspace::cargo().args(["run", "--quiet", "--release", "--package", package, "--example", name]))
}

fn transfers() -> Result<(), Problem> {
    process::shown(workspace::cargo().args(["build", "--quiet", "--release", "--package", "amphora-sandbox"]))?;
    example("amphora-storage", "transfer_bench")
}
