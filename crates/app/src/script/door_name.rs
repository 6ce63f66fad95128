//! Where the door of a data folder is: a socket in it. Windows keeps pipes elsewhere, in a space of names that all users share.

use std::io;
use std::path::{Path, PathBuf};

/// The name that the holder of the folder listens at from now on.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere the name has to be written down")]
pub fn new_name(folder: &Path) -> io::Result<PathBuf> {
    Ok(folder.join("amphora.sock"))
}

/// The name that the holder of the folder listens at, if there is one.
#[cfg(unix)]
pub fn known_name(folder: &Path) -> io::Result<PathBuf> {
    new_name(folder)
}

/// The name that the holder of the folder listens at from now on: nobody else can guess it and be there first, and only
/// whoever can read the folder knows it.
#[cfg(windows)]
pub fn new_name(folder: &Path) -> io::Result<PathBuf> {
    let name = format!(r"\\.\pipe\amphora-{}", uuid::Uuid::new_v4());
    std::fs::write(folder.join("amphora.door"), &name)?;
    Ok(name.into())
}

/// The name that the holder of the folder listens at, if there is one.
#[cfg(windows)]
pub fn known_name(folder: &Path) -> io::Result<PathBuf> {
    std::fs::read_to_string(folder.join("amphora.door")).map(PathBuf::from)
}
