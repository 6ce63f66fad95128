//! The person's settings for transfers: checked, saved, and in force at once.

use super::scan_rules::ScanRules;
use crate::app::App;
use crate::wire::{Failure, FailureCode, TransferSettings};

/// More at once only fight over the line.
const MOST_AT_ONCE: u32 = 64;
/// Slower than this a connection is cut by servers.
const SLOWEST: u64 = 16 * 1024;

impl App {
    /// How transfers run.
    #[must_use]
    pub fn transfer_settings(&self) -> TransferSettings {
        self.settings().transfers.clone()
    }

    /// Changes how transfers run, from now on; returns what is in force.
    ///
    /// # Errors
    /// A value is out of bounds, a name to leave out is no pattern, or the settings cannot be saved.
    pub fn set_transfer_settings(&self, wanted: TransferSettings) -> Result<TransferSettings, Failure> {
        let settings = checked(wanted)?;
        self.change_settings(|all| all.transfers = settings.clone())?;
        self.keep_transfer_settings();
        self.pump();
        Ok(settings)
    }

    /// Has what runs keep to the settings.
    pub(crate) fn keep_transfer_settings(&self) {
        let settings = self.transfer_settings();
        self.transfers.lock().at_once = settings.at_once;
        self.pace.set_upload_limit(settings.upload_limit.map(|limit| limit.0));
        self.pace.set_download_limit(settings.download_limit.map(|limit| limit.0));
    }

    /// What is left out of folders that are read from now on.
    pub(crate) fn scan_rules(&self) -> ScanRules {
        // Checked when they were set; a file that was edited by hand leaves nothing out.
        ScanRules::of(&self.settings().transfers).unwrap_or_default()
    }
}

/// Names are trimmed and named once; what is out of bounds is told rather than bent.
fn checked(mut settings: TransferSettings) -> Result<TransferSettings, Failure> {
    let mut names: Vec<String> = Vec::new();
    for name in settings.excluded.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if !names.iter().any(|kept| kept == name) {
            names.push(name.to_owned());
        }
    }
    settings.excluded = names;
    ScanRules::of(&settings)?;
    let refused = |message: &str, hint: &str| Err(Failure::new(FailureCode::NameNotAllowed, message, hint));
    if settings.at_once.is_some_and(|count| count == 0 || count > MOST_AT_ONCE) {
        return refused(
            "Couldn't set how many files go at once: it is between 1 and 64.",
            "Choose a number in between.",
        );
    }
    let limits = [settings.upload_limit, settings.download_limit];
    if limits.into_iter().flatten().any(|limit| limit.0 < SLOWEST) {
        return refused("Couldn't set the limit: the slowest is 16 KB a second.", "Choose a higher one, or none.");
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::ByteSize;

    #[test]
    fn names_are_kept_once_and_what_is_out_of_bounds_is_told() {
        let names = [" *.tmp ", "", "*.tmp", "a"].map(str::to_owned).to_vec();
        let kept = checked(TransferSettings { excluded: names, ..TransferSettings::default() }).unwrap();
        assert_eq!(kept.excluded, ["*.tmp", "a"]);
        for wrong in [
            TransferSettings { at_once: Some(0), ..TransferSettings::default() },
            TransferSettings { at_once: Some(65), ..TransferSettings::default() },
            TransferSettings { upload_limit: Some(ByteSize(1)), ..TransferSettings::default() },
            TransferSettings { excluded: vec!["a[".to_owned()], ..TransferSettings::default() },
        ] {
            assert_eq!(checked(wrong).unwrap_err().code, FailureCode::NameNotAllowed);
        }
    }
}
