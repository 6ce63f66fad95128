//! Our sandbox as a server of the suite.

use super::{ANA, BEN, BUCKET, Name, PASSWORD, Running, Server, TIM, TOM};
use amphora_config::Backend;
use amphora_sandbox::cognito::PasswordKind;
use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::{Options, Sandbox};
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub(super) async fn start(name: Name) -> Result<Server, String> {
    let policy = match name {
        Name::SandboxRecommended => PolicySet::Recommended,
        _ => PolicySet::Documented,
    };
    serve(name, |options| options.policy = policy).await
}

/// A sandbox for one case, with the documentation's policies unless the case says otherwise.
pub async fn own_sandbox(change: impl FnOnce(&mut Options)) -> Server {
    serve(Name::SandboxOfItsOwn, change).await.expect("a sandbox starts")
}

/// What somebody's configuration file for this sandbox says.
pub fn storage_backend(sandbox: &Sandbox) -> Backend {
    Backend::from_file("aws-exports.json", sandbox.aws_exports_json().as_bytes()).expect("a configuration")
}

async fn serve(name: Name, change: impl FnOnce(&mut Options)) -> Result<Server, String> {
    let data = TempDir::new().map_err(|error| error.to_string())?;
    let mut options = Options::for_tests(data.path().join("sandbox"));
    options.bucket = BUCKET.to_owned();
    change(&mut options);
    let sandbox = Sandbox::start(options).await.map_err(|error| error.to_string())?;
    let people = [ANA, BEN].map(|name| (name, PasswordKind::Permanent));
    for (user, kind) in people.into_iter().chain([TIM, TOM].map(|name| (name, PasswordKind::Temporary))) {
        let made = sandbox.ensure_user_with(user, &format!("{user}@example.org"), PASSWORD, kind).await;
        made.map_err(|error| error.to_string())?;
    }
    Ok(Server {
        name,
        backend: storage_backend(&sandbox),
        running: Running::Sandbox(Box::new(sandbox)),
        ana: OnceCell::new(),
        ben: OnceCell::new(),
        guest: OnceCell::new(),
        _data: data,
    })
}
