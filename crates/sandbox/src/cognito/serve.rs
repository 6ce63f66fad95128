//! The door of the two pools: opening them, and one table from target to operation.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use http_body_util::Full;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::broadcast;

use super::attempts::Attempts;
use super::fault::{Fault, FaultKind};
use super::identity_pool::{Guests, IdentityPool};
use super::installation::Installation;
use super::outbox::{self, Mail, Outbox};
use super::pending::Pending;
use super::people::{self, PasswordKind};
use super::pool::{Pool, SecondFactor};
use super::signing_key::SigningKey;
use super::store::Store;
use super::tokens::Tokens;
use super::{account, challenges, mfa, refresh_tokens, reset_password, sign_in, sign_up, wire};
use crate::clock::Clock;
use crate::error::Result;
use crate::session::Sessions;
use crate::store::Database;

/// What the pools need to open.
pub struct CognitoOptions {
    /// Where the signing key is kept.
    pub data_dir: PathBuf,
    /// Where everything else is kept.
    pub database: Database,
    /// Where the identity pool issues keys.
    pub sessions: Sessions,
    /// `us-east-1`: part of the pools' ids.
    pub region: String,
    /// Decides when codes, tokens and sessions expire.
    pub clock: Clock,
    /// Whether somebody without an account gets keys.
    pub guests: Guests,
    /// Whether everybody must have a second factor.
    pub second_factor: SecondFactor,
}

/// The user pool and the identity pool. Cheap to clone.
#[derive(Clone)]
pub struct Cognito(Arc<Inner>);

struct Inner {
    pool: Pool,
    sessions: Sessions,
    guests: Guests,
}

impl Cognito {
    /// Opens the pools of a data folder, or makes them. Blocks on the disk; the first time it makes an RSA key.
    pub fn open(options: CognitoOptions) -> Result<Self> {
        let store = Store::open(&options.database)?;
        let installation = store.change(|transaction| {
            refresh_tokens::sweep(transaction, options.clock.now())?;
            Installation::load(transaction, &options.region)
        })?;
        let pool = Pool {
            tokens: Tokens::new(SigningKey::open(&options.data_dir)?, &installation),
            installation,
            store,
            pending: Pending::default(),
            passwords: Attempts::at_passwords(),
            codes: Attempts::at_codes(),
            outbox: Outbox::new(),
            clock: options.clock,
            second_factor: options.second_factor,
        };
        Ok(Self(Arc::new(Inner { pool, sessions: options.sessions, guests: options.guests })))
    }

    /// Whether `target`, an `X-Amz-Target`, is for these pools.
    pub fn serves(target: &str) -> bool {
        target.starts_with(USER_POOL) || target.starts_with(IDENTITY_POOL)
    }

    /// Answers one request. Never fails: what goes wrong is in the answer.
    pub async fn handle(&self, target: &str, body: Bytes) -> Response<Full<Bytes>> {
        let (inner, target) = (Arc::clone(&self.0), target.to_owned());
        // SRP computes for milliseconds and a commit waits for the disk: neither may hold up the server.
        let work = tokio::task::spawn_blocking(move || inner.answer(&target, &body));
        let result =
            work.await.unwrap_or_else(|_| Err(Fault::new(FaultKind::Internal, "The operation was interrupted.")));
        wire::respond(result.and_then(|output| wire::encode(&output)))
    }

    /// The user pool's public keys, for `/{user pool id}/.well-known/jwks.json`.
    pub fn jwks(&self) -> Value {
        self.0.pool.tokens.jwks()
    }

    /// `us-east-1_` and nine letters and digits.
    pub fn user_pool_id(&self) -> &str {
        &self.0.pool.installation.user_pool_id
    }

    /// Twenty-six lower-case letters and digits.
    pub fn client_id(&self) -> &str {
        &self.0.pool.installation.client_id
    }

    /// `us-east-1:` and a UUID.
    pub fn identity_pool_id(&self) -> &str {
        &self.0.pool.installation.identity_pool_id
    }

    /// Makes a user with a confirmed address, or gives the one that is there this password. The e-mail address counts
    /// only when the user is made. Blocks on the disk.
    pub fn ensure_user(&self, name: &str, email: &str, password: &str, kind: PasswordKind) -> Result<()> {
        Ok(people::ensure(&self.0.pool, name, email, password, kind)?)
    }

    /// Ends every sign-in of a user, as an administrator would. Blocks on the disk.
    pub fn revoke(&self, name: &str) -> Result<()> {
        Ok(people::revoke(&self.0.pool, name)?)
    }

    /// The mail that was sent, oldest first. Blocks on the disk.
    pub fn outbox(&self) -> Result<Vec<Mail>> {
        Ok(self.0.pool.store.read(outbox::all)?)
    }

    /// The mail that is sent from now on.
    pub fn subscribe_outbox(&self) -> broadcast::Receiver<Mail> {
        self.0.pool.outbox.subscribe()
    }
}

const USER_POOL: &str = "AWSCognitoIdentityProviderService.";
const IDENTITY_POOL: &str = "AWSCognitoIdentityService.";

impl Inner {
    fn answer(&self, target: &str, body: &[u8]) -> Result<Value, Fault> {
        let result = if let Some(operation) = target.strip_prefix(USER_POOL) {
            self.user_pool(operation, body)
        } else if let Some(operation) = target.strip_prefix(IDENTITY_POOL) {
            self.identity_pool(operation, body)
        } else {
            Err(unknown(target))
        };
        match &result {
            Ok(_) => tracing::debug!(target, "answered"),
            Err(fault) => tracing::debug!(target, %fault, "refused"),
        }
        result
    }

    fn user_pool(&self, operation: &str, body: &[u8]) -> Result<Value, Fault> {
        match operation {
            "AssociateSoftwareToken" => self.run(mfa::associate_software_token, body),
            "ChangePassword" => self.run(account::change_password, body),
            "ConfirmForgotPassword" => self.run(reset_password::confirm_forgot_password, body),
            "ConfirmSignUp" => self.run(sign_up::confirm_sign_up, body),
            "DeleteUser" => self.run(account::delete_user, body),
            "ForgotPassword" => self.run(reset_password::forgot_password, body),
            "GetTokensFromRefreshToken" => self.run(sign_in::get_tokens_from_refresh_token, body),
            "GetUser" => self.run(account::get_user, body),
            "GetUserAttributeVerificationCode" => self.run(account::get_user_attribute_verification_code, body),
            "GlobalSignOut" => self.run(account::global_sign_out, body),
            "InitiateAuth" => self.run(sign_in::initiate_auth, body),
            "ResendConfirmationCode" => self.run(sign_up::resend_confirmation_code, body),
            "RespondToAuthChallenge" => self.run(challenges::respond_to_auth_challenge, body),
            "RevokeToken" => self.run(account::revoke_token, body),
            "SetUserMFAPreference" => self.run(mfa::set_user_mfa_preference, body),
            "SignUp" => self.run(sign_up::sign_up, body),
            "UpdateUserAttributes" => self.run(account::update_user_attributes, body),
            "VerifySoftwareToken" => self.run(mfa::verify_software_token, body),
            "VerifyUserAttribute" => self.run(account::verify_user_attribute, body),
            other => Err(unknown(other)),
        }
    }

    fn run<I: DeserializeOwned>(
        &self,
        operation: fn(&Pool, I) -> Result<Value, Fault>,
        body: &[u8],
    ) -> Result<Value, Fault> {
        operation(&self.pool, wire::decode(body)?)
    }

    fn identity_pool(&self, operation: &str, body: &[u8]) -> Result<Value, Fault> {
        let pool = IdentityPool { users: &self.pool, sessions: &self.sessions, guests: self.guests };
        match operation {
            "GetCredentialsForIdentity" => pool.get_credentials_for_identity(wire::decode(body)?),
            "GetId" => pool.get_id(wire::decode(body)?),
            other => Err(unknown(other)),
        }
    }
}

fn unknown(operation: &str) -> Fault {
    Fault::new(FaultKind::UnknownOperation, format!("The sandbox does not serve {operation}."))
}
