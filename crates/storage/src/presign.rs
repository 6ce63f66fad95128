//! Links that open one object without signing in, until they end.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::presigning::PresigningConfig;

use crate::error::{ErrorKind, StorageError, cause};
use crate::key::Key;
use crate::space::Space;
use crate::storage::Storage;

/// SigV4's limit for a presigned URL: seven days.
pub const MAX_LINK_LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A link and when it ends. Whoever has it can open the object, so its Debug does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedUrl {
    /// The link.
    pub url: String,
    /// Its true end: never later than that of the credentials that signed it.
    pub expires_at: SystemTime,
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedUrl").field("url", &"•••").field("expires_at", &self.expires_at).finish()
    }
}

impl Storage {
    /// A link to an object that lives for `life`, or as long as it can. Does not ask whether the object is there.
    ///
    /// # Errors
    /// `SignedOut`: there are no valid credentials to sign with.
    pub async fn presign_get(&self, space: &Space, key: &Key, life: Duration) -> Result<SignedUrl, StorageError> {
        let target = self.target(space, key, "share")?;
        let signed_out = || StorageError::new(ErrorKind::SignedOut, "share", key.as_str());
        let credentials = self.credentials().provide_credentials().await;
        let credentials =
            credentials.map_err(|error| signed_out().with_detail(error.to_string()).with_source(error))?;
        let now = SystemTime::now();
        let mut life = life.min(MAX_LINK_LIFE);
        if let Some(end) = credentials.expiry() {
            life =
                life.min(end.duration_since(now).map_err(|_| signed_out().with_detail("the credentials have ended"))?);
        }
        // A signature counts whole seconds.
        let life = Duration::from_secs(life.as_secs());
        if life.is_zero() {
            return Err(signed_out().with_detail("the credentials are about to end"));
        }
        let config = PresigningConfig::builder().start_time(now).expires_in(life).build();
        let config = config.map_err(|error| {
            StorageError::new(ErrorKind::Unexpected, "share", key.as_str()).with_detail(error.to_string())
        })?;
        // The same credentials whose end was looked at, not the next ones.
        let signer = Builder::new().credentials_provider(SharedCredentialsProvider::new(credentials));
        let request = self.client().get_object().bucket(self.bucket()).key(&target.full);
        let request = request.customize().config_override(signer).presigned(config).await;
        let request = request.map_err(|error| StorageError::of(cause(error), "share", key.as_str()))?;
        Ok(SignedUrl { url: request.uri().to_owned(), expires_at: now + life })
    }
}
