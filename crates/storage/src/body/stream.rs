//! A slice of a content as the body of a request: read on demand, counted, and made anew for every attempt.

use std::future::Future;
use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{Meter, Source};
use crate::checksum::{Algorithm, Hasher, checksum_of};
use crate::pace::{Pace, Way};

/// What one read takes from the disk.
const PIECE: usize = 256 * 1024;

/// Why a content could not be read while it was sent. The SDK wraps it beyond recognition, so it is kept here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault(Arc<Mutex<Option<io::Error>>>);

impl Fault {
    pub fn take(&self) -> Option<io::Error> {
        self.0.lock().ok()?.take()
    }

    pub(crate) fn put(&self, error: io::Error) {
        if let Ok(mut slot) = self.0.lock() {
            slot.get_or_insert(error);
        }
    }
}

/// A slice of a content, ready to be sent.
#[derive(Clone)]
pub(crate) struct SliceBody {
    source: Source,
    /// Which part of the upload it is, from 1.
    part: u32,
    start: u64,
    len: u64,
    algorithm: Algorithm,
    meter: Arc<Meter>,
    fault: Fault,
    pace: Arc<Pace>,
    /// What the latest attempt has sent.
    sent: Arc<AtomicU64>,
    /// Of what the latest attempt has sent, once that is everything.
    checksum: Arc<Mutex<Option<String>>>,
}

impl SliceBody {
    pub fn new(
        source: Source,
        part: u32,
        bytes: Range<u64>,
        algorithm: Algorithm,
        meter: Arc<Meter>,
        fault: Fault,
        pace: Arc<Pace>,
    ) -> Self {
        let (start, len) = (bytes.start, bytes.end - bytes.start);
        let (sent, checksum) = (Arc::default(), Arc::default());
        Self { source, part, start, len, algorithm, meter, fault, pace, sent, checksum }
    }

    /// Where it is in the content.
    pub fn bytes(&self) -> Range<u64> {
        self.start..self.start + self.len
    }

    /// The checksum of what was sent.
    pub fn checksum(&self) -> Option<String> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<String>> {
        self.checksum.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The server has the slice; a small one, which does not count itself, counts now.
    pub fn acknowledged(&self) {
        let counted = self.sent.swap(self.len, Ordering::Relaxed);
        self.meter.add(self.part, self.len.saturating_sub(counted));
        self.meter.acknowledge(self.len);
    }

    /// The request body. A small slice goes in one piece, which every S3-compatible server takes; a large one streams.
    pub async fn to_stream(&self) -> io::Result<ByteStream> {
        if self.len <= self.pace.piece(PIECE) as u64 {
            self.pace.go(Way::Up, self.len).await;
            let bytes = self.source.read(self.start, self.len as usize).await?;
            *self.lock() = Some(checksum_of(self.algorithm, &bytes));
            return if self.source.is_unchanged().await { Ok(bytes.into()) } else { Err(changed()) };
        }
        let slice = self.clone();
        let body = SdkBody::retryable(move || {
            let hasher = Some(Hasher::new(slice.algorithm));
            SdkBody::from_body_1_x(Attempt { slice: slice.clone(), at: None, reading: None, hasher })
        });
        Ok(ByteStream::new(body))
    }
}

/// The file is no longer the one that was opened.
pub(crate) fn changed() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

type Reading = Pin<Box<dyn Future<Output = io::Result<Bytes>> + Send + Sync>>;

/// One sending of a slice.
struct Attempt {
    slice: SliceBody,
    /// Where this attempt is; not begun before it is first polled, since the SDK makes bodies that it never sends.
    at: Option<u64>,
    reading: Option<Reading>,
    hasher: Option<Hasher>,
}

impl Attempt {
    fn read(&self, at: u64) -> Reading {
        let (source, start) = (self.slice.source.clone(), self.slice.start + at);
        let (pace, left) = (self.slice.pace.clone(), self.slice.len - at);
        let most = pace.piece(PIECE) as u64;
        let (piece, last) = (left.min(most), left <= most);
        Box::pin(async move {
            pace.go(Way::Up, piece).await;
            let bytes = source.read(start, piece as usize).await?;
            // The last look is before the last byte: a request without it is never stored.
            if last && !source.is_unchanged().await { Err(changed()) } else { Ok(bytes) }
        })
    }
}

impl http_body::Body for Attempt {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let at = match self.at {
            Some(at) => at,
            None => {
                let again = self.slice.sent.swap(0, Ordering::Relaxed);
                self.slice.meter.take_back(self.slice.part, again);
                self.at = Some(0);
                0
            }
        };
        if at >= self.slice.len {
            return Poll::Ready(None);
        }
        if self.reading.is_none() {
            self.reading = Some(self.read(at));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let read = ready!(reading.as_mut().poll(cx));
        self.reading = None;
        match read {
            Ok(bytes) => {
                let len = bytes.len() as u64;
                self.at = Some(at + len);
                if let Some(hasher) = &mut self.hasher {
                    hasher.update(&bytes);
                }
                if at + len >= self.slice.len
                    && let Some(hasher) = self.hasher.take()
                {
                    *self.slice.lock() = Some(hasher.finish());
                }
                self.slice.sent.fetch_add(len, Ordering::Relaxed);
                self.slice.meter.add(self.slice.part, len);
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Err(error) => {
                self.slice.fault.put(io::Error::new(error.kind(), error.to_string()));
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.at.unwrap_or(0) >= self.slice.len
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.slice.len - self.at.unwrap_or(0))
    }
}
