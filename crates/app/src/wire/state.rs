//! The state that every screen starts from: which storage, who, which places.

use super::{Failure, Id, Millis, PlaceInfo, PlaceRef};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The whole application in one value; sent again whenever it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// Grows with every change; an older one is never shown over a newer one.
    pub revision: Id,
    /// The connected storage; none is the first run.
    pub storage: Option<StorageInfo>,
    /// Who is signed in.
    pub account: Account,
    /// The sidebar's places.
    pub places: Vec<PlaceInfo>,
    /// Folders that this account keeps at hand.
    pub pinned: Vec<PlaceRef>,
    /// How long a sign-in lasts on this computer.
    pub keychain: Keychain,
    /// The kept sign-in was refused: ask to sign in again; never silently a guest.
    pub session_ended: bool,
    /// Why the storage cannot be used right now, if it cannot.
    pub problem: Option<Failure>,
    /// Light, dark or as the system says.
    pub theme: Theme,
}

/// The connected storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorageInfo {
    /// Stable id of the storage.
    pub id: String,
    /// The name that people know.
    pub name: String,
    /// Region of the bucket.
    pub region: String,
    /// Host that is spoken to.
    pub host: String,
    /// Name of the bucket, for settings and for those who run it.
    pub bucket: String,
    /// The embedded practice storage.
    pub practice: bool,
    /// Whether people can sign in.
    pub sign_in: bool,
    /// Whether guests may look.
    pub guests: bool,
}

/// Who is using the storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Account {
    /// Nobody yet: the storage demands sign-in, or none is connected.
    Nobody,
    /// A guest.
    Guest,
    /// A signed-in person.
    Person {
        /// The user name.
        username: String,
        /// The e-mail address, where the pool tells it.
        email: Option<String>,
    },
}

/// How long a sign-in lasts on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Keychain {
    /// Until signing out: it is kept in the system's keychain.
    Kept,
    /// Until the window closes: there is no keychain.
    ThisRunOnly,
}

/// Light, dark or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Where a sign-in stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SignInStep {
    /// Signed in.
    Done {
        /// The state from now on.
        state: Box<AppState>,
    },
    /// The password was a temporary one: choose another.
    NewPassword,
    /// A code is asked for.
    Code {
        /// Where it comes from.
        channel: CodeChannel,
    },
    /// An authenticator app must be set up first.
    SetUpTotp {
        /// The secret to type in.
        secret: String,
        /// The same as an `otpauth://` address.
        uri: String,
    },
    /// The account's address was never confirmed.
    ConfirmFirst,
}

/// Where a code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CodeChannel {
    /// A text message.
    Sms,
    /// An authenticator app.
    Totp,
    /// A letter.
    Email,
}

/// The answer to a sign-in that asks for more. Never shown in a log: it may hold a password.
#[derive(Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChallengeAnswer {
    /// The password to use from now on.
    NewPassword {
        /// In the clear, for the time of the request.
        password: String,
    },
    /// The code.
    Code {
        /// As typed.
        code: String,
    },
}

/// Where a sign-up stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignUpStep {
    /// The account can be used at once.
    pub confirmed: bool,
    /// Where a code was sent, if one was.
    pub delivery: Option<CodeDelivery>,
}

/// Where a code was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CodeDelivery {
    /// `EMAIL` or `SMS`.
    pub medium: String,
    /// The masked address.
    pub destination: String,
}

/// A letter that the practice storage "sent".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Mail {
    /// Counts up.
    pub id: Id,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The code in it.
    pub code: String,
    /// When.
    pub at: Millis,
}
