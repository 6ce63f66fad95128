//! Sends one file or makes one folder in the storage.

use super::job::{OnExisting, Transfer};
use super::prepare::Prepared;
use super::run::End;
use super::uploads::JournalMemory;
use crate::app::App;
use crate::pictures::{Own, attributes_of};
use crate::session::Session;
use crate::wire::Failure;
use amphora_storage::{Checksum, Control, ErrorKind, IfExists, Key, PutOptions};
use std::sync::Arc;

impl App {
    /// Sends what an upload is about, going on with what an earlier try left on the server.
    pub(super) async fn send(
        &self,
        session: &Arc<Session>,
        id: u64,
        transfer: &Transfer,
        control: &Control,
    ) -> Result<End, Failure> {
        let job = &transfer.job;
        let (storage, space) = session.files(&job.space)?;
        let key = Key::parse(&job.key).map_err(|error| Failure::of_storage(&error))?;
        if job.key.ends_with('/') {
            let made = storage.new_folder(&space, &job.key).await;
            return match made {
                // Folders merge: one that is there already is the folder that was wanted.
                Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(Failure::of_storage(&error)),
                _ => Ok(End::Finished { key: job.key.clone(), etag: String::new(), landed: None, stored: None }),
            };
        }
        let Prepared { body, facts } = self.prepared(job).await?;
        let memory = JournalMemory::new(self.clone(), id, job.owner.clone());
        let options = PutOptions {
            memory: Some(Arc::new(memory)),
            content_type: job.content_type.clone(),
            replaces: transfer.replaces.clone(),
            checksum: if self.settings().transfers.sha256 { Checksum::Sha256 } else { Checksum::Crc },
            attributes: facts.as_ref().map(attributes_of).unwrap_or_default(),
            ..PutOptions::new(if_exists(transfer.on_existing))
        };
        let own = self.own_picture(&job.name, facts.is_some().then(|| body.clone()), &control.cancel);
        // The tile is made while the bytes are on their way.
        let (stored, picture) = tokio::join!(storage.put(&space, &key, body, options, control), own);
        match stored {
            Ok(stored) => {
                let (key, etag) = (stored.key.as_str().to_owned(), stored.etag);
                if let Some(facts) = facts {
                    self.keep_own(session, &job.space, &key, Own { etag: &etag, facts, picture }).await;
                }
                Ok(End::Finished { key, etag, landed: None, stored: Some(stored.size) })
            }
            Err(error) => match error.kind() {
                ErrorKind::AlreadyExists if transfer.on_existing != OnExisting::Fail => Ok(End::Exists),
                ErrorKind::Cancelled => Ok(End::Stopped),
                _ => Err(Failure::of_storage(&error)),
            },
        }
    }
}

/// What was there before has been asked about; what appears since is refused by the server, and asked about then.
fn if_exists(on_existing: OnExisting) -> IfExists {
    match on_existing {
        OnExisting::Ask | OnExisting::Fail => IfExists::Fail,
        OnExisting::Replace => IfExists::Replace,
        OnExisting::KeepBoth => IfExists::KeepBoth,
    }
}
