//! Movies in the files of pictures: a sequence of HEIF, and what phones film around a photo, behind its end or in a box of its
//! own (Motion Photo format 1.0; Samsung's `mpvd`).

use super::PlaceStays;
use super::block::find;
use super::movie::edits_in_picture;
use std::ops::Range;

/// A picture with more movies is not one of a phone.
const MOST: usize = 16;
/// The first box of a movie lists what it is compatible with, and is no longer.
const LONGEST_BEGINNING: u32 = 4 << 10;

/// Takes the place out of every movie in a picture.
///
/// # Errors
/// It lies where nothing can be changed without breaking the movie.
pub(super) fn clear(bytes: &mut [u8]) -> Result<(), PlaceStays> {
    for movie in movies(bytes)? {
        // Bytes in memory are always readable.
        let edits = edits_in_picture(&bytes[movie.clone()]).map_err(|_| PlaceStays)?;
        for edit in edits {
            let at = movie.start + edit.at as usize;
            bytes[at..at + edit.bytes.len()].copy_from_slice(&edit.bytes);
        }
    }
    Ok(())
}

/// Where movies begin; each goes on to the end of the file as far as anybody can tell.
fn movies(bytes: &[u8]) -> Result<Vec<Range<usize>>, PlaceStays> {
    let (mut movies, mut from) = (Vec::new(), 0);
    while let Some(kind) = find(&bytes[from..], b"ftyp").map(|at| from + at) {
        from = kind + 4;
        let Some(start) = kind.checked_sub(4).filter(|start| is_beginning(&bytes[*start..])) else { continue };
        if movies.len() == MOST {
            return Err(PlaceStays);
        }
        movies.push(start..bytes.len());
    }
    Ok(movies)
}

/// A raw file of Canon is built as a movie is; its coordinates are EXIF, and its samples are those of the picture.
fn is_beginning(bytes: &[u8]) -> bool {
    let size = bytes.first_chunk().map_or(0, |size| u32::from_be_bytes(*size));
    (16..=LONGEST_BEGINNING).contains(&size) && bytes.get(8..12) != Some(b"crx ")
}
