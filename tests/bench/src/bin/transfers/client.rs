//! The clients that are measured: how each uploads and downloads a folder.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use amphora_bench::server::PERSON;
use serde_json::Value;

use crate::{Done, Peer};

/// A client. Each is used as its documentation says for many files.
#[derive(Clone, Copy)]
pub enum Client {
    /// `amphora-cli`: the window's engine, with its sign-in, its journal and its look at what is there.
    Ours,
    Other(Peer),
}

impl Client {
    /// Ours, and those that are on this computer.
    pub fn all() -> Vec<Self> {
        let peers = [Peer::S5cmd, Peer::Rclone, Peer::Aws].into_iter().filter(|peer| peer.is_there());
        [Self::Ours].into_iter().chain(peers.map(Self::Other)).collect()
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Other(peer) => peer.name(),
        }
    }

    /// Uploads the folder under its own name into `public/`.
    pub fn upload(&self, source: &Path, server: &Value, scratch: &Path) -> Done<Command> {
        let Self::Other(peer) = self else {
            let mut command = ours(server, scratch)?;
            command.arg("put").arg(source).arg("public:");
            return Ok(command);
        };
        let from = source.to_string_lossy().into_owned();
        let to = peer.address(server, &format!("public/{}", name(source)));
        let mut command = peer.command(server);
        match peer {
            Peer::S5cmd => command.args(["--log", "error", "cp", &format!("{from}/"), &format!("{to}/")]),
            // Rclone is cautious by default; this is what it can do.
            Peer::Rclone => command.args(RCLONE).args(["copy", &from, &to]),
            Peer::Aws => command.args(["s3", "cp", "--recursive", "--only-show-errors", &from, &to]),
        };
        Ok(command)
    }

    /// Downloads what [`Self::upload`] has uploaded.
    pub fn download(&self, source: &Path, target: &Path, server: &Value, scratch: &Path) -> Done<Command> {
        let key = format!("public/{}", name(source));
        let Self::Other(peer) = self else {
            let mut command = ours(server, scratch)?;
            command.arg("get").arg(format!("public:{}", name(source))).arg(target);
            return Ok(command);
        };
        let to = target.to_string_lossy().into_owned();
        let mut command = peer.command(server);
        match peer {
            Peer::S5cmd => {
                command.args(["--log", "error", "cp", &peer.address(server, &format!("{key}/*")), &format!("{to}/")])
            }
            Peer::Rclone => command.args(RCLONE).args(["copy", &peer.address(server, &key), &to]),
            Peer::Aws => {
                command.args(["s3", "cp", "--recursive", "--only-show-errors", &peer.address(server, &key), &to])
            }
        };
        Ok(command)
    }

    /// Where [`Self::download`] puts the folder's content.
    pub fn downloaded(&self, source: &Path, target: &Path) -> PathBuf {
        match self {
            Self::Ours => target.join(name(source)),
            Self::Other(_) => target.to_owned(),
        }
    }
}

const RCLONE: [&str; 8] =
    ["--transfers", "32", "--checkers", "32", "--ignore-times", "--s3-no-check-bucket", "--s3-upload-concurrency", "8"];

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Our command line with a data folder of its own and nobody's keychain.
fn ours(server: &Value, scratch: &Path) -> Done<Command> {
    let config = scratch.join("aws-exports.json");
    std::fs::write(&config, server["exports"].to_string())?;
    let program = env::var_os("AMPHORA_CLI").unwrap_or_else(|| OsString::from("amphora-cli"));
    let mut command = Command::new(program);
    command
        .args(["--yes", "--json"])
        .env("AMPHORA_BACKEND", config)
        .env("AMPHORA_USER", PERSON.0)
        .env("AMPHORA_PASSWORD", PERSON.1)
        .env("AMPHORA_DATA_DIR", scratch.join("data"))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    Ok(command)
}
