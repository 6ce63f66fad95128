//! Pictures for the window: thumbnails and larger copies, and what their files say of them.

mod facts_index;
mod first;
mod inside;
mod learn;
mod local;
mod look;
mod own;
mod request;
mod serve;
mod shot;
mod stored;
mod text;
mod told;
mod turns;
mod waiting;

pub(crate) use facts_index::Shelf;
pub(crate) use learn::remember;
pub use local::LocalPictureRequest;
pub(crate) use own::Own;
pub use request::{PictureRequest, Served};
pub(crate) use stored::{Gone, StoredThumbnails, is_hidden};
pub(crate) use told::attributes_of;

use crate::wire::Failure;
use amphora_thumbs::{Cache, CacheKey, Decoder};
use facts_index::FactsIndex;
use first::Beginnings;
use look::Looks;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use turns::Turns;
use waiting::Waiting;

/// Disk that cached pictures may take.
const CACHE_BYTES: u64 = 512 << 20;
/// Contents without a picture that are remembered.
const MOST_REFUSED: usize = 10_000;
/// Pictures fetched at the same time.
const FETCHES: usize = 6;

/// What serves pictures.
pub struct Pictures {
    cache: Option<Arc<Cache>>,
    decoder: Decoder,
    turns: Turns,
    /// Tiles that are fetched or wait for it.
    tiles: watch::Sender<usize>,
    /// Contents that have no picture, with the reason: they are not fetched again to find out.
    refused: Mutex<HashMap<CacheKey, Failure>>,
    facts: Arc<FactsIndex>,
    looks: Looks,
    beginnings: Beginnings,
    waiting: Waiting,
}

impl Pictures {
    /// Opens the cache and the index; a disk that refuses means no cache, not no pictures.
    pub(crate) fn open(folder: &Path) -> Self {
        let cache = Cache::open(folder, CACHE_BYTES)
            .inspect_err(|error| tracing::warn!(%error, "pictures are not cached"))
            .ok();
        Self {
            cache: cache.map(Arc::new),
            decoder: Decoder::new(),
            turns: Turns::new(FETCHES),
            tiles: watch::Sender::new(0),
            refused: Mutex::default(),
            facts: Arc::new(FactsIndex::open(&folder.with_extension("sqlite"))),
            looks: Looks::default(),
            beginnings: Beginnings::default(),
            waiting: Waiting::default(),
        }
    }

    /// Takes a scope's pictures off the disk, and what is known of them: whoever sits here next finds none of it.
    pub(crate) async fn forget(&self, scopes: Vec<String>) {
        self.refused().clear();
        self.beginnings.clear();
        let (cache, facts) = (self.cache.clone(), self.facts.clone());
        let forget = move || {
            let facts = facts.forget(&scopes).is_ok();
            let cache = cache.is_none_or(|cache| scopes.iter().all(|scope| cache.forget_scope(scope).is_ok()));
            facts && cache
        };
        if !tokio::task::spawn_blocking(forget).await.unwrap_or(false) {
            tracing::warn!("cached pictures of the person who signed out are still on this disk");
        }
    }

    /// Counts a tile for as long as what this returns lives.
    fn tile_waits(&self) -> TileWaits<'_> {
        self.tiles.send_modify(|tiles| *tiles += 1);
        TileWaits(&self.tiles)
    }

    /// Returns when somebody who is in no hurry may have the line.
    async fn no_tile_waits(&self) {
        // Fails only when the sender is gone, and we hold it.
        let _ = self.tiles.subscribe().wait_for(|tiles| *tiles == 0).await;
    }

    fn refused(&self) -> MutexGuard<'_, HashMap<CacheKey, Failure>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps why a content has no picture of a size.
    fn refuse(&self, key: CacheKey, failure: &Failure) {
        let mut refused = self.refused();
        if refused.len() >= MOST_REFUSED {
            refused.clear();
        }
        refused.insert(key, failure.clone());
    }
}

/// A tile that somebody waits for.
struct TileWaits<'a>(&'a watch::Sender<usize>);

impl Drop for TileWaits<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|tiles| *tiles -= 1);
    }
}
