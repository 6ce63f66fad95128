//! `amphora-sandbox`: the sandbox alone, for web developers and benchmarks. Serves until Ctrl-C or SIGTERM.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use amphora_sandbox::cognito::PasswordKind;
use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::store::Seed;
use amphora_sandbox::{Error, NewUser, Options, Result, Sandbox};
use clap::{Parser, ValueEnum};
use tracing_subscriber::EnvFilter;

/// An S3 and Cognito backend on this computer, for working and testing without a cloud account.
#[derive(Parser)]
#[command(name = "amphora-sandbox", version)]
struct Arguments {
    /// The port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 20005)]
    port: u16,
    /// Stands behind a proxy on this port of 127.0.0.1: answers to that name too, and says it is there.
    #[arg(long, value_name = "PORT")]
    behind: Option<u16>,
    /// Where the data is kept [default: a folder of the user's data].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Writes aws-exports.js, aws-exports.json and amplify_outputs.json into this folder.
    #[arg(long, value_name = "DIR")]
    config_out: Option<PathBuf>,
    /// Makes a confirmed user; `:temporary` for a password that must be replaced at the first sign-in.
    #[arg(long = "user", value_name = "NAME:PASSWORD[:temporary]")]
    users: Vec<NewUser>,
    /// The same for each line of a file.
    #[arg(long, value_name = "FILE")]
    users_file: Option<PathBuf>,
    /// Writes N small objects under public/, flat or spread over folders.
    #[arg(long, value_name = "N[:FOLDERS]")]
    seed: Option<Seed>,
    /// Does not wait for the disk: faster, and not safe from a power cut.
    #[arg(long)]
    no_fsync: bool,
    /// Has the bucket keep versions of what is replaced or deleted.
    #[arg(long)]
    versioning: bool,
    /// What signed-in people and guests may do.
    #[arg(long, value_enum, default_value_t = Policy::Documented)]
    policy: Policy,
    /// Lets pages of this origin in; `*` stands for any run of characters.
    #[arg(long = "allow-origin", value_name = "ORIGIN", default_value = "http://localhost:*")]
    allow_origins: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Policy {
    /// Exactly the two policies of the Amplify documentation.
    Documented,
    /// And aborting and listing uploads, tags and versions.
    Recommended,
}

#[tokio::main]
async fn main() -> ExitCode {
    // s3s reports every refusal as an error; a refusal is an answer.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,s3s=off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to tell it to when even stderr is gone.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    let mut users = arguments.users;
    if let Some(file) = &arguments.users_file {
        let text = std::fs::read_to_string(file).map_err(Error::file("read", file))?;
        users.extend(NewUser::parse_lines(&text)?);
    }
    let data_dir = arguments.data.or_else(default_data_dir).ok_or_else(|| {
        Error::Invalid("Couldn't find a folder for the sandbox's data. Name one with --data.".to_owned())
    })?;
    let sandbox = Sandbox::start(Options {
        port: arguments.port,
        behind: arguments.behind,
        policy: match arguments.policy {
            Policy::Documented => PolicySet::Documented,
            Policy::Recommended => PolicySet::Recommended,
        },
        fsync: !arguments.no_fsync,
        versioning: arguments.versioning,
        allow_origins: arguments.allow_origins,
        ..Options::new(data_dir)
    })
    .await?;
    for user in users {
        let kind = if user.temporary { PasswordKind::Temporary } else { PasswordKind::Permanent };
        sandbox.ensure_user_with(&user.name, &user.email(), user.password.reveal(), kind).await?;
    }
    if let Some(seed) = arguments.seed {
        sandbox.seed(seed).await?;
    }
    if let Some(folder) = &arguments.config_out {
        sandbox.info().write_files(folder)?;
    }
    announce(&sandbox)?;
    stop_is_asked_for().await?;
    sandbox.stop().await;
    Ok(())
}

/// One line of JSON, which tells a script that the sandbox is ready and where.
fn announce(sandbox: &Sandbox) -> Result<()> {
    let line = serde_json::to_string(sandbox.info()).map_err(|error| Error::Invalid(error.to_string()))?;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(Error::file("write to", "stdout".as_ref()))
}

fn default_data_dir() -> Option<PathBuf> {
    dirs::data_dir().map(|folder| folder.join("dev.amphora.sandbox"))
}

#[cfg(unix)]
async fn stop_is_asked_for() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::file("listen to", "SIGTERM".as_ref()))?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result.map_err(Error::file("listen to", "Ctrl-C".as_ref())),
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_is_asked_for() -> Result<()> {
    tokio::signal::ctrl_c().await.map_err(Error::file("listen to", "Ctrl-C".as_ref()))
}
