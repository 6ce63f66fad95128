//! The addresses of the `amphora:` protocol: picked files and pictures of this computer, pictures and text of the storage.

use crate::LocalPictureRequest;
use crate::app::App;
use crate::pictures::{PictureRequest, Served};
use crate::wire::{Failure, FailureCode, Id};
use amphora_storage::{Event, EventKind};
use percent_encoding::percent_decode_str;

impl App {
    /// Answers one request: `/picked/{grant}`, or as [`LocalPictureRequest::parse`] or [`PictureRequest::parse`]; where that is
    /// to be tracked, the get is noted in the account's activity log.
    ///
    /// # Errors
    /// There is nothing at the address, the account may not read it, or it cannot be shown.
    pub async fn serve(&self, path: &str, query: &str) -> Result<Served, Failure> {
        if let Some(grant) = path.strip_prefix("/picked/") {
            return self.picked(grant).await;
        }
        if let Some(request) = LocalPictureRequest::parse(path, query) {
            return self.local_picture(request).await;
        }
        let nothing = || Failure::new(FailureCode::NotFound, "There is nothing at this address.", "");
        let request = PictureRequest::parse(path, query).ok_or_else(nothing)?;
        // Whose log it goes to is whose request it was, though somebody else be here when it is answered.
        let session = self.session()?;
        let answer = self.picture_on_show(&request).await;
        // Looking away is no download that failed.
        let given_up = answer.as_ref().is_err_and(|failure| failure.code == FailureCode::Cancelled);
        if request.track && !given_up {
            let key = path.rsplit('/').next().unwrap_or_default();
            let key = percent_decode_str(key).decode_utf8_lossy();
            let bytes = answer.as_ref().map(|served| served.bytes.len() as u64);
            self.note(&session, Event::download(&key, bytes.map_err(|failure| failure as &dyn std::fmt::Display)));
        }
        answer
    }

    /// Notes a listing that a tracking component opened, in the account's activity log.
    ///
    /// # Errors
    /// The listing is closed.
    pub fn track_listing(&self, listing: Id) -> Result<(), Failure> {
        let session = self.session()?;
        let (folder, rows) = self.listings.shown(listing)?;
        let failure = folder.lock().failure.clone();
        let message = failure.as_ref().map_or_else(
            || format!("{} items returned from list operation", rows.len()),
            |failure| format!("Listing items failed: {failure}"),
        );
        let succeeded = failure.is_none();
        self.note(&session, Event { kind: EventKind::List, key: String::new(), succeeded, file_size: None, message });
        Ok(())
    }
}
