//! The servers that clients are measured against: the practice storage without fsync, and moto, which has nothing to do with it.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::session::Role;
use amphora_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::usage::cpu_seconds;
use crate::{Done, text};

/// Whoever the other tools are.
pub const IDENTITY: &str = "us-east-1:00000000-0000-4000-8000-000000000001";
/// Whoever signs in, and with what.
pub const PERSON: (&str, &str) = ("ada", "Correct-horse-9");

const MOTO_IS_UP_WITHIN: Duration = Duration::from_secs(60);

/// Serves the practice storage, filled with a seed (`N` or `N:FOLDERS`): prints where it is, one identity's keys and the
/// configuration of an app, and serves until its input ends.
///
/// # Errors
/// It cannot start.
pub async fn serve(folder: &Path, seed: Option<&str>) -> Done<()> {
    // Rclone names an ACL with every upload, which the documented policies refuse.
    let may =
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] });
    let policy = PolicySet::Custom(json!({ "authenticated": may, "unauthenticated": may }).to_string());
    let options = Options { fsync: false, policy, ..Options::new(folder) };
    let now = options.clock.now();
    let sandbox = Sandbox::start(options).await?;
    sandbox.ensure_user(PERSON.0, "ada@example.com", PERSON.1).await?;
    if let Some(seed) = seed {
        sandbox.seed(seed.parse()?).await?;
    }
    let keys = sandbox.sessions().issue(IDENTITY, Role::Authenticated, now)?;
    let info = sandbox.info();
    let exports: Value = serde_json::from_str(&sandbox.aws_exports_json())?;
    println!(
        "{}",
        json!({
            "endpoint": info.endpoint, "region": info.region, "bucket": info.bucket, "exports": exports,
            "id": keys.access_key_id, "secret": keys.secret_access_key.reveal(), "token": keys.session_token.reveal(),
        })
    );
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    sandbox.stop().await;
    Ok(())
}

/// A server that runs.
pub struct Server {
    practice: Child,
    moto: Option<Child>,
    /// Where it is, as [`serve`] prints it.
    pub info: Value,
}

impl Server {
    /// Starts this program again, as the practice storage.
    ///
    /// # Errors
    /// It does not start.
    pub fn practice(folder: &Path, seed: Option<&str>) -> Done<Self> {
        let mut command = Command::new(env::current_exe()?);
        let mut practice =
            command.arg("serve").arg(folder).args(seed).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(practice.stdout.take().ok_or("the server has no output")?).read_line(&mut line)?;
        Ok(Self { info: serde_json::from_str(&line)?, practice, moto: None })
    }

    /// Starts moto for the files; accounts stay with a practice storage, since moto signs anybody in.
    ///
    /// # Errors
    /// One of them does not start.
    pub fn moto(program: &Path, folder: &Path) -> Done<Self> {
        let mut server = Self::practice(folder, None)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new(program);
        let moto = command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null());
        server.moto = Some(moto.stderr(Stdio::null()).spawn()?);
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if begun.elapsed() > MOTO_IS_UP_WITHIN {
                return Err("moto does not start".into());
            }
            sleep(Duration::from_millis(50));
        }
        let endpoint = format!("http://127.0.0.1:{port}");
        server.info["exports"]["amphora"]["endpoint"] = json!(endpoint);
        server.info["endpoint"] = json!(endpoint);
        // Moto tells of an upload in parts that its version is "null", and refuses whoever asks for that version.
        server.info["asks_after_upload"] = json!(false);
        server.make_bucket()?;
        Ok(server)
    }

    fn make_bucket(&self) -> Done<()> {
        let address = format!("s3://{}", text(&self.info, "bucket"));
        let status = crate::peer::Peer::S5cmd.command(&self.info).args(["mb", &address]).status()?;
        if status.success() { Ok(()) } else { Err("moto makes no bucket".into()) }
    }

    /// Seconds of processor time that the one with the files has taken so far; 0 where the system does not tell.
    #[must_use]
    pub fn cpu_seconds(&self) -> f64 {
        cpu_seconds(self.moto.as_ref().unwrap_or(&self.practice).id()).unwrap_or(0.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(moto) = &mut self.moto {
            let _ = moto.kill();
            let _ = moto.wait();
        }
        drop(self.practice.stdin.take());
        let _ = self.practice.wait();
    }
}
