//! What time it is here, and at the server. A computer's clock that is wrong by an hour must not end a session early.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time of this computer; tests bring their own.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// AWS refuses signatures that are older or newer than this.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// This computer's clock beside the server's, which is known from the `Date` of its answers.
#[derive(Clone)]
pub(crate) struct ServerClock {
    here: Clock,
    ahead_seconds: Arc<AtomicI64>,
}

impl ServerClock {
    pub(crate) fn new(here: Clock) -> Self {
        Self { here, ahead_seconds: Arc::new(AtomicI64::new(0)) }
    }

    /// The time at the server, as far as its last answer tells.
    pub(crate) fn now(&self) -> SystemTime {
        shift((self.here)(), self.ahead_seconds.load(Ordering::Relaxed))
    }

    /// A moment of the server's clock in this computer's time.
    pub(crate) fn in_local_time(&self, moment: SystemTime) -> SystemTime {
        shift(moment, -self.ahead_seconds.load(Ordering::Relaxed))
    }

    /// This computer's clock differs by more than AWS tolerates.
    pub(crate) fn is_skewed(&self) -> bool {
        self.ahead_seconds.load(Ordering::Relaxed).unsigned_abs() > TOLERANCE.as_secs()
    }

    fn server_said(&self, date: &str) {
        if let Ok(date) = DateTime::from_str(date, Format::HttpDate) {
            let here = (self.here)().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            self.ahead_seconds.store(date.secs() - i64::try_from(here).unwrap_or(i64::MAX), Ordering::Relaxed);
        }
    }
}

fn shift(moment: SystemTime, seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    let shifted = if seconds < 0 { moment.checked_sub(by) } else { moment.checked_add(by) };
    shifted.unwrap_or(moment)
}

impl fmt::Debug for ServerClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerClock").field("ahead_seconds", &self.ahead_seconds).finish_non_exhaustive()
    }
}

/// Reads the `Date` of every answer.
#[derive(Debug)]
pub(crate) struct ReadServerDate(pub(crate) ServerClock);

impl Intercept for ReadServerDate {
    fn name(&self) -> &'static str {
        "ReadServerDate"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(date) = context.response().headers().get("date") {
            self.0.server_said(date);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn the_servers_date_sets_the_time() {
        let clock = ServerClock::new(Arc::new(|| at(3_600)));
        assert!(!clock.is_skewed(), "nothing is known before the first answer");
        clock.server_said("Thu, 01 Jan 1970 02:00:00 GMT");
        assert_eq!(clock.now(), at(7_200));
        assert_eq!(clock.in_local_time(at(7_260)), at(3_660), "a minute away is a minute away here too");
        assert!(clock.is_skewed());
    }

    #[test]
    fn a_broken_date_changes_nothing() {
        let clock = ServerClock::new(Arc::new(|| at(3_600)));
        clock.server_said("yesterday");
        assert_eq!(clock.now(), at(3_600));
    }
}
