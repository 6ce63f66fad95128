//! Coordinates in titles, as drones and dash cameras write them. A film may well speak of a location, or of GPS.

/// Words that are followed by a coordinate, in small letters; one is misspelled in the titles of DJI.
const WORDS: [&str; 5] = ["latitude", "longitude", "longtitude", "lat", "lon"];
/// What stands between a word and its number.
const BETWEEN: &[u8] = b" \t:=([\"'+-";

/// Whether a title has a coordinate in it.
pub(super) fn tell_place(title: &[u8]) -> bool {
    let text = title.to_ascii_lowercase();
    (0..text.len()).any(|at| {
        let begins_here = at == 0 || !text[at - 1].is_ascii_alphanumeric();
        begins_here && (is_sentence(&text[at..]) || is_gps(&text[at..]) || is_word(&text[at..]))
    })
}

/// A sentence of a receiver (NMEA 0183): `$GPRMC,181509,A,4722.5,N,00832.5,E`.
fn is_sentence(text: &[u8]) -> bool {
    text.starts_with(b"$g") && matches!(text.get(3..6), Some(b"rmc" | b"gga"))
}

/// `GPS(8.5417, 47.3750, 20)`, `GPS: (47.3750, …`, `GPS(W: 8.5417, …`
fn is_gps(text: &[u8]) -> bool {
    text.strip_prefix(b"gps").and_then(number_behind).is_some_and(|(between, number)| {
        let next = number.iter().find(|byte| !byte.is_ascii_digit());
        between.contains(&b'(') && matches!(next, Some(b'.' | b','))
    })
}

/// `[latitude: 47.3750]`, `HOME(8.5417, 47.3750)`: a fraction, which lines and houses have not.
fn is_word(text: &[u8]) -> bool {
    let behind = |word: &&str| text.strip_prefix(word.as_bytes()).and_then(number_behind);
    let is_fraction = |number: &[u8]| {
        let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits <= 3 && number.get(digits) == Some(&b'.') && number.get(digits + 1).is_some_and(u8::is_ascii_digit)
    };
    let home = behind(&"home").filter(|(between, _)| between.contains(&b'('));
    WORDS.iter().filter_map(behind).chain(home).any(|(_, number)| is_fraction(number))
}

/// The number that follows, and what stands before it; a side of the world may.
fn number_behind(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_between = |at: usize| at < text.len() && BETWEEN.contains(&text[at]);
    let is_side = |at: usize| b"nsew".contains(&text[at]) && at > 0 && is_between(at - 1) && is_between(at + 1);
    let at = (0..text.len()).find(|&at| !is_between(at) && !is_side(at))?;
    (at > 0 && text[at].is_ascii_digit()).then(|| text.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_told_from_words_about_places() {
        for told in [
            "HOME(8.54, 47.37) 2026.07.14",
            "F/2.8, SS 206, ISO 150, GPS (8.5417, 47.3750, 20)",
            "GPS(-8, 47)",
            "HOME(W: 8.5417, N: 47.3750) 2026",
            "GPS(W: 8.5417, N: 47.3750, 161)",
            "[iso: 100] [latitude: 47.3750] [longtitude: -8.5417]",
            "lat=47.375 lon=8.5417",
            "$GPRMC,181509,A,4722.5,N,00832.5,E,0,0,140726",
            "speed 3 $GNGGA,181509,4722.5,N",
        ] {
            assert!(tell_place(told.as_bytes()), "{told}");
        }
        for film in [
            "Location: a quay, at night",
            "The GPS is broken (again).",
            "GPS 3 is in orbit",
            "At this latitude: 47 ships",
            "Home. 3.5 miles",
            "Home 2.0",
            "GPS (1995)",
            "a flat 47.5",
            "It cost $GRAM",
            "lat",
            "",
        ] {
            assert!(!tell_place(film.as_bytes()), "{film}");
        }
    }
}
