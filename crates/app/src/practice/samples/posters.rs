//! Posters: flat colours and simple shapes.

use super::canvas::{Canvas, Colour, mix};
use super::terrain::ridge;

/// Waves from sand to deep water.
pub(super) fn tides() -> Canvas {
    let (width, height) = (780, 1040);
    let paper = [248, 236, 216];
    let mut canvas = Canvas::new(width, height, &[(0.0, paper), (1.0, paper)]);
    canvas.disc((534.0, 250.0), 150.0, [218, 96, 58], 1.0);
    for wave in 0..11 {
        let part = wave as f32 / 10.0;
        let colour = mix([240, 196, 140], [16, 54, 84], part.powf(0.8));
        let crests: Vec<f32> = (0..width)
            .map(|x| {
                let across = x as f32 / width as f32 * std::f32::consts::TAU;
                300.0 + part * 640.0 + (across * (1.3 - part * 0.3) + wave as f32 * 1.1).sin() * (52.0 - part * 22.0)
            })
            .collect();
        canvas.land(&crests, colour, colour);
    }
    framed(canvas, 34, paper).grain(4)
}

/// Circles and halves of circles on a grid.
pub(super) fn circles() -> Canvas {
    let (cell, count) = (180.0, 5);
    let side = cell as usize * count;
    let colours: [Colour; 6] =
        [[166, 74, 36], [238, 178, 72], [38, 92, 104], [244, 232, 210], [216, 120, 84], [24, 44, 66]];
    let mut canvas = Canvas::new(side, side, &[(0.0, [244, 232, 210]), (1.0, [244, 232, 210])]);
    for at in 0..count * count {
        let (column, row) = (at % count, at / count);
        let pick = |turn: usize| colours[(column * 2 + row * 3 + turn + at / 7) % colours.len()];
        let (x, y) = (column as f32 * cell, row as f32 * cell);
        let middle = (x + cell / 2.0, y + cell / 2.0);
        canvas.rect(x as usize..(x + cell) as usize, y as usize..(y + cell) as usize, pick(0));
        match (column + row * 2) % 4 {
            0 => {
                canvas.disc(middle, cell * 0.44, pick(1), 1.0);
                canvas.disc(middle, cell * 0.22, pick(3), 1.0);
            }
            1 => quarter(&mut canvas, (x, y), y, cell, pick(2)),
            2 => {
                quarter(&mut canvas, (x, y + cell), y, cell, pick(1));
                canvas.disc((x + cell * 0.76, y + cell * 0.24), cell * 0.13, pick(4), 1.0);
            }
            _ => canvas.wedge(y..y + cell, (x, x), (x, x + cell), pick(5), 1.0),
        }
    }
    canvas.grain(4)
}

/// A quarter of a disc around the upper or lower left corner of the cell that begins at `top`.
fn quarter(canvas: &mut Canvas, (x, y): (f32, f32), top: f32, cell: f32, colour: Colour) {
    canvas.shape(top..top + cell, colour, 1.0, |at| {
        let half = (cell * cell - (at - y) * (at - y)).max(0.0).sqrt();
        (x, x + half)
    });
}

/// Dunes below a pale sun.
pub(super) fn dunes() -> Canvas {
    let (width, height) = (1140, 760);
    let mut canvas =
        Canvas::new(width, height, &[(0.0, [238, 196, 150]), (0.5, [250, 226, 188]), (1.0, [250, 226, 188])]);
    canvas.disc((300.0, 190.0), 84.0, [255, 246, 226], 1.0);
    for (dune, (light, dark)) in [
        ([226, 150, 96], [206, 128, 80]),
        ([204, 116, 68], [178, 92, 54]),
        ([170, 80, 46], [136, 58, 36]),
        ([112, 46, 34], [74, 28, 28]),
    ]
    .into_iter()
    .enumerate()
    {
        let near = dune as f32;
        let crests = ridge(width, 200 + dune as u64, (330.0 + near * 104.0, 90.0), 1.6, 2);
        canvas.land(&crests, light, dark);
        // The side away from the sun begins at the crest and falls off behind it.
        let shadow: Vec<f32> = (0..width)
            .map(|x| {
                let behind = crests[(x + 1).min(width - 1)] - crests[x];
                crests[x] + if behind > 0.0 { 4.0 } else { 4.0 - behind * 240.0 }
            })
            .collect();
        canvas.land(&shadow, mix(light, dark, 0.75), dark);
    }
    canvas.grain(5)
}

/// The jar that gave the application its name: its colours, and beside them where they show (black).
pub(super) fn amphora() -> (Canvas, Canvas) {
    let (width, height, middle) = (700, 900, 350.0);
    let (clay, shade, line) = ([166, 74, 36], [134, 56, 26], [246, 226, 204]);
    let mut colours = Canvas::new(width, height, &[(0.0, clay), (1.0, clay)]);
    colours.shape(110.0..800.0, shade, 0.6, |y| (middle + half_jar(y) * 0.35, middle + half_jar(y)));
    for rows in [440.0..468.0, 492.0..502.0, 590.0..600.0] {
        colours.shape(rows, line, 1.0, |y| (middle - half_jar(y), middle + half_jar(y)));
    }
    colours.rect(0..width, 800..height, shade);
    let (black, white) = ([0; 3], [255; 3]);
    let mut shows = Canvas::new(width, height, &[(0.0, white), (1.0, white)]);
    for x in [middle - 118.0, middle + 118.0] {
        shows.disc((x, 210.0), 96.0, black, 1.0);
        shows.disc((x, 210.0), 58.0, white, 1.0);
    }
    shows.shape(110.0..810.0, black, 1.0, |y| (middle - half_jar(y), middle + half_jar(y)));
    shows.rect(246..454, 84..132, black);
    shows.rect(258..442, 800..842, black);
    (colours, shows)
}

/// Half the jar's width at a height: neck, shoulder, belly, foot.
fn half_jar(y: f32) -> f32 {
    match y {
        y if y < 250.0 => 62.0,
        y if y < 460.0 => 62.0 + 138.0 * eased((y - 250.0) / 210.0),
        y => 200.0 - 148.0 * ((y - 460.0) / 350.0).powf(1.7),
    }
}

fn eased(part: f32) -> f32 {
    part * part * (3.0 - 2.0 * part)
}

fn framed(mut canvas: Canvas, margin: usize, colour: Colour) -> Canvas {
    let (width, height) = canvas.size();
    let (width, height) = (width as usize, height as usize);
    canvas.rect(0..width, 0..margin, colour);
    canvas.rect(0..width, height - margin..height, colour);
    canvas.rect(0..margin, 0..height, colour);
    canvas.rect(width - margin..width, 0..height, colour);
    canvas
}
