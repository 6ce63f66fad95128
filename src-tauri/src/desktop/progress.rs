//! Which bar the desktop shows, and when it has to be drawn again. Draws nothing.

use amphora_app::wire::TransferSummary;
use std::time::{Duration, Instant};

/// Often enough for an eye, rarely enough for a bus.
const EVERY: Duration = Duration::from_millis(300);

/// The bar beside the window's icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Of 100; never full before the end.
    pub percent: u8,
    /// Something of this run failed.
    pub failed: bool,
}

/// What is drawn now.
#[derive(Debug, Default)]
pub struct Progress {
    shown: Option<Bar>,
    drawn: Option<Instant>,
    /// Failed before this run of work.
    failed_before: u32,
}

impl Progress {
    /// The bar to draw from now on, if it is another one; the inner none takes it away.
    #[expect(clippy::option_option, reason = "nothing to do, and nothing to show, are different answers")]
    pub fn next(&mut self, summary: &TransferSummary, now: Instant) -> Option<Option<Bar>> {
        let moving = summary.running + summary.waiting > 0;
        if !moving {
            self.failed_before = summary.failed;
        }
        // What was cleared from the list has not failed now.
        self.failed_before = self.failed_before.min(summary.failed);
        let bar = moving.then(|| Bar { percent: percent(summary), failed: summary.failed > self.failed_before });
        let only_moved = matches!((bar, self.shown), (Some(new), Some(old)) if new.failed == old.failed);
        let too_soon = self.drawn.is_some_and(|drawn| now.saturating_duration_since(drawn) < EVERY);
        if bar == self.shown || (only_moved && too_soon) {
            return None;
        }
        self.shown = bar;
        self.drawn = Some(now);
        Some(bar)
    }
}

fn percent(summary: &TransferSummary) -> u8 {
    let (sent, bytes) = (u128::from(summary.sent.0), u128::from(summary.bytes.0));
    let share = (sent * 100).checked_div(bytes).unwrap_or(0).min(99);
    u8::try_from(share).unwrap_or(99)
}

#[cfg(test)]
mod tests {
    use super::*;
    use amphora_app::wire::ByteSize;

    fn at(running: u32, failed: u32, sent: u64) -> TransferSummary {
        TransferSummary { running, failed, bytes: ByteSize(1_000), sent: ByteSize(sent), ..TransferSummary::default() }
    }

    #[test]
    fn a_bar_moves_a_few_times_a_second_and_goes_at_once_when_all_is_done() {
        let mut progress = Progress::default();
        let begun = Instant::now();
        assert_eq!(progress.next(&at(0, 0, 0), begun), None, "nothing to show, nothing drawn");
        assert_eq!(progress.next(&at(1, 0, 0), begun), Some(Some(Bar { percent: 0, failed: false })));
        let drawn = (1..=10u32)
            .filter(|step| progress.next(&at(1, 0, u64::from(*step) * 90), begun + *step * EVERY / 3).is_some());
        assert_eq!(drawn.count(), 3, "ten readings in a second");
        let full = progress.next(&at(1, 0, 1_000), begun + 10 * EVERY);
        assert_eq!(full, Some(Some(Bar { percent: 99, failed: false })), "not full before the end");
        assert_eq!(progress.next(&at(0, 0, 1_000), begun + 10 * EVERY), Some(None));
    }

    #[test]
    fn a_failure_of_this_run_shows_and_one_of_an_earlier_run_does_not() {
        let mut progress = Progress::default();
        let now = Instant::now();
        progress.next(&at(0, 2, 0), now);
        assert_eq!(progress.next(&at(1, 2, 0), now), Some(Some(Bar { percent: 0, failed: false })));
        assert_eq!(progress.next(&at(1, 3, 0), now), Some(Some(Bar { percent: 0, failed: true })), "at once");
        assert_eq!(progress.next(&at(0, 3, 0), now), Some(None));
        assert_eq!(progress.next(&at(1, 3, 0), now), Some(Some(Bar { percent: 0, failed: false })));
    }
}
