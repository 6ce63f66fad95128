//! Looks at pictures, by what is stored beside them or else by their beginnings: a few at a time, the nearest to the view first.

use super::first::FIRST;
use crate::app::App;
use crate::listing::Unseen;
use crate::session::Session;
use crate::wire::{Id, SpaceRef};
use amphora_thumbs::CacheKey;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Pictures that are looked at side by side, beside the tiles that are fetched.
const AT_ONCE: usize = 4;

/// What waits to be looked at.
#[derive(Default)]
pub(super) struct Looks {
    line: Mutex<Line>,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Wanted>,
    /// Lookers at work.
    working: usize,
}

/// Why a picture is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Near {
    /// It is in view, or was.
    View,
    /// Whether it is shown depends on it.
    Filter,
}

struct Wanted {
    session: Arc<Session>,
    listing: Id,
    near: Near,
    space: SpaceRef,
    picture: Unseen,
}

impl Looks {
    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Puts pictures of a listing in the line, in place of what it had there before: they are what is near the view now.
    pub(super) fn look_at(&self, session: &Arc<Session>, space: &SpaceRef, listing: Id, pictures: Vec<Unseen>) {
        let mut line = self.pictures.looks.lock();
        let put_off = |wanted: &Wanted| wanted.listing == listing && wanted.near == Near::View;
        line.waiting.retain(|wanted| !put_off(wanted) && !wanted.session.over.is_cancelled());
        for picture in pictures.into_iter().rev() {
            let (session, space) = (session.clone(), space.clone());
            line.waiting.push_front(Wanted { session, listing, near: Near::View, space, picture });
        }
        self.set_to_work(&mut line);
    }

    /// Looks, behind everything else, at what views leave out only because nobody knows yet when it was taken.
    pub(crate) fn look_at_awaited(&self) {
        let Some(session) = self.session_if_any() else { return };
        for (listing, space, pictures) in self.listings.take_awaited() {
            let mut line = self.pictures.looks.lock();
            // Each is asked about once: what waits goes on waiting, but for other contents of the same files.
            let anew: HashSet<&str> = pictures.iter().map(|picture| picture.key.as_str()).collect();
            let is_behind = |wanted: &Wanted| wanted.listing == listing && wanted.near == Near::Filter;
            line.waiting.retain(|wanted| !is_behind(wanted) || !anew.contains(wanted.picture.key.as_str()));
            for picture in pictures {
                let (session, space) = (session.clone(), space.clone());
                line.waiting.push_back(Wanted { session, listing, near: Near::Filter, space, picture });
            }
            self.set_to_work(&mut line);
        }
    }

    /// What a listing wanted to know of pictures is wanted no more.
    pub(crate) fn stop_looking(&self, listing: Id) {
        self.pictures.looks.lock().waiting.retain(|wanted| wanted.listing != listing);
    }

    fn set_to_work(&self, line: &mut Line) {
        while line.working < AT_ONCE.min(line.waiting.len()) {
            line.working += 1;
            let app = self.clone();
            self.background.tasks.spawn(async move {
                while let Some(wanted) = app.next_to_look_at() {
                    tokio::select! {
                        () = wanted.session.over.cancelled() => {}
                        () = app.look(&wanted) => {}
                    }
                }
            });
        }
    }

    fn next_to_look_at(&self) -> Option<Wanted> {
        let mut line = self.pictures.looks.lock();
        let next = line.waiting.pop_front();
        line.working -= usize::from(next.is_none());
        next
    }

    async fn look(&self, wanted: &Wanted) {
        let Wanted { session, space, picture, .. } = wanted;
        let Ok(shelf) = session.shelf(space) else { return };
        let (key, etag) = (picture.key.clone(), picture.etag.clone());
        let of = CacheKey { scope: shelf.scope, bucket: shelf.bucket, key, etag, edge: FIRST };
        if self.stored_look(session, space, &of).await {
            return;
        }
        if let Err(failure) = self.first_look(session, space, of).await {
            // It stays unseen, and is tried again when it is near the view the next time.
            tracing::info!(%failure, "a picture was not looked at");
        }
    }
}
