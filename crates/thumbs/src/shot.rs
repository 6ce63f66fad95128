//! How a picture was taken, as its camera wrote it: words for eyes, not for sorting. Every word is hostile.

use crate::facts::exif_of;
use exif::{Exif, In, Rational, Tag, Value};

/// A longer word is cut: no camera has such a name.
const LONGEST: usize = 80;

/// What a camera tells of one picture (EXIF 2.32, sections 4.6.4 to 4.6.6). What it does not tell is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shot {
    /// Maker and model.
    pub camera: Option<String>,
    /// The lens.
    pub lens: Option<String>,
    /// How long light came in, in seconds: `1/250`, `2`.
    pub exposure: Option<String>,
    /// The aperture's f-number: `2.8`.
    pub aperture: Option<String>,
    /// The sensitivity, as ISO 12232 counts it.
    pub sensitivity: Option<u32>,
    /// Millimetres: `50`.
    pub focal_length: Option<String>,
    /// Degrees north and east, where it was taken.
    pub place: Option<(f64, f64)>,
}

/// Reads it from a file's first bytes, as [`crate::facts`] does.
#[must_use]
pub fn shot(head: &[u8]) -> Shot {
    let Some(exif) = exif_of(head) else { return Shot::default() };
    Shot {
        camera: camera(text(&exif, Tag::Make), text(&exif, Tag::Model)),
        lens: text(&exif, Tag::LensModel),
        exposure: rational(&exif, Tag::ExposureTime).and_then(seconds),
        aperture: rational(&exif, Tag::FNumber).and_then(number),
        sensitivity: field(&exif, Tag::PhotographicSensitivity)
            .and_then(|value| value.get_uint(0))
            .filter(|value| *value > 0),
        focal_length: rational(&exif, Tag::FocalLength).and_then(number),
        place: place(&exif),
    }
}

/// Most models begin with their maker's name.
fn camera(make: Option<String>, model: Option<String>) -> Option<String> {
    match (make, model) {
        (Some(make), Some(model)) if !model.to_lowercase().starts_with(&make.to_lowercase()) => {
            Some(format!("{make} {model}"))
        }
        (make, model) => model.or(make),
    }
}

fn field(exif: &Exif, tag: Tag) -> Option<&Value> {
    Some(&exif.get_field(tag, In::PRIMARY)?.value)
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(texts) = field(exif, tag)? else { return None };
    let whole = String::from_utf8_lossy(texts.first()?).into_owned();
    let seen: String = whole.chars().filter(|c| !c.is_control() && !turns(*c)).take(LONGEST).collect();
    Some(seen.trim().to_owned()).filter(|seen| !seen.is_empty())
}

/// Characters that turn the direction of what stands around them (Unicode TR 9).
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn rational(exif: &Exif, tag: Tag) -> Option<Rational> {
    let Value::Rational(values) = field(exif, tag)? else { return None };
    values.first().copied().filter(|value| value.num > 0 && value.denom > 0)
}

/// `1/250` for what is short, `2.5` for what is not.
fn seconds(time: Rational) -> Option<String> {
    let value = time.to_f64();
    if value >= 0.3 { number(time) } else { Some(format!("1/{:.0}", 1.0 / value)) }
}

/// With one digit behind the point, where that is not 0.
fn number(value: Rational) -> Option<String> {
    let written = format!("{:.1}", value.to_f64());
    let short = written.strip_suffix(".0").unwrap_or(&written).to_owned();
    Some(short).filter(|short| short != "0")
}

fn place(exif: &Exif) -> Option<(f64, f64)> {
    let north = degrees(exif, Tag::GPSLatitude, (Tag::GPSLatitudeRef, 'S'))?;
    let east = degrees(exif, Tag::GPSLongitude, (Tag::GPSLongitudeRef, 'W'))?;
    Some((north, east)).filter(|(north, east)| north.abs() <= 90.0 && east.abs() <= 180.0)
}

/// Degrees, minutes and seconds as one number; below 0 on the other side.
fn degrees(exif: &Exif, tag: Tag, (side, negative): (Tag, char)) -> Option<f64> {
    let Value::Rational(parts) = field(exif, tag)? else { return None };
    let [whole, minutes, seconds] = parts.as_slice() else { return None };
    if [whole, minutes, seconds].iter().any(|part| part.denom == 0) {
        return None;
    }
    let sum = whole.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    Some(if text(exif, side)?.starts_with(negative) { -sum } else { sum })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimens::{corners, jpeg, with_segment};
    use exif::Field;
    use exif::experimental::Writer;
    use std::io::Cursor;

    fn picture(fields: Vec<(Tag, Value)>) -> Vec<u8> {
        let fields: Vec<_> =
            fields.into_iter().map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value }).collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut block = Cursor::new(Vec::new());
        writer.write(&mut block, false).unwrap();
        with_segment(&jpeg(&corners(8, 8)), 0xe1, &[b"Exif\0\0".to_vec(), block.into_inner()].concat())
    }

    fn ascii(text: &str) -> Value {
        Value::Ascii(vec![text.as_bytes().to_vec()])
    }

    fn ratio(num: u32, denom: u32) -> Value {
        Value::Rational(vec![Rational { num, denom }])
    }

    #[test]
    fn a_camera_tells_what_it_is_and_how_it_was_set() {
        let whole = |numbers: [u32; 3]| Value::Rational(numbers.map(|num| Rational { num, denom: 1 }).to_vec());
        let told = shot(&picture(vec![
            (Tag::Make, ascii("FUJIFILM")),
            (Tag::Model, ascii("X100V ")),
            (Tag::LensModel, ascii("23mmF2 II")),
            (Tag::ExposureTime, ratio(10, 2500)),
            (Tag::FNumber, ratio(28, 10)),
            (Tag::PhotographicSensitivity, Value::Short(vec![200])),
            (Tag::FocalLength, ratio(23, 1)),
            (Tag::GPSLatitudeRef, ascii("S")),
            (Tag::GPSLatitude, whole([33, 51, 36])),
            (Tag::GPSLongitudeRef, ascii("E")),
            (Tag::GPSLongitude, whole([151, 12, 0])),
        ]));
        let text = |text: &str| Some(text.to_owned());
        let expected = Shot {
            camera: text("FUJIFILM X100V"),
            lens: text("23mmF2 II"),
            exposure: text("1/250"),
            aperture: text("2.8"),
            sensitivity: Some(200),
            focal_length: text("23"),
            place: Some((-33.86, 151.2)),
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn a_model_that_names_its_maker_is_enough_and_long_times_are_seconds() {
        let told = shot(&picture(vec![
            (Tag::Make, ascii("Canon")),
            (Tag::Model, ascii("Canon EOS R5")),
            (Tag::ExposureTime, ratio(5, 2)),
        ]));
        assert_eq!((told.camera.as_deref(), told.exposure.as_deref()), (Some("Canon EOS R5"), Some("2.5")));
    }

    #[test]
    fn what_makes_no_sense_is_not_told() {
        let turned = format!("\u{202e}gpj.exe\u{7}{}", "x".repeat(200));
        let told = shot(&picture(vec![
            (Tag::Model, ascii(&turned)),
            (Tag::ExposureTime, ratio(1, 0)),
            (Tag::FNumber, ratio(0, 1)),
            (Tag::PhotographicSensitivity, Value::Short(vec![0])),
            (Tag::GPSLatitudeRef, ascii("N")),
            (Tag::GPSLatitude, Value::Rational([400, 0, 0].map(|num| Rational { num, denom: 1 }).to_vec())),
            (Tag::GPSLongitudeRef, ascii("E")),
            (Tag::GPSLongitude, ratio(7, 1)),
        ]));
        let camera = told.camera.clone().unwrap();
        assert!(camera.starts_with("gpj.exexx") && camera.chars().count() == LONGEST, "{camera}");
        assert_eq!(Shot { camera: None, ..told }, Shot::default());
        assert_eq!(shot(b"no picture"), Shot::default());
    }
}
