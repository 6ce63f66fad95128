//! Makes sessions: at start, after connecting, after a change of identity.

use super::access::ruled;
use super::stores::other_places;
use super::{Session, owner_of};
use crate::app::App;
use crate::pictures::StoredThumbnails;
use crate::settings::Connected;
use crate::wire::{AppState, Failure};
use amphora_auth::{Auth, AuthConfig, AuthErrorKind, Identity, UserPool};
use amphora_config::Backend;
use amphora_storage::{IdentityId, Pace, Prefixes, Storage, StorageConfig};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

impl App {
    /// Opens the storage of the last run, signed in as it was left. A storage that cannot be reached is shown with its problem.
    pub async fn restore(&self) -> AppState {
        let _one = self.changing.lock().await;
        self.reopen().await
    }

    /// The same, by a caller that changes the session already.
    pub(crate) async fn reopen(&self) -> AppState {
        let state = self.open_last().await;
        self.restored.send_replace(true);
        state
    }

    async fn open_last(&self) -> AppState {
        let connected = self.settings().storage.clone();
        match connected {
            None => self.state(),
            Some(Connected::Team { backend }) => self.open(*backend, false).await,
            Some(Connected::Practice) => match self.practice_backend().await {
                Ok(backend) => self.open(backend, true).await,
                Err(failure) => {
                    tracing::warn!(%failure, "the practice storage did not start");
                    self.state()
                }
            },
        }
    }

    /// Opens a storage as whoever was signed in last, else as a guest where it takes guests.
    pub(crate) async fn open(&self, backend: Backend, practice: bool) -> AppState {
        let auth = self.auth(&backend);
        let (identity, session_ended, problem) = match auth.restore().await {
            Ok(identity) => (identity, false, None),
            Err(error) if error.kind() == AuthErrorKind::SessionEnded => (None, true, None),
            Err(error) => (None, false, Some(Failure::of_auth("open this storage", &error))),
        };
        let session = Session { session_ended, problem, ..Session::new(backend, practice, auth, identity, &self.pace) };
        self.replace_session(Some(session))
    }

    /// The same storage under another identity, with new clients.
    pub(crate) fn change_identity(&self, old: &Session, identity: Option<Identity>) -> AppState {
        let (backend, auth) = (old.backend.clone(), old.auth.clone());
        self.replace_session(Some(Session::new(backend, old.practice, auth, identity, &self.pace)))
    }

    pub(crate) fn auth(&self, backend: &Backend) -> Auth {
        let config = AuthConfig {
            identity_pool_id: backend.identity_pool.id.clone(),
            identity_region: backend.identity_pool.region.clone(),
            user_pool: backend.user_pool.as_ref().map(|pool| UserPool {
                id: pool.id.clone(),
                client_id: pool.client_id.clone(),
                region: pool.region.clone(),
            }),
            mandatory_sign_in: backend.mandatory_sign_in,
            cognito_endpoint: backend.endpoints.cognito.clone(),
            identity_endpoint: backend.endpoints.identity.clone(),
        };
        Auth::new(config, self.secrets.clone(), backend.id())
    }
}

impl Session {
    /// A session with clients that sign as this identity; without clients where there is none.
    pub(crate) fn new(
        backend: Backend,
        practice: bool,
        auth: Auth,
        identity: Option<Identity>,
        pace: &Arc<Pace>,
    ) -> Self {
        let storage = identity.as_ref().map(|identity| storage(&backend, &auth, identity).with_pace(pace.clone()));
        let ruled = identity.as_ref().map(|identity| ruled(&backend, identity)).unwrap_or_default();
        // As the bucket's own places, they are there for whoever is there: a guest or a person.
        let others = if identity.is_some() { other_places(&backend.places) } else { Vec::new() };
        let over = CancellationToken::new();
        let owner = owner_of(&backend, identity.as_ref());
        Self {
            backend,
            practice,
            auth,
            identity,
            storage,
            ruled,
            others,
            thumbnails: StoredThumbnails::default(),
            session_ended: false,
            problem: None,
            over,
            owner,
        }
    }
}

/// Clients that sign as this identity and no other.
fn storage(backend: &Backend, auth: &Auth, identity: &Identity) -> Storage {
    let default = Prefixes::default();
    let config = StorageConfig {
        bucket: backend.bucket.name.clone(),
        region: backend.bucket.region.clone(),
        endpoint: backend.endpoints.s3.clone(),
        prefixes: Prefixes {
            public: backend.prefixes.public.clone().unwrap_or(default.public),
            protected: backend.prefixes.protected.clone().unwrap_or(default.protected),
            private: backend.prefixes.private.clone().unwrap_or(default.private),
        },
    };
    Storage::new(config, auth.credentials(), Some(IdentityId::new(&identity.identity_id)))
}
