//! put, get, cp, mv, rm: each puts its work in line in one commit, under the request's name, and sees it through.

use super::ask::{Asked, Found};
use super::ends::Ends;
use super::request::{LocalPath, Taken, Verb};
use super::told::{End, Told};
use crate::transfers::{BatchRow, Beforehand, OnExisting, Relocation};
use crate::wire::{ConflictAnswer, Consent, Failure, Id, TransferState};
use std::path::Path;

/// A deletion is one row of the queue, however much is in it.
const ONE_ROW: u32 = 1;

impl Asked<'_> {
    pub async fn put(&self, files: &[LocalPath], to: &str, answer: Option<ConflictAnswer>) -> Result<(), End> {
        let batch = match self.made_before() {
            Some(batch) => batch,
            None => self.begin_put(files, to, answer).await?,
        };
        Ends::of(self, batch).tell().await
    }

    async fn begin_put(&self, files: &[LocalPath], to: &str, answer: Option<ConflictAnswer>) -> Result<Id, End> {
        let place = self.address(to)?.as_folder();
        let paths: Vec<_> = files.iter().map(|file| file.path().to_owned()).collect();
        if let Some(missing) = paths.iter().find(|path| path.symlink_metadata().is_err()) {
            return Err(End::Usage(format!("There is no file {}.", missing.display())));
        }
        // A script's yes is for this once: the window goes on asking.
        let open = self.app.upload_needs_consent(&place, Consent::Ask)?;
        if open.is_some() && !self.request.yes {
            return Err(not_agreed("Others can read or change what is uploaded there."));
        }
        // A script is not asked about photos either: what the person set counts.
        let photos = self.app.usual_photo_choices(&place.space)?;
        let how = Beforehand { request: Some(self.kept_name()), answer, photos };
        let _same = self.still_the_same().await?;
        Ok(self.app.upload_paths(paths, place, how)?)
    }

    pub async fn get(&self, address: &str, to: &Path) -> Result<(), End> {
        let batch = match self.made_before() {
            Some(batch) => batch,
            None => self.begin_get(address, to).await?,
        };
        Ends::of(self, batch).tell().await
    }

    async fn begin_get(&self, address: &str, to: &Path) -> Result<Id, End> {
        let address = self.address(address)?;
        let (folder, rows) = match self.found(&address).await? {
            Found::Row(row) => (address.place.folder.clone(), vec![row]),
            Found::Folder(place) => (place.folder.clone(), self.rows(place).await?),
        };
        let made = std::fs::create_dir_all(to);
        made.map_err(|error| Failure::of_io("make", &to.display().to_string(), &error))?;
        let (space, name) = (&address.place.space, self.kept_name());
        let _same = self.still_the_same().await?;
        Ok(self.app.download_rows((space, &folder), &rows, to, Some(&name))?.batch)
    }

    pub async fn relocate(&self, between: (&str, &str), taken: Taken, moves: bool) -> Result<(), End> {
        let batch = match self.made_before() {
            Some(batch) => batch,
            None => self.begin_relocation(between, taken, moves).await?,
        };
        Ends::of(self, batch).tell_or_fail().await
    }

    async fn begin_relocation(&self, (from, to): (&str, &str), taken: Taken, moves: bool) -> Result<Id, End> {
        let (source, target) = (self.address(from)?, self.address(to)?);
        let space = &source.place.space;
        if !self.request.yes && self.app.widens(space, &target.place.space)? {
            return Err(not_agreed("Others can read or change what is put there."));
        }
        let Found::Row(row) = self.found(&source).await? else {
            return Err(End::Usage("Name a file or a folder; a whole place is not copied at once.".to_owned()));
        };
        let on_existing = match taken {
            Taken::Fail => OnExisting::Fail,
            Taken::Replace => OnExisting::Replace,
            Taken::KeepBoth => OnExisting::KeepBoth,
        };
        let request = Some(self.kept_name());
        let how = Relocation { moves, to: target.place, name: target.name, on_existing, request };
        let _same = self.still_the_same().await?;
        Ok(self.app.relocate_rows(space, &[row], how)?.batch)
    }

    pub async fn remove(&self, address: &str) -> Result<(), End> {
        let batch = match self.made_before() {
            Some(batch) => batch,
            None => self.begin_removal(address).await?,
        };
        self.see_through(batch, || Ok(())).await?;
        let (mut deleted, mut well) = (0, true);
        for BatchRow { row, .. } in self.app.batch_rows(batch, Id(0), ONE_ROW)? {
            let report = self.app.transfer_report(row.id, 0, u32::MAX)?;
            report.into_iter().for_each(|failed| self.say(Told::NotDeleted(Box::new(failed))));
            deleted += row.items.map_or(0, |items| items.done);
            well &= row.state == TransferState::Done;
        }
        self.say(Told::Deleted(deleted));
        if well { Ok(()) } else { Err(End::Partly) }
    }

    async fn begin_removal(&self, address: &str) -> Result<Id, End> {
        let parsed = self.address(address)?;
        let Found::Row(row) = self.found(&parsed).await? else {
            return Err(End::Usage("Name a file or a folder; a whole place is not deleted at once.".to_owned()));
        };
        if !self.request.yes {
            return Err(not_agreed(&format!("This deletes {address} for good.")));
        }
        let (place, name) = (&parsed.place, self.kept_name());
        let _same = self.still_the_same().await?;
        Ok(self.app.delete_rows((&place.space, &place.folder), &[row], Some(&name))?.batch)
    }

    /// What the request of this name made, if it was asked before.
    fn made_before(&self) -> Option<Id> {
        self.app.batch_of_request(&self.session.owner(), &self.kept_name())
    }
}

impl Verb {
    /// Whether it puts work in line.
    #[must_use]
    pub fn is_work(&self) -> bool {
        match self {
            Self::Put { .. } | Self::Get { .. } | Self::Copy { .. } | Self::Move { .. } | Self::Remove { .. } => true,
            Self::Status | Self::List { .. } | Self::Share { .. } | Self::Queue(_) => false,
        }
    }
}

fn not_agreed(what: &str) -> End {
    End::Usage(format!("{what} Say --yes to agree."))
}
