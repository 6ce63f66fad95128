//! Copying, moving, and what is stored beside the bytes.

use crate::case::Case;
use crate::servers::{Name, Server};
use crate::visitor::{get, key, put};
use amphora_storage::{
    Attributes, Body, Control, CopyOptions, CustomerKey, ErrorKind, IfExists, Owner, PutOptions, Space, Storage,
};
use bytes::Bytes;

const SPACE: Space = Space::Private;
const MIB: usize = 1 << 20;

pub fn cases() -> Vec<Case> {
    vec![
        Case::of_s3("a copy has the bytes, the type and the metadata of the original", |storage| async move {
            whole(&storage).await;
        }),
        Case::of_s3("a copy in parts is the same as one in one piece", |storage| async move {
            in_parts(&storage).await;
        }),
        Case::of_s3("a copy overwrites nothing unless it is told to", |storage| async move {
            onto_taken(&storage).await;
        }),
        Case::of_s3("a move leaves the original's name free", |storage| async move {
            moved(&storage).await;
        }),
        Case::new("somebody's protected file can be copied from, not to", |server| async move {
            protected(&server).await;
        }),
        Case::of_s3("what is not there cannot be copied", |storage| async move {
            let storage = &storage;
            let (absent, new) = (key("copies/absent.txt"), key("copies/absent 2.txt"));
            let (from, to) = ((&SPACE, &absent), (&SPACE, &new));
            let refused = storage.copy(from, to, CopyOptions::default(), &Control::default()).await.unwrap_err();
            let kinds = [ErrorKind::NotFound, ErrorKind::AccessDenied];
            assert!(kinds.contains(&refused.kind()), "not there, or not told: {refused:?}");
        }),
        Case::of_s3("what is edited changes and the rest stays", |storage| async move {
            edited(&storage).await;
        }),
        Case::new("tags are set and read where the policy grants it", |server| async move {
            tagged(&server).await;
        }),
        Case::of_s3("what a customer's key encrypts opens with that key only", |storage| async move {
            encrypted(&storage).await;
        }),
    ]
}

fn described() -> PutOptions {
    let attributes = Attributes {
        cache_control: Some("max-age=60".to_owned()),
        content_disposition: Some("inline".to_owned()),
        metadata: [("author".to_owned(), "Mira".to_owned())].into(),
        ..Attributes::default()
    };
    let content_type = Some("text/x-note".to_owned());
    PutOptions { content_type, attributes, ..PutOptions::new(IfExists::Replace) }
}

async fn store(storage: &Storage, name: &str, bytes: impl Into<Bytes>) {
    let body = Body::Bytes(bytes.into());
    storage.put(&SPACE, &key(name), body, described(), &Control::default()).await.expect("it goes up");
}

async fn whole(storage: &Storage) {
    let (old, new) = ("copies/a b+ü%20.txt", "copies/new & whole.txt");
    store(storage, old, "text").await;
    let options = CopyOptions { if_exists: IfExists::Replace, ..CopyOptions::default() };
    let stored = storage.copy((&SPACE, &key(old)), (&Space::Public, &key(new)), options, &Control::default()).await;
    assert_eq!(stored.expect("it is copied").size, 4);
    assert_eq!(get(storage, &Space::Public, new).await.expect("the copy").bytes, "text");
    assert_eq!(get(storage, &SPACE, old).await.expect("the original stays").bytes, "text");
    let there = storage.properties(&Space::Public, &key(new)).await.expect("its properties");
    assert_eq!(there.content_type.as_deref(), Some("text/x-note"));
    assert_eq!(there.attributes.cache_control.as_deref(), Some("max-age=60"));
    assert_eq!(there.attributes.metadata.get("author").map(String::as_str), Some("Mira"));
}

async fn in_parts(storage: &Storage) {
    let bytes: Bytes = (0..11 * MIB).map(|at| (at / 1000 % 251) as u8 ^ at as u8).collect();
    store(storage, "copies/large.bin", bytes.clone()).await;
    let options = CopyOptions { if_exists: IfExists::Replace, part_size: 5 * MIB as u64, ..CopyOptions::default() };
    let (old, new) = (key("copies/large.bin"), key("copies/large copy.bin"));
    let stored = storage.copy((&SPACE, &old), (&SPACE, &new), options, &Control::default()).await;
    let stored = stored.expect("it is copied");
    assert!(stored.etag.ends_with("-3"), "three parts: {}", stored.etag);
    assert!(get(storage, &SPACE, "copies/large copy.bin").await.expect("the copy").bytes == bytes, "byte for byte");
    let there = storage.properties(&SPACE, &new).await.expect("its properties");
    assert_eq!(there.attributes.content_disposition.as_deref(), Some("inline"), "parts bring nothing along themselves");
    assert_eq!(there.attributes.metadata.get("author").map(String::as_str), Some("Mira"));
}

async fn onto_taken(storage: &Storage) {
    store(storage, "copies/one.txt", "one").await;
    store(storage, "copies/two.txt", "two").await;
    let (one, two) = (key("copies/one.txt"), key("copies/two.txt"));
    let (from, to) = ((&SPACE, &one), (&SPACE, &two));
    let refused = storage.copy(from, to, CopyOptions::default(), &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(get(storage, &SPACE, "copies/two.txt").await.expect("it stays").bytes, "two");
    let both = CopyOptions { if_exists: IfExists::KeepBoth, ..CopyOptions::default() };
    let kept = storage.copy(from, to, both.clone(), &Control::default()).await.expect("under the next free name");
    assert_eq!(get(storage, &SPACE, kept.key.as_str()).await.expect("the copy").bytes, "one");
    assert_ne!(kept.key, two);
    storage.remove(&SPACE, &kept.key).await.expect("the next run finds the name free");
    let itself = storage.copy(from, from, both, &Control::default()).await.unwrap_err();
    assert_eq!(itself.kind(), ErrorKind::NameNotAllowed, "a copy onto itself is a mistake");
}

async fn moved(storage: &Storage) {
    store(storage, "copies/here.txt", "text").await;
    let options = CopyOptions { if_exists: IfExists::Replace, ..CopyOptions::default() };
    let (old, new) = (key("copies/here.txt"), key("copies/deeper/there.txt"));
    storage.move_to((&SPACE, &old), (&SPACE, &new), options, &Control::default()).await.expect("it is moved");
    assert_eq!(get(storage, &SPACE, new.as_str()).await.expect("it is there").bytes, "text");
    assert!(storage.find(&SPACE, &old).await.expect("the listing").is_none(), "and not here");
}

async fn protected(server: &Server) {
    let (ana, ben) = (server.ana().await, server.ben().await);
    put(&ben.storage, &Space::Protected(Owner::Me), "copies/shared.txt", "ben's").await.expect("it goes up");
    let bens = Space::Protected(Owner::Person(ben.storage.identity().expect("an identity").clone()));
    let options = CopyOptions { if_exists: IfExists::Replace, ..CopyOptions::default() };
    let (shared, mine) = (key("copies/shared.txt"), key("copies/from ben.txt"));
    let taken = ana.storage.copy((&bens, &shared), (&SPACE, &mine), options.clone(), &Control::default()).await;
    taken.expect("everyone signed in may read it");
    assert_eq!(get(&ana.storage, &SPACE, "copies/from ben.txt").await.expect("the copy").bytes, "ben's");
    let refused =
        ana.storage.copy((&SPACE, &mine), (&bens, &mine), options.clone(), &Control::default()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AccessDenied);
    let refused = ana.storage.move_to((&bens, &shared), (&SPACE, &mine), options, &Control::default()).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::AccessDenied, "moving would take it from them");
}

async fn edited(storage: &Storage) {
    store(storage, "copies/edited.txt", "text").await;
    let name = key("copies/edited.txt");
    let edit = |content_type: &mut Option<String>, attributes: &mut Attributes| {
        *content_type = Some("text/markdown".to_owned());
        attributes.metadata.insert("stage".to_owned(), "final".to_owned());
    };
    storage.edit_properties(&SPACE, &name, edit, &Control::default()).await.expect("it is edited");
    let there = storage.properties(&SPACE, &name).await.expect("its properties");
    assert_eq!(there.content_type.as_deref(), Some("text/markdown"));
    let metadata: Vec<_> = there.attributes.metadata.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(metadata, ["author=Mira", "stage=final"]);
    assert_eq!(there.attributes.cache_control.as_deref(), Some("max-age=60"), "what was not edited stays");
    assert_eq!(get(storage, &SPACE, "copies/edited.txt").await.expect("the bytes").bytes, "text");
}

async fn tagged(server: &Server) {
    let storage = &server.ana().await.storage;
    store(storage, "copies/tagged.txt", "text").await;
    let name = key("copies/tagged.txt");
    let tags = [("stage".to_owned(), "a b=c&d".to_owned()), ("für".to_owned(), String::new())];
    let set = storage.set_tags(&SPACE, &name, &tags).await;
    if server.name != Name::SandboxRecommended {
        assert_eq!(set.unwrap_err().kind(), ErrorKind::AccessDenied, "the documented policies grant no tags");
        return;
    }
    set.expect("the tags are set");
    let mut read = storage.tags(&SPACE, &name).await.expect("the tags are read");
    read.sort();
    let mut wanted = tags.to_vec();
    wanted.sort();
    assert_eq!(read, wanted);
    storage.set_tags(&SPACE, &name, &[]).await.expect("the tags are removed");
    assert_eq!(storage.tags(&SPACE, &name).await.expect("the tags are read"), []);
}

async fn encrypted(storage: &Storage) {
    let (mine, other) = (CustomerKey::new(&[7; 32]), CustomerKey::new(&[8; 32]));
    let name = key("copies/secret.txt");
    let secret = storage.with_customer_key(mine);
    let body = Body::Bytes(Bytes::from_static(b"text"));
    let options = PutOptions::new(IfExists::Replace);
    secret.put(&SPACE, &name, body, options, &Control::default()).await.expect("it goes up");
    assert_eq!(get(&secret, &SPACE, "copies/secret.txt").await.expect("with its key").bytes, "text");
    get(storage, &SPACE, "copies/secret.txt").await.expect_err("not without a key");
    let wrong = storage.with_customer_key(other);
    get(&wrong, &SPACE, "copies/secret.txt").await.expect_err("not with another key");
}
