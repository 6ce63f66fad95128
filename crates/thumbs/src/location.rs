//! Where a picture was taken, as its metadata tell it: whether they do, and taking that out and nothing else. Pixels are not
//! touched, no byte moves, so what else the camera wrote – its notes with offsets of their own too – stays readable.

mod block;
mod xmp;

use block::Block;
use thiserror::Error;

/// The picture names a place in a way that cannot be taken out without writing it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the place cannot be taken out of this kind of file")]
pub struct PlaceStays;

/// Whether a file, or its beginning, tells where it was taken: coordinates in EXIF, or a place in XMP.
#[must_use]
pub fn has_location(bytes: &[u8]) -> bool {
    block::blocks(bytes).into_iter().any(|block: Block| block.tells_place(bytes)) || xmp::places(bytes).next().is_some()
}

/// Takes the place out of a picture: coordinates in the EXIF of the picture and of the previews in its file, and places in XMP.
/// The result is as long as the file was, and byte by byte the same elsewhere.
///
/// # Errors
/// A PNG says it under a checksum of its own.
pub fn without_location(mut bytes: Vec<u8>) -> Result<Vec<u8>, PlaceStays> {
    if bytes.starts_with(b"\x89PNG") && has_location(&bytes) {
        return Err(PlaceStays);
    }
    for block in block::blocks(&bytes) {
        block.clear(&mut bytes);
    }
    let places: Vec<_> = xmp::places(&bytes).collect();
    for place in places {
        // Blanks between attributes and elements mean nothing in XML.
        bytes[place].fill(b' ');
    }
    if has_location(&bytes) { Err(PlaceStays) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
