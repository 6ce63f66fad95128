//! Downloads that go on where an earlier try broke off.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Bucket, Reply, Server, content, key, storage, watched};
use crate::control::Control;
use crate::download::Saved;
use crate::error::{ErrorKind, StorageError};
use crate::space::Space;
use crate::storage::Storage;

const SIZE: usize = 4 << 20;

struct Scene {
    storage: Storage,
    server: Server,
    bucket: Arc<Bucket>,
    etag: String,
    dir: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let bucket = Arc::new(Bucket::default());
        bucket.keep("public/a.bin", &content(SIZE));
        let etag = bucket.get("public/a.bin").unwrap().etag;
        let behind = bucket.clone();
        let (storage, server) = storage(move |request| behind.handle(request)).await;
        Self { storage, server, bucket, etag, dir: tempfile::tempdir().unwrap() }
    }

    fn target(&self) -> PathBuf {
        self.dir.path().join("a.bin")
    }

    async fn get(&self, control: &Control) -> Result<Saved, StorageError> {
        let (target, version) = (self.target(), (self.etag.as_str(), SIZE as u64));
        self.storage.get_on(&Space::Public, &key("a.bin"), (&target, &target), version, control).await
    }

    /// As after a kill: what an earlier process had written.
    fn leave(&self, bytes: &[u8]) {
        let path = crate::download::kept_path(&self.target(), &self.etag).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.dir.path()).unwrap().count()
    }
}

#[tokio::test]
async fn what_is_there_is_not_fetched_again() {
    for kept in [1, SIZE / 2, SIZE - 1, SIZE, SIZE + 100] {
        let scene = Scene::new().await;
        let mut bytes = content(SIZE + 100);
        bytes.truncate(kept);
        scene.leave(&bytes);
        let (control, told) = watched();
        let saved = scene.get(&control).await.unwrap();
        assert_eq!(saved.size, SIZE as u64);
        assert!(std::fs::read(scene.target()).unwrap() == content(SIZE), "{kept}: byte for byte");
        assert_eq!(scene.files(), 1, "{kept}: nothing else is left");
        assert_eq!(told.lock().unwrap()[0].loaded, kept.min(SIZE - 1) as u64, "{kept}: progress begins where it was");
        assert_eq!(scene.server.count("GET", ""), 1);
    }
}

#[tokio::test]
async fn what_arrived_stays_when_it_breaks_off_and_is_gone_when_it_is_discarded() {
    let scene = Scene::new().await;
    let control = Control::default();
    let cancel = control.cancel.clone();
    let stops = Control {
        progress: Some(Arc::new(move |progress| {
            if progress.loaded > 0 {
                cancel.cancel();
            }
        })),
        ..control
    };
    assert_eq!(scene.get(&stops).await.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!((scene.files(), scene.target().exists()), (1, false), "under its name only when it is whole");
    scene.get(&Control::default()).await.unwrap();
    assert!(std::fs::read(scene.target()).unwrap() == content(SIZE));

    std::fs::remove_file(scene.target()).unwrap();
    scene.leave(b"some");
    Storage::discard_kept(&scene.target(), &scene.etag).unwrap();
    Storage::discard_kept(&scene.target(), &scene.etag).expect("what is gone needs no removal");
    assert_eq!(scene.files(), 0);
}

#[tokio::test]
async fn another_version_or_a_damaged_beginning_is_never_mixed_in() {
    let scene = Scene::new().await;
    scene.leave(&[0; 1000]);
    assert_eq!(scene.get(&Control::default()).await.unwrap_err().kind(), ErrorKind::ChangedMeanwhile);
    assert_eq!(scene.files(), 0, "the damaged beginning is not tried again");

    scene.leave(&content(1000));
    scene.bucket.keep("public/a.bin", b"another version");
    assert_eq!(scene.get(&Control::default()).await.unwrap_err().kind(), ErrorKind::ChangedMeanwhile);
    assert!(!scene.target().exists());
}

#[tokio::test]
async fn a_name_that_is_taken_is_left_alone() {
    let scene = Scene::new().await;
    std::fs::write(scene.target(), b"mine").unwrap();
    assert_eq!(scene.get(&Control::default()).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(scene.target()).unwrap(), b"mine");
    let (refusing, _server) = storage(|_| Reply::error(403, "AccessDenied")).await;
    let other = scene.dir.path().join("b.bin");
    let version = (scene.etag.as_str(), SIZE as u64);
    let refused = refusing.get_on(&Space::Public, &key("a.bin"), (&other, &other), version, &Control::default()).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::AccessDenied);
}
