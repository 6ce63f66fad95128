//! put, get, cp, mv, rm: each puts its work in line in one commit, under the request's name, and sees it through.

use super::ask::{Asked, Found};
use super::request::{LocalPath, Taken, Verb};
use super::told::{End, Told};
use crate::transfers::{BatchRow, Beforehand, OnExisting, Relocation};
use crate::wire::{ByteSize, ConflictAnswer, Consent, Failure, Id, TransferState};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a script that waits looks; the end of a transfer is not told to it.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How often it hears how far its work is.
const PROGRESS_EVERY: Duration = Duration::from_millis(200);
/// Rows read at a time.
const ROWS: u32 = 1000;

impl Asked<'_> {
    pub async fn put(&self, files: &[LocalPath], to: &str, answer: Option<ConflictAnswer>) -> Result<(), End> {
        let batch = match self.made_before() {
            Some(batch) => batch,
            None => self.begin_put(files, to, answer).await?,
        };
        self.see_through(batch).await?;
        self.tell_ends(batch)
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
        self.see_through(batch).await?;
        self.tell_ends(batch)
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
        self.see_through(batch).await?;
        match self.ends(batch)?.as_slice() {
            // Of one file the reason is the command's own.
            [BatchRow { row, .. }] if row.state == TransferState::Failed => {
                Err(row.failure.clone().map_or(End::Partly, End::from))
            }
            _ => self.tell_ends(batch),
        }
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
        self.see_through(batch).await?;
        let (mut deleted, mut well) = (0, true);
        for BatchRow { row, .. } in self.ends(batch)? {
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

    /// Waits until nothing of a batch moves or is in line. Paused ones and open questions are left. Where what is before it in
    /// line holds all of it, that is told: what it put there stays.
    async fn see_through(&self, batch: Id) -> Result<(), End> {
        let mut told: Option<Instant> = None;
        loop {
            let progress = self.app.batch_progress(batch);
            if told.is_none_or(|told| told.elapsed() >= PROGRESS_EVERY) {
                told = Some(Instant::now());
                let [bytes, sent, on_the_way] = [progress.bytes, progress.sent, progress.on_the_way].map(ByteSize);
                self.say(Told::Progress { bytes, sent, on_the_way });
            }
            if !progress.under_way {
                return Ok(());
            }
            if let Some(held) = self.app.line_held() {
                return Err(held.into());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn ends(&self, batch: Id) -> Result<Vec<BatchRow>, End> {
        let mut ends: Vec<BatchRow> = Vec::new();
        loop {
            let after = ends.last().map_or(Id(0), |last| last.row.id);
            let some = self.app.batch_rows(batch, after, ROWS)?;
            if some.is_empty() {
                return Ok(ends);
            }
            ends.extend(some);
        }
    }

    fn tell_ends(&self, batch: Id) -> Result<(), End> {
        let mut well = true;
        for end in self.ends(batch)? {
            well &= matches!(end.row.state, TransferState::Done | TransferState::Skipped);
            self.say(Told::Ended(Box::new(end)));
        }
        if well { Ok(()) } else { Err(End::Partly) }
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
