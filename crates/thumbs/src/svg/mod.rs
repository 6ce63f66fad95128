//! SVG drawings by `resvg`, as pixels and nothing else: no script, no network, no file, no font. What a drawing embeds
//! (pictures) or sets in type (text) is left out.
//!
//! A drawing is a program: a few bytes can ask for any amount of work. So it is weighed three times before anything is
//! drawn: its text, its elements with everything that they refer to, and the layers that drawing them takes.

mod layers;
mod parts;

use crate::budget::Cost;
use crate::no_preview::NoPreview;
use crate::pixels::{Layout, Pixels, fit};
use layers::Load;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// A longer text is no drawing that anybody looks at in a tile.
const TEXT: usize = 4 << 20;
/// Nodes of the document, text and comments too.
const NODES: u32 = 200_000;
/// Bytes that entities may be written out to.
const ENTITIES: usize = 16 << 20;
/// A drawing that is too much work is drawn smaller, but not smaller than this.
const LEAST_EDGE: u32 = 64;
/// Bytes that an element takes once it is read, generously.
const BYTES_A_PART: u64 = 1 << 10;

/// What drawing at this edge takes.
pub(crate) fn cost(bytes: &[u8], edge: u32) -> Result<Cost, NoPreview> {
    Drawing::read(bytes, edge).map(|drawing| drawing.cost())
}

/// Draws so that the longest edge is `edge`, whatever size the drawing says it has; smaller where it is much work.
pub(crate) fn draw(bytes: &[u8], edge: u32) -> Result<Pixels, NoPreview> {
    let drawing = Drawing::read(bytes, edge)?;
    drawing.cost().affordable()?;
    let Drawing { tree, width, height, .. } = drawing;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| NoPreview::broken("it has no size"))?;
    let (across, down) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(across, down), &mut pixmap.as_mut());
    Ok(Pixels { width, height, layout: Layout::Rgba, data: pixmap.take_demultiplied() })
}

struct Drawing {
    tree: Tree,
    width: u32,
    height: u32,
    /// Elements, with what they refer to.
    parts: u64,
    load: Load,
}

impl Drawing {
    fn read(bytes: &[u8], edge: u32) -> Result<Self, NoPreview> {
        let text = std::str::from_utf8(bytes).map_err(NoPreview::broken)?;
        if text.len() > TEXT || written_out(text) > ENTITIES {
            return Err(NoPreview::TooMuch);
        }
        let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(NoPreview::broken)?;
        let parts = parts::of(&document)?;
        let tree = Tree::from_xmltree(&document, &alone()).map_err(NoPreview::broken)?;
        let mut edge = edge;
        loop {
            let (width, height) = size(&tree, edge);
            match Load::of(&tree, width, height) {
                Some(load) => return Ok(Self { tree, width, height, parts, load }),
                None if edge > LEAST_EDGE => edge = (edge / 2).max(LEAST_EDGE),
                None => return Err(NoPreview::TooMuch),
            }
        }
    }

    fn cost(&self) -> Cost {
        let Self { width, height, .. } = *self;
        // The picture and its copy beside what its layers take.
        let memory = u64::from(width) * u64::from(height) * 8 + self.load.memory + self.parts * BYTES_A_PART;
        Cost { width, height, memory }
    }
}

/// Options of a drawing that finds nothing outside itself; by default it could read this computer's files.
fn alone() -> Options<'static> {
    let nothing = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    Options { image_href_resolver: nothing, ..Options::default() }
}

/// Its proportions within a square of `edge`: a drawing has no pixels of its own, so it is enlarged too.
fn size(tree: &Tree, edge: u32) -> (u32, u32) {
    // Far beyond any edge, so that the proportions survive being whole numbers.
    const FINE: f32 = 1e6;
    let (width, height) = (tree.size().width(), tree.size().height());
    let longest = width.max(height);
    fit((width / longest * FINE).ceil() as u32, (height / longest * FINE).ceil() as u32, edge)
}

/// At most how long the document gets when its entities are written out; beyond any limit if they nest.
fn written_out(text: &str) -> usize {
    let Some(start) = text.find("<!ENTITY") else { return text.len() };
    let declared = text[start..].find("]>").map_or(&text[start..], |end| &text[start..start + end]);
    if declared.contains('&') {
        return usize::MAX;
    }
    declared.len().saturating_mul(text.matches('&').count()).saturating_add(text.len())
}
