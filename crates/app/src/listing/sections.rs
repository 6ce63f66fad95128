//! An ordered listing as the sections of an album. Pure.

use super::dates::{Clock, date_of};
use super::index::{Entry, FolderIndex};
use crate::wire::{AlbumBy, AlbumSection, Media, RowKind, SortBy};

/// A tile of unknown size is laid out as a square.
const SQUARE: u32 = 100;
/// Panoramas and strips are cut to these shapes, or one tile would fill the window.
const SHAPES: (u32, u32) = (40, 300);

/// What neighbouring rows have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Folders,
    Day(i64),
    Undated,
    All,
}

/// The sections of rows in this order, without gaps.
pub(super) fn sections(
    index: &FolderIndex,
    order: &[u32],
    sorted: SortBy,
    by: AlbumBy,
    clock: &Clock,
) -> Vec<AlbumSection> {
    let timeless = matches!(sorted, SortBy::Name | SortBy::Kind | SortBy::Size);
    let mut sections: Vec<AlbumSection> = Vec::new();
    let mut last = None;
    for (position, entry) in (0u32..).zip(order.iter().map(|id| index.get(*id))) {
        let Some(entry) = entry else { continue };
        let date = date_of(index, entry, sorted, clock);
        let group = match date {
            _ if entry.kind == RowKind::Folder => Group::Folders,
            _ if timeless => Group::All,
            Some(date) => Group::Day(date.day()),
            None => Group::Undated,
        };
        // Most neighbours share a day; only a new one is put in words.
        if last != Some(group) {
            last = Some(group);
            let id = match group {
                Group::Folders => "folders".to_owned(),
                Group::All => "all".to_owned(),
                Group::Day(_) => date.and_then(|date| date.name(by)).unwrap_or_else(|| "none".to_owned()),
                Group::Undated => "none".to_owned(),
            };
            if sections.last().is_none_or(|section| section.id != id) {
                sections.push(AlbumSection {
                    id,
                    start: position,
                    count: 0,
                    pictures: 0,
                    videos: 0,
                    texts: 0,
                    widths: 0,
                });
            }
        }
        if let Some(section) = sections.last_mut() {
            section.count += 1;
            section.pictures += u32::from(entry.media == Media::Image);
            section.videos += u32::from(entry.media == Media::Video);
            section.texts += u32::from(entry.media == Media::Text);
            section.widths = section.widths.saturating_add(width(index, entry));
        }
    }
    sections
}

/// How wide a tile is that is 100 high.
fn width(index: &FolderIndex, entry: &Entry) -> u32 {
    let size = index.facts_of(entry).and_then(|known| known.facts.size);
    size.map_or(SQUARE, |(width, height)| {
        let width = u64::from(width) * 100 / u64::from(height.max(1));
        u32::try_from(width).unwrap_or(u32::MAX).clamp(SHAPES.0, SHAPES.1)
    })
}

#[cfg(test)]
#[path = "sections_tests.rs"]
mod tests;
