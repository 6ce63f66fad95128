//! What the calls of the category take and give. What is `None` is as configured, and then as Amplify has it.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use tokio_util::sync::CancellationToken;

use crate::attributes::Attributes;
use crate::category::{CustomPrefix, Level};
use crate::conflict::IfExists;
use crate::encryption::CustomerKey;
use crate::get::Object;
use crate::presign::SignedUrl;
use crate::space::IdentityId;

/// Options that every call takes.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    /// Whose eyes it is for.
    pub level: Option<Level>,
    /// Another identity's protected files, to be read.
    pub identity_id: Option<IdentityId>,
    /// Prefixes for this call, taken whole.
    pub custom_prefix: Option<CustomPrefix>,
    /// Another bucket: its name, or its friendly name of a Gen 2 configuration.
    pub bucket: Option<String>,
    /// The other bucket's region.
    pub region: Option<String>,
    /// Whether to tell the sink of [`Category::listen`](crate::category::Category::listen).
    pub track: Option<bool>,
    /// Which provider does it; `AWSS3` when `None`.
    pub provider: Option<String>,
    /// Stops the call, which then fails with the code `RequestAbortedError`.
    pub cancel: CancellationToken,
}

impl CallOptions {
    /// The usual options at a level.
    pub fn at(level: Level) -> Self {
        Self { level: Some(level), ..Self::default() }
    }
}

/// How far a put is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutProgress {
    /// Bytes sent.
    pub loaded: u64,
    /// Bytes in all.
    pub total: u64,
    /// The part that went on, from 1.
    pub part: u32,
    /// The whole key, with its prefix.
    pub key: String,
}

/// Told at every step of a put; must be quick.
pub type PutProgressFn = Arc<dyn Fn(PutProgress) + Send + Sync>;

/// Options of `put`.
#[derive(Clone, Default)]
pub struct PutCall {
    /// Level and the like.
    pub call: CallOptions,
    /// What to do when the key is taken; fails when `None`. Amplify overwrites silently, which is a documented difference.
    pub if_exists: Option<IfExists>,
    /// Guessed from the name and the first bytes when `None`, a documented difference.
    pub content_type: Option<String>,
    /// Headers, metadata, tags, access list, encryption.
    pub attributes: Attributes,
    /// A key of the caller's own (SSE-C).
    pub customer_key: Option<CustomerKey>,
    /// Told how far it is.
    pub progress: Option<PutProgressFn>,
}

impl fmt::Debug for PutCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PutCall")
            .field("call", &self.call)
            .field("if_exists", &self.if_exists)
            .field("content_type", &self.content_type)
            .field("attributes", &self.attributes)
            .field("customer_key", &self.customer_key)
            .finish_non_exhaustive()
    }
}

/// What `put` gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutResult {
    /// The key inside the level.
    pub key: String,
}

/// Options of `get`.
#[derive(Clone, Debug, Default)]
pub struct GetCall {
    /// Level and the like.
    pub call: CallOptions,
    /// The content rather than a link.
    pub download: bool,
    /// A link's life in seconds; 0 and `None` are 900.
    pub expires: Option<u64>,
    /// Whether to look first that the object is there; a link is made after a look when `None`.
    pub validate_object_existence: Option<bool>,
    /// Headers that the link's answer has in place of the stored ones: content type, disposition, encoding, language and
    /// cache control are read.
    pub response: Attributes,
    /// `Content-Type` of the link's answer.
    pub content_type: Option<String>,
    /// The key that it was encrypted with (SSE-C); for the content only, no link can carry it.
    pub customer_key: Option<CustomerKey>,
}

/// What `get` gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// A link and its true end.
    Url(SignedUrl),
    /// The content.
    Object(Object),
}

/// Options of `remove`.
#[derive(Clone, Debug, Default)]
pub struct RemoveCall {
    /// Level and the like.
    pub call: CallOptions,
}

/// Options of `copy`.
#[derive(Clone, Debug, Default)]
pub struct CopyCall {
    /// Where the original is, and the like.
    pub call: CallOptions,
    /// The level that the copy goes to, in the same bucket; as without one named when `None`. It is always one's own.
    pub to_level: Option<Level>,
    /// What to do when the key is taken; fails when `None`.
    pub if_exists: Option<IfExists>,
}

/// Options of `list`.
#[derive(Clone, Debug, Default)]
pub struct ListCall {
    /// Level and the like.
    pub call: CallOptions,
    /// One page of so many objects, 1 to 1,000; everything when `None`. Amplify 1.x stops at 1,000 without a sign.
    pub page_size: Option<u16>,
    /// Where the page begins: what the page before said.
    pub next_token: Option<String>,
}

/// One object of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// The key inside the level, with the path that was listed.
    pub key: String,
    /// With its quotes, as Amplify gives it.
    pub e_tag: String,
    /// When it was stored.
    pub last_modified: Option<SystemTime>,
    /// Bytes.
    pub size: u64,
}

/// What `list` gives, in S3's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The objects; a folder's marker is among them.
    pub items: Vec<ListItem>,
    /// Asks for the next page; `None` on the last one.
    pub next_token: Option<String>,
}
