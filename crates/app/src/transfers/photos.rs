//! What is a photo or a video among the files of an upload, and which of them tell where they were taken. Reads beginnings of
//! photos, and headers of videos.

use super::scan::{Scanned, scan};
use super::scan_rules::ScanRules;
use crate::listing::media_of;
use crate::wire::{Media, PhotosFound};
use amphora_thumbs::{HEAD_BYTES, Kind, NotCleaned, has_location, is_movie, kind_of, movie_edits};
use std::fs::File;
use std::io::Read;
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

impl Look {
    /// Returns whether there is time for the next.
    fn at(&mut self, path: &Path) -> bool {
        if self.files == MOST || Instant::now() > self.until {
            self.found.more = true;
            return false;
        }
        self.files += 1;
        // What cannot be read says so when it is uploaded.
        let Some(Beginning { bytes, .. }) = beginning(path) else { return true };
        if is_photo(path, &bytes) {
            self.found.photos += 1;
            self.found.located += u32::from(has_location(&bytes));
        } else if is_movie(&bytes) {
            self.found.located_videos += u32::from(video_tells_place(path));
        }
        true
    }
}

/// The first bytes of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    pub bytes: Vec<u8>,
    /// Whether the file has no more.
    pub is_all: bool,
}

/// Reads the beginning of a file; none where there is no file that can be read.
pub(super) fn beginning(path: &Path) -> Option<Beginning> {
    // Looked at before it is opened: opening a pipe waits for somebody to write.
    let about = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let len = about.len().min(HEAD_BYTES);
    let mut bytes = vec![0; usize::try_from(len).ok()?];
    File::open(path).ok()?.read_exact(&mut bytes).ok()?;
    Some(Beginning { bytes, is_all: len == about.len() })
}

/// Whether a video tells where it was taken, or is built so that nobody can tell.
fn video_tells_place(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    match movie_edits(&mut file) {
        Ok(edits) => !edits.is_empty(),
        Err(NotCleaned::Stays(_)) => true,
        Err(NotCleaned::Unreadable(_)) => false,
    }
}

/// Whether a file can carry what a camera knew: told by its bytes, and of raw files by the name.
pub(super) fn is_photo(path: &Path, head: &[u8]) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    match kind_of(&name, head) {
        kind if kind.is_photo() => true,
        // Raw files share the signature of videos, or have one of their maker's own.
        Kind::Other | Kind::Video => media_of(&name) == Media::Image,
        _ => false,
    }
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
            put("notes.txt", b"47 N 8 E"),
            dir.path().join("gone.jpg"),
        ];
        let expected = PhotosFound { photos: 4, located: 3, located_videos: 2, more: false };
        assert_eq!(look_over(&picked, &ScanRules::default()), expected);
        put("trip/day/a.jpg", &located);
        put("trip/b.jpg", &located);
        put("trip/c.mp4", &located_movie(9));
        let folder = [dir.path().join("trip")];
        let expected = PhotosFound { photos: 2, located: 2, located_videos: 1, more: false };
        assert_eq!(look_over(&folder, &ScanRules::default()), expected);
    }
}
