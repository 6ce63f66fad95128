//! Tells how much of a damaged JPEG came: libjpeg leaves what it has no data for in the middle grey.

/// What pixels are filled with before decoding; a coefficient that never came decodes to the same value.
pub(super) const MISSING: u8 = 128;
/// Colour conversion may round the grey by this much.
const ROUNDING: u8 = 2;

/// Whether at least half of the rows hold something else than the grey of missing data.
pub(super) fn most_came(pixels: &[u8], pitch: usize) -> bool {
    let rows = pixels.chunks_exact(pitch);
    let all = rows.len();
    let missing = rows.rev().take_while(|row| row.iter().all(|&sample| sample.abs_diff(MISSING) <= ROUNDING)).count();
    missing * 2 <= all && missing < all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_rows_are_most_of_a_picture() {
        let rows = |came: usize| [vec![10; came * 3], vec![MISSING; (10 - came) * 3]].concat();
        assert!(most_came(&rows(10), 3));
        assert!(most_came(&rows(5), 3));
        assert!(!most_came(&rows(4), 3));
        assert!(!most_came(&rows(0), 3));
    }
}
