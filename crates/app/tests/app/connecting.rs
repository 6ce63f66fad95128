//! Connecting: files, form, invitation, and what is said when they are wrong.

use crate::around::World;
use amphora_app::wire::{Account, ConnectionForm, FailureCode, SetupText};

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_connects_the_same_storage_and_holds_no_secret() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let link = app.invitation().unwrap();
    assert!(link.starts_with("amphora://connect#"));
    let other = world.started("other computer");
    other.restore().await;
    let preview = other.read_invitation(&link).unwrap();
    assert_eq!(preview.bucket, world.sandbox.info().bucket);
    assert!(preview.host.starts_with("127.0.0.1"), "{}", preview.host);
    let state = other.connect(&preview.id).await.unwrap();
    assert_eq!(state.storage.unwrap().id, app.state().storage.unwrap().id);
    assert!(other.connect(&preview.id).await.is_err(), "a preview connects once");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_files_are_named_in_a_sentence() {
    let world = World::new().await;
    let app = world.app().await;
    for (name, content, word) in [
        ("aws-exports.js", "const awsmobile = {\"aws_project_region\": \"us-east-1\"", "aws-exports.js"),
        ("aws-exports.json", "{\"aws_cognito_region\":\"us-east-1\"}", "aws_"),
        ("amplifyconfiguration.json", "{\"auth\":{\"plugins\":{}}}", "amplifyconfiguration.json"),
        ("holiday.json", "\u{0}\u{1}", "holiday.json"),
    ] {
        let failure = app.read_config_file(&world.file(name, content)).unwrap_err();
        assert!(
            matches!(failure.code, FailureCode::ConfigUnreadable | FailureCode::ConfigIncomplete),
            "{name}: {failure:?}"
        );
        assert!(failure.message.contains(word) && failure.message.ends_with('.'), "{name}: {}", failure.message);
    }
    let huge = world.file("aws-exports.js", vec![b' '; 2 << 20]);
    assert_eq!(app.read_config_file(&huge).unwrap_err().code, FailureCode::ConfigUnreadable);
    let missing = world.dir.path().join("nowhere.json");
    assert_eq!(app.read_config_file(&missing).unwrap_err().code, FailureCode::LocalFile);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_storage_is_shown_with_its_problem_instead_of_nothing() {
    let world = World::new().await;
    let app = world.app().await;
    let info = world.sandbox.info();
    let form = ConnectionForm {
        name: "Field team".to_owned(),
        region: info.region.clone(),
        bucket: info.bucket.clone(),
        bucket_region: String::new(),
        identity_pool_id: info.identity_pool_id.clone(),
        user_pool_id: info.user_pool_id.clone(),
        user_pool_client_id: info.user_pool_client_id.clone(),
        mandatory_sign_in: false,
        endpoint: "http://127.0.0.1:9".to_owned(),
    };
    let preview = app.read_form(form).unwrap();
    let state = app.connect(&preview.id).await.unwrap();
    assert_eq!(state.storage.unwrap().name, "Field team");
    assert_eq!(state.account, Account::Nobody);
    assert_eq!(state.problem.unwrap().code, FailureCode::Offline);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pool_id_says_that_the_accounts_cannot_be_found() {
    let world = World::new().await;
    let app = world.app().await;
    let info = world.sandbox.info();
    let config = world
        .sandbox
        .aws_exports_json()
        .replace(&info.identity_pool_id, "us-east-1:00000000-0000-4000-8000-000000000000");
    let preview = app.read_config_file(&world.file("aws-exports.json", config)).unwrap();
    let state = app.connect(&preview.id).await.unwrap();
    assert_eq!(state.problem.unwrap().code, FailureCode::StorageMissing);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documentation_s_policies_come_filled_in() {
    let world = World::new().await;
    let app = world.app().await;
    let text = app.setup_text(SetupText::Policies, Some("our-bucket".to_owned()));
    assert!(text.contains("arn:aws:s3:::our-bucket/public/*"));
    assert!(text.contains("${cognito-identity.amazonaws.com:sub}"));
    assert!(app.setup_text(SetupText::Policies, None).contains("YOUR-BUCKET"), "there is no bucket to fill in yet");
    assert!(app.setup_text(SetupText::Cors, None).contains("AllowedOrigins"), "the rule names no bucket");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_with_the_same_pools_and_another_server_is_another_storage_and_gets_no_kept_sign_in() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let first = app.state().storage.unwrap().id;
    let mut config: serde_json::Value = serde_json::from_str(&world.sandbox.aws_exports_json()).unwrap();
    config["amphora"]["cognitoEndpoint"] = "https://elsewhere.example".into();
    let preview = app.read_config_file(&world.file("aws-exports.json", config.to_string())).unwrap();
    assert!(!preview.already_connected, "it must not look like the storage that is known");
    assert!(preview.host.contains("elsewhere.example"), "{}", preview.host);
    let state = app.connect(&preview.id).await.unwrap();
    assert_ne!(state.storage.unwrap().id, first);
    assert_eq!(state.account, Account::Guest, "Ada's sign-in stays with her own storage");
}
