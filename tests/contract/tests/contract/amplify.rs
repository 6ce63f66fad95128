//! aws-amplify 6, the original, as a client beside ours: what one writes, in one piece or in parts, the other lists, reads and
//! opens by a link; what it copies and removes is so for us.

use crate::case::Case;
use crate::child::{Program, amplify};
use crate::servers::{ANA, PASSWORD, Server};
use crate::visitor::{get, put};
use amphora_storage::{Control, Owner, Shape, Space};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(180);
const NAME: &str = "amplify/a b+ü & 🏺.txt";
const OURS: &str = "amplify/from amphora %+#.txt";
const BIG: &str = "amplify/big.txt";
const COPY: &str = "amplify/copy of big.txt";
/// Three parts of its 5 MiB.
const BYTES: usize = 12 << 20;

pub fn cases() -> Vec<Case> {
    vec![
        Case::new("the original signs in and works at every level beside our client", |server| async move {
            person(&server).await;
        }),
        Case::new("the original as a guest works in public beside our client", |server| async move {
            guest(&server).await;
        }),
    ]
}

async fn person(server: &Server) {
    let ana = server.ana().await;
    let me = &ana.identity.identity_id;
    let levels = [
        (Space::Public, "public/".to_owned()),
        (Space::Protected(Owner::Me), format!("protected/{me}/")),
        (Space::Private, format!("private/{me}/")),
    ];
    for (space, _) in &levels {
        put(&ana.storage, space, OURS, "ours").await.expect("our part");
    }
    let paths = |name: &str| levels.iter().map(|(_, prefix)| format!("{prefix}{name}")).collect::<Vec<_>>();
    let mut theirs: Vec<_> = paths(NAME).iter().map(|path| json!({ "path": path, "text": "theirs" })).collect();
    let mine = |name: &str| format!("private/{me}/{name}");
    theirs.push(json!({ "path": mine(BIG), "bytes": BYTES }));
    let got: Vec<_> = paths(OURS).into_iter().chain(paths(NAME)).collect();
    let seen = original(
        server,
        json!({
            "username": ANA, "password": PASSWORD,
            "put": theirs, "list": paths("amplify/"), "get": got,
            "copy": [{ "from": mine(BIG), "to": mine(COPY) }], "remove": [format!("public/{OURS}")],
            "refused": [format!("private/{}/{OURS}", server.ben().await.identity.identity_id)],
        }),
    )
    .await;
    assert_eq!(seen["identityId"], me.as_str(), "the same identity in both clients");
    assert_eq!(seen["refused"].as_array().map(Vec::len), Some(1), "another person's private file");
    for (space, prefix) in &levels {
        let listed = &seen["listed"][format!("{prefix}amplify/")];
        for name in [OURS, NAME] {
            let path = format!("{prefix}{name}");
            assert!(listed.as_array().expect("a listing").contains(&json!(path)), "it lists {path}: {listed}");
        }
        for (name, text) in [(OURS, "ours"), (NAME, "theirs")] {
            assert_eq!(seen["got"][format!("{prefix}{name}")], text, "it reads {name}");
            assert_eq!(seen["opened"][format!("{prefix}{name}")], text, "its link opens {name}");
        }
        let page =
            ana.storage.list_all(space, "amplify/", Shape::Folder, &Control::default()).await.expect("a listing");
        assert!(page.objects.iter().any(|object| object.key == NAME), "we list what it wrote: {page:?}");
        assert_eq!(get(&ana.storage, space, NAME).await.expect("we read it").bytes, "theirs");
        let gone = get(&ana.storage, space, OURS).await.is_err();
        assert_eq!(gone, *space == Space::Public, "what it removed is gone for us, and nothing else");
    }
    for name in [BIG, COPY] {
        let object = get(&ana.storage, &Space::Private, name).await.expect("we read what it sent in parts and copied");
        let expected = mine(BIG).into_bytes().into_iter().cycle().take(BYTES);
        assert!(object.bytes.iter().copied().eq(expected), "every byte of {name}");
        assert!(name == COPY || object.etag.ends_with("-3"), "{name} was sent in three parts: {}", object.etag);
    }
}

async fn guest(server: &Server) {
    let guest = server.guest().await;
    let name = "amplify guest/a b.txt";
    put(&guest.storage, &Space::Public, "amplify guest/ours.txt", "ours").await.expect("our part");
    let owners = format!("private/{}/{OURS}", server.ana().await.identity.identity_id);
    let seen = original(
        server,
        json!({
            "put": [{ "path": format!("public/{name}"), "text": "theirs" }],
            "list": ["public/amplify guest/"], "get": ["public/amplify guest/ours.txt"], "refused": [owners],
        }),
    )
    .await;
    let listed = json!(["public/amplify guest/a b.txt", "public/amplify guest/ours.txt"]);
    assert_eq!(seen["listed"]["public/amplify guest/"], listed);
    assert_eq!(seen["got"]["public/amplify guest/ours.txt"], "ours");
    assert_eq!(seen["refused"].as_array().map(Vec::len), Some(1));
    assert_eq!(get(&guest.storage, &Space::Public, name).await.expect("we read it").bytes, "theirs");
}

async fn original(server: &Server, mut asked: Value) -> Value {
    let backend = &server.backend;
    let pool = backend.user_pool.as_ref().expect("accounts");
    asked["config"] = json!({
        "endpoint": backend.endpoints.cognito, "region": backend.bucket.region, "bucket": backend.bucket.name,
        "userPoolId": pool.id, "userPoolClientId": pool.client_id, "identityPoolId": backend.identity_pool.id,
    });
    let log = format!("amplify6-{:?}", server.name);
    let seen = tokio::task::spawn_blocking(move || Program::start(amplify("amplify6")?, &log)?.finish(&asked, LIMIT));
    seen.await.expect("it runs").unwrap_or_else(|error| panic!("{error}"))
}
