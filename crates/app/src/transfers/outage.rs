//! A line that is gone. What it cut off is back in line and nothing starts, until the storage answers again or the person asks
//! for something: then all of it goes on by itself.

use super::job::{Job, OnExisting, Transfer};
use super::running::Running;
use super::step::Change;
use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, SpaceRef, TransferKind};
use amphora_storage::Key;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Before the storage is asked for the first time; each time after it waits twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// At the most.
const LONGEST: Duration = Duration::from_secs(60);
/// How often in a row a transfer is put back in line. A line that carries a question and never this file has another trouble.
const TRIES: u32 = 8;

/// Whether the line is gone, and whom it has cut off.
#[derive(Debug, Default)]
pub(crate) struct Outage {
    holds: bool,
    /// Grows with each outage, so that whoever watches an earlier one has nothing to say about this one.
    number: u64,
    cut_off: HashMap<u64, CutOff>,
    /// The person wants it tried: whoever watches stops waiting.
    tried: Arc<Notify>,
}

/// A transfer that the line has cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CutOff {
    /// How often in a row, without getting any further.
    times: u32,
    /// How far it had got.
    sent: u64,
}

impl Outage {
    /// Nothing starts.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// The person wants it tried, or somebody else is there.
    pub fn tried(&mut self) {
        self.holds = false;
        self.cut_off.clear();
        self.tried.notify_waiters();
    }

    /// A transfer is done with, however it ended.
    pub fn forget(&mut self, id: u64) {
        self.cut_off.remove(&id);
    }

    /// Those that wait were told something else, all of them.
    pub fn forget_all_but(&mut self, runs: impl Fn(u64) -> bool) {
        self.cut_off.retain(|id, _| runs(*id));
    }

    /// Bytes of those that it cut off and that wait; those that run say themselves how far they are.
    pub fn sent(&self, runs: impl Fn(u64) -> bool) -> u64 {
        self.cut_off.iter().filter(|(id, _)| !runs(**id)).map(|(_, cut_off)| cut_off.sent).sum()
    }

    /// Counts that the line has cut a transfer off. How often it happened in a row; `None` when that is too often.
    fn cut_off(&mut self, id: u64, sent: u64) -> Option<u32> {
        let before = self.cut_off.get(&id).filter(|before| sent <= before.sent);
        let times = before.map_or(0, |before| before.times) + 1;
        if times > TRIES {
            self.forget(id);
            return None;
        }
        self.cut_off.insert(id, CutOff { times, sent });
        Some(times)
    }

    /// Holds the queue. The number of a new outage, which somebody has to watch.
    fn begin(&mut self) -> Option<u64> {
        if std::mem::replace(&mut self.holds, true) {
            return None;
        }
        self.number += 1;
        Some(self.number)
    }

    /// This outage is over: the storage answers.
    fn end(&mut self, number: u64) -> bool {
        let is = self.is(number);
        if is {
            self.holds = false;
        }
        is
    }

    fn is(&self, number: u64) -> bool {
        self.holds && self.number == number
    }
}

/// How long to wait before the storage is asked, after so many times in a row.
fn wait_after(times: u32) -> Duration {
    FIRST.saturating_mul(1 << times.saturating_sub(1).min(16)).min(LONGEST)
}

/// Whether it passes without anybody doing anything about it.
fn passes(failure: &Failure) -> bool {
    matches!(failure.code, FailureCode::Offline | FailureCode::Throttled)
}

impl App {
    /// Why nothing in line goes on, while it does not.
    pub(crate) fn line_held(&self) -> Option<Failure> {
        let open = self.transfers.lock();
        (open.outage.holds() && open.running.is_empty()).then(Failure::line_held)
    }

    /// Puts a transfer that the line has cut off back in line, and holds the queue. False where that would not help, and where
    /// a script waits for the answer: it tells its own caller. Nor does an upload that keeps both names come by itself: the
    /// answer that was lost may have been that it is there.
    pub(super) fn goes_on_later(
        &self,
        session: &Arc<Session>,
        (id, transfer): (u64, &Transfer),
        running: &Running,
        failure: &Failure,
    ) -> bool {
        let job = &transfer.job;
        let may_be_there = transfer.on_existing == OnExisting::KeepBoth && job.kind == TransferKind::Upload;
        if !passes(failure) || may_be_there {
            return false;
        }
        let mut open = self.transfers.lock();
        // Asked under the lock: whoever stops it says first what becomes of it.
        if running.stop.is_cancelled() || session.over.is_cancelled() || open.queue.is_of_script(job.batch) {
            return false;
        }
        let sent = running.done();
        let Some(times) = open.outage.cut_off(id, sent) else { return false };
        open.end_run(id);
        open.step(id, Change::CutOff(sent));
        if let Some(number) = open.outage.begin() {
            let (app, session, job, tried) = (self.clone(), session.clone(), job.clone(), open.outage.tried.clone());
            let watching = async move { app.watch(&session, &job, (number, &tried), wait_after(times)).await };
            self.background.tasks.spawn(watching);
        }
        open.changed = true;
        true
    }

    /// Asks the storage now and then, and lets the queue go on when it answers.
    async fn watch(&self, session: &Session, job: &Job, (number, tried): (u64, &Notify), first: Duration) {
        let mut wait = first;
        loop {
            let asked = async {
                tokio::time::sleep(wait).await;
                answers(session, job).await
            };
            let is_over = tokio::select! {
                () = session.over.cancelled() => return,
                () = tried.notified() => return,
                is_over = asked => is_over,
            };
            if is_over {
                break;
            }
            wait = (wait * 2).min(LONGEST);
        }
        let mut open = self.transfers.lock();
        if !open.outage.end(number) {
            return;
        }
        open.changed = true;
        drop(open);
        self.pump();
    }
}

/// Whether the places that it is about can be reached, whatever they answer. Where nothing can be asked, the transfer itself is
/// tried.
async fn answers(session: &Session, job: &Job) -> bool {
    if let Some(from) = &job.from
        && !place_answers(session, &from.space, &from.key).await
    {
        return false;
    }
    place_answers(session, &job.space, &job.key).await
}

async fn place_answers(session: &Session, space: &SpaceRef, key: &str) -> bool {
    let Ok((storage, space)) = session.files(space) else { return true };
    let Ok(key) = Key::parse(key).or_else(|_| Key::parse("-")) else { return true };
    match storage.find(&space, &key).await {
        Ok(_) => true,
        Err(error) => !passes(&Failure::of_storage(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_put_back_so_often_in_a_row_and_then_fails() {
        let mut outage = Outage::default();
        let mut waits = Vec::new();
        while let Some(times) = outage.cut_off(1, 5) {
            waits.push(wait_after(times).as_secs());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(outage.cut_off(1, 5), Some(1), "the person tries it again");
        assert_eq!(outage.cut_off(1, 5), Some(2));
        assert_eq!(outage.cut_off(1, 6), Some(1), "it got further");
        outage.forget(1);
        assert_eq!(outage.cut_off(1, 6), Some(1), "it had gone well in between");
    }

    #[test]
    fn an_outage_is_watched_once_and_ended_by_nobody_else() {
        let mut outage = Outage::default();
        let first = outage.begin().unwrap();
        assert_eq!(outage.begin(), None, "it is watched already");
        outage.cut_off(1, 7);
        assert_eq!((outage.sent(|_| false), outage.sent(|id| id == 1)), (7, 0));
        outage.forget_all_but(|_| true);
        assert_eq!(outage.sent(|_| false), 7);
        outage.forget_all_but(|_| false);
        assert_eq!(outage.sent(|_| false), 0, "they are paused or cancelled");
        outage.tried();
        assert!(!outage.end(first), "the person wants it tried");
        let second = outage.begin().unwrap();
        assert!(!outage.end(first) && outage.holds());
        assert!(outage.end(second) && !outage.holds());
    }
}
