//! Where things are: the checkout, the target folder, the caches; and cargo itself.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::Problem;

/// Cargo unites the features of the packages that it is asked for, tests included, and compiles dependencies anew for each
/// union. Every build of the tests is of the whole workspace and names its targets instead, so that one union serves all.
pub(crate) const ONE_SET: &[&str] = &["--workspace", "--test", "journeys"];

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable at run time too; the compiled-in one would name another checkout that shares the target folder.
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&here).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of the window's pages.
pub(crate) fn ui() -> PathBuf {
    root().join("ui")
}

/// The cargo that runs us, started in the root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// npm, started in the given folder.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// A tool that npm installed in the given folder, run without a download.
pub(crate) fn npx(folder: &Path, tool: &str) -> Command {
    let mut command = npm(folder);
    command.args(["exec", "--no", "--", tool]);
    command
}

/// Cargo's target folder, wherever the environment or the configuration puts it.
pub(crate) fn target() -> Result<PathBuf, Problem> {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    if let Some(target) = TARGET.get() {
        return Ok(target.clone());
    }
    let found = metadata(&["--no-deps"])?;
    let target = found["target_directory"].as_str().ok_or("cargo metadata names no target folder.")?;
    Ok(TARGET.get_or_init(|| PathBuf::from(target)).clone())
}

/// A program that cargo built, with the ending of this system.
pub(crate) fn built(profile: &str, name: &str) -> Result<PathBuf, Problem> {
    Ok(target()?.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// What `cargo metadata` says.
pub(crate) fn metadata(arguments: &[&str]) -> Result<Value, Problem> {
    let output = cargo()
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .output()
        .map_err(|error| format!("Couldn't start cargo metadata: {error}."))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("Couldn't read cargo metadata: {error}."))
}

/// Our folder among the person's caches; what is here can be made again.
pub(crate) fn cache() -> PathBuf {
    let home = || env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from).unwrap_or_default();
    env::var_os("XDG_CACHE_HOME").map_or_else(|| home().join(".cache"), PathBuf::from).join("amphora")
}
