//! Storing an object, and what happens when its name is taken.

use std::time::Duration;

use crate::attributes::Attributes;
use crate::body::{Body, Meter, Source};
use crate::content_type;
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::name::keep_both_name;
use crate::space::Space;
use crate::storage::{Storage, Target};
use crate::transfer::{self, Upload};

pub use crate::transfer::{DEFAULT_PART_SIZE, MAX_PARTS};

/// What to do when something of the name is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfExists {
    /// Fail with `AlreadyExists`; decided by the server, so that two at once cannot both win.
    Fail,
    /// Overwrite.
    Replace,
    /// Store under the next free name: "report (2).pdf". Decided by the server.
    KeepBoth,
    /// As `Fail`, and looked up before a byte is sent.
    Ask,
}

/// How to store an object.
#[derive(Clone, Debug)]
pub struct PutOptions {
    /// What to do when something of the name is there.
    pub if_exists: IfExists,
    /// The content type; guessed from the name when `None`.
    pub content_type: Option<String>,
    /// What is stored with it.
    pub attributes: Attributes,
    /// Bytes of one part. Up to this size an upload is one request. S3 takes 5 MiB to 5 GiB; grows by itself when there
    /// would be more than [`MAX_PARTS`].
    pub part_size: u64,
    /// Parts in flight at once.
    pub concurrency: usize,
}

impl PutOptions {
    /// The usual options; what to do with a taken name is always the caller's decision.
    pub fn new(if_exists: IfExists) -> Self {
        Self {
            if_exists,
            content_type: None,
            attributes: Attributes::default(),
            part_size: DEFAULT_PART_SIZE,
            concurrency: 4,
        }
    }
}

/// A stored object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The key inside the space; with `KeepBoth` not always the one asked for.
    pub key: Key,
    /// Without quotes.
    pub etag: String,
    /// Bytes.
    pub size: u64,
}

/// Names that `KeepBoth` tries; beyond it somebody is counting against us.
const MOST_NAMES: u32 = 1000;
/// S3 answers 409 while another write of the same key is being decided; it is then asked again.
const CONFLICT_TRIES: u32 = 4;
const CONFLICT_WAIT: Duration = Duration::from_millis(200);

impl Storage {
    /// Stores an object. Either all of it is there afterwards, or nothing.
    ///
    /// # Errors
    /// `AlreadyExists` with what is there; `LocalFile` or `ChangedMeanwhile` for the file on disk; else see [`ErrorKind`].
    /// After `Cancelled` or any other failure no parts stay on the server, or [`StorageError::abandoned`] names them.
    pub async fn put(
        &self,
        space: &Space,
        key: &Key,
        body: Body,
        options: PutOptions,
        control: &Control,
    ) -> Result<Stored, StorageError> {
        let target = self.target_to_change(space, key, "upload")?;
        let opened = Source::open(body).await;
        let source = opened.map_err(|error| StorageError::of_io(error, "upload", key.as_str()))?;
        let plan = transfer::plan(source.len(), options.part_size);
        let plan = plan.ok_or_else(|| StorageError::new(ErrorKind::TooLarge, "upload", key.as_str()))?;
        let upload = Upload {
            storage: self,
            content_type: options.content_type.unwrap_or_else(|| content_type::guess(key.as_str())),
            attributes: options.attributes,
            meter: Meter::new(control.progress.clone(), source.len()).into(),
            source,
            plan,
            concurrency: options.concurrency.max(1),
            control,
        };
        match options.if_exists {
            IfExists::Replace => upload.send(&target, false).await,
            IfExists::Fail if upload.plan.is_single() => self.put_new(&upload, &target).await,
            IfExists::Fail | IfExists::Ask => {
                // A multipart upload learns only at its end that the name was taken, so it is looked up first.
                self.refuse_existing(&target, control).await?;
                self.put_new(&upload, &target).await
            }
            IfExists::KeepBoth => self.put_beside(&upload, target).await,
        }
    }

    /// Makes an empty folder: an object without content whose key ends with a slash.
    ///
    /// # Errors
    /// `AlreadyExists`: the folder's marker is there; else see [`ErrorKind`].
    pub async fn new_folder(&self, space: &Space, folder: &str) -> Result<(), StorageError> {
        let key = Key::parse(&format!("{}/", folder.strip_suffix('/').unwrap_or(folder)))?;
        let content_type = Some("application/x-directory".to_owned());
        let options = PutOptions { content_type, ..PutOptions::new(IfExists::Fail) };
        let made = self.put(space, &key, Body::Bytes(Default::default()), options, &Control::default()).await;
        made.map(drop)
    }

    async fn refuse_existing(&self, target: &Target, control: &Control) -> Result<(), StorageError> {
        let key = target.key.as_str();
        match control.run("upload", key, self.find_target(target)).await {
            Ok(None) => Ok(()),
            Ok(existing) => Err(StorageError::new(ErrorKind::AlreadyExists, "upload", key).with_existing(existing)),
            // Who may write but not list is answered by the server's own condition.
            Err(error) if error.kind() == ErrorKind::AccessDenied => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn put_new(&self, upload: &Upload<'_>, target: &Target) -> Result<Stored, StorageError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let error = match upload.send(target, true).await {
                Ok(stored) => return Ok(stored),
                Err(error) => error,
            };
            match error.kind() {
                // The source itself is looked at here, so this can only be S3's 409.
                ErrorKind::ChangedMeanwhile if tries < CONFLICT_TRIES && upload.source.is_unchanged().await => {
                    let wait = async {
                        tokio::time::sleep(CONFLICT_WAIT * tries).await;
                        Ok(())
                    };
                    upload.control.run("upload", target.key.as_str(), wait).await?;
                }
                ErrorKind::AlreadyExists => {
                    let existing = self.find_target(target).await.ok().flatten();
                    return Err(error.with_existing(existing));
                }
                _ => return Err(error),
            }
        }
    }

    async fn put_beside(&self, upload: &Upload<'_>, first: Target) -> Result<Stored, StorageError> {
        let mut target = first.clone();
        for number in 2..=MOST_NAMES {
            let taken = match self.refuse_existing(&target, upload.control).await {
                Ok(()) => self.put_new(upload, &target).await,
                Err(error) => Err(error),
            };
            match taken {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    target = first.named(&keep_both_name(first.key.as_str(), number), "upload")?;
                }
                outcome => return outcome,
            }
        }
        Err(StorageError::new(ErrorKind::AlreadyExists, "upload", first.key.as_str())
            .with_detail("every name is taken"))
    }
}
