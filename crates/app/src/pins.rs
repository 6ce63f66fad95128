//! Folders that an account keeps at hand in the sidebar. They last on this computer, and are shown to no other account.

use crate::app::App;
use crate::session::Session;
use crate::wire::{AppState, Failure, FailureCode, PlaceRef};
use serde::{Deserialize, Serialize};

/// One account's list is no longer than people can look through.
const MOST: usize = 100;

/// A folder at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Storage and identity.
    pub owner: String,
    /// Which folder.
    pub place: PlaceRef,
}

impl App {
    /// Keeps a folder at hand, last of the list; or no longer.
    ///
    /// # Errors
    /// This account may not enter the place, the list is full, or the choice cannot be saved.
    pub fn pin_folder(&self, place: PlaceRef, pinned: bool) -> Result<AppState, Failure> {
        let session = self.session()?;
        if pinned {
            session.files(&place.space)?;
        }
        if pinned && self.pinned(&session).len() >= MOST {
            let message = format!("Couldn't pin this folder: {MOST} are pinned already.");
            return Err(Failure::new(FailureCode::TooLarge, message, "Unpin one that you no longer need."));
        }
        let wanted = Pinned { owner: session.owner(), place };
        self.change_settings(|settings| {
            settings.pinned.retain(|other| *other != wanted);
            if pinned {
                settings.pinned.push(wanted);
            }
        })?;
        Ok(self.tell_state())
    }

    pub(crate) fn pinned(&self, session: &Session) -> Vec<PlaceRef> {
        let owner = session.owner();
        let settings = self.settings();
        settings.pinned.iter().filter(|pin| pin.owner == owner).map(|pin| pin.place.clone()).collect()
    }
}
