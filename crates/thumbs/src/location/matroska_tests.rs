//! Places of Matroska and WebM, taken out; everything else stays, and what is hostile ends.

use super::*;
use crate::location::{Edit, is_movie, movie_edits, movie_tells_place};
use crate::specimens::{Camera, PLACE};
use std::io::Cursor;

/// An element whose length is written with so many bytes.
fn element_of(id: u32, width: u32, content: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    let size = (content.len() as u64 | 1 << (7 * width)).to_be_bytes();
    [&id, &size[8 - width as usize..], content].concat()
}

fn element(id: u32, content: &[u8]) -> Vec<u8> {
    element_of(id, 4, content)
}

fn simple(name: &str, value: &str, inner: &[u8]) -> Vec<u8> {
    let content =
        [element_of(TAG_NAME, 1, name.as_bytes()), element_of(TAG_STRING, 1, value.as_bytes()), inner.to_vec()];
    element(SIMPLE_TAG, &content.concat())
}

fn checksum() -> Vec<u8> {
    element_of(CHECKSUM, 1, b"\x01\x02\x03\x04")
}

fn file(parts: &[Vec<u8>]) -> Vec<u8> {
    let header = element_of(EBML, 1, &element_of(0x4282, 1, b"matroska"));
    [header, element_of(SEGMENT, 8, &parts.concat())].concat()
}

fn tags(simple: &[Vec<u8>]) -> Vec<u8> {
    element(TAGS, &[checksum(), element(TAG, &simple.concat())].concat())
}

/// A cluster with a picture that looks like a tag.
fn cluster() -> Vec<u8> {
    element(CLUSTER, &element(0xa3, &tags(&[simple("LOCATION", PLACE, b"")])))
}

fn edits(bytes: &[u8]) -> Result<Vec<Edit>, NotCleaned> {
    movie_edits(&mut Cursor::new(bytes))
}

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    let mut clean = bytes.to_vec();
    for edit in edits(bytes).unwrap() {
        let at = edit.at as usize;
        clean[at..at + edit.bytes.len()].copy_from_slice(&edit.bytes);
    }
    assert_eq!(edits(&clean).unwrap(), [], "nothing is left to take out");
    clean
}

fn count(bytes: &[u8], text: &str) -> usize {
    bytes.windows(text.len()).filter(|some| *some == text.as_bytes()).count()
}

#[test]
fn tags_that_name_a_place_go_and_the_rest_stays_where_it_was() {
    let places = [
        simple("LOCATION", PLACE, b""),
        simple("COM.APPLE.QUICKTIME.LOCATION.ISO6709", PLACE, b""),
        simple("ARTIST", "Mira", &simple("RECORDING_LOCATION", "Quay of Zug", b"")),
        simple("COMMENT", PLACE, b""),
    ];
    let with = file(&[cluster(), tags(&[places.concat(), simple("TITLE", "The Quay", b"")]), cluster()]);
    let clean = cleaned(&with);
    assert_eq!(clean.len(), with.len(), "no byte moves");
    assert_eq!((count(&with, PLACE), count(&clean, PLACE)), (5, 2), "what is in a picture is no tag");
    assert_eq!(count(&clean, "Quay of Zug"), 0);
    for kept in ["ARTIST", "Mira", "TITLE", "The Quay"] {
        assert_eq!(count(&clean, kept), 1, "{kept}");
    }
    let sums = |bytes: &[u8]| bytes.windows(6).filter(|some| *some == checksum()).count();
    assert_eq!((sums(&with), sums(&clean)), (3, 2), "the one over the tags would be wrong");
    assert!(
        movie_tells_place(&mut Cursor::new(&with)).unwrap() && !movie_tells_place(&mut Cursor::new(&clean)).unwrap()
    );
    assert!(is_movie(&with));
}

#[test]
fn void_space_has_the_length_of_what_was_there_however_that_was_written() {
    for width in 1..=8 {
        let name = element_of(TAG_NAME, 1, b"LOCATION");
        let place = element_of(SIMPLE_TAG, width, &[name, element_of(TAG_STRING, 1, PLACE.as_bytes())].concat());
        let clean = cleaned(&file(&[tags(&[place.clone(), simple("TITLE", "The Quay", b"")])]));
        let title = clean.len() - simple("TITLE", "The Quay", b"").len();
        let mut read = Cursor::new(&clean[..]);
        let mut boxes = Boxes::of(&mut read).unwrap();
        let at = (title - place.len()) as u64;
        let void = Elements { boxes: &mut boxes, left: 9 }.element(at, clean.len() as u64).unwrap().unwrap();
        assert_eq!((void.id, void.content.end), (VOID, title as u64), "{width}");
    }
}

#[test]
fn a_file_without_a_place_is_not_changed() {
    let plain = file(&[tags(&[simple("TITLE", "On location", b"")]), cluster(), element(VOID, &[0; 50])]);
    assert_eq!(edits(&plain).unwrap(), []);
    let doc = element_of(EBML, 1, &element_of(0x4282, 1, b"other"));
    assert_eq!(edits(&[doc, vec![9; 50]].concat()).unwrap(), [], "another kind of document");
}

#[test]
fn what_was_streamed_is_found_behind_clusters_that_say_no_length() {
    let open = |id: u32| [&id.to_be_bytes()[..], b"\x01\xff\xff\xff\xff\xff\xff\xff"].concat();
    let picture = element(0xa3, b"picture");
    let header = element_of(EBML, 1, &element_of(0x4282, 1, b"webm"));
    let parts = [
        open(SEGMENT),
        open(CLUSTER),
        picture.clone(),
        open(CLUSTER),
        picture,
        tags(&[simple("LOCATION", PLACE, b"")]),
    ];
    let clean = cleaned(&[header, parts.concat(), vec![0; 99]].concat());
    assert_eq!((count(&clean, PLACE), count(&clean, "picture")), (0, 2));
}

#[test]
fn covers_lose_their_place_and_what_was_taken_out_before_is_blanked() {
    let cover = Camera { located: true, ..Camera::default() }.jpeg(40, 30);
    let attached = [checksum(), element(MEDIA_TYPE, b"image/jpeg"), element(FILE_DATA, &cover)].concat();
    let font = [element(MEDIA_TYPE, b"font/ttf"), element(FILE_DATA, PLACE.as_bytes())].concat();
    let attachments = [element(ATTACHED_FILE, &attached), element(ATTACHED_FILE, &font)].concat();
    let with =
        file(&[checksum(), element(ATTACHMENTS, &attachments), element(VOID, &tags(&[simple("LOCATION", "x", b"")]))]);
    let clean = cleaned(&with);
    assert!(crate::has_location(&with) && !crate::has_location(&clean));
    assert_eq!((count(&clean, "LOCATION"), count(&clean, PLACE)), (0, 1), "a font is one");
    assert_eq!(clean.windows(6).filter(|some| *some == checksum()).count(), 0, "none is right any more");
}

#[test]
fn hostile_elements_end_and_never_panic() {
    let nested = (0..20).fold(simple("A", "b", b""), |inner, _| simple("A", "b", &inner));
    assert!(matches!(edits(&file(&[tags(&[nested])])), Err(NotCleaned::Stays(_))), "deeper than anybody writes");
    let many = file(&vec![element_of(0xa3, 1, b""); 1_100_000]);
    assert!(matches!(edits(&many), Err(NotCleaned::Stays(_))), "more than anybody writes");
    let rest = [file(&[tags(&[simple("TITLE", "x", b"")])]), b"\0\0\x0047.2".to_vec()].concat();
    assert!(matches!(edits(&rest), Err(NotCleaned::Stays(_))), "nobody knows what that is");
    let whole = file(&[tags(&[simple("LOCATION", PLACE, b""), simple("TITLE", "x", b"")]), cluster()]);
    for at in 0..whole.len() {
        let _cut = edits(&whole[..at]);
        for change in [0xff, 0x80, 0x01] {
            let mut changed = whole.clone();
            changed[at] ^= change;
            if edits(&changed).is_ok_and(|edits| !edits.is_empty()) {
                assert_eq!(cleaned(&changed).len(), whole.len());
            }
        }
    }
}
