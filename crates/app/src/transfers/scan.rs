//! Reads a folder of this computer, depth first, without following links. Runs on a blocking thread.

use crate::wire::{Failure, FailureCode};
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;
use walkdir::WalkDir;

/// Files that desktops leave behind and nobody means to upload.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Something found in a folder. `inside` is the folder below the root, `""` or `a/b/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// In which folder below the root.
        inside: String,
    },
    /// A folder with nothing in it.
    EmptyFolder {
        /// Where it is.
        path: PathBuf,
        /// Which it is, below the root.
        inside: String,
    },
    /// Something that cannot be uploaded.
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// Its name, as well as it can be shown.
        name: String,
        /// Why.
        failure: Failure,
    },
}

/// Reads everything below `root` until told to stop or `each` wants no more.
pub fn scan(root: &Path, stop: &CancellationToken, each: &mut dyn FnMut(Scanned) -> bool) {
    for entry in WalkDir::new(root).follow_links(false).sort_by_file_name() {
        if stop.is_cancelled() {
            return;
        }
        let Some(scanned) = look(root, entry) else { continue };
        if !each(scanned) {
            return;
        }
    }
}

fn look(root: &Path, entry: walkdir::Result<walkdir::DirEntry>) -> Option<Scanned> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            let name = shown(&path);
            let failure = error.io_error().map_or_else(
                || Failure::new(FailureCode::LocalFile, format!("Couldn't read “{name}”."), ""),
                |error| Failure::of_io("read", &name, error),
            );
            return Some(Scanned::Unreadable { path, name, failure });
        }
    };
    let path = entry.path().to_owned();
    let kind = entry.file_type();
    if kind.is_dir() {
        let empty = std::fs::read_dir(&path).is_ok_and(|mut inside| inside.next().is_none());
        return empty.then(|| relative(root, &path)).map(|inside| match inside {
            Some(inside) if inside.is_empty() => Scanned::EmptyFolder { path, inside },
            Some(inside) => Scanned::EmptyFolder { path, inside: format!("{inside}/") },
            None => unreadable(path),
        });
    }
    if !kind.is_file() || LITTER.iter().any(|litter| entry.file_name() == *litter) {
        return None;
    }
    let inside = path.parent().and_then(|parent| relative(root, parent));
    let named = entry.file_name().to_str().is_some();
    Some(match inside.filter(|_| named) {
        Some(inside) if inside.is_empty() => Scanned::File { path, inside },
        Some(inside) => Scanned::File { path, inside: format!("{inside}/") },
        None => unreadable(path),
    })
}

/// The path below the root with `/` between its parts; none where a part is not text.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn unreadable(path: PathBuf) -> Scanned {
    let name = shown(&path);
    let failure = Failure::new(
        FailureCode::NameNotAllowed,
        format!("Couldn't upload “{name}”: its name is not valid text, so the storage can't keep it."),
        "Rename it on this computer and drop it again.",
    );
    Scanned::Unreadable { path, name, failure }
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(root: &Path) -> Vec<String> {
        let mut all = Vec::new();
        scan(root, &CancellationToken::new(), &mut |entry| {
            all.push(match entry {
                Scanned::File { path, inside } => format!("{inside}{}", shown(&path)),
                Scanned::EmptyFolder { inside, .. } => format!("{inside} (empty)"),
                Scanned::Unreadable { failure, .. } => format!("{:?}", failure.code),
            });
            true
        });
        all
    }

    #[test]
    fn files_keep_their_folders_and_litter_stays_behind() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("a/empty")).unwrap();
        for name in ["a/x.txt", "b+ü.txt", "a/.DS_Store", "Thumbs.db"] {
            std::fs::write(dir.path().join(name), b"x").unwrap();
        }
        assert_eq!(scanned(dir.path()), ["a/empty/ (empty)", "a/x.txt", "b+ü.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_its_own_folder_is_not_followed_and_a_broken_name_is_told() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        std::fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"bad\xff")), b"x").unwrap();
        assert_eq!(scanned(dir.path()), ["NameNotAllowed"]);
    }

    #[test]
    fn a_stopped_scan_ends() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("x"), b"x").unwrap();
        let stop = CancellationToken::new();
        stop.cancel();
        scan(dir.path(), &stop, &mut |_| panic!("nothing is read after the stop"));
    }
}
