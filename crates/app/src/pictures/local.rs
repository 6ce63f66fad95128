//! Pictures of files on this computer, for the question about a name that exists. The page names the transfer, never a
//! path, and only a file that such a question of the account in use is about is read.

use super::request::Served;
use super::serve::{LARGEST, no_preview, served, too_large};
use crate::app::App;
use crate::listing::is_raw;
use crate::wire::{Failure, FailureCode, Id, TransferState};
use amphora_storage::Body;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A request for the picture of a file on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalPictureRequest {
    transfer: Id,
    edge: u32,
}

impl LocalPictureRequest {
    /// Reads `/local/{transfer}?size=256`.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let transfer = path.strip_prefix("/local/")?.parse().ok()?;
        let size = query.split('&').find_map(|pair| pair.strip_prefix("size="));
        let edge = size.map_or(Some(256), |size| size.parse().ok())?;
        (1..=2048).contains(&edge).then_some(Self { transfer: Id(transfer), edge })
    }
}

impl App {
    /// A thumbnail of the file that an open question is about, encoded anew and kept nowhere.
    ///
    /// # Errors
    /// There is no such question of this account, the file cannot be read, or it is no picture.
    pub async fn local_picture(&self, request: LocalPictureRequest) -> Result<Served, Failure> {
        let session = self.session()?;
        let (local, name) = self.asked_about(&session.owner(), request.transfer).ok_or_else(no_question)?;
        // Held until it is decoded: bytes that wait for the decoder take memory too.
        let _turn = self.pictures.turns.take().await;
        if is_raw(&name)
            && let Some(picture) = self.inside_here(&Body::File(local.clone()), request.edge).await
        {
            return if session.over.is_cancelled() { Err(no_question()) } else { Ok(served(picture)) };
        }
        let (file, shown) = (local.clone(), name.clone());
        let read = tokio::task::spawn_blocking(move || read(&file, &shown)).await;
        let bytes = read.unwrap_or_else(|_| Err(unreadable(&name, "the reading ended early")))?;
        let picture = self.pictures.decoder.thumbnail(bytes, request.edge).await;
        if session.over.is_cancelled() {
            return Err(no_question());
        }
        picture.map(served).map_err(|reason| no_preview(&name, &reason))
    }

    fn asked_about(&self, owner: &str, transfer: Id) -> Option<(PathBuf, String)> {
        let open = self.transfers.lock();
        let asked = open.queue.get(transfer.0)?;
        let is_asked = asked.state == TransferState::NeedsAnswer && asked.job.owner == owner;
        is_asked.then(|| (asked.job.local.clone(), asked.job.name.clone()))
    }
}

fn read(path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    let told = |error: std::io::Error| unreadable(name, &error.to_string());
    // Looked at before it is opened: opening a pipe waits for somebody to write.
    if !std::fs::metadata(path).map_err(told)?.is_file() {
        return Err(unreadable(name, "not a file"));
    }
    let file = File::open(path).map_err(told)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(told)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

fn no_question() -> Failure {
    Failure::new(FailureCode::NotFound, "Nothing is asked about this file any more.", "")
}

fn unreadable(name: &str, detail: &str) -> Failure {
    let message = format!("There is no preview of “{name}”: it can't be read.");
    Failure::new(FailureCode::LocalFile, message, "").detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_transfer_and_a_size_and_nothing_else() {
        let request = LocalPictureRequest { transfer: Id(7), edge: 128 };
        assert_eq!(LocalPictureRequest::parse("/local/7", "size=128"), Some(request));
        for (path, query) in [
            ("/local/", ""),
            ("/local/etc/passwd", ""),
            ("/local/..%2f7", ""),
            ("/local/-1", ""),
            ("/local/7", "size=100000"),
            ("/thumb/7", ""),
        ] {
            assert_eq!(LocalPictureRequest::parse(path, query), None, "{path}?{query}");
        }
    }
}
