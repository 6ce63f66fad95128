//! From first coefficients to pixels: the levels of luma, and colours drawn out over them (JFIF 1.02).

use super::Plane;
use super::markers::Frame;
use crate::pixels::{Layout, Pixels};

/// Colours are added up from sixteen parts, and a first coefficient is eight times its level.
const PARTS: u32 = 4 + 3;

/// Makes the picture, a pixel of each block.
pub(super) fn pixels(frame: &Frame, planes: &[Plane]) -> Option<Pixels> {
    let (width, height) = (frame.width.div_ceil(8), frame.height.div_ceil(8));
    let (columns, rows) = (width as usize, height as usize);
    let (layout, data) = match planes {
        [grey] => (Layout::Gray, (0..rows).flat_map(|row| grey.row(row, columns).map(|level| level as u8)).collect()),
        [luma, blue, red] => (Layout::Rgb, rgb(luma, [blue, red], columns, rows)),
        _ => return None,
    };
    Some(Pixels { width, height, layout, data })
}

fn rgb(luma: &Plane, colours: [&Plane; 2], columns: usize, rows: usize) -> Vec<u8> {
    let halved = (luma.across == 2, luma.down == 2);
    let mut data = vec![0; columns * rows * 3];
    let [mut blues, mut reds] = [0; 2].map(|_| Drawn::new(columns));
    for (row, pixels) in data.chunks_exact_mut(columns * 3).enumerate() {
        blues.draw(colours[0], row, rows, halved);
        reds.draw(colours[1], row, rows, halved);
        let colours = blues.levels.iter().zip(&reds.levels);
        for ((pixel, level), (&blue, &red)) in pixels.chunks_exact_mut(3).zip(luma.row(row, columns)).zip(colours) {
            pixel.copy_from_slice(&rgb_of(level, blue, red));
        }
    }
    data
}

/// In parts of 65,536.
fn rgb_of(level: i32, blue: i32, red: i32) -> [u8; 3] {
    let rounded = |parts: i32| (level + ((parts + 32_768) >> 16)).clamp(0, 255) as u8;
    [rounded(91_881 * red), rounded(-22_554 * blue - 46_802 * red), rounded(116_130 * blue)]
}

impl Plane {
    /// The levels of a row, 0 to 255.
    fn row(&self, row: usize, columns: usize) -> impl Iterator<Item = i32> {
        let firsts = &self.firsts[row * self.stride..][..columns];
        firsts.iter().map(|&first| (((i32::from(first) * self.quantiser + 4) >> 3) + 128).clamp(0, 255))
    }
}

/// A row of one colour difference, as wide as the picture. Halved ones lie between the pixels, and are drawn out from the
/// nearer by three quarters and the farther by one, each way.
struct Drawn {
    /// The coefficients, four-fold, one more on either side.
    down: Vec<i32>,
    /// -128 to 127.
    levels: Vec<i32>,
}

impl Drawn {
    fn new(columns: usize) -> Self {
        Self { down: vec![0; columns + 2], levels: vec![0; columns] }
    }

    fn draw(&mut self, plane: &Plane, row: usize, rows: usize, (across, down): (bool, bool)) {
        let columns = if across { self.levels.len().div_ceil(2) } else { self.levels.len() };
        let (near, far) = if down { halves(row, rows.div_ceil(2)) } else { (row, row) };
        let row = |row: usize| &plane.firsts[row * plane.stride..][..columns];
        let drawn = &mut self.down[..columns + 2];
        for (drawn, (&near, &far)) in drawn[1..].iter_mut().zip(row(near).iter().zip(row(far))) {
            *drawn = 3 * i32::from(near) + i32::from(far);
        }
        (drawn[0], drawn[columns + 1]) = (drawn[1], drawn[columns]);
        let level = |parts: i32| ((parts * plane.quantiser + (1 << (PARTS - 1))) >> PARTS).clamp(-128, 127);
        if across {
            for (levels, three) in self.levels.chunks_mut(2).zip(drawn.windows(3)) {
                levels[0] = level(3 * three[1] + three[0]);
                if let Some(right) = levels.get_mut(1) {
                    *right = level(3 * three[1] + three[2]);
                }
            }
        } else {
            for (levels, drawn) in self.levels.iter_mut().zip(&drawn[1..]) {
                *levels = level(4 * drawn);
            }
        }
    }
}

/// The row that a row of twice as many lies in, and the next one on its side.
fn halves(row: usize, rows: usize) -> (usize, usize) {
    let near = row / 2;
    (near, if row.is_multiple_of(2) { near.saturating_sub(1) } else { (near + 1).min(rows - 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_jfif() {
        assert_eq!(rgb_of(128, 0, 0), [128; 3]);
        assert_eq!(rgb_of(76, -43, 127), [254, 0, 0], "red, as the eight bits round it");
        assert_eq!(rgb_of(29, 127, -21), [0, 0, 254]);
        assert_eq!(rgb_of(255, 127, 127), [255, 121, 255], "what is too light is as light as can be");
    }

    #[test]
    fn halved_colours_are_drawn_out_evenly_and_end_as_they_are() {
        let plane = Plane { across: 1, down: 1, stride: 2, firsts: vec![0, 80, 0, 80], quantiser: 8 };
        let mut drawn = Drawn::new(3);
        drawn.draw(&plane, 1, 3, (true, true));
        assert_eq!(drawn.levels, [0, 20, 60], "of 0 and 80");
        let mut drawn = Drawn::new(4);
        drawn.draw(&plane, 0, 4, (true, true));
        assert_eq!(drawn.levels, [0, 20, 60, 80]);
        assert_eq!([halves(0, 2), halves(1, 2), halves(2, 2), halves(3, 2)], [(0, 0), (0, 1), (1, 0), (1, 1)]);
    }
}
