//! Storing an object.

use std::sync::Arc;

use crate::attributes::Attributes;
use crate::body::{Body, Meter, Source};
use crate::checksum::Checksum;
use crate::conflict::{self, IfExists, Stored};
use crate::content_type;
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::pace::Way;
use crate::space::{Space, Verb};
use crate::storage::Storage;
use crate::transfer::{self, Upload, UploadMemory};

pub use crate::transfer::{DEFAULT_PART_SIZE, MAX_PARTS};

/// How to store an object.
#[derive(Clone, Debug)]
pub struct PutOptions {
    /// What to do when something of the name is there.
    pub if_exists: IfExists,
    /// With [`IfExists::Replace`]: the ETag of what alone may be overwritten, without quotes. Where it is another by then, the
    /// upload fails with `AlreadyExists`; where nothing is there any more, it is stored all the same.
    pub replaces: Option<String>,
    /// The content type; guessed from the name, else from the first bytes, when `None`.
    pub content_type: Option<String>,
    /// What is stored with it.
    pub attributes: Attributes,
    /// Bytes of one part. Up to this size an upload is one request. S3 takes 5 MiB to 5 GiB; grows by itself when there
    /// would be more than [`MAX_PARTS`]. `None`: from [`DEFAULT_PART_SIZE`] on, larger for larger files.
    pub part_size: Option<u64>,
    /// Parts in flight at once at the most; how many there are is the [`Pace`](crate::Pace)'s to decide.
    pub concurrency: usize,
    /// How it is proved that everything arrived as it was.
    pub checksum: Checksum,
    /// Lets an upload in parts go on at a later try. With it, a failure or a stop leaves the parts where they are, for
    /// [`Storage::discard_upload`] to remove; without, they are removed at once.
    pub memory: Option<Arc<dyn UploadMemory>>,
}

impl PutOptions {
    /// The usual options; what to do with a taken name is always the caller's decision.
    pub fn new(if_exists: IfExists) -> Self {
        Self {
            if_exists,
            replaces: None,
            content_type: None,
            attributes: Attributes::default(),
            part_size: None,
            concurrency: 16,
            checksum: Checksum::default(),
            memory: None,
        }
    }
}

impl Storage {
    /// Stores an object. Either all of it is there afterwards, or nothing.
    ///
    /// # Errors
    /// `AlreadyExists` with what is there; `LocalFile` or `ChangedMeanwhile` for the file on disk; else see [`ErrorKind`].
    /// After `Cancelled` or any other failure no parts stay on the server, or [`StorageError::abandoned`] names them;
    /// unless [`PutOptions::memory`] keeps them for a later try.
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// # let (key, control) = (Key::parse("notes/hello.txt")?, Control::default());
    /// let options = PutOptions::new(IfExists::Fail);
    /// let body = Body::Bytes("Hello".into());
    /// let stored = storage.put(&Space::Private, &key, body, options, &control).await?;
    /// assert_eq!((stored.key.as_str(), stored.size), ("notes/hello.txt", 5));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn put(
        &self,
        space: &Space,
        key: &Key,
        body: Body,
        options: PutOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        let target = self.target(space, key, Verb::Write, "upload")?;
        let opened = Source::open(body).await;
        let source = opened.map_err(|error| transfer::file_error(error, key.as_str()))?;
        let plan = transfer::plan(source.len(), options.part_size);
        let plan = plan.ok_or_else(|| StorageError::new(ErrorKind::TooLarge, "upload", key.as_str()))?;
        let content_type = match options.content_type {
            Some(content_type) => content_type,
            None => {
                let some = source.len().min(content_type::BEGINNING as u64) as usize;
                let beginning = source.read(0, some).await;
                let beginning = beginning.map_err(|error| StorageError::of_io(error, "upload", key.as_str()))?;
                content_type::guess(key.as_str(), &beginning)
            }
        };
        let upload = Upload {
            storage: self,
            lane: self.pace().lane(Way::Up, plan.is_single()),
            content_type,
            attributes: options.attributes,
            meter: Meter::new(control.progress.clone(), source.len()).into(),
            source,
            plan,
            concurrency: options.concurrency.max(1),
            checksum: options.checksum,
            // The condition is a look at what is there.
            replaces: options.replaces.filter(|_| space.refusal(Verb::Get, self.identity()).is_none()),
            memory: options.memory,
            control,
        };
        Box::pin(conflict::write(&upload, target, options.if_exists)).await
    }

    /// Makes an empty folder: an object without content whose key ends with a slash.
    ///
    /// # Errors
    /// `AlreadyExists`: the folder's marker is there; else see [`ErrorKind`].
    ///
    /// # Examples
    /// ```
    /// # amphora_testbed::run(async |bed| {
    /// # let storage = bed.storage();
    /// # use amphora_storage::*;
    /// storage.new_folder(&Space::Public, "photos/2026").await?;
    /// let page = storage.list_page(&Space::Public, "photos/", Shape::Folder, None).await?;
    /// assert_eq!(page.folders, ["photos/2026/"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn new_folder(&self, space: &Space, folder: &str) -> Result<(), StorageError> {
        let key = Key::parse(&format!("{}/", folder.strip_suffix('/').unwrap_or(folder)))?;
        let content_type = Some("application/x-directory".to_owned());
        let options = PutOptions { content_type, ..PutOptions::new(IfExists::Fail) };
        let made = self.put(space, &key, Body::Bytes(Default::default()), options, &Control::default()).await;
        made.map(drop)
    }
}
