//! Whose turn it is: requests wait in lanes, one for each large transfer and one for all small ones of a direction, and the
//! lane with the fewest under way goes next. So a large file never waits for ten thousand small ones, nor they for it.

use std::collections::{BTreeMap, VecDeque};

use tokio::sync::oneshot;

use super::{Turn, Way};

/// Where the requests of a transfer wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lane {
    pub(super) way: Way,
    /// 0: all small transfers of this direction.
    pub(super) number: u64,
}

/// What waits for its turn gets it by this.
pub(super) type Waiting = oneshot::Sender<Turn>;

#[derive(Default)]
pub(super) struct Turns {
    lanes: BTreeMap<Lane, Queue>,
    under_way: usize,
    arrivals: u64,
}

#[derive(Default)]
struct Queue {
    under_way: usize,
    waiting: VecDeque<(u64, Waiting)>,
}

impl Turns {
    pub fn wait(&mut self, lane: Lane, waiting: Waiting) {
        self.arrivals += 1;
        self.lanes.entry(lane).or_default().waiting.push_back((self.arrivals, waiting));
    }

    pub fn end(&mut self, lane: Lane) {
        self.under_way = self.under_way.saturating_sub(1);
        if let Some(queue) = self.lanes.get_mut(&lane) {
            queue.under_way = queue.under_way.saturating_sub(1);
            if queue.under_way == 0 && queue.waiting.is_empty() {
                self.lanes.remove(&lane);
            }
        }
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.under_way == 0
    }

    /// Whether somebody waits.
    pub fn wanted(&mut self) -> bool {
        self.lanes.values().any(|queue| queue.waiting.iter().any(|(_, waiting)| !waiting.is_closed()))
    }

    /// Who goes next, if `width` leaves room; `feeds` tells how many of a direction its limit feeds.
    pub fn next(&mut self, width: usize, feeds: impl Fn(Way) -> usize) -> Option<(Lane, Waiting)> {
        if self.under_way >= width {
            return None;
        }
        for queue in self.lanes.values_mut() {
            // Stopped while it waited.
            while queue.waiting.front().is_some_and(|(_, waiting)| waiting.is_closed()) {
                queue.waiting.pop_front();
            }
        }
        self.lanes.retain(|_, queue| queue.under_way > 0 || !queue.waiting.is_empty());
        let going = |way| self.lanes.iter().filter(|(lane, _)| lane.way == way).map(|(_, queue)| queue.under_way).sum();
        let room = Way::ALL.map(|way| (way, Some::<usize>(going(way)).is_some_and(|going| going < feeds(way))));
        let has_room = |way| room.iter().any(|(of, room)| *of == way && *room);
        let waiting = self.lanes.iter().filter_map(|(lane, queue)| {
            let (arrival, _) = queue.waiting.front()?;
            has_room(lane.way).then_some((queue.under_way, *arrival, *lane))
        });
        let (_, _, lane) = waiting.min()?;
        let queue = self.lanes.get_mut(&lane)?;
        let (_, waiting) = queue.waiting.pop_front()?;
        queue.under_way += 1;
        self.under_way += 1;
        Some((lane, waiting))
    }
}
