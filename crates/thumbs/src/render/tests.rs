//! What comes out of every kind of file, hostile ones included.

use super::*;
use crate::specimens::{
    CORNERS, boasting_png, corners, encoded, exif_of, jpeg, png, progressive_jpeg, stored, with_exif,
};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageBuffer, ImageFormat, Luma, Rgba, RgbaImage};

fn opened(picture: &Picture) -> DynamicImage {
    let image = image::load_from_memory(&picture.bytes).unwrap();
    assert_eq!((image.width(), image.height()), (picture.width, picture.height), "it tells its size");
    image
}

fn assert_corners(picture: &Picture, what: &str) {
    let image = opened(picture).into_rgb8();
    let (right, bottom) = (image.width() - 3, image.height() - 3);
    for (index, (x, y)) in [(2, 2), (right, 2), (2, bottom), (right, bottom)].into_iter().enumerate() {
        let pixel = image.get_pixel(x, y).0;
        let near = pixel.iter().zip(CORNERS[index]).all(|(&is, should)| is.abs_diff(should) < 25);
        assert!(near, "{what}: corner {index} is {pixel:?}, should be {:?}", CORNERS[index]);
    }
}

#[test]
fn all_eight_orientations_stand_upright_scaled_and_whole() {
    // 1200 pixels decode at an eighth for 128; 200 pixels decode whole.
    for (width, height) in [(1200, 900), (200, 150)] {
        let upright = corners(width, height);
        for orientation in 1..=8 {
            let turned = stored(&upright, orientation);
            let camera = with_exif(&jpeg(&turned), orientation);
            let small = thumbnail(&camera, 128).unwrap();
            assert_eq!((small.width, small.height), (128, 96), "orientation {orientation}");
            assert_corners(&small, &format!("JPEG, orientation {orientation}"));
            assert_corners(&display(&camera, 800).unwrap(), &format!("display, orientation {orientation}"));
            let png = png(&turned, Some(exif_of(orientation)));
            assert_corners(&thumbnail(&png, 128).unwrap(), &format!("PNG, orientation {orientation}"));
        }
    }
}

#[test]
fn every_format_gives_its_picture_whatever_its_name_says() {
    let image = DynamicImage::from(corners(300, 200));
    let formats =
        [ImageFormat::Png, ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::WebP, ImageFormat::Jpeg, ImageFormat::Gif];
    for format in formats {
        let small = thumbnail(&encoded(&image, format), 96).unwrap();
        assert_eq!((small.width, small.height, small.content_type), (96, 64, "image/jpeg"), "{format:?}");
        assert_corners(&small, &format!("{format:?}"));
    }
    let icon = DynamicImage::from(corners(64, 64));
    assert_corners(&thumbnail(&encoded(&icon.to_rgba8().into(), ImageFormat::Ico), 32).unwrap(), "icon");
    assert_corners(&thumbnail(&progressive_jpeg(&corners(600, 400)), 96).unwrap(), "progressive");
}

#[test]
fn grey_and_deep_pictures_keep_their_tones() {
    let grey = ImageBuffer::<Luma<u8>, _>::from_fn(400, 300, |x, _| Luma([if x < 200 { 40 } else { 210 }]));
    let deep =
        ImageBuffer::<Rgba<u16>, _>::from_fn(
            400,
            300,
            |x, _| if x < 200 { Rgba([40 << 8; 4]) } else { Rgba([0xffff; 4]) },
        );
    let grey_jpeg = thumbnail(&encoded(&grey.clone().into(), ImageFormat::Jpeg), 100).unwrap();
    assert_eq!(opened(&grey_jpeg).color(), image::ColorType::L8, "grey stays grey");
    for bytes in [grey_jpeg, thumbnail(&encoded(&grey.into(), ImageFormat::Png), 100).unwrap()] {
        let small = opened(&bytes).into_luma8();
        assert!(small.get_pixel(10, 10).0[0].abs_diff(40) < 4 && small.get_pixel(90, 10).0[0].abs_diff(210) < 4);
    }
    let deep = opened(&thumbnail(&encoded(&deep.into(), ImageFormat::Png), 100).unwrap()).into_rgba8();
    assert_eq!(deep.get_pixel(10, 10).0[3], 40, "alpha of 16 bits becomes alpha of 8");
    assert_eq!(deep.get_pixel(90, 10).0, [255; 4]);
}

#[test]
fn cmyk_becomes_the_colours_that_it_prints() {
    // Inverted, as Adobe stores it: no cyan, half magenta, full yellow, no black.
    let (width, height, format) = (64, 64, turbojpeg::PixelFormat::CMYK);
    let pixels = [255_u8, 128, 0, 255].repeat(width * height);
    let source = turbojpeg::Image { pixels: pixels.as_slice(), width, pitch: width * 4, height, format };
    let bytes = turbojpeg::compress(source, 95, turbojpeg::Subsamp::None).unwrap();
    let pixel = opened(&thumbnail(&bytes, 32).unwrap()).into_rgb8().get_pixel(16, 16).0;
    assert!(pixel.iter().zip([255, 128, 0]).all(|(&is, should): (&u8, u8)| is.abs_diff(should) < 8), "{pixel:?}");
}

#[test]
fn what_shines_through_stays_a_png_and_what_does_not_becomes_a_jpeg() {
    let disc = RgbaImage::from_fn(200, 200, |x, y| {
        let inside = x.abs_diff(100).pow(2) + y.abs_diff(100).pow(2) < 80 * 80;
        if inside { Rgba([200, 60, 20, 255]) } else { Rgba([0, 0, 0, 0]) }
    });
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let small = thumbnail(&encoded(&disc.clone().into(), format), 50).unwrap();
        assert_eq!(small.content_type, "image/png", "{format:?}");
        let image = opened(&small).into_rgba8();
        assert_eq!((image.get_pixel(0, 0).0[3], image.get_pixel(25, 25).0[3]), (0, 255), "{format:?}");
    }
    let opaque: RgbaImage = RgbaImage::from_pixel(20, 20, Rgba([1, 2, 3, 255]));
    assert_eq!(thumbnail(&encoded(&opaque.into(), ImageFormat::Png), 10).unwrap().content_type, "image/jpeg");
}

#[test]
fn of_an_animation_the_first_frame_is_shown() {
    let mut bytes = Vec::new();
    {
        let mut encoder = GifEncoder::new(&mut bytes);
        for colour in [[250, 0, 0, 255], [0, 0, 250, 255]] {
            encoder.encode_frame(Frame::new(RgbaImage::from_pixel(40, 30, Rgba(colour)))).unwrap();
        }
    }
    let pixel = opened(&thumbnail(&bytes, 20).unwrap()).into_rgb8().get_pixel(5, 5).0;
    assert!(pixel[0] > 200 && pixel[2] < 60, "red came first: {pixel:?}");
}

#[test]
fn a_jpeg_cut_short_gives_a_picture_while_most_of_it_came() {
    let mut noise = 7_u32;
    let image = image::RgbImage::from_fn(800, 600, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(x / 4) as u8, (y / 3) as u8, (noise >> 26) as u8])
    });
    let whole = jpeg(&image);
    assert!(thumbnail(&whole[..whole.len() * 8 / 10], 128).is_ok(), "four fifths came");
    assert!(matches!(thumbnail(&whole[..whole.len() / 5], 128), Err(NoPreview::Broken(_))), "a fifth came");
    assert!(matches!(thumbnail(&whole[..300], 128), Err(NoPreview::Broken(_))), "not even the header");
}

#[test]
fn files_cut_or_changed_anywhere_never_panic() {
    let image = DynamicImage::from(corners(40, 30));
    let formats =
        [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::WebP];
    for format in formats {
        let bytes = encoded(&image, format);
        for at in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            let _cut = thumbnail(&bytes[..at], 16);
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            if let Ok(picture) = thumbnail(&changed, 16) {
                assert!(picture.width <= 16 && picture.height <= 16, "{format:?} at {at}");
            }
        }
    }
}

#[test]
fn a_picture_that_claims_a_huge_size_is_refused_from_its_header() {
    for (width, height) in [(30_000, 30_000), (100_000, 100_000)] {
        let error = thumbnail(&boasting_png(width, height), 256).unwrap_err();
        assert_eq!(error, NoPreview::TooLarge { width, height }, "{error}");
    }
    let row = thumbnail(&boasting_png(2_000_000_000, 2), 256);
    assert!(row.is_err(), "one row of it is too much");
    let huge = boasting_jpeg(&progressive_jpeg(&corners(16, 16)), 16_000, 16_000);
    let error = thumbnail(&huge, 256).unwrap_err();
    assert_eq!(error, NoPreview::TooLarge { width: 16_000, height: 16_000 }, "progressive keeps all coefficients");
    let huge = boasting_jpeg(&jpeg(&corners(16, 16)), 65_000, 65_000);
    assert_eq!(thumbnail(&huge, 256).unwrap_err(), NoPreview::TooLarge { width: 65_000, height: 65_000 });
}

fn boasting_jpeg(bytes: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let frame = bytes.windows(2).position(|pair| pair == b"\xff\xc0" || pair == b"\xff\xc2").unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn documents_that_could_run_are_never_rendered() {
    let cases: [(&[u8], Kind, &str); 3] = [
        (b"<!doctype html><script>x()</script>", Kind::Html, "no preview of web pages"),
        (b"plain words", Kind::Text, "no preview of text files"),
        (b"", Kind::Other, "no preview of this kind of file"),
    ];
    for (bytes, kind, words) in cases {
        let error = thumbnail(bytes, 64).unwrap_err();
        assert_eq!((error.clone(), error.to_string().as_str()), (NoPreview::Kind(kind), words));
    }
}

#[test]
fn a_display_copy_is_small_enough_and_tells_nothing_of_the_camera() {
    let camera = with_exif(&jpeg(&corners(900, 600)), 1);
    let copy = display(&camera, 450).unwrap();
    assert_eq!((copy.width, copy.height), (450, 300));
    assert!(!copy.bytes.windows(4).any(|bytes| bytes == b"Exif"), "metadata stays behind");
    assert_eq!(display(&camera, 4000).unwrap().width, 900, "never enlarged");
}

#[test]
fn an_original_has_every_pixel_upright_and_nothing_of_the_file() {
    let picture = original(&with_exif(&jpeg(&corners(3000, 2000)), 6)).unwrap();
    assert_eq!((picture.width, picture.height), (2000, 3000));
    assert_corners(&original(&with_exif(&jpeg(&stored(&corners(300, 200), 6)), 6)).unwrap(), "turned");
    assert!(!picture.bytes.windows(4).any(|some| some == b"Exif"));
    let drawn = original(&crate::specimens::drawing("<circle cx='50' cy='50' r='40' fill='#f00'/>")).unwrap();
    assert_eq!(drawn.width, DRAWN, "a drawing is as sharp as one likes, within reason");
}

#[test]
fn an_original_above_the_budget_is_refused_while_its_copy_is_shown() {
    // 63 million pixels fit once, and not a second time.
    let large = |orientation| with_exif(&crate::specimens::boasting_jpeg(9_000, 7_000), orientation);
    let cost = |orientation, edge, rendition| super::cost(&large(orientation), edge, &rendition);
    assert!(cost(6, 2560, Rendition::Display).is_ok());
    assert_eq!(cost(6, ORIGINAL, Rendition::Original), Err(NoPreview::TooLarge { width: 9_000, height: 7_000 }));
    let fits = cost(1, ORIGINAL, Rendition::Original).unwrap();
    assert!(fits.memory > 9_000 * 7_000 * 3 && fits.memory <= 256 << 20, "{} bytes", fits.memory);
}
