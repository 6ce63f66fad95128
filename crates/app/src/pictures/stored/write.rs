//! Stores thumbnails that tiles needed: a few at a time, while no tile waits, and by the limit that all uploads share.

use super::MOST_BYTES;
use super::name::{self, ROOT, content_of, file_of, folder_of, picture_of, shelf_of};
use crate::app::App;
use crate::pictures::first::{FIRST, FIRST_EDGE};
use crate::pictures::told::attributes_of_thumbnail;
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::{Attributes, Body, Control, ErrorKind, IfExists, Key, PutOptions, StorageError};
use amphora_thumbs::{CacheKey, Picture};
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

/// Thumbnails that are stored side by side.
const AT_ONCE: usize = 2;
/// Thumbnails that wait; of more, the oldest are left to another visit.
const MOST_WAITING: usize = 1_000;
/// Contents that are remembered as settled in this session.
const MOST_SETTLED: usize = 50_000;
/// A smaller tile is made of a larger thumbnail as well, so none is stored for it.
pub(super) const LEAST_EDGE: u32 = 256;
/// A picture is worth a thumbnail from so many times its size on: of a small one, fetching it costs little more.
const WORTH: u64 = 4;

/// What waits to be stored in a session.
#[derive(Default)]
pub(super) struct Line {
    waiting: VecDeque<Offer>,
    /// Those who store.
    working: usize,
    /// What was offered before.
    settled: HashSet<String>,
    /// Where a thumbnail was refused.
    refused: HashSet<SpaceRef>,
}

/// A picture whose thumbnail lies in the cache of this computer.
struct Offer {
    space: SpaceRef,
    cached: CacheKey,
    edge: u32,
}

impl App {
    /// Has a thumbnail stored that lies in the cache, where the person wants that and nobody did it before.
    pub(in crate::pictures) fn offer_thumbnail(&self, session: &Arc<Session>, space: &SpaceRef, cached: CacheKey) {
        let edge = if cached.edge == FIRST { FIRST_EDGE } else { cached.edge };
        if edge < LEAST_EDGE || name::is_hidden(&cached.key) || !self.settings().transfers.store_thumbnails {
            return;
        }
        if !session.stores_thumbnails(space) || session.over.is_cancelled() {
            return;
        }
        let mut line = session.thumbnails.line();
        let file = file_of(&content_of(&cached.key, &cached.etag), edge);
        if line.refused.contains(space) || !line.settled.insert(format!("{} {file}", cached.scope)) {
            return;
        }
        if line.settled.len() >= MOST_SETTLED {
            line.settled.clear();
        }
        if line.waiting.len() >= MOST_WAITING {
            line.waiting.pop_front();
        }
        line.waiting.push_back(Offer { space: space.clone(), cached, edge });
        while line.working < AT_ONCE.min(line.waiting.len()) {
            line.working += 1;
            let (app, session) = (self.clone(), session.clone());
            self.background.tasks.spawn(async move {
                while let Some(offer) = next(&session) {
                    tokio::select! {
                        () = session.over.cancelled() => {}
                        () = app.store(&session, offer) => {}
                    }
                }
            });
        }
    }

    async fn store(&self, session: &Session, offer: Offer) {
        self.pictures.no_tile_waits().await;
        // It may have been switched off meanwhile.
        if !self.settings().transfers.store_thumbnails {
            return;
        }
        let Offer { space, cached, edge } = offer;
        let (shelf, content) = (shelf_of(folder_of(&cached.key)), content_of(&cached.key, &cached.etag));
        let known = |names: &mut super::known::Names| {
            names.beginning_with(&content).any(|file| name::edge_of(&content, file).is_some_and(|known| known >= edge))
        };
        if session.with_thumbnails(&space, &shelf, known).await {
            return;
        }
        let of = cached.clone();
        let Some(picture) = self.cached(cached).await.filter(is_storable) else { return };
        // Another computer then need not read the picture to know them.
        let attributes =
            self.known_of(of.clone()).await.map(|known| attributes_of_thumbnail(&known.facts)).unwrap_or_default();
        let full = format!("{ROOT}{shelf}{}", file_of(&content, edge));
        match put(session, &space, (&of.key, &of.etag), &full, picture, attributes).await {
            Ok(false) => {}
            Ok(true) => superseded(session, &space, &of.key, &file_of(&content, edge)).await,
            Err(error) => {
                tracing::info!(%error, "a thumbnail was not stored");
                if error.kind() == ErrorKind::AccessDenied {
                    let mut line = session.thumbnails.line();
                    line.waiting.retain(|waiting| waiting.space != space);
                    line.refused.insert(space);
                }
            }
        }
    }
}

fn next(session: &Session) -> Option<Offer> {
    let mut line = session.thumbnails.line();
    let next = line.waiting.pop_front().filter(|_| !session.over.is_cancelled());
    line.working -= usize::from(next.is_none());
    next
}

/// What shines through or moves is a larger file of another kind, and seldom a photo.
fn is_storable(picture: &Picture) -> bool {
    picture.content_type == "image/jpeg" && picture.bytes.len() as u64 <= MOST_BYTES
}

/// Stores one, unless the picture is small, or another by now: a thumbnail must not outlive what it shows.
async fn put(
    session: &Session,
    space: &SpaceRef,
    (key, etag): (&str, &str),
    full: &str,
    picture: Picture,
    attributes: Attributes,
) -> Result<bool, StorageError> {
    let Ok((storage, entered)) = session.files(space) else { return Ok(false) };
    let least = WORTH * picture.bytes.len() as u64;
    let there = storage.find(&entered, &Key::parse(key)?).await?;
    if there.is_none_or(|there| there.etag != etag || there.size < least) {
        return Ok(false);
    }
    let content_type = Some(picture.content_type.to_owned());
    let options = PutOptions { content_type, attributes, ..PutOptions::new(IfExists::Replace) };
    let body = Body::Bytes(picture.bytes.into());
    storage.put(&entered, &Key::parse(full)?, body, options, &Control::default()).await?;
    Ok(true)
}

/// Notes a thumbnail that was stored, and takes away what it is better than: smaller ones, and those of older contents.
async fn superseded(session: &Session, space: &SpaceRef, key: &str, stored: &str) {
    let (shelf, picture) = (shelf_of(folder_of(key)), picture_of(key));
    session.with_shelves(space, |shelves| shelves.add(shelf.clone())).await;
    let older = session.with_thumbnails(space, &shelf, |names| {
        let older: Vec<String> =
            names.beginning_with(&picture).filter(|file| *file != stored).map(str::to_owned).collect();
        older.iter().for_each(|file| names.remove(file));
        names.add(stored.to_owned());
        older
    });
    let older = older.await;
    if let Ok((storage, entered)) = session.files(space)
        && !older.is_empty()
    {
        let keys = older.iter().filter_map(|file| Key::parse(&format!("{ROOT}{shelf}{file}")).ok()).collect();
        storage.remove_many(&entered, keys).await;
    }
}
