//! Who fetches next: of the tiles that wait for their turn, the one that the page wants most, which is the nearest to its view.
//! Does no I/O.

use super::request::{PictureRequest, What};
use crate::app::App;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Tiles whose place the page may name at once; it waits for no more.
const MOST: usize = 1_000;

/// So many fetch at the same time; the others wait, and are let in by their order.
pub(super) struct Turns(Arc<Mutex<Line>>);

/// The right to fetch, for as long as it lives.
pub(super) struct Turn(Arc<Mutex<Line>>);

struct Line {
    free: usize,
    /// In the order in which they came. Nobody waits while a turn is free.
    waiting: Vec<Waiter>,
    /// Where the page named each tile: the nearest to its view is the first.
    order: HashMap<PictureRequest, usize>,
}

struct Waiter {
    /// None: no tile, but what a person opened.
    tile: Option<PictureRequest>,
    turn: oneshot::Sender<Turn>,
}

impl Turns {
    pub(super) fn new(at_once: usize) -> Self {
        let line = Line { free: at_once, waiting: Vec::new(), order: HashMap::new() };
        Self(Arc::new(Mutex::new(line)))
    }

    /// Waits for a turn, before all tiles: a person opened something.
    pub(super) async fn take(&self) -> Turn {
        self.wait(None).await
    }

    /// Waits for the turn of a request: a tile's comes by the order that the page last told.
    pub(super) async fn take_for(&self, request: &PictureRequest) -> Turn {
        self.wait((request.what == What::Thumb).then(|| request.clone())).await
    }

    async fn wait(&self, tile: Option<PictureRequest>) -> Turn {
        let turn = {
            let mut line = lock(&self.0);
            if line.free > 0 {
                line.free -= 1;
                return Turn(self.0.clone());
            }
            let (turn, comes) = oneshot::channel();
            line.waiting.push(Waiter { tile, turn });
            comes
        };
        turn.await.expect("a waiter leaves the line only with a turn")
    }

    /// These are wanted, the first most of all; what was told before counts no more.
    fn order(&self, tiles: impl Iterator<Item = PictureRequest>) {
        let mut line = lock(&self.0);
        line.order = tiles.take(MOST).enumerate().map(|(at, tile)| (tile, at)).collect();
    }
}

impl Line {
    fn next(&mut self) -> Option<Waiter> {
        self.waiting.retain(|waiter| !waiter.turn.is_closed());
        let rank = |(_, waiter): &(usize, &Waiter)| {
            // A tile that was not named is on show to nobody that told it, or came a moment ago from beyond the view.
            waiter.tile.as_ref().map(|tile| self.order.get(tile).copied().unwrap_or(usize::MAX))
        };
        // Of equal ones the first that came; no tile goes before all tiles.
        let (at, _) = self.waiting.iter().enumerate().min_by_key(rank)?;
        Some(self.waiting.remove(at))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = {
            let mut line = lock(&self.0);
            let next = line.next();
            line.free += usize::from(next.is_none());
            next
        };
        if let Some(Waiter { turn, .. }) = next {
            // Who gave up in this moment drops the turn, which goes on to the next.
            let _given_up = turn.send(Turn(self.0.clone()));
        }
    }
}

fn lock(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// The page waits for these tiles, named by path and query of their addresses, the nearest to its view first.
    pub fn order_pictures(&self, addresses: &[String]) {
        let parsed = addresses.iter().filter_map(|address| {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            PictureRequest::parse(path, query)
        });
        self.pictures.turns.order(parsed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Poll;

    fn tile(name: &str) -> PictureRequest {
        PictureRequest::parse(&format!("/thumb/public/-/{name}.jpg"), "size=256&v=1").unwrap()
    }

    /// Has these wait in this order, and tells in which they get their turns, one after the other.
    async fn served(turns: &Turns, asked: &[PictureRequest], meanwhile: impl FnOnce()) -> Vec<String> {
        let only = turns.take().await;
        let mut waiting: Vec<_> =
            asked.iter().map(|request| (request.key.clone(), Box::pin(turns.take_for(request)))).collect();
        for (_, turn) in &mut waiting {
            assert!(futures::poll!(turn).is_pending(), "somebody else fetches");
        }
        meanwhile();
        drop(only);
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let before = order.len();
            for at in 0..waiting.len() {
                // The turn ends at once, and goes to the next.
                let polled = futures::poll!(&mut waiting[at].1);
                if let Poll::Ready(turn) = polled {
                    order.push(waiting.remove(at).0);
                    drop(turn);
                    break;
                }
            }
            assert!(order.len() > before, "nobody has the turn: {order:?}");
        }
        order
    }

    #[tokio::test]
    async fn the_nearest_to_the_view_comes_first_whenever_it_was_asked_for() {
        let turns = Turns::new(1);
        let asked = ["far", "near", "nearest", "unnamed", "farthest"].map(tile);
        let order = || turns.order(["nearest", "gone", "near", "far", "farthest"].map(tile).into_iter());
        let order = served(&turns, &asked, order).await;
        assert_eq!(order, ["nearest.jpg", "near.jpg", "far.jpg", "farthest.jpg", "unnamed.jpg"]);
    }

    #[tokio::test]
    async fn the_order_that_was_told_last_counts() {
        let turns = Turns::new(1);
        turns.order(["a", "b", "c"].map(tile).into_iter());
        let scrolled = || turns.order(["c", "b", "a"].map(tile).into_iter());
        let order = served(&turns, &["a", "b", "c"].map(tile), scrolled).await;
        assert_eq!(order, ["c.jpg", "b.jpg", "a.jpg"]);
    }

    #[tokio::test]
    async fn what_was_opened_comes_before_all_tiles_and_equals_as_they_came() {
        let turns = Turns::new(1);
        let opened = PictureRequest::parse("/picture/public/-/opened.jpg", "v=1").unwrap();
        let asked = [tile("first"), tile("second"), opened];
        assert_eq!(served(&turns, &asked, || ()).await, ["opened.jpg", "first.jpg", "second.jpg"]);
    }

    #[tokio::test]
    async fn who_gave_up_keeps_nobody_waiting_and_takes_no_turn_along() {
        let turns = Turns::new(2);
        let (one, other) = (turns.take().await, turns.take().await);
        let (gone, late, stays) = (tile("gone"), tile("late"), tile("stays"));
        let mut left = Box::pin(turns.take_for(&gone));
        let mut had = Box::pin(turns.take_for(&late));
        let mut waits = Box::pin(turns.take_for(&stays));
        assert!(futures::poll!(&mut left).is_pending() && futures::poll!(&mut had).is_pending());
        assert!(futures::poll!(&mut waits).is_pending());
        drop(left);
        drop(one);
        // It was given the turn, and is gone before it looks.
        drop(had);
        assert!(futures::poll!(&mut waits).is_ready(), "both turns of those who left came on");
        drop(other);
        let _all = (turns.take().await, turns.take().await);
        assert!(futures::poll!(Box::pin(turns.take())).is_pending(), "there are two turns, as at first");
    }
}
