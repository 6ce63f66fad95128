//! Storing, with and without something of the name there.

use std::sync::Arc;
use std::time::Duration;

use super::server::Fault;
use super::{Bucket, content, honest, key, storage, watched};
use crate::body::{Body, Patch, Patches};
use crate::checksum::Checksum;
use crate::conflict::IfExists;
use crate::control::Control;
use crate::error::ErrorKind;
use crate::etag::{file_has_etag, patched_has_etag};
use crate::put::PutOptions;
use crate::space::{IdentityId, Owner, Space};

const MIB: usize = 1024 * 1024;

fn bytes(content: &'static [u8]) -> Body {
    Body::Bytes(content.into())
}

fn new() -> PutOptions {
    PutOptions::new(IfExists::Fail)
}

#[tokio::test]
async fn keys_of_every_kind_are_stored_listed_read_and_removed_byte_for_byte() {
    let (storage, _server, bucket) = honest().await;
    let longest = "k".repeat(1024 - "public/".len());
    let keys = [
        "a b+ü.txt",
        "+ & % # ?",
        "a%20b%2Fc",
        "/leading",
        "a//b",
        "../up",
        "a/../b",
        "..",
        "./x",
        "line\nbreak",
        "📷 Ø",
        "'\"<>&;:@=,$!*()[]{}|\\^`~",
        "trailing ",
        "f",
        "f/g",
        "folder/",
        " ",
        &longest,
    ];
    for name in keys {
        let stored = storage.put(&Space::Public, &key(name), bytes(b"x"), new(), &Control::default()).await;
        assert_eq!(stored.unwrap().key.as_str(), name);
        assert!(bucket.get(&format!("public/{name}")).is_some(), "{name:?} is stored under its own name");
    }
    let page = storage.list_page(&Space::Public, "", crate::Shape::Deep, None).await.unwrap();
    let mut listed: Vec<_> = page.objects.into_iter().map(|object| object.key).collect();
    let mut expected: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
    listed.sort();
    expected.sort();
    assert_eq!(listed, expected);
    for name in keys {
        let got = storage.get(&Space::Public, &key(name), None, &Control::default()).await.unwrap();
        assert_eq!(got.bytes, "x", "{name:?}");
        assert_eq!(storage.find(&Space::Public, &key(name)).await.unwrap().unwrap().key, name);
    }
    for (name, outcome) in storage.remove_many(&Space::Public, keys.iter().map(|name| key(name)).collect()).await {
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert_eq!(bucket.keys(), Vec::<String>::new());
}

#[tokio::test]
async fn each_space_is_stored_under_its_prefix_and_anothers_is_refused_here() {
    let (storage, server, bucket) = honest().await;
    for space in [Space::Public, Space::Protected(Owner::Me), Space::Private] {
        storage.put(&space, &key("n.txt"), bytes(b"x"), new(), &Control::default()).await.unwrap();
    }
    assert_eq!(bucket.keys(), ["private/us-east-1:me/n.txt", "protected/us-east-1:me/n.txt", "public/n.txt"]);
    assert_eq!(bucket.get("public/n.txt").unwrap().content_type, "text/plain");
    let before = server.requests().len();
    let other = Space::Protected(Owner::Person(IdentityId::new("us-east-1:you")));
    let refused = storage.put(&other, &key("n"), bytes(b"x"), new(), &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AccessDenied);
    assert_eq!(storage.remove(&other, &key("n")).await.unwrap_err().kind(), ErrorKind::AccessDenied);
    assert_eq!(server.requests().len(), before, "nothing was asked of the server");
}

#[tokio::test]
async fn a_taken_name_is_refused_replaced_or_counted_on() {
    let (storage, server, bucket) = honest().await;
    bucket.keep("public/d/report.pdf", b"old");
    bucket.keep("public/d/report (2).pdf", b"old too");
    let name = key("d/report.pdf");
    let put = |if_exists| {
        let storage = storage.clone();
        let name = name.clone();
        async move {
            storage.put(&Space::Public, &name, bytes(b"new"), PutOptions::new(if_exists), &Control::default()).await
        }
    };
    let refused = put(IfExists::Fail).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(refused.existing().unwrap().size, 3, "it says what is there");
    let sent = server.count("PUT", "");
    assert_eq!(put(IfExists::Ask).await.unwrap_err().existing().unwrap().key, "d/report.pdf");
    assert_eq!(server.count("PUT", ""), sent, "asked before a byte is sent");
    assert_eq!(put(IfExists::KeepBoth).await.unwrap().key.as_str(), "d/report (3).pdf");
    assert_eq!(bucket.get("public/d/report.pdf").unwrap().bytes, b"old");
    put(IfExists::Replace).await.unwrap();
    assert_eq!(bucket.get("public/d/report.pdf").unwrap().bytes, b"new");
}

#[tokio::test]
async fn a_name_that_appears_after_the_look_is_still_not_overwritten() {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (storage, _server) = storage(move |request| {
        let reply = behind.handle(request);
        if request.method == "GET" {
            behind.keep("public/a.txt", b"theirs");
        }
        reply
    })
    .await;
    let options = PutOptions::new(IfExists::KeepBoth);
    let stored = storage.put(&Space::Public, &key("a.txt"), bytes(b"ours"), options, &Control::default()).await;
    assert_eq!(stored.unwrap().key.as_str(), "a (2).txt");
    assert_eq!(bucket.get("public/a.txt").unwrap().bytes, b"theirs");
}

#[tokio::test]
async fn a_large_file_goes_in_parts_with_progress_to_the_last_byte() {
    let (storage, server, bucket) = honest().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("big.bin");
    let whole = content(12 * MIB + 17);
    std::fs::write(&path, &whole).unwrap();
    let (control, seen) = watched();
    let options = PutOptions { part_size: Some(5 * MIB as u64), ..new() };
    let stored = storage.put(&Space::Private, &key("big.bin"), Body::File(path), options, &control).await.unwrap();
    let kept = bucket.get("private/us-east-1:me/big.bin").unwrap();
    assert_eq!(kept.bytes, whole);
    assert_eq!((stored.size, stored.etag.as_str()), (whole.len() as u64, kept.etag.as_str()));
    assert_eq!(server.count("PUT", "partNumber"), 3);
    assert_eq!(bucket.unfinished(), 0);
    let seen = seen.lock().unwrap();
    let total = whole.len() as u64;
    assert_eq!((seen.last().unwrap().loaded, seen.last().unwrap().total), (total, total));
    assert!(seen.windows(2).all(|pair| pair[0].loaded <= pair[1].loaded), "nothing was sent twice");
    assert!(seen.len() > 20, "it moves between the parts too");
    assert!(seen.iter().all(|progress| progress.acknowledged <= progress.loaded), "what is confirmed was sent");
    assert!(seen.windows(2).all(|pair| pair[0].acknowledged <= pair[1].acknowledged), "what is confirmed stays so");
    let (part, rest) = (5 * MIB as u64, total % (5 * MIB as u64));
    let whole_parts = |bytes: u64| bytes + 1 == total || [0, rest].contains(&(bytes % part));
    let confirmed: Vec<u64> = seen.iter().map(|progress| progress.acknowledged).collect();
    assert!(confirmed.iter().all(|bytes| whole_parts(*bytes)), "a part is confirmed whole: {confirmed:?}");
    assert_eq!(seen.last().unwrap().acknowledged, total);
    assert_eq!(seen.iter().filter(|progress| progress.loaded == total).count(), 1, "full only when acknowledged");
}

#[tokio::test]
async fn a_patched_file_arrives_with_its_patches_in_one_request_and_in_parts() {
    let (storage, server, bucket) = honest().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("video.mp4");
    let as_it_is = content(12 * MIB);
    std::fs::write(&path, &as_it_is).unwrap();
    let part = 5 * MIB;
    // Over the border between two parts, and at the very end.
    let (across, last) = (part - 3, as_it_is.len() - 4);
    let patches = [(last, "last"), (across, "across")].map(|(at, text)| Patch { at: at as u64, bytes: text.into() });
    let patches = Patches::new(&path.metadata().unwrap(), patches.to_vec());
    let mut expected = as_it_is.clone();
    expected[across..across + 6].copy_from_slice(b"across");
    expected[last..].copy_from_slice(b"last");
    for (name, part_size) in [("parts", part), ("single", 16 * MIB)] {
        let options = PutOptions { part_size: Some(part_size as u64), checksum: Checksum::Sha256, ..new() };
        let body = Body::Patched(path.clone(), patches.clone());
        let stored = storage.put(&Space::Public, &key(name), body, options, &Control::default()).await.unwrap();
        assert_eq!(bucket.get(&format!("public/{name}")).unwrap().bytes, expected, "{name}");
        assert_eq!(patched_has_etag(&path, &patches, &stored.etag).unwrap(), Some(true), "{name}: known again");
        assert_ne!(file_has_etag(&path, &stored.etag).unwrap(), Some(true), "{name}");
    }
    assert_eq!(server.count("PUT", "partNumber"), 3);
    assert_eq!(std::fs::read(&path).unwrap(), as_it_is, "the file on this computer is not touched");
}

#[tokio::test]
async fn patches_go_over_no_other_file_than_they_were_made_for() {
    let (storage, server, _) = honest().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("video.mp4");
    std::fs::write(&path, content(MIB)).unwrap();
    let looked_at = path.metadata().unwrap();
    let patches = Patches::new(&looked_at, vec![Patch { at: 7, bytes: "patch".into() }]);
    let later = looked_at.modified().unwrap() + Duration::from_secs(1);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
    for other in ["as long, written later", "longer, as old"] {
        let body = Body::Patched(path.clone(), patches.clone());
        let error = storage.put(&Space::Public, &key("a"), body, new(), &Control::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ChangedMeanwhile, "{other}");
        std::fs::write(&path, content(MIB + 1)).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(looked_at.modified().unwrap()).unwrap();
    }
    assert_eq!(server.count("PUT", ""), 0, "nothing of it is sent");
}

#[tokio::test]
async fn a_large_file_over_a_taken_name_is_refused_before_its_parts_are_sent() {
    let (storage, server, bucket) = honest().await;
    bucket.keep("public/big", b"old");
    let body = Body::Bytes(content(9 * MIB).into());
    let refused = storage.put(&Space::Public, &key("big"), body, new(), &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(server.count("POST", ""), 0);
}

#[tokio::test]
async fn a_late_conflict_of_a_large_file_overwrites_nothing_and_leaves_no_parts() {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (storage, _server) = storage(move |request| {
        if request.asks("partNumber") {
            behind.keep("public/big", b"theirs");
        }
        behind.handle(request)
    })
    .await;
    let body = Body::Bytes(content(9 * MIB).into());
    let refused = storage.put(&Space::Public, &key("big"), body, new(), &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(refused.existing().unwrap().size, 6);
    assert_eq!(bucket.get("public/big").unwrap().bytes, b"theirs");
    assert_eq!(bucket.unfinished(), 0);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_not_taken_for_somebody_elses_file() {
    for size in [10, 6 * MIB, 9 * MIB] {
        let bucket = Arc::new(Bucket::default());
        let behind = bucket.clone();
        let lost = std::sync::atomic::AtomicBool::new(false);
        let (storage, _server) = storage(move |request| {
            let finishes = request.header("if-none-match").is_some();
            let reply = behind.handle(request);
            let first = finishes && !lost.swap(true, std::sync::atomic::Ordering::Relaxed);
            if first { reply.faulty(Fault::Reset) } else { reply }
        })
        .await;
        let body = Body::Bytes(content(size).into());
        let stored = storage.put(&Space::Public, &key("a"), body, new(), &Control::default()).await;
        let stored = stored.unwrap_or_else(|error| panic!("{size} bytes: {error}"));
        assert_eq!(stored.etag, bucket.get("public/a").unwrap().etag);
    }
}

#[tokio::test]
async fn a_new_folder_is_an_empty_object_with_a_slash() {
    let (storage, _server, bucket) = honest().await;
    storage.new_folder(&Space::Public, "a/new").await.unwrap();
    storage.new_folder(&Space::Public, "b/").await.unwrap();
    assert_eq!(bucket.keys(), ["public/a/new/", "public/b/"]);
    assert_eq!(bucket.get("public/b/").unwrap().bytes, b"");
    assert_eq!(storage.new_folder(&Space::Public, "b").await.unwrap_err().kind(), ErrorKind::AlreadyExists);
}
