//! The pace of everything that one session sends and fetches: how many bytes a second, and how many requests at once.

mod clock;
mod line;
mod turns;
mod width;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::oneshot;

use line::Line;
pub(crate) use turns::Lane;
use turns::{Turns, Waiting};
use width::Width;

pub use clock::{Clock, SystemClock};

/// What a request costs beside its bytes, so that small ones count too.
const A_REQUEST: u64 = 64 * 1024;

/// Where bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Up,
    Down,
    /// From place to place on the server: the line carries nothing, the server has the work.
    Across,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Across];
}

/// Bandwidth limits, and a number of requests at once that follows what the line and the server can do. Shared by all
/// storages of a session, see [`crate::Storage::with_pace`]; every setting holds for transfers that run already.
pub struct Pace {
    clock: Arc<dyn Clock>,
    up: Line,
    down: Line,
    moved: AtomicU64,
    lanes: AtomicU64,
    state: Mutex<State>,
}

struct State {
    turns: Turns,
    width: Width,
    measured: Instant,
    /// Requests that ended since.
    ended: usize,
}

/// Leave to have one request under way; given back when it is dropped.
pub(crate) struct Turn {
    pace: Arc<Pace>,
    lane: Lane,
}

impl Default for Pace {
    /// No limits, by the computer's clock.
    fn default() -> Self {
        Self::with_clock(Arc::new(SystemClock))
    }
}

impl Pace {
    /// By another clock.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        let state = State { turns: Turns::default(), width: Width::default(), measured: clock.now(), ended: 0 };
        Self {
            clock,
            up: Line::default(),
            down: Line::default(),
            moved: AtomicU64::new(0),
            lanes: AtomicU64::new(0),
            state: Mutex::new(state),
        }
    }

    /// Bytes a second that all uploads share; `None` for no limit. Below 8 KiB servers give up, so that is the least.
    pub fn set_upload_limit(&self, limit: Option<u64>) {
        self.up.set(limit);
    }

    /// Bytes a second that all downloads share; `None` for no limit, 8 KiB the least.
    pub fn set_download_limit(&self, limit: Option<u64>) {
        self.down.set(limit);
    }

    /// Requests at once at the most; how many there are below that is found by measuring.
    pub fn set_most_at_once(self: &Arc<Self>, most: usize) {
        self.lock().width.set_most(most);
        self.give_turns();
    }

    /// Requests at once that are good right now.
    pub fn at_once(&self) -> usize {
        self.lock().width.get()
    }

    /// Where a transfer's requests wait; one of a single request shares a lane with its like.
    pub(crate) fn lane(&self, way: Way, is_single: bool) -> Lane {
        let number = if is_single { 0 } else { self.lanes.fetch_add(1, Ordering::Relaxed) + 1 };
        Lane { way, number }
    }

    /// Waits for leave to send a request.
    pub(crate) async fn turn(self: &Arc<Self>, lane: Lane) -> Turn {
        let (waiting, turn) = oneshot::channel();
        self.line_up(lane, waiting);
        self.give_turns();
        // The other end is kept until it is given; were it lost, to wait for ever would be worse than to go.
        turn.await.unwrap_or_else(|_| Turn { pace: self.clone(), lane })
    }

    /// Waits until the limit lets these bytes go, and counts them.
    pub(crate) async fn go(&self, way: Way, bytes: u64) {
        self.moved.fetch_add(bytes, Ordering::Relaxed);
        match way {
            Way::Up => self.up.go(bytes, &*self.clock).await,
            Way::Down => self.down.go(bytes, &*self.clock).await,
            Way::Across => {}
        }
    }

    /// The most to send in one piece.
    pub(crate) fn piece(&self, usual: usize) -> usize {
        self.up.piece(usual)
    }

    /// The server asked for a pause, or did not answer in time.
    pub(crate) fn complained(&self) {
        let now = self.clock.now();
        let mut state = self.lock();
        state.width.complained(now);
        self.begin_window(&mut state, now);
    }

    fn line_up(&self, lane: Lane, waiting: Waiting) {
        let mut state = self.lock();
        if state.turns.is_idle() {
            self.begin_window(&mut state, self.clock.now());
        }
        state.turns.wait(lane, waiting);
    }

    fn end(self: &Arc<Self>, lane: Lane) {
        self.moved.fetch_add(A_REQUEST, Ordering::Relaxed);
        let now = self.clock.now();
        let mut state = self.lock();
        let time = now.saturating_duration_since(state.measured);
        state.ended += 1;
        if state.width.is_measure(state.ended, time) {
            let moved = self.begin_window(&mut state, now);
            // Without anybody waiting the width was not what held things up.
            if state.turns.wanted() {
                state.width.measured(moved as f64 / time.as_secs_f64(), now);
            }
        }
        state.turns.end(lane);
        drop(state);
        self.give_turns();
    }

    fn begin_window(&self, state: &mut State, now: Instant) -> u64 {
        (state.measured, state.ended) = (now, 0);
        self.moved.swap(0, Ordering::Relaxed)
    }

    fn give_turns(self: &Arc<Self>) {
        loop {
            let next = {
                let mut state = self.lock();
                let width = state.width.get();
                state.turns.next(width, |way| match way {
                    Way::Up => self.up.feeds(),
                    Way::Down => self.down.feeds(),
                    Way::Across => usize::MAX,
                })
            };
            let Some((lane, waiting)) = next else { return };
            // Nobody there any more: the turn comes back, is dropped, and goes to the next.
            drop(waiting.send(Turn { pace: self.clone(), lane }));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.pace.end(self.lane);
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pace").field("up", &self.up).field("down", &self.down).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
