//! Which thumbnails a space has, from one listing of the space and one of each folder that is looked at: asking for each
//! picture whether there is one would cost as many requests as pictures.

use super::name::{self, ROOT};
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::{Page, Shape};
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// What was listed counts for so long; other computers store and take away as well.
const FRESH: Duration = Duration::from_secs(5 * 60);
/// Folders that are remembered, each with a thousand names at the most.
const MOST: usize = 100;

/// What was listed of a prefix, if it was; held while it is listed, so that nobody else does it as well.
type Prefix = Arc<tokio::sync::Mutex<Option<Names>>>;

/// The names that were listed in this session, by space and prefix.
#[derive(Default)]
pub(super) struct Known {
    prefixes: Mutex<HashMap<(SpaceRef, String), Prefix>>,
}

impl Known {
    fn of(&self, space: &SpaceRef, prefix: &str) -> Prefix {
        let mut prefixes = self.lock();
        let at = (space.clone(), prefix.to_owned());
        if prefixes.len() >= MOST && !prefixes.contains_key(&at) {
            prefixes.clear();
        }
        prefixes.entry(at).or_default().clone()
    }

    /// Nothing is stored in a space any more.
    pub(super) fn forget(&self, space: &SpaceRef) {
        self.lock().retain(|(known, _), _| known != space);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(SpaceRef, String), Prefix>> {
        self.prefixes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The names below a prefix, as far as the first page of its listing goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Names {
    names: BTreeSet<String>,
    /// Of names behind this one nothing is known; none: all are listed.
    until: Option<String>,
    at: Instant,
}

impl Names {
    fn listed(page: Page, prefix: &str) -> Self {
        let keys = page.objects.into_iter().map(|object| object.key).chain(page.folders);
        let names: BTreeSet<String> = keys.filter_map(|key| key.strip_prefix(prefix).map(str::to_owned)).collect();
        let until = page.next.and_then(|_| names.last().cloned());
        Self { names, until, at: Instant::now() }
    }

    fn none() -> Self {
        Self::listed(Page::default(), "")
    }

    pub(super) fn beginning_with<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let behind = self.names.range::<str, _>((Bound::Included(text), Bound::Unbounded));
        behind.take_while(move |name| name.starts_with(text)).map(String::as_str)
    }

    /// This name is there, or may be.
    pub(super) fn may_have(&self, name: &str) -> bool {
        self.names.contains(name) || self.may_have_more(name)
    }

    /// There may be names that begin like this beside those that are known.
    pub(super) fn may_have_more(&self, text: &str) -> bool {
        self.until.as_ref().is_some_and(|until| text > until.as_str() || until.starts_with(text))
    }

    /// The smallest thumbnail of a content that is sharp at this edge; one of just this edge where only asking tells.
    pub(super) fn sharp_at(&self, content: &str, edge: u32) -> Option<u32> {
        let known = self.beginning_with(content).filter_map(|file| name::edge_of(content, file));
        let known = known.filter(|known| *known >= edge).min();
        known.or_else(|| self.may_have_more(content).then_some(edge))
    }

    pub(super) fn add(&mut self, name: String) {
        self.names.insert(name);
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.names.remove(name);
    }
}

impl Session {
    /// Looks at the names of the thumbnails of a folder's pictures; `shelf` is the folder's own prefix inside [`ROOT`].
    pub(super) async fn with_thumbnails<T>(
        &self,
        space: &SpaceRef,
        shelf: &str,
        look: impl FnOnce(&mut Names) -> T,
    ) -> T {
        let known = self.thumbnails.known.of(space, shelf);
        let mut known = known.lock().await;
        if known.as_ref().is_none_or(|names| names.at.elapsed() > FRESH) {
            // Most spaces have none at all: one listing tells that for all their folders.
            let any = self.with_shelves(space, |shelves| shelves.may_have(shelf)).await;
            let names = if any { self.list_names(space, &format!("{ROOT}{shelf}")).await } else { Names::none() };
            *known = Some(names);
        }
        look(known.get_or_insert_with(Names::none))
    }

    /// Looks at which folders of a space have thumbnails.
    pub(super) async fn with_shelves<T>(&self, space: &SpaceRef, look: impl FnOnce(&mut Names) -> T) -> T {
        let known = self.thumbnails.known.of(space, ROOT);
        let mut known = known.lock().await;
        if known.as_ref().is_none_or(|names| names.at.elapsed() > FRESH) {
            *known = Some(self.list_names(space, ROOT).await);
        }
        look(known.get_or_insert_with(Names::none))
    }

    /// The first page of names; none where they cannot be listed, for the picture itself is always there.
    async fn list_names(&self, space: &SpaceRef, prefix: &str) -> Names {
        let Ok((storage, entered)) = self.files(space) else { return Names::none() };
        match storage.list_page(&entered, prefix, Shape::Folder, None).await {
            Ok(page) => Names::listed(page, prefix),
            Err(error) => {
                tracing::info!(%error, "stored thumbnails are not listed");
                Names::none()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use amphora_storage::ObjectInfo;

    fn names(files: &[String], more: bool) -> Names {
        let object =
            |key: &String| ObjectInfo { key: format!("p/{key}"), size: 1, etag: String::new(), modified: None };
        let objects = files.iter().map(object).collect();
        Names::listed(Page { objects, folders: Vec::new(), next: more.then(String::new) }, "p/")
    }

    #[tokio::test]
    async fn the_smallest_sharp_one_is_taken_and_none_where_all_are_too_small() {
        let content = name::content_of("a.jpg", "1");
        let names = names(&[256, 512].map(|edge| name::file_of(&content, edge)), false);
        assert_eq!(
            [128, 256, 300, 512, 600].map(|edge| names.sharp_at(&content, edge)),
            [Some(256), Some(256), Some(512), Some(512), None]
        );
        assert_eq!(names.sharp_at(&name::content_of("a.jpg", "2"), 128), None, "another content has another picture");
    }

    #[tokio::test]
    async fn behind_the_end_of_a_page_only_asking_tells() {
        let files = ["b-1-256.jpg", "d-1-256.jpg"].map(str::to_owned);
        let (part, whole) = (names(&files, true), names(&files, false));
        assert_eq!(["a-", "c-", "d-", "e-"].map(|text| part.may_have_more(text)), [false, false, true, true]);
        assert_eq!(["a-", "c-", "d-", "e-"].map(|text| whole.may_have_more(text)), [false; 4]);
        assert_eq!(part.sharp_at("e-1-", 128), Some(128));
        assert_eq!(part.sharp_at("c-1-", 128), None, "no request for what is known to be missing");
    }
}
