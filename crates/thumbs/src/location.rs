//! Where a picture was taken, as its metadata tell it: whether they do, and taking that out and nothing else. Pixels are not
//! touched, no byte moves, so what else the camera wrote – its notes with offsets of their own too – stays readable.

mod block;
mod boxes;
mod edits;
mod makers;
mod matroska;
mod motion;
mod movie;
mod png;
mod telemetry;
mod titles;
mod values;
mod xmp;

pub use boxes::NotCleaned;
pub use edits::Edit;
pub use movie::{is_movie, movie_edits, movie_tells_place};

use block::Block;
use thiserror::Error;

/// The picture names a place in a way that cannot be taken out without writing it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the place cannot be taken out of this kind of file")]
pub struct PlaceStays;

/// Whether a file, or its beginning, tells where it was taken: coordinates in EXIF, or a place in XMP.
#[must_use]
pub fn has_location(bytes: &[u8]) -> bool {
    let plain = block::blocks(bytes).into_iter().any(|block: Block| block.tells_place(bytes))
        || xmp::places(bytes).next().is_some();
    plain || (png::is_png(bytes) && png::tells_place(bytes))
}

/// Takes the place out of a picture: coordinates in the EXIF of the picture and of the previews in its file, places in XMP, and
/// those of a movie in its file. The result is as long as the file was, and byte by byte the same elsewhere.
///
/// # Errors
/// It lies where nothing can be changed without breaking the file: behind the end of a PNG, or among the samples of a movie.
pub fn without_location(bytes: Vec<u8>) -> Result<Vec<u8>, PlaceStays> {
    let mut bytes = plain_without_location(bytes)?;
    motion::clear(&mut bytes)?;
    Ok(bytes)
}

/// As [`without_location`], of what has no movie in it.
fn plain_without_location(mut bytes: Vec<u8>) -> Result<Vec<u8>, PlaceStays> {
    if png::is_png(&bytes) {
        png::clear(&mut bytes);
    } else {
        for block in block::blocks(&bytes) {
            block.clear(&mut bytes);
        }
        xmp::clear(&mut bytes);
    }
    if has_location(&bytes) { Err(PlaceStays) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
