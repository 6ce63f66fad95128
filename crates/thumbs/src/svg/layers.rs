//! What drawing takes at a size: the layers that lie over each other at the worst moment, and the pixels that are touched.
//! Overestimates; a layer is never larger than 25 canvases, for `resvg` cuts it there.

use crate::budget::MEMORY;
use resvg::usvg::filter::{Filter, Kind};
use resvg::usvg::{ClipPath, Fill, Group, Mask, Node, Paint, Path, Pattern, Stroke, Transform, Tree};

/// Steps of about a nanosecond.
const WORK: f64 = 3e9;
const LAYER_IN_CANVASES: f64 = 25.0;
/// Bytes of a pixel.
const PIXEL: f64 = 4.0;
/// Steps for a dash of a line.
const DASH: f64 = 50.0;

/// What drawing takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    /// Bytes at the peak, beside the picture itself.
    pub(super) memory: u64,
}

impl Load {
    /// None if it is more than a preview is worth.
    pub(super) fn of(tree: &Tree, width: u32, height: u32) -> Option<Self> {
        let canvas = f64::from(width) * f64::from(height);
        let scale = f64::from(width) / f64::from(tree.size().width());
        let scale = scale.max(f64::from(height) / f64::from(tree.size().height()));
        let mut sum = Sum { canvas, work: 0.0 };
        let memory = sum.group(tree.root(), scale)?;
        (memory < MEMORY as f64).then_some(Self { memory: memory as u64 })
    }
}

struct Sum {
    /// Pixels of the picture.
    canvas: f64,
    work: f64,
}

impl Sum {
    fn worked(&mut self, steps: f64) -> Option<()> {
        self.work += steps;
        // What is no number is too much as well.
        (self.work < WORK).then_some(())
    }

    /// Bytes at the peak of drawing this group; `scale` is how much larger than its numbers it may be drawn.
    fn group(&mut self, group: &Group, scale: f64) -> Option<f64> {
        let bounds = group.abs_layer_bounding_box();
        // Turned by half of a right angle, the box around a square has twice its area.
        let area = area(bounds.width(), bounds.height(), scale) * 2.0;
        let area = area.min(self.canvas * LAYER_IN_CANVASES);
        let mut own = 0.0;
        if group.should_isolate() {
            own += area * PIXEL;
            self.worked(area)?;
        }
        let mut peak = 0.0_f64;
        let within = scale * scale_of(group.abs_transform());
        for filter in group.filters() {
            own += area * PIXEL * (filter.primitives().len() as f64 + 4.0);
            peak = peak.max(self.filter(filter, area, within)?);
        }
        if let Some(clip) = group.clip_path() {
            peak = peak.max(area * PIXEL + self.clip(clip, area, within)?);
        }
        if let Some(mask) = group.mask() {
            peak = peak.max(area * PIXEL + self.mask(mask, area, within)?);
        }
        for node in group.children() {
            peak = peak.max(match node {
                Node::Group(group) => self.group(group, scale)?,
                Node::Path(path) => self.path(path, scale)?,
                Node::Image(_) | Node::Text(_) => 0.0,
            });
        }
        Some(own + peak)
    }

    fn clip(&mut self, clip: &ClipPath, area: f64, scale: f64) -> Option<f64> {
        self.worked(area)?;
        let drawn = self.group(clip.root(), scale * scale_of(clip.transform()))?;
        let outer = clip.clip_path().map_or(Some(0.0), |outer| self.clip(outer, area, scale))?;
        Some(area * PIXEL + drawn.max(outer))
    }

    fn mask(&mut self, mask: &Mask, area: f64, scale: f64) -> Option<f64> {
        self.worked(area)?;
        let drawn = self.group(mask.root(), scale)?;
        let outer = mask.mask().map_or(Some(0.0), |outer| self.mask(outer, area, scale))?;
        Some(area * PIXEL + drawn.max(outer))
    }

    fn path(&mut self, path: &Path, scale: f64) -> Option<f64> {
        let bounds = path.abs_stroke_bounding_box();
        let (width, height) = (bounds.width(), bounds.height());
        let points = path.data().len() as f64;
        self.worked(area(width, height, scale).min(self.canvas) + points)?;
        if let Some(dashes) = path.stroke().and_then(|stroke| stroke.dasharray()) {
            let period: f32 = dashes.iter().sum();
            let own = path.bounding_box();
            let longest = points * f64::from(own.width() + own.height());
            self.worked(longest / f64::from(period) * DASH)?;
        }
        let within = scale * scale_of(path.abs_transform());
        let paints = [path.fill().map(Fill::paint), path.stroke().map(Stroke::paint)];
        let mut peak = 0.0_f64;
        for paint in paints.into_iter().flatten() {
            if let Paint::Pattern(pattern) = paint {
                peak = peak.max(self.pattern(pattern, within)?);
            }
        }
        Some(peak)
    }

    // A pattern is drawn once, as large as it says: nothing cuts it.
    fn pattern(&mut self, pattern: &Pattern, scale: f64) -> Option<f64> {
        let scale = scale * scale_of(pattern.transform());
        let area = area(pattern.rect().width(), pattern.rect().height(), scale);
        self.worked(area)?;
        let mut inside = Sum { canvas: area, work: self.work };
        let drawn = inside.group(pattern.root(), scale)?;
        self.work = inside.work;
        Some(area * PIXEL + drawn)
    }

    fn filter(&mut self, filter: &Filter, area: f64, scale: f64) -> Option<f64> {
        let mut peak = 0.0_f64;
        for primitive in filter.primitives() {
            let radius = |radius: f32| (f64::from(radius) * scale * 2.0 + 1.0).max(1.0);
            let steps = match primitive.kind() {
                Kind::ConvolveMatrix(matrix) => {
                    f64::from(matrix.matrix().columns()) * f64::from(matrix.matrix().rows())
                }
                Kind::Morphology(shape) => radius(shape.radius_x().get()) * radius(shape.radius_y().get()),
                Kind::Turbulence(noise) => f64::from(noise.num_octaves()) * 100.0,
                Kind::Image(image) => {
                    peak = peak.max(self.group(image.root(), scale)?);
                    1.0
                }
                _ => 20.0,
            };
            self.worked(area * (steps + 5.0))?;
        }
        Some(peak)
    }
}

fn area(width: f32, height: f32, scale: f64) -> f64 {
    f64::from(width) * f64::from(height) * scale * scale
}

/// The most that a transformation lengthens anything, and at least one: what it shrinks is not counted on.
fn scale_of(transform: Transform) -> f64 {
    let Transform { sx, kx, ky, sy, .. } = transform;
    let [sx, kx, ky, sy] = [sx, kx, ky, sy].map(f64::from);
    // The larger singular value of the matrix.
    let (sum, determinant) = (sx * sx + kx * kx + ky * ky + sy * sy, sx * sy - kx * ky);
    let apart = (sum * sum - 4.0 * determinant * determinant).max(0.0).sqrt();
    f64::midpoint(sum, apart).sqrt().max(1.0)
}
