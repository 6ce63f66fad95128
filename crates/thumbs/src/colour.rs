//! Colours of pictures whose samples mean something else than sRGB, by the profile that they carry (ICC.1), or by the word of
//! a camera that they are Adobe RGB (DCF 2.0). What carries none is sRGB already and passes untouched.
//!
//! Works on the reduced picture: a tile's few pixels cost next to nothing, whatever the size of its original. Profiles of ink
//! and of grey are left out.

use crate::facts::exif_of;
use crate::jpeg::segments;
use crate::kind::Kind;
use crate::raster;
use exif::{In, Tag};
use image::DynamicImage;
use moxcms::{CmsError, ColorProfile, DataColorSpace, Layout, ToneReprCurve, TransformOptions, Xyzd};
use std::sync::Arc;

/// Profiles that are remembered for what lies inside a picture; those of screens and cameras have some hundred bytes.
const SMALL: usize = 4 << 10;
/// Primaries and curves nearer than this are the same: profiles round differently.
const SAME: f64 = 0.004;

/// What the samples of a picture mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Colours {
    #[default]
    Srgb,
    AdobeRgb,
    /// As this profile says.
    Profile(Arc<[u8]>),
}

/// Reads what a file, or its beginning, says of its colours.
pub(crate) fn colours_of(bytes: &[u8], kind: Kind) -> Colours {
    let profile = match kind {
        Kind::Jpeg => in_jpeg(bytes),
        _ => raster::format_of(kind).and_then(|format| raster::profile(bytes, format)),
    };
    match profile {
        Some(profile) => Colours::Profile(profile.into()),
        None if kind == Kind::Jpeg && is_adobe_rgb(bytes) => Colours::AdobeRgb,
        None => Colours::Srgb,
    }
}

/// A profile in as many segments as it needs, each with its number (ICC.1:2010, annex B.4).
fn in_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut chunks: Vec<_> = segments(bytes)
        .filter(|(marker, ..)| *marker == 0xe2)
        .filter_map(|(_, _, body)| body.strip_prefix(b"ICC_PROFILE\0")?.split_at_checked(2))
        .collect();
    chunks.sort_by_key(|(count, _)| count[0]);
    let all = chunks.first().is_some_and(|(count, _)| usize::from(count[1]) == chunks.len());
    all.then(|| chunks.iter().flat_map(|(_, part)| part.iter().copied()).collect())
}

/// A camera that is set to Adobe RGB says so in the interoperability index, and often embeds nothing.
fn is_adobe_rgb(bytes: &[u8]) -> bool {
    let exif = exif_of(bytes);
    let index = exif.as_ref().and_then(|exif| exif.get_field(Tag::InteroperabilityIndex, In::PRIMARY));
    index.is_some_and(|index| matches!(&index.value, exif::Value::Ascii(texts) if texts.first().is_some_and(|text| text.starts_with(b"R03"))))
}

impl Colours {
    /// The same, if it is small enough to be kept by the thousand.
    pub(crate) fn kept(self) -> Self {
        match self {
            Self::Profile(profile) if profile.len() > SMALL => Self::Srgb,
            colours => colours,
        }
    }

    /// Brings a picture to sRGB. One whose profile makes no sense stays as it is: slightly wrong colours are better than none.
    pub(crate) fn applied(&self, image: DynamicImage) -> DynamicImage {
        let profile = match self {
            Self::Srgb => return image,
            Self::AdobeRgb => Ok(ColorProfile::new_adobe_rgb()),
            Self::Profile(bytes) => ColorProfile::new_from_slice(bytes),
        };
        let mut image = image;
        let converted = profile.and_then(|profile| converted(&mut image, &profile));
        if let Err(error) = converted {
            tracing::info!(?error, "a colour profile makes no sense");
        }
        image
    }
}

fn converted(image: &mut DynamicImage, profile: &ColorProfile) -> Result<(), CmsError> {
    if profile.color_space != DataColorSpace::Rgb || is_srgb(profile) {
        return Ok(());
    }
    let row = image.width() as usize * usize::from(image.color().channel_count());
    let (samples, layout) = match image {
        DynamicImage::ImageRgb8(image) => (&mut **image, Layout::Rgb),
        DynamicImage::ImageRgba8(image) => (&mut **image, Layout::Rgba),
        _ => return Ok(()),
    };
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options)?;
    let mut before = vec![0; row];
    for row in samples.chunks_exact_mut(row) {
        before.copy_from_slice(row);
        transform.transform(&before, row)?;
    }
    Ok(())
}

/// Most profiles that cameras embed are sRGB by another name.
fn is_srgb(profile: &ColorProfile) -> bool {
    let srgb = ColorProfile::new_srgb();
    let near = |a: Xyzd, b: Xyzd| [a.x - b.x, a.y - b.y, a.z - b.z].iter().all(|apart| apart.abs() < SAME);
    near(profile.red_colorant, srgb.red_colorant)
        && near(profile.green_colorant, srgb.green_colorant)
        && near(profile.blue_colorant, srgb.blue_colorant)
        && [&profile.red_trc, &profile.green_trc, &profile.blue_trc].into_iter().all(|curve| {
            // Half of sRGB's range is this much light (IEC 61966-2-1).
            curve.as_ref().and_then(halfway).is_some_and(|light| (light - 0.214).abs() < SAME)
        })
}

/// The light at the middle of a curve.
fn halfway(curve: &ToneReprCurve) -> Option<f64> {
    match curve {
        ToneReprCurve::Lut(steps) if steps.len() > 1 => Some(f64::from(steps[steps.len() / 2]) / 65_535.0),
        ToneReprCurve::Lut(_) => None,
        ToneReprCurve::Parametric(numbers) => match *numbers.as_slice() {
            [gamma] => Some(0.5_f64.powf(gamma.into())),
            [gamma, a, b, ..] => Some((f64::from(a) * 0.5 + f64::from(b)).powf(gamma.into())),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn srgb_is_known_by_its_numbers_whether_as_steps_or_as_a_formula() {
        assert!(is_srgb(&ColorProfile::new_srgb()));
        let light = |x: f64| if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) };
        let steps =
            ToneReprCurve::Lut((0..1024).map(|step| (light(f64::from(step) / 1023.0) * 65_535.0) as u16).collect());
        let mut stepped = ColorProfile::new_srgb();
        (stepped.red_trc, stepped.green_trc, stepped.blue_trc) =
            (Some(steps.clone()), Some(steps.clone()), Some(steps));
        assert!(is_srgb(&stepped));
        for other in [ColorProfile::new_display_p3(), ColorProfile::new_adobe_rgb(), ColorProfile::new_pro_photo_rgb()]
        {
            assert!(!is_srgb(&other));
        }
    }
}
