//! Deletes a file or a folder as a transfer: in batches, each told; paused or killed, it goes on with what is still there.

use super::job::{Change, Transfer};
use super::run::End;
use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, FailureCode, Retry, TransferItems};
use amphora_storage::{Control, Event, Key, Shape, Space, Storage};

impl App {
    /// Deletes what a transfer is about. What refuses is noted with its reason, and does not keep the rest.
    pub(super) async fn delete_queued(
        &self,
        session: &Session,
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
            let mut token = None;
            loop {
                // A token goes on behind the last key that it gave, whether those before it are still there or not.
                let page = storage.list_page(&space, &job.key, Shape::Deep, token);
                let Some(page) = control.cancel.run_until_cancelled(page).await else { return Ok(End::Stopped) };
                let page = page.map_err(|error| Failure::of_storage(&error))?;
                let keys = page.objects.iter().filter_map(|object| Key::parse(&object.key).ok()).collect();
                let batch = self.delete_some(session, id, transfer, (&storage, &space), keys, &mut items);
                // What the server removed of a batch whose answer nobody waited for is not there the next time.
                if control.cancel.run_until_cancelled(batch).await.is_none() {
                    return Ok(End::Stopped);
                }
                token = page.next;
                if token.is_none() {
                    break;
                }
            }
        } else {
            let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
            self.delete_some(session, id, transfer, (&storage, &space), vec![key], &mut items).await;
        }
        if items.failed > 0 {
            return Err(self.partly(id, &job.name, items));
        }
        if !session.over.is_cancelled() {
            self.listings.removed(&job.space, &job.key);
        }
        Ok(End::Finished { key: job.key.clone(), etag: String::new(), landed: None, stored: None })
    }

    async fn delete_some(
        &self,
        session: &Session,
        id: u64,
        transfer: &Transfer,
        (storage, space): (&Storage, &Space),
        keys: Vec<Key>,
        items: &mut TransferItems,
    ) {
        let outcomes = storage.remove_many(space, keys).await;
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
