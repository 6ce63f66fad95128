//! The date by which an album orders a row: when a picture was taken, else when the file was stored. Pure; the time zone is
//! an argument.

use super::index::{Entry, FolderIndex, Moment};
use crate::wire::{AlbumBy, Media, Millis, SortBy};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use time::OffsetDateTime;

/// A reading of the clock on the wall, in milliseconds since 1970-01-01 00:00 on that wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wall(i64);

/// What dates depend on beside the rows.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    /// Where the days of stored files begin and end.
    pub zone: TimeZone,
    /// What was learned later is not looked at.
    pub until: Moment,
}

/// The date of a row in an order; none where it has none, or the order has none.
pub(super) fn date_of(index: &FolderIndex, entry: &Entry, by: SortBy, clock: &Clock) -> Option<Wall> {
    let stored = || entry.modified.map(|at| Wall::here(at, &clock.zone));
    match by {
        SortBy::Name | SortBy::Kind | SortBy::Size => None,
        SortBy::Modified => stored(),
        SortBy::Taken if entry.media == Media::Image => match index.facts_until(entry, clock.until) {
            Some(known) => known.facts.taken.map(|taken| Wall(taken.clock)),
            None => stored(),
        },
        SortBy::Taken => stored(),
    }
}

impl Wall {
    /// What the clock shows here at a moment.
    fn here(at: Millis, zone: &TimeZone) -> Self {
        let ahead = Timestamp::from_millisecond(at.0).map_or(0, |at| i64::from(zone.to_offset(at).seconds()));
        Self(at.0.saturating_add(ahead * 1000))
    }

    /// `2026-07-14`, `2026-07` or `2026`; none for a time that no calendar has.
    pub(super) fn name(self, by: AlbumBy) -> Option<String> {
        let at = OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1000)).ok()?;
        let (year, month, day) = at.to_calendar_date();
        Some(match by {
            AlbumBy::Day => format!("{year:04}-{:02}-{day:02}", u8::from(month)),
            AlbumBy::Month => format!("{year:04}-{:02}", u8::from(month)),
            AlbumBy::Year => format!("{year:04}"),
        })
    }

    /// The day, counted; equal for two readings of one day.
    pub(super) fn day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_stored_file_is_the_day_here() {
        let zone = TimeZone::get("Pacific/Auckland").unwrap();
        // 2026-07-14 13:30 UTC: the next day in New Zealand, which is 12 hours ahead in its winter.
        let at = Wall::here(Millis(1_784_035_800_000), &zone);
        assert_eq!(at.name(AlbumBy::Day).as_deref(), Some("2026-07-15"));
        assert_eq!(at.name(AlbumBy::Month).as_deref(), Some("2026-07"));
        assert_eq!(at.name(AlbumBy::Year).as_deref(), Some("2026"));
        assert_eq!(Wall::here(Millis(0), &TimeZone::UTC).name(AlbumBy::Day).as_deref(), Some("1970-01-01"));
        assert_eq!(Wall(i64::MAX).name(AlbumBy::Day), None, "no calendar goes so far");
    }
}
