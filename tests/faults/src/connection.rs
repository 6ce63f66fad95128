//! A client's connection, which can be reset: the peer then reads an error and not an end.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How a connection is broken off from within an exchange.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breaker {
    broken: CancellationToken,
    moves: Arc<Moves>,
}

/// How much has moved, and since when nothing did.
#[derive(Debug)]
struct Moves {
    count: AtomicU64,
    last: Mutex<(u64, Instant)>,
}

impl Default for Moves {
    fn default() -> Self {
        Self { count: AtomicU64::new(0), last: Mutex::new((0, Instant::now())) }
    }
}

impl Breaker {
    /// Resets the connection.
    pub fn reset(&self) {
        self.broken.cancel();
    }

    /// Waits for the reset.
    pub async fn is_reset(&self) {
        self.broken.cancelled().await;
    }

    /// For how long nothing has moved.
    pub fn still(&self) -> Duration {
        let count = self.moves.count.load(Ordering::Relaxed);
        let mut last = self.moves.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0 != count {
            *last = (count, Instant::now());
        }
        last.1.elapsed()
    }
}

/// The connection itself. However it ends after its breaker was pulled, it ends with a reset.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    breaker: Breaker,
}

impl Connection {
    pub fn new(stream: TcpStream, breaker: Breaker) -> Self {
        Self { stream, breaker }
    }

    fn moved(&self, outcome: &Poll<io::Result<impl Sized>>) {
        if let Poll::Ready(Ok(_)) = outcome {
            self.breaker.moves.count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.breaker.broken.is_cancelled() {
            // A socket that cannot be told to reset just closes: the client is cut off all the same.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let read = Pin::new(&mut this.stream).poll_read(context, to);
        this.moved(&read);
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, from);
        this.moved(&written);
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
