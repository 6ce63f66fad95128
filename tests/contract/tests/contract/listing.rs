//! Listings of any length, flat and by folder, and what is not there.

use crate::case::Case;
use crate::visitor::{get, key, put};
use amphora_storage::{Control, ErrorKind, Shape, Space, Storage};
use futures::{StreamExt, stream};

const MANY: usize = 2_500;

pub fn cases() -> Vec<Case> {
    vec![
        Case::of_s3("2,500 keys are listed to the last one, in order", |storage| async move {
            many(&storage).await;
        }),
        Case::of_s3("a folder shows what is directly in it", |storage| async move {
            folders(&storage).await;
        }),
        Case::of_s3("many folders are read side by side, each key once and in order", |storage| async move {
            deep(&storage).await;
        }),
        Case::of_s3("an empty folder is made once and lists as one", |storage| async move {
            new_folder(&storage).await;
        }),
        Case::of_s3("nothing is an empty listing", |storage| async move {
            let page = storage.list_page(&Space::Private, "none/", Shape::Deep, None).await;
            assert_eq!(page.expect("allowed"), amphora_storage::Page::default());
        }),
        Case::new("reading an absent key is refused where listing is bound to prefixes", |server| async move {
            let missing = get(&server.ana().await.storage, &Space::Private, "absent.txt").await;
            assert_eq!(missing.expect_err("absent").kind(), ErrorKind::AccessDenied, "not told whether it exists");
        }),
        Case::of_s3("an absent key is not found, and its removal is no failure", |storage| async move {
            let storage = &storage;
            assert_eq!(storage.find(&Space::Private, &key("absent.txt")).await.expect("a search"), None);
            storage.remove(&Space::Private, &key("absent.txt")).await.expect("removed already");
        }),
    ]
}

async fn many(storage: &Storage) {
    let space = Space::Private;
    let names: Vec<String> = (0..MANY).map(|number| format!("many/{number:05}")).collect();
    let stored = stream::iter(names.clone())
        .map(|name| async move { put(storage, &Space::Private, &name, "x").await })
        .buffer_unordered(16);
    stored.for_each(|stored| async { drop(stored.expect("it goes up")) }).await;
    let all = storage.list_all(&space, "many/", Shape::Deep, &Control::default()).await.expect("a listing");
    let listed: Vec<String> = all.objects.into_iter().map(|object| object.key).collect();
    assert_eq!(listed, names);
    let first = storage.list_page(&space, "many/", Shape::Folder, None).await.expect("a page");
    assert_eq!((first.objects.len(), first.next.is_some()), (1_000, true), "a page holds 1,000");
    let removed = storage.remove_many(&space, names.iter().map(|name| key(name)).collect()).await;
    assert!(removed.iter().all(|(_, removed)| removed.is_ok()), "more than one request can delete");
    let left = storage.list_all(&space, "many/", Shape::Deep, &Control::default()).await.expect("a listing");
    assert!(left.objects.is_empty(), "{} are left", left.objects.len());
}

async fn folders(storage: &Storage) {
    let space = Space::Private;
    for name in ["tree/a.txt", "tree/b/c.txt", "tree/b/d/e.txt", "tree/f g+h/i.txt", "treeless.txt"] {
        put(storage, &space, name, name).await.expect("it goes up");
    }
    let page = storage.list_page(&space, "tree/", Shape::Folder, None).await.expect("a listing");
    assert_eq!(page.objects.iter().map(|object| object.key.as_str()).collect::<Vec<_>>(), ["tree/a.txt"]);
    assert_eq!(page.folders, ["tree/b/", "tree/f g+h/"]);
    let text = storage.list_page(&space, "tree", Shape::Folder, None).await.expect("a listing");
    assert_eq!(text.folders, ["tree/"], "a prefix is a text");
    assert_eq!(text.objects.first().map(|object| object.key.as_str()), Some("treeless.txt"));
    let object = &page.objects[0];
    let read = get(storage, &space, "tree/a.txt").await.expect("it comes down");
    assert_eq!((object.size, &object.etag), (10, &read.etag), "a listing tells what a read tells");
    assert!(object.modified.is_some());
}

async fn deep(storage: &Storage) {
    let space = Space::Private;
    let mut names: Vec<String> = (0..120).map(|number| format!("deep/{:02}/{number:03} ü.txt", number % 40)).collect();
    names.extend(["deep/07", "deep/07!", "deep/zz.txt", "deep/11/deeper/x.txt"].map(ToOwned::to_owned));
    let stored = stream::iter(names.clone())
        .map(|name| async move { put(storage, &Space::Private, &name, "x").await })
        .buffer_unordered(16);
    stored.for_each(|stored| async { drop(stored.expect("it goes up")) }).await;
    names.sort();
    let read = storage.list_deep(&space, "deep/", &Control::default()).await.expect("a listing");
    assert_eq!(read.iter().map(|object| object.key.as_str()).collect::<Vec<_>>(), names);
    let one = storage.list_all(&space, "deep/", Shape::Deep, &Control::default()).await.expect("a listing");
    assert_eq!(read, one.objects, "the same as in one go");
}

async fn new_folder(storage: &Storage) {
    let space = Space::Private;
    let _fresh = storage.remove(&space, &key("fresh/new/")).await;
    storage.new_folder(&space, "fresh/new").await.expect("made");
    let again = storage.new_folder(&space, "fresh/new").await.expect_err("there already");
    assert_eq!(again.kind(), ErrorKind::AlreadyExists);
    let page = storage.list_page(&space, "fresh/", Shape::Folder, None).await.expect("a listing");
    assert_eq!((page.folders, page.objects.len()), (vec!["fresh/new/".to_owned()], 0));
}
