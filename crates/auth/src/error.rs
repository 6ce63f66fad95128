//! What can go wrong while signing in, by meaning. Matched by kind; the text is for logs and people who ask for details.

use crate::secrets::SecretStoreError;
use std::error::Error;
use std::fmt;

/// The meaning of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthErrorKind {
    /// Name and password do not belong together; also an unknown name, and a password that an administrator voided.
    WrongPassword,
    /// The account's address is not confirmed yet.
    NotConfirmed,
    /// Not the code that was sent.
    WrongCode,
    /// The code is too old.
    CodeExpired,
    /// The name or address is taken; also a confirmation of an account that is confirmed.
    AccountExists,
    /// The pool's rules want a better password.
    PasswordTooWeak,
    /// The sign-in is over: refused by the server, signed out, or taken too long to answer.
    SessionEnded,
    /// This backend takes no guests.
    GuestsNotAllowed,
    /// This backend has no accounts.
    NoUserPool,
    /// A pool or its client is not there, or the two pools do not know each other.
    PoolMissing,
    /// No connection, or no answer in time.
    Offline,
    /// Too many tries.
    Throttled,
    /// This computer's clock is too far from the server's.
    ClockSkew,
    /// The keychain does not answer.
    KeychainLocked,
    /// A sign-out or another sign-in came in between.
    Cancelled,
    /// None of these.
    Unexpected,
}

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Name and password.
    SignIn,
    /// The answer to a further question of a sign-in.
    AnswerChallenge,
    /// A new account.
    SignUp,
    /// The code for a new account.
    ConfirmSignUp,
    /// Sending a code.
    SendCode,
    /// A new password with a code.
    ResetPassword,
    /// Going on with a kept sign-in.
    Refresh,
    /// Finding out the identity of a guest.
    IdentifyGuest,
    /// Finding out the identity of a person.
    IdentifyPerson,
    /// Keeping or forgetting a secret.
    KeepSecret,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignIn => "sign in",
            Self::AnswerChallenge => "go on signing in",
            Self::SignUp => "create the account",
            Self::ConfirmSignUp => "confirm the account",
            Self::SendCode => "send a code",
            Self::ResetPassword => "change the password",
            Self::Refresh => "renew the sign-in",
            Self::IdentifyGuest => "enter as a guest",
            Self::IdentifyPerson => "get credentials",
            Self::KeepSecret => "use the keychain",
        })
    }
}

/// A failure: what was being done, what it means, and where it came from. Holds no secret.
#[derive(Debug)]
pub struct AuthError {
    kind: AuthErrorKind,
    action: Action,
    detail: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl AuthError {
    pub(crate) fn new(action: Action, kind: AuthErrorKind) -> Self {
        Self { kind, action, detail: String::new(), source: None }
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What it means.
    #[must_use]
    pub fn kind(&self) -> AuthErrorKind {
        self.kind
    }

    /// What was being done.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// For those who want to know more: the service's error code, HTTP status and request id. May be empty.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Worth going on with what one has and trying again later.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self.kind, AuthErrorKind::Offline | AuthErrorKind::Throttled | AuthErrorKind::Unexpected)
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "couldn't {}: {:?}", self.action, self.kind)?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        Ok(())
    }
}

impl Error for AuthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<SecretStoreError> for AuthError {
    fn from(error: SecretStoreError) -> Self {
        Self::new(Action::KeepSecret, AuthErrorKind::KeychainLocked).with_detail(error.to_string()).with_source(error)
    }
}
