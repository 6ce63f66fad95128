//! The activity log: what an account did, for that account alone.

use crate::around::{World, names, place, rows, settled, upload};
use amphora_app::wire::{Level, Selection};
use amphora_sandbox::iam::PolicySet;

#[tokio::test(flavor = "multi_thread")]
async fn uploads_downloads_and_deletions_are_noted_for_whoever_did_them() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let here = place(Level::Private, "");
    upload(&app, vec![world.file("plan.txt", "a plan")], here.clone()).await;
    settled(&app).await;
    assert_eq!(names(&app, &here).await, ["plan.txt"]);
    let (listing, shown) = rows(&app, &here).await;
    let chosen = Selection::Only { listing, ids: vec![shown[0].id] };
    let target = world.dir.path().join("downloads");
    std::fs::create_dir_all(&target).unwrap();
    app.download_selection(&chosen, &target).unwrap();
    crate::around::until("it is downloaded", || async { target.join("plan.txt").exists() }).await;
    settled(&app).await;
    app.delete_selection(&chosen).await.unwrap();

    let entries = app.activity(10).await.unwrap();
    let told: Vec<_> = entries.iter().map(|entry| (entry.event.as_str(), entry.message.as_str())).collect();
    let expected = [
        ("delete", "Deleted plan.txt successfully"),
        ("download", "Download success for plan.txt"),
        ("upload", "Upload success for plan.txt"),
    ];
    assert_eq!(told, expected, "the newest first");
    assert!(entries.iter().all(|entry| entry.succeeded && entry.key.as_deref() == Some("plan.txt")));

    let file = world.dir.path().join("export.jsonl");
    app.export_activity(&file).await.unwrap();
    let exported = std::fs::read_to_string(&file).unwrap();
    assert_eq!(exported.lines().count(), 3);
    assert!(exported.contains(r#""fileSize":6"#), "{exported}");

    app.sign_out().await.unwrap();
    assert_eq!(app.activity(10).await.unwrap(), [], "a guest is not told the names of somebody's private files");
    let missing = app.export_activity(&world.dir.path().join("no/such/folder.jsonl")).await.unwrap_err();
    assert!(missing.message.contains("activity log"), "{}", missing.message);
}

/// Everything may be seen and nothing changed.
const LOOK_ONLY: &str = r#"{
    "authenticated": { "Statement": { "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": "*" } },
    "unauthenticated": { "Statement": [] }
}"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_noted_and_outlives_the_run() {
    let world = World::with(|options| options.policy = PolicySet::Custom(LOOK_ONLY.to_owned())).await;
    let app = world.person("ada").await;
    upload(&app, vec![world.file("refused.txt", "no")], place(Level::Private, "")).await;
    settled(&app).await;
    crate::around::end(app).await;
    let again = world.started("app");
    again.restore().await;
    let entries = again.activity(10).await.unwrap();
    let told: Vec<_> = entries.iter().map(|entry| (entry.succeeded, entry.message.as_str())).collect();
    assert_eq!(told, [(false, "Error uploading refused.txt")]);
}
