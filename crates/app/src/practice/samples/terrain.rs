//! Chance that always falls the same way, and the outlines of land made from it.

/// A small generator of numbers (SplitMix64, public domain by Sebastiano Vigna).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (self.bits() >> 40) as f32 / (1_u32 << 24) as f32 * (high - low)
    }
}

/// A ridge: one height a column, around `middle`, as far as `reach` from it. `first` is how many hills it has; each of
/// the `octaves` doubles them and halves their height.
pub(super) fn ridge(width: usize, seed: u64, (middle, reach): (f32, f32), first: f32, octaves: u32) -> Vec<f32> {
    let mut heights = vec![middle; width];
    for octave in 0..octaves {
        let scale = 2_f32.powi(octave as i32);
        let mut chance = Chance::new(seed * 31 + u64::from(octave));
        let points: Vec<f32> = (0..(first * scale) as usize + 3).map(|_| chance.between(-1.0, 1.0)).collect();
        for (x, height) in heights.iter_mut().enumerate() {
            let at = x as f32 / width as f32 * first * scale;
            let (left, part) = (at as usize, at.fract());
            let eased = part * part * (3.0 - 2.0 * part);
            *height += (points[left] + (points[left + 1] - points[left]) * eased) * reach / scale * 0.6;
        }
    }
    heights
}
