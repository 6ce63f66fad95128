//! A body on its way through: counted, as slow as the line, and broken off where a fault says.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::{Body as _, Frame, Incoming};

use crate::connection::Breaker;
use crate::line::{Direction, Line};
use crate::log::Passage;

pub(crate) type Passing = UnsyncBoxBody<Bytes, io::Error>;

/// What was passed on must leave this computer's buffers before the connection is broken.
const FLUSHED: Duration = Duration::from_millis(20);

/// Where a body breaks off, and how.
#[derive(Clone, Debug)]
pub(crate) struct Break {
    pub at: u64,
    /// The client's connection is reset; otherwise the body just ends.
    pub reset: Option<Breaker>,
}

pub(crate) fn whole(bytes: impl Into<Bytes>) -> Passing {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

pub(crate) fn pass(
    body: Incoming,
    line: Arc<Line>,
    direction: Direction,
    passage: Arc<Passage>,
    breaks: Option<Break>,
) -> Passing {
    if body.is_end_stream() {
        // A request without a body must not get an empty one of unknown length.
        return Empty::new().map_err(|never| match never {}).boxed_unsync();
    }
    let passing = InBetween { body, line, direction, passage, passed: 0, breaks, rest: Bytes::new() };
    let pieces = stream::unfold(passing, |mut passing| async move {
        let piece = passing.next().await?;
        Some((piece.map(Frame::data), passing))
    });
    StreamBody::new(pieces).boxed_unsync()
}

struct InBetween {
    body: Incoming,
    line: Arc<Line>,
    direction: Direction,
    passage: Arc<Passage>,
    passed: u64,
    breaks: Option<Break>,
    rest: Bytes,
}

impl InBetween {
    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        while self.rest.is_empty() {
            match self.body.frame().await? {
                Ok(frame) => self.rest = frame.into_data().unwrap_or_default(),
                Err(error) => return Some(Err(io::Error::other(error))),
            }
        }
        let left = self.breaks.as_ref().map_or(u64::MAX, |breaks| breaks.at - self.passed);
        if left == 0 {
            return Some(Err(self.break_off().await));
        }
        let most = self.line.piece().min(usize::try_from(left).unwrap_or(usize::MAX));
        let piece = self.rest.split_to(most.min(self.rest.len()));
        self.line.pass(piece.len(), self.direction).await;
        self.passed += piece.len() as u64;
        match self.direction {
            Direction::Up => self.passage.count_up(piece.len()),
            Direction::Down => self.passage.count_down(piece.len()),
        }
        Some(Ok(piece))
    }

    async fn break_off(&self) -> io::Error {
        tokio::time::sleep(FLUSHED).await;
        if let Some(breaker) = self.breaks.as_ref().and_then(|breaks| breaks.reset.as_ref()) {
            breaker.reset();
        }
        io::ErrorKind::ConnectionReset.into()
    }
}
