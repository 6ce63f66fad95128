//! Keys that break servers and clients: each goes up, is listed byte for byte, comes down and goes away.

use crate::case::Case;
use crate::servers::Server;
use crate::visitor::{get, key, put};
use amphora_storage::{Control, Shape, Space, Storage};

/// Inside a folder of the case's own, so that each begins where a name begins.
const NAMES: [&str; 22] = [
    "a b.txt",
    "a+b.txt",
    "a&b.txt",
    "100%.txt",
    "a%20b.txt",
    "a#b.txt",
    "a?b=c.txt",
    "a=b;c,d:e@f.txt",
    "quote'\"<tag>.txt",
    "back\\slash.txt",
    "..",
    "../up.txt",
    "a/../b.txt",
    "a/./b.txt",
    "a//b.txt",
    "/leading.txt",
    "trailing/",
    "🏺 amphora.png",
    "u\u{308} decomposed.txt",
    "ü composed.txt",
    "CON.txt",
    "line\nbreak.txt",
];

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for name in NAMES {
        let by_a_person = move |storage| async move {
            round_trip(&storage, &Space::Private, &format!("keys/{name}")).await;
        };
        cases.push(Case::of_s3(format!("a person's key {name:?} is kept byte for byte"), by_a_person));
        let by_guest = move |server: std::sync::Arc<Server>| async move {
            round_trip(&server.guest().await.storage, &Space::Public, &format!("keys of guests/{name}")).await;
        };
        cases.push(Case::new(format!("a guest's key {name:?} is kept byte for byte"), by_guest));
    }
    cases.push(Case::of_s3("a key at the level's root may begin with a slash", |storage| async move {
        round_trip(&storage, &Space::Private, "/root.txt").await;
    }));
    cases.push(Case::of_s3("a key of 1,024 bytes fits, one more is refused before it is sent", |storage| async move {
        longest(&storage).await;
    }));
    cases.push(Case::of_s3("f and f/g are two files", |storage| async move {
        file_beside_folder(&storage).await;
    }));
    cases.push(Case::of_s3("names that differ by case or by Unicode form are two files", |storage| async move {
        look_alikes(&storage).await;
    }));
    cases
}

async fn round_trip(storage: &Storage, space: &Space, name: &str) {
    let folder = &name[..name.find('/').expect("a folder") + 1];
    put(storage, space, name, name).await.expect("it goes up");
    let listed = storage.list_all(space, folder, Shape::Deep, &Control::default()).await.expect("a listing");
    let listed: Vec<_> = listed.objects.into_iter().map(|object| object.key).collect();
    assert!(listed.iter().any(|key| key == name), "{name:?} in {listed:?}");
    let found = storage.find(space, &key(name)).await.expect("a search");
    assert_eq!(found.map(|object| object.key).as_deref(), Some(name), "found by exactly this key");
    assert_eq!(get(storage, space, name).await.expect("it comes down").bytes, name.as_bytes());
    storage.remove(space, &key(name)).await.expect("it goes away");
    assert_eq!(storage.find(space, &key(name)).await.expect("a search"), None, "gone");
}

async fn longest(storage: &Storage) {
    let space = Space::Private;
    let prefix = format!("private/{}/", storage.identity().expect("a person"));
    let name = format!("keys/{}", "n".repeat(1024 - prefix.len() - "keys/".len()));
    round_trip(storage, &space, &name).await;
    let refused = put(storage, &space, &format!("{name}n"), "x").await.expect_err("1,025 bytes");
    assert_eq!(refused.kind(), amphora_storage::ErrorKind::NameNotAllowed);
}

async fn file_beside_folder(storage: &Storage) {
    let space = Space::Private;
    put(storage, &space, "beside/f", "file").await.expect("f");
    put(storage, &space, "beside/f/g", "deeper").await.expect("f/g");
    assert_eq!(get(storage, &space, "beside/f").await.expect("f").bytes, "file");
    assert_eq!(get(storage, &space, "beside/f/g").await.expect("f/g").bytes, "deeper");
    let page = storage.list_page(&space, "beside/", Shape::Folder, None).await.expect("a listing");
    assert_eq!(page.objects.iter().map(|object| object.key.as_str()).collect::<Vec<_>>(), ["beside/f"]);
    assert_eq!(page.folders, ["beside/f/"]);
    storage.remove(&space, &key("beside/f")).await.expect("f goes away");
    assert_eq!(get(storage, &space, "beside/f/g").await.expect("f/g stays").bytes, "deeper");
}

async fn look_alikes(storage: &Storage) {
    let space = Space::Private;
    let names = ["alike/A.txt", "alike/a.txt", "alike/u\u{308}.txt", "alike/ü.txt"];
    for name in names {
        put(storage, &space, name, name).await.expect("it goes up");
    }
    for name in names {
        assert_eq!(get(storage, &space, name).await.expect("it comes down").bytes, name.as_bytes());
    }
    let listed = storage.list_all(&space, "alike/", Shape::Deep, &Control::default()).await.expect("a listing");
    assert_eq!(listed.objects.len(), names.len());
}
