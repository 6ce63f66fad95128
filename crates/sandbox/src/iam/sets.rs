//! The policy sets that ship, as data files: what the documentation says, and what we recommend beyond it.

use std::sync::Arc;

use super::policy::Policy;
use crate::error::{Error, Result};
use crate::session::Role;

/// Which policies the two roles of the identity pool have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PolicySet {
    /// Exactly the two policies of the Amplify documentation.
    #[default]
    Documented,
    /// The documented ones, and aborting and listing uploads, tags and versions.
    Recommended,
    /// A JSON text of the same form as the files in `policies/`: `authenticated` and `unauthenticated` hold a policy
    /// each, `{bucket}` stands for the bucket's name.
    Custom(String),
}

/// The parsed policies of both roles for one bucket. Cheap to clone.
#[derive(Clone, Debug)]
pub struct RolePolicies {
    authenticated: Arc<Policy>,
    unauthenticated: Arc<Policy>,
}

impl PolicySet {
    /// Reads the set for `bucket`.
    pub fn for_bucket(&self, bucket: &str) -> Result<RolePolicies> {
        let text = match self {
            Self::Documented => include_str!("../../policies/documented.json"),
            Self::Recommended => include_str!("../../policies/recommended.json"),
            Self::Custom(text) => text,
        };
        let document: serde_json::Value = serde_json::from_str(&text.replace("{bucket}", bucket))
            .map_err(|source| Error::Invalid(format!("Couldn't read the policies: {source}.")))?;
        Ok(RolePolicies {
            authenticated: Arc::new(Policy::parse(&document["authenticated"])?),
            unauthenticated: Arc::new(Policy::parse(&document["unauthenticated"])?),
        })
    }
}

impl RolePolicies {
    /// The policy of a role.
    pub fn of(&self, role: Role) -> Arc<Policy> {
        Arc::clone(match role {
            Role::Authenticated => &self.authenticated,
            Role::Unauthenticated => &self.unauthenticated,
        })
    }
}
