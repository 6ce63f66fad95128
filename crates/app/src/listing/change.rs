//! New folder and delete.

use crate::app::App;
use crate::pictures::Gone;
use crate::wire::{BatchReport, Failure, FailureCode, NamedFailure, PlaceRef, RowKind, Selection};
use amphora_storage::{Event, Key, Shape, Space, Storage};

/// Keys that one request may delete (DeleteObjects, S3 API).
const A_REQUEST: usize = 1000;

impl App {
    /// Makes an empty folder.
    ///
    /// # Errors
    /// The name is not one, something of this name is there, or the storage refuses.
    pub async fn new_folder(&self, place: &PlaceRef, name: &str) -> Result<(), Failure> {
        let session = self.session()?;
        let (storage, space) = session.files(&place.space)?;
        let name = folder_name(name)?;
        let key = format!("{}{name}/", place.folder);
        let there = storage.list_page(&space, &key, Shape::Folder, None).await;
        let there = there.map_err(|error| Failure::of_storage(&error))?;
        if !there.objects.is_empty() || !there.folders.is_empty() {
            return Err(Failure::new(
                FailureCode::AlreadyExists,
                format!("Couldn't make the folder “{name}”: there is one already."),
                "Choose another name.",
            ));
        }
        storage.new_folder(&space, &key).await.map_err(|error| Failure::of_storage(&error))?;
        self.listings.folder_made(&place.space, &key);
        Ok(())
    }

    /// Deletes files and whole folders, for good. Goes on after a failure and reports it. Folders with much in them are
    /// deleted by the queue, where they can be paused and outlive the application's end.
    ///
    /// # Errors
    /// The listing is closed, or this account may not enter the place.
    pub async fn delete_selection(&self, selection: &Selection) -> Result<BatchReport, Failure> {
        let session = self.session()?;
        let chosen = self.chosen(selection)?;
        if matches!(selection, Selection::AllExcept { .. }) && !chosen.complete {
            // "All" must be what the person saw, not what is still arriving.
            return Err(Failure::new(
                FailureCode::ChangedMeanwhile,
                "Couldn't delete all: this folder is still being read.",
                "Wait until all of it is shown, then delete again.",
            ));
        }
        let (storage, space) = session.files(&chosen.space)?;
        let mut report = BatchReport { done: 0, failed: Vec::new(), queued: 0 };
        let (mut files, mut large) = (Vec::new(), Vec::new());
        for row in &chosen.rows {
            match row.kind {
                RowKind::File => files.push(row.key.clone()),
                RowKind::Folder => match small_folder(&storage, &space, &row.key).await {
                    Ok(Some(keys)) => files.extend(keys),
                    Ok(None) => large.push(row.clone()),
                    Err(failure) => report.failed.push(NamedFailure { name: row.name.clone(), failure }),
                },
            }
        }
        if !large.is_empty() {
            report.queued = self.delete_rows((&chosen.space, &chosen.folder), &large, None)?.count;
        }
        let mut gone = Vec::new();
        for some in files.chunks(A_REQUEST) {
            let keys = some.iter().filter_map(|key| Key::parse(key).ok()).collect();
            for (key, outcome) in storage.remove_many(&space, keys).await {
                let told = outcome.as_ref().copied().map_err(|error| error as _);
                self.note(&session, Event::deletion(key.as_str(), told));
                match outcome {
                    Ok(()) => {
                        report.done += 1;
                        gone.push(key.as_str().to_owned());
                        // Somebody else's folders may be open by now.
                        if !session.over.is_cancelled() {
                            self.listings.removed(&chosen.space, key.as_str());
                        }
                    }
                    Err(error) => {
                        let name = key.as_str().strip_prefix(&chosen.folder).unwrap_or(key.as_str()).to_owned();
                        report.failed.push(NamedFailure { name, failure: Failure::of_storage(&error) });
                    }
                }
            }
        }
        self.forget_thumbnails(&session, &chosen.space, Gone::Files(gone));
        if report.failed.is_empty() && !session.over.is_cancelled() {
            let gone = chosen.rows.iter().filter(|row| row.kind == RowKind::Folder && !large.contains(row));
            for row in gone {
                self.listings.folder_gone(&chosen.space, &row.key);
            }
        }
        Ok(report)
    }
}

/// The keys in a folder; none where there are more than one request can delete.
async fn small_folder(storage: &Storage, space: &Space, folder: &str) -> Result<Option<Vec<String>>, Failure> {
    let page = storage.list_page(space, folder, Shape::Deep, None).await;
    let page = page.map_err(|error| Failure::of_storage(&error))?;
    Ok(page.next.is_none().then(|| page.objects.into_iter().map(|object| object.key).collect()))
}

/// A name that can be a folder's in every place and on every computer.
fn folder_name(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    let wrong = match name {
        "" => Some("it needs a name"),
        "." | ".." => Some("a folder can't be named with dots alone"),
        _ if name.contains('/') => Some("a name can't contain “/”"),
        _ if name.chars().any(char::is_control) => Some("a name can't contain invisible control characters"),
        _ if name.len() > 255 => Some("the name is too long"),
        _ => None,
    };
    match wrong {
        None => Ok(name),
        Some(reason) => Err(Failure::new(
            FailureCode::NameNotAllowed,
            format!("Couldn't make the folder: {reason}."),
            "Choose another name.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_needs_a_name_without_slashes() {
        for wrong in ["", "  ", ".", "..", "a/b", "a\nb"] {
            assert_eq!(folder_name(wrong).unwrap_err().code, FailureCode::NameNotAllowed, "{wrong:?}");
        }
        assert_eq!(folder_name(" Site visits ").unwrap(), "Site visits");
    }
}
