//! Which steps need no repeating: a stamp file holds what a step was made from.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::Problem;

/// A step's stamp, and what the step would be made from now.
pub(crate) struct Stamp {
    path: PathBuf,
    now: String,
}

impl Stamp {
    /// A stamp at `path` over the contents of these files and folders; a missing one counts as empty.
    pub(crate) fn over(path: PathBuf, sources: &[PathBuf]) -> Self {
        let mut contents = BTreeMap::new();
        for source in sources {
            gather(source, &mut contents);
        }
        let mut hasher = DefaultHasher::new();
        contents.hash(&mut hasher);
        Self { path, now: format!("{:016x}\n", hasher.finish()) }
    }

    /// Whether the step was done from exactly these sources.
    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|then| then == self.now)
    }

    /// Notes that the step is done.
    pub(crate) fn write(&self) -> Result<(), Problem> {
        fs::write(&self.path, &self.now).map_err(|error| format!("Couldn't write {}: {error}.", self.path.display()))
    }
}

fn gather(path: &Path, contents: &mut BTreeMap<PathBuf, Vec<u8>>) {
    if let Ok(entries) = fs::read_dir(path) {
        for entry in entries.flatten() {
            gather(&entry.path(), contents);
        }
    } else {
        contents.insert(path.to_path_buf(), fs::read(path).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_makes_a_stamp_old() {
        let folder = std::env::temp_dir().join(format!("amphora-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (source, stamp) = (folder.join("source"), folder.join("stamp"));
        fs::write(&source, "one").unwrap();
        let first = Stamp::over(stamp.clone(), std::slice::from_ref(&source));
        assert!(!first.is_current(), "nothing was done yet");
        first.write().unwrap();
        assert!(
            Stamp::over(stamp.clone(), std::slice::from_ref(&source)).is_current(),
            "the same bytes need no repeating"
        );
        fs::write(&source, "two").unwrap();
        assert!(!Stamp::over(stamp, &[source]).is_current(), "other bytes do");
        fs::remove_dir_all(folder).unwrap();
    }
}
