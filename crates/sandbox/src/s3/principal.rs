//! Who makes a request, and what they may do.

use std::sync::Arc;

use s3s::{S3Error, S3Request, S3Result, s3_error};

use crate::iam::{Policy, Request, Variables};
use crate::session::SessionKeys;

/// The identity behind a request with its role's policy. Travels in the request's extensions.
#[derive(Clone, Debug)]
pub struct Principal {
    identity_id: String,
    policy: Arc<Policy>,
}

impl Principal {
    /// The identity of a session that was checked.
    pub fn new(session: SessionKeys, policy: Arc<Policy>) -> Self {
        Self { identity_id: session.identity_id, policy }
    }

    /// The identity's id.
    pub fn identity_id(&self) -> &str {
        &self.identity_id
    }

    /// The principal that `Access::check` put into a request.
    pub fn of<T>(request: &S3Request<T>) -> S3Result<Self> {
        request.extensions.get::<Self>().cloned().ok_or_else(denied)
    }

    /// Fails with AccessDenied unless the policy allows `action` on `resource`.
    pub fn require(&self, action: &str, resource: &str, conditions: &[(&str, &str)]) -> S3Result<()> {
        if self.policy.allows(&Request { action, resource, conditions }, self) { Ok(()) } else { Err(denied()) }
    }

    /// Whether the identity may see that a key is absent: it may list the bucket without a condition on the prefix.
    pub fn may_see_absence(&self, bucket: &str) -> bool {
        self.require("s3:ListBucket", &bucket_arn(bucket), &[]).is_ok()
    }

    /// What to answer about an absent key: S3 says 404 only to who may list the bucket.
    pub fn absent(&self, bucket: &str) -> S3Error {
        if self.may_see_absence(bucket) { s3_error!(NoSuchKey, "The specified key does not exist.") } else { denied() }
    }
}

impl Variables for Principal {
    fn value(&self, name: &str) -> Option<&str> {
        (name == "cognito-identity.amazonaws.com:sub").then_some(self.identity_id.as_str())
    }
}

/// The name of a bucket in policies.
pub fn bucket_arn(bucket: &str) -> String {
    format!("arn:aws:s3:::{bucket}")
}

/// The name of an object in policies.
pub fn object_arn(bucket: &str, key: &str) -> String {
    format!("arn:aws:s3:::{bucket}/{key}")
}

/// The answer to everybody who may not.
pub fn denied() -> S3Error {
    s3_error!(AccessDenied, "Access Denied")
}
