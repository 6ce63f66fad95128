//! Copying and moving objects on the server: inside a bucket, and from one bucket of an identity to another.

use std::sync::Arc;

use crate::conflict::{self, IfExists, Stored};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::space::{Space, Verb};
use crate::storage::{Storage, Target};
use crate::transfer::{Copying, Manner, Original, UploadMemory};

/// How to copy.
#[derive(Clone, Debug)]
pub struct CopyOptions {
    /// What to do when something of the name is there.
    pub if_exists: IfExists,
    /// With [`IfExists::Replace`]: the ETag of what alone may be overwritten, as
    /// [`PutOptions::replaces`](crate::PutOptions::replaces).
    pub replaces: Option<String>,
    /// Bytes that one request copies; what is larger is copied in parts, side by side. S3 takes 5 MiB to 5 GiB.
    pub part_size: u64,
    /// Lets a copy in parts go on at a later try, as [`PutOptions::memory`](crate::PutOptions::memory) does for uploads.
    pub memory: Option<Arc<dyn UploadMemory>>,
}

impl Default for CopyOptions {
    /// Overwrites nothing; parts of 64 MiB, side by side: a stop is heard and a break loses little.
    fn default() -> Self {
        Self { if_exists: IfExists::Fail, replaces: None, part_size: 64 * 1024 * 1024, memory: None }
    }
}

/// Up to this size a content that stays under its key is copied in one request, which is decided in one.
const IN_PLACE: u64 = 512 * 1024 * 1024;

impl CopyOptions {
    /// For a content that is stored anew under its own key.
    pub(crate) fn in_place() -> Self {
        Self { part_size: IN_PLACE, ..Self::default() }
    }

    pub(crate) fn manner(self, action: &'static str) -> Manner {
        Manner { part_size: self.part_size, action, replaces: self.replaces, memory: self.memory }
    }
}

impl Storage {
    /// Copies an object of any size with what is stored with it, inside the bucket: the bytes stay on the server.
    /// Its storage class and its KMS key are the copy's as well; where the original has no KMS key, the copy is encrypted as the
    /// bucket does now. Somebody else's protected files can be copied from, not to. An access list of its own is not copied
    /// (S3's rule).
    ///
    /// # Errors
    /// `NotFound`, or `AccessDenied` where the policy hides which; `AlreadyExists`; `ChangedMeanwhile`: the original
    /// changed while it was copied; `NameNotAllowed`: a copy onto itself; else see [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let new = Key::parse("hello.txt")?;
    /// let (from, to) = ((&Space::Private, &key), (&Space::Public, &new));
    /// let copied = storage.copy(from, to, CopyOptions::default(), &control).await?;
    /// assert_eq!((copied.key, copied.size), (new, 5));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn copy(
        &self,
        (from, key): (&Space, &Key),
        (to, new_key): (&Space, &Key),
        options: CopyOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        Box::pin(self.copy_to(self, (from, key), (to, new_key), options, control)).await
    }

    /// Whether the server copies from here to there by itself: both are S3 of one server, seen by one identity.
    pub fn reaches(&self, there: &Storage) -> bool {
        self.is_s3()
            && there.is_s3()
            && self.config().endpoint == there.config().endpoint
            && self.is_same_identity(there)
    }

    /// As [`Storage::copy`], into another bucket that this one [reaches](Storage::reaches), which encrypts it in its own way.
    ///
    /// # Errors
    /// As [`Storage::copy`]; `Unsupported`: the server cannot copy there.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Public, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let archive = storage.in_bucket("archive", "eu-central-1");
    /// assert!(storage.reaches(&archive));
    /// let (from, to) = ((&Space::Public, &key), (&Space::Public, &key));
    /// let copied = storage.copy_to(&archive, from, to, CopyOptions::default(), &control).await;
    /// assert_eq!(copied.unwrap_err().kind(), ErrorKind::AccessDenied, "nobody has made that bucket");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn copy_to(
        &self,
        there: &Storage,
        (from, key): (&Space, &Key),
        (to, new_key): (&Space, &Key),
        options: CopyOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        if !self.reaches(there) {
            let error = StorageError::new(ErrorKind::Unsupported, "copy", key.as_str());
            return Err(error.with_detail("the server cannot copy there"));
        }
        let source = self.target(from, key, Verb::Get, "copy")?;
        let target = there.target(to, new_key, Verb::Write, "copy")?;
        self.copy_target(source, (there, target), options, control).await
    }

    /// Moves an object: copies it, and removes the original once the copy is there.
    ///
    /// # Errors
    /// As [`Storage::copy`], and then everything is as before. When only removing the original fails, the error's detail
    /// says that there are two now.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let new = Key::parse("notes/hi.txt")?;
    /// let (from, to) = ((&Space::Private, &key), (&Space::Private, &new));
    /// storage.move_to(from, to, CopyOptions::default(), &control).await?;
    /// assert!(storage.find(&Space::Private, &key).await?.is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to(
        &self,
        (from, key): (&Space, &Key),
        (to, new_key): (&Space, &Key),
        options: CopyOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        let source = self.target(from, key, Verb::Get, "move")?;
        self.target(from, key, Verb::Delete, "move")?;
        let target = self.target(to, new_key, Verb::Write, "move")?;
        let stored = self.copy_target(source, (self, target), options, control).await?;
        match self.remove(from, key).await {
            Ok(()) => Ok(stored),
            Err(error) => {
                let detail = format!("the copy “{}” is there, the original stayed: {}", stored.key, error.detail());
                Err(StorageError::new(error.kind(), "move", key.as_str()).with_detail(detail))
            }
        }
    }

    async fn copy_target(
        &self,
        source: Target,
        (there, target): (&Storage, Target),
        options: CopyOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        if source.full == target.full && self.bucket() == there.bucket() {
            let error = StorageError::new(ErrorKind::NameNotAllowed, "copy", source.key.as_str());
            return Err(error.with_detail("it would be a copy onto itself"));
        }
        let if_exists = options.if_exists;
        let original = Original { storage: self, target: source, version: None };
        let opening = Copying::open(there, original, options.manner("copy"), control);
        let copying = control.run("copy", target.key.as_str(), opening).await?;
        let making = copying.made_before(&target);
        if let Some(stored) = control.run("copy", target.key.as_str(), async { Ok(making.await) }).await? {
            return Ok(stored);
        }
        Box::pin(conflict::write(&copying, target, if_exists)).await
    }
}
