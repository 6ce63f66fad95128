//! `cargo xtask run`: from a fresh clone to the open window.

use std::process::Command;

use clap::Args;

use crate::system::{self, Asking, Purpose};
use crate::{Problem, front, process, workspace};

/// How to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Install missing system packages without asking.
    #[arg(long)]
    yes: bool,
}

/// Installs, builds and becomes the application.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    system::check_node()?;
    system::install(Purpose::Window, if options.yes { Asking::Nobody } else { Asking::Person })?;
    front::install(&workspace::ui(), &mut process::shown)?;
    front::build(&mut process::shown)?;
    process::shown(workspace::cargo().args(["build", "--package", "amphora"]))?;
    process::become_it(&mut Command::new(workspace::built("debug", "amphora")?))
}
