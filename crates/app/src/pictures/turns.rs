//! Who fetches next: of the tiles that wait for their turn, the one that the page wants most, which is the nearest to its view.
//! Does no I/O.

use super::request::{PictureRequest, What};
use crate::app::App;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Tiles whose place the page may name at once; it waits for no more.
const MOST: usize = 1_000;
/// A tile that may not be among the nearest waits so long for those, even if a turn is free: the page tells the order of a new
/// view, and asks for the rest of it, a few milliseconds after its first request.
const GATHERING: Duration = Duration::from_millis(20);

/// So many fetch at the same time; the others wait, and are let in by their order.
pub(super) struct Turns(Arc<Mutex<Line>>);

/// The right to fetch, for as long as it lives.
pub(super) struct Turn(Arc<Mutex<Line>>);

struct Line {
    at_once: usize,
    free: usize,
    /// In the order in which they came. Nobody waits for long while a turn is free.
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
        let line = Line { at_once, free: at_once, waiting: Vec::new(), order: HashMap::new() };
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
        let mut comes = {
            let mut line = lock(&self.0);
            if line.free > 0 && line.is_among_the_nearest(tile.as_ref()) {
                line.free -= 1;
                return Turn(self.0.clone());
            }
            let (turn, comes) = oneshot::channel();
            line.waiting.push(Waiter { tile, turn });
            comes
        };
        let turn = tokio::select! {
            // Who has a turn holds it, and does not look at the others first.
            biased;
            turn = &mut comes => turn,
            () = tokio::time::sleep(GATHERING) => {
                self.let_in(|_, _| true);
                comes.await
            }
        };
        turn.expect("a waiter leaves the line only with a turn")
    }

    /// Gives the turns that are free to those that wait, as long as the next of them may start.
    fn let_in(&self, may_start: impl Fn(&Line, &Waiter) -> bool) {
        loop {
            let next = {
                let mut line = lock(&self.0);
                let next = if line.free > 0 { line.next_if(&may_start) } else { None };
                line.free -= usize::from(next.is_some());
                next
            };
            let Some(Waiter { turn, .. }) = next else { return };
            // Who gave up in this moment drops the turn, which goes on to the next.
            let _given_up = turn.send(Turn(self.0.clone()));
        }
    }

    /// These are wanted, the first most of all; what was told before counts no more.
    fn order(&self, tiles: impl Iterator<Item = PictureRequest>) {
        lock(&self.0).order = tiles.take(MOST).enumerate().map(|(at, tile)| (tile, at)).collect();
        self.let_in(|line, waiter| line.is_among_the_nearest(waiter.tile.as_ref()));
    }
}

impl Line {
    /// It has no nearer one to wait for: it is no tile, or one of the nearest, of as many as fetch at once.
    fn is_among_the_nearest(&self, tile: Option<&PictureRequest>) -> bool {
        tile.is_none_or(|tile| self.order.get(tile).is_some_and(|at| *at < self.at_once))
    }

    fn next(&mut self) -> Option<Waiter> {
        self.next_if(|_, _| true)
    }

    /// The next one, if it may start.
    fn next_if(&mut self, may_start: impl Fn(&Self, &Waiter) -> bool) -> Option<Waiter> {
        self.waiting.retain(|waiter| !waiter.turn.is_closed());
        let rank = |(_, waiter): &(usize, &Waiter)| {
            // A tile that was not named is on show to nobody that told it, or came a moment ago from beyond the view.
            waiter.tile.as_ref().map(|tile| self.order.get(tile).copied().unwrap_or(usize::MAX))
        };
        // Of equal ones the first that came; no tile goes before all tiles.
        let (at, waiter) = self.waiting.iter().enumerate().min_by_key(rank)?;
        may_start(self, waiter).then(|| self.waiting.remove(at))
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
    use std::time::Instant;

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
    async fn the_first_of_a_view_start_by_an_order_that_is_told_right_behind_them() {
        let turns = Turns::new(2);
        let started = Mutex::new(Vec::new());
        let take = async |name: &'static str| {
            let turn = turns.take_for(&tile(name)).await;
            started.lock().unwrap().push(name);
            // So that the others come behind it.
            tokio::time::sleep(GATHERING).await;
            drop(turn);
        };
        let tell = async || turns.order(["nearest", "near", "far", "above"].map(tile).into_iter());
        tokio::join!(take("above"), take("far"), tell(), take("near"), take("nearest"));
        let mut started = started.into_inner().unwrap();
        assert_eq!(started.len(), 4, "all of them had their turn");
        started[..2].sort_unstable();
        assert_eq!(started[..2], ["near", "nearest"]);
    }

    #[tokio::test]
    async fn a_tile_waits_for_the_order_alone_and_not_for_long() {
        let turns = Turns::new(3);
        let (near, nearest) = (tile("near"), tile("nearest"));
        let mut early = Box::pin(turns.take_for(&near));
        assert!(futures::poll!(&mut early).is_pending(), "nobody knows yet which is the nearest");
        turns.order(["nearest", "near", "far", "farthest"].map(tile).into_iter());
        assert!(futures::poll!(&mut early).is_ready(), "it is one of the nearest");
        assert!(futures::poll!(Box::pin(turns.take_for(&nearest))).is_ready(), "as is known by now");
        assert!(futures::poll!(Box::pin(turns.take())).is_ready(), "what a person opened never waits for it");
        let began = Instant::now();
        let _turn = turns.take_for(&tile("unnamed")).await;
        assert!(began.elapsed() >= GATHERING, "the nearest could still have come");
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
