//! What happens when the name that something is to be stored under is taken. The same for uploads and copies.

use std::time::Duration;

use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::key::Key;
use crate::name::keep_both_name;
use crate::storage::{Storage, Target};

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

/// Something that can be stored under any name.
pub(crate) trait Write {
    /// For errors: `upload`, `copy`.
    fn action(&self) -> &'static str;
    fn storage(&self) -> &Storage;
    fn control(&self) -> &Control;
    /// What alone may be overwritten; `None`: whatever is there.
    fn replaces(&self) -> Option<&str>;
    /// Whether the server learns of a taken name only when everything has been sent.
    fn tells_late(&self) -> bool;
    /// Whether what is written is still what it was in the beginning.
    async fn is_unchanged(&self) -> bool;
    /// Writes. `only_new`: the server refuses when the key exists, else when it is another than [`Write::replaces`], and this
    /// fails with `AlreadyExists`.
    async fn send(&self, target: &Target, only_new: bool) -> Result<Stored, StorageError>;
}

/// Names that `KeepBoth` tries; beyond it somebody is counting against us.
const MOST_NAMES: u32 = 1000;
/// S3 answers 409 while another write of the same key is being decided; it is then asked again.
const CONFLICT_TRIES: u32 = 4;
const CONFLICT_WAIT: Duration = Duration::from_millis(200);

/// Writes to `target`, or where `if_exists` says. Its future is large: callers keep it on the heap.
pub(crate) async fn write(what: &impl Write, target: Target, if_exists: IfExists) -> Result<Stored, StorageError> {
    match if_exists {
        IfExists::Replace => match what.replaces() {
            Some(etag) => write_over(what, &target, etag).await,
            None => what.send(&target, false).await,
        },
        IfExists::Fail if !what.tells_late() => write_new(what, &target).await,
        IfExists::Fail | IfExists::Ask => {
            refuse_existing(what, &target).await?;
            write_new(what, &target).await
        }
        IfExists::KeepBoth => write_beside(what, target).await,
    }
}

async fn refuse_existing(what: &impl Write, target: &Target) -> Result<(), StorageError> {
    let key = target.key.as_str();
    match what.control().run(what.action(), key, what.storage().find_target(target)).await {
        Ok(None) => Ok(()),
        Ok(existing) => Err(StorageError::new(ErrorKind::AlreadyExists, what.action(), key).with_existing(existing)),
        // Who may write but not list is answered by the server's own condition.
        Err(error) if error.kind() == ErrorKind::AccessDenied => Ok(()),
        Err(error) => Err(error),
    }
}

/// Overwrites what has this ETag. Where another content took its place the person has not seen it, and nothing is lost; where
/// nothing is there any more, nothing is overwritten.
async fn write_over(what: &impl Write, target: &Target, etag: &str) -> Result<Stored, StorageError> {
    let key = target.key.as_str();
    // Looked up first: not every server knows the condition, and copies learn of it last.
    match what.control().run(what.action(), key, what.storage().find_target(target)).await {
        Ok(None) => return write_new(what, target).await,
        Ok(Some(there)) if there.etag != etag => {
            let error = StorageError::new(ErrorKind::AlreadyExists, what.action(), key);
            return Err(error.with_existing(Some(there)));
        }
        Ok(Some(_)) => {}
        Err(error) if error.kind() == ErrorKind::AccessDenied => {}
        Err(error) => return Err(error),
    }
    match write_in_turn(what, target, false).await {
        // It was deleted meanwhile.
        Err(error) if error.code() == Some("NoSuchKey") && what.is_unchanged().await => write_new(what, target).await,
        outcome => outcome,
    }
}

async fn write_new(what: &impl Write, target: &Target) -> Result<Stored, StorageError> {
    write_in_turn(what, target, true).await
}

/// Writes, once other writes of the same key are decided.
async fn write_in_turn(what: &impl Write, target: &Target, only_new: bool) -> Result<Stored, StorageError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let error = match what.send(target, only_new).await {
            Ok(stored) => return Ok(stored),
            Err(error) => error,
        };
        match error.kind() {
            // The source itself is looked at here, so this can only be S3's 409.
            ErrorKind::ChangedMeanwhile if tries < CONFLICT_TRIES && what.is_unchanged().await => {
                let wait = async {
                    tokio::time::sleep(CONFLICT_WAIT * tries).await;
                    Ok(())
                };
                what.control().run(what.action(), target.key.as_str(), wait).await?;
            }
            ErrorKind::AlreadyExists => {
                let existing = what.storage().find_target(target).await.ok().flatten();
                return Err(error.with_existing(existing));
            }
            _ => return Err(error),
        }
    }
}

async fn write_beside(what: &impl Write, first: Target) -> Result<Stored, StorageError> {
    let mut target = first.clone();
    for number in 2..=MOST_NAMES {
        let taken = match refuse_existing(what, &target).await {
            Ok(()) => write_new(what, &target).await,
            Err(error) => Err(error),
        };
        match taken {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                target = first.named(&keep_both_name(first.key.as_str(), number), what.action())?;
            }
            outcome => return outcome,
        }
    }
    let error = StorageError::new(ErrorKind::AlreadyExists, what.action(), first.key.as_str());
    Err(error.with_detail("every name is taken"))
}
