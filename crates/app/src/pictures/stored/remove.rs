//! Takes thumbnails away with their pictures, as well as it goes: what is left is hidden, and shows nothing that a picture of
//! this space did not show to the same people.

use super::name::{ROOT, folder_of, picture_of, shelf_of};
use crate::app::App;
use crate::session::Session;
use crate::wire::SpaceRef;
use amphora_storage::{Control, Key, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is not in a space any more.
pub(crate) enum Gone {
    /// Files that were deleted.
    Files(Vec<String>),
    /// Whatever was directly in these folders.
    Folders(BTreeSet<String>),
    /// The original of a move.
    Original(String),
}

impl App {
    /// Takes the thumbnails of what is gone away, behind whoever waits for the removal.
    pub(crate) fn forget_thumbnails(&self, session: &Arc<Session>, space: &SpaceRef, gone: Gone) {
        if !session.stores_thumbnails(space) {
            return;
        }
        let (session, space) = (session.clone(), space.clone());
        self.background.tasks.spawn(async move {
            match gone {
                Gone::Files(keys) => forget_files(&session, &space, keys).await,
                Gone::Folders(folders) => forget_folders(&session, &space, folders).await,
                // One of many, each on its own: whether the space is empty now is not asked after every one.
                Gone::Original(key) => return forget_files(&session, &space, vec![key]).await,
            }
            forget_all_of_nothing(&session, &space).await;
        });
    }
}

async fn forget_files(session: &Session, space: &SpaceRef, keys: Vec<String>) {
    let Ok((storage, entered)) = session.files(space) else { return };
    let mut by_shelf = BTreeMap::<String, Vec<String>>::new();
    for key in keys {
        by_shelf.entry(shelf_of(folder_of(&key))).or_default().push(picture_of(&key));
    }
    for (shelf, pictures) in by_shelf {
        let (mut files, unlisted) = session
            .with_thumbnails(space, &shelf, |names| {
                let files: Vec<String> =
                    pictures.iter().flat_map(|picture| names.beginning_with(picture)).map(str::to_owned).collect();
                files.iter().for_each(|file| names.remove(file));
                let unlisted: Vec<_> = pictures.into_iter().filter(|picture| names.may_have_more(picture)).collect();
                (files, unlisted)
            })
            .await;
        for picture in unlisted {
            let prefix = format!("{ROOT}{shelf}{picture}");
            let Ok(page) = storage.list_page(&entered, &prefix, Shape::Deep, None).await else { continue };
            let names = page.objects.iter().filter_map(|object| object.key.strip_prefix(&format!("{ROOT}{shelf}")));
            files.extend(names.map(str::to_owned));
        }
        let keys: Vec<Key> = files.iter().filter_map(|file| Key::parse(&format!("{ROOT}{shelf}{file}")).ok()).collect();
        if !keys.is_empty() {
            storage.remove_many(&entered, keys).await;
        }
    }
}

async fn forget_folders(session: &Session, space: &SpaceRef, folders: BTreeSet<String>) {
    for folder in folders {
        let shelf = shelf_of(&folder);
        if session.with_shelves(space, |shelves| shelves.may_have(&shelf)).await {
            remove_below(session, space, &format!("{ROOT}{shelf}")).await;
            session.with_shelves(space, |shelves| shelves.remove(&shelf)).await;
        }
    }
}

/// Once a space holds nothing else, whatever thumbnails are left go as well.
async fn forget_all_of_nothing(session: &Session, space: &SpaceRef) {
    let any = session.with_shelves(space, |shelves| shelves.beginning_with("").next().is_some()).await;
    let Ok((storage, entered)) = session.files(space) else { return };
    if !any {
        return;
    }
    let Ok(page) = storage.list_some(&entered, "", Shape::Folder, None, Some(2)).await else { return };
    if page.objects.is_empty() && page.folders == [ROOT] {
        remove_below(session, space, ROOT).await;
        session.thumbnails.known.forget(space);
    }
}

async fn remove_below(session: &Session, space: &SpaceRef, prefix: &str) {
    let Ok((storage, entered)) = session.files(space) else { return };
    if let Err(error) = storage.remove_folder(&entered, prefix, |_| (), &Control::default()).await {
        tracing::info!(%error, "thumbnails of what was removed are left");
    }
}
