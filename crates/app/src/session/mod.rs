//! Who uses which storage right now. A session never changes: another identity is another session, with other clients.

mod access;
mod account;
mod connect;
mod start;
mod stores;

pub use access::places;

use self::access::RuledPlace;
use self::stores::OtherPlace;
use crate::pictures::StoredThumbnails;
use crate::wire::{Account, Audience, Failure, FailureCode, Level, SpaceRef};
use amphora_auth::{Auth, Identity, IdentityKind};
use amphora_config::Backend;
use amphora_storage::{IdentityId, Owner, Space, Storage};
use tokio_util::sync::CancellationToken;

/// A storage and an identity, with the clients that sign as it.
pub struct Session {
    /// The storage's public configuration.
    pub backend: Backend,
    /// The embedded practice storage.
    pub practice: bool,
    /// Sign-in and credentials.
    pub auth: Auth,
    /// Who; none while a storage that demands sign-in waits for one.
    pub identity: Option<Identity>,
    /// The files; none without an identity.
    storage: Option<Storage>,
    /// The places by Gen 2's rules.
    ruled: Vec<RuledPlace>,
    /// The places in other stores.
    others: Vec<OtherPlace>,
    /// The kept sign-in was refused.
    pub session_ended: bool,
    /// What is known of thumbnails that are stored beside pictures.
    pub(crate) thumbnails: StoredThumbnails,
    /// Why the storage cannot be used right now.
    pub problem: Option<Failure>,
    /// Fires when this session is over: whatever runs under it stops.
    pub over: CancellationToken,
    /// As [`Session::owner`] tells it: each step of a transfer asks.
    owner: String,
}

impl Session {
    /// Whose transfers, listings and pictures are shown: storage and identity in one string.
    #[must_use]
    pub fn owner(&self) -> String {
        self.owner.clone()
    }

    /// The account as the window shows it.
    #[must_use]
    pub fn account(&self) -> Account {
        match self.identity.as_ref().map(|identity| &identity.kind) {
            None => Account::Nobody,
            Some(IdentityKind::Guest) => Account::Guest,
            Some(IdentityKind::Person { username, email, .. }) => {
                Account::Person { username: username.clone(), email: email.clone() }
            }
        }
    }

    /// The files of a space that the window means, if this account may enter it.
    ///
    /// # Errors
    /// A guest asked for what only an account has; nobody is signed in, or the storage could not be reached at start.
    pub fn files(&self, space: &SpaceRef) -> Result<(Storage, Space), Failure> {
        let storage = self.storage()?;
        if let Some(place) = self.other_place(space) {
            return place.files();
        }
        match space.level {
            Level::Path => {
                let place = self.ruled_place(space)?;
                Ok((storage.in_bucket(&place.bucket.name, &place.bucket.region), place.space.clone()))
            }
            Level::Public | Level::Protected | Level::Private => Ok((storage.clone(), self.level(space)?)),
        }
    }

    /// The storage.
    ///
    /// # Errors
    /// Nobody is signed in, or the storage could not be reached at start.
    pub fn storage(&self) -> Result<&Storage, Failure> {
        self.storage.as_ref().ok_or_else(|| {
            self.problem.clone().unwrap_or_else(|| {
                Failure::new(FailureCode::SignedOut, "You're not signed in.", "Sign in to see your files.")
                    .retry(crate::wire::Retry::AfterSignIn)
            })
        })
    }

    /// One of the buckets, for what belongs to no place.
    ///
    /// # Errors
    /// As [`Session::storage`].
    pub fn bucket(&self, name: &str) -> Result<Storage, Failure> {
        let storage = self.storage()?;
        let ruled = self.ruled.iter().find(|place| place.bucket.name == name);
        Ok(ruled.map_or_else(|| storage.clone(), |place| storage.in_bucket(name, &place.bucket.region)))
    }

    fn level(&self, space: &SpaceRef) -> Result<Space, Failure> {
        if !self.backend.rules.is_empty() {
            return self.ruled_place(space).map(|place| place.space.clone());
        }
        let person = matches!(self.account(), Account::Person { .. });
        match (space.level, &space.owner) {
            (Level::Public, _) => Ok(Space::Public),
            (Level::Protected, Some(owner)) => Ok(Space::Protected(Owner::Person(IdentityId::new(owner)))),
            (Level::Protected, None) if person => Ok(Space::Protected(Owner::Me)),
            (Level::Private, None) if person => Ok(Space::Private),
            (Level::Private, Some(_)) => Err(Failure::new(
                FailureCode::AccessDenied,
                "Couldn't open another person's private files: only they can.",
                "",
            )),
            (Level::Protected, None) => Err(Failure::needs_account("Protected files", "only you can change them")),
            (Level::Private, None) => Err(Failure::needs_account("Private files", "they are yours alone")),
            (Level::Path, _) => self.ruled_place(space).map(|place| place.space.clone()),
        }
    }

    fn ruled_place(&self, space: &SpaceRef) -> Result<&RuledPlace, Failure> {
        self.ruled.iter().find(|place| place.info.space == *space).ok_or_else(|| {
            Failure::new(
                FailureCode::AccessDenied,
                "Couldn't open this place: the rules of this storage don't let you in.",
                "Sign in with another account, or ask the people who run the storage.",
            )
        })
    }

    /// The scopes of the pictures that nobody but this person may see.
    #[must_use]
    pub fn private_scopes(&self) -> Vec<String> {
        let private = SpaceRef { level: Level::Private, owner: None };
        let ruled = self.ruled.iter().filter(|place| place.info.audience == Audience::OnlyYou);
        let spaces = ruled.map(|place| &place.info.space).chain([&private]);
        spaces.filter_map(|space| self.cache_scope(space).ok()).collect()
    }

    /// The name of a scope for cached pictures: shared levels by themselves, private ones by identity, paths by theirs.
    ///
    /// # Errors
    /// This account may not enter the space, so it must not see what is cached of it.
    pub fn cache_scope(&self, space: &SpaceRef) -> Result<String, Failure> {
        if let Some(place) = self.other_place(space) {
            let (storage, _) = place.files()?;
            return Ok(format!("{} {}", self.backend.id(), storage.config().bucket));
        }
        let entered = self.level(space)?;
        let me = self.identity.as_ref().map_or("", |identity| identity.identity_id.as_str());
        let owner = space.owner.as_deref().unwrap_or(me);
        let scope = match (&space.level, entered) {
            (Level::Path, Space::Path(path)) => format!("path {owner} {}", path.prefix),
            (Level::Public | Level::Path, _) => "public".to_owned(),
            (Level::Protected, _) => format!("protected {owner}"),
            (Level::Private, _) => format!("private {owner}"),
        };
        Ok(format!("{} {scope}", self.backend.id()))
    }
}

fn owner_of(backend: &Backend, identity: Option<&Identity>) -> String {
    let who = match identity {
        None => "nobody".to_owned(),
        Some(identity) => match identity.kind {
            IdentityKind::Guest => format!("guest {}", identity.identity_id),
            IdentityKind::Person { .. } => format!("person {}", identity.identity_id),
        },
    };
    format!("{} {who}", backend.id())
}
