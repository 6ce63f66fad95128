//! `cargo xtask package`: an installable package of this system's kind, by the Tauri bundler from npm.

use crate::system::{self, Asking, Purpose};
use crate::{Problem, front, process, workspace};

/// Builds for release and bundles; the result is named at the end.
pub(crate) fn package() -> Result<(), Problem> {
    system::check_node()?;
    system::install(Purpose::Window, Asking::Person)?;
    front::install(&workspace::ui(), &mut process::shown)?;
    front::build(&mut process::shown)?;
    let kind = if cfg!(target_os = "macos") {
        "dmg"
    } else if cfg!(windows) {
        "nsis"
    } else {
        "deb"
    };
    let mut bundler = workspace::npm(&workspace::root().join("src-tauri"));
    bundler.env("CI", "true").args([
        "exec",
        "--yes",
        "--package",
        "@tauri-apps/cli@2",
        "--",
        "tauri",
        "build",
        "--ci",
        "--bundles",
        kind,
    ]);
    process::shown(&mut bundler)?;
    println!("The package is in {}.", workspace::target()?.join("release/bundle").join(kind).display());
    Ok(())
}
