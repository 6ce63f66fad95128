//! `cargo xtask bindings`: the TypeScript face of the window's commands, written by the window's own crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::front::Runner;
use crate::{Problem, front, process, workspace};

/// Writes ui/src/bindings.ts, or with `check` only compares it.
pub(crate) fn bindings(check: bool) -> Result<(), Problem> {
    // The window's crate embeds the pages, so they must be there before it compiles.
    front::install(&workspace::ui(), &mut process::shown)?;
    front::build(&mut process::shown)?;
    if check { compare(&mut process::shown) } else { export(&committed(), &mut process::shown) }
}

/// Fails when the committed file is not what the commands say.
pub(crate) fn compare(run: &mut Runner) -> Result<(), Problem> {
    let fresh = workspace::target()?.join("xtask-bindings.ts");
    export(&fresh, run)?;
    let read =
        |path: &Path| fs::read_to_string(path).map_err(|error| format!("Couldn't read {}: {error}.", path.display()));
    if read(&fresh)? == read(&committed())? {
        Ok(())
    } else {
        Err("ui/src/bindings.ts is not what the commands say; run `cargo xtask bindings` and commit it.".to_owned())
    }
}

fn export(to: &Path, run: &mut Runner) -> Result<(), Problem> {
    run(workspace::cargo().args(["build"]).args(workspace::ONE_SET).args(["--bin", "export-bindings"]))?;
    run(Command::new(workspace::built("debug", "export-bindings")?).arg(to))
}

fn committed() -> PathBuf {
    workspace::ui().join("src/bindings.ts")
}
