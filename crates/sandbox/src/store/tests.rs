//! The store against a model, and against the life it leads: replaced while read, copied, cut off, swept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use proptest::prelude::*;

use super::*;

const BUCKET: &str = "amphora";
const NOW: i64 = 1_800_000_000;

fn open(dir: &std::path::Path) -> Store {
    let store = Store::open(dir, false).unwrap();
    match store.create_bucket(BUCKET, NOW) {
        Ok(()) | Err(StoreError::BucketExists) => store,
        Err(error) => panic!("{error}"),
    }
}

fn put(store: &Store, key: &str, bytes: &[u8]) -> Object {
    put_if(store, key, bytes, &Precondition::None).unwrap()
}

fn put_if(store: &Store, key: &str, bytes: &[u8], precondition: &Precondition) -> StoreResult<Object> {
    let mut blob = store.start_blob(&[]).unwrap();
    blob.write(bytes).unwrap();
    store.put(BUCKET, key, Head::default(), blob.finish().unwrap(), precondition, NOW)
}

fn read_all(source: &CopySource) -> Vec<u8> {
    let mut all = Vec::new();
    for segment in &source.object.content {
        let mut bytes = Vec::new();
        source.pins.read(&segment.blob).unwrap().read_to_end(&mut bytes).unwrap();
        let from = usize::try_from(segment.offset).unwrap();
        all.extend_from_slice(&bytes[from..from + usize::try_from(segment.length).unwrap()]);
    }
    all
}

fn blob_files(dir: &std::path::Path) -> usize {
    let shards = std::fs::read_dir(dir.join("blobs")).unwrap();
    shards.map(|shard| std::fs::read_dir(shard.unwrap().path()).unwrap().count()).sum()
}

#[test]
fn what_was_put_is_there_after_reopening_and_orphans_are_not() {
    let dir = tempfile::tempdir().unwrap();
    put(&open(dir.path()), "a", b"first");
    std::fs::write(dir.path().join("blobs/00/0000aaaa"), b"an orphan").unwrap();
    std::fs::write(dir.path().join("incoming/half"), b"half of").unwrap();

    let store = open(dir.path());
    assert_eq!(read_all(&store.open_object(BUCKET, "a", None).unwrap()), b"first");
    assert_eq!(blob_files(dir.path()), 1, "the orphan is swept");
    assert_eq!(std::fs::read_dir(dir.path().join("incoming")).unwrap().count(), 0);
}

#[test]
fn an_object_that_is_replaced_while_it_is_read_reads_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    put(&store, "a", b"first");
    let reader = store.open_object(BUCKET, "a", None).unwrap();
    put(&store, "a", b"second");
    assert_eq!(read_all(&reader), b"first");
    drop(reader);
    assert_eq!(blob_files(dir.path()), 1, "the last reader took the old content with it");
    assert_eq!(read_all(&store.open_object(BUCKET, "a", None).unwrap()), b"second");
}

#[test]
fn a_copy_shares_content_and_outlives_its_source() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    put(&store, "a", b"first");
    let source = store.open_object(BUCKET, "a", None).unwrap();
    store.delete(BUCKET, "a", &Precondition::None, NOW).unwrap();
    store.put_copy(BUCKET, "b", Head::default(), source.object.etag.clone(), &source, NOW).unwrap();
    drop(source);
    let copy = store.open_object(BUCKET, "b", None).unwrap();
    assert_eq!(read_all(&copy), b"first", "deleted and copied at the same time: the copy has its bytes");
    store.put_copy(BUCKET, "b", Head::default(), copy.object.etag.clone(), &copy, NOW).unwrap();
    drop(copy);
    assert_eq!(
        read_all(&store.open_object(BUCKET, "b", None).unwrap()),
        b"first",
        "a copy onto itself keeps its bytes"
    );
    store.delete(BUCKET, "b", &Precondition::None, NOW).unwrap();
    assert_eq!(blob_files(dir.path()), 0);
}

#[test]
fn preconditions_hold_at_the_commit() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let first = put_if(&store, "a", b"1", &Precondition::Absent).unwrap();
    assert!(matches!(put_if(&store, "a", b"2", &Precondition::Absent), Err(StoreError::PreconditionFailed)));
    put_if(&store, "a", b"2", &Precondition::Etag(first.etag.clone())).unwrap();
    assert!(matches!(put_if(&store, "a", b"3", &Precondition::Etag(first.etag)), Err(StoreError::PreconditionFailed)));
    assert!(matches!(put_if(&store, "b", b"3", &Precondition::Present), Err(StoreError::NoSuchKey)));
    assert_eq!(blob_files(dir.path()), 1, "what was refused left nothing");
}

#[test]
fn an_empty_object_has_no_blob() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let object = put(&store, "folder/", b"");
    assert_eq!((object.size, object.etag.as_str()), (0, "d41d8cd98f00b204e9800998ecf8427e"));
    assert_eq!(blob_files(dir.path()), 0);
}

#[test]
fn an_upload_in_parts_becomes_one_object_and_leaves_no_part_behind() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let new = NewUpload { bucket: BUCKET, key: "big", initiator: "me", head: Head::default() };
    let id = store.create_upload(new, NOW).unwrap();
    let upload = UploadRef { bucket: BUCKET, key: "big", id: &id };
    let part = |number: u32, bytes: &[u8]| {
        let mut blob = store.start_blob(&[checksum::Algorithm::Crc64Nvme]).unwrap();
        blob.write(bytes).unwrap();
        store.put_part(upload, number, blob.finish().unwrap(), NOW).unwrap()
    };
    let chosen = |part: &Part| ChosenPart { number: part.number, etag: part.etag.clone(), checksum: None };
    let complete = |parts: &[ChosenPart]| {
        let completion = Completion { parts: parts.to_vec(), precondition: Precondition::None, checksum: None };
        store.complete_upload(upload, &completion, NOW)
    };
    let first_try = part(1, b"too small");
    let second = part(2, b"the end");
    part(3, b"never chosen");
    assert!(matches!(complete(&[chosen(&first_try), chosen(&second)]), Err(StoreError::PartTooSmall(1))));
    let first = part(1, &vec![b'x'; 5 * 1024 * 1024]);
    assert!(matches!(complete(&[chosen(&first_try), chosen(&second)]), Err(StoreError::InvalidPart(1))));
    assert!(matches!(complete(&[chosen(&second), chosen(&first)]), Err(StoreError::InvalidPartOrder)));
    let object = complete(&[chosen(&first), chosen(&second)]).unwrap();
    assert_eq!(object.head.part_sizes, [5 * 1024 * 1024, 7]);
    assert!(object.etag.ends_with("-2"));
    let whole = read_all(&store.open_object(BUCKET, "big", None).unwrap());
    assert_eq!(whole.len(), 5 * 1024 * 1024 + 7);
    assert!(whole.ends_with(b"the end"));
    let mut hasher = checksum::Hasher::new(checksum::Algorithm::Crc64Nvme);
    hasher.update(&whole);
    assert_eq!(object.head.checksum.unwrap().value, hasher.finish(), "the joined checksum is the whole's");
    assert_eq!(blob_files(dir.path()), 2, "replaced and unchosen parts are gone");
    assert!(matches!(complete(&[]), Err(StoreError::NoSuchUpload)));
}

#[test]
fn an_aborted_upload_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let new = NewUpload { bucket: BUCKET, key: "big", initiator: "me", head: Head::default() };
    let id = store.create_upload(new, NOW).unwrap();
    let mut blob = store.start_blob(&[]).unwrap();
    blob.write(b"part").unwrap();
    let upload = UploadRef { bucket: BUCKET, key: "big", id: &id };
    store.put_part(upload, 1, blob.finish().unwrap(), NOW).unwrap();
    assert_eq!(store.uploads(BUCKET, "b").unwrap().len(), 1);
    assert!(matches!(store.abort_upload(UploadRef { key: "another", ..upload }), Err(StoreError::NoSuchUpload)));
    store.abort_upload(upload).unwrap();
    assert_eq!(blob_files(dir.path()), 0);
    assert_eq!(store.uploads(BUCKET, "").unwrap(), []);
}

#[test]
fn seeding_is_fast_and_happens_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let seed: Seed = "1000:10".parse().unwrap();
    for _ in 0..2 {
        store.seed(BUCKET, "public/", seed, NOW).unwrap();
    }
    let folders = store
        .list(BUCKET, &ListQuery { prefix: "public/".into(), delimiter: Some("/".into()), after: None, limit: 1000 })
        .unwrap();
    assert_eq!(folders.entries.len(), 10);
    store.delete(BUCKET, "public/folder-000000/object-00000000.txt", &Precondition::None, NOW).unwrap();
    let other = store.open_object(BUCKET, "public/folder-000001/object-00000001.txt", None).unwrap();
    assert!(read_all(&other).starts_with(b"A small object"), "shared content outlives one of its objects");
    assert_eq!(blob_files(dir.path()), 1);
    assert!("many".parse::<Seed>().is_err());
}

/// What S3 says a listing is, over a plain map: roll up, keep what comes after, cut.
fn model(keys: &BTreeSet<String>, query: &ListQuery) -> (Vec<String>, bool) {
    let mut entries = BTreeMap::new();
    for key in keys.iter().filter(|key| key.starts_with(&query.prefix)) {
        let rest = &key[query.prefix.len()..];
        let entry = match query
            .delimiter
            .as_deref()
            .and_then(|delimiter| rest.find(delimiter).map(|at| at + delimiter.len()))
        {
            Some(end) => key[..query.prefix.len() + end].to_owned(),
            None => key.clone(),
        };
        entries.insert(entry, ());
    }
    let after: Vec<String> = entries
        .into_keys()
        .filter(|entry| query.after.as_ref().is_none_or(|after| entry.as_bytes() > after.as_bytes()))
        .collect();
    let truncated = query.limit > 0 && after.len() > query.limit;
    (after.into_iter().take(query.limit).collect(), truncated)
}

fn store_with(keys: &BTreeSet<String>) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for key in keys {
        put(&store, key, b"");
    }
    (dir, store)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_listing_is_what_the_model_says(
        keys in prop::collection::btree_set("[ab/é\u{10ffff} +%]{1,6}", 0..24),
        prefix in "[ab/é]{0,2}",
        delimiter in prop::option::of("/|b|é|a/"),
        after in prop::option::of("[ab/é]{0,4}"),
        limit in 0usize..8,
    ) {
        let (_dir, store) = store_with(&keys);
        let query = ListQuery { prefix, delimiter, after, limit };
        let page = store.list(BUCKET, &query).unwrap();
        let names: Vec<String> = page.entries.iter().map(|entry| entry.name().to_owned()).collect();
        let (expected, truncated) = model(&keys, &query);
        prop_assert_eq!(names, expected);
        prop_assert_eq!(page.next.is_some(), truncated);
    }

    #[test]
    fn pages_put_together_are_the_whole_listing(
        keys in prop::collection::btree_set("[ab/é]{1,5}", 0..24),
        delimiter in prop::option::of("/|b"),
        limit in 1usize..5,
    ) {
        let (_dir, store) = store_with(&keys);
        let mut query = ListQuery { prefix: String::new(), delimiter, after: None, limit };
        let (expected, _) = model(&keys, &ListQuery { limit: 1000, ..query.clone() });
        let mut names = Vec::new();
        loop {
            let page = store.list(BUCKET, &query).unwrap();
            names.extend(page.entries.iter().map(|entry| entry.name().to_owned()));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        prop_assert_eq!(names, expected);
    }
}
