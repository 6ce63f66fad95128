//! What a call of a verb tells whoever tracks it: names, attributes, metrics and messages of Amplify Storage's Hub
//! channel `storage`. A message never holds a link, since whoever has a link can open the object.

use std::fmt;

/// One call of a verb and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub kind: EventKind,
    /// The key inside the level: of a copy the new one, of a listing none.
    pub key: String,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// Bytes of a downloaded object; `None` for everything else.
    pub file_size: Option<u64>,
    /// One sentence, with the key inside the level.
    pub message: String,
}

/// What was done. Names of events and methods are Amplify's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// `put`.
    Upload,
    /// `get` for a link.
    GetSignedUrl,
    /// `get` for the content.
    Download,
    /// `remove`.
    Delete,
    /// `list`.
    List,
    /// `copy`; also the first half of a move.
    Copy,
}

impl EventKind {
    /// The event's name on the channel `storage`.
    pub fn event(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::GetSignedUrl => "getSignedUrl",
            Self::Download => "download",
            Self::Delete => "delete",
            Self::List => "list",
            Self::Copy => "copy",
        }
    }

    /// The attribute `method`.
    pub fn method(self) -> &'static str {
        match self {
            Self::Upload => "put",
            Self::GetSignedUrl | Self::Download => "get",
            Self::Delete => "remove",
            Self::List => "list",
            Self::Copy => "copy",
        }
    }
}

impl Event {
    /// An upload of one object.
    pub fn upload(key: &str, succeeded: bool) -> Self {
        let message = if succeeded { format!("Upload success for {key}") } else { format!("Error uploading {key}") };
        Self { kind: EventKind::Upload, key: key.to_owned(), succeeded, file_size: None, message }
    }

    /// A download of one object: how many bytes, or why not.
    pub fn download(key: &str, outcome: Result<u64, &dyn fmt::Display>) -> Self {
        let message = match outcome {
            Ok(_) => format!("Download success for {key}"),
            Err(error) => format!("Download failed with {error}"),
        };
        Self {
            kind: EventKind::Download,
            key: key.to_owned(),
            succeeded: outcome.is_ok(),
            file_size: outcome.ok(),
            message,
        }
    }

    /// A copy of one object; also the first half of a move.
    pub fn copy(from: &str, to: &str, succeeded: bool) -> Self {
        let message = if succeeded {
            format!("Copy success from {from} to {to}")
        } else {
            format!("Copy failed from {from} to {to}")
        };
        Self { kind: EventKind::Copy, key: to.to_owned(), succeeded, file_size: None, message }
    }

    /// A link to one object, which is never told.
    pub fn link(key: &str, succeeded: bool) -> Self {
        let message =
            if succeeded { format!("Signed URL: {key}") } else { format!("Could not get a signed URL for {key}") };
        Self { kind: EventKind::GetSignedUrl, key: key.to_owned(), succeeded, file_size: None, message }
    }

    /// A deletion of one object, or why it is still there.
    pub fn deletion(key: &str, outcome: Result<(), &dyn fmt::Display>) -> Self {
        let message = match outcome {
            Ok(()) => format!("Deleted {key} successfully"),
            Err(error) => format!("Deletion of {key} failed with {error}"),
        };
        Self { kind: EventKind::Delete, key: key.to_owned(), succeeded: outcome.is_ok(), file_size: None, message }
    }

    /// The attributes: `method` and `result`.
    pub fn attributes(&self) -> [(&'static str, &'static str); 2] {
        [("method", self.kind.method()), ("result", if self.succeeded { "success" } else { "failed" })]
    }

    /// The metrics: `fileSize` of a download, else none.
    pub fn metrics(&self) -> Option<(&'static str, u64)> {
        self.file_size.map(|size| ("fileSize", size))
    }
}

/// Takes events. Must be quick and cannot fail: tracking never slows or breaks what it tracks.
pub trait EventSink: fmt::Debug + Send + Sync {
    /// Takes one event, or drops it.
    fn record(&self, event: Event);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_metrics_are_amplifys() {
        let event = |kind, succeeded, file_size| Event {
            kind,
            key: String::new(),
            succeeded,
            file_size,
            message: String::new(),
        };
        let download = event(EventKind::Download, true, Some(5));
        assert_eq!(download.attributes(), [("method", "get"), ("result", "success")]);
        assert_eq!(download.metrics(), Some(("fileSize", 5)));
        let put = event(EventKind::Upload, false, None);
        assert_eq!(put.attributes(), [("method", "put"), ("result", "failed")]);
        assert_eq!(put.metrics(), None);
    }
}
