//! A wrong configuration file gets a sentence that names what is missing, and the person can go on.

use amphora_e2e::{Desktop, KeychainService, Window, samples};

use crate::journey;

#[tokio::test]
async fn a_wrong_configuration_file_is_named_and_survived() {
    journey("bad-file", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = Window::open(desktop).await;
        window.click("button", "Connect a team’s storage").await;
        window.shot("connect").await;
        let folder = desktop.folder("Downloads");

        let whole = "const awsmobile = { aws_project_region: 'eu-central-1', aws_cognito_identity_pool_id: 'eu-central-1:00000000-0000-4000-8000-000000000000',
            aws_user_files_s3_bucket: 'team-files', aws_user_files_s3_bucket_region: 'eu-central-1' };\nexport default awsmobile;\n";
        let no_bucket = whole.replace("aws_user_files_s3_bucket: 'team-files', ", "");
        choose(&window, &samples::note(&folder, "aws-exports.js", &no_bucket)).await;
        window.reads("aws-exports.js names no storage bucket").await;
        window.shot("no-bucket").await;

        choose(&window, &samples::note(&folder, "amplify_outputs.json", &"{\"version\": \"1\", \"storage\": ".repeat(3))).await;
        window.reads("amplify_outputs.json").await;
        window.shot("truncated").await;

        choose(&window, &samples::note(&folder, "right/aws-exports.js", whole)).await;
        window.see("heading", "Connect to this storage?").await;
        window.reads("team-files").await;
        window.shot("preview").await;
        window.close().await;
    })
    .await;
}

async fn choose(window: &Window<'_>, file: &std::path::Path) {
    window.click("button", "Choose a file…").await;
    window.choose("^(Choose|Open|Connect).*", file).await;
}
