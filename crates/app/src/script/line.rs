//! The queue by its numbers: shown, paused, gone on with, stopped, tried again, cleared, waited for.

use super::ask::Asked;
use super::request::QueueAct;
use super::told::{End, Told};
use crate::wire::{Failure, FailureCode, Id, TransferChoice, TransferRow, TransferState, TransferTab};

impl Asked<'_> {
    pub async fn queue(&self, act: &QueueAct) -> Result<(), End> {
        let app = self.app;
        match act {
            QueueAct::Finish => return self.finish().await,
            QueueAct::List => {
                for row in self.on_list()? {
                    self.say(Told::Queued(Box::new(row)));
                }
                return Ok(());
            }
            QueueAct::Pause(ids) => app.pause_transfers(self.choice(ids.as_deref(), TransferTab::All)?)?,
            QueueAct::Resume(ids) => app.resume_transfers(self.choice(ids.as_deref(), TransferTab::Paused)?)?,
            QueueAct::Cancel(ids) => app.cancel_transfers(self.choice(ids.as_deref(), TransferTab::All)?)?,
            QueueAct::Retry(ids) => app.retry_transfers(self.choice(ids.as_deref(), TransferTab::Failed)?)?,
            QueueAct::Clear(ids) => app.clear_transfers(self.choice(ids.as_deref(), TransferTab::All)?)?,
        }
        let (QueueAct::Pause(ids) | QueueAct::Resume(ids) | QueueAct::Cancel(ids) | QueueAct::Retry(ids)) = act else {
            return Ok(());
        };
        for row in self.on_list()? {
            if ids.as_ref().is_none_or(|ids| ids.contains(&row.id)) {
                self.say(Told::Queued(Box::new(row)));
            }
        }
        Ok(())
    }

    /// Waits for everything that this account has in line, and tells how what is on the list ended.
    async fn finish(&self) -> Result<(), End> {
        let app = self.app;
        app.settle(|| {
            let summary = app.transfer_summary();
            let (bytes, sent, on_the_way) = (summary.bytes, summary.sent, summary.on_the_way);
            self.say(Told::Progress { bytes, sent, on_the_way });
        })
        .await?;
        let mut well = true;
        for row in self.on_list()? {
            well &= matches!(row.state, TransferState::Done | TransferState::Skipped);
            self.say(Told::Queued(Box::new(row)));
        }
        if well { Ok(()) } else { Err(End::Partly) }
    }

    fn on_list(&self) -> Result<Vec<TransferRow>, End> {
        let mut rows = self.app.transfer_rows(TransferTab::All, 0, u32::MAX)?;
        // The newest is the first in the window; a script reads on.
        rows.reverse();
        Ok(rows)
    }

    /// Which transfers are meant: these, or all of a tab.
    fn choice(&self, ids: Option<&[Id]>, all: TransferTab) -> Result<TransferChoice, End> {
        let Some(ids) = ids else { return Ok(TransferChoice::Tab { tab: all }) };
        let rows = self.on_list()?;
        match ids.iter().find(|id| rows.iter().all(|row| row.id != **id)) {
            Some(Id(id)) => {
                let message = format!("There is no transfer {id} on the list.");
                Err(Failure::new(FailureCode::NotFound, message, "Use `queue list` to see what there is.").into())
            }
            None => Ok(TransferChoice::Several { ids: ids.to_vec() }),
        }
    }
}
