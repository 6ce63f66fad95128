//! Copying and moving objects inside a bucket, on the server.

use crate::conflict::{self, IfExists, Stored};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::space::{Space, Verb};
use crate::storage::{Storage, Target};
use crate::transfer::Copying;

/// How to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyOptions {
    /// What to do when something of the name is there.
    pub if_exists: IfExists,
    /// Bytes that one request copies; what is larger is copied in parts, side by side. S3 takes 5 MiB to 5 GiB.
    pub part_size: u64,
}

impl Default for CopyOptions {
    /// Overwrites nothing; 512 MiB, which S3 copies in seconds.
    fn default() -> Self {
        Self { if_exists: IfExists::Fail, part_size: 512 * 1024 * 1024 }
    }
}

impl Storage {
    /// Copies an object of any size with what is stored with it, inside the bucket: the bytes stay on the server.
    /// Somebody else's protected files can be copied from, not to. An access list of its own is not copied (S3's rule).
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
        let source = self.target(from, key, Verb::Get, "copy")?;
        let target = self.target(to, new_key, Verb::Write, "copy")?;
        self.copy_target(source, target, options, control).await
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
        let stored = self.copy_target(source, target, options, control).await?;
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
        target: Target,
        options: CopyOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        if source.full == target.full {
            let error = StorageError::new(ErrorKind::NameNotAllowed, "copy", source.key.as_str());
            return Err(error.with_detail("it would be a copy onto itself"));
        }
        let opening = Copying::open(self, source, None, options.part_size, "copy", control);
        let copying = control.run("copy", target.key.as_str(), opening).await?;
        conflict::write(&copying, target, options.if_exists).await
    }
}
