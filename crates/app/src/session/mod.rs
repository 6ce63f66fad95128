//! Who uses which storage right now. A session never changes: another identity is another session, with other clients.

mod access;
mod account;
mod connect;
mod start;

pub use access::{audience, places};

use crate::wire::{Account, Failure, FailureCode, Level, SpaceRef};
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
    /// The kept sign-in was refused.
    pub session_ended: bool,
    /// Why the storage cannot be used right now.
    pub problem: Option<Failure>,
    /// Fires when this session is over: whatever runs under it stops.
    pub over: CancellationToken,
}

impl Session {
    /// Whose transfers, listings and pictures are shown: storage and identity in one string.
    #[must_use]
    pub fn owner(&self) -> String {
        let who = match &self.identity {
            None => "nobody".to_owned(),
            Some(identity) => match identity.kind {
                IdentityKind::Guest => format!("guest {}", identity.identity_id),
                IdentityKind::Person { .. } => format!("person {}", identity.identity_id),
            },
        };
        format!("{} {who}", self.backend.id())
    }

    /// The files.
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

    /// The account as the window shows it.
    #[must_use]
    pub fn account(&self) -> Account {
        match self.identity.as_ref().map(|identity| &identity.kind) {
            None => Account::Nobody,
            Some(IdentityKind::Guest) => Account::Guest,
            Some(IdentityKind::Person { username, email }) => {
                Account::Person { username: username.clone(), email: email.clone() }
            }
        }
    }

    /// The space that the window means, if this account may enter it.
    ///
    /// # Errors
    /// A guest asked for what only an account has.
    pub fn space(&self, space: &SpaceRef) -> Result<Space, Failure> {
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
        }
    }

    /// The scope of this person's private pictures.
    #[must_use]
    pub fn private_scope(&self) -> Option<String> {
        self.cache_scope(&SpaceRef { level: Level::Private, owner: None }).ok()
    }

    /// The name of a scope for cached pictures: shared levels by themselves, private ones by identity.
    ///
    /// # Errors
    /// This account may not enter the space, so it must not see what is cached of it.
    pub fn cache_scope(&self, space: &SpaceRef) -> Result<String, Failure> {
        self.space(space)?;
        let me = self.identity.as_ref().map_or("", |identity| identity.identity_id.as_str());
        let owner = space.owner.as_deref().unwrap_or(me);
        let level = match space.level {
            Level::Public => "public".to_owned(),
            Level::Protected => format!("protected {owner}"),
            Level::Private => format!("private {owner}"),
        };
        Ok(format!("{} {level}", self.backend.id()))
    }
}
