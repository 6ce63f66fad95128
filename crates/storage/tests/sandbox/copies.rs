//! Copies in parts that go on at a later try, copies into another bucket, and what alone may be overwritten.

use std::sync::{Arc, Mutex};

use amphora_storage::{
    Attributes, BegunUpload, Body, Control, CopyOptions, Encryption, ErrorKind, IfExists, Key, PutOptions, Remembered,
    SentPart, Space, Storage, StorageError, Stored, UploadMemory,
};
use amphora_testbed::{PolicySet, Testbed};

const MIB: usize = 1024 * 1024;
const MINE: Space = Space::Private;
/// Both roles may do everything, in both buckets.
const EVERYTHING: &str = r#"{
    "authenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::*"] }
    ] },
    "unauthenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "Action": "s3:*", "Resource": ["arn:aws:s3:::*"] }
    ] }
}"#;

/// Remembers as a journal does, and how many copies were begun.
#[derive(Debug, Default)]
struct Memory(Mutex<(Option<Remembered>, u32)>);

impl Memory {
    fn parts(&self) -> usize {
        match &self.0.lock().unwrap().0 {
            Some(Remembered::Begun(_, parts)) => parts.len(),
            _ => 0,
        }
    }

    fn begun_times(&self) -> u32 {
        self.0.lock().unwrap().1
    }
}

impl UploadMemory for Memory {
    fn recall(&self) -> Option<Remembered> {
        self.0.lock().unwrap().0.clone()
    }

    fn beginning(&self, bucket: &str, full_key: &str) {
        let (bucket, full_key) = (bucket.to_owned(), full_key.to_owned());
        self.0.lock().unwrap().0 = Some(Remembered::Beginning { bucket, full_key });
    }

    fn begun(&self, upload: &BegunUpload) {
        let mut kept = self.0.lock().unwrap();
        *kept = (Some(Remembered::Begun(upload.clone(), Vec::new())), kept.1 + 1);
    }

    fn sent(&self, part: &SentPart) {
        if let Some(Remembered::Begun(_, parts)) = self.0.lock().unwrap().0.as_mut() {
            parts.push(part.clone());
        }
    }

    fn ended(&self) {
        self.0.lock().unwrap().0 = None;
    }
}

fn key(name: &str) -> Key {
    Key::parse(name).unwrap()
}

fn content(seed: u8) -> Vec<u8> {
    (0..23 * MIB).map(|at| (at ^ (at >> 9) ^ (at >> 17)) as u8 ^ seed).collect()
}

async fn put(storage: &Storage, name: &str, bytes: Vec<u8>) -> Stored {
    let body = Body::Bytes(bytes.into());
    storage.put(&MINE, &key(name), body, PutOptions::new(IfExists::Replace), &Control::default()).await.unwrap()
}

async fn copy(storage: &Storage, memory: &Arc<Memory>, control: &Control) -> Result<Stored, StorageError> {
    let options = CopyOptions { part_size: 5 * MIB as u64, memory: Some(memory.clone()), ..CopyOptions::default() };
    storage.copy((&MINE, &key("film.mov")), (&MINE, &key("copy.mov")), options, control).await
}

async fn stored(storage: &Storage, name: &str) -> Vec<u8> {
    storage.get(&MINE, &key(name), None, &Control::default()).await.unwrap().bytes.to_vec()
}

/// Has the copy stopped after its first part.
async fn stopped(storage: &Storage, memory: &Arc<Memory>) {
    let cancel = Control::default().cancel;
    let stop = cancel.clone();
    let control = Control { progress: Some(Arc::new(move |_| stop.cancel())), cancel };
    let error = copy(storage, memory, &control).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert!(memory.parts() > 0, "what was copied is remembered");
}

#[tokio::test]
async fn a_copy_in_parts_goes_on_at_a_later_try() {
    let bed = Testbed::start(PolicySet::Recommended).await.unwrap();
    let (storage, memory) = (bed.storage(), Arc::new(Memory::default()));
    put(&storage, "film.mov", content(0)).await;
    stopped(&storage, &memory).await;
    assert_eq!(bed.sandbox().unfinished_uploads().await.unwrap(), 1, "its parts stay for the next try");
    let stored_as = copy(&storage, &memory, &Control::default()).await.unwrap();
    assert_eq!((stored_as.size, memory.begun_times()), (23 * MIB as u64, 1), "nothing is begun anew");
    assert!(stored(&storage, "copy.mov").await == content(0), "byte for byte");
    assert_eq!((memory.recall(), bed.sandbox().unfinished_uploads().await.unwrap()), (None, 0), "nothing is left");
}

#[tokio::test]
async fn a_copy_whose_original_changed_meanwhile_begins_anew_and_leaves_nothing() {
    let bed = Testbed::start(PolicySet::Recommended).await.unwrap();
    let (storage, memory) = (bed.storage(), Arc::new(Memory::default()));
    put(&storage, "film.mov", content(0)).await;
    stopped(&storage, &memory).await;
    put(&storage, "film.mov", content(9)).await;
    copy(&storage, &memory, &Control::default()).await.unwrap();
    assert_eq!(memory.begun_times(), 2);
    assert!(stored(&storage, "copy.mov").await == content(9), "of one version only");
    assert_eq!(bed.sandbox().unfinished_uploads().await.unwrap(), 0, "the first one's parts are removed");
}

#[tokio::test]
async fn a_copy_that_the_server_lost_begins_anew() {
    let bed = Testbed::start(PolicySet::Recommended).await.unwrap();
    let (storage, memory) = (bed.storage(), Arc::new(Memory::default()));
    put(&storage, "film.mov", content(0)).await;
    stopped(&storage, &memory).await;
    let remembered = memory.recall().unwrap();
    storage.discard_upload(&remembered).await.unwrap();
    copy(&storage, &memory, &Control::default()).await.unwrap();
    assert_eq!(memory.begun_times(), 2);
    assert!(stored(&storage, "copy.mov").await == content(0), "byte for byte");
}

#[tokio::test]
async fn a_copy_that_was_put_together_before_a_crash_is_known_again() {
    let bed = Testbed::start(PolicySet::Recommended).await.unwrap();
    let (storage, memory) = (bed.storage(), Arc::new(Memory::default()));
    put(&storage, "film.mov", content(0)).await;
    stopped(&storage, &memory).await;
    // As it is remembered right before its end: every part is there.
    let before = {
        let all = Arc::new(Memory::default());
        let Some(Remembered::Begun(begun, parts)) = memory.recall() else { unreachable!("it was begun") };
        all.begun(&begun);
        parts.iter().for_each(|part| all.sent(part));
        all
    };
    let keeps = Arc::new(Keeps(before.clone()));
    let options = CopyOptions { part_size: 5 * MIB as u64, memory: Some(keeps), ..CopyOptions::default() };
    let (from, to) = (key("film.mov"), key("copy.mov"));
    let first = storage.copy((&MINE, &from), (&MINE, &to), options, &Control::default()).await.unwrap();
    let again = copy(&storage, &before, &Control::default()).await;
    assert_eq!(again.unwrap().etag, first.etag, "it is not somebody else's");
    let stranger = copy(&storage, &Arc::new(Memory::default()), &Control::default()).await;
    assert_eq!(stranger.unwrap_err().kind(), ErrorKind::AlreadyExists, "for anybody else the name is taken");
}

/// Forgets nothing, as a journal whose process ended.
#[derive(Debug)]
struct Keeps(Arc<Memory>);

impl UploadMemory for Keeps {
    fn recall(&self) -> Option<Remembered> {
        self.0.recall()
    }

    fn beginning(&self, bucket: &str, full_key: &str) {
        self.0.beginning(bucket, full_key);
    }

    fn begun(&self, upload: &BegunUpload) {
        self.0.begun(upload);
    }

    fn sent(&self, part: &SentPart) {
        self.0.sent(part);
    }

    fn ended(&self) {}
}

#[tokio::test]
async fn the_server_copies_into_another_bucket_of_the_identity_in_one_request_and_in_parts() {
    let bed = Testbed::start(PolicySet::Custom(EVERYTHING.to_owned())).await.unwrap();
    bed.sandbox().add_bucket("archive").await.unwrap();
    let storage = bed.storage();
    let archive = storage.in_bucket("archive", &storage.config().region);
    put(&storage, "film.mov", content(3)).await;
    let name = key("film.mov");
    for part_size in [5 * MIB, 64 * MIB] {
        let options =
            CopyOptions { if_exists: IfExists::Replace, part_size: part_size as u64, ..CopyOptions::default() };
        let (from, to) = ((&MINE, &name), (&MINE, &name));
        let copied = storage.copy_to(&archive, from, to, options, &Control::default()).await.unwrap();
        assert_eq!(copied.size, 23 * MIB as u64);
        assert!(stored(&archive, "film.mov").await == content(3), "byte for byte");
        archive.remove(&MINE, &name).await.unwrap();
    }
    assert!(stored(&storage, "film.mov").await == content(3), "the original stays");
    let stranger = bed.other();
    assert!(!stranger.reaches(&archive), "the server knows one identity for each request");
    let (from, control) = ((&MINE, &name), Control::default());
    let refused = stranger.copy_to(&archive, from, from, CopyOptions::default(), &control).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Unsupported);
}

#[tokio::test]
async fn what_is_stored_with_an_object_is_stored_with_its_copy_of_any_size() {
    let bed = Testbed::start(PolicySet::Custom(EVERYTHING.to_owned())).await.unwrap();
    bed.sandbox().add_bucket("archive").await.unwrap();
    let (storage, control) = (bed.storage(), Control::default());
    let archive = storage.in_bucket("archive", &storage.config().region);
    let attributes = Attributes {
        cache_control: Some("max-age=60".to_owned()),
        metadata: [("author".to_owned(), "Mira".to_owned())].into(),
        tags: vec![("stage".to_owned(), "final".to_owned())],
        storage_class: Some("STANDARD_IA".to_owned()),
        encryption: Some(Encryption::Kms { key_id: Some("key-1".to_owned()) }),
        ..Attributes::default()
    };
    let (name, copy) = (key("film.mov"), key("copy.mov"));
    let options = PutOptions { attributes, ..PutOptions::new(IfExists::Fail) };
    storage.put(&MINE, &name, Body::Bytes(content(5).into()), options, &control).await.unwrap();
    let original = storage.properties(&MINE, &name).await.unwrap();
    assert_eq!(original.attributes.storage_class.as_deref(), Some("STANDARD_IA"));
    for part_size in [5 * MIB, 64 * MIB] {
        for (there, encryption) in
            [(&storage, original.attributes.encryption.clone()), (&archive, Some(Encryption::Aes256))]
        {
            let options =
                CopyOptions { if_exists: IfExists::Replace, part_size: part_size as u64, ..CopyOptions::default() };
            storage.copy_to(there, (&MINE, &name), (&MINE, &copy), options, &control).await.unwrap();
            let copied = there.properties(&MINE, &copy).await.unwrap();
            let expected = Attributes { encryption, ..original.attributes.clone() };
            assert_eq!((copied.attributes, copied.content_type), (expected, original.content_type.clone()));
            assert_eq!(there.tags(&MINE, &copy).await.unwrap(), [("stage".to_owned(), "final".to_owned())]);
        }
    }
}

#[tokio::test]
async fn only_what_was_seen_is_overwritten_by_uploads_and_copies_of_any_size() {
    let bed = Testbed::start(PolicySet::Recommended).await.unwrap();
    let (storage, control) = (bed.storage(), Control::default());
    put(&storage, "source.bin", content(1)).await;
    for part_size in [5 * MIB as u64, 64 * MIB as u64] {
        for copies in [false, true] {
            let what = format!("parts of {part_size}, copies: {copies}");
            let write = async |replaces: String| {
                let replaces = Some(replaces);
                if copies {
                    let options = CopyOptions { if_exists: IfExists::Replace, replaces, part_size, memory: None };
                    let (from, to) = (key("source.bin"), key("a.bin"));
                    return storage.copy((&MINE, &from), (&MINE, &to), options, &control).await;
                }
                let put = PutOptions { replaces, part_size: Some(part_size), ..PutOptions::new(IfExists::Replace) };
                storage.put(&MINE, &key("a.bin"), Body::Bytes(content(1).into()), put, &control).await
            };
            let seen = put(&storage, "a.bin", b"seen".to_vec()).await.etag;
            put(&storage, "a.bin", b"written meanwhile".to_vec()).await;
            let refused = write(seen.clone()).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::AlreadyExists, "{what}");
            assert_eq!(refused.existing().map(|there| there.size), Some(17), "{what}: and says what is there");
            assert_eq!(stored(&storage, "a.bin").await, b"written meanwhile", "{what}");
            assert_eq!(bed.sandbox().unfinished_uploads().await.unwrap(), 0, "{what}");

            let now = put(&storage, "a.bin", b"seen".to_vec()).await.etag;
            write(now.clone()).await.expect(&what);
            assert!(stored(&storage, "a.bin").await == content(1), "{what}: what was seen is replaced");
            storage.remove(&MINE, &key("a.bin")).await.unwrap();
            write(now).await.expect(&what);
            assert!(stored(&storage, "a.bin").await == content(1), "{what}: what is gone stands in nobody's way");
            storage.remove(&MINE, &key("a.bin")).await.unwrap();
        }
    }
}
