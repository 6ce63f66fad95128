//! Accounts before there is a sign-in: creating, confirming, and a forgotten password.

use crate::auth::Auth;
use crate::error::{Action, AuthError};
use crate::password::Password;
use crate::refused::refused;
use aws_sdk_cognitoidentityprovider::error::BuildError;
use aws_sdk_cognitoidentityprovider::types::{AttributeType, CodeDeliveryDetailsType};

/// Where a new account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUpStep {
    /// It can sign in already.
    pub confirmed: bool,
    /// Where the code went that confirms it.
    pub delivery: Option<CodeDelivery>,
}

/// Where a code was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeDelivery {
    /// `EMAIL` or `SMS`.
    pub medium: String,
    /// The masked address.
    pub destination: String,
}

impl Auth {
    /// Creates an account.
    ///
    /// # Errors
    /// AccountExists, PasswordTooWeak, NoUserPool, PoolMissing, Offline, Throttled, …
    pub async fn sign_up(&self, username: &str, email: &str, password: Password) -> Result<SignUpStep, AuthError> {
        let action = Action::SignUp;
        let pools = self.pools();
        let email =
            AttributeType::builder().name("email").value(email).build().map_err(|error| incomplete(action, error))?;
        let made = pools
            .clients
            .people
            .sign_up()
            .client_id(&pools.user_pool(action)?.client_id)
            .username(username)
            .password(password.reveal())
            .user_attributes(email)
            .send()
            .await
            .map_err(|error| refused(action, &pools.clock, error))?;
        Ok(SignUpStep { confirmed: made.user_confirmed, delivery: made.code_delivery_details.map(delivery) })
    }

    /// Confirms an account with the code that was sent.
    ///
    /// # Errors
    /// WrongCode (also for a name nobody has), CodeExpired, AccountExists (it is confirmed already), …
    pub async fn confirm_sign_up(&self, username: &str, code: &str) -> Result<(), AuthError> {
        let action = Action::ConfirmSignUp;
        let pools = self.pools();
        let request = pools.clients.people.confirm_sign_up().client_id(&pools.user_pool(action)?.client_id);
        let confirmed = request.username(username).confirmation_code(code).send().await;
        confirmed.map(drop).map_err(|error| refused(action, &pools.clock, error))
    }

    /// Sends the code for a new account again.
    ///
    /// # Errors
    /// Throttled, Offline, …
    pub async fn resend_code(&self, username: &str) -> Result<CodeDelivery, AuthError> {
        let action = Action::SendCode;
        let pools = self.pools();
        let request = pools.clients.people.resend_confirmation_code().client_id(&pools.user_pool(action)?.client_id);
        let sent = request.username(username).send().await.map_err(|error| refused(action, &pools.clock, error))?;
        Ok(sent.code_delivery_details.map(delivery).unwrap_or_default())
    }

    /// Sends a code for choosing another password.
    ///
    /// # Errors
    /// Throttled, Offline, …
    pub async fn forgot_password(&self, username: &str) -> Result<CodeDelivery, AuthError> {
        let action = Action::SendCode;
        let pools = self.pools();
        let request = pools.clients.people.forgot_password().client_id(&pools.user_pool(action)?.client_id);
        let sent = request.username(username).send().await.map_err(|error| refused(action, &pools.clock, error))?;
        Ok(sent.code_delivery_details.map(delivery).unwrap_or_default())
    }

    /// Chooses another password with that code.
    ///
    /// # Errors
    /// WrongCode, CodeExpired, PasswordTooWeak, …
    pub async fn reset_password(&self, username: &str, code: &str, password: Password) -> Result<(), AuthError> {
        let action = Action::ResetPassword;
        let pools = self.pools();
        let request = pools.clients.people.confirm_forgot_password().client_id(&pools.user_pool(action)?.client_id);
        let request = request.username(username).confirmation_code(code).password(password.reveal());
        request.send().await.map(drop).map_err(|error| refused(action, &pools.clock, error))
    }
}

fn delivery(sent: CodeDeliveryDetailsType) -> CodeDelivery {
    CodeDelivery {
        medium: sent.delivery_medium.map(|medium| medium.as_str().to_owned()).unwrap_or_default(),
        destination: sent.destination.unwrap_or_default(),
    }
}

fn incomplete(action: Action, error: BuildError) -> AuthError {
    AuthError::new(action, crate::error::AuthErrorKind::Unexpected).with_source(error)
}
