//! Previews in raw files of every maker, whole, cut and hostile.

use super::*;
use crate::facts::facts;
use crate::preview::{Fetched, FirstLook, first_look};
use crate::render::{Rendition, render};
use crate::specimens::{
    CORNERS, CanonJpegs, OlympusNote, RAW_SIZE, camera_jpeg, corners, cr3, jpeg, orf, pef, raf, rw2, stored,
};
use crate::{NoPreview, Taken, thumbnail};
use image::metadata::Orientation;
use std::ops::Range;

/// As a camera on its side stores it.
fn sideways(width: u32, height: u32) -> Vec<u8> {
    jpeg(&stored(&corners(height, width), 6))
}

fn at(range: &Range<u64>) -> Range<usize> {
    usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()
}

/// What is made of the first preview that is fetched for this edge.
fn shown(whole: &[u8], look: &FirstLook, edge: u32) -> crate::Picture {
    let fetched = Fetched::new(&whole[at(&look.larger.for_edge(edge)[0])]);
    render(fetched.as_ref(), edge, Rendition::Embedded(look.frame.clone()), &|| true).unwrap()
}

fn assert_upright(picture: &crate::Picture, what: &str) {
    let image = image::load_from_memory(&picture.bytes).unwrap().into_rgb8();
    assert!(image.height() > image.width(), "{what}: it stands");
    let corner = image.get_pixel(4, 4).0;
    assert!(corner.iter().zip(CORNERS[0]).all(|(&is, should)| is.abs_diff(should) < 40), "{what}: {corner:?}");
}

/// Each format with a small and a larger JPEG, held upright by a camera on its side.
fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    let (small, large, vast) = (sideways(160, 120), sideways(1024, 768), sideways(1600, 1200));
    let canon = CanonJpegs { thumbnail: &small, preview: &large, whole: &vast };
    vec![
        ("RAF", raf(&camera_jpeg(6, &small, &large))),
        ("RW2", rw2(6, &camera_jpeg(6, &small, &large))),
        ("ORF", orf(OlympusNote::New, 6, &small, &large)),
        ("ORF, old", orf(OlympusNote::Old, 6, &small, &large)),
        ("ORF, OM System", orf(OlympusNote::OmSystem, 6, &small, &large)),
        ("CR3", cr3(6, canon, 70_000)),
    ]
}

#[test]
fn the_beginning_shows_a_small_picture_and_leads_to_a_larger_one() {
    for (name, whole) in specimens() {
        // Less than where the larger one ends.
        let look = first_look(&whole[..9_000]);
        assert_eq!(look.kind, Kind::Raw, "{name}");
        let inside = look.inside.clone().unwrap_or_else(|| panic!("{name} shows nothing"));
        assert_eq!(facts(&inside).size, Some((160, 120)), "{name}");
        let small = render(&inside, 256, Rendition::Embedded(look.frame.clone()), &|| true).unwrap();
        assert_upright(&small, name);
        let larger = shown(&whole, &look, 512);
        assert_eq!((larger.width, larger.height), (384, 512), "{name}");
        assert_upright(&larger, name);
    }
}

#[test]
fn what_the_camera_wrote_is_read_from_every_format() {
    for (name, whole) in specimens() {
        let look = first_look(&whole[..9_000]);
        assert_eq!(look.frame.orientation, Orientation::Rotate90, "{name}");
        if !name.starts_with("RW2") {
            let taken = Taken { clock: 1_784_052_309_000, offset: None };
            assert_eq!(look.facts.taken, Some(taken), "{name}");
        }
        if name.starts_with("ORF") || name == "CR3" {
            assert_eq!(look.facts.size, Some((RAW_SIZE.1, RAW_SIZE.0)), "{name}, as it is looked at");
        }
    }
    let (_, canon) = specimens().pop().unwrap();
    assert!(first_look(&canon[..9_000]).facts.has_location);
    let shot = crate::shot(&canon[..9_000]);
    assert_eq!(shot.camera.as_deref(), Some("Canon"), "the first directory leads to the others");
}

#[test]
fn of_canons_three_the_shortest_that_is_sharp_is_fetched() {
    let (_, whole) = specimens().pop().unwrap();
    let look = first_look(&whole[..9_000]);
    let fetched = |edge| at(&look.larger.for_edge(edge)[0]);
    assert_eq!(&whole[fetched(160)], sideways(160, 120));
    let preview = &whole[fetched(256)];
    assert_eq!(&preview[jpeg_in(preview)], sideways(1024, 768), "out of its box");
    assert_eq!(&whole[fetched(2560)], sideways(1600, 1200), "the track says that it has every pixel");
}

#[test]
fn a_large_preview_of_a_raw_file_is_used_where_no_smaller_one_is_sharp() {
    // As large as one with every pixel, by what stands in front of them.
    let picture = jpeg(&corners(1300, 1000));
    let comments = [b"\xff\xfe\xff\xff", &[0; 0xfffd][..]].concat().repeat(90);
    let whole = [&picture[..2], &comments, &picture[2..]].concat();
    assert!(whole.len() > 5 << 20, "{} bytes", whole.len());
    let small = sideways(160, 120);
    let file = rw2(1, &camera_jpeg(1, &small, &whole));
    let look = first_look(&file[..64 << 10]);
    assert_eq!(facts(&look.inside.clone().unwrap()).size, Some((160, 120)));
    assert_eq!(shown(&file, &look, 1200).width, 1200);
    let beside = crate::specimens::raw(&small, &whole);
    assert_eq!(shown(&beside, &first_look(&beside[..64 << 10]), 1200).width, 1200, "in a TIFF as well");
}

#[test]
fn directories_that_follow_each_other_lead_to_their_previews_with_the_big_end_first_too() {
    let (small, large) = (sideways(160, 120), sideways(1024, 768));
    let whole = pef(6, &small, &large);
    let look = first_look(&whole[..9_000]);
    assert_eq!((look.kind, look.facts.size), (Kind::Tiff, Some((RAW_SIZE.1, RAW_SIZE.0))));
    assert_eq!(look.inside.as_deref(), Some(small.as_slice()));
    assert_eq!(&whole[at(&look.larger.for_edge(512)[0])], large);
    assert_upright(&shown(&whole, &look, 512), "PEF");
}

#[test]
fn the_largest_preview_is_shown_with_every_pixel_and_as_it_stands() {
    for (name, whole) in specimens() {
        let look = first_look(&whole[..9_000]);
        let fetched = Fetched::new(&whole[at(&look.larger.for_edge(u32::MAX)[0])]);
        let every_pixel = Rendition::EmbeddedOriginal(look.frame.clone());
        let picture = render(fetched.as_ref(), u32::MAX, every_pixel, &|| true).unwrap();
        let expected = if name == "CR3" { (1200, 1600) } else { (768, 1024) };
        assert_eq!((picture.width, picture.height), expected, "{name}");
        assert_upright(&picture, name);
    }
}

#[test]
fn what_the_sensor_saw_is_no_preview() {
    let lossless = |tag: u16, kind: u16, value: u32| {
        let entry = |tag: u16, kind: u16, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &1u32.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        let entries = [entry(0x0103, 3, 7), entry(0x0111, 4, 90), entry(0x0117, 4, 500), entry(tag, kind, value)];
        [b"II*\0\x08\0\0\0\x04\0", &entries.concat()[..], &[0; 4]].concat()
    };
    for (tag, kind, value, is_preview) in [
        (0x0106, 3, 6, true),
        (0x0102, 3, 8, true),
        (0x0102, 3, 14, false),
        (0x0106, 3, 32803, false),
        (0x0106, 3, 34892, false),
        (0xc640, 4, 1, false),
        (0x015b, 4, 1, false),
    ] {
        let look = first_look(&lossless(tag, kind, value));
        assert_eq!(!look.larger.is_empty(), is_preview, "{tag:#x}: {value}");
    }
}

#[test]
fn without_previews_there_are_none() {
    let empty = CanonJpegs { thumbnail: b"", preview: b"", whole: b"" };
    for whole in [raf(b""), rw2(1, b""), orf(OlympusNote::New, 1, b"", b""), cr3(1, empty, 9)] {
        let look = first_look(&whole);
        assert_eq!(look.kind, Kind::Raw);
        assert_eq!(look.inside, None);
        for range in look.larger.for_edge(256) {
            let fetched = &whole[at(&range)];
            assert!(!fetched[jpeg_in(fetched)].starts_with(b"\xff\xd8"), "only Canon's box, which is empty");
        }
        assert_eq!(thumbnail(&whole, 64), Err(NoPreview::Kind(Kind::Raw)));
    }
}

#[test]
fn what_lies_behind_the_end_is_asked_for_and_never_read_from_here() {
    for (name, whole) in specimens() {
        let look = first_look(&whole[..whole.len().min(1_000)]);
        for range in look.larger.for_edge(9000) {
            assert!(range.end <= whole.len() as u64, "{name}: {range:?}");
        }
        assert!(!look.larger.is_empty(), "{name}: a thousand bytes lead to all");
    }
    // The largest numbers, in the places of those that say where the JPEG is.
    let mut boasting = raf(b"\xff\xd8\xff");
    boasting[84..92].fill(0xff);
    let look = first_look(&boasting);
    assert!(look.inside.is_none() && look.larger.is_empty(), "four gigabytes are worth it to nobody");
}

#[test]
fn directories_that_lead_in_a_circle_end() {
    let entry = |tag: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], b"\x04\0", &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let itself = [b"II*\0\x08\0\0\0\x01\0", &entry(0x014a, 1, 8)[..], b"\x08\0\0\0"].concat();
    assert!(first_look(&itself).larger.is_empty());
    // As many directories as there are bytes, each leading to all that follow.
    let mut many = b"II*\0\x08\0\0\0".to_vec();
    for number in 0..3000_u32 {
        let next = 8 + (number + 1) * 18;
        many.extend([b"\x01\0", &entry(0x014a, 8, next)[..], &next.to_le_bytes()].concat());
    }
    assert!(first_look(&many).larger.is_empty());
    let long = [b"II*\0\x08\0\0\0\xff\xff".to_vec(), vec![0xff; 60_000]].concat();
    assert!(first_look(&long).larger.is_empty());
}

#[test]
fn files_cut_or_changed_anywhere_end_and_never_panic() {
    let (small, large) = (jpeg(&corners(16, 12)), jpeg(&corners(24, 18)));
    let canon = CanonJpegs { thumbnail: &small, preview: &large, whole: &large };
    let specimens = [
        raf(&camera_jpeg(6, &small, &large)),
        rw2(6, &camera_jpeg(6, &small, &large)),
        orf(OlympusNote::New, 6, &small, &large),
        orf(OlympusNote::Old, 6, &small, &large),
        cr3(6, canon, 9),
    ];
    for whole in specimens {
        for position in 0..whole.len().min(1_400) {
            if position % 8 == 0 {
                let _cut = first_look(&whole[..position]);
            }
            let mut changed = whole.clone();
            changed[position] ^= if position % 2 == 0 { 0xff } else { 0x01 };
            let look = first_look(&changed);
            assert!(look.inside.is_none_or(|inside| inside.len() < whole.len()));
            assert!(look.larger.for_edge(1).iter().all(|range| range.start < range.end));
        }
    }
    let whole = cr3(6, canon, 9);
    let box_at = memchr::memmem::find(&whole, b"\xea\xf4\x2b\x5e").unwrap() - 8;
    for cut in box_at..whole.len() {
        let inside = jpeg_in(&whole[box_at..cut]);
        assert!(inside.end <= cut - box_at, "what is in the box is here");
    }
}
