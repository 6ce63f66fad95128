//! The same stores behind the window's and the command line's verbs: what [`Storage`](amphora_storage::Storage) asks of a store.

use std::ops::Range;
use std::time::{Duration, SystemTime};

use amphora_storage::{Content, ErrorKind, Listed, ObjectInfo, Reading, Shape, Store, StoreError};
use futures::future::{BoxFuture, FutureExt};
use futures::stream::{StreamExt, TryStreamExt};
use opendal::{EntryMode, Metadata, Operator};
use uuid::Uuid;

use crate::{key, trouble};

/// Where a content waits until it is whole, in stores that can give it its name afterwards. Never shown.
const UNFINISHED: &str = ".amphora-unfinished/";
/// What is left there by a computer that was switched off is removed after this long.
const LEFT_BEHIND: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A store that OpenDAL knows.
#[derive(Clone, Debug)]
pub struct OpenDalStore {
    operator: Operator,
}

impl OpenDalStore {
    /// A store by its operator.
    pub fn new(operator: Operator) -> Self {
        Self { operator }
    }

    async fn list_now(&self, prefix: &str, shape: Shape) -> Result<Listed, StoreError> {
        checked_prefix(prefix)?;
        // A prefix is the beginning of a path, not a folder; the folder around it is listed and looked through.
        let folder = prefix.rfind('/').map_or("", |slash| &prefix[..=slash]);
        let listing = self.operator.lister_with(folder).recursive(shape == Shape::Deep).await;
        let mut listing = match listing {
            Err(error) if error.kind() == opendal::ErrorKind::NotFound => return Ok(Listed::default()),
            listing => listing.map_err(|error| trouble::kind(&error))?,
        };
        let mut listed = Listed::default();
        while let Some(entry) = listing.try_next().await.map_err(|error| trouble::kind(&error))? {
            let path = entry.path();
            // A listing tells of the folder itself, too; the top is a slash.
            let is_itself = path == folder || path == "/";
            if is_itself || !path.starts_with(prefix) || path.starts_with(UNFINISHED) {
                continue;
            }
            match entry.metadata().mode() {
                EntryMode::DIR if shape == Shape::Folder => listed.folders.push(path.to_owned()),
                EntryMode::DIR => {}
                EntryMode::FILE | EntryMode::Unknown => listed.objects.extend(self.look(path).await?),
            }
        }
        listed.objects.sort_by(|one, two| one.key.cmp(&two.key));
        listed.folders.sort();
        Ok(listed)
    }

    /// Not every store tells sizes in its listing, so each file is asked for; one that went meanwhile is none.
    async fn look(&self, path: &str) -> Result<Option<ObjectInfo>, StoreError> {
        match self.operator.stat(path).await {
            Ok(about) if about.mode() == EntryMode::DIR => Ok(None),
            Ok(about) => Ok(Some(info(path, &about))),
            Err(error) if error.kind() == opendal::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(trouble::kind(&error)),
        }
    }

    async fn read_now(&self, path: &str, range: Option<Range<u64>>) -> Result<Reading, StoreError> {
        checked(path)?;
        let about = self.operator.stat(path).await.map_err(|error| trouble::kind(&error))?;
        let (whole, content_type) = (about.content_length(), about.content_type().map(ToOwned::to_owned));
        let range = range.map_or(0..whole, |range| range.start.min(whole)..range.end.min(whole));
        let reader = self.operator.reader(path).await.map_err(|error| trouble::kind(&error))?;
        let bytes = reader.into_bytes_stream(range.clone()).await.map_err(|error| trouble::kind(&error))?;
        // A store's failure has passed through std::io by now; what it meant is not in it.
        let bytes = bytes.map_err(|error| StoreError { kind: ErrorKind::Offline, detail: error.kind().to_string() });
        Ok(Reading { about: info(path, &about), content_type, range, bytes: bytes.boxed() })
    }

    async fn write_now(&self, path: &str, content: Content<'_>) -> Result<String, StoreError> {
        if let Some(folder) = path.strip_suffix('/') {
            checked(folder)?;
            return self.make_folder(path).await;
        }
        checked(path)?;
        let only_new = content.only_new;
        if only_new && self.look(path).await?.is_some() {
            return Err(taken());
        }
        if !self.operator.info().capability().rename {
            self.fill(path, content, only_new).await?;
        } else {
            // Nobody sees half a file, and what is broken off leaves none under the name.
            self.sweep().await;
            let waiting = format!("{UNFINISHED}{}", Uuid::new_v4());
            let named = match self.fill(&waiting, content, false).await {
                // Asked again: sending may have taken an hour.
                Ok(()) if only_new && self.look(path).await?.is_some() => Err(taken()),
                Ok(()) => self.operator.rename(&waiting, path).await.map_err(|error| trouble::kind(&error)),
                Err(error) => Err(error),
            };
            if let Err(error) = named {
                drop(self.operator.delete(&waiting).await);
                return Err(error);
            }
        }
        Ok(self.look(path).await?.map(|object| object.etag).unwrap_or_default())
    }

    async fn make_folder(&self, path: &str) -> Result<String, StoreError> {
        match self.operator.create_dir(path).await {
            Ok(()) => Ok(String::new()),
            // A store without folders has an empty object in their place.
            Err(error) if error.kind() == opendal::ErrorKind::Unsupported => {
                let made = self.operator.write(path, Vec::<u8>::new()).await;
                made.map(|_| String::new()).map_err(|error| trouble::kind(&error))
            }
            Err(error) => Err(trouble::kind(&error)),
        }
    }

    async fn fill(&self, path: &str, mut content: Content<'_>, only_new: bool) -> Result<(), StoreError> {
        let failed = |error: opendal::Error| trouble::kind(&error);
        let can = self.operator.info().capability();
        let mut writing = self.operator.writer_with(path).if_not_exists(only_new && can.write_with_if_not_exists);
        if can.write_with_content_type {
            writing = writing.content_type(content.content_type);
        }
        let mut writer = writing.await.map_err(failed)?;
        while let Some(piece) = content.bytes.next().await {
            let written = match piece {
                Ok(piece) => writer.write(piece).await.map_err(failed),
                Err(error) => Err(StoreError { kind: ErrorKind::LocalFile, detail: error.kind().to_string() }),
            };
            if let Err(error) = written {
                // The failure that counts is the first.
                drop(writer.abort().await);
                return Err(error);
            }
        }
        writer.close().await.map(drop).map_err(failed)
    }

    /// Removes what computers that were switched off in the middle left waiting. No upload depends on it.
    async fn sweep(&self) {
        let Ok(left) = self.operator.list(UNFINISHED).await else { return };
        for entry in left {
            let Ok(about) = self.operator.stat(entry.path()).await else { continue };
            let since = about.last_modified().map(SystemTime::from).and_then(|at| at.elapsed().ok());
            if about.mode() == EntryMode::FILE && since.is_some_and(|since| since > LEFT_BEHIND) {
                drop(self.operator.delete(entry.path()).await);
            }
        }
    }

    async fn remove_now(&self, path: &str) -> Result<(), StoreError> {
        checked(path.strip_suffix('/').unwrap_or(path))?;
        self.operator.delete(path).await.map_err(|error| trouble::kind(&error))
    }
}

/// A store without tags of contents gets one that changes with every write that matters.
fn info(path: &str, about: &Metadata) -> ObjectInfo {
    let modified: Option<SystemTime> = about.last_modified().map(Into::into);
    let since = modified.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    let made_up = || format!("{:x}-{:x}", since.as_nanos(), about.content_length());
    let etag = about.etag().map_or_else(made_up, |etag| etag.trim_matches('"').to_owned());
    ObjectInfo { key: path.to_owned(), size: about.content_length(), etag, modified }
}

fn checked(path: &str) -> Result<(), StoreError> {
    let hidden = format!("{path}/").starts_with(UNFINISHED);
    match key::check(path) {
        Ok(()) if !hidden => Ok(()),
        _ => {
            Err(StoreError { kind: ErrorKind::NameNotAllowed, detail: "this store cannot keep such a name".to_owned() })
        }
    }
}

fn checked_prefix(prefix: &str) -> Result<(), StoreError> {
    match prefix.rfind('/') {
        Some(slash) => checked(&prefix[..slash]),
        None => Ok(()),
    }
}

fn taken() -> StoreError {
    StoreError { kind: ErrorKind::AlreadyExists, detail: "something of this name is there".to_owned() }
}

impl Store for OpenDalStore {
    fn list<'a>(&'a self, prefix: &'a str, shape: Shape) -> BoxFuture<'a, Result<Listed, StoreError>> {
        self.list_now(prefix, shape).boxed()
    }

    fn find<'a>(&'a self, path: &'a str) -> BoxFuture<'a, Result<Option<ObjectInfo>, StoreError>> {
        async move {
            match path.strip_suffix('/') {
                Some(folder) => checked(folder)?,
                None => checked(path)?,
            }
            self.look(path).await
        }
        .boxed()
    }

    fn read<'a>(&'a self, path: &'a str, range: Option<Range<u64>>) -> BoxFuture<'a, Result<Reading, StoreError>> {
        self.read_now(path, range).boxed()
    }

    fn write<'a>(&'a self, path: &'a str, content: Content<'a>) -> BoxFuture<'a, Result<String, StoreError>> {
        self.write_now(path, content).boxed()
    }

    fn remove<'a>(&'a self, path: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        self.remove_now(path).boxed()
    }
}
