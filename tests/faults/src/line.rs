//! The line that all connections share: cut or whole, fast or slow.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// What holds for every connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub cut: bool,
    /// Bytes a second, up and down each.
    pub rate: Option<u64>,
    /// A connection on which nothing moves for so long is reset, as servers do.
    pub patience: Option<Duration>,
    /// How often what is held was released.
    pub released: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Direction {
    Up,
    Down,
}

#[derive(Debug)]
pub(crate) struct Line {
    state: watch::Sender<State>,
    /// Until when it is taken, up and down.
    taken: Mutex<[Option<Instant>; 2]>,
}

impl Default for Line {
    fn default() -> Self {
        Self { state: watch::Sender::new(State::default()), taken: Mutex::default() }
    }
}

impl Line {
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        self.state.send_modify(change);
    }

    pub fn state(&self) -> State {
        *self.state.borrow()
    }

    /// Waits until it is cut.
    pub async fn is_cut(&self) {
        let mut state = self.state.subscribe();
        // The sender lives as long as this line.
        let _ = state.wait_for(|state| state.cut).await;
    }

    /// Waits until what is held now is released.
    pub async fn is_released(&self) {
        let (mut state, before) = (self.state.subscribe(), self.state().released);
        let _ = state.wait_for(|state| state.released > before).await;
    }

    /// How many bytes may pass in one go: about a twentieth of a second's worth.
    pub fn piece(&self) -> usize {
        let Some(rate) = self.state().rate else { return usize::MAX };
        usize::try_from(rate / 20).unwrap_or(usize::MAX).max(64)
    }

    /// Takes the line for so many bytes, and waits until they are through. A line that gets faster lets them go at once.
    pub async fn pass(&self, bytes: usize, direction: Direction) {
        let Some(rate) = self.state().rate else { return };
        let end = self.take(bytes, rate, direction, Instant::now());
        let mut state = self.state.subscribe();
        let faster = state.wait_for(|state| state.rate.is_none_or(|now| now > rate));
        tokio::select! {
            () = tokio::time::sleep_until(end) => {}
            _ = faster => self.free(),
        }
    }

    fn take(&self, bytes: usize, rate: u64, direction: Direction, now: Instant) -> Instant {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = &mut taken[direction as usize];
        let begin = slot.map_or(now, |taken| taken.max(now));
        let end = begin + Duration::from_secs_f64(bytes as f64 / rate.max(1) as f64);
        *slot = Some(end);
        end
    }

    fn free(&self) {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = [None; 2];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_share_the_line_and_directions_do_not() {
        let (line, now) = (Line::default(), Instant::now());
        let seconds = |end: Instant| (end - now).as_secs_f64();
        assert_eq!(seconds(line.take(500, 1000, Direction::Up, now)), 0.5);
        assert_eq!(seconds(line.take(500, 1000, Direction::Up, now)), 1.0, "after the other");
        assert_eq!(seconds(line.take(800, 1000, Direction::Down, now)), 0.8);
        let later = now + Duration::from_secs(5);
        assert_eq!(seconds(line.take(500, 1000, Direction::Up, later)), 5.5, "what was not used is not kept");
    }

    #[tokio::test]
    async fn a_line_that_gets_faster_lets_go() {
        let line = Line::default();
        line.change(|state| state.rate = Some(1));
        let hours = line.pass(10_000, Direction::Up);
        let faster = async { line.change(|state| state.rate = None) };
        tokio::join!(hours, faster);
    }
}
