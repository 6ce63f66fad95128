//! Places of cameras and editors, taken out; everything else stays.

use super::*;
use crate::facts::{exif_of, facts};
use crate::specimens::{Camera, PLACE, boxed, corners, jpeg, located_movie, movie, track, user_text, with_segment};
use crate::thumbnail;
use exif::{Context, In, Tag};

fn camera() -> Camera {
    let preview = Some(jpeg(&corners(16, 12)));
    Camera { taken: Some("2026:07:14 18:05:09"), located: true, orientation: 6, preview, ..Camera::default() }
}

#[test]
fn coordinates_go_and_date_orientation_preview_and_pixels_stay() {
    let with = camera().jpeg(400, 300);
    assert!(has_location(&with));
    let without = without_location(with.clone()).unwrap();
    assert!(!has_location(&without) && !facts(&without).has_location);
    assert_eq!(without.len(), with.len(), "no byte moves");
    let exif = exif_of(&without).unwrap();
    assert!(exif.fields().all(|field| field.tag.context() != Context::Gps), "not even an empty directory");
    let before = exif_of(&with).unwrap();
    for field in before.fields().filter(|field| field.tag.context() != Context::Gps) {
        let after = exif.get_field(field.tag, field.ifd_num).expect("only the place goes");
        assert_eq!(after.value.display_as(field.tag).to_string(), field.value.display_as(field.tag).to_string());
    }
    assert!(exif.get_field(Tag::JPEGInterchangeFormat, In::THUMBNAIL).is_some(), "the link to the preview moved along");
    assert_eq!(thumbnail(&without, 128), thumbnail(&with, 128));
    let degrees = [47u32, 1, 22, 1, 30, 1].map(u32::to_be_bytes).concat();
    let there = |bytes: &[u8]| bytes.windows(degrees.len()).any(|some| some == degrees);
    assert!(there(&with) && !there(&without), "the numbers are gone, not only the way to them");
}

#[test]
fn a_picture_without_a_place_is_the_same_byte_by_byte() {
    for bytes in [Camera { located: false, ..camera() }.jpeg(40, 30), jpeg(&corners(8, 8)), b"plain".to_vec(), vec![]] {
        assert!(!has_location(&bytes));
        assert_eq!(without_location(bytes.clone()).unwrap(), bytes);
    }
}

#[test]
fn previews_inside_the_file_tell_no_place_either() {
    let preview = Camera { located: true, ..Camera::default() }.jpeg(64, 48);
    let with = Camera { located: false, large_preview: Some(preview), ..Camera::default() }.jpeg(400, 300);
    assert!(has_location(&with));
    assert!(!has_location(&without_location(with).unwrap()));
}

#[test]
fn places_in_xmp_go_whether_attributes_or_elements_and_titles_stay() {
    let packet =
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description exif:GPSLatitude=\"47,22N\" dc:title='Quay' \
        exif:GPSLongitude = '8,32E'><photoshop:City>Zug</photoshop:City><dc:creator>Mira</dc:creator>\
        <Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li>Quay</rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>\
        <exif:GPSAltitude/></rdf:Description></x:xmpmeta>";
    let with = with_segment(&jpeg(&corners(8, 8)), 0xe1, packet);
    let without = without_location(with.clone()).unwrap();
    assert_eq!(without.len(), with.len());
    let text = String::from_utf8_lossy(&without);
    for gone in ["47,22N", "8,32E", "Zug", "GPS", "City", "LocationShown"] {
        assert!(!text.contains(gone), "{gone} stays");
    }
    for stays in ["dc:title='Quay'", "<dc:creator>Mira</dc:creator>", "</rdf:Description>"] {
        assert!(text.contains(stays), "{stays} went");
    }
}

#[test]
fn raw_files_with_marks_of_their_own_lose_the_place_too() {
    let tiff = camera().exif();
    let olympus = [b"MMOR", &tiff[4..]].concat();
    // A directory with a latitude alone, as Canon's box has it.
    let entry = [2u16.to_be_bytes(), 5u16.to_be_bytes()].concat();
    let entry = [entry, 3u32.to_be_bytes().to_vec(), 26u32.to_be_bytes().to_vec()].concat();
    let latitude: Vec<u8> = [47u32, 1, 22, 1, 30, 1].iter().flat_map(|number| number.to_be_bytes()).collect();
    let directory = [b"MM\0*\0\0\0\x08\0\x01".to_vec(), entry, vec![0; 4], latitude.clone()].concat();
    let canon = [b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom\0\0\0\x3aCMT4".to_vec(), directory].concat();
    for raw in [olympus, canon] {
        assert!(has_location(&raw));
        let without = without_location(raw.clone()).unwrap();
        assert_eq!(without.len(), raw.len());
        assert!(!has_location(&without) && !without.windows(24).any(|some| some == latitude));
    }
}

#[test]
fn hostile_metadata_never_panic_and_end() {
    let with = camera().jpeg(40, 30);
    for at in 0..with.len().min(700) {
        let _cut = without_location(with[..at].to_vec());
        for change in [0xff, 0x01, 0x80] {
            let mut changed = with.clone();
            changed[at] ^= change;
            if let Ok(without) = without_location(changed) {
                assert!(!has_location(&without), "byte {at}");
            }
        }
    }
}

#[test]
fn movies_in_pictures_lose_their_place_too() {
    let has = |bytes: &[u8], text: &str| block::find(bytes, text.as_bytes()).is_some();
    let trailer = b"MotionPhoto_DataSEFHk\0\0\0SEFT";
    let of_phone = [camera().jpeg(400, 300), located_movie(5000), trailer.to_vec()].concat();
    let udta = boxed(b"udta", &user_text(b"\xa9xyz", PLACE));
    let sequence = [
        boxed(b"ftyp", b"msf1\0\0\0\0hevc"),
        boxed(b"moov", &[track(b"pict", &boxed(b"hvc1", &[0; 70]), &[(40, [2, 2])]), udta].concat()),
        boxed(b"mdat", b"pictures"),
        boxed(b"mpvd", &located_movie(50)),
    ]
    .concat();
    for with in [of_phone, sequence] {
        let without = without_location(with.clone()).unwrap();
        assert!(has(&with, PLACE) && !has(&without, PLACE) && !has(&without, "47,22.5N"));
        assert_eq!(without.len(), with.len());
        for kept in ["Amphora One", "2026-07-14T18:05:09+0200"] {
            assert!(has(&without, kept), "{kept}");
        }
        assert_eq!(with.ends_with(trailer), without.ends_with(trailer), "what else is behind the picture stays");
        assert_eq!(block::find(&with, b"hvc1"), block::find(&without, b"hvc1"), "and so do its pictures");
    }
    let dash = movie(b"media", &[boxed(b"gps ", &[0; 16])]);
    let refused = without_location([jpeg(&corners(8, 8)), dash].concat());
    assert_eq!(refused, Err(PlaceStays), "what cannot be taken out of the movie");
    let many = [jpeg(&corners(8, 8)), boxed(b"ftyp", b"isom\0\0\0\0").repeat(100)].concat();
    assert_eq!(without_location(many), Err(PlaceStays), "more movies than a phone puts there");
    let raw =
        [boxed(b"ftyp", b"crx \0\0\0\x01isom"), boxed(b"moov", &track(b"meta", &boxed(b"CTMD", b""), &[(8, [2, 2])]))];
    assert_eq!(without_location(raw.concat()).unwrap(), raw.concat(), "samples of a raw file are its picture's");
}
