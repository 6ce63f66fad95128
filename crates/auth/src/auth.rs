//! Who uses a backend: restores, signs in and out, and hands out credentials for whoever it is at that moment.

use crate::clock::Clock;
use crate::config::AuthConfig;
use crate::error::{Action, AuthError, AuthErrorKind};
use crate::identity::{Identity, IdentityKind};
use crate::kept::Kept;
use crate::password::Password;
use crate::pools::Pools;
use crate::secrets::SecretStore;
use crate::session::{Session, SessionCredentials};
use crate::sign_in::{self, Answer, Pending, Progress, SignInStep};
use crate::tokens::{RefreshToken, Tokens};
use aws_credential_types::provider::SharedCredentialsProvider;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// A sign-out does not wait longer for the server.
const REVOKING: Duration = Duration::from_secs(3);

/// The accounts of one backend. Cheap to clone; clones share the identity.
#[derive(Clone, Debug)]
pub struct Auth(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    pools: Arc<Pools>,
    kept: Kept,
    session: Mutex<Option<Arc<Session>>>,
    pending: Mutex<Option<(u64, Pending)>>,
    /// One change of identity at a time.
    changing: tokio::sync::Mutex<()>,
    /// Counts sign-ins and sign-outs: one that was overtaken changes nothing any more.
    attempt: AtomicU64,
    kept_was_refused: AtomicBool,
    keeps_sign_in: AtomicBool,
}

impl Auth {
    /// Accounts of a backend; `scope` tells its secrets from those of other backends in the same store. Does no I/O.
    #[must_use]
    pub fn new(config: AuthConfig, store: Arc<dyn SecretStore>, scope: String) -> Self {
        Self::with_clock(config, store, scope, Arc::new(SystemTime::now))
    }

    /// As [`Auth::new`], by another clock than the computer's.
    #[must_use]
    pub fn with_clock(config: AuthConfig, store: Arc<dyn SecretStore>, scope: String, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            pools: Arc::new(Pools::new(config, clock)),
            kept: Kept::new(store, scope),
            session: Mutex::default(),
            pending: Mutex::default(),
            changing: tokio::sync::Mutex::default(),
            attempt: AtomicU64::new(0),
            kept_was_refused: AtomicBool::new(false),
            keeps_sign_in: AtomicBool::new(true),
        }))
    }

    /// Goes on as whoever was signed in last; without one as a guest; as nobody (`None`) where there are no guests.
    ///
    /// # Errors
    /// `SessionEnded` if the kept sign-in is refused: then nobody is signed in, never a guest in the person's place. It stays
    /// kept until [`Auth::guest`], [`Auth::sign_out`] or another sign-in. Also Offline, PoolMissing, KeychainLocked, …
    pub async fn restore(&self) -> Result<Option<Identity>, AuthError> {
        let _one = self.0.changing.lock().await;
        let kept = match self.0.pools.config.user_pool {
            Some(_) => self.0.kept.refresh_token().await?,
            None => None,
        };
        let Some(token) = kept else { return self.guest_if_wanted().await };
        let tokens = self.0.pools.renew(&token).await.inspect_err(|error| {
            self.0.kept_was_refused.store(error.kind() == AuthErrorKind::SessionEnded, Ordering::SeqCst);
        })?;
        let own: Vec<String> = self.0.kept.person_id().await?.into_iter().collect();
        let token = tokens.refresh.clone().unwrap_or(token);
        self.become_person("", tokens, token, &own).await.map(Some)
    }

    /// Signs in with name and password (Secure Remote Password: the password does not leave this process).
    ///
    /// # Errors
    /// WrongPassword (also for a name nobody has), ClockSkew, NoUserPool, PoolMissing, Offline, Throttled, Cancelled, …
    pub async fn sign_in(&self, username: &str, password: Password) -> Result<SignInStep, AuthError> {
        let attempt = self.next_attempt();
        let progress = sign_in::begin(&self.0.pools, username, password).await?;
        self.proceed(attempt, progress).await
    }

    /// Answers what the last sign-in asked.
    ///
    /// # Errors
    /// WrongCode and PasswordTooWeak leave the question open; SessionEnded if there is none or it took too long.
    pub async fn answer(&self, answer: Answer) -> Result<SignInStep, AuthError> {
        let pending = self.pending().clone();
        let (attempt, pending) = pending.ok_or_else(|| {
            AuthError::new(Action::AnswerChallenge, AuthErrorKind::SessionEnded).with_detail("no sign-in is under way")
        })?;
        let progress = sign_in::answer(&self.0.pools, &pending, answer).await.inspect_err(|error| {
            if error.kind() == AuthErrorKind::SessionEnded {
                self.pending().take();
            }
        })?;
        self.proceed(attempt, progress).await
    }

    /// Goes on as a guest: the same one as before on this computer, with the same files. A sign-in that still holds stays kept.
    ///
    /// # Errors
    /// GuestsNotAllowed, PoolMissing, Offline, …
    pub async fn guest(&self) -> Result<Identity, AuthError> {
        let _one = self.0.changing.lock().await;
        self.become_guest().await
    }

    /// Signs out: ends the credentials of this identity, forgets the kept sign-in, and has the server revoke it if it can be
    /// reached within 3 s.
    ///
    /// # Errors
    /// KeychainLocked if the kept sign-in could not be forgotten; signed out in this run all the same.
    pub async fn sign_out(&self) -> Result<(), AuthError> {
        self.next_attempt();
        let _one = self.0.changing.lock().await;
        let ended = self.session().take().and_then(|session| session.end());
        let token = match ended {
            Some(token) => Some(token),
            None => self.0.kept.refresh_token().await.unwrap_or_default(),
        };
        let forgotten = self.0.kept.forget_person().await;
        self.0.kept_was_refused.store(false, Ordering::SeqCst);
        if let Some(token) = token {
            self.revoke(&token).await;
        }
        forgotten
    }

    /// Credentials of the identity of this moment, for the clients of this identity: renewed 10 minutes before their end,
    /// at most one renewal at a time, and refused once the identity has signed out. They never become another identity's.
    ///
    /// Failures are `CredentialsError::CredentialsNotLoaded` if only a sign-in helps, else `ProviderError`; the source is an
    /// [`AuthError`].
    #[must_use]
    pub fn credentials(&self) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(SessionCredentials(self.session().clone()))
    }

    /// Who it is at this moment.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.session().as_ref().map(|session| session.identity.clone())
    }

    /// The last sign-in was kept for the next run; false if the store would not take it.
    #[must_use]
    pub fn keeps_sign_in(&self) -> bool {
        self.0.keeps_sign_in.load(Ordering::SeqCst)
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.0.pools
    }

    async fn proceed(&self, attempt: u64, progress: Progress) -> Result<SignInStep, AuthError> {
        let _one = self.0.changing.lock().await;
        if self.0.attempt.load(Ordering::SeqCst) != attempt {
            return Err(AuthError::new(Action::SignIn, AuthErrorKind::Cancelled));
        }
        Ok(match progress {
            Progress::ConfirmFirst => SignInStep::ConfirmFirst,
            Progress::Asked(pending) => {
                let step = pending.step();
                *self.pending() = Some((attempt, pending));
                step
            }
            Progress::Done { username, tokens } => {
                let token = tokens.refresh.clone().ok_or_else(|| {
                    AuthError::new(Action::SignIn, AuthErrorKind::Unexpected).with_detail("no refresh token came back")
                })?;
                let guest: Vec<String> = self.0.kept.guest_id().await.unwrap_or_default().into_iter().collect();
                let identity = self.become_person(&username, tokens, token, &guest).await?;
                self.pending().take();
                SignInStep::Done(identity)
            }
        })
    }

    async fn become_person(
        &self,
        typed: &str,
        tokens: Tokens,
        token: RefreshToken,
        offered: &[String],
    ) -> Result<Identity, AuthError> {
        let issued = self.0.pools.issue_to_person(&tokens, offered).await?;
        let claims = tokens.claims();
        let username = claims.username.unwrap_or_else(|| typed.to_owned());
        let kind = IdentityKind::Person { username, email: claims.email, groups: claims.groups };
        let identity = Identity { kind, identity_id: issued.identity_id.clone() };
        self.keep_person(&token, &identity.identity_id).await;
        let (pools, kept) = (self.0.pools.clone(), self.0.kept.clone());
        self.replace(Session::of_person(identity.clone(), pools, kept, issued, tokens, token));
        Ok(identity)
    }

    async fn keep_person(&self, token: &RefreshToken, identity_id: &str) {
        let kept = self.0.kept.keep_person(token, identity_id).await;
        if let Err(error) = &kept {
            tracing::warn!(%error, "the sign-in is kept for this run only");
        }
        self.0.keeps_sign_in.store(kept.is_ok(), Ordering::SeqCst);
        self.0.kept_was_refused.store(false, Ordering::SeqCst);
        // The guest's identity is this person's now; the next guest is another.
        if self.0.kept.guest_id().await.is_ok_and(|guest| guest.as_deref() == Some(identity_id))
            && let Err(error) = self.0.kept.forget_guest_id().await
        {
            tracing::warn!(%error, "the guest's identity was not forgotten");
        }
    }

    async fn guest_if_wanted(&self) -> Result<Option<Identity>, AuthError> {
        match self.become_guest().await {
            Ok(guest) => Ok(Some(guest)),
            // Where there are accounts, nobody is somebody who has not signed in yet.
            Err(error) if error.kind() == AuthErrorKind::GuestsNotAllowed && self.has_accounts() => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn become_guest(&self) -> Result<Identity, AuthError> {
        if self.0.pools.config.mandatory_sign_in {
            return Err(AuthError::new(Action::IdentifyGuest, AuthErrorKind::GuestsNotAllowed));
        }
        let before = self.0.kept.guest_id().await.unwrap_or_default();
        let issued = self.0.pools.issue_to_guest(before).await?;
        let identity = Identity { kind: IdentityKind::Guest, identity_id: issued.identity_id.clone() };
        if let Err(error) = self.0.kept.keep_guest_id(&identity.identity_id).await {
            tracing::warn!(%error, "the next run will be another guest");
        }
        if self.0.kept_was_refused.swap(false, Ordering::SeqCst) {
            self.0.kept.forget_person().await?;
        }
        self.replace(Session::of_guest(identity.clone(), self.0.pools.clone(), self.0.kept.clone(), issued));
        Ok(identity)
    }

    async fn revoke(&self, token: &RefreshToken) {
        let Ok(pool) = self.0.pools.user_pool(Action::Refresh) else { return };
        let request = self.0.pools.clients.people.revoke_token().client_id(&pool.client_id).token(token.reveal());
        if !matches!(tokio::time::timeout(REVOKING, request.send()).await, Ok(Ok(_))) {
            tracing::info!("the server did not revoke the sign-in; it ends there by itself");
        }
    }

    fn has_accounts(&self) -> bool {
        self.0.pools.config.user_pool.is_some()
    }

    fn next_attempt(&self) -> u64 {
        self.pending().take();
        self.0.attempt.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn replace(&self, session: Session) {
        if let Some(old) = self.session().replace(Arc::new(session)) {
            old.end();
        }
    }

    fn session(&self) -> std::sync::MutexGuard<'_, Option<Arc<Session>>> {
        self.0.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pending(&self) -> std::sync::MutexGuard<'_, Option<(u64, Pending)>> {
        self.0.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
