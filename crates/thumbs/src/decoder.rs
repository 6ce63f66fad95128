//! Renders pictures off the async threads: as many at a time as there are cores, within one budget of memory.

use crate::memory::Memory;
use crate::no_preview::NoPreview;
use crate::picture::Picture;
use crate::preview::{Fetched, Frame};
use crate::render::{ORIGINAL, Rendition, cost, render};
use crate::wanted::Wanted;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, spawn_blocking};

/// Renders pictures in the background. All in a process share one budget.
///
/// Dropping a future takes back what has not started. What has started ends at its next step, and gives its memory back then:
/// some rows on, or after the decoding itself where a library does that in one go (JPEG, photos in WebP, drawings).
#[derive(Debug, Clone)]
pub struct Decoder {
    turns: Arc<Semaphore>,
    memory: Memory,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// A decoder as wide as the machine, with 256 MiB to decode in.
    #[must_use]
    pub fn new() -> Self {
        Self::with(available_parallelism().map_or(2, usize::from), Memory::shared())
    }

    fn with(turns: usize, memory: Memory) -> Self {
        Self { turns: Arc::new(Semaphore::new(turns)), memory }
    }

    /// [`crate::thumbnail`], in its turn.
    ///
    /// # Errors
    /// As there.
    pub async fn thumbnail<B>(&self, bytes: B, edge: u32) -> Result<Picture, NoPreview>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        self.render(bytes, edge, Rendition::Thumbnail).await
    }

    /// [`crate::display`], in its turn.
    ///
    /// # Errors
    /// As there.
    pub async fn display<B>(&self, bytes: B, max_edge: u32) -> Result<Picture, NoPreview>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        self.render(bytes, max_edge, Rendition::Display).await
    }

    /// [`crate::original`], in its turn.
    ///
    /// # Errors
    /// As there.
    pub async fn original<B>(&self, bytes: B) -> Result<Picture, NoPreview>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        self.render(bytes, ORIGINAL, Rendition::Original).await
    }

    /// A tile from a picture that lay inside another one, as it was found there or fetched by its place.
    ///
    /// # Errors
    /// As [`crate::thumbnail`].
    pub async fn embedded<B>(&self, bytes: B, frame: Frame, edge: u32) -> Result<Picture, NoPreview>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        self.render(Fetched::new(bytes), edge, Rendition::Embedded(frame)).await
    }

    /// Every pixel of a picture that lay inside another one.
    ///
    /// # Errors
    /// As [`crate::original`].
    pub async fn embedded_original<B>(&self, bytes: B, frame: Frame) -> Result<Picture, NoPreview>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        self.render(Fetched::new(bytes), ORIGINAL, Rendition::EmbeddedOriginal(frame)).await
    }

    async fn render<B>(&self, bytes: B, edge: u32, rendition: Rendition) -> Result<Picture, NoPreview>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        let turn = self.turns.clone().acquire_owned().await.expect("nothing closes the semaphore");
        let bytes = Arc::new(bytes);
        let asked = bytes.clone();
        let wanted = rendition.clone();
        let memory = off_thread(move |_| cost((*asked).as_ref(), edge, &wanted)).await?.memory;
        let held = (turn, self.memory.take(memory).await);
        off_thread(move |wanted| {
            let picture = render((*bytes).as_ref(), edge, rendition, wanted);
            // Nothing of it is left when others get its memory.
            drop(bytes);
            drop(held);
            picture
        })
        .await
    }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce(Wanted<'_>) -> Result<T, NoPreview> + Send + 'static,
) -> Result<T, NoPreview> {
    let given_up = Arc::new(AtomicBool::new(false));
    let asked = given_up.clone();
    let work = spawn_blocking(move || work(&|| !asked.load(Ordering::Relaxed)));
    let mut started = TakenBack { work, given_up };
    (&mut started.work).await.unwrap_or_else(|error| Err(NoPreview::broken(error)))
}

/// Takes the work back when it is no longer waited for; work that has started is told.
struct TakenBack<T> {
    work: JoinHandle<T>,
    given_up: Arc<AtomicBool>,
}

impl<T> Drop for TakenBack<T> {
    fn drop(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
        self.work.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::MEMORY;
    use crate::specimens::{boasting_jpeg, corners, jpeg, png};
    use std::future::Future;
    use std::pin::pin;
    use std::sync::atomic::AtomicU64;
    use std::sync::mpsc::channel;
    use std::task::{Context, Waker};

    #[derive(Clone)]
    struct Watched(Vec<u8>, Arc<AtomicBool>);

    impl AsRef<[u8]> for Watched {
        fn as_ref(&self) -> &[u8] {
            self.1.store(true, Ordering::SeqCst);
            &self.0
        }
    }

    #[tokio::test]
    async fn many_pictures_are_rendered_within_few_turns_and_give_everything_back() {
        let decoder = Decoder::with(2, Memory::new());
        let bytes: Arc<[u8]> = jpeg(&corners(640, 480)).into();
        let asked: Vec<_> = (0..24)
            .map(|_| {
                let (decoder, bytes) = (decoder.clone(), bytes.clone());
                tokio::spawn(async move { decoder.thumbnail(bytes, 128).await })
            })
            .collect();
        for one in asked {
            assert_eq!(one.await.unwrap().unwrap().width, 128);
        }
        assert!(matches!(decoder.thumbnail(b"<html>".to_vec(), 64).await, Err(NoPreview::Kind(_))));
        assert_eq!(decoder.turns.available_permits(), 2);
        assert_eq!(decoder.memory.left(), MEMORY);
    }

    /// What the pictures take together that are decoded at this moment, and took at most.
    #[derive(Default)]
    struct Together {
        now: AtomicU64,
        most: AtomicU64,
    }

    /// A picture that counts what decoding it takes, from when it is read for that until nothing of it is left.
    struct Counted {
        bytes: Vec<u8>,
        memory: u64,
        read: AtomicU64,
        together: Arc<Together>,
    }

    impl AsRef<[u8]> for Counted {
        fn as_ref(&self) -> &[u8] {
            // Its header is read for what it takes before that.
            if self.read.fetch_add(1, Ordering::SeqCst) == 1 {
                let now = self.together.now.fetch_add(self.memory, Ordering::SeqCst) + self.memory;
                self.together.most.fetch_max(now, Ordering::SeqCst);
            }
            &self.bytes
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            let counted = if *self.read.get_mut() > 1 { self.memory } else { 0 };
            self.together.now.fetch_sub(counted, Ordering::SeqCst);
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn pictures_that_are_decoded_at_once_never_take_more_than_one_budget() {
        // Each has its memory filled, decoded, and found to be missing most of its pixels.
        let bytes = boasting_jpeg(6_000, 4_500);
        let memory = cost(&bytes, 6_000, &Rendition::Display).unwrap().memory;
        assert!(memory * 3 < MEMORY && memory * 4 > MEMORY, "three of them fit: {memory}");
        let (together, decoder) = (Arc::new(Together::default()), Decoder::with(8, Memory::new()));
        let asked: Vec<_> = (0..9)
            .map(|_| {
                // Clones, as every part of a program has its own.
                let (bytes, decoder, together) = (bytes.clone(), decoder.clone(), together.clone());
                let picture = Counted { bytes, memory, read: AtomicU64::new(0), together };
                tokio::spawn(async move { decoder.display(picture, 6_000).await })
            })
            .collect();
        for one in asked {
            assert!(matches!(one.await.unwrap(), Err(NoPreview::Broken(_))));
        }
        let most = together.most.load(Ordering::SeqCst);
        assert!(most >= memory * 2, "they were decoded at once: {most}");
        assert!(most <= MEMORY, "and took {most} together");
        assert_eq!((together.now.load(Ordering::SeqCst), decoder.memory.left()), (0, MEMORY));
    }

    #[tokio::test]
    async fn a_picture_that_nobody_waits_for_any_more_is_never_touched() {
        let decoder = Decoder::with(1, Memory::new());
        let busy = decoder.turns.clone().acquire_owned().await.unwrap();
        let touched = Arc::new(AtomicBool::new(false));
        {
            let asked = pin!(decoder.thumbnail(Watched(png(&corners(8, 8), None), touched.clone()), 64));
            assert!(asked.poll(&mut Context::from_waker(Waker::noop())).is_pending(), "it waits for its turn");
        }
        drop(busy);
        let after = decoder.thumbnail(png(&corners(8, 8), None), 64).await;
        assert!(after.is_ok(), "its turn went to the next");
        assert!(!touched.load(Ordering::SeqCst));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn work_that_has_begun_is_told_when_nobody_waits_any_more() {
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (ended, has_ended) = channel();
        let waiting = tokio::spawn(off_thread(move |wanted| {
            begun.send(()).unwrap();
            while wanted() {
                std::thread::yield_now();
            }
            ended.send(()).unwrap();
            Ok(())
        }));
        has_begun.await.unwrap();
        waiting.abort();
        // Without being told it would go on for ever.
        assert!(has_ended.recv_timeout(std::time::Duration::from_secs(60)).is_ok());
    }
}
