//! A GET that goes on where it was cut: the next range of the same version (`If-Match`), never of another one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, SystemTime};

use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};

use super::proof::{Told, told_of};
use crate::client::{Attempts, for_fetching};
use crate::control::{Control, Progress};
use crate::encryption::with_customer_key;
use crate::error::{Cause, ErrorKind, StorageError, cause, innermost};
use crate::list::unquoted;
use crate::pace::{Lane, Turn, Way};
use crate::storage::{Storage, Target};
use crate::store::{Reading, Store, StoreError};

/// Times that a stream may break without a byte in between.
const BREAKS: u32 = 3;
const BREAK_WAIT: Duration = Duration::from_millis(200);

/// What the server says of an object that it is sending.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub size: u64,
    pub etag: String,
    pub content_type: Option<String>,
    pub modified: Option<SystemTime>,
    pub metadata: BTreeMap<String, String>,
}

pub(crate) struct Fetch<'a> {
    storage: &'a Storage,
    target: Target,
    action: &'static str,
    control: &'a Control,
    about: About,
    body: Coming,
    start: u64,
    at: u64,
    end: u64,
    breaks: u32,
    /// Nobody has compared the whole with what the server tells of it.
    unproved: bool,
    _turn: Option<Turn>,
}

impl<'a> Fetch<'a> {
    pub async fn open(
        storage: &'a Storage,
        target: Target,
        action: &'static str,
        range: Option<Range<u64>>,
        etag: Option<&str>,
        control: &'a Control,
        lane: Option<Lane>,
    ) -> Result<Self, StorageError> {
        let _turn = match lane {
            Some(lane) => Some(storage.pace().turn(lane).await),
            None => None,
        };
        let asked = range.as_ref().map(|range| range.start..range.end.max(range.start + 1));
        let answer = match request(storage, &target, asked.clone(), etag).await {
            Err((_, Some(416))) if range.as_ref().is_some_and(|range| range.start == 0) => {
                // S3 has no range for an object without bytes; asked for whole, it is simply empty.
                request(storage, &target, None, etag).await
            }
            answer => answer,
        };
        let Answer { held, about, body, told } =
            answer.map_err(|(cause, _)| StorageError::of(cause, action, target.key.as_str()))?;
        let end = range.as_ref().map_or(held.end, |range| range.end.min(held.end));
        if range.as_ref().is_some_and(|range| range.start != held.start && about.size > 0) {
            let error = StorageError::new(ErrorKind::Unexpected, action, target.key.as_str());
            return Err(error.with_detail("the server does not give ranges"));
        }
        let fetch = Self {
            storage,
            target,
            action,
            control,
            about,
            body,
            start: held.start,
            at: held.start,
            end: end.max(held.start),
            breaks: 0,
            // The SDK compares a whole that comes in one piece with a checksum of it, and with no other.
            unproved: matches!(told, Some(Told::OfParts(..))),
            _turn,
        };
        fetch.tell();
        Ok(fetch)
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    /// Whether what came is still to be compared with what the server tells of the whole.
    pub fn is_unproved(&self) -> bool {
        self.unproved
    }

    /// Which object it is of.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Bytes still to come.
    pub fn left(&self) -> u64 {
        self.end - self.at
    }

    /// The next bytes; `None` at the end, which is never early.
    pub async fn next(&mut self) -> Result<Option<Bytes>, StorageError> {
        loop {
            match self.body.next().await {
                Some(Ok(mut piece)) => {
                    let left = usize::try_from(self.left()).unwrap_or(usize::MAX);
                    piece.truncate(left);
                    if piece.is_empty() {
                        if left == 0 {
                            return Ok(None);
                        }
                        continue;
                    }
                    self.storage.pace().go(Way::Down, piece.len() as u64).await;
                    self.at += piece.len() as u64;
                    self.breaks = 0;
                    self.tell();
                    return Ok(Some(piece));
                }
                None if self.left() == 0 => return Ok(None),
                Some(Err(error)) if self.left() == 0 => {
                    // Everything came, and then it was wrong: only a checksum says that so late.
                    let detail = format!("the content is damaged: {}", error.detail);
                    return Err(self.error(Cause::new(ErrorKind::Damaged, detail)));
                }
                Some(Err(error)) => self.go_on(error).await?,
                None => self.go_on(Cause::new(ErrorKind::Offline, "the answer ended early")).await?,
            }
        }
    }

    async fn go_on(&mut self, reason: Cause) -> Result<(), StorageError> {
        self.breaks += 1;
        if self.breaks > BREAKS || self.about.etag.is_empty() {
            return Err(self.error(reason));
        }
        tokio::time::sleep(BREAK_WAIT * self.breaks).await;
        let answer = request(self.storage, &self.target, Some(self.at..self.end), Some(&self.about.etag)).await;
        let answer = answer.map_err(|(cause, _)| self.error(cause))?;
        if answer.held.start != self.at {
            return Err(self.error(Cause::new(ErrorKind::Unexpected, "the server does not give ranges")));
        }
        self.body = answer.body;
        self.unproved = self.storage.store().is_none();
        Ok(())
    }

    fn error(&self, cause: Cause) -> StorageError {
        StorageError::of(cause, self.action, self.target.key.as_str())
    }

    fn tell(&self) {
        if let Some(report) = &self.control.progress {
            let loaded = self.at - self.start;
            report(Progress { loaded, acknowledged: loaded, total: self.end - self.start, part: 1 });
        }
    }
}

/// The bytes of an answer, from S3 or from another store.
enum Coming {
    S3(ByteStream),
    Store(BoxStream<'static, Result<Bytes, StoreError>>),
}

impl Coming {
    async fn next(&mut self) -> Option<Result<Bytes, Cause>> {
        match self {
            Self::S3(body) => {
                let piece = body.next().await?;
                Some(piece.map_err(|error| Cause::new(ErrorKind::Offline, innermost(&error))))
            }
            Self::Store(bytes) => Some(bytes.next().await?.map_err(Cause::from)),
        }
    }
}

/// What a GET brought: which bytes, of what, and the bytes themselves.
struct Answer {
    held: Range<u64>,
    about: About,
    body: Coming,
    told: Option<Told>,
}

/// The same of another store: of the version that was asked for, or of none.
async fn read(
    store: &dyn Store,
    target: &Target,
    range: Option<Range<u64>>,
    etag: Option<&str>,
) -> Result<Answer, (Cause, Option<u16>)> {
    let reading = store.read(&target.full, range).await.map_err(|error| (error.into(), None))?;
    let Reading { about, content_type, range, bytes } = reading;
    if etag.is_some_and(|etag| etag != about.etag) {
        return Err((Cause::new(ErrorKind::ChangedMeanwhile, "another version is there now"), None));
    }
    let about =
        About { size: about.size, etag: about.etag, content_type, modified: about.modified, metadata: BTreeMap::new() };
    Ok(Answer { held: range, about, body: Coming::Store(bytes), told: None })
}

/// Sends a GET; a failure comes with its HTTP status.
async fn request(
    storage: &Storage,
    target: &Target,
    range: Option<Range<u64>>,
    etag: Option<&str>,
) -> Result<Answer, (Cause, Option<u16>)> {
    if let Some(store) = storage.store() {
        return read(store, target, range, etag).await;
    }
    let request = storage.client().get_object().bucket(storage.bucket()).key(&target.full);
    let request = with_customer_key!(request, storage);
    let range = range.map(|range| format!("bytes={}-{}", range.start, range.end - 1));
    let request = request.set_range(range).set_if_match(etag.map(|etag| format!("\"{etag}\"")));
    let settings = for_fetching(&Attempts::of(storage));
    let answer = request.customize().config_override(settings).send().await.map_err(|error| {
        let status = error.raw_response().map(|answer| answer.status().as_u16());
        (cause(error), status)
    })?;
    let (held, size) = extent(&answer);
    let told = told_of!(answer);
    let about = About {
        size,
        etag: unquoted(answer.e_tag()),
        modified: answer.last_modified().and_then(|at| SystemTime::try_from(*at).ok()),
        content_type: answer.content_type,
        metadata: answer.metadata.into_iter().flatten().collect(),
    };
    Ok(Answer { held, about, body: Coming::S3(answer.body), told })
}

/// Which bytes the answer holds, and the size of the whole.
fn extent(answer: &GetObjectOutput) -> (Range<u64>, u64) {
    let length = answer.content_length().and_then(|length| u64::try_from(length).ok()).unwrap_or(0);
    answer.content_range().and_then(content_range).unwrap_or((0..length, length))
}

/// `bytes 0-99/1234` (RFC 9110, 14.4).
fn content_range(text: &str) -> Option<(Range<u64>, u64)> {
    let (range, size) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    Some((first..last.checked_add(1).filter(|end| *end > first)?, size.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_range_is_read_strictly() {
        assert_eq!(content_range("bytes 0-99/1234"), Some((0..100, 1234)));
        for wrong in ["bytes */1234", "bytes 5-4/10", "0-1/2", "bytes 0-18446744073709551615/5", "bytes a-b/c"] {
            assert_eq!(content_range(wrong), None, "{wrong}");
        }
    }
}
