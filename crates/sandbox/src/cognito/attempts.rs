//! Slows down who guesses: after five failures in a row each further one costs a pause. Kept in memory: a restart forgives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use time::{Duration, OffsetDateTime};

use super::fault::{Fault, FaultKind};

/// Failures are forgiven before the first pause.
const FREE: u32 = 5;

/// After this long without a failure a name is forgotten.
const MEMORY: Duration = Duration::hours(1);

/// Counts failures by name; the name is a user's id, or that of a user who does not exist.
pub struct Attempts {
    first_pause: Duration,
    longest_pause: Duration,
    refusal: Fault,
    counts: Mutex<HashMap<String, Count>>,
}

struct Count {
    failures: u32,
    last: OffsetDateTime,
    blocked_until: OffsetDateTime,
}

impl Attempts {
    /// For passwords: one second, doubling up to fifteen minutes, as Cognito does.
    pub fn at_passwords() -> Self {
        let refusal = Fault::new(FaultKind::NotAuthorized, "Password attempts exceeded");
        Self::new(Duration::seconds(1), refusal)
    }

    /// For six-digit codes: fifteen minutes at once, or they could be tried out.
    pub fn at_codes() -> Self {
        let refusal = Fault::new(FaultKind::LimitExceeded, "Attempt limit exceeded, please try after some time.");
        Self::new(Duration::minutes(15), refusal)
    }

    fn new(first_pause: Duration, refusal: Fault) -> Self {
        Self { first_pause, longest_pause: Duration::minutes(15), refusal, counts: Mutex::default() }
    }

    /// Begins a try, or refuses while `name` is in a pause. The try counts as a failure until [`Self::succeeded`]:
    /// a thousand tries at the same moment are a thousand failures.
    pub fn begin(&self, name: &str, now: OffsetDateTime) -> Result<(), Fault> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, count| now - count.last < MEMORY);
        let count = counts.entry(name.to_owned()).or_insert(Count { failures: 0, last: now, blocked_until: now });
        if now < count.blocked_until {
            return Err(self.refusal.clone());
        }
        count.failures += 1;
        count.last = now;
        if count.failures >= FREE {
            let doubled = self.first_pause * 2i32.pow((count.failures - FREE).min(16));
            count.blocked_until = now + doubled.min(self.longest_pause);
        }
        Ok(())
    }

    /// Notes a success: the failures before it are forgiven.
    pub fn succeeded(&self, name: &str) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_costs_a_pause_that_doubles() {
        let attempts = Attempts::at_passwords();
        let now = OffsetDateTime::UNIX_EPOCH;
        for _ in 0..FREE {
            assert!(attempts.begin("a", now).is_ok());
        }
        assert!(attempts.begin("a", now).is_err() && attempts.begin("b", now).is_ok());
        let later = now + Duration::seconds(1);
        assert!(attempts.begin("a", later).is_ok(), "the first pause is a second");
        assert!(attempts.begin("a", later + Duration::seconds(1)).is_err(), "the next is two");
        attempts.succeeded("a");
        assert!(attempts.begin("a", later).is_ok(), "a success forgives");
    }
}
