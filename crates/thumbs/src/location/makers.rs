//! Places that makers of cameras write beside the tracks in ways of their own, and coordinates in texts.

use super::block::find;
use super::boxes::u32_at;
use super::titles;
use super::values::names_place;
use std::ops::Range;

/// A text is no longer.
const LONGEST_TEXT: usize = 64 << 10;
/// Nikon's numbers for what EXIF has in its directory of coordinates, without their lower half.
const NIKON_GPS: u32 = 0x0120;
/// Nikon's number for places in words.
const NIKON_LOCATION: u32 = 0x0200_0039;
/// How a directory of EXIF without a beginning of its own points to one of coordinates, little end first.
const GPS_POINTER: &[u8] = b"\x25\x88\x04\x00\x01\x00\x00\x00";

/// Whether a box of this kind and content tells a place, and says nothing else that would be missed.
pub(super) fn tells_place(kind: [u8; 4], content: &[u8]) -> bool {
    match &kind {
        // Pentax's cameras with a receiver write this.
        b"PENT" => true,
        // Fujifilm's directory of EXIF.
        b"MVTG" => find(content, GPS_POINTER).is_some(),
        // Windows' properties, by name.
        b"Xtra" => names_place(content),
        _ if find(&kind.to_ascii_lowercase(), b"gps").is_some() => true,
        _ => tells_coordinates(&content[..content.len().min(LONGEST_TEXT)]),
    }
}

/// Whether a text has coordinates in it.
pub(super) fn tells_coordinates(text: &[u8]) -> bool {
    titles::tell_place(text) || (0..text.len()).any(|at| is_iso_6709(&text[at..]))
}

/// `+47.3750+008.5417+408.000/`, `+4722.5+00832.5/`: two numbers with their signs, of as many digits as ISO 6709 asks for.
fn is_iso_6709(text: &[u8]) -> bool {
    let coordinate = |text: &[u8], least: usize| {
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-")).map(digits)?;
        // Degrees, with minutes, with seconds.
        let fits = (0..3).any(|parts| whole == least + 2 * parts);
        let fraction = text.get(1 + whole..)?.strip_prefix(b".").map(digits).filter(|digits| *digits > 0)?;
        fits.then_some(1 + whole + 1 + fraction)
    };
    coordinate(text, 2).is_some_and(|latitude| coordinate(&text[latitude..], 3).is_some())
}

/// Where Nikon's records of a place lie in its box, as far as they are not blank: records of a number, a kind, a count and values.
pub(super) fn nikon_places(content: &[u8]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    // Boxes in the box.
    while let Some(header) = content.get(at..).filter(|rest| rest.len() >= 8) {
        let size = u32_at(header, 0) as usize;
        let Some(records) = header.get(8..size.min(header.len())).filter(|_| size >= 8) else { break };
        if &header[4..8] == b"NCTG" {
            places.extend(records_of_place(records).into_iter().map(|place| at + 8 + place.start..at + 8 + place.end));
        }
        at += size;
    }
    places
}

fn records_of_place(records: &[u8]) -> Vec<Range<usize>> {
    let (mut at, mut places) = (0, Vec::new());
    while let Some(head) = records.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let number = u32_at(head, 0);
        let unit = match u16::from_be_bytes([head[4], head[5]]) {
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let value = at + 8;
        let end = value + unit * usize::from(u16::from_be_bytes([head[6], head[7]]));
        let is_place = number >> 16 == NIKON_GPS || number == NIKON_LOCATION;
        let told =
            records.get(value..end.min(records.len())).filter(|told| is_place && told.iter().any(|byte| *byte != 0));
        places.extend(told.map(|told| value..value + told.len()));
        at = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_told_from_sums_and_dates() {
        for told in ["+47.3750+008.5417+408.000/", "at -33.86-151.20 exactly", "+4722.5+00832.5/", "GPS(8.5, 47.3)"] {
            assert!(tells_coordinates(told.as_bytes()), "{told}");
        }
        for text in ["+47+008/", "+1.5+2.5", "+47.3+08.5", "2026-07-14", "+47.-008.5", "+47.5 +008.5", "+", "+47.5", ""]
        {
            assert!(!tells_coordinates(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn records_that_are_cut_end_the_box() {
        let record = |number: u32, value: &[u8]| {
            let count = u16::try_from(value.len()).unwrap().to_be_bytes();
            [&number.to_be_bytes()[..], b"\0\x07", &count, value].concat()
        };
        let records = [record(0x0200_0001, b"0211"), record(0x0120_0002, b"47.1")].concat();
        let size = u32::try_from(records.len() + 8).unwrap().to_be_bytes();
        let whole = [&size[..], b"NCTG", &records].concat();
        assert_eq!(nikon_places(&whole).as_slice(), std::slice::from_ref(&(whole.len() - 4..whole.len())));
        for end in 0..whole.len() {
            assert!(nikon_places(&whole[..end]).iter().all(|place| place.end <= end), "cut at {end}");
        }
        assert_eq!(nikon_places(&[0; 64]), []);
    }
}
