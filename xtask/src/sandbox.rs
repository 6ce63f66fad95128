//! `cargo xtask sandbox`: builds the practice storage and becomes it.

use std::process::Command;

use crate::{Problem, process, workspace};

/// Serves until Ctrl-C; the arguments are the sandbox's own.
pub(crate) fn serve(arguments: &[String]) -> Result<(), Problem> {
    process::shown(workspace::cargo().args(["build", "--quiet", "--package", "amphora-sandbox"]))?;
    process::become_it(Command::new(workspace::built("debug", "amphora-sandbox")?).args(arguments))
}
