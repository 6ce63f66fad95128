//! Decoded pixels and their reduction to the size that is asked for.

use crate::no_preview::NoPreview;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, MulDiv, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

/// Reduced by more than this, a picture goes through a cheap box first; the fine filter then works on few pixels.
pub(crate) const BOX_FIRST: u32 = 4;

/// How the samples of a pixel lie, one byte each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
}

impl Layout {
    pub(crate) fn samples(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    pub(crate) fn alpha(self) -> bool {
        matches!(self, Self::GrayAlpha | Self::Rgba)
    }

    fn pixel_type(self) -> PixelType {
        match self {
            Self::Gray => PixelType::U8,
            Self::GrayAlpha => PixelType::U8x2,
            Self::Rgb => PixelType::U8x3,
            Self::Rgba => PixelType::U8x4,
        }
    }
}

/// A picture in memory, rows from the top without gaps.
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) layout: Layout,
    pub(crate) data: Vec<u8>,
}

impl Pixels {
    /// Reduces the picture until its longest edge is `edge`; a smaller one stays as it is.
    pub(crate) fn shrink(self, edge: u32) -> Result<DynamicImage, NoPreview> {
        let (width, height) = fit(self.width, self.height, edge);
        if (width, height) == (self.width, self.height) {
            return self.into_image();
        }
        let layout = self.layout;
        let data = reduced(self, width, height).map_err(NoPreview::broken)?;
        Self { width, height, layout, data }.into_image()
    }

    /// Cuts bars away that bring a preview of this shape to another one; more than a bar is never cut.
    pub(crate) fn cut_to(self, shape: Option<(u32, u32)>) -> Self {
        let Some((across, down)) = shape.filter(|(across, down)| *across > 0 && *down > 0) else { return self };
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let (across, down) = (u64::from(across), u64::from(down));
        let (cut_width, cut_height) = if width * down > height * across {
            ((height * across + down / 2) / down, height)
        } else {
            (width, (width * down + across / 2) / across)
        };
        if cut_width * cut_height * 2 < width * height || (cut_width, cut_height) == (width, height) {
            return self;
        }
        let samples = self.layout.samples();
        let (left, top) = ((width - cut_width) / 2, (height - cut_height) / 2);
        let row = |y: u64| {
            let start = ((y * width + left) as usize) * samples;
            start..start + cut_width as usize * samples
        };
        let data = (top..top + cut_height).flat_map(|y| self.data[row(y)].iter().copied()).collect();
        Self { width: cut_width as u32, height: cut_height as u32, layout: self.layout, data }
    }

    fn into_image(self) -> Result<DynamicImage, NoPreview> {
        let Self { width, height, layout, data } = self;
        let image = match layout {
            Layout::Gray => GrayImage::from_raw(width, height, data).map(DynamicImage::from),
            Layout::GrayAlpha => image::GrayAlphaImage::from_raw(width, height, data).map(DynamicImage::from),
            Layout::Rgb => RgbImage::from_raw(width, height, data).map(DynamicImage::from),
            Layout::Rgba => RgbaImage::from_raw(width, height, data).map(DynamicImage::from),
        };
        image.ok_or_else(|| NoPreview::broken("its pixels do not fill its size"))
    }
}

/// The size of a picture reduced to fit a square of `edge`, at least one pixel each way, never enlarged.
pub(crate) fn fit(width: u32, height: u32, edge: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= edge {
        return (width, height);
    }
    let scaled = |side: u32| {
        let rounded = (u64::from(side) * u64::from(edge) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(rounded).map_or(edge, |side| side.clamp(1, edge.max(1)))
    };
    (scaled(width), scaled(height))
}

fn reduced(mut from: Pixels, width: u32, height: u32) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let kind = from.layout.pixel_type();
    let weighted = MulDiv::new();
    if from.layout.alpha() {
        // Colours count by how much of them shows, or transparent pixels would bleed into the edges.
        let mut whole = Image::from_slice_u8(from.width, from.height, &mut from.data, kind)?;
        weighted.multiply_alpha_inplace(&mut whole)?;
    }
    let mut resizer = Resizer::new();
    if from.width / width >= BOX_FIRST && from.height / height >= BOX_FIRST {
        let mut coarse = Image::new(width * 2, height * 2, kind);
        let whole = ImageRef::new(from.width, from.height, &from.data, kind)?;
        resizer.resize(&whole, &mut coarse, &by(FilterType::Box))?;
        from.data = coarse.into_vec();
        (from.width, from.height) = (width * 2, height * 2);
    }
    let source = ImageRef::new(from.width, from.height, &from.data, kind)?;
    let mut small = Image::new(width, height, kind);
    resizer.resize(&source, &mut small, &by(FilterType::Lanczos3))?;
    if from.layout.alpha() {
        weighted.divide_alpha_inplace(&mut small)?;
    }
    Ok(small.into_vec())
}

fn by(filter: FilterType) -> ResizeOptions {
    ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).use_alpha(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fits_its_square_and_is_never_enlarged() {
        assert_eq!(fit(4000, 3000, 256), (256, 192));
        assert_eq!(fit(3000, 4000, 256), (192, 256));
        assert_eq!(fit(100, 50, 256), (100, 50));
        assert_eq!(fit(100_000, 3, 256), (256, 1), "a thread keeps one pixel");
        assert_eq!(fit(u32::MAX, u32::MAX, 2048), (2048, 2048));
    }

    #[test]
    fn transparent_colours_do_not_bleed_into_what_shows() {
        let red_beside_hidden_green = [[255, 0, 0, 255], [0, 255, 0, 0]].concat().repeat(32 * 64);
        let pixels = Pixels { width: 64, height: 64, layout: Layout::Rgba, data: red_beside_hidden_green };
        let small = pixels.shrink(8).unwrap().into_rgba8();
        let middle = small.get_pixel(4, 4).0;
        assert!(middle[0] > 250 && middle[1] < 5, "still red: {middle:?}");
        assert!((120..136).contains(&middle[3]), "half of it shows: {middle:?}");
    }

    #[test]
    fn even_colours_stay_exactly_themselves() {
        for layout in [Layout::Gray, Layout::Rgb] {
            let data = vec![77; 900 * 700 * layout.samples()];
            let small = Pixels { width: 900, height: 700, layout, data }.shrink(64).unwrap();
            assert!(small.as_bytes().iter().all(|&sample| sample == 77), "{layout:?}");
        }
    }
}
