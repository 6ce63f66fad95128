//! Why a call of the category failed. Sentences and codes are Amplify's where its users match them.

use crate::encryption::WrongCustomerKey;
use crate::error::{ErrorKind, StorageError};

/// A failed call.
#[derive(Debug, thiserror::Error)]
pub enum CategoryError {
    /// Nobody is signed in and guests are not allowed, or the session is broken.
    #[error("No credentials")]
    NoCredentials {
        /// Why, in a sentence.
        cause: String,
    },
    /// No bucket is configured.
    #[error("Missing required key 'Bucket' in params")]
    NoBucket,
    /// No region is configured.
    #[error("Missing region in config")]
    NoRegion,
    /// No plugin of this name was added.
    #[error("No plugin found in Storage for the provider")]
    NoPlugin {
        /// The name asked for.
        provider: String,
    },
    /// There are three levels.
    #[error("{0:?} is no level; there are public, protected and private")]
    UnknownLevel(String),
    /// Keys of a configuration that nobody reads: a typing error would go unnoticed.
    #[error("Storage does not know {} in its configuration", .0.join(", "))]
    UnknownKeys(Vec<String>),
    /// A configured value is of the wrong type.
    #[error("{key} in the configuration must be {expected}")]
    WrongType {
        /// The key.
        key: String,
        /// What it has to be.
        expected: &'static str,
    },
    /// A link's life is not a number of seconds.
    #[error("The expiration must be a number, received {0}")]
    ExpiryNotANumber(&'static str),
    /// S3's limit for a signature, 604,800 seconds.
    #[error("Url Expiration can not be greater than 7 Days.")]
    ExpiryTooLong,
    /// The encryption key given is none.
    #[error(transparent)]
    WrongCustomerKey(#[from] WrongCustomerKey),
    /// The plugin is not for this category.
    #[error("a plugin of the category {0} cannot be added to Storage")]
    WrongCategory(String),
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A provider of somebody else's failed.
    #[error("{message}")]
    Provider {
        /// What it is, as a code.
        code: &'static str,
        /// What it is, as a sentence.
        message: String,
    },
}

impl CategoryError {
    /// The code that users of Amplify match, as far as there is one.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCredentials { .. } => "NoCredentials",
            Self::NoBucket => "MissingRequiredParameter",
            Self::NoRegion => "ConfigError",
            Self::NoPlugin { .. } => "NoPlugin",
            Self::UnknownLevel(_) => "UnknownLevel",
            Self::UnknownKeys(_) | Self::WrongType { .. } | Self::WrongCategory(_) => "InvalidConfiguration",
            Self::ExpiryNotANumber(_) => "InvalidParameterException",
            Self::ExpiryTooLong => "InvalidExpiryTime",
            Self::WrongCustomerKey(_) => "InvalidArgument",
            Self::Provider { code, .. } => code,
            Self::Storage(error) => match error.kind() {
                ErrorKind::NotFound => "NoSuchKey",
                ErrorKind::AlreadyExists | ErrorKind::ChangedMeanwhile => "PreconditionFailed",
                ErrorKind::AccessDenied => "AccessDenied",
                ErrorKind::SignedOut => "CredentialsError",
                ErrorKind::Offline => "NetworkingError",
                ErrorKind::Throttled => "SlowDown",
                ErrorKind::ClockSkew => "RequestTimeTooSkewed",
                ErrorKind::NameNotAllowed => "InvalidKey",
                ErrorKind::LocalFile | ErrorKind::DiskFull => "LocalFile",
                ErrorKind::Cancelled => "RequestAbortedError",
                ErrorKind::TooLarge => "EntityTooLarge",
                ErrorKind::Damaged => "BadDigest",
                ErrorKind::BucketMissing => "NoSuchBucket",
                ErrorKind::Unsupported => "NotImplemented",
                ErrorKind::Unexpected => "InternalError",
            },
        }
    }
}
