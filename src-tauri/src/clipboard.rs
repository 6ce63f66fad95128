//! The clipboard. Kept open: on X11 the text lives as long as its owner.

use amphora_app::wire::{Failure, FailureCode, Retry};
use arboard::Clipboard;
use std::sync::{Mutex, PoisonError};

/// The clipboard, opened at its first use.
#[derive(Default)]
pub struct OurClipboard(Mutex<Option<Clipboard>>);

impl OurClipboard {
    /// Puts text on the clipboard.
    pub fn copy(&self, text: String) -> Result<(), Failure> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = match kept.take().map_or_else(Clipboard::new, Ok) {
            Ok(mut clipboard) => clipboard.set_text(text).map(|()| *kept = Some(clipboard)),
            Err(error) => Err(error),
        };
        outcome.map_err(|error| {
            Failure::new(FailureCode::Unexpected, "Couldn't copy: the clipboard is busy.", "Try again.")
                .retry(Retry::Now)
                .detail(error.to_string())
        })
    }
}
