//! The two pools of a backend, as requests: renew tokens, find an identity, issue credentials. Keeps nothing but the time.

use crate::clients::Clients;
use crate::clock::{Clock, ServerClock};
use crate::config::{AuthConfig, UserPool};
use crate::error::{Action, AuthError, AuthErrorKind};
use crate::refused::refused;
use crate::tokens::{RefreshToken, Tokens};
use aws_credential_types::Credentials;
use aws_sdk_cognitoidentityprovider::types::AuthFlowType;
use std::time::SystemTime;

#[derive(Debug)]
pub(crate) struct Pools {
    pub(crate) config: AuthConfig,
    pub(crate) clients: Clients,
    pub(crate) clock: ServerClock,
}

/// Credentials as the identity pool issued them, and for whom.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) identity_id: String,
    pub(crate) credentials: Credentials,
    /// By the server's clock.
    pub(crate) expires_at: SystemTime,
}

impl Pools {
    pub(crate) fn new(config: AuthConfig, clock: Clock) -> Self {
        let clock = ServerClock::new(clock);
        Self { clients: Clients::new(&config, &clock), config, clock }
    }

    pub(crate) fn user_pool(&self, action: Action) -> Result<&UserPool, AuthError> {
        self.config.user_pool.as_ref().ok_or_else(|| AuthError::new(action, AuthErrorKind::NoUserPool))
    }

    /// Fresh tokens for a kept sign-in.
    pub(crate) async fn renew(&self, token: &RefreshToken) -> Result<Tokens, AuthError> {
        let action = Action::Refresh;
        let renewed = self
            .clients
            .people
            .initiate_auth()
            .auth_flow(AuthFlowType::RefreshTokenAuth)
            .client_id(&self.user_pool(action)?.client_id)
            .auth_parameters("REFRESH_TOKEN", token.reveal())
            .send()
            .await
            .map_err(|error| refused(action, &self.clock, error))?;
        let tokens = renewed.authentication_result.and_then(|result| Tokens::read(result, self.clock.now()));
        tokens.ok_or_else(|| {
            AuthError::new(action, AuthErrorKind::Unexpected).with_detail("the answer to a renewal has no tokens")
        })
    }

    /// The guest who was here before, else a new one.
    pub(crate) async fn issue_to_guest(&self, before: Option<String>) -> Result<Issued, AuthError> {
        if let Some(id) = before {
            match self.issue(id, None).await {
                // Deleted at the server, or somebody's own by now: another guest comes in its place.
                Err(error) if refuses_identity(&error) => {}
                other => return other,
            }
        }
        self.issue(self.identity_for(None).await?, None).await
    }

    /// The person of these tokens. The offered identities are tried first: the person's own from an earlier run, or that of the
    /// guest who is now signing in, which becomes the person's if they had none, so that a guest's files stay theirs.
    pub(crate) async fn issue_to_person(&self, tokens: &Tokens, offered: &[String]) -> Result<Issued, AuthError> {
        for id in offered {
            match self.issue(id.clone(), Some(tokens)).await {
                Err(error) if refuses_identity(&error) => {}
                other => return other,
            }
        }
        self.issue(self.identity_for(Some(tokens)).await?, Some(tokens)).await
    }

    /// Credentials for an identity that is known.
    pub(crate) async fn issue(&self, identity_id: String, tokens: Option<&Tokens>) -> Result<Issued, AuthError> {
        let action = action(tokens);
        let answer = self
            .clients
            .identities
            .get_credentials_for_identity()
            .identity_id(&identity_id)
            .set_logins(self.logins(tokens)?)
            .send()
            .await
            .map_err(|error| refused(action, &self.clock, error))?;
        let incomplete = || {
            AuthError::new(action, AuthErrorKind::Unexpected)
                .with_detail("the identity pool answered without credentials")
        };
        let issued = answer.credentials.ok_or_else(incomplete)?;
        let expires_at = issued.expiration.ok_or_else(incomplete)?;
        Ok(Issued {
            identity_id: answer.identity_id.unwrap_or(identity_id),
            credentials: Credentials::new(
                issued.access_key_id.ok_or_else(incomplete)?,
                issued.secret_key.ok_or_else(incomplete)?,
                Some(issued.session_token.ok_or_else(incomplete)?),
                None,
                "amphora-auth",
            ),
            expires_at: SystemTime::try_from(expires_at).map_err(|_| incomplete())?,
        })
    }

    async fn identity_for(&self, tokens: Option<&Tokens>) -> Result<String, AuthError> {
        let action = action(tokens);
        let found = self
            .clients
            .identities
            .get_id()
            .identity_pool_id(&self.config.identity_pool_id)
            .set_logins(self.logins(tokens)?)
            .send()
            .await
            .map_err(|error| refused(action, &self.clock, error))?;
        found.identity_id.ok_or_else(|| {
            AuthError::new(action, AuthErrorKind::Unexpected)
                .with_detail("the identity pool answered without an identity")
        })
    }

    fn logins(&self, tokens: Option<&Tokens>) -> Result<Option<std::collections::HashMap<String, String>>, AuthError> {
        let Some(tokens) = tokens else { return Ok(None) };
        let name = self.user_pool(Action::IdentifyPerson)?.login_name();
        Ok(Some([(name, tokens.id.to_string())].into()))
    }
}

fn action(tokens: Option<&Tokens>) -> Action {
    if tokens.is_some() { Action::IdentifyPerson } else { Action::IdentifyGuest }
}

/// It is this identity that is refused; another may do.
fn refuses_identity(error: &AuthError) -> bool {
    matches!(error.kind(), AuthErrorKind::GuestsNotAllowed | AuthErrorKind::PoolMissing)
}
