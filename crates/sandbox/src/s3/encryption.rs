//! Server-side encryption as a client sees it: asked for, answered, demanded again. Nothing is encrypted here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use md5::{Digest, Md5};
use s3s::dto::ServerSideEncryption;
use s3s::{S3Result, s3_error};

use super::principal::denied;
use crate::store::Encryption;

/// The encryption headers of a request that writes.
#[derive(Debug, Default)]
pub struct Asked {
    /// `x-amz-server-side-encryption`.
    pub kind: Option<ServerSideEncryption>,
    /// `x-amz-server-side-encryption-aws-kms-key-id`.
    pub kms_key_id: Option<String>,
    /// The three of SSE-C.
    pub customer: CustomerKey,
}

/// The SSE-C headers of a request.
#[derive(Default)]
pub struct CustomerKey {
    /// `…-customer-algorithm`.
    pub algorithm: Option<String>,
    /// `…-customer-key`, in base64.
    pub key: Option<String>,
    /// `…-customer-key-MD5`, in base64.
    pub md5: Option<String>,
}

impl std::fmt::Debug for CustomerKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CustomerKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

impl Asked {
    /// What is to be kept.
    pub fn parse(self) -> S3Result<Encryption> {
        if let Some(md5) = self.customer.verified_md5()? {
            return Ok(Encryption::CustomerKey(md5));
        }
        match self.kind.as_ref().map(ServerSideEncryption::as_str) {
            None | Some("AES256") => Ok(Encryption::Aes256),
            Some("aws:kms") => Ok(Encryption::Kms(self.kms_key_id)),
            Some(_) => Err(s3_error!(InvalidArgument, "The encryption method specified is not supported")),
        }
    }
}

impl CustomerKey {
    /// The MD5 of the key, after comparing it with the key; `None` when the request has none of the headers.
    fn verified_md5(&self) -> S3Result<Option<String>> {
        let (algorithm, key) = match (&self.algorithm, &self.key) {
            (None, None) => return Ok(None),
            (Some(algorithm), Some(key)) => (algorithm, key),
            _ => {
                return Err(s3_error!(
                    InvalidArgument,
                    "Server-side encryption with a customer key needs algorithm and key."
                ));
            }
        };
        let raw = BASE64.decode(key).unwrap_or_default();
        if algorithm != "AES256" || raw.len() != 32 {
            return Err(s3_error!(InvalidArgument, "The secret key was invalid for the specified algorithm."));
        }
        let md5 = BASE64.encode(Md5::digest(&raw));
        if self.md5.as_ref().is_some_and(|given| *given != md5) {
            return Err(s3_error!(
                InvalidArgument,
                "The calculated MD5 hash of the key did not match the hash that was provided."
            ));
        }
        Ok(Some(md5))
    }

    /// Whether a read, or a write of a part, gives the key that the object was written with.
    pub fn check(&self, encryption: &Encryption) -> S3Result<()> {
        match (encryption, self.verified_md5()?) {
            (Encryption::CustomerKey(kept), Some(given)) if *kept == given => Ok(()),
            (Encryption::CustomerKey(_), Some(_)) => Err(denied()),
            (Encryption::CustomerKey(_), None) => Err(s3_error!(
                InvalidRequest,
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object."
            )),
            (_, Some(_)) => {
                Err(s3_error!(InvalidRequest, "The encryption parameters are not applicable to this object."))
            }
            (_, None) => Ok(()),
        }
    }
}

/// The value of `x-amz-server-side-encryption` in an answer.
pub fn shown_kind(encryption: &Encryption) -> Option<ServerSideEncryption> {
    match encryption {
        Encryption::Aes256 => Some(ServerSideEncryption::from_static("AES256")),
        Encryption::Kms(_) => Some(ServerSideEncryption::from_static("aws:kms")),
        Encryption::CustomerKey(_) => None,
    }
}

/// Sets the encryption headers of an answer: kind, KMS key, customer algorithm and the MD5 of the customer's key.
macro_rules! show_encryption {
    ($output:expr, $encryption:expr) => {{
        let encryption: &$crate::store::Encryption = $encryption;
        $output.server_side_encryption = $crate::s3::encryption::shown_kind(encryption);
        if let $crate::store::Encryption::Kms(key_id) = encryption {
            $output.ssekms_key_id = key_id.clone();
        }
        if let $crate::store::Encryption::CustomerKey(md5) = encryption {
            $output.sse_customer_algorithm = Some("AES256".to_owned());
            $output.sse_customer_key_md5 = Some(md5.clone());
        }
    }};
}

/// Takes the SSE-C headers out of a request.
macro_rules! customer_key {
    ($input:expr) => {
        $crate::s3::encryption::CustomerKey {
            algorithm: $input.sse_customer_algorithm.take(),
            key: $input.sse_customer_key.take(),
            md5: $input.sse_customer_key_md5.take(),
        }
    };
}

/// Takes all encryption headers out of a request that writes.
macro_rules! asked_encryption {
    ($input:expr) => {
        $crate::s3::encryption::Asked {
            kind: $input.server_side_encryption.take(),
            kms_key_id: $input.ssekms_key_id.take(),
            customer: $crate::s3::encryption::customer_key!($input),
        }
    };
}

pub(super) use {asked_encryption, customer_key, show_encryption};
