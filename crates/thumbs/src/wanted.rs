//! Whether somebody still waits for a picture, asked again and again while it is decoded.

use crate::no_preview::NoPreview;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};

/// Bytes that a decoder gets before it is asked about again.
const STEP: usize = 32 << 10;

/// Tells whether somebody still waits.
pub(crate) type Wanted<'a> = &'a dyn Fn() -> bool;

/// Ends the work when nobody waits.
pub(crate) fn still(wanted: Wanted<'_>) -> Result<(), NoPreview> {
    if wanted() { Ok(()) } else { Err(NoPreview::NotWanted) }
}

/// A file that cannot be read any further once nobody waits for it.
pub(crate) struct Watched<'a> {
    bytes: Cursor<&'a [u8]>,
    wanted: Wanted<'a>,
}

impl<'a> Watched<'a> {
    pub(crate) fn new(bytes: &'a [u8], wanted: Wanted<'a>) -> Self {
        Self { bytes: Cursor::new(bytes), wanted }
    }
}

impl BufRead for Watched<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        still(self.wanted).map_err(io::Error::other)?;
        let rest = self.bytes.fill_buf()?;
        Ok(&rest[..rest.len().min(STEP)])
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Rendition, render};
    use crate::specimens::{encoded, photo};
    use image::{DynamicImage, ImageFormat};
    use std::cell::Cell;

    #[test]
    fn a_decoding_that_has_begun_ends_within_a_step_once_nobody_waits() {
        let photo = DynamicImage::from(photo(900, 700));
        for format in [ImageFormat::Png, ImageFormat::Tiff, ImageFormat::Bmp] {
            let bytes = encoded(&photo, format);
            let asked = Cell::new(0);
            let rendered = |most: u32| {
                asked.set(0);
                let wanted = || {
                    asked.set(asked.get() + 1);
                    asked.get() <= most
                };
                render(&bytes, 128, Rendition::Thumbnail, &wanted)
            };
            assert!(rendered(u32::MAX).is_ok());
            let all = asked.get();
            assert!(all > 20, "{format:?} is asked about {all} times");
            assert_eq!(rendered(all / 2), Err(NoPreview::NotWanted), "{format:?}");
            assert!(asked.get() <= all / 2 + 3, "{format:?} went on for {} of {all} steps", asked.get());
        }
    }

    #[test]
    fn what_is_decoded_in_one_go_is_neither_reduced_nor_written_for_nobody() {
        let bytes = crate::specimens::jpeg(&photo(900, 700));
        assert_eq!(render(&bytes, 128, Rendition::Thumbnail, &|| false), Err(NoPreview::NotWanted));
    }
}
