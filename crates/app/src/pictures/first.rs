//! The first look at a picture: its beginning is fetched once, tells the facts, and shows what the camera made for its own
//! screen. Tiles and lookers share it.

use crate::app::App;
use crate::listing::{Known, is_raw};
use crate::pictures::serve::no_preview;
use crate::session::Session;
use crate::wire::{Failure, SpaceRef};
use amphora_storage::{Control, Key};
use amphora_thumbs::{CacheKey, FirstLook, Frame, HEAD_BYTES, Picture, Previews, first_look};
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The edge under which a first look is cached; no tile is asked for in it.
pub(super) const FIRST: u32 = 0;
/// The longest edge that is kept of it: a tile on a dense screen.
pub(super) const FIRST_EDGE: u32 = 512;
/// Beginnings that are remembered.
const MOST: usize = 20_000;

/// What the beginning of a content told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beginning {
    pub etag: String,
    /// Bytes of the whole.
    pub size: u64,
    /// How what lies inside stands.
    pub frame: Frame,
    /// Where larger previews lie.
    pub larger: Previews,
    /// What lies inside is all that can be shown of it.
    pub is_only_inside: bool,
}

/// The beginnings that were read in this session.
#[derive(Default)]
pub(super) struct Beginnings {
    read: Mutex<HashMap<CacheKey, Beginning>>,
    /// One reading of a picture at a time: who comes second finds what the first one read.
    under_way: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
}

impl Beginnings {
    pub(super) fn clear(&self) {
        self.read().clear();
    }

    fn read(&self) -> MutexGuard<'_, HashMap<CacheKey, Beginning>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn turn(&self, of: &CacheKey) -> Arc<tokio::sync::Mutex<()>> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("{}\n{}\n{}", of.scope, of.bucket, of.key);
        if let Some(turn) = under_way.get(&name).and_then(Weak::upgrade) {
            return turn;
        }
        under_way.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        under_way.insert(name, Arc::downgrade(&turn));
        turn
    }
}

impl App {
    /// Reads a picture's beginning, unless it was read before: what it told, and the picture that it shows, if any.
    ///
    /// # Errors
    /// The account may not read it, it is not there, or it is of a kind that has no picture.
    pub(super) async fn first_look(
        &self,
        session: &Arc<Session>,
        space: &SpaceRef,
        of: CacheKey,
    ) -> Result<(Beginning, Option<Picture>), Failure> {
        let turn = self.pictures.beginnings.turn(&of);
        let _mine = turn.lock().await;
        let before = self.pictures.beginnings.read().get(&of).cloned();
        if let Some(beginning) = before {
            return Ok((beginning, self.cached(of).await));
        }
        let (storage, entered) = session.files(space)?;
        let key = Key::parse(&of.key).map_err(|error| Failure::of_storage(&error))?;
        let head = storage.get(&entered, &key, Some(0..HEAD_BYTES), &Control::default()).await;
        let head = head.map_err(|error| Failure::of_storage(&error))?;
        let of = CacheKey { etag: head.etag.clone(), ..of };
        let is_raw = is_raw(&of.key);
        let (look, picture) = self.shown(head.bytes, head.size, is_raw).await;
        let known = Known {
            etag: head.etag.clone().into(),
            facts: look.facts,
            first_look: picture.as_ref().map_or(0, |picture| picture.width.max(picture.height)),
        };
        if let Some(picture) = &picture {
            self.keep(of.clone(), picture.clone()).await;
        }
        self.learned(session, space, &of.key, known).await;
        let FirstLook { frame, larger, kind, .. } = look;
        let name = of.key.rsplit('/').next().unwrap_or(&of.key);
        // A kind without a decoder is known by its first bytes: the rest is not fetched to find out.
        let never_shown = kind.never_shown();
        // What a raw file's first directory shows, where that is a picture, is a stamp.
        let is_only_inside = never_shown.is_some() || is_raw;
        let beginning = Beginning { etag: head.etag, size: head.size, frame, larger, is_only_inside };
        if let Some(reason) = never_shown.filter(|_| picture.is_none() && beginning.larger.is_empty()) {
            let failure = no_preview(name, &reason);
            self.pictures.refuse(of, &failure);
            return Err(failure);
        }
        let mut read = self.pictures.beginnings.read();
        if read.len() >= MOST {
            read.clear();
        }
        read.insert(of, beginning.clone());
        Ok((beginning, picture))
    }

    /// What a beginning shows: the picture inside, or the whole one where the beginning is all of it, and no raw file's.
    async fn shown(&self, head: Bytes, size: u64, is_raw: bool) -> (FirstLook, Option<Picture>) {
        let asked = head.clone();
        let look = tokio::task::spawn_blocking(move || first_look(&asked)).await;
        let look = look.unwrap_or_else(|_| first_look(b""));
        let picture = match &look.inside {
            _ if !is_raw && head.len() as u64 >= size && look.kind.never_shown().is_none() => {
                self.pictures.decoder.thumbnail(head, FIRST_EDGE).await.ok()
            }
            Some(inside) => self.pictures.decoder.embedded(inside.clone(), look.frame.clone(), FIRST_EDGE).await.ok(),
            None => None,
        };
        (look, picture)
    }
}
