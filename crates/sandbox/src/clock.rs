//! The sandbox's idea of now. Tests shift it, so that expiry and skew need no waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use time::{Duration, OffsetDateTime};

/// The system's clock plus an offset that every clone shares.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_millis: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that tells the system's time until it is shifted.
    pub fn system() -> Self {
        Self::default()
    }

    /// Moves the clock, and every clone of it, forward by `by` (back when negative). Shifts add up.
    pub fn shift(&self, by: Duration) {
        let millis = i64::try_from(by.whole_milliseconds()).unwrap_or(i64::MAX);
        self.offset_millis.fetch_add(millis, Ordering::SeqCst);
    }

    /// The present moment in UTC.
    pub fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + Duration::milliseconds(self.offset_millis.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_reaches_every_clone_and_adds_up() {
        let clock = Clock::system();
        let clone = clock.clone();
        clock.shift(Duration::hours(2));
        clock.shift(-Duration::minutes(30));
        let ahead = clone.now() - OffsetDateTime::now_utc();
        assert!((ahead - Duration::minutes(90)).abs() < Duration::seconds(5), "the clone is 90 minutes ahead: {ahead}");
    }
}
