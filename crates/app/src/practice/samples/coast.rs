//! Pictures of the coast.

use super::canvas::{Canvas, Colour, mix};
use super::terrain::{Chance, ridge};

/// Boats at their moorings, the sun just up.
pub(super) fn harbour_at_dawn() -> Canvas {
    let (width, height, sea) = (1080, 720, 430.0);
    let mut canvas = Canvas::new(
        width,
        height,
        &[
            (0.0, [52, 74, 122]),
            (0.32, [176, 134, 154]),
            (0.5, [246, 178, 124]),
            (0.597, [255, 222, 160]),
            (1.0, [255, 222, 160]),
        ],
    );
    let sun = (690.0, 388.0);
    canvas.glow(sun, 330.0, [255, 236, 180], 0.8);
    canvas.disc(sun, 34.0, [255, 248, 222], 1.0);
    canvas.land(&ridge(width, 3, (400.0, 34.0), 3.0, 4), [150, 116, 142], [180, 136, 146]);
    canvas.land(&ridge(width, 8, (420.0, 16.0), 5.0, 4), [104, 86, 120], [120, 96, 124]);
    water(&mut canvas, sea as usize, [238, 176, 132], [38, 56, 92]);
    glitter(&mut canvas, (sun.0, sea), (12.0, 130.0), [255, 238, 190], 5);
    for (x, y, size) in [(250.0, 520.0, 1.0), (450.0, 478.0, 0.6), (905.0, 560.0, 1.35)] {
        boat(&mut canvas, (x, y), size);
    }
    // The end of the quay.
    canvas.rect(0..190, 628..720, [46, 40, 52]);
    canvas.rect(0..196, 618..630, [92, 78, 82]);
    for post in [28, 92, 158] {
        canvas.rect(post..post + 13, 574..622, [38, 32, 44]);
    }
    canvas.grain(4)
}

/// A lighthouse on its rock, at night.
pub(super) fn lighthouse() -> Canvas {
    let (width, height) = (720, 1000);
    let mut canvas = Canvas::new(
        width,
        height,
        &[
            (0.0, [14, 20, 46]),
            (0.45, [38, 58, 104]),
            (0.7, [128, 112, 140]),
            (0.76, [214, 150, 126]),
            (1.0, [214, 150, 126]),
        ],
    );
    stars(&mut canvas, 480, 150, 4);
    water(&mut canvas, 740, [126, 104, 132], [12, 20, 44]);
    glitter(&mut canvas, (170.0, 744.0), (60.0, 190.0), [220, 168, 150], 8);
    let lamp = (404.0, 296.0);
    for (reach, opacity) in [(150.0, 0.10), (96.0, 0.12), (50.0, 0.16)] {
        beam(&mut canvas, lamp, -430.0, reach, opacity);
        beam(&mut canvas, lamp, 330.0, reach * 0.8, opacity);
    }
    canvas.land(&ridge_of_rock(width), [58, 48, 60], [18, 16, 28]);
    let tower = |y: f32| 44.0 + (y - 340.0) * 0.075;
    for (band, rows) in [(0, 340.0..450.0), (1, 450.0..560.0), (0, 560.0..670.0), (1, 670.0..790.0)] {
        let colour = if band == 0 { [232, 226, 220] } else { [178, 66, 42] };
        let edges = |y: f32| (lamp.0 - tower(y), lamp.0 + tower(y));
        canvas.wedge(rows.clone(), edges(rows.start), edges(rows.end), colour, 1.0);
        let shade = |y: f32| (lamp.0 + tower(y) * 0.25, lamp.0 + tower(y));
        canvas.wedge(rows.clone(), shade(rows.start), shade(rows.end), [30, 22, 50], 0.34);
    }
    for y in [420, 530, 640] {
        canvas.rect(394..408, y..y + 30, [40, 34, 50]);
    }
    canvas.rect(346..462, 328..342, [40, 36, 48]);
    canvas.rect(368..440, 262..328, [66, 62, 70]);
    canvas.rect(376..432, 268..326, [255, 236, 170]);
    canvas.rect(402..406, 268..326, [66, 62, 70]);
    canvas.wedge(222.0..264.0, (402.0, 406.0), (356.0, 452.0), [150, 52, 36], 1.0);
    canvas.glow(lamp, 150.0, [255, 240, 190], 0.9);
    canvas.grain(4)
}

/// The sun going down behind a ship's wake; taken with the phone upright.
pub(super) fn evening_from_the_ferry() -> Canvas {
    let (width, height, sea) = (720, 960, 520.0);
    let mut canvas = Canvas::new(
        width,
        height,
        &[
            (0.0, [70, 86, 150]),
            (0.25, [190, 110, 140]),
            (0.42, [246, 132, 92]),
            (0.541, [255, 206, 120]),
            (1.0, [255, 206, 120]),
        ],
    );
    for (seed, y, shade) in [(21, 150.0, 0.4), (22, 230.0, 0.5), (23, 300.0, 0.6)] {
        cloud(&mut canvas, seed, y, mix([150, 84, 120], [255, 196, 150], shade));
    }
    let sun = (360.0, 470.0);
    canvas.glow(sun, 360.0, [255, 226, 150], 0.75);
    canvas.disc(sun, 72.0, [255, 244, 206], 1.0);
    canvas.land(&ridge(width, 40, (506.0, 20.0), 4.0, 4), [142, 74, 96], [150, 84, 100]);
    water(&mut canvas, sea as usize, [236, 140, 104], [46, 34, 78]);
    glitter(&mut canvas, (sun.0, sea), (30.0, 210.0), [255, 228, 166], 3);
    // The railing of the deck.
    canvas.rect(0..720, 858..872, [30, 24, 44]);
    canvas.rect(0..720, 906..914, [30, 24, 44]);
    for post in [70, 350, 630] {
        canvas.rect(post..post + 16, 858..960, [30, 24, 44]);
    }
    for (x, y, size) in [(180.0, 210.0, 26.0), (250.0, 180.0, 18.0), (520.0, 250.0, 15.0)] {
        gull(&mut canvas, (x, y), size);
    }
    canvas.grain(4)
}

fn water(canvas: &mut Canvas, from: usize, near_sky: Colour, deep: Colour) {
    let (width, height) = canvas.size();
    let (width, height) = (width as usize, height as usize);
    let mut chance = Chance::new(from as u64);
    for y in from..height {
        let part = (y - from) as f32 / (height - from) as f32;
        canvas.run(y, 0..width, mix(near_sky, deep, part.sqrt()));
    }
    for _ in 0..height {
        let part = chance.between(0.0, 1.0);
        let y = from as f32 + part * part * (height - from) as f32;
        let (x, half) = (chance.between(0.0, width as f32), chance.between(8.0, 30.0) * (0.6 + part * 2.4));
        ripple(canvas, (x, y), half, 0.8 + part * 1.6, mix(deep, near_sky, chance.between(0.0, 0.9)), 0.28);
    }
}

/// Light on the water below a sun: narrow far out, wide near by.
fn glitter(canvas: &mut Canvas, (x, y): (f32, f32), (narrow, wide): (f32, f32), colour: Colour, seed: u64) {
    let bottom = canvas.size().1 as f32;
    let mut chance = Chance::new(seed);
    for _ in 0..230 {
        let part = chance.between(0.0, 1.0).powf(1.5);
        let spread = narrow + (wide - narrow) * part;
        let aside = chance.between(-1.0, 1.0) * chance.between(0.2, 1.0) * spread;
        let at = (x + aside, y + 2.0 + part * (bottom - y));
        let half = chance.between(0.1, 0.34) * spread + 5.0;
        ripple(canvas, at, half, 0.9 + part * 2.2, colour, 0.75 - part * 0.45);
    }
}

fn ripple(canvas: &mut Canvas, (x, y): (f32, f32), half: f32, thick: f32, colour: Colour, opacity: f32) {
    canvas.shape(y - thick..y + thick, colour, opacity, |at| {
        let reach = half * (1.0 - (at - y).abs() / thick);
        (x - reach, x + reach)
    });
}

fn boat(canvas: &mut Canvas, (x, y): (f32, f32), size: f32) {
    let at = |across: f32| x + across * size;
    let rows = |from: f32, to: f32| y + from * size..y + to * size;
    canvas.wedge(rows(22.0, 90.0), (at(-58.0), at(62.0)), (at(-10.0), at(20.0)), [40, 38, 66], 0.4);
    canvas.wedge(rows(-190.0, 0.0), (at(2.0), at(4.0)), (at(1.0), at(5.0)), [56, 44, 56], 1.0);
    canvas.wedge(rows(-176.0, -16.0), (at(8.0), at(9.0)), (at(10.0), at(72.0)), [250, 236, 220], 0.96);
    canvas.wedge(rows(-150.0, -16.0), (at(-2.0), at(-1.0)), (at(-54.0), at(-3.0)), [226, 170, 142], 0.96);
    canvas.wedge(rows(-6.0, 22.0), (at(-66.0), at(74.0)), (at(-46.0), at(54.0)), [58, 44, 62], 1.0);
    canvas.wedge(rows(-6.0, 0.0), (at(-66.0), at(74.0)), (at(-62.0), at(70.0)), [202, 120, 84], 1.0);
}

fn beam(canvas: &mut Canvas, (x, y): (f32, f32), length: f32, reach: f32, opacity: f32) {
    let far = x + length;
    canvas.shape(y - reach..y + reach, [255, 240, 190], opacity, |at| {
        // Above and below its middle the beam begins later.
        let begin = x + length * ((at - y).abs() / reach);
        (begin.min(far), begin.max(far))
    });
}

fn ridge_of_rock(width: usize) -> Vec<f32> {
    let mut rock = ridge(width, 77, (800.0, 36.0), 5.0, 5);
    for (x, crest) in rock.iter_mut().enumerate() {
        let aside = (x as f32 - 430.0) / 300.0;
        *crest += aside * aside * 120.0 - 40.0;
    }
    rock
}

pub(super) fn stars(canvas: &mut Canvas, lowest: usize, count: usize, seed: u64) {
    let mut chance = Chance::new(seed);
    let width = canvas.size().0 as f32;
    for _ in 0..count {
        let at = (chance.between(0.0, width), chance.between(0.0, lowest as f32));
        let opacity = chance.between(0.25, 1.0) * (1.0 - at.1 / lowest as f32 * 0.7);
        canvas.disc(at, chance.between(0.5, 1.5), [244, 240, 255], opacity);
    }
}

fn cloud(canvas: &mut Canvas, seed: u64, y: f32, colour: Colour) {
    let mut chance = Chance::new(seed);
    let width = canvas.size().0 as f32;
    for _ in 0..7 {
        let (x, half) = (chance.between(-40.0, width), chance.between(60.0, 230.0));
        ripple(canvas, (x, y + chance.between(-26.0, 26.0)), half, chance.between(4.0, 11.0), colour, 0.42);
    }
}

fn gull(canvas: &mut Canvas, (x, y): (f32, f32), size: f32) {
    canvas.wedge(y - size * 0.4..y, (x - size, x - size * 0.8), (x - size * 0.16, x), [44, 34, 60], 1.0);
    canvas.wedge(y - size * 0.4..y, (x + size * 0.8, x + size), (x, x + size * 0.16), [44, 34, 60], 1.0);
}
