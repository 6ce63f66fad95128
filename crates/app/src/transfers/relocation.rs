//! From a selection to copies, moves and deletions in the queue. What gives more people a look at something always asks.

use super::job::{From, Job, OnExisting};
use super::store::Queued;
use crate::app::App;
use crate::listing::Chosen;
use crate::session::Session;
use crate::wire::{
    Audience, Consent, Failure, FailureCode, Id, PhotoChoices, PlaceRef, Row, RowKind, Selection, SpaceRef,
    TransferKind, UploadAnswer,
};
use std::path::PathBuf;
use std::sync::Arc;

/// How rows are copied or moved.
#[derive(Debug, Clone)]
pub(crate) struct Relocation {
    /// The originals go.
    pub moves: bool,
    /// Where to.
    pub to: PlaceRef,
    /// Another name, where it is one row.
    pub name: Option<String>,
    /// What a name that is taken does.
    pub on_existing: OnExisting,
    /// Names a script's request, so that it is not made twice.
    pub request: Option<String>,
}

impl App {
    /// Copies a selection to another folder or place, or asks first where more people could see it.
    ///
    /// # Errors
    /// The listing is closed, or this account may not read there or write here.
    pub fn copy_selection(
        &self,
        selection: &Selection,
        to: PlaceRef,
        consent: Consent,
    ) -> Result<UploadAnswer, Failure> {
        self.relocate_selection(selection, to, consent, false)
    }

    /// Moves a selection to another folder or place, or asks first where more people could see it.
    ///
    /// # Errors
    /// As [`App::copy_selection`], and where this account may not delete.
    pub fn move_selection(
        &self,
        selection: &Selection,
        to: PlaceRef,
        consent: Consent,
    ) -> Result<UploadAnswer, Failure> {
        self.relocate_selection(selection, to, consent, true)
    }

    fn relocate_selection(
        &self,
        selection: &Selection,
        to: PlaceRef,
        consent: Consent,
        moves: bool,
    ) -> Result<UploadAnswer, Failure> {
        let session = self.session()?;
        let chosen = self.chosen(selection)?;
        if matches!(selection, Selection::AllExcept { .. }) && !chosen.complete {
            // "All" must be what the person saw, not what is still arriving.
            let message = "Couldn't take all: this folder is still being read.";
            return Err(Failure::new(FailureCode::ChangedMeanwhile, message, "Wait until all of it is shown."));
        }
        let Chosen { space, rows, .. } = chosen;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if let Some(audience) = widened(&session, &space, &to.space).filter(|_| consent == Consent::Ask) {
            return Ok(UploadAnswer::NeedsConsent { audience, count });
        }
        let how = Relocation { moves, to, name: None, on_existing: OnExisting::Ask, request: None };
        let queued = self.relocate_rows(&space, &rows, how)?;
        Ok(UploadAnswer::Queued { count, batch: queued.batch })
    }

    /// Whether more people could see what is put there, as far as is known.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn widens(&self, from: &SpaceRef, to: &SpaceRef) -> Result<bool, Failure> {
        Ok(widened(&*self.session()?, from, to).is_some())
    }

    /// Puts copies or moves into the queue, all of them in one commit.
    ///
    /// # Errors
    /// This account may not, or a folder would go into itself.
    pub(crate) fn relocate_rows(&self, from: &SpaceRef, rows: &[Row], how: Relocation) -> Result<Queued, Failure> {
        let session = self.session()?;
        may(&session, from, &how)?;
        let kind = if how.moves { TransferKind::Move } else { TransferKind::Copy };
        let owner = session.owner();
        let jobs = rows.iter().map(|row| job(&owner, kind, from, row, &how)).collect::<Result<Vec<_>, _>>()?;
        self.queue_jobs(&owner, jobs, how.request.as_deref(), how.on_existing)
    }

    /// Puts deletions into the queue, all of them in one commit.
    ///
    /// # Errors
    /// This account may not enter the place.
    pub(crate) fn delete_rows(
        &self,
        (space, folder): (&SpaceRef, &str),
        rows: &[Row],
        request: Option<&str>,
    ) -> Result<Queued, Failure> {
        let session = self.session()?;
        session.files(space)?;
        let owner = session.owner();
        let jobs = rows.iter().map(|row| Job {
            owner: owner.clone(),
            batch: 0,
            kind: TransferKind::Delete,
            whole: row.kind == RowKind::Folder,
            space: space.clone(),
            key: row.key.clone(),
            from: None,
            local: PathBuf::new(),
            name: row.name.clone(),
            folder: folder.to_owned(),
            size: None,
            modified: None,
            etag: None,
            content_type: None,
            photos: PhotoChoices::default(),
        });
        self.queue_jobs(&owner, jobs.collect(), request, OnExisting::Ask)
    }

    fn queue_jobs(
        &self,
        owner: &str,
        jobs: Vec<Job>,
        request: Option<&str>,
        on_existing: OnExisting,
    ) -> Result<Queued, Failure> {
        let count = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        let mut open = self.transfers.lock();
        if let Some(batch) = request.and_then(|request| open.queue.batch_of(owner, request)) {
            return Ok(Queued { count, batch: Id(batch) });
        }
        let batch = open.queue.new_batch(owner, request, None);
        for job in jobs {
            open.add_as(Job { batch, ..job }, on_existing);
        }
        open.outage.tried();
        open.queue.commit();
        drop(open);
        self.pump();
        Ok(Queued { count, batch: Id(batch) })
    }
}

fn may(session: &Arc<Session>, from: &SpaceRef, how: &Relocation) -> Result<(), Failure> {
    session.files(from)?;
    session.files(&how.to.space)?;
    let refused = |message: &str, hint: &str| Err(Failure::new(FailureCode::AccessDenied, message, hint));
    if !session.place_info(&how.to.space).verbs.write {
        return refused("You can read these files but not add to them.", "Choose a place of your own, or Public.");
    }
    if how.moves && !session.place_info(from).verbs.delete {
        return refused("You can read these files but not take them away.", "Copy them instead.");
    }
    Ok(())
}

fn job(owner: &str, kind: TransferKind, from: &SpaceRef, row: &Row, how: &Relocation) -> Result<Job, Failure> {
    let whole = row.kind == RowKind::Folder;
    let name = how.name.clone().unwrap_or_else(|| row.name.clone());
    let key = format!("{}{name}{}", how.to.folder, if whole { "/" } else { "" });
    let refused = |message: String| Err(Failure::new(FailureCode::NameNotAllowed, message, "Choose another folder."));
    if *from == how.to.space && whole && key.starts_with(&row.key) {
        return refused(format!("Couldn't put “{}” there: a folder cannot be put into itself.", row.name));
    }
    if *from == how.to.space && key == row.key && kind == TransferKind::Move {
        return refused(format!("Couldn't move “{}”: it is there already.", row.name));
    }
    Ok(Job {
        owner: owner.to_owned(),
        batch: 0,
        kind,
        whole,
        space: how.to.space.clone(),
        key,
        from: Some(From { space: from.clone(), key: row.key.clone() }),
        local: PathBuf::new(),
        name,
        folder: how.to.folder.clone(),
        size: (!whole).then_some(row.size.0),
        modified: None,
        etag: (!row.etag.is_empty()).then(|| row.etag.clone()),
        content_type: None,
        photos: PhotoChoices::default(),
    })
}

/// The audience of the new place, where it is wider, or may be.
fn widened(session: &Session, from: &SpaceRef, to: &SpaceRef) -> Option<Audience> {
    if from == to {
        return None;
    }
    let (from, to) = (session.place_info(from).audience, session.place_info(to).audience);
    let wider = match (openness(from), openness(to)) {
        (Some(from), Some(to)) => to > from,
        // Nobody can tell: the person decides.
        (None, _) | (_, None) => to != Audience::OnlyYou,
    };
    wider.then_some(to)
}

/// How many see it, and how many change it.
fn openness(audience: Audience) -> Option<u8> {
    match audience {
        Audience::OnlyYou => Some(0),
        Audience::GroupOnly => Some(1),
        Audience::EveryoneReads | Audience::SharedReadOnly => Some(2),
        Audience::GroupChanges => Some(3),
        Audience::EveryoneChanges => Some(4),
        Audience::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everyone_can_change_is_the_most_open_and_what_is_not_known_is_neither() {
        use Audience as A;
        let order = [A::OnlyYou, A::GroupOnly, A::EveryoneReads, A::GroupChanges, A::EveryoneChanges];
        assert!(order.windows(2).all(|two| openness(two[0]) < openness(two[1])), "each is wider than the one before");
        assert_eq!(openness(A::Unknown), None);
    }
}
