//! A sign-in from name and password to tokens, with what the pool may ask in between.

mod challenge;
mod srp;

pub(crate) use challenge::{Pending, Progress, answer};
pub(crate) use srp::begin;

use crate::identity::Identity;
use crate::password::Password;

/// Where a sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInStep {
    /// Signed in.
    Done(Identity),
    /// The password was a temporary one: answer with a new one.
    NewPassword,
    /// Answer with the code that was sent, or that an authenticator app shows.
    Code {
        /// Where the code comes from.
        channel: Channel,
    },
    /// An authenticator app must be set up: show the secret, answer with the app's first code.
    SetUpTotp {
        /// For typing.
        secret: String,
        /// For a QR code.
        uri: String,
    },
    /// The account's address must be confirmed first; then sign in again.
    ConfirmFirst,
}

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A text message.
    Sms,
    /// An authenticator app.
    Totp,
    /// A letter.
    Email,
}

/// The answer to a step that asks.
#[derive(Clone)]
pub enum Answer {
    /// To [`SignInStep::NewPassword`].
    NewPassword(Password),
    /// To [`SignInStep::Code`] and [`SignInStep::SetUpTotp`].
    Code(String),
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NewPassword(_) => "NewPassword(•••)",
            Self::Code(_) => "Code(•••)",
        })
    }
}
