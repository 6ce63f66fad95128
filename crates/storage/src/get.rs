//! Reading an object, or a range of it, into memory.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};

use crate::control::Control;
use crate::download::Fetch;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::space::{Space, Verb};
use crate::storage::Storage;

/// More than this in memory is a mistake of the caller's; there is `get_to_file`.
const MOST_IN_MEMORY: u64 = 512 * 1024 * 1024;

/// An object, or a range of one, in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The content, or the range that was asked for as far as it exists.
    pub bytes: Bytes,
    /// Bytes of the whole object.
    pub size: u64,
    /// Without quotes.
    pub etag: String,
    /// As it was stored.
    pub content_type: Option<String>,
    /// When it was stored.
    pub modified: Option<SystemTime>,
    /// What whoever stored it wrote of it, by names in lower case.
    pub metadata: BTreeMap<String, String>,
}

impl Storage {
    /// Reads an object, or those bytes of `range` that exist.
    ///
    /// # Errors
    /// `NotFound` or, where the policy hides which, `AccessDenied`; `TooLarge` for memory; else see [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let whole = storage.get(&Space::Private, &key, None, &control).await?;
    /// assert_eq!(whole.bytes, "Hello");
    /// let some = storage.get(&Space::Private, &key, Some(1..4), &control).await?;
    /// assert_eq!((some.bytes.as_ref(), some.size), (&b"ell"[..], 5));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(
        &self,
        space: &Space,
        key: &Key,
        range: Option<Range<u64>>,
        control: &Control,
    ) -> Result<Object, StorageError> {
        self.get_limited(space, key, range, MOST_IN_MEMORY, control).await
    }

    /// Reads a whole object of at most `limit` bytes; of a larger one nothing is read.
    ///
    /// # Errors
    /// `TooLarge`: it is larger; else as [`Storage::get`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// # storage.put(&Space::Private, &key, Body::Bytes("Hello".into()), PutOptions::new(IfExists::Fail), &control).await?;
    /// let read = storage.get_at_most(&Space::Private, &key, 4, &control).await;
    /// assert_eq!(read.unwrap_err().kind(), ErrorKind::TooLarge);
    /// assert_eq!(storage.get_at_most(&Space::Private, &key, 5, &control).await?.bytes, "Hello");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get_at_most(
        &self,
        space: &Space,
        key: &Key,
        limit: u64,
        control: &Control,
    ) -> Result<Object, StorageError> {
        self.get_limited(space, key, None, limit, control).await
    }

    async fn get_limited(
        &self,
        space: &Space,
        key: &Key,
        range: Option<Range<u64>>,
        limit: u64,
        control: &Control,
    ) -> Result<Object, StorageError> {
        let target = self.target(space, key, Verb::Get, "open")?;
        let work = async {
            let mut fetch = Fetch::open(self, target, "open", range, None, control, None).await?;
            if fetch.left() > limit {
                let detail = format!("{} bytes are more than the {limit} that were wanted", fetch.left());
                return Err(StorageError::new(ErrorKind::TooLarge, "open", key.as_str()).with_detail(detail));
            }
            let mut bytes = BytesMut::with_capacity(usize::try_from(fetch.left()).unwrap_or(0));
            while let Some(piece) = fetch.next().await? {
                bytes.extend_from_slice(&piece);
            }
            let about = fetch.about();
            Ok(Object {
                bytes: bytes.freeze(),
                size: about.size,
                etag: about.etag.clone(),
                content_type: about.content_type.clone(),
                modified: about.modified,
                metadata: about.metadata.clone(),
            })
        };
        control.run("open", key.as_str(), work).await
    }
}
