//! Copies a file through this computer, where no server copies from the one place to the other: fetched into the data folder,
//! then sent. Each half goes on where a break, an end or a crash stopped it.

use super::copying::{NoCopy, Spot};
use super::download::WORTH_KEEPING;
use super::identical::{is_identical, is_same_content};
use crate::app::App;
use crate::wire::Failure;
use amphora_storage::{Attributes, Body, Control, CopyOptions, IfExists, ObjectInfo, Progress, PutOptions, Stored};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where files are that are on their way through, in a folder for each transfer.
const FOLDER: &str = "copies";

impl App {
    pub(super) async fn copy_through(
        &self,
        id: u64,
        (source, original): (&Spot, &ObjectInfo),
        target: &Spot,
        CopyOptions { if_exists, replaces, memory, .. }: CopyOptions,
        control: &Control,
    ) -> Result<Stored, NoCopy> {
        if if_exists == IfExists::Fail && target.find().await?.is_some() {
            // Before a byte is fetched.
            return Err(NoCopy::Exists);
        }
        // Only S3 keeps more than a content.
        let (content_type, attributes) = if source.storage.is_s3() {
            let about = source.storage.properties(&source.space, &source.key).await?;
            (about.content_type, about.attributes)
        } else {
            (None, Attributes::default())
        };
        let content = self.fetched(id, (source, original), control).await?;
        let options = PutOptions { content_type, attributes, replaces, memory, ..PutOptions::new(if_exists) };
        let (to, body) = ((&target.space, &target.key), Body::File(content));
        let stored = target.storage.put(to.0, to.1, body, options, &half(control, original.size / 2)).await?;
        self.discard_content(id).await;
        Ok(stored)
    }

    /// The original in the data folder: what an earlier try fetched of it, and the rest.
    async fn fetched(
        &self,
        id: u64,
        (source, original): (&Spot, &ObjectInfo),
        control: &Control,
    ) -> Result<PathBuf, NoCopy> {
        let (content, folder) = (self.content_of(id, original), self.folder_of_copy(id));
        let made = blocking(move || std::fs::create_dir_all(folder)).await;
        made.map_err(|error| Failure::of_io("copy", source.key.as_str(), &error))?;
        if !is_whole(&content, original).await {
            fetch(source, original, &content, &half(control, 0)).await?;
        }
        Ok(content)
    }

    fn folder_of_copy(&self, id: u64) -> PathBuf {
        self.data.join(FOLDER).join(id.to_string())
    }

    fn content_of(&self, id: u64, original: &ObjectInfo) -> PathBuf {
        self.folder_of_copy(id).join(name_of(original))
    }

    async fn discard_content(&self, id: u64) {
        let folder = self.folder_of_copy(id);
        if let Err(error) = blocking(move || std::fs::remove_dir_all(folder)).await {
            tracing::warn!(%error, "a file that was copied through this computer stays in the data folder");
        }
    }

    /// Whether what is there is the copy that an earlier try made, by its bytes: not every store tells of a content which it
    /// is. Says yes of the original itself as well, where two places lead to it.
    pub(super) async fn has_come(
        &self,
        id: u64,
        (source, original): (&Spot, &ObjectInfo),
        (target, there): (&Spot, &ObjectInfo),
        control: &Control,
    ) -> Result<bool, NoCopy> {
        if there.size != original.size {
            return Ok(false);
        }
        let content = self.fetched(id, (source, original), control).await?;
        let mut has_come = self.came_through(id, original, target, there).await;
        if !has_come {
            let (back, quiet) = (content.with_extension("back"), Control { progress: None, ..control.clone() });
            target.storage.get_over_file(&target.space, &target.key, &back, &quiet).await?;
            let same = blocking(move || {
                let same = is_same_content(&content, &back)?;
                std::fs::remove_file(back)?;
                Ok(same)
            });
            has_come = same.await.map_err(|error| Failure::of_io("copy", source.key.as_str(), &error))?;
        }
        if has_come {
            self.discard_content(id).await;
        }
        Ok(has_come)
    }

    /// Whether what is there is what a copy sent from here before its end was lost. Only S3 tells of a content which it is.
    pub(super) async fn came_through(&self, id: u64, original: &ObjectInfo, target: &Spot, there: &ObjectInfo) -> bool {
        let (content, size, etag) = (self.content_of(id, original), there.size, there.etag.clone());
        if !target.storage.is_s3() || !is_whole(&content, original).await {
            return false;
        }
        let look = move || Ok(content.metadata()?.len() == size && is_identical(&content, size, size, &etag));
        blocking(look).await.unwrap_or(false)
    }

    /// Removes what copies have here that will not go on.
    pub(super) async fn discard_left_copies(&self) {
        let folder = self.data.join(FOLDER);
        let listed = blocking(move || std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()).await;
        for left in listed.unwrap_or_default() {
            let id = left.file_name().to_str().and_then(|name| name.parse().ok());
            let goes_on = id.is_some_and(|id| {
                let open = self.transfers.lock();
                open.running.contains_key(&id) || open.queue.get(id).is_some_and(|transfer| !transfer.is_settled())
            });
            if !goes_on && let Err(error) = blocking(move || std::fs::remove_dir_all(left.path())).await {
                tracing::warn!(%error, "what is left of a copy stays in the data folder");
            }
        }
    }
}

async fn fetch(source: &Spot, original: &ObjectInfo, path: &Path, control: &Control) -> Result<(), NoCopy> {
    let Spot { storage, space, key } = source;
    if original.size >= WORTH_KEEPING && !original.etag.is_empty() {
        storage.get_on(space, key, (path, path), (&original.etag, original.size), control).await?;
    } else {
        storage.get_to_file(space, key, path, control).await?;
    }
    Ok(())
}

/// Another version of the original has another name.
fn name_of(original: &ObjectInfo) -> String {
    let ObjectInfo { key, etag, size, modified } = original;
    let named = Sha256::digest(format!("{key}\n{etag}\n{size}\n{modified:?}"));
    named.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

async fn is_whole(content: &Path, original: &ObjectInfo) -> bool {
    let (content, size) = (content.to_owned(), original.size);
    blocking(move || content.metadata()).await.is_ok_and(|there| there.len() == size)
}

/// Tells of one half of the way as half of the bytes.
fn half(control: &Control, before: u64) -> Control {
    let progress = control.progress.clone().map(|told| {
        let halved = move |Progress { loaded, acknowledged, total, part }| {
            let [loaded, acknowledged] = [loaded, acknowledged].map(|bytes| before + bytes / 2);
            told(Progress { loaded, acknowledged, total, part });
        };
        Arc::new(halved) as _
    });
    Control { progress, cancel: control.cancel.clone() }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> std::io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}
