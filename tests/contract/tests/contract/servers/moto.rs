//! moto, a second S3 that has nothing to do with the first, and a Kinesis. It lets everybody in, so only what needs no
//! account and no policy is asked of it.

use super::{BUCKET, free_port};
use crate::child::{Program, python};
use amphora_storage::{IdentityId, Storage, StorageConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use serde_json::json;
use std::time::Duration;

const START: Duration = Duration::from_secs(120);
/// A bucket that keeps versions.
const VERSIONED: &str = "amphora-versions";
/// The stream that is there from the beginning.
pub const STREAM: &str = "amphora-events";

/// A running moto.
pub struct Moto {
    pub endpoint: String,
    pub region: String,
    _program: Program,
}

impl Moto {
    pub(super) fn start() -> Result<Self, String> {
        let mut program = Program::start(python("moto_launcher.py")?, "moto")?;
        let settings = json!({ "port": free_port()?, "bucket": BUCKET, "versioned": VERSIONED, "stream": STREAM });
        let ready = program.ask(&settings, START)?;
        let text = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Ok(Self { endpoint: text("endpoint"), region: text("region"), _program: program })
    }

    /// What it takes for keys.
    pub fn credentials(&self) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "moto"))
    }

    /// Somebody's files.
    pub fn storage(&self) -> Storage {
        self.storage_in(BUCKET)
    }

    /// Somebody's files where versions are kept.
    pub fn versioned(&self) -> Storage {
        self.storage_in(VERSIONED)
    }

    fn storage_in(&self, bucket: &str) -> Storage {
        let config = StorageConfig {
            bucket: bucket.to_owned(),
            region: self.region.clone(),
            endpoint: Some(self.endpoint.clone()),
            prefixes: Default::default(),
        };
        let me = IdentityId::new("us-east-1:00000000-0000-4000-8000-00000000000a");
        Storage::new(config, self.credentials(), Some(me))
    }
}
