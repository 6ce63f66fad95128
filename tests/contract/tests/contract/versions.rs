//! Versions, in buckets that keep them.

use crate::case::Case;
use crate::servers::{Name, own_sandbox};
use crate::visitor::{get, key, put};
use amphora_sandbox::iam::PolicySet;
use amphora_storage::{Control, CopyOptions, ErrorKind, IfExists, Space, Storage};

const SPACE: Space = Space::Private;

pub fn cases() -> Vec<Case> {
    vec![
        Case::by_itself("what was replaced or deleted is listed, restored and removed for good (sandbox)", || async {
            let server = own_sandbox(|options| {
                options.policy = PolicySet::Recommended;
                options.versioning = true;
            })
            .await;
            kept(&server.ana().await.storage).await;
        }),
        Case::of_moto("what was replaced or deleted is listed, restored and removed for good", |moto| async move {
            kept(&moto.versioned()).await;
        }),
        Case::by_itself("a listing of versions goes on over pages (sandbox)", || async {
            let server = own_sandbox(|options| {
                options.policy = PolicySet::Recommended;
                options.versioning = true;
            })
            .await;
            paged(&server.ana().await.storage).await;
        }),
        Case::of_moto("a listing of versions goes on over pages", |moto| async move { paged(&moto.versioned()).await }),
        Case::new("versions are told where the policy grants it", |server| async move {
            let storage = &server.ana().await.storage;
            put(storage, &SPACE, "versions/only.txt", "only").await.expect("it goes up");
            let listed = storage.versions(&SPACE, &key("versions/only.txt"), &Control::default()).await;
            if server.name != Name::SandboxRecommended {
                assert_eq!(listed.unwrap_err().kind(), ErrorKind::AccessDenied, "the documented policies grant none");
                return;
            }
            let listed = listed.expect("a bucket that keeps none has one of each");
            assert_eq!((listed.len(), listed[0].is_latest, listed[0].id.as_str()), (1, true, "null"));
        }),
    ]
}

async fn kept(storage: &Storage) {
    let (name, control) = (key("versions/a b+ü%20.txt"), Control::default());
    for text in ["first", "second"] {
        put(storage, &SPACE, name.as_str(), text).await.expect("it goes up");
    }
    put(storage, &SPACE, "versions/a b+ü%20.txt more", "another key").await.expect("it goes up");
    storage.remove(&SPACE, &name).await.expect("it is deleted");
    let versions = storage.versions(&SPACE, &name, &control).await.expect("its versions");
    assert_eq!(versions.len(), 3, "and none of the key that begins alike: {versions:?}");
    let latest = versions.iter().find(|version| version.is_latest).expect("one is the latest");
    assert!(latest.content.is_none(), "the key is deleted");
    let mut stored = versions.iter().filter(|version| version.content.is_some());
    let second = stored.next().expect("the newer one first");
    assert_eq!(second.content.as_ref().map(|content| content.size), Some(6));
    let first = stored.next().expect("then the older one");

    storage.restore_version(&SPACE, &name, &first.id, &control).await.expect("it is restored");
    assert_eq!(get(storage, &SPACE, name.as_str()).await.expect("it is there").bytes, "first");
    let deletion = storage.restore_version(&SPACE, &name, &latest.id, &control).await.unwrap_err();
    assert!(matches!(deletion.kind(), ErrorKind::NotFound | ErrorKind::Unexpected), "{deletion:?}");
    let options = CopyOptions { if_exists: IfExists::Replace, ..CopyOptions::default() };
    let copy = key("versions/copy.txt");
    storage.copy((&SPACE, &name), (&SPACE, &copy), options, &control).await.expect("it is copied");
    assert_eq!(get(storage, &SPACE, copy.as_str()).await.expect("the copy").bytes, "first");

    storage.remove_version(&SPACE, &name, &first.id).await.expect("it is removed");
    storage.remove_version(&SPACE, &name, &first.id).await.expect("what is gone can be removed too");
    let left = storage.versions(&SPACE, &name, &control).await.expect("its versions");
    assert_eq!(left.len(), 3, "the restored one, the deletion, the second");
    assert!(left.iter().all(|version| version.id != first.id));
    for version in left {
        storage.remove_version(&SPACE, &name, &version.id).await.expect("it is removed");
    }
    assert_eq!(storage.versions(&SPACE, &name, &control).await.expect("its versions"), []);
    assert!(storage.find(&SPACE, &name).await.expect("the listing").is_none());
}

async fn paged(storage: &Storage) {
    let mut stored = Vec::new();
    for number in 0..5 {
        for text in ["one", "two"] {
            put(storage, &SPACE, &format!("versions/pages/{number}"), text).await.expect("it goes up");
        }
        stored.push(format!("{number}"));
    }
    let (mut token, mut found, mut pages) = (None, Vec::new(), 0);
    loop {
        let page = storage.version_page(&SPACE, "versions/pages/", 3, token).await.expect("a page");
        assert!(page.versions.len() <= 3);
        found.extend(page.versions);
        pages += 1;
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    assert_eq!((found.len(), pages), (10, 4));
    for number in stored {
        let of_key: Vec<_> = found.iter().filter(|version| version.key.ends_with(&format!("/{number}"))).collect();
        assert_eq!(of_key.len(), 2, "{number}");
        assert_eq!(of_key.iter().filter(|version| version.is_latest).count(), 1, "{number}");
    }
}
