//! A sorted, filtered look at a folder's rows: positions to ids. Pure.

use super::dates::{Clock, Wall, date_of};
use super::index::{Entry, FolderIndex, Moment, fold};
use super::pattern::Pattern;
use crate::wire::{Filter, Media, MediaFilter, RowKind, Sort, SortBy};
use std::cmp::{Ordering, Reverse};

/// The ids of the rows that pass the filter, in the order asked for. Folders come first in every order.
#[must_use]
pub fn order(index: &FolderIndex, sort: Sort, filter: &Filter, clock: &Clock) -> Vec<u32> {
    let rows = passing(index, filter, clock.until);
    if sort.by == SortBy::Taken {
        return by_date(index, rows, sort, clock);
    }
    let mut rows: Vec<(u32, &Entry)> = rows.collect();
    rows.sort_unstable_by(|(_, a), (_, b)| compare(a, b, sort));
    rows.into_iter().map(|(id, _)| id).collect()
}

fn passing<'a>(index: &'a FolderIndex, filter: &'a Filter, until: Moment) -> impl Iterator<Item = (u32, &'a Entry)> {
    let text = fold(&filter.text);
    let media = filter.media;
    // Opening the listing has refused a pattern that cannot be read.
    let album = filter.album.as_ref().map(|album| Pattern::of(album).ok());
    index
        .iter()
        .filter(move |(_, entry)| text.is_empty() || entry.folded.contains(&text))
        .filter(move |(_, entry)| match media {
            MediaFilter::All => true,
            MediaFilter::Pictures => entry.media == Media::Image,
            MediaFilter::Folders => entry.media == Media::Folder,
        })
        .filter(move |(_, entry)| {
            let album = album.as_ref();
            album.is_none_or(|album| album.as_ref().is_some_and(|album| album.shows(index, entry, until)))
        })
}

/// Dates are looked up once a row, not at each comparison.
fn by_date<'a>(
    index: &FolderIndex,
    rows: impl Iterator<Item = (u32, &'a Entry)>,
    sort: Sort,
    clock: &Clock,
) -> Vec<u32> {
    let mut dated: Vec<(u32, &Entry, Option<Wall>)> =
        rows.map(|(id, entry)| (id, entry, date_of(index, entry, sort.by, clock))).collect();
    let by_time = |a: Option<Wall>, b: Option<Wall>| match (a, b) {
        (Some(a), Some(b)) if sort.descending => Reverse(a).cmp(&Reverse(b)),
        (Some(a), Some(b)) => a.cmp(&b),
        // Without a date last, whichever way time runs.
        (a, b) => a.is_none().cmp(&b.is_none()),
    };
    dated.sort_unstable_by(|(_, a, at), (_, b, bt)| {
        folders_first(a, b).then_with(|| by_time(*at, *bt)).then_with(|| by_name(a, b))
    });
    dated.into_iter().map(|(id, ..)| id).collect()
}

fn compare(a: &Entry, b: &Entry, sort: Sort) -> Ordering {
    let wanted = match sort.by {
        SortBy::Name => by_name(a, b),
        SortBy::Kind => a.media.cmp(&b.media).then_with(|| ending(a).cmp(ending(b))),
        SortBy::Size => a.size.cmp(&b.size),
        SortBy::Modified | SortBy::Taken => a.modified.cmp(&b.modified),
    };
    let wanted = if sort.descending { wanted.reverse() } else { wanted };
    folders_first(a, b).then(wanted).then_with(|| by_name(a, b))
}

fn by_name(a: &Entry, b: &Entry) -> Ordering {
    alphanumeric_sort::compare_str(&a.folded, &b.folded).then_with(|| a.key.cmp(&b.key))
}

fn folders_first(a: &Entry, b: &Entry) -> Ordering {
    (a.kind != RowKind::Folder).cmp(&(b.kind != RowKind::Folder))
}

fn ending(entry: &Entry) -> &str {
    entry.folded.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::index::Found;
    use crate::wire::Millis;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn index(files: &[(&str, u64, i64)]) -> FolderIndex {
        let mut index = FolderIndex::new("");
        for (key, size, modified) in files {
            index.put_file(Found {
                key: (*key).to_owned(),
                size: *size,
                modified: Some(Millis(*modified)),
                etag: String::new(),
            });
        }
        index
    }

    fn clock(index: &FolderIndex) -> Clock {
        Clock { zone: TimeZone::UTC, until: index.moment() }
    }

    fn names(index: &FolderIndex, sort: Sort, text: &str) -> Vec<String> {
        let filter = Filter { text: text.to_owned(), media: MediaFilter::All, album: None };
        order(index, sort, &filter, &clock(index))
            .into_iter()
            .map(|id| index.get(id).unwrap().name().to_owned())
            .collect()
    }

    #[test]
    fn folders_lead_and_numbers_count_by_value() {
        let index = index(&[("b10.txt", 1, 0), ("B2.txt", 1, 0), ("z/x", 1, 0), ("a.txt", 1, 0)]);
        let up = Sort { by: SortBy::Name, descending: false };
        assert_eq!(names(&index, up, ""), ["z", "a.txt", "B2.txt", "b10.txt"]);
        let down = Sort { by: SortBy::Name, descending: true };
        assert_eq!(names(&index, down, ""), ["z", "b10.txt", "B2.txt", "a.txt"]);
    }

    #[test]
    fn folders_alone_are_shown_where_something_is_to_go() {
        let index = index(&[("b/x", 1, 0), ("photo.jpg", 1, 0), ("a/y", 1, 0)]);
        let filter = |media| Filter { text: String::new(), media, album: None };
        let names = |media| {
            let by_name = Sort { by: SortBy::Name, descending: false };
            let ids = order(&index, by_name, &filter(media), &clock(&index));
            ids.into_iter().map(|id| index.get(id).unwrap().name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(MediaFilter::Folders), ["a", "b"]);
        assert_eq!(names(MediaFilter::Pictures), ["photo.jpg"]);
    }

    #[test]
    fn size_and_time_decide_and_the_name_breaks_ties() {
        let index = index(&[("c", 5, 1), ("b", 5, 2), ("a", 9, 3)]);
        assert_eq!(names(&index, Sort { by: SortBy::Size, descending: true }, ""), ["a", "b", "c"]);
        assert_eq!(names(&index, Sort { by: SortBy::Modified, descending: false }, ""), ["c", "b", "a"]);
    }

    #[test]
    fn a_filter_ignores_case_and_accents() {
        let index = index(&[("École.txt", 1, 0), ("other.txt", 1, 0)]);
        assert_eq!(names(&index, Sort { by: SortBy::Name, descending: false }, "ECO"), ["École.txt"]);
    }

    proptest! {
        #[test]
        fn every_order_is_a_permutation_of_the_rows(keys in proptest::collection::hash_set("[a-zA-Z0-9/.]{1,8}", 0..40), by in 0..5u8, descending: bool) {
            let files: Vec<_> = keys.iter().map(|key| (key.as_str(), key.len() as u64, 0)).collect();
            let index = index(&files);
            let by = [SortBy::Name, SortBy::Kind, SortBy::Size, SortBy::Modified, SortBy::Taken][by as usize];
            let mut ids = order(&index, Sort { by, descending }, &Filter { text: String::new(), media: MediaFilter::All, album: None }, &clock(&index));
            ids.sort_unstable();
            let all: Vec<u32> = index.iter().map(|(id, _)| id).collect();
            prop_assert_eq!(ids, all);
        }
    }
}
