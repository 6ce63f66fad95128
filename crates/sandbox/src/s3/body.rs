//! Content on its way between the network and blobs, in constant memory.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt;
use s3s::dto::StreamingBlob;
use s3s::{S3Result, s3_error};
use tokio::sync::mpsc;

use super::fault::to_s3;
use crate::store::checksum::Algorithm;
use crate::store::{CopySource, Segment, Store, StoreError, StoredBlob};

/// So many pieces of a body wait for the disk at most.
const QUEUE: usize = 16;
/// So much is read from a blob at once.
const CHUNK: u64 = 256 * 1024;

enum Piece {
    Content(Bytes),
    End,
}

/// Writes a body into a blob while it arrives. A body that breaks off leaves nothing behind.
pub async fn receive(
    store: Arc<Store>,
    body: Option<StreamingBlob>,
    algorithms: Vec<Algorithm>,
) -> S3Result<StoredBlob> {
    let (sender, mut receiver) = mpsc::channel(QUEUE);
    let writing = tokio::task::spawn_blocking(move || {
        let mut blob = store.start_blob(&algorithms)?;
        loop {
            match receiver.blocking_recv() {
                Some(Piece::Content(bytes)) => blob.write(&bytes)?,
                Some(Piece::End) => return Ok(blob.finish()?),
                // The sender went away without an end: the request was cancelled or broke off.
                None => return Err(StoreError::Interrupted),
            }
        }
    });
    if let Some(mut body) = body {
        while let Some(piece) = body.next().await {
            let bytes = piece.map_err(|source| {
                let mut error = s3_error!(IncompleteBody, "The request body could not be read to its end.");
                error.set_source(source);
                error
            })?;
            if sender.send(Piece::Content(bytes)).await.is_err() {
                // The writer failed; its answer says how.
                break;
            }
        }
    }
    // A writer that failed no longer listens; its answer says how.
    let _ = sender.send(Piece::End).await;
    match writing.await {
        Ok(blob) => blob.map_err(to_s3),
        Err(_) => Err(s3_error!(InternalError, "The operation was interrupted.")),
    }
}

/// The bytes `range` of an object as a stream. The object's blobs stay until the stream is dropped.
pub fn send(source: CopySource, range: &Range<u64>) -> StreamingBlob {
    let mut segments = Segment::cut(&source.object.content, range.start, range.end);
    segments.reverse();
    let state = Sending { source, segments, current: None };
    StreamingBlob::wrap(futures::stream::unfold(Some(state), |state| async move {
        let mut state = state?;
        let read = tokio::task::spawn_blocking(move || {
            let chunk = state.next();
            (state, chunk)
        });
        match read.await {
            Ok((state, Ok(Some(chunk)))) => Some((Ok(chunk), Some(state))),
            Ok((_, Ok(None))) => None,
            Ok((_, Err(error))) => Some((Err(error), None)),
            Err(error) => Some((Err(std::io::Error::other(error)), None)),
        }
    }))
}

struct Sending {
    source: CopySource,
    segments: Vec<Segment>,
    current: Option<std::io::Take<std::fs::File>>,
}

impl Sending {
    fn next(&mut self) -> std::io::Result<Option<Bytes>> {
        loop {
            if let Some(file) = &mut self.current {
                let mut chunk = Vec::with_capacity(usize::try_from(CHUNK.min(file.limit())).unwrap_or_default());
                file.by_ref().take(CHUNK).read_to_end(&mut chunk)?;
                if !chunk.is_empty() {
                    return Ok(Some(chunk.into()));
                }
                if file.limit() > 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                self.current = None;
            }
            let Some(segment) = self.segments.pop() else { return Ok(None) };
            let mut file = self.source.pins.read(&segment.blob)?;
            file.seek(SeekFrom::Start(segment.offset))?;
            self.current = Some(file.take(segment.length));
        }
    }
}
