//! Sections of albums as people have them.

use super::*;
use crate::listing::index::{Found, Known};
use crate::listing::view;
use crate::wire::{Filter, MediaFilter, Millis, Sort};
use amphora_thumbs::{Facts, Taken};
use jiff::tz::TimeZone;

const DAY: i64 = 86_400_000;
/// 2026-07-14 00:00 UTC.
const JULY: i64 = 1_783_987_200_000;

fn index(files: &[(&str, i64)]) -> FolderIndex {
    let mut index = FolderIndex::new("");
    for (key, modified) in files {
        let (key, modified, etag) = ((*key).to_owned(), Some(Millis(*modified)), "e".to_owned());
        index.put_file(Found { key, size: 1, modified, etag });
    }
    index
}

fn learn(index: &mut FolderIndex, key: &str, taken: Option<i64>, size: Option<(u32, u32)>) {
    let taken = taken.map(|clock| Taken { clock, offset: None });
    let facts = Facts { size, taken, has_location: false };
    index.learn(key, Known { etag: "e".into(), facts, first_look: 0 });
}

fn album(index: &FolderIndex, sorted: SortBy, by: AlbumBy) -> Vec<AlbumSection> {
    let filter = Filter { text: String::new(), media: MediaFilter::All, album: None };
    let sort = Sort { by: sorted, descending: true };
    let clock = Clock { zone: TimeZone::UTC, until: index.moment() };
    let order = view::order(index, sort, &filter, &clock);
    sections(index, &order, sorted, by, &clock)
}

fn ids(sections: &[AlbumSection]) -> Vec<(&str, u32, u32)> {
    sections.iter().map(|section| (section.id.as_str(), section.start, section.count)).collect()
}

#[test]
fn pictures_stand_at_the_day_they_were_stored_until_the_day_they_were_taken_is_known() {
    let mut index = index(&[("a.jpg", JULY), ("b.jpg", JULY), ("c.jpg", JULY - DAY), ("notes.txt", JULY), ("x/y", 0)]);
    let before = album(&index, SortBy::Taken, AlbumBy::Day);
    assert_eq!(ids(&before), [("folders", 0, 1), ("2026-07-14", 1, 3), ("2026-07-13", 4, 1)]);
    assert_eq!((before[1].pictures, before[1].texts), (2, 1));
    learn(&mut index, "a.jpg", Some(JULY - 40 * DAY), None);
    learn(&mut index, "b.jpg", None, None);
    let after = album(&index, SortBy::Taken, AlbumBy::Day);
    let expected =
        [("folders", 0, 1), ("2026-07-14", 1, 1), ("2026-07-13", 2, 1), ("2026-06-04", 3, 1), ("none", 4, 1)];
    assert_eq!(ids(&after), expected, "what says no date goes last");
    let by_name = album(&index, SortBy::Name, AlbumBy::Day);
    assert_eq!(ids(&by_name), [("folders", 0, 1), ("all", 1, 4)], "an order without time has no days");
}

#[test]
fn days_join_to_months_and_years() {
    let index = index(&[("a.jpg", JULY), ("b.jpg", JULY - 3 * DAY), ("c.jpg", JULY - 200 * DAY)]);
    assert_eq!(ids(&album(&index, SortBy::Taken, AlbumBy::Month)), [("2026-07", 0, 2), ("2025-12", 2, 1)]);
    assert_eq!(ids(&album(&index, SortBy::Modified, AlbumBy::Year)), [("2026", 0, 2), ("2025", 2, 1)]);
}

#[test]
fn widths_tell_the_shapes_that_are_known() {
    let mut index = index(&[("a.jpg", JULY), ("b.jpg", JULY), ("c.jpg", JULY), ("d.jpg", JULY)]);
    learn(&mut index, "a.jpg", Some(JULY), Some((4000, 3000)));
    learn(&mut index, "b.jpg", Some(JULY), Some((3000, 4000)));
    learn(&mut index, "c.jpg", Some(JULY), Some((60_000, 2)));
    let sections = album(&index, SortBy::Taken, AlbumBy::Day);
    assert_eq!(sections[0].widths, 133 + 75 + 300 + 100, "a panorama is cut, what is unknown is a square");
}

#[test]
fn a_hundred_thousand_pictures_over_many_days_keep_their_order_and_leave_no_gap() {
    let names: Vec<String> = (0..100_000).map(|number| format!("{number}.jpg")).collect();
    let files: Vec<_> = names.iter().zip(0i64..).map(|(name, at)| (name.as_str(), JULY - at * 60_000)).collect();
    let mut index = index(&files);
    for (name, number) in names.iter().zip(0i64..).step_by(3) {
        learn(&mut index, name, (number % 2 == 0).then_some(JULY - number * 3_600_000), Some((4, 3)));
    }
    let sections = album(&index, SortBy::Taken, AlbumBy::Day);
    let mut next = 0;
    for section in &sections {
        assert_eq!(section.start, next, "{}", section.id);
        next += section.count;
    }
    assert_eq!(next, 100_000);
    let days: Vec<_> = sections.iter().map(|section| section.id.as_str()).filter(|id| *id != "none").collect();
    assert!(days.is_sorted_by(|a, b| a > b), "each day once, the newest first");
    assert_eq!(sections.last().map(|section| section.id.as_str()), Some("none"));
}
