//! A canvas and the few strokes that the sample pictures need. Rows are filled by copying, since a practice storage is
//! also started from builds without optimisation.

use super::terrain::Chance;
use std::ops::Range;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// Rows looked at between two rows of pixels, so that edges are smooth.
const SMOOTH: usize = 4;

pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// A colour between two.
pub(super) fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    std::array::from_fn(|at| (f32::from(from[at]) + (f32::from(to[at]) - f32::from(from[at])) * part + 0.5) as u8)
}

impl Canvas {
    /// A canvas with a sky: colours at heights from 0 (top) to 1.
    pub(super) fn new(width: usize, height: usize, stops: &[(f32, Colour)]) -> Self {
        let mut canvas = Self { width, height, pixels: vec![0; width * height * 3] };
        for y in 0..height {
            let at = y as f32 / height as f32;
            let next = stops.iter().position(|&(stop, _)| stop > at).unwrap_or(stops.len() - 1).max(1);
            let ((above, from), (below, to)) = (stops[next - 1], stops[next]);
            canvas.run(y, 0..width, mix(from, to, (at - above) / (below - above)));
        }
        canvas
    }

    pub(super) fn size(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    pub(super) fn rgb(&self) -> &[u8] {
        &self.pixels
    }

    /// With a fourth channel: clear where `shows` is white, solid where it is black.
    pub(super) fn rgba(&self, shows: &Self) -> Vec<u8> {
        let mut rgba = Vec::with_capacity(self.width * self.height * 4);
        for (pixel, clear) in self.pixels.chunks_exact(3).zip(shows.pixels.chunks_exact(3)) {
            rgba.extend_from_slice(&[pixel[0], pixel[1], pixel[2], u8::MAX - clear[0]]);
        }
        rgba
    }

    /// Lying on its left side.
    pub(super) fn turned_left(&self) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for x in (0..self.width).rev() {
            for y in 0..self.height {
                let at = (y * self.width + x) * 3;
                pixels.extend_from_slice(&self.pixels[at..at + 3]);
            }
        }
        Self { width: self.height, height: self.width, pixels }
    }

    /// Fills whole pixels of one row.
    pub(super) fn run(&mut self, y: usize, columns: Range<usize>, colour: Colour) {
        let columns = columns.start.min(self.width)..columns.end.min(self.width);
        if y >= self.height || columns.is_empty() {
            return;
        }
        let row = &mut self.pixels[(y * self.width + columns.start) * 3..(y * self.width + columns.end) * 3];
        row[..3].copy_from_slice(&colour);
        let mut filled = 3;
        while filled < row.len() {
            let more = filled.min(row.len() - filled);
            row.copy_within(..more, filled);
            filled += more;
        }
    }

    pub(super) fn rect(&mut self, columns: Range<usize>, rows: Range<usize>, colour: Colour) {
        for y in rows {
            self.run(y, columns.clone(), colour);
        }
    }

    /// Fills below a ridge, from its crest's colour to that of the foot.
    pub(super) fn land(&mut self, ridge: &[f32], crest: Colour, foot: Colour) {
        let highest = ridge.iter().copied().fold(f32::MAX, f32::min).max(0.0);
        let lowest = ridge.iter().copied().fold(0.0, f32::max);
        for y in highest as usize..self.height {
            let colour = mix(crest, foot, (y as f32 - highest) / (self.height as f32 - highest));
            if y as f32 > lowest {
                self.run(y, 0..self.width, colour);
                continue;
            }
            let below = y as f32 + 1.0;
            for (x, &crest_at) in ridge.iter().enumerate() {
                if below > crest_at {
                    self.blend(x, y, colour, below - crest_at);
                }
            }
        }
    }

    /// Fills a shape that is one span in every row; `span` tells its edges at a height.
    pub(super) fn shape(&mut self, rows: Range<f32>, colour: Colour, opacity: f32, span: impl Fn(f32) -> (f32, f32)) {
        let mut cover = vec![0_f32; self.width];
        let right = self.width as f32;
        for y in rows.start.max(0.0) as usize..(rows.end.ceil().max(0.0) as usize).min(self.height) {
            let mut touched = self.width..0;
            for step in 0..SMOOTH {
                let at = y as f32 + (step as f32 + 0.5) / SMOOTH as f32;
                let (from, to) = span(at);
                let (from, to) = (from.max(0.0), to.min(right));
                if !rows.contains(&at) || from >= to {
                    continue;
                }
                let (first, last) = (from as usize, (to.ceil() as usize).min(self.width));
                touched = touched.start.min(first)..touched.end.max(last);
                for (x, part) in (first..last).zip(&mut cover[first..last]) {
                    *part += (to.min(x as f32 + 1.0) - from.max(x as f32)) / SMOOTH as f32;
                }
            }
            for x in touched {
                self.blend(x, y, colour, cover[x] * opacity);
                cover[x] = 0.0;
            }
        }
    }

    pub(super) fn disc(&mut self, (x, y): (f32, f32), radius: f32, colour: Colour, opacity: f32) {
        self.shape(y - radius..y + radius, colour, opacity, |at| {
            let half = (radius * radius - (at - y) * (at - y)).max(0.0).sqrt();
            (x - half, x + half)
        });
    }

    /// A triangle or trapezium: its edges at the top and at the bottom.
    pub(super) fn wedge(
        &mut self,
        rows: Range<f32>,
        top: (f32, f32),
        bottom: (f32, f32),
        colour: Colour,
        opacity: f32,
    ) {
        let (start, height) = (rows.start, rows.end - rows.start);
        self.shape(rows, colour, opacity, |at| {
            let part = (at - start) / height;
            (top.0 + (bottom.0 - top.0) * part, top.1 + (bottom.1 - top.1) * part)
        });
    }

    /// Light around a point, strongest in the middle.
    pub(super) fn glow(&mut self, (x, y): (f32, f32), radius: f32, colour: Colour, strength: f32) {
        let rows = (y - radius).max(0.0) as usize..((y + radius).max(0.0) as usize).min(self.height);
        for row in rows {
            let down = (row as f32 - y) / radius;
            let half = (1.0 - down * down).max(0.0).sqrt() * radius;
            for column in (x - half).max(0.0) as usize..((x + half).max(0.0) as usize).min(self.width) {
                let across = (column as f32 - x) / radius;
                let near = 1.0 - down * down - across * across;
                self.blend(column, row, colour, near * near * near * strength);
            }
        }
    }

    /// A fine grain, as film has it; it also hides the steps of smooth colours.
    pub(super) fn grain(mut self, strength: u8) -> Self {
        let mut chance = Chance::new(9);
        // One strip of grain at changing offsets; a number for every pixel would take longer than the painting.
        let strip: Vec<u8> =
            (0..4096).flat_map(|_| [(chance.bits() % (u64::from(strength) * 2 + 1)) as u8; 3]).collect();
        for row in self.pixels.chunks_exact_mut(self.width * 3) {
            let from = (chance.bits() % 2000) as usize * 3;
            for (sample, grain) in row.iter_mut().zip(&strip[from..]) {
                *sample = sample.saturating_add(*grain).saturating_sub(strength);
            }
        }
        self
    }

    fn blend(&mut self, x: usize, y: usize, colour: Colour, opacity: f32) {
        let part = (opacity.clamp(0.0, 1.0) * 256.0) as i32;
        let at = (y * self.width + x) * 3;
        let Some(pixel) = self.pixels.get_mut(at..at + 3) else { return };
        if part >= 256 {
            pixel.copy_from_slice(&colour);
            return;
        }
        pixel[0] = (i32::from(pixel[0]) + (((i32::from(colour[0]) - i32::from(pixel[0])) * part) >> 8)) as u8;
        pixel[1] = (i32::from(pixel[1]) + (((i32::from(colour[1]) - i32::from(pixel[1])) * part) >> 8)) as u8;
        pixel[2] = (i32::from(pixel[2]) + (((i32::from(colour[2]) - i32::from(pixel[2])) * part) >> 8)) as u8;
    }
}
