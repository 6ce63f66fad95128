//! The naming rule of a storage, saved in the settings and applied to what the file manager uploads. Off, names stay as they are.

use crate::app::App;
use crate::session::Session;
use crate::wire::{Failure, NamingSettings};
use amphora_storage::NamingRule;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The longest pattern that is kept.
const LONGEST: usize = 500;

/// The rule for one upload.
pub(crate) struct Naming {
    app: App,
    storage: String,
    rule: NamingRule,
    date: String,
}

impl Naming {
    /// The name of the next file. Each one that is counted takes a number, also beside another upload.
    pub fn next_name(&self, name: &str) -> String {
        let counter = if self.rule.counts() { self.app.take_number(&self.storage) } else { 1 };
        self.rule.key_for(name, &self.date, counter)
    }
}

impl Drop for Naming {
    /// Saves the numbers that the upload has taken.
    fn drop(&mut self) {
        if self.rule.counts()
            && let Err(failure) = self.app.change_settings(|_| ())
        {
            tracing::warn!(%failure, "the next upload counts from the same number");
        }
    }
}

impl App {
    /// How uploads to the connected storage are named.
    ///
    /// # Errors
    /// No storage is connected.
    pub fn naming_rule(&self) -> Result<NamingSettings, Failure> {
        let storage = self.session()?.backend.id();
        Ok(self.settings().naming.get(&storage).cloned().unwrap_or_default())
    }

    /// Chooses it.
    ///
    /// # Errors
    /// No storage is connected, or the choice cannot be saved.
    pub fn set_naming_rule(&self, rule: NamingSettings) -> Result<(), Failure> {
        let storage = self.session()?.backend.id();
        let pattern = rule.pattern.chars().take(LONGEST).collect();
        self.change_settings(|settings| {
            settings.naming.insert(storage, NamingSettings { pattern, ..rule });
        })
    }

    /// The rule for an upload of the file manager, where one is on.
    pub(crate) fn naming_of(&self, session: &Session) -> Option<Naming> {
        let storage = session.backend.id();
        let NamingSettings { pattern, spaces, exact, .. } =
            self.settings().naming.get(&storage).filter(|rule| rule.on).cloned()?;
        let date = TimeZone::system().to_datetime(Timestamp::now()).date().to_string();
        Some(Naming { app: self.clone(), storage, rule: NamingRule { pattern, spaces, exact }, date })
    }

    fn take_number(&self, storage: &str) -> u32 {
        let mut settings = self.settings();
        let rule = settings.naming.entry(storage.to_owned()).or_default();
        let number = rule.next;
        rule.next = number.saturating_add(1);
        number
    }
}
