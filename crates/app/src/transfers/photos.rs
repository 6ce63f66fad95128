//! What is a photo or a video among the files of an upload, and which of them tell where they were taken. Reads beginnings of
//! photos, and of videos the headers and what may tell a place.

use super::scan::{Scanned, scan};
use super::scan_rules::ScanRules;
use crate::listing::media_of;
use crate::wire::{Media, PhotosFound};
use amphora_thumbs::{HEAD_BYTES, Kind, NotCleaned, has_location, is_movie, kind_of, movie_tells_place};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Files that are looked at before an upload.
const MOST: u32 = 5_000;
/// The person waits for the look.
const WITHIN: Duration = Duration::from_secs(2);

/// Looks at the beginnings of what was picked, and of what is in picked folders, for a moment. Blocks on the disk.
pub(super) fn look_over(paths: &[PathBuf], rules: &ScanRules) -> PhotosFound {
    let mut look = Look { found: PhotosFound::default(), files: 0, until: Instant::now() + WITHIN };
    for path in paths {
        let goes_on = if path.is_dir() {
            scan(path, rules, &CancellationToken::new(), &mut |entry| match entry {
                Scanned::File { path, .. } => look.at(&path),
                Scanned::EmptyFolder { .. } | Scanned::Unreadable { .. } => true,
            });
            !look.found.more
        } else {
            look.at(path)
        };
        if !goes_on {
            break;
        }
    }
    look.found
}

struct Look {
    found: PhotosFound,
    files: u32,
    until: Instant,
}

/// A file that is read as long as there is time.
struct Until {
    file: File,
    until: Instant,
}

impl Until {
    fn in_time(&self) -> io::Result<()> {
        if Instant::now() > self.until { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl Read for Until {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.in_time()?;
        self.file.read(into)
    }
}

impl Seek for Until {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.in_time()?;
        self.file.seek(to)
    }
}

impl Look {
    /// Returns whether there is time for the next.
    fn at(&mut self, path: &Path) -> bool {
        if self.files == MOST || Instant::now() > self.until {
            self.found.more = true;
            return false;
        }
        self.files += 1;
        // What cannot be read says so when it is uploaded.
        let Ok(Some(Beginning { bytes, .. })) = beginning(path) else { return true };
        if is_photo(path, &bytes) {
            self.found.photos += 1;
            self.found.located += u32::from(has_location(&bytes));
        } else if is_movie(&bytes) {
            match video_tells_place(path, self.until) {
                Ok(tells) => self.found.located_videos += u32::from(tells),
                Err(error) if error.kind() == io::ErrorKind::TimedOut => self.found.more = true,
                Err(_) => {}
            }
        }
        !self.found.more
    }
}

/// Looks at all of a content in memory; its name tells of raw files what they are.
pub(super) fn look_at(name: &str, bytes: &[u8]) -> PhotosFound {
    if is_photo(Path::new(name), bytes) {
        return PhotosFound { photos: 1, located: u32::from(has_location(bytes)), ..PhotosFound::default() };
    }
    // One that nobody can look into may tell it.
    let tells = is_movie(bytes) && movie_tells_place(&mut Cursor::new(bytes)).unwrap_or(true);
    PhotosFound { located_videos: u32::from(tells), ..PhotosFound::default() }
}

/// The first bytes of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    pub bytes: Vec<u8>,
    /// Whether the file has no more.
    pub is_all: bool,
}

/// Reads the beginning of a file; none where there is no file.
///
/// # Errors
/// There is one, or may be, that cannot be read now.
pub(super) fn beginning(path: &Path) -> io::Result<Option<Beginning>> {
    // Looked at before it is opened: opening a pipe waits for somebody to write.
    let about = match std::fs::metadata(path) {
        Ok(about) if about.is_file() => about,
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let len = about.len().min(HEAD_BYTES);
    // Into memory that nobody fills with zeros before: allocators fetch large zeros page by page.
    let mut bytes = Vec::with_capacity(len as usize);
    File::open(path)?.take(len).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < len {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(Beginning { bytes, is_all: len == about.len() }))
}

/// Whether a video tells where it was taken, or is built so that nobody can tell. `TimedOut` when there was no time to see.
fn video_tells_place(path: &Path, until: Instant) -> io::Result<bool> {
    match movie_tells_place(&mut Until { file: File::open(path)?, until }) {
        Ok(tells) => Ok(tells),
        Err(NotCleaned::Stays(_)) => Ok(true),
        Err(NotCleaned::Unreadable(error)) => Err(error),
    }
}

/// Whether a file can carry what a camera knew: told by its bytes, and of raw files by the name.
pub(super) fn is_photo(path: &Path, head: &[u8]) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let kind = kind_of(&name, head);
    if is_movie(head) {
        // Pictures that are built as movies say so in front; a name says nothing of what is inside.
        let is_raw = head.get(8..12) == Some(b"crx ");
        return head.get(4..8) == Some(b"ftyp") && (kind.is_photo() || is_raw);
    }
    // Raw files have a signature of their maker's own.
    kind.is_photo() || (kind == Kind::Other && media_of(&name) == Media::Image)
}

#[cfg(test)]
mod tests {
    use super::*;
    use amphora_thumbs::specimens::{Camera, boxed, corners, jpeg, located_movie, movie};

    #[test]
    fn photos_and_videos_are_counted_in_folders_too_whatever_their_names_say() {
        let dir = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let located = Camera { located: true, ..Camera::default() }.jpeg(40, 30);
        let picked = [
            put("here.jpg", &located),
            put("no ending", &located),
            put("plain.jpg", &jpeg(&corners(8, 8))),
            put("raw.raf", &[b"FUJIFILMCCD-RAW ".as_slice(), &located].concat()),
            put("page.jpg", b"<html>Exif"),
            put("here.mov", &located_movie(90_000)),
            put("nowhere.mp4", &movie(b"media", &[])),
            put("nobody can tell.mp4", &movie(b"media", &[boxed(b"cmov", b"packed")])),
            put("video.jpg", &located_movie(9)),
            put("without a beginning.heic", &located_movie(9)[20..]),
            put("raw.cr3", &[boxed(b"ftyp", b"crx \0\0\0\x01"), located.clone()].concat()),
            put("notes.txt", b"47 N 8 E"),
            dir.path().join("gone.jpg"),
        ];
        let expected = PhotosFound { photos: 5, located: 4, located_videos: 4, more: false };
        assert_eq!(look_over(&picked, &ScanRules::default()), expected);
        put("trip/day/a.jpg", &located);
        put("trip/b.jpg", &located);
        put("trip/c.mp4", &located_movie(9));
        let folder = [dir.path().join("trip")];
        let expected = PhotosFound { photos: 2, located: 2, located_videos: 1, more: false };
        assert_eq!(look_over(&folder, &ScanRules::default()), expected);
    }

    #[test]
    fn a_video_without_an_end_holds_nobody_up() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("here.mov");
        std::fs::write(&path, located_movie(9)).unwrap();
        let late = Instant::now().checked_sub(Duration::from_millis(1)).unwrap();
        let error = video_tells_place(&path, late).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut, "there is no time left for it");
        assert!(video_tells_place(&path, Instant::now() + WITHIN).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_read_is_told_from_none() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(beginning(&dir.path().join("gone")).unwrap(), None);
        assert_eq!(beginning(dir.path()).unwrap(), None, "a folder");
        let round = dir.path().join("round");
        std::os::unix::fs::symlink(&round, &round).unwrap();
        beginning(&round).unwrap_err();
    }
}
