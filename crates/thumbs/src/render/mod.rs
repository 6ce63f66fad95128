//! From the bytes of a file to the bytes of a picture: kind, cost, decoding, reduction, colours, turning, encoding.

use crate::budget::Cost;
use crate::colour::{Colours, colours_of};
use crate::encode::{Quality, encode};
use crate::kind::{Kind, kind_of};
use crate::no_preview::NoPreview;
use crate::orientation::orientation_of;
use crate::picture::Picture;
use crate::preview::Frame;
use crate::{animation, jpeg, raster, svg, webp};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a picture is made for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rendition {
    Thumbnail,
    Display,
    /// A tile from a picture that lay inside another.
    Embedded(Frame),
}

/// Makes a tile whose longest edge is `edge` pixels. A smaller picture keeps its size.
///
/// # Errors
/// The file is no picture that is shown, claims too much memory, or is broken.
pub fn thumbnail(bytes: &[u8], edge: u32) -> Result<Picture, NoPreview> {
    render(bytes, edge, Rendition::Thumbnail)
}

/// Makes a copy for looking at it large: at most `max_edge` pixels long, upright, without metadata. What moves goes on moving,
/// as a GIF.
///
/// # Errors
/// As [`thumbnail`].
pub fn display(bytes: &[u8], max_edge: u32) -> Result<Picture, NoPreview> {
    render(bytes, max_edge, Rendition::Display)
}

/// What rendering will take, from headers only; a drawing is read whole.
pub(crate) fn cost(bytes: &[u8], edge: u32, rendition: &Rendition) -> Result<Cost, NoPreview> {
    let kind = kind_of("", bytes);
    let cost = cost_of(bytes, kind, edge)?;
    let moves = *rendition == Rendition::Display && matches!(kind, Kind::Gif | Kind::WebP);
    Ok(if moves { Cost { memory: cost.memory.max(animation::MEMORY), ..cost } } else { cost })
}

fn cost_of(bytes: &[u8], kind: Kind, edge: u32) -> Result<Cost, NoPreview> {
    guarded(|| match kind {
        Kind::Jpeg => jpeg::cost(bytes, edge.max(1))?.affordable(),
        Kind::Svg => svg::cost(bytes, edge.max(1))?.affordable(),
        Kind::WebP => webp::cost(bytes, edge.max(1))?.affordable(),
        kind => raster::cost(bytes, raster::format_of(kind).ok_or(NoPreview::Kind(kind))?)?.affordable(),
    })
}

pub(crate) fn render(bytes: &[u8], edge: u32, rendition: Rendition) -> Result<Picture, NoPreview> {
    let edge = edge.max(1);
    cost(bytes, edge, &rendition)?;
    guarded(|| {
        let kind = kind_of("", bytes);
        if rendition == Rendition::Display
            && let Some(animation) = animation::animated(bytes, kind, edge)
        {
            return Ok(animation);
        }
        let pixels = match kind {
            Kind::Jpeg => jpeg::decode(bytes, edge)?,
            Kind::Svg => svg::draw(bytes, edge)?,
            Kind::WebP => webp::decode(bytes, edge)?,
            _ => raster::decode(bytes, raster::format_of(kind).ok_or(NoPreview::Kind(kind))?)?,
        };
        let quality = quality(kind, &rendition);
        let colours = colours_of(bytes, kind);
        let (pixels, orientation, colours) = match rendition {
            Rendition::Thumbnail | Rendition::Display => (pixels, orientation_of(bytes), colours),
            Rendition::Embedded(frame) => {
                let colours = if colours == Colours::Srgb { frame.colours } else { colours };
                (pixels.cut_to(frame.shape), frame.orientation, colours)
            }
        };
        let mut image = colours.applied(pixels.shrink(edge)?);
        image.apply_orientation(orientation);
        encode(image, quality)
    })
}

fn quality(kind: Kind, rendition: &Rendition) -> Quality {
    match rendition {
        Rendition::Thumbnail | Rendition::Embedded(_) => Quality { percent: 80, halve_colours: true },
        Rendition::Display => Quality { percent: 85, halve_colours: matches!(kind, Kind::Jpeg | Kind::WebP) },
    }
}

// Decoders of hostile files are large; one that panics costs its picture, not the process.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, NoPreview>) -> Result<T, NoPreview> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(NoPreview::broken("its decoder gave up")))
}

#[cfg(test)]
mod tests;
