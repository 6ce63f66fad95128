//! The contract phase: independent servers and clients in environments of their own, then the suite.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::Run;
use crate::journal::Stamp;
use crate::{Problem, front, workspace};

/// Prepares the environments and runs the suite.
pub(crate) fn check(run: &mut Run) -> Result<(), Problem> {
    let folder = workspace::root().join("tests/contract");
    let mut suite = workspace::cargo();
    suite.args(["test", "--workspace", "--test", "contract", "--no-fail-fast"]);
    if folder.join("requirements.txt").is_file() {
        suite.env("AMPHORA_VENV", python(run, folder.join("requirements.txt"))?);
    }
    for client in ["amplify2", "amplify6"] {
        front::install(&folder.join(client), &mut |command| run.command(command))?;
    }
    run.command(&mut suite)
}

/// A virtual environment with exactly these packages, made again when the list changes.
fn python(run: &mut Run, requirements: PathBuf) -> Result<PathBuf, Problem> {
    let venv = workspace::cache().join("venv");
    let stamp = Stamp::over(venv.join(".amphora-requirements"), std::slice::from_ref(&requirements));
    if stamp.is_current() {
        return Ok(venv);
    }
    if venv.exists() {
        fs::remove_dir_all(&venv).map_err(|error| format!("Couldn't empty {}: {error}.", venv.display()))?;
    }
    run.command(Command::new(if cfg!(windows) { "python" } else { "python3" }).args(["-m", "venv"]).arg(&venv))?;
    let pip = if cfg!(windows) { venv.join("Scripts/pip.exe") } else { venv.join("bin/pip") };
    run.command(
        Command::new(pip)
            .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements),
    )?;
    stamp.write()?;
    Ok(venv)
}
