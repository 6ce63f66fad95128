//! Uploads: whole, in parts, stopped, and onto names that are taken.

use crate::case::Case;
use crate::servers::Server;
use crate::visitor::{get, key, put};
use amphora_storage::{Body, Checksum, Control, ErrorKind, IfExists, PutOptions, Shape, Space, Storage};
use bytes::Bytes;
use std::sync::{Arc, Mutex};

const PART: u64 = 5 << 20;
const SPACE: Space = Space::Private;

pub fn cases() -> Vec<Case> {
    vec![
        Case::of_s3("12 MiB go up in three parts and come down the same", |storage| async move {
            in_parts(&storage).await;
        }),
        Case::of_s3("what has checksums of its parts comes down whole by them", |storage| async move {
            by_its_parts(&storage).await;
        }),
        Case::of_s3("nothing at all is a file too", |storage| async move {
            let storage = &storage;
            put(storage, &SPACE, "uploads/empty.txt", "").await.expect("it goes up");
            let read = get(storage, &SPACE, "uploads/empty.txt").await.expect("it comes down");
            assert_eq!((read.bytes.len(), read.content_type.as_deref()), (0, Some("text/plain")));
        }),
        Case::of_s3("a range is that range", |storage| async move {
            let storage = &storage;
            put(storage, &SPACE, "uploads/range.txt", "0123456789").await.expect("it goes up");
            let some = storage.get(&SPACE, &key("uploads/range.txt"), Some(2..5), &Control::default()).await;
            let some = some.expect("a range");
            assert_eq!((some.bytes.as_ref(), some.size), (&b"234"[..], 10));
        }),
        Case::of_s3("a taken name is refused by the server", |storage| async move {
            taken(&storage, "uploads/taken.txt", "text".into(), IfExists::Fail).await;
        }),
        Case::of_s3("a taken name is asked about before a byte is sent", |storage| async move {
            taken(&storage, "uploads/asked.txt", "text".into(), IfExists::Ask).await;
        }),
        Case::of_s3("a taken name is refused to an upload in parts", |storage| async move {
            taken(&storage, "uploads/parts.bin", content(6 << 20), IfExists::Fail).await;
        }),
        Case::of_s3("of many that want a free name at once one gets it", |storage| async move {
            race(&storage).await;
        }),
        Case::of_s3("only what was seen is replaced", |storage| async move {
            replaced(&storage, "text".into()).await;
        }),
        Case::of_s3("only what was seen is replaced by an upload in parts", |storage| async move {
            replaced(&storage, content(6 << 20)).await;
        }),
        Case::of_s3("keeping both takes the next free name", |storage| async move {
            keep_both(&storage).await;
        }),
        Case::new("a stopped upload leaves nothing, or says what it had to leave", |server| async move {
            stopped(&server).await;
        }),
    ]
}

fn content(length: usize) -> Bytes {
    // Not the same in every part, so that parts in the wrong order show.
    (0..length).map(|at| (at / 1000 % 251) as u8 ^ at as u8).collect()
}

fn parts(if_exists: IfExists) -> PutOptions {
    PutOptions { part_size: Some(PART), ..PutOptions::new(if_exists) }
}

async fn in_parts(storage: &Storage) {
    let bytes = content(12 << 20);
    let seen = Arc::new(Mutex::new(None));
    let progress: amphora_storage::ProgressFn = Arc::new({
        let seen = seen.clone();
        move |progress| *seen.lock().unwrap() = Some((progress.loaded, progress.total))
    });
    let control = Control { progress: Some(progress), ..Control::default() };
    let name = key("uploads/12 MiB.bin");
    let stored = storage.put(&SPACE, &name, Body::Bytes(bytes.clone()), parts(IfExists::Replace), &control).await;
    let stored = stored.expect("it goes up");
    assert_eq!(stored.size, 12 << 20);
    assert!(stored.etag.ends_with("-3"), "three parts: {}", stored.etag);
    assert_eq!(*seen.lock().unwrap(), Some((12 << 20, 12 << 20)), "the last progress is all of it");
    let read = storage.get(&SPACE, &name, None, &Control::default()).await.expect("it comes down");
    assert!(read.bytes == bytes, "byte for byte");
    assert_eq!(read.etag, stored.etag);
}

async fn by_its_parts(storage: &Storage) {
    let (bytes, name) = (content(12 << 20), key("uploads/sha256.bin"));
    let options = PutOptions { checksum: Checksum::Sha256, ..parts(IfExists::Replace) };
    let control = Control::default();
    let stored = storage.put(&SPACE, &name, Body::Bytes(bytes.clone()), options, &control).await.expect("it goes up");
    let folder = tempfile::tempdir().unwrap();
    let (ranges, piece) = (folder.path().join("ranges"), folder.path().join("piece"));
    let version = (stored.etag.as_str(), stored.size);
    storage.get_on(&SPACE, &name, (&ranges, &ranges), version, &control).await.expect("it comes down in ranges");
    storage.get_to_file(&SPACE, &name, &piece, &control).await.expect("it comes down in one piece");
    for path in [ranges, piece] {
        assert!(std::fs::read(path).unwrap() == bytes, "byte for byte");
    }
}

async fn taken(storage: &Storage, name: &str, body: Bytes, if_exists: IfExists) {
    put(storage, &SPACE, name, "first").await.expect("the first goes up");
    let second = storage.put(&SPACE, &key(name), Body::Bytes(body), parts(if_exists), &Control::default()).await;
    let refused = second.expect_err("the name is taken");
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(refused.existing().expect("what is there").size, 5);
    assert_eq!(get(storage, &SPACE, name).await.expect("the first").bytes, "first");
}

async fn replaced(storage: &Storage, body: Bytes) {
    let name = "uploads/replaced.bin";
    let seen = put(storage, &SPACE, name, "seen").await.expect("it goes up").etag;
    let write = async || {
        let options = PutOptions { replaces: Some(seen.clone()), ..parts(IfExists::Replace) };
        storage.put(&SPACE, &key(name), Body::Bytes(body.clone()), options, &Control::default()).await
    };
    assert_eq!(write().await.expect("it is what was seen").size, body.len() as u64);
    let refused = write().await.expect_err("it is another now");
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists, "{refused}");
    assert_eq!(refused.existing().expect("what is there").size, body.len() as u64);
    storage.remove(&SPACE, &key(name)).await.expect("it goes away");
    assert_eq!(write().await.expect("nothing is in its way").size, body.len() as u64);
}

async fn race(storage: &Storage) {
    let name = "uploads/race.txt";
    let _free = storage.remove(&SPACE, &key(name)).await;
    let racers = (0..8).map(|number| async move {
        let body = Body::Bytes(format!("racer {number}").into());
        storage.put(&SPACE, &key(name), body, PutOptions::new(IfExists::Fail), &Control::default()).await
    });
    let outcomes = futures::future::join_all(racers).await;
    let won: Vec<_> = (0..8).filter(|number| outcomes[*number].is_ok()).collect();
    assert_eq!(won.len(), 1, "{outcomes:?}");
    let read = get(storage, &SPACE, name).await.expect("the winner's");
    assert_eq!(read.bytes, format!("racer {}", won[0]));
}

async fn keep_both(storage: &Storage) {
    for name in ["uploads/report.txt", "uploads/report (2).txt", "uploads/report (3).txt"] {
        let _free = storage.remove(&SPACE, &key(name)).await;
    }
    for expected in ["uploads/report.txt", "uploads/report (2).txt", "uploads/report (3).txt"] {
        let body = Body::Bytes(Bytes::copy_from_slice(expected.as_bytes()));
        let options = PutOptions::new(IfExists::KeepBoth);
        let stored = storage.put(&SPACE, &key("uploads/report.txt"), body, options, &Control::default()).await;
        assert_eq!(stored.expect("it goes up").key.as_str(), expected);
    }
    let first = get(storage, &SPACE, "uploads/report.txt").await.expect("the first");
    assert_eq!(first.bytes, "uploads/report.txt", "the first is untouched");
}

async fn stopped(server: &Server) {
    let storage = &server.ana().await.storage;
    let cancel = Control::default().cancel;
    let progress: amphora_storage::ProgressFn = Arc::new({
        let cancel = cancel.clone();
        move |progress| {
            if progress.loaded > PART {
                cancel.cancel();
            }
        }
    });
    let control = Control { progress: Some(progress), cancel };
    let options = PutOptions { concurrency: 1, ..parts(IfExists::Replace) };
    let body = Body::Bytes(content(20 << 20));
    let stopped = storage.put(&SPACE, &key("uploads/stopped.bin"), body, options, &control).await;
    let stopped = stopped.expect_err("stopped");
    assert_eq!(stopped.kind(), ErrorKind::Cancelled);
    // The documentation's policies do not allow the abort; then the parts that stay are named.
    assert_eq!(stopped.abandoned().is_none(), server.allows_abort(), "{stopped:?}");
    let left = storage.list_all(&SPACE, "uploads/stopped", Shape::Deep, &Control::default()).await.expect("a listing");
    assert!(left.objects.is_empty(), "there is no half of a file");
}
