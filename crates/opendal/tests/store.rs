//! The store under a storage, on a folder of the disk and in memory: the same claims of both.

#![expect(clippy::unwrap_used, reason = "every line here is a test")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use amphora_opendal::OpenDalStore;
use amphora_storage::{
    Body, Control, CopyOptions, ErrorKind, IfExists, Key, LinkOptions, Path, PutOptions, Shape, Space, Storage,
    StorageError, Verbs,
};

struct Place {
    storage: Storage,
    name: &'static str,
    folder: tempfile::TempDir,
}

fn places() -> [Place; 2] {
    let folder = tempfile::tempdir().unwrap();
    let disk = OpenDalStore::folder(folder.path().to_str().unwrap()).unwrap();
    let memory = OpenDalStore::memory().unwrap();
    [("disk", disk, folder), ("memory", memory, tempfile::tempdir().unwrap())].map(|(name, store, folder)| Place {
        storage: Storage::over(Arc::new(store), name),
        name,
        folder,
    })
}

fn whole() -> Space {
    Space::Path(Path { prefix: String::new(), verbs: Verbs { get: true, list: true, write: true, delete: true } })
}

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

impl Place {
    async fn put(&self, name: &str, body: Body, if_exists: IfExists) -> Result<String, StorageError> {
        let options = PutOptions::new(if_exists);
        let stored = self.storage.put(&whole(), &key(name), body, options, &Control::default()).await?;
        Ok(stored.key.as_str().to_owned())
    }

    async fn text(&self, name: &str) -> Result<String, StorageError> {
        let got = self.storage.get(&whole(), &key(name), None, &Control::default()).await?;
        Ok(String::from_utf8(got.bytes.to_vec()).unwrap())
    }

    async fn listed(&self, prefix: &str, shape: Shape) -> (Vec<String>, Vec<String>) {
        let page = self.storage.list_page(&whole(), prefix, shape, None).await.unwrap();
        assert_eq!(page.next, None, "a store gives all of it");
        (page.objects.into_iter().map(|object| object.key).collect(), page.folders)
    }

    /// What really lies in the folder, for the place that is one.
    fn on_disk(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }
}

#[tokio::test]
async fn what_is_put_is_listed_read_and_removed() {
    for place in places() {
        assert_eq!(place.listed("", Shape::Folder).await, (vec![], vec![]), "{}: empty is no error", place.name);
        for name in ["photos/2026/b ü.png", "photos/a.png", "photo.txt"] {
            place.put(name, Body::Bytes("Hello".into()), IfExists::Fail).await.unwrap();
        }
        let (files, folders) = place.listed("", Shape::Folder).await;
        assert_eq!((files, folders), (vec!["photo.txt".to_owned()], vec!["photos/".to_owned()]), "{}", place.name);
        let (files, folders) = place.listed("photos/", Shape::Folder).await;
        assert_eq!((files, folders), (vec!["photos/a.png".to_owned()], vec!["photos/2026/".to_owned()]));
        let (deep, _) = place.listed("photos/", Shape::Deep).await;
        assert_eq!(deep, ["photos/2026/b ü.png", "photos/a.png"]);
        let all = place.storage.list_deep(&whole(), "", &Control::default()).await.unwrap();
        assert_eq!(all.len(), 3, "{}: every file once", place.name);
        assert_eq!(place.text("photos/2026/b ü.png").await.unwrap(), "Hello");
        let found = place.storage.find(&whole(), &key("photo.txt")).await.unwrap().unwrap();
        assert_eq!((found.key.as_str(), found.size), ("photo.txt", 5));
        assert!(!found.etag.is_empty(), "caches of pictures need a tag");

        let gone = place.storage.remove_many(&whole(), vec![key("photo.txt"), key("photos/a.png")]).await;
        assert!(gone.into_iter().all(|(_, outcome)| outcome.is_ok()));
        assert_eq!(place.text("photo.txt").await.unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(place.listed("", Shape::Deep).await.0, ["photos/2026/b ü.png"]);
    }
}

#[tokio::test]
async fn a_taken_name_is_decided_as_asked_and_replacing_changes_the_tag() {
    for place in places() {
        let text = |text: &'static str| Body::Bytes(text.into());
        place.put("a.txt", text("first"), IfExists::Fail).await.unwrap();
        let before = place.storage.find(&whole(), &key("a.txt")).await.unwrap().unwrap().etag;
        for if_exists in [IfExists::Fail, IfExists::Ask] {
            let taken = place.put("a.txt", text("second"), if_exists).await.unwrap_err();
            assert_eq!(taken.kind(), ErrorKind::AlreadyExists, "{}: {taken}", place.name);
            assert_eq!(taken.existing().map(|there| there.size), Some(5), "what is there can be shown");
        }
        assert_eq!(place.put("a.txt", text("second"), IfExists::KeepBoth).await.unwrap(), "a (2).txt");
        assert_eq!(place.text("a.txt").await.unwrap(), "first");
        place.put("a.txt", text("the third"), IfExists::Replace).await.unwrap();
        assert_eq!(place.text("a.txt").await.unwrap(), "the third");
        let after = place.storage.find(&whole(), &key("a.txt")).await.unwrap().unwrap().etag;
        assert_ne!(before, after, "{}: no cache shows the old one", place.name);
    }
}

#[tokio::test]
async fn folders_can_be_made_and_stay_while_they_are_empty() {
    for place in places() {
        place.storage.new_folder(&whole(), "plans/").await.unwrap();
        assert_eq!(place.listed("", Shape::Folder).await.1, ["plans/"], "{}", place.name);
        place.storage.remove(&whole(), &key("plans/")).await.unwrap();
        assert_eq!(place.listed("", Shape::Folder).await.1, [""; 0], "{}", place.name);
    }
}

#[tokio::test]
async fn a_large_file_goes_up_and_comes_down_whole_and_in_ranges() {
    for place in places() {
        let desk = tempfile::tempdir().unwrap();
        let (from, to) = (desk.path().join("from.bin"), desk.path().join("to.bin"));
        let bytes: Vec<u8> = (0..20_000_000_u32).map(|at| (at ^ (at >> 8)) as u8).collect();
        std::fs::write(&from, &bytes).unwrap();
        // More than one part of S3's, and one go here.
        place.put("big.bin", Body::File(from), IfExists::Ask).await.unwrap();
        let control = Control::default();
        place.storage.get_to_file(&whole(), &key("big.bin"), &to, &control).await.unwrap();
        assert!(std::fs::read(&to).unwrap() == bytes, "{}", place.name);
        let some = place.storage.get(&whole(), &key("big.bin"), Some(1_000..1_010), &control).await.unwrap();
        assert_eq!(some.bytes, bytes[1_000..1_010]);
        let too_large = place.storage.get_at_most(&whole(), &key("big.bin"), 1_000, &control).await.unwrap_err();
        assert_eq!(too_large.kind(), ErrorKind::TooLarge);
    }
}

#[tokio::test]
async fn a_stopped_upload_leaves_nothing_behind() {
    for place in places() {
        let control = Control::default();
        let stop = control.cancel.clone();
        let progress = Arc::new(move |_| stop.cancel());
        let control = Control { progress: Some(progress), ..control };
        let body = Body::Bytes(vec![7; 3_000_000].into());
        let sent = place.storage.put(&whole(), &key("a.bin"), body, PutOptions::new(IfExists::Fail), &control).await;
        assert_eq!(sent.unwrap_err().kind(), ErrorKind::Cancelled, "{}", place.name);
        assert_eq!(place.listed("", Shape::Deep).await.0, [""; 0]);
        assert!(place.on_disk().is_empty(), "not even hidden");
    }
}

#[tokio::test]
async fn no_name_leaves_the_place_or_reaches_what_is_unfinished() {
    for place in places() {
        for hostile in ["../escape", "a/../../b", "a\\..\\b", ".amphora-unfinished/x", "a//b"] {
            let refused = place.put(hostile, Body::Bytes("x".into()), IfExists::Replace).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::NameNotAllowed, "{}: {hostile}", place.name);
            assert!(place.text(hostile).await.is_err());
        }
        assert!(place.storage.list_page(&whole(), "../", Shape::Deep, None).await.is_err());
    }
}

#[tokio::test]
async fn what_only_s3_has_is_refused_without_a_request() {
    for place in places() {
        place.put("a", Body::Bytes("1".into()), IfExists::Fail).await.unwrap();
        let (storage, space, name) = (&place.storage, whole(), key("a"));
        let (other, control) = (key("b"), Control::default());
        let refused = [
            storage.presign_get(&space, &name, LinkOptions::living(Duration::from_secs(60))).await.err(),
            storage.copy((&space, &name), (&space, &other), CopyOptions::default(), &control).await.err(),
            storage.tags(&space, &name).await.err(),
            storage.set_tags(&space, &name, &[("a".to_owned(), "b".to_owned())]).await.err(),
            storage.versions(&space, &name, &control).await.err(),
            storage.properties(&space, &name).await.err(),
        ];
        for error in refused {
            assert_eq!(error.unwrap().kind(), ErrorKind::Unsupported, "{}", place.name);
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("unplugged");
    let refused = OpenDalStore::folder(missing.to_str().unwrap()).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
    assert!(!missing.exists());
}
