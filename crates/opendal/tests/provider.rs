//! The provider under the category, on a folder of the disk and in memory: the same claims of both.

#![expect(clippy::unwrap_used, reason = "every line here is a test")]

use std::sync::Arc;

use amphora_opendal::OpenDalProvider;
use amphora_storage::category::{
    CallOptions, Category, CategoryError, CustomPrefix, GetCall, Got, Level, ListCall, PutCall, PutProgress,
    RemoveCall, Session, Signed,
};
use amphora_storage::{Body, IdentityId, IfExists, Patch, Patches};
use futures::future::BoxFuture;
use opendal::Operator;
use opendal::services::{Fs, Memory};
use serde_json::json;

/// Nobody: what goes to another store needs no credentials of ours.
#[derive(Debug)]
struct Nobody;

impl Session for Nobody {
    fn signed(&self) -> BoxFuture<'_, Result<Signed, String>> {
        Box::pin(std::future::ready(Err("nobody is signed in".to_owned())))
    }
}

struct Store {
    category: Category,
    name: &'static str,
    _folder: tempfile::TempDir,
}

/// A store on the disk, and one in memory.
fn stores() -> [Store; 2] {
    let folder = tempfile::tempdir().unwrap();
    let fs = Operator::new(Fs::default().root(folder.path().to_str().unwrap())).unwrap();
    let memory = Operator::new(Memory::default()).unwrap();
    [("Disk", fs, folder), ("Memory", memory, tempfile::tempdir().unwrap())].map(|(name, operator, folder)| {
        let category = Category::new(Arc::new(Nobody));
        let me = Some(IdentityId::new("us-east-1:me"));
        category.add_pluggable(Arc::new(OpenDalProvider::new(name, operator, me))).unwrap();
        Store { category, name, _folder: folder }
    })
}

impl Store {
    fn call(&self) -> CallOptions {
        CallOptions { provider: Some(self.name.to_owned()), ..CallOptions::default() }
    }

    async fn put(&self, key: &str, text: &'static str, if_exists: IfExists) -> Result<String, CategoryError> {
        let options = PutCall { call: self.call(), if_exists: Some(if_exists), ..PutCall::default() };
        Ok(self.category.put(key, Body::Bytes(text.into()), options).await?.key)
    }

    async fn read(&self, key: &str, call: CallOptions) -> Result<Vec<u8>, CategoryError> {
        match self.category.get(key, GetCall { call, download: true, ..GetCall::default() }).await? {
            Got::Object(object) => Ok(object.bytes.to_vec()),
            Got::Url(_) => panic!("the content was asked for"),
        }
    }

    async fn keys(&self, path: &str) -> Vec<String> {
        let options = ListCall { call: self.call(), ..ListCall::default() };
        self.category.list(path, options).await.unwrap().items.into_iter().map(|item| item.key).collect()
    }
}

#[tokio::test]
async fn what_is_put_is_listed_read_and_removed() {
    for store in stores() {
        assert!(store.keys("").await.is_empty(), "{}: an empty store is no error", store.name);
        for key in ["photos/b ü.png", "photos/a.png", "photo.txt", "notes.txt"] {
            store.put(key, "Hello", IfExists::Fail).await.unwrap();
        }
        assert_eq!(store.keys("photo").await, ["photo.txt", "photos/a.png", "photos/b ü.png"], "{}", store.name);
        assert_eq!(store.keys("photos/").await, ["photos/a.png", "photos/b ü.png"]);
        assert_eq!(store.read("photos/b ü.png", store.call()).await.unwrap(), b"Hello");
        store.category.remove("photos/a.png", RemoveCall { call: store.call() }).await.unwrap();
        store.category.remove("photos/a.png", RemoveCall { call: store.call() }).await.unwrap();
        assert_eq!(store.keys("photos/").await, ["photos/b ü.png"]);
        let failed = store.read("photos/a.png", store.call()).await.unwrap_err();
        assert_eq!(failed.code(), "NoSuchKey");
    }
}

#[tokio::test]
async fn a_taken_name_is_decided_as_asked() {
    for store in stores() {
        store.put("a.txt", "first", IfExists::Fail).await.unwrap();
        let taken = store.put("a.txt", "second", IfExists::Fail).await.unwrap_err();
        assert_eq!(taken.code(), "PreconditionFailed", "{}: {taken}", store.name);
        assert_eq!(store.put("a.txt", "second", IfExists::KeepBoth).await.unwrap(), "a (2).txt");
        assert_eq!(store.read("a.txt", store.call()).await.unwrap(), b"first");
        store.put("a.txt", "third", IfExists::Replace).await.unwrap();
        assert_eq!(store.read("a.txt", store.call()).await.unwrap(), b"third");
    }
}

#[tokio::test]
async fn levels_are_folders_of_the_store_and_others_spaces_are_theirs() {
    for store in stores() {
        store.category.configure(&json!({ store.name: { "level": "private" } })).unwrap();
        store.put("x", "mine", IfExists::Fail).await.unwrap();
        let root = CustomPrefix { public: Some(String::new()), ..CustomPrefix::default() };
        let whole = CallOptions { custom_prefix: Some(root), level: Some(Level::Public), ..store.call() };
        assert_eq!(store.read("private/us-east-1:me/x", whole).await.unwrap(), b"mine");
        let other = Some(IdentityId::new("us-east-1:other"));
        let theirs = CallOptions { identity_id: other.clone(), ..store.call() };
        assert_eq!(store.read("x", theirs).await.unwrap_err().code(), "AccessDenied");
        let call = CallOptions { identity_id: other, level: Some(Level::Protected), ..store.call() };
        let refused = store.category.remove("x", RemoveCall { call }).await.unwrap_err();
        assert_eq!(refused.code(), "AccessDenied");
        assert!(store.category.configure(&json!({ store.name: { "levle": "private" } })).is_err());
    }
}

#[tokio::test]
async fn no_key_leaves_its_level() {
    for store in stores() {
        for hostile in ["../../escape", "a/../../../b", "/etc/passwd", "..", "a\\..\\b"] {
            let refused = store.put(hostile, "x", IfExists::Replace).await.unwrap_err();
            assert_eq!(refused.code(), "InvalidKey", "{}: {hostile}", store.name);
        }
        let options = ListCall { call: store.call(), ..ListCall::default() };
        assert!(store.category.list("../", options).await.is_err());
    }
}

#[tokio::test]
async fn files_are_streamed_with_progress_and_pages_cut() {
    for store in stores() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.bin");
        let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| (at ^ (at >> 8)) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
        let keep = seen.clone();
        let progress = Some(Arc::new(move |progress: PutProgress| keep.lock().unwrap().push(progress)) as _);
        let options = PutCall { call: store.call(), progress, ..PutCall::default() };
        store.category.put("big.bin", Body::File(path.clone()), options).await.unwrap();
        assert_eq!(store.read("big.bin", store.call()).await.unwrap(), bytes);
        // Over the border between two reads.
        let patches = Patches::new(&path.metadata().unwrap(), vec![Patch { at: (1 << 20) - 2, bytes: "patch".into() }]);
        let options = PutCall { call: store.call(), ..PutCall::default() };
        store.category.put("patched.bin", Body::Patched(path.clone(), patches.clone()), options).await.unwrap();
        let other = folder.path().join("other.bin");
        std::fs::write(&other, b"as long as it likes").unwrap();
        let options = PutCall { call: store.call(), ..PutCall::default() };
        let refused = store.category.put("other.bin", Body::Patched(other, patches), options).await;
        assert!(refused.is_err(), "they were made for another file");
        let mut expected = bytes;
        expected[(1 << 20) - 2..][..5].copy_from_slice(b"patch");
        assert_eq!(store.read("patched.bin", store.call()).await.unwrap(), expected);
        let options = RemoveCall { call: store.call() };
        store.category.remove("patched.bin", options).await.unwrap();
        let last = seen.lock().unwrap().last().cloned().unwrap();
        assert_eq!((last.loaded, last.total, last.key.as_str()), (3_000_000, 3_000_000, "public/big.bin"));
        store.put("a", "1", IfExists::Fail).await.unwrap();
        let page = |next_token| ListCall { call: store.call(), page_size: Some(1), next_token };
        let first = store.category.list("", page(None)).await.unwrap();
        assert_eq!(first.items[0].key, "a");
        let rest = store.category.list("", page(first.next_token)).await.unwrap();
        assert_eq!((rest.items[0].key.as_str(), rest.next_token), ("big.bin", None));
    }
}

#[tokio::test]
async fn what_a_store_cannot_do_is_said() {
    for store in stores() {
        store.put("a", "1", IfExists::Fail).await.unwrap();
        let options = GetCall { call: store.call(), ..GetCall::default() };
        let failed = store.category.get("a", options).await.unwrap_err();
        assert_eq!(failed.code(), "NotImplemented", "{}: no links: {failed}", store.name);
    }
}
