//! What is stored with an object: reading it, and changing it without sending the content again.

use std::time::SystemTime;

use crate::attributes::{Attributes, Tag};
use crate::conflict::{Stored, Write};
use crate::control::Control;
use crate::copy::CopyOptions;
use crate::encryption::{Encryption, with_customer_key};
use crate::error::{ErrorKind, StorageError, cause};
use crate::key::Key;
use crate::list::unquoted;
use crate::space::{Space, Verb};
use crate::storage::{Storage, Target};
use crate::transfer::{Copying, Original};

/// What the server knows of an object beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Properties {
    /// Bytes.
    pub size: u64,
    /// Without quotes.
    pub etag: String,
    /// As it was stored.
    pub content_type: Option<String>,
    /// When it was stored.
    pub modified: Option<SystemTime>,
    /// Of a bucket that keeps versions.
    pub version_id: Option<String>,
    /// Headers, metadata, storage class, encryption. Tags are read by [`Storage::tags`]; the access list is not told.
    pub attributes: Attributes,
}

impl Storage {
    /// Reads what is stored with an object.
    ///
    /// # Errors
    /// `NotFound` or, where the policy hides which, `AccessDenied`; else see [`ErrorKind`](crate::ErrorKind).
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let properties = storage.properties(&Space::Private, &key).await?;
    /// assert_eq!(properties.content_type.as_deref(), Some("text/plain"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn properties(&self, space: &Space, key: &Key) -> Result<Properties, StorageError> {
        self.properties_of(&self.target(space, key, Verb::Get, "look at")?, None, "look at").await
    }

    /// Changes what is stored with an object; what `change` leaves as it is, stays. S3 stores a new object for it: its
    /// date becomes now, its tags stay, an access list of its own goes. A change made meanwhile by others is not undone.
    ///
    /// # Errors
    /// `ChangedMeanwhile`; as [`Storage::properties`]; else see [`ErrorKind`](crate::ErrorKind).
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let change = |_: &mut Option<String>, attributes: &mut Attributes| {
    ///     attributes.metadata.insert("author".to_owned(), "Mira".to_owned());
    /// };
    /// storage.edit_properties(&Space::Private, &key, change, &control).await?;
    /// let properties = storage.properties(&Space::Private, &key).await?;
    /// assert_eq!(properties.attributes.metadata["author"], "Mira");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn edit_properties(
        &self,
        space: &Space,
        key: &Key,
        change: impl FnOnce(&mut Option<String>, &mut Attributes) + Send,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        let target = self.target(space, key, Verb::Write, "change")?;
        let mut properties = self.properties_of(&target, None, "change").await?;
        change(&mut properties.content_type, &mut properties.attributes);
        let original = Original { storage: self, target: target.clone(), version: None };
        // One request names the content that it copies; of several the last has to.
        let replaces = Some(properties.etag.clone());
        let manner = CopyOptions { replaces, ..CopyOptions::in_place() }.manner("change");
        let copying = Copying::with(self, original, properties, manner, control)?;
        copying.send(&target, false).await.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => StorageError::new(ErrorKind::ChangedMeanwhile, "change", key.as_str()),
            _ => error,
        })
    }

    pub(crate) async fn properties_of(
        &self,
        target: &Target,
        version: Option<&str>,
        action: &'static str,
    ) -> Result<Properties, StorageError> {
        let request = self.client().head_object().bucket(self.bucket()).key(&target.full);
        let request = request.set_version_id(version.map(ToOwned::to_owned));
        let answer = with_customer_key!(request, self).send().await;
        let answer = answer.map_err(|error| StorageError::of(cause(error), action, target.key.as_str()))?;
        let expires = answer.expires_string().and_then(|text| {
            let at = aws_sdk_s3::primitives::DateTime::from_str(text, aws_sdk_s3::primitives::DateTimeFormat::HttpDate);
            at.ok().and_then(|at| SystemTime::try_from(at).ok())
        });
        let encryption = answer.server_side_encryption().and_then(|how| match how.as_str() {
            "AES256" => Some(Encryption::Aes256),
            "aws:kms" => Some(Encryption::Kms { key_id: answer.ssekms_key_id().map(ToOwned::to_owned) }),
            _ => None,
        });
        Ok(Properties {
            size: answer.content_length().and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
            etag: unquoted(answer.e_tag()),
            modified: answer.last_modified().and_then(|at| SystemTime::try_from(*at).ok()),
            version_id: answer.version_id().filter(|id| *id != "null").map(ToOwned::to_owned),
            attributes: Attributes {
                cache_control: answer.cache_control,
                content_disposition: answer.content_disposition,
                content_encoding: answer.content_encoding,
                content_language: answer.content_language,
                expires,
                metadata: answer.metadata.unwrap_or_default().into_iter().collect(),
                tags: Vec::<Tag>::new(),
                acl: None,
                storage_class: answer.storage_class.map(|class| class.as_str().to_owned()),
                encryption,
            },
            content_type: answer.content_type,
        })
    }
}
