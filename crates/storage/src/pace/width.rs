//! How many requests go on at once: more while more bytes move for it, half as many when the server asks for a pause.
//! Knows no clock and no request.

use std::time::{Duration, Instant};

/// What goes on at once before anything was measured.
const FIRST: usize = 8;
/// What goes on at once at the most, unless it is set.
pub(super) const MOST: usize = 64;
/// How long is measured before it is decided whether to do more at once.
const WINDOW: Duration = Duration::from_millis(500);
/// Less is enough where so many requests end, in rounds of as many as go on at once, that one more or less is nothing.
const BRIEFLY: Duration = Duration::from_millis(100);
const ROUNDS: usize = 8;
/// A step is worth it when it moves so much more.
const WORTH: f64 = 1.05;
/// After a step that was not worth it, and after one back, the line is given this long before the next try.
const HOLD: Duration = Duration::from_secs(10);
/// One complaint of the server reaches us by many requests at once.
const ONE_COMPLAINT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Width {
    now: usize,
    most: usize,
    phase: Phase,
    /// Nothing was in vain yet: steps are long.
    brisk: bool,
    complained: Option<Instant>,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Not grown yet.
    First,
    /// Grown from so many, which moved so much. One measurement may be off: it is in vain when a second says so too.
    Trying { from: usize, moved: f64, in_vain: bool },
    /// As it is, until then.
    Holding { until: Instant },
}

impl Default for Width {
    fn default() -> Self {
        Self { now: FIRST, most: MOST, phase: Phase::First, brisk: true, complained: None }
    }
}

impl Width {
    pub fn get(&self) -> usize {
        self.now
    }

    /// Whether so many requests that ended within so much time tell how much moves.
    pub fn is_measure(&self, requests: usize, time: Duration) -> bool {
        time >= WINDOW || time >= BRIEFLY && requests >= self.now * ROUNDS
    }

    pub fn set_most(&mut self, most: usize) {
        self.most = most.max(1);
        self.now = self.now.min(self.most);
    }

    /// For a while this much a second moved, and more requests waited for their turn all the time.
    pub fn measured(&mut self, moved: f64, now: Instant) {
        match self.phase {
            Phase::First => self.grow(moved, now),
            Phase::Trying { moved: before, .. } if moved > before * WORTH => self.grow(moved, now),
            Phase::Trying { from, moved, in_vain: false } => self.phase = Phase::Trying { from, moved, in_vain: true },
            Phase::Trying { from, .. } => {
                self.now = from.min(self.most);
                self.brisk = false;
                self.phase = Phase::Holding { until: now + HOLD };
            }
            Phase::Holding { until } if now >= until => self.grow(moved, now),
            Phase::Holding { .. } => {}
        }
    }

    /// The server asked for a pause, or did not answer in time.
    pub fn complained(&mut self, now: Instant) {
        if self.complained.is_some_and(|last| now.saturating_duration_since(last) < ONE_COMPLAINT) {
            return;
        }
        self.complained = Some(now);
        self.now = (self.now / 2).max(1);
        self.brisk = false;
        self.phase = Phase::Holding { until: now + HOLD };
    }

    fn grow(&mut self, moved: f64, now: Instant) {
        let step = if self.brisk { self.now / 2 } else { self.now / 8 };
        let wider = (self.now + step.max(1)).min(self.most);
        self.phase = if wider == self.now {
            Phase::Holding { until: now + HOLD }
        } else {
            Phase::Trying { from: self.now, moved, in_vain: false }
        };
        self.now = wider;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A line on which so many requests at once are the best, and each of them moves one.
    fn run(width: &mut Width, best: usize, windows: u32, now: &mut Instant) {
        for _ in 0..windows {
            *now += Duration::from_millis(500);
            width.measured(width.get().min(best) as f64, *now);
        }
    }

    #[test]
    fn it_grows_while_more_moves_and_stays_where_no_more_does() {
        let (mut width, mut now) = (Width::default(), Instant::now());
        run(&mut width, 30, 15, &mut now);
        assert!((27..=45).contains(&width.get()), "{}", width.get());
        run(&mut width, 30, 1000, &mut now);
        assert!((27..=45).contains(&width.get()), "{}", width.get());
    }

    #[test]
    fn a_line_that_one_request_fills_is_left_as_it_is() {
        let (mut width, mut now) = (Width::default(), Instant::now());
        run(&mut width, 1, 5, &mut now);
        assert_eq!(width.get(), FIRST);
    }

    #[test]
    fn a_complaint_halves_it_once_and_only_time_lets_it_grow_again() {
        let (mut width, mut now) = (Width::default(), Instant::now());
        for _ in 0..20 {
            width.complained(now);
        }
        assert_eq!(width.get(), FIRST / 2, "a burst is one complaint");
        run(&mut width, 64, 10, &mut now);
        assert_eq!(width.get(), FIRST / 2, "it holds");
        run(&mut width, 64, 60, &mut now);
        assert!(width.get() > FIRST, "it comes back");
        for _ in 0..10 {
            now += Duration::from_secs(2);
            width.complained(now);
        }
        assert_eq!(width.get(), 1, "never none");
    }

    #[test]
    fn little_time_is_enough_where_many_requests_end() {
        let width = Width::default();
        assert!(width.is_measure(FIRST * ROUNDS, BRIEFLY));
        assert!(!width.is_measure(FIRST * ROUNDS - 1, BRIEFLY), "a few more or less would tell");
        assert!(!width.is_measure(FIRST * ROUNDS, BRIEFLY / 2));
        assert!(width.is_measure(1, WINDOW));
    }

    #[test]
    fn one_measurement_that_is_off_takes_nothing_back() {
        let (mut width, now) = (Width::default(), Instant::now());
        width.measured(100.0, now);
        let wider = width.get();
        width.measured(90.0, now);
        assert_eq!(width.get(), wider);
        width.measured(150.0, now);
        assert!(width.get() > wider, "it was worth it after all");
        let from = width.get();
        width.measured(150.0, now);
        width.measured(150.0, now);
        assert!(width.get() < from, "two say that it was in vain");
    }

    #[test]
    fn the_most_that_is_set_holds_at_once() {
        let (mut width, mut now) = (Width::default(), Instant::now());
        width.set_most(3);
        assert_eq!(width.get(), 3);
        run(&mut width, 64, 100, &mut now);
        assert_eq!(width.get(), 3);
        width.set_most(0);
        assert_eq!(width.get(), 1);
    }

    proptest! {
        #[test]
        fn it_is_never_none_and_never_above_the_most(
            most in 0usize..200,
            what in prop::collection::vec((0u8..3, 0.0f64..1e9, 0u64..20_000), 0..300),
        ) {
            let (mut width, mut now) = (Width::default(), Instant::now());
            for (what, moved, later) in what {
                now += Duration::from_millis(later);
                match what {
                    0 => width.complained(now),
                    1 => width.set_most(most),
                    _ => width.measured(moved, now),
                }
                prop_assert!(width.get() >= 1 && width.get() <= MOST.max(most));
            }
            width.set_most(most);
            prop_assert!(width.get() <= most.max(1));
        }
    }
}
