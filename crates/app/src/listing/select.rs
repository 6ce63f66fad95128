//! Turns a selection into the rows it names, and walks the folders among them.

use super::open::found;
use crate::app::App;
use crate::listing::Found;
use crate::pictures::is_hidden;
use crate::wire::{ByteSize, Failure, Id, PlaceRef, Row, RowKind, Selection, SelectionSummary, SpaceRef};
use amphora_storage::{Shape, Space, Storage};
use std::collections::HashSet;

/// The rows of a selection and the space they are in.
pub(crate) struct Chosen {
    pub space: SpaceRef,
    /// The listing's; where that is a prefix, the folder that the prefix is in.
    pub folder: String,
    pub rows: Vec<Row>,
    /// The listing had arrived whole.
    pub complete: bool,
}

impl App {
    /// What a selection holds, folders walked.
    ///
    /// # Errors
    /// The listing is closed, or a folder cannot be read.
    pub async fn selection_summary(&self, selection: &Selection) -> Result<SelectionSummary, Failure> {
        let session = self.session()?;
        let chosen = self.chosen(selection)?;
        let (storage, space) = session.files(&chosen.space)?;
        let mut summary =
            SelectionSummary { rows: u32::try_from(chosen.rows.len()).unwrap_or(u32::MAX), ..Default::default() };
        for row in &chosen.rows {
            match row.kind {
                RowKind::File => {
                    summary.files += 1;
                    summary.bytes.0 += row.size.0;
                }
                RowKind::Folder => {
                    summary.folders += 1;
                    let add = |file: Found| {
                        summary.files += u32::from(!file.key.ends_with('/'));
                        summary.bytes = ByteSize(summary.bytes.0 + file.size);
                    };
                    walk(&storage, &space, &row.key, add).await?;
                }
            }
        }
        Ok(summary)
    }

    pub(crate) fn chosen(&self, selection: &Selection) -> Result<Chosen, Failure> {
        let (listing, wanted, except): (Id, &[u32], bool) = match selection {
            Selection::Only { listing, ids } => (*listing, ids, false),
            Selection::AllExcept { listing, ids } => (*listing, ids, true),
        };
        let (folder, order) = self.listings.shown(listing)?;
        let named: HashSet<u32> = wanted.iter().copied().collect();
        let state = folder.lock();
        let ids = order.into_iter().filter(|id| named.contains(id) != except);
        let rows = ids.filter_map(|id| Some(state.index.get(id)?.row(id))).collect();
        let PlaceRef { space, folder: prefix } = folder.place.clone();
        let folder = prefix[..prefix.rfind('/').map_or(0, |slash| slash + 1)].to_owned();
        Ok(Chosen { space, folder, rows, complete: state.complete })
    }
}

/// Every file at any depth below a folder that people are shown, page by page.
pub(crate) async fn walk(
    storage: &Storage,
    space: &Space,
    folder: &str,
    mut each: impl FnMut(Found),
) -> Result<(), Failure> {
    let mut token = None;
    loop {
        let page = storage.list_page(space, folder, Shape::Deep, token).await;
        let page = page.map_err(|error| Failure::of_storage(&error))?;
        for object in page.objects.into_iter().filter(|object| !is_hidden(&object.key)) {
            each(found(object));
        }
        token = page.next;
        if token.is_none() {
            return Ok(());
        }
    }
}
