//! Why a verb failed: a kind by meaning, the verb, the object, and what the server said. Never a secret.

mod map;

use std::error::Error;
use std::fmt;

pub(crate) use map::{Cause, cause, innermost, of_answer};

use crate::list::ObjectInfo;

/// What a failure means for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// It is not there.
    NotFound,
    /// Something of this name is there; see [`StorageError::existing`].
    AlreadyExists,
    /// Not allowed; for a read also: not there (a policy without ListBucket hides which).
    AccessDenied,
    /// There are no credentials, or they are no longer valid.
    SignedOut,
    /// The server cannot be reached.
    Offline,
    /// The server asks for a pause.
    Throttled,
    /// This computer's clock is wrong.
    ClockSkew,
    /// The file or the object changed while it was on its way.
    ChangedMeanwhile,
    /// The server does not take such a name.
    NameNotAllowed,
    /// The file on this computer cannot be read or written.
    LocalFile,
    /// The disk of this computer is full.
    DiskFull,
    /// The caller stopped it.
    Cancelled,
    /// Larger than the server takes, or than the call is for.
    TooLarge,
    /// There is no such bucket.
    BucketMissing,
    /// This store has no such verb.
    Unsupported,
    /// What arrived is not what was sent: a checksum says so.
    Damaged,
    /// Anything else; the detail tells.
    Unexpected,
}

/// Parts of an upload that could neither be finished nor removed: a policy may forbid the abort. They cost money until a
/// lifecycle rule or an administrator removes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abandoned {
    /// The whole S3 key.
    pub full_key: String,
    /// S3's id of the unfinished upload.
    pub upload_id: String,
}

/// A failed verb.
pub struct StorageError(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    action: &'static str,
    object: String,
    detail: String,
    code: Option<String>,
    existing: Option<ObjectInfo>,
    abandoned: Option<Abandoned>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StorageError {
    pub(crate) fn new(kind: ErrorKind, action: &'static str, object: &str) -> Self {
        let object = object.to_owned();
        Self(Box::new(Inner {
            kind,
            action,
            object,
            detail: String::new(),
            code: None,
            existing: None,
            abandoned: None,
            source: None,
        }))
    }

    pub(crate) fn of(cause: Cause, action: &'static str, object: &str) -> Self {
        let mut error = Self::new(cause.kind, action, object).with_detail(cause.detail);
        error.0.code = cause.code;
        error.0.source = cause.source;
        error
    }

    /// A failure of the file on this computer.
    pub(crate) fn of_io(error: std::io::Error, action: &'static str, object: &str) -> Self {
        use std::io::ErrorKind as Io;
        let kind = match error.kind() {
            Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge => ErrorKind::DiskFull,
            Io::AlreadyExists => ErrorKind::AlreadyExists,
            _ => ErrorKind::LocalFile,
        };
        // Not the error's own text: it may name a path of this computer, and details are shown and copied.
        Self::new(kind, action, object).with_detail(error.kind().to_string()).with_source(error)
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    pub(crate) fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn with_existing(mut self, existing: Option<ObjectInfo>) -> Self {
        self.0.existing = existing;
        self
    }

    pub(crate) fn with_abandoned(mut self, abandoned: Option<Abandoned>) -> Self {
        self.0.abandoned = abandoned;
        self
    }

    /// What it means.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The verb, as in "couldn't … it": `upload`, `open`, `delete`.
    pub fn action(&self) -> &'static str {
        self.0.action
    }

    /// The key (or folder) inside its space.
    pub fn object(&self) -> &str {
        &self.0.object
    }

    /// For whoever runs the storage: HTTP status, S3 code, request id. Empty when there was no answer.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The server's own code, for example `NoSuchUpload`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// With `AlreadyExists`: what is there, where listing is allowed.
    pub fn existing(&self) -> Option<&ObjectInfo> {
        self.0.existing.as_ref()
    }

    /// Parts that stayed on the server because it refused to remove them.
    pub fn abandoned(&self) -> Option<&Abandoned> {
        self.0.abandoned.as_ref()
    }
}

impl ErrorKind {
    fn words(self) -> &'static str {
        match self {
            Self::NotFound => "it is not there",
            Self::AlreadyExists => "something of this name is there",
            Self::AccessDenied => "it is not there or not allowed",
            Self::SignedOut => "there are no valid credentials",
            Self::Offline => "the server cannot be reached",
            Self::Throttled => "the server asks for a pause",
            Self::ClockSkew => "the clock of this computer is wrong",
            Self::ChangedMeanwhile => "it changed meanwhile",
            Self::NameNotAllowed => "such a name is not allowed",
            Self::LocalFile => "the local file cannot be used",
            Self::DiskFull => "the disk is full",
            Self::Cancelled => "it was stopped",
            Self::TooLarge => "it is too large",
            Self::BucketMissing => "there is no such bucket",
            Self::Unsupported => "this store cannot do it",
            Self::Damaged => "what arrived is not what was sent",
            Self::Unexpected => "the server answered something unexpected",
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "couldn't {} {:?}: {}", self.0.action, self.0.object, self.0.kind.words())?;
        if self.0.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.0.detail) }
    }
}

impl fmt::Debug for StorageError {
    // An SDK error's own Debug prints whole answers of the server; kind and detail say what is needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StorageError")
            .field("kind", &self.0.kind)
            .field("action", &self.0.action)
            .field("object", &self.0.object)
            .field("detail", &self.0.detail)
            .field("abandoned", &self.0.abandoned)
            .finish_non_exhaustive()
    }
}

impl Error for StorageError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
