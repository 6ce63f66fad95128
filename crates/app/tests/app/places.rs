//! A storage with rules of its own (Gen 2): its places in the window's words, and what they take.

use crate::around::{PASSWORD, World, names, place, settled, transfers, until};
use amphora_app::wire::{
    Access, Audience, Consent, FailureCode, Level, PlaceInfo, PlaceRef, Selection, SpaceRef, TransferTab, UploadAnswer,
};
use amphora_app::{App, Password};
use amphora_sandbox::iam::PolicySet;
use serde_json::{Value, json};

/// What Amplify's back end would make of the rules below.
const POLICIES: &str = r#"{
    "authenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::{bucket}/media/*" },
        { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::{bucket}/news/*" },
        { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          "Resource": "arn:aws:s3:::{bucket}/home/${cognito-identity.amazonaws.com:sub}/*" },
        { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::{bucket}", "Condition": { "StringLike":
          { "s3:prefix": ["media/*", "news/*", "home/${cognito-identity.amazonaws.com:sub}/*"] } } }
    ] },
    "unauthenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::{bucket}/media/*" },
        { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::{bucket}", "Condition": { "StringLike":
          { "s3:prefix": ["media/*"] } } }
    ] }
}"#;

fn paths() -> Value {
    json!({
        "home/${cognito-identity.amazonaws.com:sub}/*": { "entityidentity": ["read", "write", "delete"] },
        "media/*": { "guest": ["get", "list"], "authenticated": ["read", "write"] },
        "news/*": { "authenticated": ["read"] },
        "drafts/*": { "groupseditors": ["read", "write", "delete"] },
    })
}

async fn ruled() -> (World, App) {
    let world = World::with(|options| options.policy = PolicySet::Custom(POLICIES.to_owned())).await;
    let mut outputs: Value = serde_json::from_str(&world.sandbox.amplify_outputs_json()).unwrap();
    let info = world.sandbox.info();
    outputs["storage"]["buckets"] =
        json!([{ "name": "team", "bucket_name": info.bucket, "aws_region": info.region, "paths": paths() }]);
    outputs["auth"]["groups"] = json!([{ "editors": { "precedence": 0 } }]);
    let file = world.file("amplify_outputs.json", outputs.to_string());
    let app = world.app().await;
    let preview = app.read_config_file(&file).unwrap();
    app.connect(&preview.id).await.unwrap();
    (world, app)
}

fn path(world: &World, rule: &str) -> PlaceRef {
    let owner = Some(format!("{}/{rule}", world.sandbox.info().bucket));
    PlaceRef { space: SpaceRef { level: Level::Path, owner }, folder: String::new() }
}

/// `rule: verbs by their first letters, audience`.
fn shown(places: &[PlaceInfo]) -> Vec<String> {
    let line = |info: &PlaceInfo| {
        let rule = info.space.owner.as_deref().unwrap().split_once('/').unwrap().1;
        let verbs = info.verbs;
        let given = [(verbs.get, 'g'), (verbs.list, 'l'), (verbs.write, 'w'), (verbs.delete, 'd')];
        let verbs: String = given.into_iter().filter_map(|(given, letter)| given.then_some(letter)).collect();
        format!("{}: {verbs}, {:?}", rule.split('/').next().unwrap(), info.audience)
    };
    places.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_places_are_those_of_the_rules_for_whoever_is_there() {
    let (_world, app) = ruled().await;
    assert_eq!(shown(&app.state().places), ["media: gl, SharedReadOnly"]);
    assert_eq!(app.state().places[0].access, Access::ReadOnly);
    let state = app.sign_in("ada", Password::new(PASSWORD.to_owned())).await;
    state.unwrap();
    let places = ["home: glwd, OnlyYou", "media: glw, EveryoneChanges", "news: gl, SharedReadOnly"];
    assert_eq!(shown(&app.state().places), places, "and not what only editors have");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_takes_what_its_rules_allow_and_says_no_before_a_request() {
    let (world, app) = ruled().await;
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    let (home, media, news) =
        (path(&world, "home/${cognito-identity.amazonaws.com:sub}/*"), path(&world, "media/*"), path(&world, "news/*"));
    let grant = app.give_grant(vec![world.file("own.txt", "mine")]);
    let answer = app.upload(&grant.id, home.clone(), Consent::Ask, None).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Queued { count: 1, .. }), "nobody else sees it, so nothing is asked");
    settled(&app).await;
    assert_eq!(transfers(&app, TransferTab::Failed).len(), 0);
    assert_eq!(names(&app, &home).await, ["own.txt"]);

    let grant = app.give_grant(vec![world.file("shared.txt", "ours")]);
    let asked = app.upload(&grant.id, media.clone(), Consent::Ask, None).await.unwrap();
    assert!(matches!(asked, UploadAnswer::NeedsConsent { audience: Audience::EveryoneChanges, count: 1 }));
    app.upload(&grant.id, media.clone(), Consent::Once, None).await.unwrap();
    until("it is there", || async { names(&app, &media).await == ["shared.txt"] }).await;

    let before = transfers(&app, TransferTab::All).len();
    let grant = app.give_grant(vec![world.file("refused.txt", "no")]);
    let refused = app.upload(&grant.id, news.clone(), Consent::Once, None).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::AccessDenied);
    assert_eq!(refused.message, "You can read these files but not add to them.");
    assert_eq!(transfers(&app, TransferTab::All).len(), before, "nothing was queued, so nothing was sent");

    let (listing, rows) = crate::around::rows(&app, &media).await;
    let report = app.delete_selection(&Selection::Only { listing, ids: vec![rows[0].id] }).await.unwrap();
    assert_eq!((report.done, report.failed.len()), (0, 1), "ada may add here, not delete");
    assert_eq!(names(&app, &media).await, ["shared.txt"]);

    app.sign_out().await.unwrap();
    assert_eq!(names(&app, &media).await, ["shared.txt"], "a guest reads");
    let closed = app.open_listing(home, crate::around::BY_NAME, crate::around::everything()).await.unwrap_err();
    assert_eq!(closed.code, FailureCode::AccessDenied);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_levels_are_not_there_where_rules_are() {
    let (world, app) = ruled().await;
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    assert!(app.state().places.iter().all(|info| info.space.level == Level::Path));
    // What the window does not offer, the storage refuses.
    let grant = app.give_grant(vec![world.file("lost.txt", "lost")]);
    let refused = app.upload(&grant.id, place(Level::Public, ""), Consent::Once, None).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::AccessDenied);
}
