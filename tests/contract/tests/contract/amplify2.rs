//! aws-amplify 2.2.7, the version whose Storage module Amphora re-implements, as a client beside ours: what one writes, the
//! other lists and reads, at every level, in one piece and in parts.

use crate::case::Case;
use crate::child::{Program, amplify};
use crate::servers::{ANA, PASSWORD, Server};
use crate::visitor::{get, put};
use amphora_storage::{Control, Owner, Shape, Space};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(180);
const NAME: &str = "amplify2/a b+ü & 🏺.txt";
const OURS: &str = "amplify2/from amphora %+#.txt";
const BIG: &str = "amplify2/big.txt";
/// Three parts of its 5 MiB.
const BYTES: usize = 12 << 20;

pub fn cases() -> Vec<Case> {
    vec![
        Case::new("the original of the old days works at every level beside our client", |server| async move {
            person(&server).await;
        }),
        Case::new("the original of the old days as a guest works in public beside our client", |server| async move {
            guest(&server).await;
        }),
    ]
}

async fn person(server: &Server) {
    let ana = server.ana().await;
    let levels = [("public", Space::Public), ("protected", Space::Protected(Owner::Me)), ("private", Space::Private)];
    for (_, space) in &levels {
        put(&ana.storage, space, OURS, "ours").await.expect("our part");
    }
    let every = |key: &str| levels.iter().map(|(level, _)| json!({ "level": level, "key": key })).collect::<Vec<_>>();
    let mut theirs: Vec<_> =
        levels.iter().map(|(level, _)| json!({ "level": level, "key": NAME, "text": "theirs" })).collect();
    theirs.push(json!({ "level": "private", "key": BIG, "bytes": BYTES }));
    let lists: Vec<_> = levels.iter().map(|(level, _)| json!({ "level": level, "path": "amplify2/" })).collect();
    let bens = &server.ben().await.identity.identity_id;
    let got = [every(OURS), every(NAME)].concat();
    let seen = original(
        server,
        json!({
            "username": ANA, "password": PASSWORD, "put": theirs, "list": lists,
            "get": got, "remove": [{ "level": "public", "key": OURS }],
            "refused": [{ "level": "private", "key": OURS, "identityId": bens }],
        }),
    )
    .await;
    assert_eq!(seen["identityId"], ana.identity.identity_id.as_str(), "the same identity in both clients");
    assert_eq!(seen["refused"].as_array().map(Vec::len), Some(1), "another person's private file");
    assert_eq!(seen["put"], json!([NAME, NAME, NAME, BIG]), "keys without their prefix");
    assert_eq!(seen["progress"]["total"], BYTES, "the last progress is the large upload's");
    for (level, space) in &levels {
        let listed = seen["listed"][format!("{level} amplify2/")].as_array().expect("a listing").clone();
        for key in [OURS, NAME] {
            assert!(listed.contains(&json!(key)), "it lists {key} in {level}: {listed:?}");
        }
        for (key, text) in [(OURS, "ours"), (NAME, "theirs")] {
            assert_eq!(seen["got"][format!("{level} {key}")], text, "it reads {key}");
            assert_eq!(seen["opened"][format!("{level} {key}")], text, "its link opens {key}");
        }
        let object = get(&ana.storage, space, NAME).await.expect("we read it");
        assert_eq!((object.bytes.as_ref(), object.content_type.as_deref()), (&b"theirs"[..], Some("text/plain")));
    }
    let big = get(&ana.storage, &Space::Private, BIG).await.expect("we read what it sent in parts");
    let expected = BIG.as_bytes().iter().copied().cycle().take(BYTES);
    assert!(big.bytes.iter().copied().eq(expected), "every byte");
    let page = ana.storage.list_all(&Space::Public, "amplify2/", Shape::Deep, &Control::default()).await;
    let left: Vec<_> = page.expect("a listing").objects.into_iter().map(|object| object.key).collect();
    assert_eq!(left, [NAME], "what it removed is gone for us");
}

async fn guest(server: &Server) {
    let guest = server.guest().await;
    let key = "amplify2 guest/a b.txt";
    put(&guest.storage, &Space::Public, "amplify2 guest/ours.txt", "ours").await.expect("our part");
    let owners = &server.ana().await.identity.identity_id;
    let seen = original(
        server,
        json!({
            "put": [{ "level": "public", "key": key, "text": "theirs" }],
            "list": [{ "level": "public", "path": "amplify2 guest/" }],
            "refused": [{ "level": "private", "key": OURS, "identityId": owners }],
        }),
    )
    .await;
    assert_eq!(seen["listed"]["public amplify2 guest/"], json!([key, "amplify2 guest/ours.txt"]));
    assert_eq!(seen["refused"].as_array().map(Vec::len), Some(1));
    assert_eq!(get(&guest.storage, &Space::Public, key).await.expect("we read it").bytes, "theirs");
}

async fn original(server: &Server, mut asked: Value) -> Value {
    let backend = &server.backend;
    let pool = backend.user_pool.as_ref().expect("accounts");
    asked["config"] = json!({
        "endpoint": backend.endpoints.cognito, "region": backend.bucket.region, "bucket": backend.bucket.name,
        "userPoolId": pool.id, "userPoolClientId": pool.client_id, "identityPoolId": backend.identity_pool.id,
    });
    let log = format!("amplify2-{:?}", server.name);
    let seen = tokio::task::spawn_blocking(move || Program::start(amplify("amplify2")?, &log)?.finish(&asked, LIMIT));
    seen.await.expect("it runs").unwrap_or_else(|error| panic!("{error}"))
}
