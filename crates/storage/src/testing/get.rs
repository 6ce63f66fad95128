//! Reading and saving, also over connections that break.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use super::server::Fault;
use super::{Bucket, Reply, content, honest, key, storage, watched};
use crate::control::{Control, Progress};
use crate::download::PartFile;
use crate::error::ErrorKind;
use crate::space::Space;

const MIB: usize = 1024 * 1024;

fn stored_at() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_893_456_000)
}

#[tokio::test]
async fn a_range_gives_those_bytes_and_the_size_of_the_whole() {
    let (storage, _server, bucket) = honest().await;
    bucket.keep("public/a", b"0123456789");
    bucket.keep("public/empty", b"");
    for (range, expected) in [(0..4, "0123"), (3..5, "34"), (8..100, "89"), (0..100, "0123456789"), (4..4, "")] {
        let got = storage.get(&Space::Public, &key("a"), Some(range.clone()), &Control::default()).await.unwrap();
        assert_eq!((got.bytes.as_ref(), got.size), (expected.as_bytes(), 10), "{range:?}");
    }
    let empty = storage.get(&Space::Public, &key("empty"), Some(0..100), &Control::default()).await.unwrap();
    assert_eq!((empty.bytes.len(), empty.size), (0, 0), "an empty object has no range, and is read all the same");
    let whole = storage.get(&Space::Public, &key("a"), None, &Control::default()).await.unwrap();
    assert_eq!((whole.content_type.as_deref(), whole.modified), (Some("text/plain"), Some(stored_at())));
    assert_eq!(whole.etag, bucket.get("public/a").unwrap().etag);
}

#[tokio::test]
async fn of_an_object_above_the_limit_nothing_is_read() {
    let whole = || Reply { status: 200, body: b"0123456789".to_vec(), ..Reply::default() }.with("etag", "\"e\"");
    let (storage, server) = storage(move |_| whole().faulty(Fault::CutAt(0))).await;
    let refused = storage.get_at_most(&Space::Public, &key("a"), 9, &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::TooLarge, "told by the head of the answer");
    assert_eq!(server.requests().len(), 1, "whoever reads the cut body asks again");

    let (storage, _server, bucket) = honest().await;
    bucket.keep("public/a", b"0123456789");
    let got = storage.get_at_most(&Space::Public, &key("a"), 10, &Control::default()).await.unwrap();
    assert_eq!(got.bytes, "0123456789");
}

#[tokio::test]
async fn what_was_written_of_an_object_comes_with_it() {
    let reply = || Reply { status: 200, body: b"text".to_vec(), ..Reply::default() }.with("etag", "\"e\"");
    let (storage, _server) = storage(move |_| reply().with("x-amz-meta-author", "Mira")).await;
    let got = storage.get(&Space::Public, &key("a"), None, &Control::default()).await.unwrap();
    assert_eq!(got.metadata.into_iter().collect::<Vec<_>>(), [("author".to_owned(), "Mira".to_owned())]);
}

#[tokio::test]
async fn a_missing_object_is_not_found_or_hidden_by_the_policy() {
    for (status, code, kind) in
        [(404, "NoSuchKey", ErrorKind::NotFound), (403, "AccessDenied", ErrorKind::AccessDenied)]
    {
        let (storage, server) = storage(move |_| Reply::error(status, code)).await;
        let error = storage.get(&Space::Public, &key("a"), None, &Control::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.action()), (kind, "open"));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_goes_on_where_it_stopped() {
    let bucket = Arc::new(Bucket::default());
    let whole = content(3 * MIB);
    bucket.keep("public/a", &whole);
    let behind = bucket.clone();
    let (storage, server) = storage(move |request| {
        let reply = behind.handle(request);
        let cut = 700_000;
        if reply.body.len() > cut { reply.faulty(Fault::CutAt(cut)) } else { reply }
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a");
    let (control, seen) = watched();
    storage.get_to_file(&Space::Public, &key("a"), &path, &control).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    let requests = server.requests();
    assert!(requests.len() > 4);
    let etag = format!("\"{}\"", bucket.get("public/a").unwrap().etag);
    assert!(requests[1..].iter().all(|request| request.header("if-match") == Some(&etag)), "never of another version");
    let total = whole.len() as u64;
    assert_eq!(seen.lock().unwrap().last().unwrap(), &Progress { loaded: total, acknowledged: total, total, part: 1 });
}

#[tokio::test]
async fn an_object_that_is_replaced_in_between_is_never_mixed() {
    let bucket = Arc::new(Bucket::default());
    bucket.keep("public/a", &content(MIB));
    let behind = bucket.clone();
    let (storage, _server) = storage(move |request| {
        let reply = behind.handle(request);
        behind.keep("public/a", &vec![7; MIB]);
        let cut = reply.body.len().min(100_000);
        reply.faulty(Fault::CutAt(cut))
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a");
    let saved = storage.get_to_file(&Space::Public, &key("a"), &path, &Control::default()).await;
    assert_eq!(saved.unwrap_err().kind(), ErrorKind::ChangedMeanwhile);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_server_that_never_sends_more_is_given_up() {
    let bucket = Bucket::default();
    bucket.keep("public/a", &content(1000));
    let (storage, _server) = storage(move |request| bucket.handle(request).faulty(Fault::CutAt(0))).await;
    let error = storage.get(&Space::Public, &key("a"), None, &Control::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Offline, "{error}");
}

#[tokio::test]
async fn a_saved_file_has_the_objects_time_and_nothing_is_ever_overwritten() {
    let (storage, server, bucket) = honest().await;
    bucket.keep("public/a", b"new");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ä b.txt");
    let saved = storage.get_to_file(&Space::Public, &key("a"), &path, &Control::default()).await.unwrap();
    assert_eq!((saved.size, saved.etag), (3, bucket.get("public/a").unwrap().etag));
    assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), stored_at());
    std::fs::write(&path, b"mine").unwrap();
    let before = server.requests().len();
    let refused = storage.get_to_file(&Space::Public, &key("a"), &path, &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(server.requests().len(), before, "known before it is fetched");
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    storage.get_over_file(&Space::Public, &key("a"), &path, &Control::default()).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file is left");
}

#[tokio::test]
async fn a_file_that_appears_while_another_is_fetched_is_not_overwritten() {
    let bucket = Bucket::default();
    bucket.keep("public/a", b"new");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a");
    let appearing = path.clone();
    let (storage, _server) = storage(move |request| {
        std::fs::write(&appearing, b"mine").unwrap();
        bucket.handle(request)
    })
    .await;
    let refused = storage.get_to_file(&Space::Public, &key("a"), &path, &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

/// A disk with room for so many bytes.
struct SmallDisk {
    room: usize,
    finished: Arc<AtomicUsize>,
}

impl PartFile for SmallDisk {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.room = self.room.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(())
    }

    fn finish(self: Box<Self>, _modified: Option<SystemTime>) -> io::Result<()> {
        self.finished.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_gets_its_name() {
    let (storage, _server, bucket) = honest().await;
    bucket.keep("public/a", &content(2 * MIB));
    let finished = Arc::new(AtomicUsize::new(0));
    for (room, full) in [(MIB, true), (2 * MIB, false)] {
        let disk = Box::new(SmallDisk { room, finished: finished.clone() });
        let saved = storage.get_into(&Space::Public, &key("a"), disk, &Control::default()).await;
        assert_eq!(saved.err().map(|error| error.kind()), full.then_some(ErrorKind::DiskFull));
    }
    assert_eq!(finished.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_cancelled_or_failed_download_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a");
    let control = Control::default();
    let cancel = control.cancel.clone();
    let (silent, _server) = storage(move |_| {
        cancel.cancel();
        Reply::status(200).faulty(Fault::Stall)
    })
    .await;
    let stopped = silent.get_to_file(&Space::Public, &key("a"), &path, &control).await.unwrap_err();
    assert_eq!(stopped.kind(), ErrorKind::Cancelled);
    let (refusing, _server) = storage(|_| Reply::error(403, "AccessDenied")).await;
    refusing.get_to_file(&Space::Public, &key("a"), &path, &Control::default()).await.unwrap_err();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    let nowhere = dir.path().join("no such folder").join("a");
    let failed = refusing.get_to_file(&Space::Public, &key("a"), &nowhere, &Control::default()).await.unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::LocalFile);
}

#[tokio::test]
async fn content_that_does_not_match_its_checksum_is_refused() {
    let bucket = Bucket::default();
    bucket.keep("public/a", &content(300_000));
    let (storage, _server) = storage(move |request| {
        // The CRC32 of something else.
        bucket.handle(request).with("x-amz-checksum-crc32", "AAAAAA==")
    })
    .await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a");
    let error = storage.get_to_file(&Space::Public, &key("a"), &path, &Control::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Damaged, "{error}");
    assert!(!path.exists());
}
