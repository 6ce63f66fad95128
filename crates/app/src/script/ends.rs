//! Sees a batch through, and tells how its transfers end.

use super::ask::Asked;
use super::told::{End, Told};
use crate::transfers::BatchRow;
use crate::wire::{ByteSize, Failure, Id, TransferState};
use std::time::{Duration, Instant};

/// How often a script that waits looks; the end of a transfer is not told to it.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How often it hears how far its work is, and what has ended well meanwhile.
const TELL_EVERY: Duration = Duration::from_millis(200);
/// Rows read at a time.
const ROWS: u32 = 200;

/// The ends of a batch, told in the order in which its transfers were queued.
pub(super) struct Ends<'a> {
    asked: &'a Asked<'a>,
    batch: Id,
    /// The last transfer that was told of.
    told: Id,
    well: bool,
}

impl<'a> Ends<'a> {
    pub fn of(asked: &'a Asked<'a>, batch: Id) -> Self {
        Self { asked, batch, told: Id(0), well: true }
    }

    /// Waits until all have ended and tells each: those that ended well as early as their order allows.
    pub async fn tell(mut self) -> Result<(), End> {
        self.tell_well_while_they_come().await?;
        self.tell_rest()
    }

    /// The same; but where the batch is one transfer and failed, its reason is the command's own.
    pub async fn tell_or_fail(mut self) -> Result<(), End> {
        self.tell_well_while_they_come().await?;
        match self.next()?.as_slice() {
            [BatchRow { row, .. }] if self.told == Id(0) && row.state == TransferState::Failed => {
                Err(row.failure.clone().map_or(End::Partly, End::from))
            }
            _ => self.tell_rest(),
        }
    }

    async fn tell_well_while_they_come(&mut self) -> Result<(), End> {
        let (asked, batch) = (self.asked, self.batch);
        asked.see_through(batch, || self.tell_well()).await
    }

    /// Up to the first that has not ended well: one that failed may be tried again meanwhile.
    fn tell_well(&mut self) -> Result<(), End> {
        loop {
            let some = self.next()?;
            if some.is_empty() {
                return Ok(());
            }
            for row in some {
                if !ended_well(&row) {
                    return Ok(());
                }
                self.say(row);
            }
        }
    }

    fn tell_rest(mut self) -> Result<(), End> {
        loop {
            let some = self.next()?;
            if some.is_empty() {
                return if self.well { Ok(()) } else { Err(End::Partly) };
            }
            for row in some {
                self.well &= ended_well(&row);
                self.say(row);
            }
        }
    }

    fn next(&self) -> Result<Vec<BatchRow>, Failure> {
        self.asked.app.batch_rows(self.batch, self.told, ROWS)
    }

    fn say(&mut self, row: BatchRow) {
        self.told = row.row.id;
        self.asked.say(Told::Ended(Box::new(row)));
    }
}

fn ended_well(BatchRow { row, .. }: &BatchRow) -> bool {
    matches!(row.state, TransferState::Done | TransferState::Skipped)
}

impl Asked<'_> {
    /// Waits until nothing of a batch moves or is in line, and tells how far it is; has `besides` told before. Paused ones and
    /// open questions are left. Where what is before it in line holds all of it, that is told: what it put there stays.
    pub async fn see_through(&self, batch: Id, mut besides: impl FnMut() -> Result<(), End>) -> Result<(), End> {
        let mut told: Option<Instant> = None;
        loop {
            let progress = self.app.batch_progress(batch);
            if told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
                besides()?;
                told = Some(Instant::now());
                let [bytes, sent, on_the_way] = [progress.bytes, progress.sent, progress.on_the_way].map(ByteSize);
                self.say(Told::Progress { bytes, sent, on_the_way });
            }
            if !progress.under_way {
                return Ok(());
            }
            if let Some(held) = self.app.line_held() {
                return Err(held.into());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
