//! The folders that are open or were open lately, and the views on them.

use super::album::Told;
use super::dates::Clock;
use super::folder::Folder;
use super::index::{Found, Known, Moment};
use super::view;
use crate::wire::{Failure, Filter, Id, ListingNews, OpenedListing, PlaceRef, Row, Sort, SpaceRef};
use amphora_storage::Shape;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Folders kept without a view, for going back at once.
const KEPT: usize = 8;

/// An album of pictures of a time takes in those whose dates were learned as often as this.
const LEARNED_EVERY: Duration = Duration::from_secs(1);

pub(super) struct View {
    pub(super) folder: Arc<Folder>,
    pub(super) sort: Sort,
    pub(super) filter: Filter,
    pub(super) order: Vec<u32>,
    pub(super) told: u64,
    /// What was told of pictures.
    pub(super) pictures: Told,
    ordered: Instant,
    cost: Duration,
}

/// All open listings of the session.
pub struct Listings {
    open: Mutex<Open>,
    /// Where the days of stored files begin and end.
    pub(super) zone: TimeZone,
}

impl Default for Listings {
    fn default() -> Self {
        Self { open: Mutex::default(), zone: TimeZone::system() }
    }
}

#[derive(Default)]
pub(super) struct Open {
    folders: Vec<Arc<Folder>>,
    pub(super) views: HashMap<Id, View>,
    last: u64,
}

impl Listings {
    /// The folder at a place, or all that begins with it, as far as it is known.
    ///
    /// # Errors
    /// The session is over: what it would open belongs to nobody who is here.
    pub(crate) fn folder(
        &self,
        place: &PlaceRef,
        shape: Shape,
        over: &CancellationToken,
    ) -> Result<Arc<Folder>, Failure> {
        let mut open = self.lock();
        if over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        if let Some(at) = open.folders.iter().position(|folder| folder.place == *place && folder.shape == shape) {
            let folder = open.folders.remove(at);
            open.folders.push(folder.clone());
            return Ok(folder);
        }
        let folder = Arc::new(Folder::new(place.clone(), shape));
        open.folders.push(folder.clone());
        open.forget_old();
        Ok(folder)
    }

    /// Opens a view on a folder that has something to show.
    ///
    /// # Errors
    /// The session is over.
    pub(crate) fn view(
        &self,
        folder: &Arc<Folder>,
        sort: Sort,
        filter: Filter,
        over: &CancellationToken,
    ) -> Result<OpenedListing, Failure> {
        // Always the listings before the folder: two locks, one order.
        let mut open = self.lock();
        if over.is_cancelled() {
            return Err(Failure::listing_closed());
        }
        let state = folder.lock();
        let begun = Instant::now();
        let order = view::order(&state.index, sort, &filter, &self.clock(state.index.moment()));
        open.last += 1;
        let id = Id(open.last);
        let opened = OpenedListing {
            id,
            count: u32::try_from(order.len()).unwrap_or(u32::MAX),
            complete: state.complete,
            updated_at: state.updated_at,
            failure: state.failure.clone(),
        };
        let view = View {
            folder: folder.clone(),
            sort,
            filter,
            order,
            told: state.revision,
            pictures: Told::of(&state),
            ordered: Instant::now(),
            cost: begun.elapsed(),
        };
        open.views.insert(id, view);
        Ok(opened)
    }

    /// The rows of a window of positions; fewer where the listing ends or rows have just gone.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn rows(&self, id: Id, start: u32, end: u32) -> Result<Vec<Row>, Failure> {
        let open = self.lock();
        let view = open.views.get(&id).ok_or_else(Failure::listing_closed)?;
        let end = (end as usize).min(view.order.len());
        let window = view.order.get((start as usize).min(end)..end).unwrap_or_default();
        let state = view.folder.lock();
        Ok(window.iter().filter_map(|row| Some(state.index.get(*row)?.row(*row))).collect())
    }

    /// Where the row with this key stands in the listing's order.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn position_of(&self, id: Id, key: &str) -> Result<Option<u32>, Failure> {
        let open = self.lock();
        let view = open.views.get(&id).ok_or_else(Failure::listing_closed)?;
        let Some((row, _)) = view.folder.lock().index.by_key(key).map(|(row, entry)| (row, entry.size)) else {
            return Ok(None);
        };
        let at = view.order.iter().position(|id| *id == row);
        Ok(at.and_then(|at| u32::try_from(at).ok()))
    }

    /// Closes a view; the folder is kept for a while.
    pub fn close(&self, id: Id) {
        let mut open = self.lock();
        open.views.remove(&id);
        open.forget_old();
    }

    pub(crate) fn close_all(&self) {
        let mut open = self.lock();
        open.views.clear();
        open.folders.clear();
    }

    /// The folder of a view and the ids it shows, in order.
    pub(crate) fn shown(&self, id: Id) -> Result<(Arc<Folder>, Vec<u32>), Failure> {
        let open = self.lock();
        let view = open.views.get(&id).ok_or_else(Failure::listing_closed)?;
        Ok((view.folder.clone(), view.order.clone()))
    }

    /// A file arrived: every open folder above it shows it at once.
    pub(crate) fn stored(&self, space: &SpaceRef, found: &Found) {
        for folder in self.above(space, &found.key) {
            folder.change_by_us(|index| index.put_file(found.clone()));
        }
    }

    /// A folder was made.
    pub(crate) fn folder_made(&self, space: &SpaceRef, key: &str) {
        let is_row = |folder: &Arc<Folder>| folder.shape == Shape::Folder && folder.place.folder != key;
        for folder in self.above(space, key).into_iter().filter(is_row) {
            let prefix = folder.place.folder.len();
            let end = key[prefix..].find('/').map_or(key.len(), |at| prefix + at + 1);
            folder.change_by_us(|index| index.put_folder(&key[..end]));
        }
    }

    /// An object is gone. Of a folder that is its marker; what else is in it may still be there.
    pub(crate) fn removed(&self, space: &SpaceRef, key: &str) {
        for folder in self.above(space, key) {
            folder.change_by_us(|index| index.remove(key));
        }
    }

    /// Nothing is left in a folder.
    pub(crate) fn folder_gone(&self, space: &SpaceRef, key: &str) {
        for folder in self.above(space, key) {
            folder.change_by_us(|index| index.remove_folder(key));
        }
    }

    /// The changes that views have not heard of. A huge folder that is still arriving is sorted again only when
    /// sorting costs little beside the time since the last one.
    pub(crate) fn take_changes(&self) -> Vec<ListingNews> {
        let mut open = self.lock();
        let mut changes = Vec::new();
        for (id, view) in &mut open.views {
            let mut state = view.folder.lock();
            let too_soon = state.reading && view.ordered.elapsed() < view.cost * 4;
            let learned = view.pictures.show_more(&view.filter, &state) && view.ordered.elapsed() >= LEARNED_EVERY;
            if (state.revision == view.told && !learned) || too_soon {
                continue;
            }
            if learned {
                view.pictures.dated = state.index.moment();
                // Other views only read their rows once more.
                state.revision += u64::from(state.revision == view.told);
            }
            let begun = Instant::now();
            view.order = view::order(&state.index, view.sort, &view.filter, &self.clock(view.pictures.dated));
            view.told = state.revision;
            view.ordered = Instant::now();
            view.cost = begun.elapsed();
            changes.push(ListingNews {
                id: *id,
                revision: Id(state.revision),
                count: u32::try_from(view.order.len()).unwrap_or(u32::MAX),
                complete: state.complete,
                updated_at: state.updated_at,
                failure: state.failure.clone(),
            });
        }
        changes
    }

    fn above(&self, space: &SpaceRef, key: &str) -> Vec<Arc<Folder>> {
        let is_above = |folder: &&Arc<Folder>| folder.place.space == *space && key.starts_with(&folder.place.folder);
        self.lock().folders.iter().filter(is_above).cloned().collect()
    }

    /// A picture was looked at: every open folder that shows it knows.
    pub(crate) fn learn(&self, space: &SpaceRef, key: &str, known: &Known) {
        for folder in self.above(space, key) {
            if folder.shape == Shape::Deep || !key[folder.place.folder.len()..].contains('/') {
                folder.lock().learn(key, known.clone());
            }
        }
    }

    /// Dates as they were known at a moment.
    pub(super) fn clock(&self, until: Moment) -> Clock {
        Clock { zone: self.zone.clone(), until }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn forget_old(&mut self) {
        let in_view = |folder: &Arc<Folder>| self.views.values().any(|view| Arc::ptr_eq(&view.folder, folder));
        let idle: Vec<_> = self.folders.iter().filter(|folder| !in_view(folder)).cloned().collect();
        let too_many = idle.len().saturating_sub(KEPT);
        for old in &idle[..too_many] {
            self.folders.retain(|folder| !Arc::ptr_eq(folder, old));
        }
    }
}
