//! Downloads that go on where an earlier try broke off.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Bucket, Reply, Request, Server, content, key, storage, watched};
use crate::control::Control;
use crate::download::{KeptPart, Saved};
use crate::error::{ErrorKind, StorageError};
use crate::space::Space;
use crate::storage::Storage;

const MIB: usize = 1 << 20;
const SIZE: usize = 20 * MIB;

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

    /// As after a kill: ranges that an earlier process had written and noted.
    fn leave(&self, ranges: &[Range<usize>]) {
        let kept = KeptPart::open(&self.target(), &self.target(), &self.etag, SIZE as u64).unwrap().unwrap();
        for range in ranges {
            let piece = &content(SIZE)[range.clone()];
            kept.write_at(range.start as u64, piece).unwrap();
            let crc = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, piece);
            kept.note(range.start as u64..range.end as u64, crc).unwrap();
        }
    }

    /// Bytes that were asked for.
    fn asked(&self) -> u64 {
        let range = |request: &Request| {
            let (first, last) =
                request.header("range").unwrap().strip_prefix("bytes=").unwrap().split_once('-').unwrap();
            last.parse::<u64>().unwrap() + 1 - first.parse::<u64>().unwrap()
        };
        self.server.requests().iter().filter(|request| request.method == "GET").map(range).sum()
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.dir.path()).unwrap().count()
    }
}

#[tokio::test]
#[expect(clippy::single_range_in_vec_init, reason = "a list of ranges")]
async fn what_is_there_is_not_fetched_again() {
    for kept in [vec![], vec![0..1], vec![MIB..2 * MIB], vec![SIZE - 1..SIZE, 0..SIZE / 2], vec![0..SIZE]] {
        let scene = Scene::new().await;
        scene.leave(&kept);
        let there: usize = kept.iter().map(|range| range.end - range.start).sum();
        let (control, told) = watched();
        let saved = scene.get(&control).await.unwrap();
        assert_eq!(saved.size, SIZE as u64);
        assert!(std::fs::read(scene.target()).unwrap() == content(SIZE), "{kept:?}: byte for byte");
        assert_eq!(scene.files(), 1, "{kept:?}: nothing else is left");
        assert_eq!(told.lock().unwrap()[0].loaded, there as u64, "{kept:?}: progress begins where it was");
        // When all of it is there, one byte is asked for to learn whether it is still this version.
        assert_eq!(scene.asked(), (SIZE - there).max(1) as u64, "{kept:?}");
    }
}

#[tokio::test]
async fn a_large_object_comes_in_ranges_of_one_version() {
    let scene = Scene::new().await;
    scene.get(&Control::default()).await.unwrap();
    let etag = format!("\"{}\"", scene.etag);
    let gets: Vec<_> = scene.server.requests().into_iter().filter(|request| request.method == "GET").collect();
    assert_eq!(gets.len(), 3, "20 MiB in ranges of 8");
    assert!(gets.iter().all(|request| request.header("if-match") == Some(&etag)), "never of another version");
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
    scene.leave(&[]);
    Storage::discard_kept(&scene.target(), &scene.etag).unwrap();
    Storage::discard_kept(&scene.target(), &scene.etag).expect("what is gone needs no removal");
    assert_eq!(scene.files(), 0);
}

#[tokio::test]
#[expect(clippy::single_range_in_vec_init, reason = "a list of ranges")]
async fn another_version_or_a_damaged_range_is_never_mixed_in() {
    let scene = Scene::new().await;
    scene.leave(&[0..MIB]);
    // What a power cut leaves of bytes that were noted and not yet on the disk.
    let kept = crate::download::kept_path(&scene.target(), &scene.etag).unwrap();
    let mut bytes = std::fs::read(&kept).unwrap();
    bytes[5000..9000].fill(0);
    std::fs::write(&kept, bytes).unwrap();
    scene.get(&Control::default()).await.unwrap();
    assert!(std::fs::read(scene.target()).unwrap() == content(SIZE), "the damaged range is fetched again");
    std::fs::remove_file(scene.target()).unwrap();

    scene.leave(&[0..MIB]);
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
