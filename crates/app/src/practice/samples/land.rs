//! Pictures of hills, towns and skies.

use super::canvas::{Canvas, Colour, mix};
use super::coast::stars;
use super::terrain::{Chance, ridge};

/// Seven ranges of hills, each in more haze than the one before it.
pub(super) fn hills_at_dusk() -> Canvas {
    let (width, height) = (1120, 700);
    let mut canvas = Canvas::new(
        width,
        height,
        &[
            (0.0, [92, 84, 140]),
            (0.22, [202, 124, 142]),
            (0.42, [250, 178, 132]),
            (0.6, [255, 220, 170]),
            (1.0, [255, 220, 170]),
        ],
    );
    let sun = (760.0, 268.0);
    canvas.glow(sun, 320.0, [255, 240, 200], 0.75);
    canvas.disc(sun, 40.0, [255, 246, 224], 1.0);
    for range in 0..7 {
        let near = range as f32 / 6.0;
        let (middle, reach) = (300.0 + near * 310.0, 30.0 + near * 46.0);
        let crest = mix([232, 164, 140], [42, 30, 58], near);
        let crests = ridge(width, 60 + range, (middle, reach), 3.0 + near * 2.0, 5);
        canvas.land(&crests, crest, mix(crest, [255, 206, 166], 0.42 - near * 0.34));
    }
    canvas.grain(4)
}

/// A skyline with its windows lit.
pub(super) fn city_at_night() -> Canvas {
    let (width, height) = (1320, 540);
    let mut canvas = Canvas::new(
        width,
        height,
        &[
            (0.0, [12, 14, 40]),
            (0.5, [42, 36, 88]),
            (0.8, [122, 68, 112]),
            (0.93, [214, 120, 104]),
            (1.0, [214, 120, 104]),
        ],
    );
    stars(&mut canvas, 300, 120, 12);
    canvas.glow((1060.0, 110.0), 120.0, [220, 214, 240], 0.4);
    canvas.disc((1060.0, 110.0), 36.0, [246, 240, 226], 1.0);
    canvas.disc((1046.0, 102.0), 33.0, [28, 26, 66], 1.0);
    let mut chance = Chance::new(5);
    let rows: [(f32, Colour, f32); 3] =
        [(230.0, [62, 46, 98], 0.12), (290.0, [40, 30, 72], 0.3), (370.0, [18, 14, 38], 0.42)];
    for (top, colour, lit) in rows {
        let mut left = 0;
        while left < width {
            let wide = chance.between(44.0, 104.0) as usize;
            let roof = (top + chance.between(-78.0, 60.0)) as usize;
            tower(&mut canvas, left..(left + wide).min(width), roof, colour, lit, &mut chance);
            left += wide + chance.between(0.0, 9.0) as usize;
        }
    }
    canvas.grain(3)
}

fn tower(
    canvas: &mut Canvas,
    columns: std::ops::Range<usize>,
    roof: usize,
    colour: Colour,
    lit: f32,
    chance: &mut Chance,
) {
    let bottom = canvas.size().1 as usize;
    canvas.rect(columns.clone(), roof..bottom, colour);
    if chance.between(0.0, 1.0) < 0.25 {
        let middle = columns.start + columns.len() / 2;
        canvas.rect(middle..middle + 3, roof.saturating_sub(34)..roof, colour);
    }
    for y in (roof + 12..bottom).step_by(17) {
        for x in (columns.start + 8..columns.end.saturating_sub(10)).step_by(13) {
            let light = chance.between(0.0, 1.0);
            if light < lit {
                let shade = mix([255, 184, 96], [255, 236, 190], light / lit);
                canvas.rect(x..x + 6, y..y + 9, mix(colour, shade, 0.35 + lit));
            }
        }
    }
}

/// Mountains and pines in pale light.
pub(super) fn first_snow() -> Canvas {
    let (width, height) = (960, 720);
    let mut canvas = Canvas::new(
        width,
        height,
        &[(0.0, [124, 168, 206]), (0.45, [206, 224, 234]), (0.7, [246, 236, 226]), (1.0, [246, 236, 226])],
    );
    for (seed, middle, reach, crest, foot) in [
        (90, 268.0, 120.0, [188, 206, 224], [226, 234, 240]),
        (91, 356.0, 110.0, [142, 170, 200], [214, 226, 236]),
        (92, 450.0, 60.0, [196, 214, 230], [240, 244, 248]),
    ] {
        canvas.land(&ridge(width, seed, (middle, reach), 4.0, 7), crest, foot);
    }
    let mut chance = Chance::new(31);
    for (foot, low, high, colour, count) in [
        (520.0, 50.0, 90.0, [112, 144, 166], 60),
        (590.0, 80.0, 150.0, [66, 100, 120], 42),
        (690.0, 150.0, 270.0, [30, 58, 72], 20),
    ] {
        for _ in 0..count {
            let at = (chance.between(-20.0, width as f32 + 20.0), foot + chance.between(-14.0, 18.0));
            pine(&mut canvas, at, chance.between(low, high), colour);
        }
        let drift = ridge(width, foot as u64, (foot + 8.0, 18.0), 3.0, 3);
        canvas.land(&drift, [232, 240, 246], [250, 250, 252]);
    }
    for _ in 0..420 {
        let at = (chance.between(0.0, width as f32), chance.between(0.0, height as f32));
        canvas.disc(at, chance.between(0.8, 2.6), [255, 255, 255], 0.85);
    }
    canvas.grain(3)
}

fn pine(canvas: &mut Canvas, (x, foot): (f32, f32), tall: f32, colour: Colour) {
    for branch in 0..4 {
        let part = branch as f32 / 4.0;
        let top = foot - tall * (1.0 - part * 0.78);
        let half = tall * (0.07 + part * 0.17);
        canvas.wedge(top..top + tall * 0.4, (x - 0.5, x + 0.5), (x - half, x + half), colour, 1.0);
    }
}

/// Balloons over fields, in the morning.
pub(super) fn balloons() -> Canvas {
    let (width, height) = (1000, 1000);
    let mut canvas = Canvas::new(
        width,
        height,
        &[(0.0, [74, 150, 204]), (0.45, [164, 212, 228]), (0.74, [252, 236, 206]), (1.0, [252, 236, 206])],
    );
    canvas.glow((180.0, 720.0), 420.0, [255, 250, 224], 0.7);
    canvas.land(&ridge(width, 14, (740.0, 40.0), 3.0, 4), [146, 178, 166], [186, 204, 172]);
    canvas.land(&ridge(width, 15, (810.0, 44.0), 2.0, 3), [112, 156, 112], [150, 182, 116]);
    canvas.land(&ridge(width, 16, (900.0, 36.0), 2.0, 3), [196, 176, 92], [150, 140, 74]);
    balloon(&mut canvas, (640.0, 330.0), 190.0, [[196, 72, 44], [250, 226, 190], [232, 150, 62]]);
    balloon(&mut canvas, (270.0, 210.0), 92.0, [[38, 92, 130], [244, 238, 220], [84, 158, 170]]);
    balloon(&mut canvas, (236.0, 560.0), 60.0, [[236, 180, 62], [176, 84, 96], [250, 226, 190]]);
    balloon(&mut canvas, (884.0, 640.0), 38.0, [[92, 74, 128], [228, 204, 220], [150, 110, 160]]);
    canvas.grain(3)
}

fn balloon(canvas: &mut Canvas, (x, y): (f32, f32), radius: f32, colours: [Colour; 3]) {
    let neck = y + radius * 1.42;
    // Half the balloon's width at a height: a ball above, drawn in to the neck below.
    let half = |at: f32| {
        let down = (at - y) / radius;
        if down < 0.45 { (1.0 - down * down).max(0.0).sqrt() * radius } else { (0.893 - (down - 0.45) * 0.78) * radius }
    };
    let edges = [-1.0, -0.74, -0.3, 0.3, 0.74, 1.0];
    for (stripe, pair) in edges.windows(2).enumerate() {
        let colour = colours[[0, 1, 2, 1, 0][stripe]];
        canvas.shape(y - radius..neck, colour, 1.0, |at| (x + half(at) * pair[0], x + half(at) * pair[1] + 0.4));
    }
    canvas.shape(y - radius..neck, [40, 20, 50], 0.2, |at| (x + half(at) * 0.4, x + half(at)));
    let basket = neck + radius * 0.24;
    for side in [-1.0, 1.0] {
        let rope = x + side * radius * 0.12;
        canvas.wedge(
            neck..basket,
            (rope - 0.8, rope + 0.8),
            (rope * 0.9 + x * 0.1 - 0.8, rope * 0.9 + x * 0.1 + 0.8),
            [70, 54, 50],
            1.0,
        );
    }
    let wide = radius * 0.12;
    canvas.wedge(
        basket..basket + radius * 0.17,
        (x - wide, x + wide),
        (x - wide * 0.8, x + wide * 0.8),
        [122, 78, 48],
        1.0,
    );
}

/// A lit tent below the Milky Way.
pub(super) fn under_the_stars() -> Canvas {
    let (width, height) = (1040, 780);
    let mut canvas = Canvas::new(
        width,
        height,
        &[(0.0, [8, 12, 34]), (0.55, [26, 44, 86]), (0.82, [72, 92, 124]), (1.0, [72, 92, 124])],
    );
    let mut chance = Chance::new(71);
    for step in 0..16 {
        let along = step as f32 / 15.0;
        let at = (180.0 + along * 760.0, 600.0 - along * 640.0 + chance.between(-30.0, 30.0));
        canvas.glow(at, chance.between(80.0, 150.0), [150, 150, 206], 0.2);
        for _ in 0..34 {
            let star = (at.0 + chance.between(-70.0, 70.0), at.1 + chance.between(-70.0, 70.0));
            canvas.disc(star, chance.between(0.4, 1.0), [255, 246, 240], chance.between(0.3, 0.9));
        }
    }
    stars(&mut canvas, 600, 420, 72);
    canvas.land(&ridge(width, 17, (600.0, 70.0), 3.0, 5), [22, 32, 56], [14, 20, 38]);
    canvas.land(&ridge(width, 18, (690.0, 20.0), 3.0, 4), [12, 16, 28], [6, 8, 16]);
    let tent = (400.0, 640.0);
    canvas.glow((tent.0, tent.1 + 60.0), 240.0, [255, 176, 90], 0.5);
    canvas.wedge(
        tent.1 - 30.0..tent.1 + 70.0,
        (tent.0 - 3.0, tent.0 + 3.0),
        (tent.0 - 104.0, tent.0 + 104.0),
        [238, 140, 62],
        1.0,
    );
    canvas.wedge(
        tent.1 - 30.0..tent.1 + 70.0,
        (tent.0 + 1.0, tent.0 + 3.0),
        (tent.0 + 26.0, tent.0 + 104.0),
        [188, 94, 46],
        1.0,
    );
    canvas.wedge(
        tent.1 - 4.0..tent.1 + 70.0,
        (tent.0 - 1.0, tent.0),
        (tent.0 - 22.0, tent.0 + 12.0),
        [255, 226, 160],
        1.0,
    );
    for pine_at in [(80.0, 760.0), (150.0, 720.0), (800.0, 740.0), (880.0, 770.0), (960.0, 742.0)] {
        pine(&mut canvas, pine_at, 190.0, [8, 12, 22]);
    }
    canvas.grain(3)
}
