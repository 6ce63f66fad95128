//! Uploads in parts that go on at a later try, and those that cannot.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::server::Fault;
use super::{Bucket, Reply, Server, content, key, storage, watched};
use crate::body::{Body, Patch, Patches};
use crate::checksum::{Algorithm, checksum_of};
use crate::conflict::{IfExists, Stored};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::put::PutOptions;
use crate::space::Space;
use crate::storage::Storage;
use crate::transfer::{BegunUpload, Remembered, SentPart, UploadMemory};

const MIB: usize = 1024 * 1024;
const SIZE: usize = 40 * MIB;

/// Remembers as a journal would.
#[derive(Debug, Default)]
struct Memory(Mutex<Option<Remembered>>);

impl UploadMemory for Memory {
    fn recall(&self) -> Option<Remembered> {
        self.0.lock().unwrap().clone()
    }

    fn beginning(&self, bucket: &str, full_key: &str) {
        let (bucket, full_key) = (bucket.to_owned(), full_key.to_owned());
        *self.0.lock().unwrap() = Some(Remembered::Beginning { bucket, full_key });
    }

    fn begun(&self, upload: &BegunUpload) {
        *self.0.lock().unwrap() = Some(Remembered::Begun(upload.clone(), Vec::new()));
    }

    fn sent(&self, part: &SentPart) {
        if let Some(Remembered::Begun(_, parts)) = self.0.lock().unwrap().as_mut() {
            parts.push(part.clone());
        }
    }

    fn ended(&self) {
        *self.0.lock().unwrap() = None;
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_nanos().try_into().unwrap()
}

/// A file, and a storage whose server does not answer when it is sent part `stalls` for the first time.
struct Scene {
    storage: Storage,
    server: Server,
    bucket: Arc<Bucket>,
    memory: Arc<Memory>,
    file: PathBuf,
    first: Control,
    _dir: tempfile::TempDir,
}

impl Scene {
    async fn with_a_stall_at(stalls: &'static str) -> Self {
        let bucket = Arc::new(Bucket::default());
        let behind = bucket.clone();
        let first = Control::default();
        let cancel = first.cancel.clone();
        let (storage, server) = storage(move |request| {
            if request.query("partNumber").as_deref() == Some(stalls) && !cancel.is_cancelled() {
                cancel.cancel();
                return Reply::status(200).faulty(Fault::Stall);
            }
            behind.handle(request)
        })
        .await;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.bin");
        std::fs::write(&file, content(SIZE)).unwrap();
        Self { storage, server, bucket, memory: Arc::default(), file, first, _dir: dir }
    }

    async fn put(&self, name: &str, control: &Control) -> Result<Stored, StorageError> {
        self.put_body(name, Body::File(self.file.clone()), control).await
    }

    async fn put_body(&self, name: &str, body: Body, control: &Control) -> Result<Stored, StorageError> {
        let options = PutOptions {
            memory: Some(self.memory.clone()),
            concurrency: 1,
            part_size: Some(8 * MIB as u64),
            ..PutOptions::new(IfExists::Fail)
        };
        self.storage.put(&Space::Public, &key(name), body, options, control).await
    }

    /// As an editor would a little later, with the length kept.
    fn rewrite(&self, bytes: &[u8]) {
        std::fs::write(&self.file, bytes).unwrap();
        let file = std::fs::File::options().write(true).open(&self.file).unwrap();
        file.set_modified(file.metadata().unwrap().modified().unwrap() + Duration::from_secs(2)).unwrap();
    }

    fn patched(&self, text: &'static str) -> Body {
        let patch = Patch { at: 3, bytes: text.into() };
        Body::Patched(self.file.clone(), Patches::new(&self.file.metadata().unwrap(), vec![patch]))
    }

    /// The first try, which is stopped.
    async fn broken_off(stalls: &'static str) -> Self {
        let scene = Self::with_a_stall_at(stalls).await;
        let error = scene.put("a.bin", &scene.first).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        assert_eq!(scene.bucket.unfinished(), 1, "what was sent stays for the next try");
        scene
    }

    fn parts_sent(&self) -> usize {
        self.server.count("PUT", "partNumber")
    }

    fn is_whole(&self, name: &str) {
        assert_eq!(self.bucket.get(&format!("public/{name}")).unwrap().bytes, content(SIZE));
        assert_eq!(self.bucket.unfinished(), 0);
        assert_eq!(self.memory.recall(), None, "nothing is left to go on with");
    }
}

#[tokio::test]
async fn what_was_sent_is_not_sent_again() {
    let scene = Scene::broken_off("4").await;
    let sent = scene.parts_sent();
    let (control, told) = watched();
    scene.put("a.bin", &control).await.unwrap();
    assert_eq!(scene.parts_sent() - sent, 2, "parts 4 and 5 of five");
    assert_eq!(scene.server.count("POST", "uploads"), 1, "it is the same upload");
    assert_eq!(told.lock().unwrap()[0].loaded, 24 * MIB as u64, "progress begins where it was");
    scene.is_whole("a.bin");
}

#[tokio::test]
async fn an_upload_that_the_server_forgot_begins_anew() {
    let scene = Scene::broken_off("4").await;
    scene.bucket.forget_uploads();
    scene.put("a.bin", &Control::default()).await.unwrap();
    assert_eq!(scene.server.count("POST", "uploads"), 2);
    scene.is_whole("a.bin");
}

#[tokio::test]
async fn an_upload_whose_last_answer_was_lost_is_found_finished() {
    let scene = Scene::with_a_stall_at("never").await;
    scene.put("a.bin", &Control::default()).await.unwrap();
    let sent = scene.parts_sent();
    // As after a crash between the server's answer and our note of it.
    let upload = BegunUpload {
        bucket: "files".to_owned(),
        full_key: "public/a.bin".to_owned(),
        upload_id: "upload-1".to_owned(),
        size: SIZE as u64,
        part_size: 8 * MIB as u64,
        modified: nanoseconds(scene.file.metadata().unwrap().modified().unwrap()),
        content: 0,
    };
    scene.memory.begun(&upload);
    for (number, part) in (1..).zip(content(SIZE).chunks(8 * MIB)) {
        let etag = Bucket::etag_of(part);
        scene.memory.sent(&SentPart { number, etag, checksum: None });
    }
    let options = PutOptions {
        memory: Some(scene.memory.clone()),
        part_size: Some(8 * MIB as u64),
        ..PutOptions::new(IfExists::Replace)
    };
    let body = Body::File(scene.file.clone());
    scene.storage.put(&Space::Public, &key("a.bin"), body, options, &Control::default()).await.unwrap();
    assert_eq!(scene.parts_sent(), sent, "not a byte is sent again");
    scene.is_whole("a.bin");
}

#[tokio::test]
async fn an_upload_goes_on_in_the_part_size_that_it_was_begun_with() {
    let scene = Scene::with_a_stall_at("4").await;
    let options = |part_size| PutOptions {
        memory: Some(scene.memory.clone()),
        concurrency: 1,
        part_size,
        ..PutOptions::new(IfExists::Fail)
    };
    let put = async |options, control| {
        let body = Body::File(scene.file.clone());
        scene.storage.put(&Space::Public, &key("a.bin"), body, options, control).await
    };
    put(options(Some(5 * MIB as u64)), &scene.first).await.unwrap_err();
    let sent = scene.parts_sent();
    put(options(None), &Control::default()).await.unwrap();
    assert_eq!(scene.parts_sent() - sent, 5, "parts 4 to 8 of eight");
    scene.is_whole("a.bin");
}

#[tokio::test]
async fn another_name_or_another_file_is_another_upload_and_the_old_one_is_removed() {
    for change in ["name", "file"] {
        let scene = Scene::broken_off("4").await;
        let name = if change == "name" { "b.bin" } else { "a.bin" };
        if change == "file" {
            std::fs::write(&scene.file, [content(SIZE), b"more".to_vec()].concat()).unwrap();
        }
        scene.put(name, &Control::default()).await.unwrap();
        assert_eq!(scene.bucket.unfinished(), 0, "{change}");
        assert_eq!(scene.server.count("DELETE", "uploadId"), 1, "{change}");
    }
}

#[tokio::test]
async fn of_a_file_that_was_written_to_only_the_parts_that_hold_go_on() {
    // What is written over 40 MiB in parts of 8, of which three are there, and how many are sent then.
    for (written, parts) in [(0..0, 2), (12 * MIB..12 * MIB + 1, 3), (39 * MIB..40 * MIB, 2), (0..SIZE, 5)] {
        let scene = Scene::broken_off("4").await;
        let sent = scene.parts_sent();
        let mut expected = content(SIZE);
        expected[written.clone()].iter_mut().for_each(|byte| *byte ^= 0xff);
        scene.rewrite(&expected);
        scene.put("a.bin", &Control::default()).await.unwrap();
        assert_eq!(scene.parts_sent() - sent, parts, "{written:?}");
        assert!(scene.bucket.get("public/a.bin").unwrap().bytes == expected, "{written:?}");
        assert_eq!(scene.bucket.unfinished(), 0, "{written:?}");
    }
}

#[tokio::test]
async fn parts_that_nothing_proves_are_sent_anew_once_the_file_was_written_to() {
    let scene = Scene::broken_off("4").await;
    let Some(Remembered::Begun(upload, parts)) = scene.memory.recall() else { panic!("it was begun") };
    scene.memory.begun(&upload);
    parts.into_iter().for_each(|part| scene.memory.sent(&SentPart { etag: "\"no-md5\"".to_owned(), ..part }));
    let sent = scene.parts_sent();
    scene.rewrite(&content(SIZE));
    scene.put("a.bin", &Control::default()).await.unwrap();
    assert_eq!(scene.parts_sent() - sent, 5);
    scene.is_whole("a.bin");
}

#[tokio::test]
async fn parts_with_a_checksum_are_held_against_it() {
    let scene = Scene::broken_off("4").await;
    let Some(Remembered::Begun(upload, parts)) = scene.memory.recall() else { panic!("it was begun") };
    scene.memory.begun(&upload);
    let content = content(SIZE);
    for (part, bytes) in parts.into_iter().zip(content.chunks(8 * MIB)) {
        let checksum = Some(checksum_of(Algorithm::Crc64Nvme, if part.number == 2 { b"other" } else { bytes }));
        scene.memory.sent(&SentPart { checksum, ..part });
    }
    let sent = scene.parts_sent();
    scene.rewrite(&content);
    scene.put("a.bin", &Control::default()).await.unwrap();
    assert_eq!(scene.parts_sent() - sent, 3, "the second, and those that were missing");
    scene.is_whole("a.bin");
}

#[tokio::test]
async fn parts_go_on_with_the_patches_that_they_were_sent_with_and_with_no_others() {
    let scene = Scene::with_a_stall_at("4").await;
    scene.put_body("a.bin", scene.patched("one"), &scene.first).await.unwrap_err();
    let sent = scene.parts_sent();
    scene.put_body("a.bin", scene.patched("one"), &Control::default()).await.unwrap();
    assert_eq!(scene.parts_sent() - sent, 2, "the same go on");
    let as_it_is = Scene::broken_off("4").await;
    let patched = Scene::with_a_stall_at("4").await;
    patched.put_body("a.bin", patched.patched("one"), &patched.first).await.unwrap_err();
    for scene in [as_it_is, patched] {
        let sent = scene.parts_sent();
        scene.put_body("a.bin", scene.patched("two"), &Control::default()).await.unwrap();
        assert_eq!(scene.parts_sent() - sent, 5, "all of them are sent anew");
        assert_eq!(scene.server.count("DELETE", "uploadId"), 1, "and the old ones are removed");
        let mut expected = content(SIZE);
        expected[3..6].copy_from_slice(b"two");
        assert!(scene.bucket.get("public/a.bin").unwrap().bytes == expected);
    }
}

#[tokio::test]
async fn what_will_not_go_on_is_discarded_or_named() {
    let scene = Scene::broken_off("2").await;
    let remembered = scene.memory.recall().unwrap();
    scene.storage.discard_upload(&remembered).await.unwrap();
    assert_eq!(scene.bucket.unfinished(), 0);
    scene.storage.discard_upload(&remembered).await.expect("what is gone needs no removal");

    let (refusing, _server) = storage(|_| Reply::error(403, "AccessDenied")).await;
    let left = refusing.discard_upload(&remembered).await.unwrap_err();
    assert_eq!(left.full_key, "public/a.bin");
}
