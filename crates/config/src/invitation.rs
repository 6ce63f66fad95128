//! The invitation link: `amphora://connect#` and the public configuration as base64url JSON. Never a secret in it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::backend::Backend;
use crate::draft::{Draft, Names};
use crate::error::{ConfigError, ConfigErrorKind};

/// How every invitation begins.
pub const INVITATION_PREFIX: &str = "amphora://connect#";

const VERSION: u32 = 1;
const MAX_LINK_BYTES: usize = 64 * 1024;
const SOURCE: &str = "The invitation";

const NAMES: Names = Names {
    bucket: "bucket.name",
    bucket_region: "bucket.region",
    identity_pool: "identityPool.id",
    identity_region: "identityPool.region",
    user_pool: "userPool.id",
    user_pool_client: "userPool.clientId",
    mandatory_sign_in: "mandatorySignIn",
};

#[derive(Serialize, Deserialize)]
struct Invitation {
    v: u32,
    #[serde(flatten)]
    backend: Backend,
}

impl Backend {
    /// A link that connects somebody else to the same storage. What it holds is public: pools, bucket, servers; not the
    /// places that this computer has beside it.
    pub fn invitation(&self) -> String {
        link_of(&Backend { places: Vec::new(), ..self.clone() })
    }

    /// Reads a link, alone or inside the text that came with it. Checks it as strictly as a file.
    ///
    /// # Errors
    /// Says whether the link is damaged, from a newer Amphora, or names something that cannot be right.
    pub fn from_invitation(text: &str) -> Result<Backend, ConfigError> {
        let start = text.find(INVITATION_PREFIX).ok_or_else(|| damaged("is no Amphora link"))?;
        let link = &text[start + INVITATION_PREFIX.len()..];
        let in_alphabet = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let payload = &link[..link.find(|c| !in_alphabet(c)).unwrap_or(link.len())];
        if payload.len() > MAX_LINK_BYTES {
            return Err(damaged("is far too long"));
        }
        let json = URL_SAFE_NO_PAD.decode(payload).map_err(|_| damaged("is cut short or damaged"))?;
        let value: serde_json::Value = serde_json::from_slice(&json).map_err(|_| damaged("is cut short or damaged"))?;
        match value.get("v").and_then(serde_json::Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(_) => {
                return Err(ConfigError::new(
                    ConfigErrorKind::UnknownVersion,
                    "The invitation comes from a newer Amphora.",
                    "Update Amphora, or ask for the web app's configuration file.",
                ));
            }
            None => return Err(damaged("is cut short or damaged")),
        }
        let invitation: Invitation = serde_json::from_value(value).map_err(|_| damaged("names no storage"))?;
        if !invitation.backend.places.is_empty() {
            return Err(ConfigError::new(
                ConfigErrorKind::Invalid,
                format!("{SOURCE} wants to open places on this computer, which no invitation may."),
                "Ask whoever sent it for another one.",
            ));
        }
        draft(invitation.backend).check(SOURCE, &NAMES)
    }
}

pub(crate) fn link_of(backend: &Backend) -> String {
    let invitation = Invitation { v: VERSION, backend: backend.clone() };
    let json = serde_json::to_vec(&invitation).expect("texts and switches always serialise");
    format!("{INVITATION_PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
}

/// What came over a link is trusted no more than what came in a file.
fn draft(backend: Backend) -> Draft {
    let (user_pool, user_pool_client, user_pool_region) = match backend.user_pool {
        Some(pool) => (Some(pool.id), Some(pool.client_id), Some(pool.region)),
        None => (None, None, None),
    };
    Draft {
        name: Some(backend.name),
        bucket: Some(backend.bucket.name),
        bucket_region: Some(backend.bucket.region),
        identity_pool: Some(backend.identity_pool.id),
        identity_region: Some(backend.identity_pool.region),
        user_pool,
        user_pool_client,
        user_pool_region,
        mandatory_sign_in: backend.mandatory_sign_in,
        prefixes: backend.prefixes,
        endpoints: backend.endpoints,
        rules: backend.rules,
        places: Vec::new(),
    }
}

fn damaged(what: &str) -> ConfigError {
    ConfigError::new(
        ConfigErrorKind::Unreadable,
        format!("{SOURCE} {what}."),
        "Copy the whole link, from “amphora://” to its end, or ask for it again.",
    )
}

#[cfg(test)]
#[path = "invitation_tests.rs"]
mod tests;
