//! A storage with rules of its own: its places in place of the levels, what each takes, and the log of what was done.

use amphora_e2e::{Desktop, KeychainService, Name, Window, samples, until};
use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::journey;
use crate::steps::{account, connect, drop_into_folder, go_to, rows_show, sign_in, transfers_end};

const PASSWORD: &str = "Harbour-lights-7";
const POLICIES: &str = r#"{
    "authenticated": { "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/news/*" },
        { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          "Resource": ["arn:aws:s3:::{bucket}/media/*", "arn:aws:s3:::{bucket}/home/${cognito-identity.amazonaws.com:sub}/*"] },
        { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::{bucket}" }
    ] },
    "unauthenticated": { "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/media/*" },
        { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::{bucket}" }
    ] }
}"#;

#[tokio::test]
async fn a_storage_with_rules_of_its_own_shows_its_places() {
    journey("rules", KeychainService::Unlocked, async |desktop: &Desktop| {
        let data = desktop.folder("server");
        let policy = PolicySet::Custom(POLICIES.to_owned());
        let sandbox = Sandbox::start(Options { policy, ..Options::for_tests(data) }).await.expect("a sandbox starts");
        sandbox.ensure_user("mira", "mira@example.com", PASSWORD).await.expect("a user");
        let outputs = outputs(&sandbox);
        let file = samples::note(&desktop.folder("Downloads"), "amplify_outputs.json", &outputs);

        let window = Window::open(desktop).await;
        connect(&window, &file).await;
        window.see("button", Name::Starts("media: ")).await;
        assert_eq!(window.all("button", Name::Starts("home")).await.len(), 0, "a guest has no home");
        window.shot("guest").await;

        sign_in(&window, "mira", PASSWORD).await;
        go_to(&window, "home (yours)").await;
        window.reads("Only you").await;
        let plan = samples::note(&desktop.folder("Desktop"), "plan for the harbour.txt", "A plan.");
        window.click("button", "Upload").await;
        window.click("menuitem", Name::Starts("Files…")).await;
        window.choose("^Upload files$", &plan).await;
        rows_show(&window, &["plan for the harbour.txt"]).await;
        assert_eq!(transfers_end(&window).await, (1, 0, 0));
        window.shot("home").await;

        go_to(&window, "news").await;
        window.reads("Shared with everyone").await;
        window.gone("button", "Upload files").await;
        window.shot("news").await;

        go_to(&window, "home (yours)").await;
        let photo = samples::picture(&desktop.folder("Desktop"), "harbour.jpg", 7);
        drop_into_folder(&window, &[photo]).await;
        rows_show(&window, &["harbour.jpg"]).await;
        account(&window, "Activity").await;
        let dialog = window.see("dialog", "Activity").await;
        until("both uploads in the log", || async {
            let text = dialog.text().await;
            (text.contains("Uploaded harbour.jpg") && text.contains("plan for the harbour.txt")).then_some(())
        })
        .await;
        for theme in ["dark", "light"] {
            window.invoke("set_theme", json!({ "theme": theme })).await.expect("the look can be chosen");
            window.shot(&format!("activity-{theme}")).await;
        }
        window.resize(900, 600).await;
        window.shot("activity-small").await;
        let log = desktop.folder("Documents").join("log.jsonl");
        window.click("button", "Export…").await;
        window.choose("^Export activity$", &log).await;
        until("the log to be written", || async { log.is_file().then_some(()) }).await;
        let lines = std::fs::read_to_string(&log).expect("it is ours");
        assert_eq!(lines.lines().count(), 2, "{lines}");
        window.close().await;
        sandbox.stop().await;
    })
    .await;
}

/// What the command line of Amplify writes for such a storage.
fn outputs(sandbox: &Sandbox) -> String {
    let mut outputs: Value = serde_json::from_str(&sandbox.amplify_outputs_json()).expect("it is JSON");
    let info = sandbox.info();
    outputs["storage"]["buckets"] = json!([{
        "name": "team", "bucket_name": info.bucket, "aws_region": info.region,
        "paths": {
            "home/${cognito-identity.amazonaws.com:sub}/*": { "entityidentity": ["read", "write", "delete"] },
            "media/*": { "guest": ["get", "list"], "authenticated": ["read", "write", "delete"] },
            "news/*": { "authenticated": ["read"] },
        },
    }]);
    outputs.to_string()
}
