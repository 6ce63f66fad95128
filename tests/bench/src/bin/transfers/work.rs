//! What is transferred: one huge file, very many small ones, and large ones among small ones.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::Done;

const MIB: usize = 1024 * 1024;
const SMALL: usize = 16 * 1024;
/// Files of one folder.
const A_FOLDER: usize = 100;

/// Files of two sizes.
pub struct Work {
    /// Its folder's name.
    pub folder: &'static str,
    /// How many files of which size.
    files: [(usize, usize); 2],
}

impl Work {
    /// goals.md's work, or a part of it.
    pub fn all(percent: usize) -> [Self; 3] {
        let part = |whole: usize| (whole * percent / 100).max(1);
        [
            Self { folder: "huge", files: [(1, part(2048) * MIB), (0, 0)] },
            Self { folder: "small", files: [(0, 0), (part(10_000), SMALL)] },
            Self { folder: "mixed", files: [(part(200), 5 * MIB), (part(2_000), SMALL)] },
        ]
    }

    /// What it is, for the table.
    pub fn title(&self) -> String {
        let named = |(count, size): &(usize, usize)| {
            let size = if *size >= MIB { format!("{} MiB", size / MIB) } else { format!("{} KiB", size / 1024) };
            (*count > 0).then(|| format!("{count} × {size}"))
        };
        self.files.iter().filter_map(named).collect::<Vec<_>>().join(" and ")
    }

    /// Makes the files, a hundred to a folder, no two alike.
    pub fn make(&self, folder: &Path) -> Done<()> {
        let mut state = 0x9e37_79b9_7f4a_7c15u64;
        for (number, size) in self.files.iter().flat_map(|(count, size)| (0..*count).map(|number| (number, *size))) {
            let inner = folder.join(format!("{:03}", number / A_FOLDER));
            fs::create_dir_all(&inner)?;
            let mut file = fs::File::create(inner.join(format!("{number:05}-{size}.bin")))?;
            let mut block = vec![0u8; size.min(MIB)];
            for _ in 0..size.div_ceil(MIB) {
                for word in block.chunks_exact_mut(8) {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    word.copy_from_slice(&state.to_le_bytes());
                }
                file.write_all(&block)?;
            }
        }
        Ok(())
    }
}

/// Whether two folders hold the same files with the same bytes.
pub fn same(one: &Path, other: &Path) -> Done<bool> {
    let names = |folder: &Path| -> Done<Vec<_>> {
        let mut names: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<Done<_>>()?;
        names.sort();
        Ok(names)
    };
    let (left, right) = (names(one)?, names(other)?);
    if left != right {
        return Ok(false);
    }
    for name in left {
        let (left, right) = (one.join(&name), other.join(&name));
        let equal = if left.is_dir() { same(&left, &right)? } else { fs::read(&left)? == fs::read(&right)? };
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}
