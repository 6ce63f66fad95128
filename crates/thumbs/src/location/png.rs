//! The place in a PNG, whose every chunk has a checksum and whose texts may be packed (PNG Third Edition, 11.3). Chunks keep
//! their lengths: what goes is blanked where it lies, and the checksum is written anew.

use super::block::{self, Block};
use super::xmp;
use flate2::Crc;
use flate2::read::ZlibDecoder;
use std::io::Read;
use std::ops::Range;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// A packed text with more than this in it is not looked through: it counts as telling a place.
const LONGEST: u64 = 4 << 20;

/// A chunk: where its name, its data and its checksum lie.
#[derive(Debug, Clone)]
struct Chunk {
    name_at: usize,
    data: Range<usize>,
}

/// How a chunk tells a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// In EXIF.
    Exif,
    /// In XMP as plain text.
    Xmp,
    /// In a text that is packed, written as digits, or called like a property of EXIF or XMP.
    Hidden,
}

/// Whether a file is a PNG, as far as its first bytes say.
pub(super) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// Whether a chunk tells a place.
pub(super) fn tells_place(bytes: &[u8]) -> bool {
    chunks(bytes).iter().any(|chunk| chunk.tells(bytes).is_some())
}

/// Takes the place out of every chunk that tells it.
pub(super) fn clear(bytes: &mut [u8]) {
    for chunk in chunks(bytes) {
        let Some(tells) = chunk.tells(bytes) else { continue };
        match tells {
            Tells::Exif => {
                let data = &mut bytes[chunk.data.clone()];
                if let Some(block) = Block::at(data, 0) {
                    block.clear(data);
                }
            }
            Tells::Xmp => xmp::clear(&mut bytes[chunk.data.clone()]),
            Tells::Hidden => {
                // The keyword stays, and what follows is an empty text.
                bytes[chunk.name_at..chunk.data.start].copy_from_slice(b"tEXt");
                let data = &mut bytes[chunk.data.clone()];
                let keyword = data.iter().position(|byte| *byte == 0).map_or(data.len(), |end| end + 1);
                data[keyword..].fill(b' ');
            }
        }
        chunk.seal(bytes);
    }
}

/// The chunks that are whole; of a beginning those that came.
fn chunks(bytes: &[u8]) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut at = SIGNATURE.len();
    while let Some(length) = bytes.get(at..at + 4) {
        let length = length.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit));
        let data = at + 8..at + 8 + length;
        if data.end + 4 > bytes.len() {
            break;
        }
        at = data.end + 4;
        chunks.push(Chunk { name_at: data.start - 4, data });
    }
    chunks
}

impl Chunk {
    fn tells(&self, bytes: &[u8]) -> Option<Tells> {
        let data = &bytes[self.data.clone()];
        let name = &bytes[self.name_at..self.data.start];
        if matches!(name, b"tEXt" | b"zTXt" | b"iTXt") && called_like_place(data) {
            return Some(Tells::Hidden);
        }
        match name {
            b"eXIf" => Block::at(data, 0).filter(|block| block.tells_place(data)).map(|_| Tells::Exif),
            b"tEXt" => plain_tells(data, text_behind(data, 0)?),
            b"zTXt" => text_behind(data, 1).is_some_and(|text| packed_tells(data, text)).then_some(Tells::Hidden),
            b"iTXt" => international(data),
            _ => None,
        }
    }

    fn seal(&self, bytes: &mut [u8]) {
        let mut sum = Crc::new();
        sum.update(&bytes[self.name_at..self.data.end]);
        bytes[self.data.end..self.data.end + 4].copy_from_slice(&sum.sum().to_be_bytes());
    }
}

/// ImageMagick writes each property of EXIF once more as a text of its own. Of a text that is blank there is nothing to tell.
fn called_like_place(data: &[u8]) -> bool {
    xmp::names_place(data) && text_behind(data, 0).is_some_and(|text| text.iter().any(|byte| *byte != b' '))
}

/// Keyword, whether it is packed and how, language, keyword in that language, text.
fn international(data: &[u8]) -> Option<Tells> {
    let flags = text_behind(data, 0)?;
    let text = text_behind(text_behind(flags.get(2..)?, 0)?, 0)?;
    if flags.first() == Some(&0) {
        return plain_tells(data, text);
    }
    packed_tells(data, text).then_some(Tells::Hidden)
}

/// What follows the first zero and some bytes more.
fn text_behind(data: &[u8], more: usize) -> Option<&[u8]> {
    let end = data.iter().position(|byte| *byte == 0)?;
    data.get(end + 1 + more..)
}

fn plain_tells(data: &[u8], text: &[u8]) -> Option<Tells> {
    if written_tells(data, text) {
        return Some(Tells::Hidden);
    }
    xmp::places(text).next().map(|_| Tells::Xmp)
}

fn packed_tells(data: &[u8], packed: &[u8]) -> bool {
    let mut text = Vec::new();
    let read = ZlibDecoder::new(packed).take(LONGEST + 1).read_to_end(&mut text);
    // Of a text that is damaged, readers may show what came.
    let too_long = read.is_ok() && text.len() as u64 > LONGEST;
    too_long || xmp::places(&text).next().is_some() || written_tells(data, &text)
}

/// ImageMagick and ExifTool write whole blocks as digits, behind their kind and length, under such a keyword.
fn written_tells(data: &[u8], text: &[u8]) -> bool {
    if !data.starts_with(b"Raw profile type ") {
        return false;
    }
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let digits = lines.skip(2).flatten().filter_map(|digit| char::from(*digit).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    let block: Vec<u8> = digits.chunks_exact(2).map(|pair| (pair[0] << 4) | pair[1]).collect();
    let named = block::blocks(&block).into_iter().any(|found| found.tells_place(&block));
    named || xmp::places(&block).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{exif_of, facts};
    use crate::location::{PlaceStays, has_location, without_location};
    use crate::specimens::{Camera, corners, jpeg, png};
    use flate2::Compression;
    use flate2::read::ZlibEncoder;

    const XMP: &[u8] = b"<x:xmpmeta><rdf:Description exif:GPSLatitude='47,22N' dc:title='Quay'/></x:xmpmeta>";

    fn camera() -> Camera {
        Camera { taken: Some("2026:07:14 18:05:09"), located: true, orientation: 6, ..Camera::default() }
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        ZlibEncoder::new(text, Compression::best()).read_to_end(&mut packed).unwrap();
        packed
    }

    /// As ImageMagick writes it.
    fn digits(kind: &str, block: &[u8]) -> Vec<u8> {
        let digits: Vec<_> = block.iter().map(|byte| format!("{byte:02x}")).collect();
        let lines: Vec<_> = digits.chunks(36).map(<[String]>::concat).collect();
        format!("\n{kind}\n{:8}\n{}\n", block.len(), lines.join("\n")).into_bytes()
    }

    /// Puts a chunk in front of the pixels.
    fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let mut sum = Crc::new();
        sum.update(name);
        sum.update(data);
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        // The header's chunk ends here.
        [&png[..33], &length, name, data, &sum.sum().to_be_bytes(), &png[33..]].concat()
    }

    /// What ImageMagick makes of a JPEG: the block, and its properties as texts.
    fn beside_exif() -> Vec<u8> {
        let texts: [&[u8]; 3] = [
            b"exif:GPSLatitude\x0047/1, 22/1, 30/1",
            b"exif:GPSLatitudeRef\0N",
            b"exif:GPSLongitude\x008/1, 32/1, 0/1",
        ];
        let located = png(&corners(8, 6), Some(camera().exif()));
        texts.iter().fold(located, |png, text| with_chunk(&png, b"tEXt", text))
    }

    fn specimens() -> Vec<(&'static str, Vec<u8>)> {
        let bare = png(&corners(8, 6), None);
        let exif = [b"Exif\0\0".to_vec(), camera().exif()].concat();
        let raw = |name: &str, text: &[u8]| [format!("Raw profile type {name}\0").as_bytes(), text].concat();
        let international = |flag: u8, text: &[u8]| [b"XML:com.adobe.xmp\0", &[flag, 0, 0, 0][..], text].concat();
        vec![
            ("EXIF", png(&corners(8, 6), Some(camera().exif()))),
            ("XMP", with_chunk(&bare, b"iTXt", &international(0, XMP))),
            ("packed XMP", with_chunk(&bare, b"iTXt", &international(1, &packed(XMP)))),
            ("XMP as Latin text", with_chunk(&bare, b"tEXt", &[b"XML:com.adobe.xmp\0", XMP].concat())),
            ("digits", with_chunk(&bare, b"tEXt", &raw("exif", &digits("exif", &exif)))),
            (
                "packed digits",
                with_chunk(&bare, b"zTXt", &[raw("APP1", b"\0"), packed(&digits("APP1", &exif))].concat()),
            ),
            ("properties beside EXIF", beside_exif()),
            (
                "a packed property",
                with_chunk(&bare, b"zTXt", &[b"EXIF:GPSLongitude\0\0".to_vec(), packed(b"8/1")].concat()),
            ),
            ("an international property", with_chunk(&bare, b"iTXt", b"photoshop:City\0\0\0\0\0Quay Town")),
            ("digits of XMP", with_chunk(&bare, b"tEXt", &raw("xmp", &digits("xmp", XMP)))),
            ("a bomb", with_chunk(&bare, b"zTXt", &[b"Comment\0\0".to_vec(), packed(&vec![b' '; 5 << 20])].concat())),
        ]
    }

    #[test]
    fn every_place_in_a_png_goes_and_no_byte_moves() {
        for (what, with) in specimens() {
            assert!(has_location(&with), "{what}");
            let without = without_location(with.clone()).unwrap_or_else(|stays| panic!("{what}: {stays}"));
            assert!(!has_location(&without) && !facts(&without).has_location, "{what}");
            assert_eq!(without.len(), with.len(), "{what}");
            let pixels = |bytes: &[u8]| block::find(bytes, b"IDAT").map(|at| bytes[at..].to_vec()).unwrap();
            assert_eq!(pixels(&without), pixels(&with), "{what}: byte for byte");
            // The decoder of `png` refuses a chunk whose checksum is wrong.
            let sums = chunks(&without).iter().all(|chunk| {
                let mut sealed = without.clone();
                chunk.seal(&mut sealed);
                sealed == without
            });
            assert!(sums, "{what}: every checksum fits");
            assert_eq!(image::load_from_memory(&without).unwrap(), image::load_from_memory(&with).unwrap(), "{what}");
        }
    }

    #[test]
    fn no_coordinate_is_left_in_texts_beside_exif() {
        let without = without_location(beside_exif()).unwrap();
        for coordinate in [&b"47/1"[..], b"8/1, 32/1"] {
            assert_eq!(block::find(&without, coordinate), None, "{}", String::from_utf8_lossy(coordinate));
        }
    }

    #[test]
    fn what_else_the_metadata_say_stays() {
        let without = without_location(png(&corners(8, 6), Some(camera().exif()))).unwrap();
        let (before, after) = (facts(&camera().jpeg(8, 6)), facts(&without));
        assert_eq!((after.taken, after.size), (before.taken, Some((6, 8))), "the date, and which side is up");
        assert!(exif_of(&without).unwrap().fields().all(|field| field.tag.context() != exif::Context::Gps));
        let with = specimens().swap_remove(1).1;
        assert!(block::find(&without_location(with).unwrap(), b"dc:title='Quay'").is_some());
    }

    #[test]
    fn a_png_without_a_place_is_the_same_byte_by_byte() {
        let bare = png(&corners(8, 8), None);
        let nowhere = Camera { located: false, ..camera() }.exif();
        let texts = [&packed(b"Mira")[..], b"no zlib at all", b""];
        let noted = texts.map(|text| with_chunk(&bare, b"zTXt", &[b"Author\0\0", text].concat()));
        let property = with_chunk(&bare, b"tEXt", b"exif:Model\0Quay 3");
        for bytes in [bare.clone(), png(&corners(8, 8), Some(nowhere)), property].into_iter().chain(noted) {
            assert_eq!(without_location(bytes.clone()), Ok(bytes));
        }
    }

    #[test]
    fn a_place_behind_the_end_of_the_picture_is_refused_rather_than_sent() {
        let appended = [png(&corners(8, 8), None), camera().jpeg(40, 30)].concat();
        assert_eq!(without_location(appended), Err(PlaceStays));
        assert!(without_location([png(&corners(8, 8), None), jpeg(&corners(8, 8))].concat()).is_ok());
    }

    #[test]
    fn hostile_chunks_never_panic_and_end() {
        // Unpacking millions of blanks over and over proves nothing more.
        for (what, with) in specimens().into_iter().filter(|(what, _)| *what != "a bomb") {
            for at in 0..with.len().min(400) {
                let _cut = without_location(with[..at].to_vec());
                for change in [0xff, 0x01, 0x80] {
                    let mut changed = with.clone();
                    changed[at] ^= change;
                    if let Ok(without) = without_location(changed) {
                        assert!(!has_location(&without), "{what}, byte {at}");
                    }
                }
            }
        }
    }
}
