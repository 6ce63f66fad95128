//! Links that open one object without signing in, until they end.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::presigning::PresigningConfig;

use crate::error::{ErrorKind, StorageError, cause};
use crate::key::Key;
use crate::space::{Space, Verb};
use crate::storage::Storage;

/// SigV4's limit for a presigned URL: seven days.
pub const MAX_LINK_LIFE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How a link is made. The response headers are what the one who opens it gets in place of what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkOptions {
    /// How long it shall live; Amplify's default is 900 s. It is cut to [`MAX_LINK_LIFE`] and to what the credentials have left.
    pub life: Duration,
    /// Look first whether the object is there. Signing itself asks nobody.
    pub only_existing: bool,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// `Content-Disposition` of the answer: `attachment; filename="a.pdf"` makes a browser save it.
    pub content_disposition: Option<String>,
    /// `Cache-Control` of the answer.
    pub cache_control: Option<String>,
    /// `Content-Encoding` of the answer.
    pub content_encoding: Option<String>,
    /// `Content-Language` of the answer.
    pub content_language: Option<String>,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self {
            life: Duration::from_secs(900),
            only_existing: true,
            content_type: None,
            content_disposition: None,
            cache_control: None,
            content_encoding: None,
            content_language: None,
        }
    }
}

impl LinkOptions {
    /// The usual options with another life.
    pub fn living(life: Duration) -> Self {
        Self { life, ..Self::default() }
    }
}

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
    /// A link to an object that lives as long as was asked, or as long as it can.
    ///
    /// # Errors
    /// `SignedOut`: there are no valid credentials to sign with; `NotFound`, when that was asked and may be known (who may
    /// not list gets a link untested); `Unexpected`: what a customer's key encrypts no link can open.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// use std::time::Duration;
    ///
    /// let link = storage.presign_get(&Space::Private, &key, LinkOptions::living(Duration::from_secs(60))).await?;
    /// assert!(link.url.contains("X-Amz-Expires=60"));
    /// println!("opens until {:?}", link.expires_at);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn presign_get(&self, space: &Space, key: &Key, options: LinkOptions) -> Result<SignedUrl, StorageError> {
        let target = self.target(space, key, Verb::Get, "share")?;
        if self.store().is_some() {
            return Err(StorageError::new(ErrorKind::Unsupported, "share", key.as_str()));
        }
        if self.customer_key().is_some() {
            let detail = "a link cannot open what is encrypted with a key of one's own";
            return Err(StorageError::new(ErrorKind::Unexpected, "share", key.as_str()).with_detail(detail));
        }
        if options.only_existing {
            match self.find_target(&target).await {
                Ok(Some(_)) => {}
                Ok(None) => return Err(StorageError::new(ErrorKind::NotFound, "share", key.as_str())),
                Err(error) if error.kind() == ErrorKind::AccessDenied => {}
                Err(error) => return Err(error),
            }
        }
        let signed_out = || StorageError::new(ErrorKind::SignedOut, "share", key.as_str());
        let credentials = self.credentials().provide_credentials().await;
        let credentials =
            credentials.map_err(|error| signed_out().with_detail(error.to_string()).with_source(error))?;
        // A signature counts whole seconds, from its own date on.
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(since);
        let mut life = options.life.min(MAX_LINK_LIFE);
        if let Some(end) = credentials.expiry() {
            life =
                life.min(end.duration_since(now).map_err(|_| signed_out().with_detail("the credentials have ended"))?);
        }
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
        let request = request
            .set_response_content_type(options.content_type)
            .set_response_content_disposition(options.content_disposition)
            .set_response_cache_control(options.cache_control)
            .set_response_content_encoding(options.content_encoding)
            .set_response_content_language(options.content_language);
        let request = request.customize().config_override(signer).presigned(config).await;
        let request = request.map_err(|error| StorageError::of(cause(error), "share", key.as_str()))?;
        Ok(SignedUrl { url: request.uri().to_owned(), expires_at: now + life })
    }
}
