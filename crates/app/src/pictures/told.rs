//! What a picture says of itself, as it is stored with it and with its thumbnail: `x-amz-meta-amphora-…`. Does no I/O.

use amphora_storage::Attributes;
use amphora_thumbs::{Facts, Taken};
use std::collections::BTreeMap;
use time::format_description::BorrowedFormatItem;
use time::macros::{datetime, format_description};
use time::{OffsetDateTime, PrimitiveDateTime};

/// `x-amz-meta-amphora-width`: pixels across, as the picture is looked at.
const WIDTH: &str = "amphora-width";
/// `x-amz-meta-amphora-height`: pixels down.
const HEIGHT: &str = "amphora-height";
/// `x-amz-meta-amphora-taken`: when it was taken, by the camera's clock (ISO 8601), with its offset from UTC where it said so.
const TAKEN: &str = "amphora-taken";
/// `x-amz-meta-amphora-located`: the picture of a thumbnail tells where it was taken; not where.
const LOCATED: &str = "amphora-located";
const LOCATED_YES: &str = "yes";
/// A picture with a longer edge is none.
const LONGEST: u32 = 1 << 20;
const CLOCK: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
/// No photo is older.
const FIRST_PHOTO: PrimitiveDateTime = datetime!(1826-01-01 00:00);

/// What is stored with a picture.
pub(crate) fn attributes_of(facts: &Facts) -> Attributes {
    let mut attributes = Attributes::default();
    if let Some((width, height)) = facts.size {
        attributes.metadata.insert(WIDTH.to_owned(), width.to_string());
        attributes.metadata.insert(HEIGHT.to_owned(), height.to_string());
    }
    if let Some(taken) = facts.taken.and_then(written) {
        attributes.metadata.insert(TAKEN.to_owned(), taken);
    }
    attributes
}

/// `2026-07-14T18:05:09+02:00`
fn written(taken: Taken) -> Option<String> {
    let at = OffsetDateTime::from_unix_timestamp(taken.clock.div_euclid(1000)).ok()?;
    let (date, (hour, minute, second)) = (at.date(), at.to_hms());
    let offset = taken.offset.map_or_else(String::new, |minutes| {
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    });
    Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{offset}"))
}

/// What is stored with a thumbnail of a picture; nothing, where its size is not known, for that is what it is stored for.
pub(super) fn attributes_of_thumbnail(facts: &Facts) -> Attributes {
    if facts.size.is_none() {
        return Attributes::default();
    }
    let mut attributes = attributes_of(facts);
    if facts.has_location {
        attributes.metadata.insert(LOCATED.to_owned(), LOCATED_YES.to_owned());
    }
    attributes
}

/// What is stored with a thumbnail of so many pixels. Anybody who may write there may have written it: it counts only where we
/// could have, and the picture has the thumbnail's shape.
pub(super) fn told_with(metadata: &BTreeMap<String, String>, thumbnail: (u32, u32)) -> Option<Facts> {
    let number = |name| strictly(metadata.get(name)?);
    let size = (number(WIDTH)?, number(HEIGHT)?);
    let taken = match metadata.get(TAKEN) {
        Some(text) => Some(read(text)?),
        None => None,
    };
    let has_location = match metadata.get(LOCATED).map(String::as_str) {
        Some(LOCATED_YES) => true,
        Some(_) => return None,
        None => false,
    };
    has_shape(size, thumbnail).then_some(Facts { size: Some(size), taken, has_location })
}

fn strictly(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    ((1..=LONGEST).contains(&number) && number.to_string() == text).then_some(number)
}

/// Whether a picture made so small has this size, give or take a pixel.
fn has_shape((width, height): (u32, u32), (small_width, small_height): (u32, u32)) -> bool {
    let (across, down) = (u64::from(width) * u64::from(small_height), u64::from(height) * u64::from(small_width));
    small_width <= width && small_height <= height && across.abs_diff(down) <= u64::from(width.max(height))
}

/// Reads what [`written`] wrote.
fn read(text: &str) -> Option<Taken> {
    let (clock, offset) = text.split_at_checked(19)?;
    let clock = PrimitiveDateTime::parse(clock, CLOCK).ok().filter(|clock| *clock >= FIRST_PHOTO)?;
    let offset = match offset.split_at_checked(1) {
        None => None,
        Some((sign, offset)) => {
            let (hours, minutes) = offset.split_once(':')?;
            let minutes = hours.parse::<i16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
            Some(if sign == "-" { minutes.checked_neg()? } else { minutes })
        }
    };
    let taken = Taken { clock: clock.assume_utc().unix_timestamp() * 1000, offset };
    // What we would write otherwise was written by somebody else.
    (offset.is_none_or(|minutes| minutes.abs() <= 14 * 60) && written(taken).as_deref() == Some(text)).then_some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_date_are_written_as_the_camera_had_them() {
        let stored = |facts: Facts| attributes_of(&facts).metadata.into_iter().collect::<Vec<_>>();
        let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        // 2026-07-14 18:05:09 on the camera's clock.
        let taken = |offset| Some(Taken { clock: 1_784_052_309_000, offset });
        let facts = Facts { size: Some((4000, 3000)), taken: taken(Some(-90)), has_location: true };
        let expected = [(HEIGHT, "3000"), (TAKEN, "2026-07-14T18:05:09-01:30"), (WIDTH, "4000")].map(pair);
        assert_eq!(stored(facts), expected, "and nothing of the place");
        let facts = Facts { taken: taken(None), ..Facts::default() };
        assert_eq!(stored(facts), [(TAKEN, "2026-07-14T18:05:09")].map(pair));
        assert_eq!(stored(Facts::default()), []);
    }

    fn told(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_stored_with_a_thumbnail_is_read_as_it_was() {
        for offset in [None, Some(0), Some(120), Some(-90), Some(14 * 60)] {
            for has_location in [false, true] {
                let taken = Some(Taken { clock: 1_784_052_309_000, offset });
                let facts = Facts { size: Some((4000, 3000)), taken, has_location };
                assert_eq!(told_with(&attributes_of_thumbnail(&facts).metadata, (256, 192)), Some(facts));
            }
        }
        let bare = Facts { size: Some((1001, 333)), ..Facts::default() };
        assert_eq!(told_with(&attributes_of_thumbnail(&bare).metadata, (256, 85)), Some(bare));
        let nothing = Facts { size: None, taken: Some(Taken { clock: 0, offset: None }), has_location: true };
        assert_eq!(attributes_of_thumbnail(&nothing).metadata, told(&[]), "without a size the picture is looked at");
    }

    #[test]
    fn what_we_would_not_have_written_tells_nothing() {
        let size = [(WIDTH, "4000"), (HEIGHT, "3000")];
        assert!(told_with(&told(&size), (256, 192)).is_some());
        for (width, height) in [
            ("4000", "1"),
            ("3000", "4000"),
            ("128", "96"),
            ("0", "0"),
            ("-4000", "-3000"),
            ("+4000", "3000"),
            ("04000", "3000"),
            ("4e3", "3000"),
            ("4000000000", "3000000000"),
            ("99999999999999999999", "3000"),
            ("", ""),
        ] {
            let told = told(&[(WIDTH, width), (HEIGHT, height)]);
            assert_eq!(told_with(&told, (256, 192)), None, "{width} x {height}");
        }
        assert_eq!(told_with(&told(&size[..1]), (256, 192)), None, "half a size");
        for taken in [
            "",
            "yesterday",
            "2026-07-14",
            "2026-07-14T18:05",
            "2026-07-14 18:05:09",
            "2026-02-30T18:05:09",
            "2026-07-14T18:05:09Z",
            "2026-07-14T18:05:09+2:00",
            "2026-07-14T18:05:09+99:00",
            "2026-07-14T18:05:09-32768:00",
            "2026-07-14T18:05:09+00:99",
            "0001-01-01T00:00:00",
            "99999-01-01T00:00:00",
            "2026-07-14T18:05:0ü",
        ] {
            let told = told(&[size[0], size[1], (TAKEN, taken)]);
            assert_eq!(told_with(&told, (256, 192)), None, "{taken}");
        }
        assert_eq!(told_with(&told(&[size[0], size[1], (LOCATED, "no")]), (256, 192)), None);
    }
}
