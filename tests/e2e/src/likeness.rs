//! Whether two pictures of a page look alike to a person: fonts are drawn a little differently from machine to machine, a
//! missing button is missing on all.

use image::RgbImage;
use image::imageops::{FilterType, resize};

/// Pictures are compared, and kept, in this width: text is a shade of grey, a button is still a button.
pub const WIDTH: u32 = 120;
/// A cell looks different when one of its colours is off by more than this, of 255.
const OFF: u8 = 40;
/// Heights may differ by this many cells: a line that wraps elsewhere.
const HEIGHT: u32 = 4;

/// A picture in the width in which it is compared.
pub fn reduced(picture: &RgbImage) -> RgbImage {
    let height = (picture.height() * WIDTH / picture.width().max(1)).max(1);
    resize(picture, WIDTH, height, FilterType::Triangle)
}

/// The share of cells that look different, from 0 to 1. Both pictures are reduced.
pub fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    if one.width() != other.width() || one.height().abs_diff(other.height()) > HEIGHT {
        return 1.0;
    }
    let height = one.height().min(other.height());
    let cells = (0..height).flat_map(|y| (0..one.width()).map(move |x| (x, y)));
    let differs = |(x, y): &(u32, u32)| {
        let (a, b) = (one.get_pixel(*x, *y).0, other.get_pixel(*x, *y).0);
        a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > OFF)
    };
    let all = f64::from(height * one.width()).max(1.0);
    f64::from(u32::try_from(cells.filter(differs).count()).unwrap_or(u32::MAX)) / all
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn a_shade_is_alike_and_a_missing_button_is_not() {
        let page = RgbImage::from_pixel(480, 320, Rgb([250, 250, 248]));
        let shade = RgbImage::from_pixel(480, 320, Rgb([240, 244, 250]));
        let mut button = page.clone();
        for (x, y) in (40..200).flat_map(|x| (100..140).map(move |y| (x, y))) {
            button.put_pixel(x, y, Rgb([166, 74, 36]));
        }
        let [page, shade, button] = [page, shade, button].map(|picture| reduced(&picture));
        assert!(difference(&page, &shade) < 0.01);
        assert!(difference(&page, &button) > 0.03, "{}", difference(&page, &button));
        let taller = reduced(&RgbImage::new(480, 420));
        assert!((difference(&page, &taller) - 1.0).abs() < f64::EPSILON, "another size is another picture");
    }
}
