//! A part file that outlives a break, an end of the process or a crash, and is gone on with later. Its name says of which
//! version of which object it is a part. The ranges that arrived are noted behind the content, each with its CRC: so one
//! file holds both, and what a power cut lost of a range is seen before it is gone on with.

use std::fs::{File, OpenOptions};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};
use std::time::SystemTime;

use crc_fast::{CrcAlgorithm, Digest, checksum, checksum_combine};
use md5::{Digest as _, Md5};

use super::folder_sync::sync_folder;
use super::part_file::{PART_ENDING, begin_of_name, folder_of};
use crate::body::{read_exact_at, write_all_at};
use crate::checksum::crc64_in_base64;
use crate::transfer::hex;

const CRC: CrcAlgorithm = CrcAlgorithm::Crc64Nvme;
/// Bytes of a note: where the range begins and ends, its CRC, and the CRC of these three.
const NOTE: usize = 32;
/// Bytes that are brought to the disk together while others still come.
const SETTLED: u64 = 64 * 1024 * 1024;
/// What one look at the file reads.
const PIECE: usize = 1024 * 1024;

/// Some of a version, beside its place. Held by one process at a time.
#[derive(Debug)]
pub(crate) struct KeptPart {
    file: File,
    path: PathBuf,
    target: PathBuf,
    size: u64,
    notes: Mutex<Notes>,
    /// File systems let one write to a file at a time; who waits for that in the system spins there.
    writes: Mutex<()>,
}

#[derive(Debug)]
struct Notes {
    arrived: Vec<Arrived>,
    /// Where the next note goes.
    end: u64,
    /// Bytes that were noted since somebody last began to bring them to the disk.
    unsettled: u64,
    /// Somebody brings them to the disk.
    settles: bool,
}

impl Notes {
    /// Of a content that was whole and on the disk, and lacked its name only when the process ended.
    fn of_whole(file: &File, size: u64) -> io::Result<Self> {
        let arrived = vec![Arrived { start: 0, end: size, crc: crc_of(file, 0..size)? }];
        Ok(Self { arrived, end: size, unsettled: 0, settles: false })
    }
}

/// A range that is in the file.
#[derive(Clone, Copy, Debug)]
struct Arrived {
    start: u64,
    end: u64,
    crc: u64,
}

/// The name of what is kept of a download to `wanted` of the version with this ETag.
pub(crate) fn kept_path(wanted: &Path, etag: &str) -> io::Result<PathBuf> {
    let version = &hex(&Md5::digest(etag))[..12];
    Ok(wanted.with_file_name(format!("{}.{version}{PART_ENDING}", begin_of_name(wanted)?)))
}

impl KeptPart {
    /// Opens what is kept, or begins. `None`: somebody else is at it.
    pub fn open(wanted: &Path, target: &Path, etag: &str, size: u64) -> io::Result<Option<Self>> {
        let path = kept_path(wanted, etag)?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).read(true).open(&path)?;
        if file.try_lock().is_err() {
            return Ok(None);
        }
        let len = file.metadata()?.len();
        if len < size {
            // A hole, which takes no room until it is filled, and room for a note: only what is whole ends with its content.
            file.set_len(size + NOTE as u64)?;
        }
        let notes = if len == size { Notes::of_whole(&file, size)? } else { read_notes(&file, size, len)? };
        Ok(Some(Self {
            file,
            path,
            target: target.to_owned(),
            size,
            notes: Mutex::new(notes),
            writes: Mutex::default(),
        }))
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    /// Bytes that need not be fetched again.
    pub fn arrived(&self) -> u64 {
        self.lock().arrived.iter().map(|range| range.end - range.start).sum()
    }

    /// What has to be fetched, in ranges of `most` bytes at the most.
    pub fn missing(&self, most: u64) -> Vec<Range<u64>> {
        let mut arrived = self.lock().arrived.clone();
        arrived.sort_by_key(|range| range.start);
        let (mut at, mut missing) = (0, Vec::new());
        for (start, end) in arrived.iter().map(|range| (range.start, range.end)).chain([(self.size, self.size)]) {
            while at < start {
                let next = start.min(at + most);
                missing.push(at..next);
                at = next;
            }
            at = end;
        }
        missing
    }

    /// Blocks.
    pub fn write_at(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let _turn = self.writes.lock().unwrap_or_else(PoisonError::into_inner);
        write_all_at(&self.file, bytes, at)
    }

    /// Notes what was written. Tells whether it is time for [`Self::settle`], which is one caller's to do. Blocks.
    pub fn note(&self, range: Range<u64>, crc: u64) -> io::Result<bool> {
        let arrived = Arrived { start: range.start, end: range.end, crc };
        let mut notes = self.lock();
        write_all_at(&self.file, &arrived.to_note(), notes.end)?;
        notes.end += NOTE as u64;
        notes.arrived.push(arrived);
        notes.unsettled += range.end - range.start;
        let begins = notes.unsettled >= SETTLED && !notes.settles;
        notes.settles |= begins;
        Ok(begins)
    }

    /// Brings to the disk what was noted, while more comes: the end then waits for little. Holds up nobody who lets go of the
    /// file meanwhile. Blocks.
    pub fn settle(part: &Weak<Self>) {
        while let Some((file, so_far)) = part.upgrade().and_then(|part| part.to_settle()) {
            let done = file.sync_data().is_ok();
            let Some(part) = part.upgrade() else { return };
            let mut notes = part.lock();
            notes.unsettled -= so_far;
            if !done {
                notes.settles = false;
                return;
            }
        }
    }

    /// What is worth bringing to the disk now; `None` ends a [`Self::settle`].
    fn to_settle(&self) -> Option<(File, u64)> {
        let mut notes = self.lock();
        // A handle of its own: the system tells each handle once what went wrong, and the end is to hear of it too.
        let file = (notes.unsettled >= SETTLED).then(|| OpenOptions::new().write(true).open(&self.path).ok()).flatten();
        notes.settles = file.is_some();
        file.map(|file| (file, notes.unsettled))
    }

    /// For reading what arrived: `size` bytes, the notes behind them.
    pub fn content(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Removes what arrived: it is damaged, and no later try shall go on with it. Blocks.
    pub fn discard(&self) -> io::Result<()> {
        std::fs::remove_file(&self.path)
    }

    /// Makes everything durable, and gives the file its name. Blocks.
    pub fn finish(&self, modified: Option<SystemTime>) -> io::Result<()> {
        // The content takes its time to the disk; whoever is killed meanwhile goes on with the notes, which are still there.
        // Without them it is known to be whole.
        self.file.sync_all()?;
        self.file.set_len(self.size)?;
        if let Some(modified) = modified {
            // A file system without times is no reason to lose the file.
            let _ = self.file.set_modified(modified);
        }
        self.file.sync_all()?;
        tempfile::TempPath::try_from_path(&self.path)?.persist_noclobber(&self.target).map_err(|failed| {
            // Its name is taken: what arrived stays for a try under another, with new notes.
            let error = failed.error;
            let _ = failed.path.keep();
            let mut notes = self.lock();
            notes.end = self.size;
            for arrived in notes.arrived.clone() {
                let _ = write_all_at(&self.file, &arrived.to_note(), notes.end);
                notes.end += NOTE as u64;
            }
            error
        })?;
        sync_folder(folder_of(&self.target));
        Ok(())
    }

    /// The CRC of the whole, if all of it arrived.
    pub fn crc64(&self) -> Option<String> {
        let mut arrived = self.lock().arrived.clone();
        arrived.sort_by_key(|range| range.start);
        let (mut at, mut whole) = (0, checksum(CRC, b""));
        for range in arrived {
            if range.start != at {
                return None;
            }
            whole = checksum_combine(CRC, whole, range.crc, range.end - range.start);
            at = range.end;
        }
        (at == self.size).then(|| crc64_in_base64(whole))
    }

    fn lock(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the notes of a file of this length; a range whose bytes are not those that were noted has not arrived.
fn read_notes(file: &File, size: u64, len: u64) -> io::Result<Notes> {
    let mut notes = Notes { arrived: Vec::new(), end: size, unsettled: 0, settles: false };
    while notes.end + NOTE as u64 <= len {
        let mut note = [0; NOTE];
        read_exact_at(file, &mut note, notes.end)?;
        notes.end += NOTE as u64;
        let Some(arrived) = Arrived::of_note(&note).filter(|arrived| arrived.end <= size) else { continue };
        let overlaps = |other: &Arrived| arrived.start < other.end && other.start < arrived.end;
        if !notes.arrived.iter().any(overlaps) && crc_of(file, arrived.start..arrived.end)? == arrived.crc {
            notes.arrived.push(arrived);
        }
    }
    Ok(notes)
}

fn crc_of(file: &File, range: Range<u64>) -> io::Result<u64> {
    let (mut digest, mut at) = (Digest::new(CRC), range.start);
    let mut piece = vec![0; PIECE];
    while at < range.end {
        let len = (range.end - at).min(PIECE as u64) as usize;
        read_exact_at(file, &mut piece[..len], at)?;
        digest.update(&piece[..len]);
        at += len as u64;
    }
    Ok(digest.finalize())
}

impl Arrived {
    fn to_note(self) -> [u8; NOTE] {
        let mut note = [0; NOTE];
        for (place, value) in note.chunks_exact_mut(8).zip([self.start, self.end, self.crc]) {
            place.copy_from_slice(&value.to_le_bytes());
        }
        let check = checksum(CRC, &note[..24]);
        note[24..].copy_from_slice(&check.to_le_bytes());
        note
    }

    fn of_note(note: &[u8; NOTE]) -> Option<Self> {
        let number = |at: usize| Some(u64::from_le_bytes(note[at..at + 8].try_into().ok()?));
        let (start, end, crc) = (number(0)?, number(8)?, number(16)?);
        (number(24)? == checksum(CRC, &note[..24]) && start < end).then_some(Self { start, end, crc })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_lacks_only_its_name_is_whole_and_what_was_only_begun_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let wanted = dir.path().join("film.mov");
        let open = || KeptPart::open(&wanted, &wanted, "tag", 9).unwrap().unwrap();
        drop(open());
        assert_eq!(open().missing(9).first(), Some(&(0..9)), "its hole is no content");
        let part = open();
        part.write_at(0, b"a content").unwrap();
        drop(part);
        assert_eq!(open().missing(9).first(), Some(&(0..9)), "nor is what nobody noted");
        // As `finish` leaves it right before the name.
        std::fs::write(kept_path(&wanted, "tag").unwrap(), b"a content").unwrap();
        let part = open();
        assert_eq!((part.arrived(), part.missing(9)), (9, Vec::new()));
        assert_eq!(part.crc64(), Some(crc64_in_base64(checksum(CRC, b"a content"))));
        part.finish(None).unwrap();
        assert_eq!(std::fs::read(&wanted).unwrap(), b"a content");
    }

    #[test]
    fn one_at_a_time_brings_to_the_disk_what_has_come_together() {
        let dir = tempfile::tempdir().unwrap();
        let (target, size) = (dir.path().join("a.bin"), 4 * SETTLED);
        let kept = Arc::new(KeptPart::open(&target, &target, "etag", size).unwrap().unwrap());
        let range = |number: u64| number * SETTLED / 2..(number + 1) * SETTLED / 2;
        let begins: Vec<_> = (0..4).map(|number| kept.note(range(number), 0).unwrap()).collect();
        assert_eq!(begins, [false, true, false, false], "whoever has begun brings the rest as well");
        KeptPart::settle(&Arc::downgrade(&kept));
        assert!(!kept.note(range(4), 0).unwrap(), "half is not worth it");
        assert!(kept.note(range(5), 0).unwrap(), "and then it is time again");
    }

    proptest! {
        #[test]
        fn what_arrived_and_what_is_missing_are_the_whole_and_survive(
            cuts in prop::collection::btree_set(1u64..100_000, 0..20),
            some in prop::collection::vec(any::<bool>(), 21),
            most in 1u64..50_000,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let wanted = dir.path().join("a");
            let bytes: Vec<u8> = (0..100_000u32).map(|at| (at ^ (at >> 7)) as u8).collect();
            let ends: Vec<u64> = cuts.into_iter().chain([100_000]).collect();
            let ranges: Vec<Range<u64>> = ends.iter().scan(0, |at, end| Some(std::mem::replace(at, *end)..*end)).collect();
            let kept = KeptPart::open(&wanted, &wanted, "etag", 100_000).unwrap().unwrap();
            for (range, _) in ranges.iter().zip(&some).filter(|(_, some)| **some) {
                let piece = &bytes[range.start as usize..range.end as usize];
                kept.write_at(range.start, piece).unwrap();
                kept.note(range.clone(), checksum(CRC, piece)).unwrap();
            }
            let before = (kept.arrived(), kept.missing(most));
            drop(kept);
            let again = KeptPart::open(&wanted, &wanted, "etag", 100_000).unwrap().unwrap();
            prop_assert_eq!(&before, &(again.arrived(), again.missing(most)));
            let missing: u64 = before.1.iter().map(|range| range.end - range.start).sum();
            prop_assert_eq!(before.0 + missing, 100_000);
            for range in before.1 {
                prop_assert!(range.end - range.start <= most);
                let piece = &bytes[range.start as usize..range.end as usize];
                again.write_at(range.start, piece).unwrap();
                again.note(range, checksum(CRC, piece)).unwrap();
            }
            prop_assert_eq!(again.crc64(), Some(crc64_in_base64(checksum(CRC, &bytes))));
            again.finish(None).unwrap();
            prop_assert!(std::fs::read(&wanted).unwrap() == bytes);
        }
    }
}
