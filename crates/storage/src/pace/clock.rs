//! The time as an argument: the computer's, or one that a test moves by hand.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// Tells the time and waits.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Now.
    fn now(&self) -> Instant;

    /// Ends when this much time has passed.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>>;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
        Box::pin(tokio::time::sleep(time))
    }
}

#[cfg(test)]
pub(super) mod by_hand {
    use std::sync::{Arc, Mutex};

    use tokio::sync::Notify;

    use super::*;

    /// A clock that stands until it is moved.
    #[derive(Clone, Debug)]
    pub struct ByHand(Arc<(Mutex<Instant>, Notify)>);

    impl ByHand {
        pub fn new() -> Self {
            Self(Arc::new((Mutex::new(Instant::now()), Notify::new())))
        }

        /// Moves on, and lets everything run that was waiting for it.
        pub async fn advance(&self, time: Duration) {
            *self.0.0.lock().unwrap() += time;
            self.0.1.notify_waiters();
            settle().await;
        }
    }

    /// Lets every task of this thread go as far as it gets.
    pub async fn settle() {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }

    impl Clock for ByHand {
        fn now(&self) -> Instant {
            *self.0.0.lock().unwrap()
        }

        fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
            let clock = self.clone();
            let end = self.now() + time;
            Box::pin(async move {
                loop {
                    let mut moved = std::pin::pin!(clock.0.1.notified());
                    moved.as_mut().enable();
                    if clock.now() >= end {
                        return;
                    }
                    moved.await;
                }
            })
        }
    }
}
