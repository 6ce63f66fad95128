//! Reads a folder of this computer, depth first. Runs on a blocking thread, holds no more than the way to where it is, and
//! always ends: a folder that a link leads to is read once.

use super::scan_rules::ScanRules;
use crate::wire::{Failure, FailureCode, LinkRule};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;
use walkdir::{DirEntry, WalkDir};

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
pub fn scan(root: &Path, rules: &ScanRules, stop: &CancellationToken, each: &mut dyn FnMut(Scanned) -> bool) {
    let mut linked = Linked { root: root.canonicalize().unwrap_or_else(|_| root.to_owned()), seen: HashSet::new() };
    let mut to_read = vec![(root.to_owned(), String::new())];
    while let Some((folder, inside)) = to_read.pop() {
        let reading = Reading { folder: &folder, inside: &inside, rules };
        let entries = WalkDir::new(&folder).follow_links(false).follow_root_links(true).sort_by_file_name();
        let wanted = entries.into_iter().filter_entry(|entry| entry.depth() == 0 || !rules.excludes(entry.file_name()));
        for entry in wanted {
            if stop.is_cancelled() {
                return;
            }
            let found = match reading.look(entry) {
                Look::Nothing => continue,
                Look::Found(found) => found,
                Look::Link(path, inside) => match linked.lead(&path) {
                    Lead::File => Scanned::File { inside: above(&inside), path },
                    Lead::Folder(target) => {
                        to_read.push((target, format!("{inside}/")));
                        continue;
                    }
                    Lead::Nowhere => continue,
                },
            };
            if !each(found) {
                return;
            }
        }
    }
}

/// Where links may lead.
struct Linked {
    root: PathBuf,
    seen: HashSet<PathBuf>,
}

enum Lead {
    File,
    Folder(PathBuf),
    Nowhere,
}

impl Linked {
    /// What lies inside the folder that is read goes along by itself, and what it lies in would bring it a second time.
    fn lead(&mut self, link: &Path) -> Lead {
        let Ok(target) = link.canonicalize() else { return Lead::Nowhere };
        let Ok(meta) = target.metadata() else { return Lead::Nowhere };
        if meta.is_file() {
            return Lead::File;
        }
        let new = meta.is_dir() && !target.starts_with(&self.root) && !self.root.starts_with(&target);
        if new && self.seen.insert(target.clone()) { Lead::Folder(target) } else { Lead::Nowhere }
    }
}

enum Look {
    Nothing,
    Found(Scanned),
    /// A link, and its path below the root.
    Link(PathBuf, String),
}

/// A folder that is being read, and where it stands below the root.
struct Reading<'a> {
    folder: &'a Path,
    inside: &'a str,
    rules: &'a ScanRules,
}

impl Reading<'_> {
    fn look(&self, entry: walkdir::Result<DirEntry>) -> Look {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Look::Found(not_read(error.path().unwrap_or(self.folder), error.io_error())),
        };
        let path = entry.path().to_owned();
        let kind = if entry.depth() == 0 {
            std::fs::metadata(&path).map(|meta| meta.file_type())
        } else {
            Ok(entry.file_type())
        };
        let kind = match kind {
            Ok(kind) => kind,
            Err(error) => return Look::Found(not_read(&path, Some(&error))),
        };
        let Some(inside) = self.relative(&path) else { return Look::Found(unreadable(path)) };
        if kind.is_dir() {
            let empty = std::fs::read_dir(&path).is_ok_and(|mut inside| inside.next().is_none());
            let inside = if inside.is_empty() || inside.ends_with('/') { inside } else { format!("{inside}/") };
            return if empty { Look::Found(Scanned::EmptyFolder { path, inside }) } else { Look::Nothing };
        }
        match self.rules.links {
            LinkRule::Follow if kind.is_symlink() => Look::Link(path, inside),
            LinkRule::Skip | LinkRule::Follow if kind.is_file() => {
                Look::Found(Scanned::File { inside: above(&inside), path })
            }
            LinkRule::Skip | LinkRule::Follow => Look::Nothing,
        }
    }

    /// The path below the root with `/` between its parts; none where a part is not text.
    fn relative(&self, path: &Path) -> Option<String> {
        let parts = path.strip_prefix(self.folder).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        Some(format!("{}{}", self.inside, parts?.join("/")))
    }
}

/// The folder of a path below the root, `""` or `a/b/`.
fn above(inside: &str) -> String {
    inside.rfind('/').map_or_else(String::new, |at| inside[..=at].to_owned())
}

fn not_read(path: &Path, error: Option<&std::io::Error>) -> Scanned {
    let name = shown(path);
    let failure = error.map_or_else(
        || Failure::new(FailureCode::LocalFile, format!("Couldn't read “{name}”."), ""),
        |error| Failure::of_io("read", &name, error),
    );
    Scanned::Unreadable { path: path.to_owned(), name, failure }
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
#[path = "scan_tests.rs"]
mod tests;
