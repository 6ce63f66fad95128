//! One direction of the network with a limit in bytes per second, shared by everything that goes that way.
//!
//! Every piece books the time that it takes at the limit, and goes when what was booked before it is over: the order of
//! booking is the order of going, so that all who send share alike. The limit may change at any time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::clock::Clock;

/// What may be caught up on after a pause: a reader that was late by this much still reaches the limit.
const CATCH_UP: Duration = Duration::from_millis(100);
/// The lowest limit: below it servers take a sending for a dead one.
const LOWEST: u64 = 8 * 1024;
/// Pieces a second, so that a limit feels even.
const PIECES_A_SECOND: u64 = 8;
const SMALLEST_PIECE: u64 = 4 * 1024;
/// With a limit, more requests at once only make each of them slower than servers put up with.
const A_REQUEST: u64 = 32 * 1024;

#[derive(Debug, Default)]
pub(super) struct Line {
    /// Bytes per second; 0: no limit.
    limit: AtomicU64,
    /// When everything that was booked has gone.
    free: Mutex<Option<Instant>>,
    changed: Notify,
}

impl Line {
    pub fn set(&self, limit: Option<u64>) {
        let limit = limit.map_or(0, |limit| limit.max(LOWEST));
        if self.limit.swap(limit, Ordering::Relaxed) != limit {
            *self.lock() = None;
            self.changed.notify_waiters();
        }
    }

    fn limit(&self) -> Option<u64> {
        Some(self.limit.load(Ordering::Relaxed)).filter(|limit| *limit > 0)
    }

    /// The most that is read and sent in one piece.
    pub fn piece(&self, usual: usize) -> usize {
        let fits = |limit: u64| (limit / PIECES_A_SECOND).max(SMALLEST_PIECE);
        self.limit().map_or(usual, |limit| usual.min(usize::try_from(fits(limit)).unwrap_or(usual)))
    }

    /// Requests at once that the limit feeds.
    pub fn feeds(&self) -> usize {
        self.limit().map_or(usize::MAX, |limit| usize::try_from(limit / A_REQUEST).unwrap_or(usize::MAX).max(2))
    }

    /// Waits until `bytes` may go. A limit that changes meanwhile lets everybody who waits go with the piece they have.
    pub async fn go(&self, bytes: u64, clock: &dyn Clock) {
        if self.limit().is_none() {
            return;
        }
        let mut changed = std::pin::pin!(self.changed.notified());
        changed.as_mut().enable();
        let wait = self.book(bytes, clock.now());
        if !wait.is_zero() {
            tokio::select! {
                () = clock.sleep(wait) => {}
                () = changed => {}
            }
        }
    }

    /// Books, and tells how long to wait before going.
    fn book(&self, bytes: u64, now: Instant) -> Duration {
        let Some(limit) = self.limit() else { return Duration::ZERO };
        let mut free = self.lock();
        let earliest = now.checked_sub(CATCH_UP).unwrap_or(now);
        let begin = free.map_or(earliest, |free| free.max(earliest));
        *free = Some(begin + Duration::from_secs_f64(bytes as f64 / limit as f64));
        begin.saturating_duration_since(now)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::clock::by_hand::{ByHand, settle};
    use super::*;

    #[tokio::test]
    async fn without_a_limit_nothing_waits() {
        let (line, clock) = (Line::default(), ByHand::new());
        for _ in 0..1000 {
            line.go(1 << 30, &clock).await;
        }
        assert_eq!((line.piece(256 << 10), line.feeds()), (256 << 10, usize::MAX));
    }

    #[tokio::test]
    async fn a_limit_that_changes_or_goes_is_felt_by_who_waits_already() {
        let (line, clock) = (Arc::new(Line::default()), ByHand::new());
        line.set(Some(100_000));
        line.go(1_000_000, &clock).await;
        let (behind, time) = (line.clone(), clock.clone());
        let waits = tokio::spawn(async move { behind.go(100_000, &time).await });
        settle().await;
        assert!(!waits.is_finished(), "the first piece takes ten seconds");
        line.set(None);
        settle().await;
        assert!(waits.is_finished());
    }

    #[tokio::test]
    async fn who_waits_goes_when_the_time_has_come_and_not_before() {
        let (line, clock) = (Arc::new(Line::default()), ByHand::new());
        line.set(Some(100_000));
        line.go(100_000, &clock).await;
        let (behind, time) = (line.clone(), clock.clone());
        let waits = tokio::spawn(async move { behind.go(1, &time).await });
        clock.advance(Duration::from_millis(850)).await;
        assert!(!waits.is_finished());
        clock.advance(Duration::from_millis(60)).await;
        assert!(waits.is_finished());
    }

    #[test]
    fn pieces_and_requests_are_fewer_the_lower_the_limit() {
        let line = Line::default();
        line.set(Some(1));
        assert_eq!((line.limit(), line.piece(256 << 10), line.feeds()), (Some(LOWEST), 4096, 2));
        line.set(Some(1 << 20));
        assert_eq!((line.piece(256 << 10), line.feeds()), (128 << 10, 32));
        line.set(Some(1 << 30));
        assert_eq!(line.piece(256 << 10), 256 << 10);
    }

    proptest! {
        #[test]
        fn over_any_while_no_more_goes_than_the_limit_and_what_is_caught_up_on(
            limit in LOWEST..50_000_000,
            pieces in prop::collection::vec((1u64..300_000, 0u64..50), 1..200),
        ) {
            let line = Line::default();
            line.set(Some(limit));
            let begun = Instant::now();
            let (mut now, mut gone) = (begun, 0u64);
            for (bytes, idle) in pieces {
                now += Duration::from_millis(idle);
                now += line.book(bytes, now);
                // What went before this piece has had its time.
                let most = limit as f64 * (now - begun + CATCH_UP).as_secs_f64();
                prop_assert!(gone as f64 <= most + 1.0, "{gone} of {most}");
                gone += bytes;
            }
        }

        #[test]
        fn who_sends_without_pause_reaches_the_limit(limit in LOWEST..50_000_000, piece in 1u64..300_000) {
            let line = Line::default();
            line.set(Some(limit));
            let begun = Instant::now();
            let mut now = begun;
            for _ in 0..100 {
                now += line.book(piece, now);
            }
            let least = (piece * 99) as f64 / limit as f64;
            prop_assert!((now - begun).as_secs_f64() <= least + 0.001);
        }
    }
}
