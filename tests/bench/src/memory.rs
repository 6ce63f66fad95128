//! Memory as a computer has it that has been running for a while: full of what can be let go of at once. A virtual machine
//! that hands free memory back to its host gets it again page by page, slowly, and that would be the time of whoever is
//! measured.

use std::cell::Cell;
use std::fs::{File, read_to_string};
use std::io::{self, Read, Seek, SeekFrom};

/// So little is free in a full memory; what is let go of is not waited for.
const FULL: u64 = 512 << 20;
/// Bytes of a file without any; more than is ever read.
const LENGTH: u64 = 8 << 40;
const PIECE: usize = 16 << 20;

/// Fills memory with the cache of a file that takes no room on the disk. Does nothing where the system does not tell how much
/// is free, as only Linux does.
pub struct Filler {
    file: Option<File>,
    at: Cell<u64>,
}

impl Filler {
    /// One that begins anew.
    ///
    /// # Errors
    /// The disk takes no file.
    pub fn new() -> io::Result<Self> {
        let file = told("MemFree").map(|_| tempfile::tempfile()).transpose()?;
        if let Some(file) = &file {
            file.set_len(LENGTH)?;
        }
        Ok(Self { file, at: Cell::new(0) })
    }

    /// Takes what is free.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn fill(&self) -> io::Result<()> {
        let Some(mut file) = self.file.as_ref() else { return Ok(()) };
        let (mut piece, most) = (vec![0; PIECE], told("MemTotal").unwrap_or(0) / PIECE as u64);
        file.seek(SeekFrom::Start(self.at.get()))?;
        for _ in 0..most {
            if told("MemFree").is_none_or(|free| free < FULL) {
                break;
            }
            file.read_exact(&mut piece)?;
        }
        self.at.set(file.stream_position()?);
        Ok(())
    }
}

/// Bytes, by their name in `/proc/meminfo`.
fn told(name: &str) -> Option<u64> {
    let all = read_to_string("/proc/meminfo").ok()?;
    let line = all.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? << 10)
}
