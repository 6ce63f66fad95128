//! A storage of two buckets (Gen 2): copies and moves between them stay on the server.

use crate::around::{PASSWORD, World, all_of, names, settled, transfers, until, upload};
use crate::trouble::{MIB, content, fetched};
use amphora_app::wire::{Consent, Level, PlaceRef, SpaceRef, TransferTab, UploadAnswer};
use amphora_app::{App, Password};
use amphora_faults::FaultProxy;
use amphora_sandbox::iam::PolicySet;
use serde_json::{Value, json};

const ARCHIVE: &str = "team-archive";
/// Whoever is signed in may do everything below `files/`, in both buckets.
const POLICIES: &str = r#"{
    "authenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::*"] }
    ] },
    "unauthenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "Action": "s3:*", "Resource": ["arn:aws:s3:::*"] }
    ] }
}"#;

async fn two_buckets() -> (World, FaultProxy, App) {
    let proxy = FaultProxy::start().unwrap();
    let world = World::with(|options| {
        options.policy = PolicySet::Custom(POLICIES.to_owned());
        options.behind = Some(proxy.port());
    });
    let world = world.await;
    proxy.forward_to(world.sandbox.address());
    world.sandbox.add_bucket(ARCHIVE).await.unwrap();
    let info = world.sandbox.info();
    let bucket = |name: &str, bucket: &str| {
        let paths = json!({ "files/*": { "authenticated": ["read", "write", "delete"] } });
        json!({ "name": name, "bucket_name": bucket, "aws_region": info.region, "paths": paths })
    };
    let mut outputs: Value = serde_json::from_str(&world.sandbox.amplify_outputs_json()).unwrap();
    outputs["storage"]["buckets"] = json!([bucket("team", &info.bucket), bucket("archive", ARCHIVE)]);
    let app = world.app().await;
    let preview = app.read_config_file(&world.file("amplify_outputs.json", outputs.to_string())).unwrap();
    app.connect(&preview.id).await.unwrap();
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    (world, proxy, app)
}

fn files_of(bucket: &str) -> PlaceRef {
    let owner = Some(format!("{bucket}/files/*"));
    PlaceRef { space: SpaceRef { level: Level::Path, owner }, folder: String::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_copied_and_moved_into_the_other_bucket_and_their_bytes_stay_on_the_server() {
    let (world, proxy, app) = two_buckets().await;
    let (team, archive) = (files_of(&world.sandbox.info().bucket), files_of(ARCHIVE));
    // The larger one goes in parts.
    let film = content(70 * MIB, 5);
    upload(&app, vec![world.file("trip/film.mov", &film), world.file("trip/a.txt", "one")], team.clone()).await;
    settled(&app).await;
    until("they are there", || async { names(&app, &team).await == ["a.txt", "film.mov"] }).await;
    proxy.forget();
    let copied = app.copy_selection(&all_of(&app, &team).await, archive.clone(), Consent::Once).unwrap();
    assert!(matches!(copied, UploadAnswer::Queued { count: 2, .. }), "{copied:?}");
    settled(&app).await;
    assert_eq!(transfers(&app, TransferTab::Failed).len(), 0);
    until("the copies are there", || async { names(&app, &archive).await == ["a.txt", "film.mov"] }).await;
    let bytes: u64 = proxy.seen().iter().map(|seen| seen.up + seen.down).sum();
    assert!(bytes < MIB as u64, "{bytes} bytes passed this computer");
    let here = fetched(&world, &app, &archive, 2).await;
    assert!(here["film.mov"] == film && here["a.txt"] == b"one", "byte for byte");

    let back = PlaceRef { folder: "back/".to_owned(), ..team.clone() };
    app.move_selection(&all_of(&app, &archive).await, back.clone(), Consent::Once).unwrap();
    settled(&app).await;
    until("they are moved", || async { names(&app, &archive).await.is_empty() }).await;
    assert!(fetched(&world, &app, &back, 2).await["film.mov"] == film, "byte for byte");
}
