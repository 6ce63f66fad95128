//! The public tools that ours is compared with: where they are, and how each is set up for a server.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::text;

/// A public tool. Looked for on the PATH, or where `AMPHORA_S5CMD`, `AMPHORA_RCLONE` and `AMPHORA_AWS` say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// <https://github.com/peak/s5cmd>
    S5cmd,
    /// <https://rclone.org>
    Rclone,
    /// The AWS CLI.
    Aws,
}

impl Peer {
    /// Its name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::S5cmd => "s5cmd",
            Self::Rclone => "rclone",
            Self::Aws => "aws",
        }
    }

    fn program(self) -> PathBuf {
        let variable = format!("AMPHORA_{}", self.name().to_uppercase());
        env::var_os(variable).map_or_else(|| PathBuf::from(self.name()), PathBuf::from)
    }

    /// Whether it is on this computer.
    #[must_use]
    pub fn is_there(self) -> bool {
        let asked = if self == Self::Aws { "--version" } else { "version" };
        let version = Command::new(self.program()).arg(asked).stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    }

    /// The program, set up for the server; its output goes nowhere.
    #[must_use]
    pub fn command(self, server: &Value) -> Command {
        let mut command = Command::new(self.program());
        command.env_remove("AWS_CA_BUNDLE").env("AWS_REGION", text(server, "region")).stdout(Stdio::null());
        let (id, secret, token) = (text(server, "id"), text(server, "secret"), text(server, "token"));
        match self {
            Self::S5cmd | Self::Aws => command
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
        if self == Self::Rclone && server["asks_after_upload"] == false {
            command.env("RCLONE_S3_NO_HEAD", "true");
        }
        command
    }

    /// How it names a key.
    #[must_use]
    pub fn address(self, server: &Value, key: &str) -> String {
        let bucket = text(server, "bucket");
        match self {
            Self::S5cmd | Self::Aws => format!("s3://{bucket}/{key}"),
            Self::Rclone => format!("x:{bucket}/{key}"),
        }
    }
}
