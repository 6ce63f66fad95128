//! Answers a request as whoever is signed in when it comes, and as nobody else: where the account changes, it ends.

use super::address::{Address, name_of};
use super::request::{Request, Verb};
use super::told::{End, Tell, Told};
use crate::app::App;
use crate::session::Session;
use crate::wire::{Account, Failure, FailureCode, Millis, PlaceRef, Row};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::MutexGuard;

/// A request with all that it is answered by.
pub(super) struct Asked<'a> {
    pub app: &'a App,
    pub session: &'a Arc<Session>,
    pub request: &'a Request,
    pub tell: Tell<'a>,
}

impl App {
    /// Does what a script asks, and tells it what comes of it.
    ///
    /// # Errors
    /// It was not meant like this, it failed, or some of it did.
    pub async fn ask(&self, request: &Request, tell: Tell<'_>) -> Result<(), End> {
        let Some(session) = &self.session_if_any() else {
            let help = "No storage is connected. Use `amphora-cli connect FILE`, or --backend FILE.";
            return Err(End::Usage(help.to_owned()));
        };
        let asked = Asked { app: self, session, request, tell };
        tokio::select! {
            biased;
            () = session.over.cancelled() => Err(another_account().into()),
            end = asked.answer() => end,
        }
    }
}

impl Asked<'_> {
    async fn answer(&self) -> Result<(), End> {
        match &self.request.verb {
            Verb::Status => self.status(),
            Verb::List { address } => self.list(address).await,
            Verb::Put { files, to, answer } => self.put(files, to, *answer).await,
            Verb::Get { address, to } => self.get(address, to.path()).await,
            Verb::Copy { from, to, taken } => self.relocate((from, to), *taken, false).await,
            Verb::Move { from, to, taken } => self.relocate((from, to), *taken, true).await,
            Verb::Remove { address } => self.remove(address).await,
            Verb::Share { address, seconds } => self.share(address, Duration::from_secs(*seconds)).await,
            Verb::Queue(act) => self.queue(act).await,
        }
    }

    fn status(&self) -> Result<(), End> {
        let state = self.app.state();
        let storage = state.storage.ok_or_else(another_account)?;
        let identity = self.session.identity.as_ref().filter(|_| matches!(state.account, Account::Person { .. }));
        let identity = identity.map(|identity| identity.identity_id.clone());
        let (storage, account, places) = (Box::new(storage), state.account, state.places);
        self.say(Told::Status { storage, account, places, identity });
        Ok(())
    }

    async fn list(&self, address: &str) -> Result<(), End> {
        let rows = match self.found(&self.address(address)?).await? {
            Found::Folder(place) => self.rows(place).await?,
            Found::Row(row) => vec![row],
        };
        rows.into_iter().for_each(|row| self.say(Told::Row(row)));
        Ok(())
    }

    async fn share(&self, address: &str, life: Duration) -> Result<(), End> {
        let address = self.address(address)?;
        let Some(name) = &address.name else { return Err(End::Usage("Name a file.".to_owned())) };
        let key = format!("{}{name}", address.place.folder);
        let link = self.app.link(&address.place.space, &key, life).await?;
        self.say(Told::Link { url: link.url, expires: Millis::from(link.expires_at) });
        Ok(())
    }

    pub fn say(&self, told: Told) {
        (self.tell)(told);
    }

    pub fn address(&self, text: &str) -> Result<Address, End> {
        Address::parse(text, &self.app.state().places).map_err(End::Usage)
    }

    /// What an address means.
    pub async fn found(&self, address: &Address) -> Result<Found, End> {
        let Some(name) = &address.name else { return Ok(Found::Folder(address.place.clone())) };
        let rows = self.rows(address.place.clone()).await?;
        let row = rows.into_iter().find(|row| row.name == *name);
        let row = row.ok_or_else(|| {
            let place = name_of(&address.place.space);
            let message = format!("There is no “{name}” in {place}:{}.", address.place.folder);
            Failure::new(FailureCode::NotFound, message, "")
        })?;
        Ok(Found::Row(row))
    }

    pub async fn rows(&self, place: PlaceRef) -> Result<Vec<Row>, End> {
        let listing = self.app.open_whole(place).await?;
        let rows = self.app.rows(listing.id, 0, listing.count);
        self.app.close_listing(listing.id);
        Ok(rows?)
    }

    /// While this lives nobody else signs in: what is put in line now belongs to whoever asked.
    pub async fn still_the_same(&self) -> Result<MutexGuard<'_, ()>, Failure> {
        let one = self.app.changing.lock().await;
        let now = self.app.session_if_any();
        let same = now.is_some_and(|now| Arc::ptr_eq(&now, self.session)) && !self.session.over.is_cancelled();
        if same { Ok(one) } else { Err(another_account()) }
    }

    /// The request's name, as the journal keeps it: two accounts may use one name.
    pub fn kept_name(&self) -> String {
        format!("{} {}", self.session.owner(), self.request.name)
    }
}

/// What an address means.
pub(super) enum Found {
    /// A place, or a folder that is named by its slash.
    Folder(PlaceRef),
    /// Something in it.
    Row(Row),
}

fn another_account() -> Failure {
    Failure::new(
        FailureCode::Cancelled,
        "The account changed, or Amphora was closed, before this was done.",
        "What was in line waits for its account. Run the command again to go on.",
    )
}
