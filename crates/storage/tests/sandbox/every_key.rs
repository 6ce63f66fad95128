//! What holds for every key: it comes back as it went in through every verb, lists are in the order of UTF-8 bytes, and a
//! folder view shows each child once.

use std::collections::BTreeSet;

use amphora_storage::{Body, Control, CopyOptions, IfExists, Key, Owner, Prefixes, PutOptions, Shape, Space, Storage};
use amphora_testbed::{PolicySet, Testbed};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// A sandbox costs more than a case, so one serves them all.
fn on_one_sandbox<S: Strategy>(cases: u32, strategy: &S, check: impl AsyncFn(&Testbed, S::Value)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let bed = runtime.block_on(Testbed::start(PolicySet::Documented)).unwrap();
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(strategy, |value| {
        runtime.block_on(check(&bed, value));
        Ok(())
    });
    outcome.unwrap();
}

async fn put(storage: &Storage, space: &Space, key: &Key) {
    let body = Body::Bytes(key.as_str().to_owned().into());
    storage.put(space, key, body, PutOptions::new(IfExists::Replace), &Control::default()).await.unwrap();
}

async fn listed(storage: &Storage, space: &Space, prefix: &str) -> Vec<String> {
    let page = storage.list_all(space, prefix, Shape::Deep, &Control::default()).await.unwrap();
    page.objects.into_iter().map(|object| object.key).collect()
}

/// Up to so many bytes of any characters.
fn any_text(bytes: usize) -> impl Strategy<Value = String> {
    any::<String>().prop_map(move |mut text| {
        let mut end = text.len().min(bytes);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text
    })
}

#[test]
fn any_key_under_any_prefix_goes_through_every_verb_unchanged() {
    let keys = any_text(200).prop_filter("a key is not empty", |key| !key.is_empty());
    on_one_sandbox(48, &(keys, any_text(60), 0..3_usize), async |bed, (key, prefix, space)| {
        let prefixes = Prefixes { public: format!("public/{prefix}"), ..Prefixes::default() };
        let storage = bed.storage().with_prefixes(prefixes);
        let space = [Space::Public, Space::Protected(Owner::Me), Space::Private][space].clone();
        let (key, control) = (Key::parse(&key).unwrap(), Control::default());
        put(&storage, &space, &key).await;
        let object = storage.get(&space, &key, None, &control).await.unwrap();
        assert_eq!(object.bytes, key.as_str(), "what was put is read");
        assert!(listed(&storage, &space, key.as_str()).await.contains(&key.as_str().to_owned()), "and listed");
        assert!(storage.find(&space, &key).await.unwrap().is_some(), "and found");
        let copy = Key::parse(&format!("{key}.copy")).unwrap();
        storage.copy((&space, &key), (&space, &copy), CopyOptions::default(), &control).await.unwrap();
        assert_eq!(storage.get(&space, &copy, None, &control).await.unwrap().bytes, key.as_str(), "and copied");
        storage.remove(&space, &copy).await.unwrap();
        let removed = storage.remove_many(&space, vec![key.clone()]).await;
        assert!(removed.iter().all(|(_, outcome)| outcome.is_ok()), "and removed: {removed:?}");
        assert!(storage.find(&space, &key).await.unwrap().is_none());
    });
}

/// Keys that share many beginnings.
fn crowded() -> impl Strategy<Value = BTreeSet<String>> {
    let piece = prop_oneof![Just("a"), Just("b"), Just("/"), Just("é"), Just("."), Just("\u{10000}"), Just("\u{ffff}")];
    let key = prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat());
    prop::collection::btree_set(key, 1..24)
}

#[test]
fn lists_are_in_the_order_of_bytes_and_a_folder_shows_each_child_once() {
    on_one_sandbox(24, &crowded(), async |bed, keys| {
        let (storage, space) = (bed.storage(), Space::Private);
        for key in &keys {
            put(&storage, &space, &Key::parse(key).unwrap()).await;
        }
        let in_order: Vec<String> = keys.iter().cloned().collect();
        assert_eq!(listed(&storage, &space, "").await, in_order, "strings of Rust are ordered by their bytes too");
        check_folder(&storage, &space, "", &keys).await;
        for folder in keys.iter().filter_map(|key| Some(&key[..=key.find('/')?])) {
            check_folder(&storage, &space, folder, &keys).await;
        }
        let all = keys.iter().map(|key| Key::parse(key).unwrap()).collect();
        for (key, outcome) in storage.remove_many(&space, all).await {
            assert!(outcome.is_ok(), "{key}: {outcome:?}");
        }
    });
}

/// A folder holds what is directly in it, and its folders; read two entries a page, so that pages end everywhere.
async fn check_folder(storage: &Storage, space: &Space, folder: &str, keys: &BTreeSet<String>) {
    let (mut files, mut folders, mut token) = (Vec::new(), Vec::new(), None);
    loop {
        let page = storage.list_some(space, folder, Shape::Folder, token, Some(2)).await.unwrap();
        files.extend(page.objects.into_iter().map(|object| object.key));
        folders.extend(page.folders);
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    let inside = || keys.iter().filter_map(|key| key.strip_prefix(folder));
    let expected: Vec<String> =
        inside().filter(|rest| !rest.contains('/')).map(|rest| format!("{folder}{rest}")).collect();
    assert_eq!(files, expected, "files of {folder:?}");
    let expected: BTreeSet<String> =
        inside().filter_map(|rest| Some(format!("{folder}{}", &rest[..=rest.find('/')?]))).collect();
    assert_eq!(folders, expected.into_iter().collect::<Vec<_>>(), "folders of {folder:?}");
}
