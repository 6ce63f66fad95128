//! The window's pages: npm packages when the lock changed, a build when the sources changed.

use std::path::Path;
use std::process::Command;

use crate::journal::Stamp;
use crate::{Problem, workspace};

/// What makes the pages other than their packages.
const SOURCES: &[&str] = &[
    "src",
    "index.html",
    "public",
    "package.json",
    "vite.config.ts",
    "tsconfig.json",
    "tsconfig.app.json",
    "tsconfig.node.json",
];

/// Runs one command of a build, shown or into a log.
pub(crate) type Runner<'a> = dyn FnMut(&mut Command) -> Result<(), Problem> + 'a;

/// Installs npm packages in `folder` unless those of its lock file are there.
pub(crate) fn install(folder: &Path, run: &mut Runner) -> Result<(), Problem> {
    let stamp = Stamp::over(
        folder.join("node_modules/.amphora-lock"),
        &[folder.join("package-lock.json"), folder.join("package.json")],
    );
    if stamp.is_current() {
        return Ok(());
    }
    // `npm ci` refuses a lock made where the registry holds the builds of one system only. This keeps the locked versions
    // and the lock file as well, and adds this system's builds of the versions that the locked packages name exactly.
    run(workspace::npm(folder).args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    stamp.write()
}

/// Builds the pages into ui/dist unless they were built from these sources.
pub(crate) fn build(run: &mut Runner) -> Result<(), Problem> {
    let ui = workspace::ui();
    let mut sources: Vec<_> = SOURCES.iter().map(|source| ui.join(source)).collect();
    sources.push(ui.join("package-lock.json"));
    let stamp = Stamp::over(ui.join("node_modules/.amphora-build"), &sources);
    if stamp.is_current() && ui.join("dist/index.html").is_file() {
        return Ok(());
    }
    run(workspace::npm(&ui).args(["run", "build"]))?;
    stamp.write()
}
