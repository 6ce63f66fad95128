//! SVG drawings: what is drawn of honest ones, and what hostile ones come to.

#![expect(clippy::unwrap_used, reason = "what makes specimens may stop at the first that cannot be made")]

use amphora_thumbs::specimens::{drawing, encoded, hostile_drawings};
use amphora_thumbs::{NoPreview, display, thumbnail};
use image::{DynamicImage, ImageFormat, RgbaImage};
use std::net::TcpListener;

const RED: &str = "<rect width='100' height='100' fill='#f00'/>";

fn pixel(bytes: &[u8], (x, y): (u32, u32)) -> [u8; 4] {
    let picture = thumbnail(bytes, 64).unwrap();
    assert_eq!((picture.width, picture.height), (64, 64));
    image::load_from_memory(&picture.bytes).unwrap().into_rgba8().get_pixel(x, y).0
}

fn near(is: [u8; 4], should: [u8; 4]) -> bool {
    is.iter().zip(should).all(|(&is, should)| is.abs_diff(should) < 8)
}

#[test]
fn a_drawing_is_shown_as_pixels_in_the_size_that_is_asked_for() {
    let half = drawing("<circle cx='50' cy='50' r='40' fill='#00f' fill-opacity='.5'/>");
    let picture = thumbnail(&half, 64).unwrap();
    assert_eq!(picture.content_type, "image/png");
    assert!(near(pixel(&half, (32, 32)), [0, 0, 255, 128]) && pixel(&half, (1, 1))[3] == 0);
    let wide = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='4' height='2'><path d='M0 0h4v2H0z'/></svg>";
    let shown = display(wide, 2560).unwrap();
    assert_eq!((shown.width, shown.height, shown.content_type), (2560, 1280, "image/jpeg"), "a drawing has no pixels");
}

#[test]
fn styles_references_and_named_addresses_are_drawn() {
    let by_style = "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop stop-color='#0f0'/></linearGradient>\
                    <g id='s'><rect class='a' width='50' height='100'/></g><use xlink:href='#s' x='50'/>";
    assert!(near(pixel(&drawing(by_style), (48, 32)), [0, 255, 0, 255]));
    let names = "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd' [<!ENTITY svg 'http://www.w3.org/2000/svg'>]>";
    let named = format!("{names}<svg xmlns='&svg;' viewBox='0 0 100 100'>{RED}</svg>");
    assert!(near(pixel(named.as_bytes(), (9, 9)), [255, 0, 0, 255]));
}

#[test]
fn nothing_outside_of_the_drawing_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.png");
    let blue = RgbaImage::from_pixel(9, 9, image::Rgba([0, 0, 255, 255]));
    std::fs::write(&file, encoded(&DynamicImage::from(blue), ImageFormat::Png)).unwrap();
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let web = format!("http://{}/a.png", server.local_addr().unwrap());
    for address in [file.display().to_string(), format!("file://{}", file.display()), web.clone()] {
        let asked = format!(
            "{RED}<script href='{address}'>x()</script><style>@import url({address});</style>\
             <image width='100' height='100' xlink:href='{address}'/><use xlink:href='{address}#a'/>\
             <feImage href='{address}'/><foreignObject><img src='{address}'/></foreignObject>"
        );
        assert!(near(pixel(&drawing(&asked), (32, 32)), [255, 0, 0, 255]), "{address}");
    }
    assert!(server.accept().is_err(), "nobody came");
}

#[test]
fn a_huge_size_or_region_costs_no_more_than_a_small_one() {
    let huge =
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='9e9' height='9e9' viewBox='0 0 100 100'>{RED}</svg>");
    assert!(near(pixel(huge.as_bytes(), (32, 32)), [255, 0, 0, 255]));
    let filter =
        "<filter id='f' x='-9999' y='-9999' width='99999' height='99999'><feFlood flood-color='#00f'/></filter>";
    let drawn = drawing(&format!("{filter}<g filter='url(#f)'>{RED}</g>"));
    assert!(near(pixel(&drawn, (32, 32)), [0, 0, 255, 255]));
}

#[test]
fn what_is_much_work_is_drawn_smaller() {
    let square = "<rect width='100' height='100'/>";
    let layers = format!("{}{square}{}", "<g opacity='.9'>".repeat(90), "</g>".repeat(90));
    let squares = square.repeat(40_000);
    let region =
        "<filter id='f' x='-9999' y='-9999' width='99999' height='99999'><feGaussianBlur stdDeviation='9'/></filter>";
    let filtered = format!("{region}<g filter='url(#f)'>{square}</g>");
    for inside in [layers, squares, filtered] {
        let picture = display(&drawing(&inside), 2560).unwrap();
        assert!((64..2560).contains(&picture.width), "{} pixels of {inside:.60}", picture.width);
    }
}

#[test]
fn what_asks_for_too_much_is_refused_before_it_is_drawn() {
    for (name, bytes) in hostile_drawings() {
        assert_eq!(thumbnail(&bytes, 64), Err(NoPreview::TooMuch), "{name}");
    }
    let page = b"<html><body><svg xmlns='http://www.w3.org/2000/svg'></svg></body></html>";
    assert!(matches!(thumbnail(page, 64), Err(NoPreview::Broken(_))), "a page with a drawing in it is no drawing");
}
