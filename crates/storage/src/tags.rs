//! Tags of an object, which policies and lifecycle rules can ask for.

use aws_sdk_s3::types::{Tag as S3Tag, Tagging};

use crate::attributes::Tag;
use crate::error::{ErrorKind, StorageError, cause};
use crate::key::Key;
use crate::space::{Space, Verb};
use crate::storage::{Storage, Target};

impl Storage {
    /// Reads an object's tags.
    ///
    /// # Errors
    /// `AccessDenied`: the documented policies grant no rights over tags; else see [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// assert!(storage.tags(&Space::Private, &key).await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn tags(&self, space: &Space, key: &Key) -> Result<Vec<Tag>, StorageError> {
        self.tags_of(&self.target(space, key, Verb::Get, "look at")?, None, "look at").await
    }

    /// Replaces an object's tags; none removes them all.
    ///
    /// # Errors
    /// As [`Storage::tags`]; `Unexpected`: S3 takes ten tags, each name once.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let tags = [("project".to_owned(), "harbour".to_owned())];
    /// storage.set_tags(&Space::Private, &key, &tags).await?;
    /// assert_eq!(storage.tags(&Space::Private, &key).await?, tags);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_tags(&self, space: &Space, key: &Key, tags: &[Tag]) -> Result<(), StorageError> {
        let target = self.target(space, key, Verb::Write, "tag")?;
        let failed = |failure| StorageError::of(failure, "tag", key.as_str());
        if tags.is_empty() {
            let request = self.client().delete_object_tagging().bucket(self.bucket()).key(&target.full);
            return request.send().await.map(drop).map_err(|error| failed(cause(error)));
        }
        let wrong = |error: aws_sdk_s3::error::BuildError| {
            StorageError::new(ErrorKind::Unexpected, "tag", key.as_str()).with_detail(error.to_string())
        };
        let set: Result<Vec<_>, _> =
            tags.iter().map(|(name, value)| S3Tag::builder().key(name).value(value).build()).collect();
        let tagging = Tagging::builder().set_tag_set(Some(set.map_err(wrong)?)).build().map_err(wrong)?;
        let request = self.client().put_object_tagging().bucket(self.bucket()).key(&target.full).tagging(tagging);
        request.send().await.map(drop).map_err(|error| failed(cause(error)))
    }

    pub(crate) async fn tags_of(
        &self,
        target: &Target,
        version: Option<&str>,
        action: &'static str,
    ) -> Result<Vec<Tag>, StorageError> {
        let request = self.client().get_object_tagging().bucket(self.bucket()).key(&target.full);
        let answer = request.set_version_id(version.map(ToOwned::to_owned)).send().await;
        let answer = answer.map_err(|error| StorageError::of(cause(error), action, target.key.as_str()))?;
        Ok(answer.tag_set.into_iter().map(|tag| (tag.key, tag.value)).collect())
    }
}
