//! The memory that all decodings of the process share: who finds too little of it waits until others give theirs back.

use crate::budget::MEMORY;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{Thread, current, park};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The grain in which memory is counted, in bytes.
const GRAIN: u64 = 64 << 10;

static SHARED: LazyLock<Memory> = LazyLock::new(Memory::new);

/// A budget of memory. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    grains: Arc<Semaphore>,
}

/// Memory that somebody has; dropped, it is given back.
#[derive(Debug)]
pub(crate) struct Held {
    _grains: OwnedSemaphorePermit,
}

impl Memory {
    /// The one budget of this process.
    pub(crate) fn shared() -> Self {
        SHARED.clone()
    }

    pub(crate) fn new() -> Self {
        Self { grains: Arc::new(Semaphore::new(MEMORY.div_ceil(GRAIN) as usize)) }
    }

    /// Waits for so many bytes, which an affordable cost never has too many of. First come, first served.
    pub(crate) async fn take(&self, bytes: u64) -> Held {
        let grains = u32::try_from(bytes.div_ceil(GRAIN)).unwrap_or(u32::MAX);
        let grains = self.grains.clone().acquire_many_owned(grains).await;
        Held { _grains: grains.expect("nothing closes the semaphore") }
    }

    /// As [`Memory::take`], on a thread that may wait.
    pub(crate) fn take_here(&self, bytes: u64) -> Held {
        let mut taken = pin!(self.take(bytes));
        let waker = Waker::from(Arc::new(Unpark(current())));
        loop {
            match taken.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(held) => return held,
                Poll::Pending => park(),
            }
        }
    }

    /// Bytes that nobody has.
    #[cfg(test)]
    pub(crate) fn left(&self) -> u64 {
        self.grains.available_permits() as u64 * GRAIN
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn who_finds_too_little_waits_until_it_is_given_back() {
        let memory = Memory::new();
        let most = memory.take_here(MEMORY - GRAIN);
        let mut more = pin!(memory.take(GRAIN + 1));
        let mut waiting = Context::from_waker(Waker::noop());
        assert!(more.as_mut().poll(&mut waiting).is_pending(), "a byte too many");
        drop(most);
        assert!(more.as_mut().poll(&mut waiting).is_ready());
    }

    #[test]
    fn a_thread_that_waits_is_woken() {
        let memory = Memory::new();
        let all = memory.take_here(MEMORY);
        let (here, there) = channel();
        let other = memory.clone();
        let waiting = std::thread::spawn(move || {
            here.send(()).unwrap();
            drop(other.take_here(MEMORY));
        });
        there.recv().unwrap();
        drop(all);
        waiting.join().unwrap();
        assert_eq!(memory.left(), MEMORY);
    }

    #[test]
    fn the_process_has_one_budget() {
        assert!(Arc::ptr_eq(&Memory::shared().grains, &Memory::shared().grains));
    }
}
