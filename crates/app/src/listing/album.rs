//! What an album asks of a listing: facts of its pictures, and its rows as sections.

use super::awaited::LookedThrough;
use super::folder::{Folder, FolderState};
use super::index::{Entry, Known, Moment};
use super::listings::{Listings, View};
use super::sections::sections;
use super::view;
use crate::wire::{
    AlbumBy, AlbumFilter, AlbumSections, Failure, Filter, Id, Media, Millis, PictureFacts, PictureSize, PicturesNews,
    SortBy,
};
use std::sync::Arc;

/// Facts in one piece of news.
const NEWS: usize = 500;

/// What the holder of a view was told of its pictures.
pub(super) struct Told {
    /// Facts were asked for, so news of them is welcome.
    asked: bool,
    /// How many of the folder's learned rows.
    learned: usize,
    /// The order is that of the dates known then.
    pub(super) dated: Moment,
    /// The moment of the last news.
    told: Moment,
    pub(super) looked_through: LookedThrough,
}

/// A picture of a listing that nobody looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unseen {
    pub key: String,
    pub etag: String,
    pub size: u64,
}

/// A window of a listing: what is known of its pictures, and what is not.
pub(crate) struct Looked {
    pub folder: Arc<Folder>,
    pub facts: Vec<PictureFacts>,
    /// Nearest to the middle of the window first.
    pub unseen: Vec<Unseen>,
}

impl Told {
    pub(super) fn of(state: &FolderState) -> Self {
        let now = state.index.moment();
        Self {
            asked: false,
            learned: state.learned.len(),
            dated: now,
            told: now,
            looked_through: LookedThrough::default(),
        }
    }

    /// What was learned since the rows were ordered decides which rows there are.
    pub(super) fn show_more(&self, filter: &Filter, state: &FolderState) -> bool {
        filter.album.as_ref().is_some_and(AlbumFilter::asks_when_taken) && self.dated != state.index.moment()
    }
}

impl Listings {
    /// What is known of the pictures in a window of positions. From now on the listing's holder hears what is learned.
    ///
    /// # Errors
    /// The listing is closed.
    pub(crate) fn looked(&self, id: Id, start: u32, end: u32) -> Result<Looked, Failure> {
        let mut open = self.lock();
        let view = open.views.get_mut(&id).ok_or_else(Failure::listing_closed)?;
        view.pictures.asked = true;
        let end = (end as usize).min(view.order.len());
        let start = (start as usize).min(end);
        let state = view.folder.lock();
        let (mut facts, mut unseen) = (Vec::new(), Vec::new());
        for (position, row) in (start..end).zip(&view.order[start..end]) {
            let Some(entry) = state.index.get(*row).filter(|entry| entry.media == Media::Image) else { continue };
            match state.index.facts_of(entry) {
                Some(known) => facts.push(told(*row, known)),
                None => unseen.push((position.abs_diff(start.midpoint(end)), unseen_of(entry))),
            }
        }
        unseen.sort_by_key(|(distance, _)| *distance);
        let unseen = unseen.into_iter().map(|(_, picture)| picture).collect();
        drop(state);
        Ok(Looked { folder: view.folder.clone(), facts, unseen })
    }

    /// The rows of a listing as sections. The order takes in what was learned since it was made; at no other time do rows
    /// move because of that.
    ///
    /// # Errors
    /// The listing is closed.
    pub(crate) fn sections(&self, id: Id, by: AlbumBy) -> Result<AlbumSections, Failure> {
        let mut open = self.lock();
        let view = open.views.get_mut(&id).ok_or_else(Failure::listing_closed)?;
        let folder = view.folder.clone();
        let mut state = folder.lock();
        let clock = self.clock(state.index.moment());
        if view.sort.by == SortBy::Taken && view.pictures.dated != clock.until {
            let order = view::order(&state.index, view.sort, &view.filter, &clock);
            if order != view.order {
                view.order = order;
                // Windows of rows that the page keeps are of another order; other views only read theirs once more.
                state.revision += 1;
                view.told = state.revision;
            }
            view.pictures.dated = clock.until;
        }
        let unseen = view.order.iter().filter_map(|row| state.index.get(*row));
        let unseen = unseen.filter(|entry| entry.media == Media::Image && state.index.facts_of(entry).is_none());
        Ok(AlbumSections {
            revision: Id(view.told),
            count: u32::try_from(view.order.len()).unwrap_or(u32::MAX),
            unseen: u32::try_from(unseen.count()).unwrap_or(u32::MAX),
            sections: sections(&state.index, &view.order, view.sort.by, by, &clock),
        })
    }

    /// What was learned of pictures that views asked about, since they heard of it last.
    pub(crate) fn take_learned(&self) -> Vec<PicturesNews> {
        let mut open = self.lock();
        let asking = open.views.iter_mut().filter(|(_, view)| view.pictures.asked);
        asking.filter_map(|(id, view)| news(*id, view)).collect()
    }
}

fn news(listing: Id, view: &mut View) -> Option<PicturesNews> {
    let state = view.folder.lock();
    let new = &state.learned[view.pictures.learned.min(state.learned.len())..];
    if new.is_empty() {
        return None;
    }
    let some = &new[..new.len().min(NEWS)];
    view.pictures.learned += some.len();
    let facts = some.iter().filter_map(|row| {
        let entry = state.index.get(*row)?;
        Some(told(*row, state.index.facts_of(entry)?))
    });
    let facts = facts.collect();
    let order_changed = view.sort.by == SortBy::Taken && view.pictures.told != state.index.moment();
    view.pictures.told = state.index.moment();
    Some(PicturesNews { listing, facts, order_changed })
}

fn told(id: u32, known: &Known) -> PictureFacts {
    let Known { facts, first_look, .. } = known;
    PictureFacts {
        id,
        size: facts.size.map(|(width, height)| PictureSize { width, height }),
        taken: facts.taken.map(|taken| Millis(taken.clock)),
        utc_offset: facts.taken.and_then(|taken| taken.offset),
        has_location: facts.has_location,
        first_look: *first_look,
    }
}

pub(super) fn unseen_of(entry: &Entry) -> Unseen {
    Unseen { key: entry.key.to_string(), etag: entry.etag.to_string(), size: entry.size }
}
