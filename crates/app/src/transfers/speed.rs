//! Smoothed speed and time left. The clock is an argument.

use std::time::{Duration, Instant};

/// How quickly an old measurement fades.
const HALF_LIFE: f64 = 3.0;

/// Bytes over time, smoothed so that the figure on screen is readable.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    at: Instant,
    bytes: u64,
    a_second: Option<f64>,
}

impl Speed {
    /// A meter that starts now at this many bytes.
    #[must_use]
    pub fn new(now: Instant, bytes: u64) -> Self {
        Self { at: now, bytes, a_second: None }
    }

    /// The total is now this many bytes. Readings closer than a fifth of a second are joined.
    pub fn update(&mut self, now: Instant, bytes: u64) {
        let passed = now.saturating_duration_since(self.at);
        if passed < Duration::from_millis(200) {
            return;
        }
        let seconds = passed.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a speed on screen has three digits")]
        let current = bytes.saturating_sub(self.bytes) as f64 / seconds;
        let keep = 0.5f64.powf(seconds / HALF_LIFE);
        self.a_second = Some(self.a_second.map_or(current, |old| old * keep + current * (1.0 - keep)));
        self.at = now;
        self.bytes = bytes;
    }

    /// Bytes a second, once there is something to say.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "speeds are positive and small")]
    pub fn bytes_a_second(&self) -> Option<u64> {
        self.a_second.map(|speed| speed as u64)
    }

    /// Seconds for the rest, rounded up; none while the speed is unknown or nothing moves.
    #[must_use]
    pub fn seconds_for(&self, rest: u64) -> Option<u32> {
        let speed = self.bytes_a_second().filter(|speed| *speed > 0)?;
        u32::try_from(rest.div_ceil(speed)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_flow_shows_its_speed_and_its_time_left() {
        let start = Instant::now();
        let mut speed = Speed::new(start, 0);
        for second in 1..=10u64 {
            speed.update(start + Duration::from_secs(second), second * 1000);
        }
        assert_eq!(speed.bytes_a_second(), Some(1000));
        assert_eq!(speed.seconds_for(2500), Some(3), "rounded up: a bar that ends early lies less");
    }

    #[test]
    fn a_flow_that_stops_fades_instead_of_jumping() {
        let start = Instant::now();
        let mut speed = Speed::new(start, 0);
        speed.update(start + Duration::from_secs(1), 1000);
        speed.update(start + Duration::from_secs(4), 1000);
        let now = speed.bytes_a_second().unwrap();
        assert!((400..600).contains(&now), "half is left after one half-life, not {now}");
    }

    #[test]
    fn nothing_is_said_before_the_first_reading() {
        let speed = Speed::new(Instant::now(), 0);
        assert_eq!(speed.bytes_a_second(), None);
        assert_eq!(speed.seconds_for(1), None);
    }
}
