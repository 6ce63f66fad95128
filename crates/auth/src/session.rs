//! One identity, from its sign-in to its end, and the credentials that it signs with.
//!
//! A session never becomes another identity: each has a provider of its own, and the SDK caches credentials by provider, so
//! clients made for one identity cannot go on signing as another. Clients live as long as their session and are dropped with it.

use crate::error::{Action, AuthError, AuthErrorKind};
use crate::identity::Identity;
use crate::kept::Kept;
use crate::pools::{Issued, Pools};
use crate::tokens::{RefreshToken, Tokens};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Credentials and tokens are renewed this long before their end, as Amplify does.
const AHEAD: Duration = Duration::from_secs(10 * 60);
/// Credentials that could not be renewed are used until this long before their end.
const LAST_USE: Duration = Duration::from_secs(60);
/// After a renewal that failed while the old credentials still hold, the next try waits this long.
const PAUSE: Duration = Duration::from_secs(30);

/// An identity and what it signs with.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) identity: Identity,
    pools: Arc<Pools>,
    kept: Kept,
    over: AtomicBool,
    refresh_token: Mutex<Option<RefreshToken>>,
    /// Locked while credentials are renewed: whoever comes meanwhile waits and takes the new ones.
    held: tokio::sync::Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    issued: Issued,
    tokens: Option<Tokens>,
    not_before: Option<SystemTime>,
}

impl Session {
    pub(crate) fn of_guest(identity: Identity, pools: Arc<Pools>, kept: Kept, issued: Issued) -> Self {
        Self::new(identity, pools, kept, issued, None, None)
    }

    pub(crate) fn of_person(
        identity: Identity,
        pools: Arc<Pools>,
        kept: Kept,
        issued: Issued,
        tokens: Tokens,
        refresh_token: RefreshToken,
    ) -> Self {
        Self::new(identity, pools, kept, issued, Some(tokens), Some(refresh_token))
    }

    fn new(
        identity: Identity,
        pools: Arc<Pools>,
        kept: Kept,
        issued: Issued,
        tokens: Option<Tokens>,
        refresh_token: Option<RefreshToken>,
    ) -> Self {
        let held = tokio::sync::Mutex::new(Held { issued, tokens, not_before: None });
        Self { identity, pools, kept, over: AtomicBool::new(false), refresh_token: Mutex::new(refresh_token), held }
    }

    /// Ends it: from now on its provider refuses. Returns what the server should revoke.
    pub(crate) fn end(&self) -> Option<RefreshToken> {
        self.over.store(true, Ordering::SeqCst);
        self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    async fn credentials(&self) -> Result<Credentials, AuthError> {
        let mut held = self.held.lock().await;
        self.check_not_over()?;
        let now = self.pools.clock.now();
        let renew = held.issued.expires_at < now + AHEAD && held.not_before.is_none_or(|moment| now >= moment);
        if renew {
            match self.renew(&mut held, now).await {
                Ok(()) => held.not_before = None,
                Err(error) if error.may_pass() && held.issued.expires_at > now + LAST_USE => {
                    tracing::warn!(%error, "credentials not renewed yet");
                    held.not_before = Some(now + PAUSE);
                }
                Err(error) => return Err(error),
            }
            self.check_not_over()?;
        }
        Ok(self.for_the_sdk(&held.issued))
    }

    async fn renew(&self, held: &mut Held, now: SystemTime) -> Result<(), AuthError> {
        let token = self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(token) = token
            && held.tokens.as_ref().is_none_or(|tokens| tokens.expires_at < now + AHEAD)
        {
            let tokens = self.pools.renew(&token).await?;
            if let Some(changed) = &tokens.refresh {
                self.take_refresh_token(changed.clone()).await;
            }
            held.tokens = Some(tokens);
        }
        let issued = self.pools.issue(self.identity.identity_id.clone(), held.tokens.as_ref()).await?;
        if issued.identity_id != self.identity.identity_id {
            // Merged into another identity at the server: its files are elsewhere now, so this session must not write on.
            return Err(self.ended().with_detail("the identity pool answered for another identity"));
        }
        held.issued = issued;
        Ok(())
    }

    async fn take_refresh_token(&self, token: RefreshToken) {
        let was = self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner).replace(token.clone());
        let is_current = was.is_some() && !self.over.load(Ordering::SeqCst);
        if is_current && let Err(error) = self.kept.keep_refresh_token(&token).await {
            tracing::warn!(%error, "the sign-in is kept for this run only");
        }
    }

    /// The SDK asks again shortly before the end that it is told; it is told an end that is [`AHEAD`] of the true one.
    fn for_the_sdk(&self, issued: &Issued) -> Credentials {
        let soon = self.pools.clock.now() + PAUSE;
        let end = issued.expires_at.checked_sub(AHEAD).unwrap_or(issued.expires_at).max(soon.min(issued.expires_at));
        let mut credentials = issued.credentials.clone();
        *credentials.expiry_mut() = Some(self.pools.clock.in_local_time(end));
        credentials
    }

    fn check_not_over(&self) -> Result<(), AuthError> {
        if self.over.load(Ordering::SeqCst) { Err(self.ended()) } else { Ok(()) }
    }

    fn ended(&self) -> AuthError {
        AuthError::new(Action::Refresh, AuthErrorKind::SessionEnded)
    }
}

/// Gives the SDK the credentials of one session; `None` is nobody, who has none.
#[derive(Debug)]
pub(crate) struct SessionCredentials(pub(crate) Option<Arc<Session>>);

impl ProvideCredentials for SessionCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async move {
            let credentials = match &self.0 {
                Some(session) => session.credentials().await,
                None => Err(AuthError::new(Action::Refresh, AuthErrorKind::SessionEnded)),
            };
            credentials.map_err(|error| match error.kind() {
                // The variant is the message to those who do not know this crate: only a sign-in helps, or try again.
                AuthErrorKind::SessionEnded | AuthErrorKind::GuestsNotAllowed => CredentialsError::not_loaded(error),
                _ => CredentialsError::provider_error(error),
            })
        })
    }
}
