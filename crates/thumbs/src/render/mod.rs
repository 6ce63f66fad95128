//! From the bytes of a file to the bytes of a picture: kind, cost, decoding, reduction, colours, turning, encoding.

use crate::budget::Cost;
use crate::colour::{Colours, colours_of};
use crate::encode::{Quality, encode};
use crate::kind::{Kind, kind_of};
use crate::no_preview::NoPreview;
use crate::orientation::orientation_of;
use crate::picture::Picture;
use crate::preview::Frame;
use crate::wanted::{Wanted, still};
use crate::{animation, jpeg, raster, svg, webp};
use image::metadata::Orientation;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The longest edge of a picture with every pixel.
pub(crate) const ORIGINAL: u32 = u32::MAX;
/// The longest edge that a drawing is drawn at.
const DRAWN: u32 = 4096;

/// What a picture is made for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rendition {
    Thumbnail,
    Display,
    /// Every pixel.
    Original,
    /// A tile from a picture that lay inside another.
    Embedded(Frame),
    /// Every pixel of a picture that lay inside another.
    EmbeddedOriginal(Frame),
}

/// Makes a tile whose longest edge is `edge` pixels. A smaller picture keeps its size.
///
/// # Errors
/// The file is no picture that is shown, claims too much memory, or is broken.
pub fn thumbnail(bytes: &[u8], edge: u32) -> Result<Picture, NoPreview> {
    render(bytes, edge, Rendition::Thumbnail, &|| true)
}

/// Makes a copy for looking at it large: at most `max_edge` pixels long, upright, without metadata. What moves goes on moving,
/// as a GIF.
///
/// # Errors
/// As [`thumbnail`].
pub fn display(bytes: &[u8], max_edge: u32) -> Result<Picture, NoPreview> {
    render(bytes, max_edge, Rendition::Display, &|| true)
}

/// Makes a copy with every pixel of the picture, upright, without metadata. A drawing has no pixels: it is drawn larger than
/// for looking at all of it.
///
/// # Errors
/// As [`thumbnail`]; more pictures are too large for it.
pub fn original(bytes: &[u8]) -> Result<Picture, NoPreview> {
    render(bytes, ORIGINAL, Rendition::Original, &|| true)
}

/// What rendering will take, from headers only; a drawing is read whole.
pub(crate) fn cost(bytes: &[u8], edge: u32, rendition: &Rendition) -> Result<Cost, NoPreview> {
    let kind = kind_of("", bytes);
    let cost = cost_of(bytes, kind, edge_of(kind, edge))?;
    match rendition {
        Rendition::Display if matches!(kind, Kind::Gif | Kind::WebP) => {
            Ok(Cost { memory: cost.memory.max(animation::MEMORY), ..cost })
        }
        Rendition::Original => with_every_pixel(cost, orientation_of(bytes)),
        Rendition::EmbeddedOriginal(frame) => with_every_pixel(cost, frame.orientation),
        Rendition::Thumbnail | Rendition::Display | Rendition::Embedded(_) => Ok(cost),
    }
}

/// Turning writes the whole picture a second time; a JPEG of it takes less than a third of that.
fn with_every_pixel(cost: Cost, orientation: Orientation) -> Result<Cost, NoPreview> {
    let is_turned = orientation != Orientation::NoTransforms;
    let besides = if is_turned { cost.memory } else { cost.memory / 3 };
    Cost { memory: cost.memory.saturating_add(besides), ..cost }.affordable()
}

fn edge_of(kind: Kind, edge: u32) -> u32 {
    if kind == Kind::Svg { edge.clamp(1, DRAWN) } else { edge.max(1) }
}

fn cost_of(bytes: &[u8], kind: Kind, edge: u32) -> Result<Cost, NoPreview> {
    guarded(|| match kind {
        Kind::Jpeg => jpeg::cost(bytes, edge)?.affordable(),
        Kind::Svg => svg::cost(bytes, edge)?.affordable(),
        Kind::WebP => webp::cost(bytes, edge)?.affordable(),
        kind => raster::cost(bytes, raster::format_of(kind).ok_or(NoPreview::Kind(kind))?)?.affordable(),
    })
}

pub(crate) fn render(bytes: &[u8], edge: u32, rendition: Rendition, wanted: Wanted<'_>) -> Result<Picture, NoPreview> {
    cost(bytes, edge, &rendition)?;
    guarded(|| {
        let kind = kind_of("", bytes);
        let edge = edge_of(kind, edge);
        if rendition == Rendition::Display
            && let Some(animation) = animation::animated(bytes, kind, edge)
        {
            return Ok(animation);
        }
        let pixels = match kind {
            Kind::Jpeg => jpeg::decode(bytes, edge)?,
            Kind::Svg => svg::draw(bytes, edge)?,
            Kind::WebP => webp::decode(bytes, edge, wanted)?,
            _ => raster::decode(bytes, raster::format_of(kind).ok_or(NoPreview::Kind(kind))?, wanted)?,
        };
        still(wanted)?;
        let quality = quality(kind, &rendition);
        let colours = colours_of(bytes, kind);
        let (pixels, orientation, colours) = match rendition {
            Rendition::Thumbnail | Rendition::Display | Rendition::Original => (pixels, orientation_of(bytes), colours),
            Rendition::Embedded(frame) | Rendition::EmbeddedOriginal(frame) => {
                let colours = if colours == Colours::Srgb { frame.colours } else { colours };
                (pixels.cut_to(frame.shape), frame.orientation, colours)
            }
        };
        let small = pixels.shrink(edge)?;
        still(wanted)?;
        let mut image = colours.applied(small);
        image.apply_orientation(orientation);
        encode(image, quality)
    })
}

fn quality(kind: Kind, rendition: &Rendition) -> Quality {
    match rendition {
        Rendition::Thumbnail | Rendition::Embedded(_) => Quality { percent: 80, halve_colours: true },
        Rendition::Original | Rendition::EmbeddedOriginal(_) => {
            Quality { percent: 90, halve_colours: matches!(kind, Kind::Jpeg | Kind::WebP) }
        }
        Rendition::Display => Quality { percent: 85, halve_colours: matches!(kind, Kind::Jpeg | Kind::WebP) },
    }
}

// Decoders of hostile files are large; one that panics costs its picture, not the process.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, NoPreview>) -> Result<T, NoPreview> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(NoPreview::broken("its decoder gave up")))
}

#[cfg(test)]
mod tests;
