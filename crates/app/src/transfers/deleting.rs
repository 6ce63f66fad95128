//! Deletes a file or a folder as a transfer: in batches, each told; paused or killed, it goes on with what is still there.

use super::job::Transfer;
use super::run::End;
use super::step::Change;
use crate::app::App;
use crate::pictures::Gone;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Retry, TransferItems};
use amphora_storage::{Control, ErrorKind, Event, Key, Removed};
use std::collections::BTreeSet;
use std::sync::Arc;

impl App {
    /// Deletes what a transfer is about. What refuses is noted with its reason, and does not keep the rest.
    pub(super) async fn delete_queued(
        &self,
        session: &Arc<Session>,
        id: u64,
        transfer: &Transfer,
        control: &Control,
    ) -> Result<End, Failure> {
        let job = &transfer.job;
        let (storage, space) = session.files(&job.space)?;
        // What refused before is tried again, and told again.
        let mut items = TransferItems { failed: 0, ..transfer.items.unwrap_or_default() };
        {
            let mut open = self.transfers.lock();
            open.queue.forget_refused(id);
            open.step(id, Change::Counted(items));
        }
        if job.whole {
            let mut folders = BTreeSet::new();
            let told = |some: Vec<Removed>| {
                folders.extend(some.iter().filter(|(_, gone)| gone.is_ok()).map(|(key, _)| folder_of(key.as_str())));
                self.note_removed(session, id, transfer, some, &mut items);
            };
            let outcome = storage.remove_folder(&space, &job.key, told, control).await;
            self.forget_thumbnails(session, &job.space, Gone::Folders(folders));
            match outcome {
                // What the server removed of a batch whose answer nobody waited for is not there the next time.
                Err(error) if error.kind() == ErrorKind::Cancelled => return Ok(End::Stopped),
                outcome => outcome.map_err(|error| Failure::of_storage(&error))?,
            }
        } else {
            let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
            let removed = storage.remove_many(&space, vec![key]).await;
            if removed.iter().all(|(_, outcome)| outcome.is_ok()) {
                self.forget_thumbnails(session, &job.space, Gone::Files(vec![job.key.clone()]));
            }
            self.note_removed(session, id, transfer, removed, &mut items);
        }
        if items.failed > 0 {
            return Err(self.partly(id, &job.name, items));
        }
        if job.whole && !session.over.is_cancelled() {
            self.listings.folder_gone(&job.space, &job.key);
        }
        Ok(End::Finished { key: job.key.clone(), etag: String::new(), landed: None, stored: None })
    }

    fn note_removed(
        &self,
        session: &Session,
        id: u64,
        transfer: &Transfer,
        outcomes: Vec<Removed>,
        items: &mut TransferItems,
    ) {
        let mut refused = Vec::new();
        for (key, outcome) in outcomes {
            let told = outcome.as_ref().copied().map_err(|error| error as _);
            self.note(session, Event::deletion(key.as_str(), told));
            match outcome {
                Ok(()) => {
                    items.done += 1;
                    // Somebody else's folders may be open by now.
                    if !session.over.is_cancelled() {
                        self.listings.removed(&transfer.job.space, key.as_str());
                    }
                }
                Err(error) => {
                    items.failed += 1;
                    refused.push((key, Failure::of_storage(&error)));
                }
            }
        }
        let mut open = self.transfers.lock();
        for (key, failure) in refused {
            open.queue.refuse(id, key.as_str(), &failure);
        }
        open.step(id, Change::Counted(*items));
        open.queue.commit();
    }

    /// Why some of a folder is still there: the first reason, and how many.
    fn partly(&self, id: u64, name: &str, items: TransferItems) -> Failure {
        let first = self.transfers.lock().queue.refused(id, 0, 1).into_iter().next();
        let Some(first) = first else {
            return Failure::new(FailureCode::Unexpected, format!("Couldn't delete all of “{name}”."), "Try again.");
        };
        if items.done == 0 && items.failed == 1 {
            return first.failure;
        }
        let count = items.failed;
        let message = format!("{count} in “{name}” couldn't be deleted. The first: {}", first.failure.message);
        let retry = match first.failure.retry {
            Retry::Never => Retry::Now,
            other => other,
        };
        Failure { message, retry, ..first.failure }
    }
}

fn folder_of(key: &str) -> String {
    key[..key.rfind('/').map_or(0, |at| at + 1)].to_owned()
}
