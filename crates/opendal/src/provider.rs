//! The provider: levels as prefixes of paths, and the verbs by OpenDAL's operator.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use amphora_storage::category::{
    CallOptions, CategoryError, GetCall, Got, Level, ListCall, ListItem, Listed, PutCall, PutProgress, PutResult,
    RemoveCall, StorageProvider,
};
use amphora_storage::{Body, IdentityId, IfExists, Object, Owner, Patches, SignedUrl, Space, keep_both_name};
use bytes::Bytes;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::TryStreamExt;
use opendal::{EntryMode, ErrorKind, Operator, UserMetadata};
use serde_json::{Map, Value, json};
use tokio::io::AsyncReadExt;

use crate::{key, trouble};

/// What one read takes from the disk.
const PIECE: usize = 1024 * 1024;
/// Names that `KeepBoth` tries.
const MOST_NAMES: u32 = 1000;
/// Amplify's life of a link, in seconds.
const LINK_LIFE: u64 = 900;

/// One store under a name that `provider` in a call's options asks for.
#[derive(Debug)]
pub struct OpenDalProvider {
    name: String,
    operator: Operator,
    me: Option<IdentityId>,
    level: RwLock<Level>,
}

impl OpenDalProvider {
    /// A store as one identity sees it; without one there is only Public.
    pub fn new(name: impl Into<String>, operator: Operator, me: Option<IdentityId>) -> Self {
        Self { name: name.into(), operator, me, level: RwLock::default() }
    }

    /// Where a call's keys are kept. `changes`: another person's space is refused.
    fn prefix(&self, call: &CallOptions, changes: bool) -> Result<String, CategoryError> {
        let level = call.level.unwrap_or(*self.level.read().unwrap_or_else(PoisonError::into_inner));
        let other = call.identity_id.clone().filter(|id| Some(id) != self.me.as_ref());
        let space = match (level, other) {
            (Level::Public, _) => Space::Public,
            (Level::Protected, None) => Space::Protected(Owner::Me),
            (Level::Private, None) => Space::Private,
            (Level::Protected, Some(other)) if !changes => Space::Protected(Owner::Person(other)),
            (Level::Protected | Level::Private, Some(_)) => {
                let message = "another person's files are theirs alone".to_owned();
                return Err(CategoryError::Provider { code: "AccessDenied", message });
            }
        };
        let prefixes = call.custom_prefix.clone().unwrap_or_default().prefixes();
        let prefix = prefixes.of(&space, self.me.as_ref());
        let prefix = prefix.map_err(|error| CategoryError::NoCredentials { cause: error.to_string() })?;
        if !prefix.is_empty() {
            key::check(prefix.strip_suffix('/').unwrap_or(&prefix))?;
        }
        Ok(prefix)
    }

    fn path(&self, call: &CallOptions, key: &str, changes: bool) -> Result<String, CategoryError> {
        key::check(key)?;
        Ok(format!("{}{key}", self.prefix(call, changes)?))
    }

    async fn put_now(&self, key: &str, body: Body, options: PutCall) -> Result<PutResult, CategoryError> {
        if options.customer_key.is_some() || options.attributes.encryption.is_some() {
            let message = "this store does not encrypt as asked, so nothing was stored".to_owned();
            return Err(CategoryError::Provider { code: "NotImplemented", message });
        }
        let if_exists = options.if_exists.unwrap_or(IfExists::Fail);
        let mut name = key.to_owned();
        for number in 2..=MOST_NAMES {
            let path = self.path(&options.call, &name, true)?;
            match self.write(&path, &name, &body, &options, if_exists != IfExists::Replace).await {
                Err(taken) if if_exists == IfExists::KeepBoth && taken.code() == "PreconditionFailed" => {
                    name = keep_both_name(key, number);
                }
                outcome => return outcome.map(|()| PutResult { key: name }),
            }
        }
        let message = format!("couldn't upload {key:?}: too many of its names are taken");
        Err(CategoryError::Provider { code: "PreconditionFailed", message })
    }

    async fn write(
        &self,
        path: &str,
        key: &str,
        body: &Body,
        options: &PutCall,
        only_new: bool,
    ) -> Result<(), CategoryError> {
        let failed = |error: &opendal::Error| trouble::of(error, "upload", key);
        let can = self.operator.info().capability();
        if only_new && !can.write_with_if_not_exists {
            // Without the store's help the look comes before the write; another writer in between would be overwritten.
            if self.operator.exists(path).await.map_err(|error| failed(&error))? {
                let error = opendal::Error::new(ErrorKind::AlreadyExists, "taken");
                return Err(failed(&error));
            }
        }
        if let Body::Patched(file, patches) = body {
            // Before anything is made in the store: not every one takes it back.
            let about = tokio::fs::metadata(file).await.map_err(|_| unreadable(key))?;
            still_fit(patches, &about, key)?;
        }
        let mut writing = self.operator.writer_with(path).if_not_exists(only_new && can.write_with_if_not_exists);
        if let Some(content_type) = options.content_type.as_ref().filter(|_| can.write_with_content_type) {
            writing = writing.content_type(content_type);
        }
        let mut writer = writing.await.map_err(|error| failed(&error))?;
        let sent = self.send(&mut writer, path, key, body, options).await;
        match sent {
            Ok(()) => writer.close().await.map(drop).map_err(|error| failed(&error)),
            Err(error) => {
                // The failure that counts is the first; a store that cannot abort shows nothing before the close.
                drop(writer.abort().await);
                Err(error)
            }
        }
    }

    async fn send(
        &self,
        writer: &mut opendal::Writer,
        path: &str,
        key: &str,
        body: &Body,
        options: &PutCall,
    ) -> Result<(), CategoryError> {
        let failed = |error: &opendal::Error| trouble::of(error, "upload", key);
        let tell = |loaded, total| {
            if let Some(report) = &options.progress {
                report(PutProgress { loaded, total, part: 1, key: path.to_owned() });
            }
        };
        let (file, patches): (&Path, _) = match body {
            Body::Bytes(bytes) => {
                writer.write(bytes.clone()).await.map_err(|error| failed(&error))?;
                tell(bytes.len() as u64, bytes.len() as u64);
                return Ok(());
            }
            Body::File(path) => (path, None),
            Body::Patched(path, patches) => (path, Some(patches)),
            Body::Spooled(path) => (path, None),
        };
        let mut file = tokio::fs::File::open(file).await.map_err(|_| unreadable(key))?;
        let about = file.metadata().await.map_err(|_| unreadable(key))?;
        if let Some(patches) = patches {
            still_fit(patches, &about, key)?;
        }
        let total = about.len();
        let mut loaded = 0;
        loop {
            if options.call.cancel.is_cancelled() {
                let message = format!("couldn't upload {key:?}: it was stopped");
                return Err(CategoryError::Provider { code: "RequestAbortedError", message });
            }
            let mut piece = Vec::with_capacity(PIECE);
            let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece).await.map_err(|_| unreadable(key))?;
            if read == 0 {
                return Ok(());
            }
            if let Some(patches) = patches {
                patches.apply(&mut piece, loaded);
            }
            writer.write(Bytes::from(piece)).await.map_err(|error| failed(&error))?;
            loaded += read as u64;
            tell(loaded, total.max(loaded));
        }
    }

    async fn get_now(&self, key: &str, options: GetCall) -> Result<Got, CategoryError> {
        let path = self.path(&options.call, key, false)?;
        let verb = if options.download { "open" } else { "share" };
        let failed = |error: opendal::Error| trouble::of(&error, verb, key);
        if options.download {
            let about = self.operator.stat(&path).await.map_err(failed)?;
            let bytes = self.operator.read(&path).await.map_err(failed)?.to_bytes();
            return Ok(Got::Object(Object {
                size: bytes.len() as u64,
                bytes,
                etag: about.etag().unwrap_or_default().trim_matches('"').to_owned(),
                content_type: about.content_type().map(ToOwned::to_owned),
                modified: about.last_modified().map(Into::into),
                metadata: about.user_metadata().map(owned).unwrap_or_default(),
            }));
        }
        if options.validate_object_existence.unwrap_or(true) {
            self.operator.stat(&path).await.map_err(failed)?;
        }
        let life = Duration::from_secs(options.expires.filter(|seconds| *seconds > 0).unwrap_or(LINK_LIFE));
        let expires_at = SystemTime::now() + life;
        let request = self.operator.presign_read(&path, life).await.map_err(failed)?;
        Ok(Got::Url(SignedUrl { url: request.uri().to_string(), expires_at }))
    }

    async fn list_now(&self, path: &str, options: ListCall) -> Result<Listed, CategoryError> {
        let failed = |error: opendal::Error| trouble::of(&error, "list", path);
        let prefix = self.prefix(&options.call, false)?;
        if path.split('/').any(|segment| segment == ".." || segment == ".") {
            key::check(path)?;
        }
        let wanted = format!("{prefix}{path}");
        // A path of the category is the beginning of a key, not a folder; the folder around it is listed and looked through.
        let folder = wanted.rfind('/').map_or("", |slash| &wanted[..=slash]);
        let listing = match self.operator.lister_with(folder).recursive(true).await {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Listed::default()),
            listing => listing.map_err(failed)?,
        };
        let mut items = Vec::new();
        let mut listing = std::pin::pin!(listing);
        while let Some(entry) = listing.try_next().await.map_err(failed)? {
            let full = entry.path().to_owned();
            if entry.metadata().mode() == EntryMode::DIR || !full.starts_with(&wanted) {
                continue;
            }
            // Not every store tells sizes in its listing.
            let about = self.operator.stat(&full).await.map_err(failed)?;
            items.push(ListItem {
                key: full[prefix.len()..].to_owned(),
                e_tag: format!("\"{}\"", about.etag().unwrap_or_default().trim_matches('"')),
                last_modified: about.last_modified().map(Into::into),
                size: about.content_length(),
            });
        }
        items.sort_by(|one, two| one.key.cmp(&two.key));
        Ok(page(items, &options))
    }
}

fn owned(metadata: UserMetadata<'_>) -> BTreeMap<String, String> {
    metadata.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Stores list in orders of their own, so pages are cut from the whole; the token is the last key of the page before.
fn page(mut items: Vec<ListItem>, options: &ListCall) -> Listed {
    if let Some(after) = &options.next_token {
        items.retain(|item| item.key > *after);
    }
    let size = options.page_size.map_or(usize::MAX, |size| usize::from(size.clamp(1, 1000)));
    let more = items.len() > size;
    items.truncate(size);
    let next_token = items.last().filter(|_| more).map(|item| item.key.clone());
    Listed { items, next_token }
}

/// Patches go over the file that they were made for, and over no other.
fn still_fit(patches: &Patches, about: &Metadata, key: &str) -> Result<(), CategoryError> {
    if patches.fit(about) {
        return Ok(());
    }
    let message = format!("couldn't upload {key:?}: the local file changed meanwhile");
    Err(CategoryError::Provider { code: "LocalFile", message })
}

fn unreadable(key: &str) -> CategoryError {
    let message = format!("couldn't upload {key:?}: the local file cannot be read");
    CategoryError::Provider { code: "LocalFile", message }
}

impl StorageProvider for OpenDalProvider {
    fn configure(&self, config: &Map<String, Value>) -> Result<Value, CategoryError> {
        let unknown: Vec<_> =
            config.keys().filter(|key| *key != "level").map(|k| format!("{}.{k}", self.name)).collect();
        if !unknown.is_empty() {
            return Err(CategoryError::UnknownKeys(unknown));
        }
        let mut level = self.level.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = config.get("level") {
            let expected = "the name of a level";
            let wrong = || CategoryError::WrongType { key: "level".to_owned(), expected };
            *level = value.as_str().ok_or_else(wrong)?.parse()?;
        }
        Ok(json!({ self.name.clone(): { "level": format!("{level:?}").to_lowercase() } }))
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        body: Body,
        options: PutCall,
    ) -> BoxFuture<'a, Result<PutResult, CategoryError>> {
        self.put_now(key, body, options).boxed()
    }

    fn get<'a>(&'a self, key: &'a str, options: GetCall) -> BoxFuture<'a, Result<Got, CategoryError>> {
        self.get_now(key, options).boxed()
    }

    fn remove<'a>(&'a self, key: &'a str, options: RemoveCall) -> BoxFuture<'a, Result<(), CategoryError>> {
        async move {
            let path = self.path(&options.call, key, true)?;
            self.operator.delete(&path).await.map_err(|error| trouble::of(&error, "delete", key))
        }
        .boxed()
    }

    fn list<'a>(&'a self, path: &'a str, options: ListCall) -> BoxFuture<'a, Result<Listed, CategoryError>> {
        self.list_now(path, options).boxed()
    }

    fn get_provider_name(&self) -> &str {
        &self.name
    }
}
