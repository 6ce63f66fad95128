//! Files that claim, lie or stop: each ends as no preview, and all of them within the memory that decoding may take. A test
//! program of its own, so that the peak of its memory is theirs.

#![expect(clippy::unwrap_used, reason = "what makes specimens may stop at the first that cannot be made")]

use amphora_thumbs::specimens::{boasting_png, corners, encoded, hostile_drawings, jpeg, lossy_webp};
use amphora_thumbs::{Kind, NoPreview, display, thumbnail};
use image::{DynamicImage, ImageFormat};

/// What decoding may take beside what the test itself holds, in kibibytes.
const BUDGET: u64 = 256 << 10;
/// The program, its threads and the specimens.
const OWN: u64 = 48 << 10;

/// A GIF has two bytes for a side.
fn boasting_gif() -> Vec<u8> {
    let mut bytes = encoded(&DynamicImage::from(corners(2, 2)), ImageFormat::Gif);
    bytes[6..10].fill(0xff);
    let frame = bytes.iter().rposition(|&byte| byte == b',').unwrap();
    bytes[frame + 5..frame + 9].fill(0xff);
    bytes
}

/// A WebP of the extended kind has three, less one.
fn boasting_webp(width: u32, height: u32) -> Vec<u8> {
    let plain = encoded(&DynamicImage::from(corners(2, 2)), ImageFormat::WebP);
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let chunk = [b"VP8X\x0a\0\0\0\0\0\0\0".to_vec(), side(width), side(height)].concat();
    let length = u32::try_from(plain.len() - 8 + chunk.len()).unwrap().to_le_bytes();
    [&plain[..4], &length, &plain[8..12], &chunk, &plain[12..]].concat()
}

/// One with loss has 14 bits, behind the mark of a key frame.
fn boasting_photo() -> Vec<u8> {
    let mut bytes = lossy_webp(&corners(16, 16));
    let mark = bytes.windows(3).position(|three| three == b"\x9d\x01\x2a").unwrap();
    bytes[mark + 3..mark + 7].copy_from_slice(b"\xff\x3f\xff\x3f");
    bytes
}

/// In front of a small picture with loss one without loss and of the greatest size, which is no chunk: to who reads chunks its
/// beginning is the name and the length of one to pass over, and to libwebp it is the picture.
fn webp_of_two_pictures() -> Vec<u8> {
    // Both sides 16,384; then every pixel the same colour.
    let vast = b"\x2f\xff\xff\xff\x0f\x28\x40\x01\x22\x02";
    let length = u32::from_le_bytes([vast[4], vast[5], vast[6], vast[7]]) as usize;
    let small = lossy_webp(&corners(16, 16));
    let mut bytes = [&small[..12], vast].concat();
    bytes.resize(12 + 8 + length.next_multiple_of(2), 0);
    bytes.extend_from_slice(&small[12..]);
    let whole = u32::try_from(bytes.len() - 8).unwrap().to_le_bytes();
    bytes[4..8].copy_from_slice(&whole);
    bytes
}

/// A TIFF has four; its pixels lie in one strip that is not there.
fn boasting_tiff(width: u32, height: u32) -> Vec<u8> {
    let entry = |tag: u16, value: u32| {
        [&tag.to_le_bytes()[..], &4_u16.to_le_bytes(), &1_u32.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let entries = [
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, width.wrapping_mul(height)),
    ];
    let body: Vec<u8> = entries.into_iter().flat_map(|(tag, value)| entry(tag, value)).collect();
    [b"II*\0\x08\0\0\0\x09\0".to_vec(), body, vec![0; 64]].concat()
}

fn boasting_bmp() -> Vec<u8> {
    let mut bytes = encoded(&DynamicImage::from(corners(2, 2)), ImageFormat::Bmp);
    bytes[18..22].copy_from_slice(&60_000_i32.to_le_bytes());
    bytes[22..26].copy_from_slice(&60_000_i32.to_le_bytes());
    bytes
}

/// A picture of a size below the budget, of whose pixels a third came.
fn short(format: ImageFormat) -> Vec<u8> {
    let bytes = encoded(&DynamicImage::from(corners(1200, 800)), format);
    bytes[..bytes.len() / 3].to_vec()
}

fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("PNG", boasting_png(100_000, 100_000)),
        ("PNG of one long row", boasting_png(2_000_000_000, 1)),
        ("GIF", boasting_gif()),
        ("WebP", boasting_webp(16_000_000, 200)),
        ("WebP with loss", boasting_photo()),
        ("WebP of two pictures", webp_of_two_pictures()),
        ("TIFF", boasting_tiff(100_000, 100_000)),
        ("TIFF within the bound of time", boasting_tiff(19_000, 19_000)),
        ("BMP", boasting_bmp()),
        ("PNG, cut short", short(ImageFormat::Png)),
        ("GIF, cut short", short(ImageFormat::Gif)),
        ("WebP, cut short", short(ImageFormat::WebP)),
        ("WebP with loss, cut short", {
            let bytes = lossy_webp(&corners(1200, 800));
            bytes[..bytes.len() / 3].to_vec()
        }),
        ("TIFF, cut short", short(ImageFormat::Tiff)),
        ("BMP, cut short", short(ImageFormat::Bmp)),
        ("JPEG, cut short", jpeg(&corners(600, 400))[..700].to_vec()),
        ("nothing", Vec::new()),
        ("zeros", vec![0; 4096]),
        ("a name's promise", b"\xff\xd8\xff and no more".to_vec()),
    ]
}

#[test]
fn every_hostile_file_ends_as_no_preview_and_within_the_budget() {
    let before = peak();
    for (name, bytes) in specimens().into_iter().chain(hostile_drawings()) {
        for made in [thumbnail(&bytes, 256), display(&bytes, 2560)] {
            assert!(made.is_err(), "{name} showed {:?}", made.unwrap());
        }
    }
    assert_eq!(thumbnail(b"", 64), Err(NoPreview::Kind(Kind::Other)), "of no bytes nothing is known");
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after < before + BUDGET + OWN, "{before} KiB before, {after} KiB at the peak");
    }
}

/// The most memory that this process ever held, in kibibytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
