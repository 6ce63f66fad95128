//! Looks at the beginnings of pictures: a few at a time, the nearest to the view first.

use crate::app::App;
use crate::listing::{Known, Unseen};
use crate::session::Session;
use crate::wire::{Failure, Id, SpaceRef};
use amphora_storage::{Control, Key};
use amphora_thumbs::{HEAD_BYTES, facts};
use std::collections::VecDeque;
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

struct Wanted {
    session: Arc<Session>,
    listing: Id,
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
        line.waiting.retain(|wanted| wanted.listing != listing && !wanted.session.over.is_cancelled());
        for picture in pictures.into_iter().rev() {
            line.waiting.push_front(Wanted { session: session.clone(), listing, space: space.clone(), picture });
        }
        while line.working < AT_ONCE.min(line.waiting.len()) {
            line.working += 1;
            let app = self.clone();
            tokio::spawn(async move {
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
        match looked(session, space, picture).await {
            Ok(known) => self.learned(session, space, &picture.key, known).await,
            // It stays unseen, and is tried again when it is near the view the next time.
            Err(failure) => tracing::info!(%failure, "a picture was not looked at"),
        }
    }
}

async fn looked(session: &Session, space: &SpaceRef, picture: &Unseen) -> Result<Known, Failure> {
    let (storage, space) = session.files(space)?;
    let key = Key::parse(&picture.key).map_err(|error| Failure::of_storage(&error))?;
    let range = Some(0..HEAD_BYTES.min(picture.size.max(1)));
    let head = storage.get(&space, &key, range, &Control::default()).await;
    let head = head.map_err(|error| Failure::of_storage(&error))?;
    Ok(Known { etag: head.etag.into(), facts: facts(&head.bytes), first_look: 0 })
}
