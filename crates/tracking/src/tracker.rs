//! The queue between the calls and the deliveries. Taking an event is a lock and a push; everything else is done by one
//! task. When deliveries cannot keep up the oldest events go, and how many is said in the program's log.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use amphora_storage::{Event, EventSink};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::delivery::{Delivery, Recorded};

/// Events that wait at most.
const LONGEST: usize = 1000;
/// Events of one delivery at most.
const BATCH: usize = 100;
/// How long the first of them waits for the others: many small files end together.
const GATHERED_IN: Duration = Duration::from_millis(50);

/// Takes events and passes them on to every delivery. Belongs into an `Arc`; its task ends with it.
pub struct Tracker {
    queue: Arc<Queue>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    /// There is something to do.
    wake: Notify,
    /// It is enough for a delivery, or somebody waits for it.
    hurry: Notify,
    /// Everything is done.
    idle: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Recorded>,
    dropped: usize,
    delivering: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_idle(&self) -> bool {
        let state = self.lock();
        state.waiting.is_empty() && !state.delivering
    }
}

impl Tracker {
    /// Starts the task that delivers. Needs a tokio runtime.
    pub fn start(deliveries: Vec<Box<dyn Delivery>>) -> Self {
        let queue = Arc::<Queue>::default();
        let task = tokio::spawn(deliver(queue.clone(), deliveries));
        Self { queue, task }
    }

    /// Waits until everything that was taken is delivered, or lost, but not longer than `limit`: for the end of a program.
    pub async fn flush(&self, limit: Duration) {
        let done = async {
            loop {
                // Asked for before the look, so that what happens in between is not missed.
                let idle = self.queue.idle.notified();
                if self.queue.is_idle() {
                    return;
                }
                self.queue.hurry.notify_one();
                idle.await;
            }
        };
        if tokio::time::timeout(limit, done).await.is_err() {
            tracing::warn!("not every tracked call could be delivered before the end");
        }
    }
}

impl EventSink for Tracker {
    fn record(&self, event: Event) {
        let mut state = self.queue.lock();
        if state.waiting.len() == LONGEST {
            state.waiting.pop_front();
            state.dropped += 1;
        }
        state.waiting.push_back(Recorded { at: SystemTime::now(), event });
        let enough = state.waiting.len() >= BATCH;
        drop(state);
        self.queue.wake.notify_one();
        if enough {
            self.queue.hurry.notify_one();
        }
    }
}

impl fmt::Debug for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracker").field("waiting", &self.queue.lock().waiting.len()).finish_non_exhaustive()
    }
}

impl Drop for Tracker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn deliver(queue: Arc<Queue>, deliveries: Vec<Box<dyn Delivery>>) {
    loop {
        let (batch, dropped) = next(&queue);
        if dropped > 0 {
            tracing::warn!(dropped, "tracked calls were lost: they came faster than they could be delivered");
        }
        if batch.is_empty() {
            queue.idle.notify_waiters();
            queue.wake.notified().await;
            let _ = tokio::time::timeout(GATHERED_IN, queue.hurry.notified()).await;
            continue;
        }
        for delivery in &deliveries {
            if let Err(error) = delivery.deliver(&batch).await {
                tracing::warn!(events = batch.len(), "{error}");
            }
        }
    }
}

fn next(queue: &Queue) -> (Vec<Recorded>, usize) {
    let mut state = queue.lock();
    let some = state.waiting.len().min(BATCH);
    let batch: Vec<_> = state.waiting.drain(..some).collect();
    state.delivering = !batch.is_empty();
    (batch, std::mem::take(&mut state.dropped))
}

#[cfg(test)]
mod tests {
    use amphora_storage::EventKind;
    use futures::future::BoxFuture;
    use tokio::sync::Semaphore;

    use super::*;
    use crate::delivery::DeliveryError;

    #[derive(Clone)]
    struct Kept {
        seen: Arc<Mutex<Vec<String>>>,
        batches: Arc<Mutex<Vec<usize>>>,
        gate: Arc<Semaphore>,
        fails: bool,
    }

    impl Kept {
        fn new(open: usize, fails: bool) -> Self {
            Self { seen: Arc::default(), batches: Arc::default(), gate: Arc::new(Semaphore::new(open)), fails }
        }
    }

    impl Delivery for Kept {
        fn name(&self) -> &'static str {
            "a test"
        }

        fn deliver<'a>(&'a self, batch: &'a [Recorded]) -> BoxFuture<'a, Result<(), DeliveryError>> {
            Box::pin(async move {
                self.gate.acquire().await.unwrap().forget();
                self.batches.lock().unwrap().push(batch.len());
                self.seen.lock().unwrap().extend(batch.iter().map(|recorded| recorded.event.message.clone()));
                if self.fails { Err(DeliveryError { to: "a test", reason: "as asked".to_owned() }) } else { Ok(()) }
            })
        }
    }

    fn record(tracker: &Tracker, number: usize) {
        let (key, message) = (format!("{number}.txt"), number.to_string());
        tracker.record(Event { kind: EventKind::Upload, key, succeeded: true, file_size: None, message });
    }

    #[tokio::test]
    async fn every_event_reaches_every_delivery_in_order_although_one_fails() {
        let (bad, good) = (Kept::new(100, true), Kept::new(100, false));
        let tracker = Tracker::start(vec![Box::new(bad.clone()), Box::new(good.clone())]);
        for number in 0..250 {
            record(&tracker, number);
        }
        tracker.flush(Duration::from_secs(10)).await;
        let expected: Vec<_> = (0..250).map(|number: usize| number.to_string()).collect();
        assert_eq!(*bad.seen.lock().unwrap(), expected);
        assert_eq!(*good.seen.lock().unwrap(), expected);
    }

    #[tokio::test(start_paused = true)]
    async fn events_that_come_one_after_the_other_are_delivered_together() {
        let kept = Kept::new(100, false);
        let tracker = Tracker::start(vec![Box::new(kept.clone())]);
        tokio::task::yield_now().await;
        for number in 0..5 {
            record(&tracker, number);
            tokio::time::sleep(GATHERED_IN / 10).await;
        }
        tokio::time::sleep(GATHERED_IN).await;
        assert_eq!(*kept.batches.lock().unwrap(), [5]);
        record(&tracker, 5);
        tokio::task::yield_now().await;
        let begun = tokio::time::Instant::now();
        tracker.flush(Duration::from_secs(10)).await;
        assert_eq!(kept.batches.lock().unwrap().len(), 2);
        assert!(begun.elapsed() < GATHERED_IN, "whoever waits for the end does not wait for more to come");
    }

    #[tokio::test]
    async fn a_full_queue_loses_the_oldest_and_never_waits() {
        let kept = Kept::new(0, false);
        let tracker = Tracker::start(vec![Box::new(kept.clone())]);
        for number in 0..LONGEST + 5 {
            record(&tracker, number);
        }
        kept.gate.add_permits(1000);
        tracker.flush(Duration::from_secs(10)).await;
        let seen = kept.seen.lock().unwrap();
        assert_eq!((seen.len(), seen[0].as_str()), (LONGEST, "5"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_delivery_that_hangs_does_not_hold_the_end() {
        let tracker = Tracker::start(vec![Box::new(Kept::new(0, false))]);
        record(&tracker, 1);
        tracker.flush(Duration::from_secs(2)).await;
    }
}
