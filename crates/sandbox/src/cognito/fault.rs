//! An answer that refuses: one kind for each error of Cognito that we give, with the sentence that Cognito says.

use std::fmt;

use crate::error::Error;

/// The errors of `cognito-idp` and `cognito-identity` that the sandbox answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Another confirmed account has this e-mail address.
    AliasExists,
    /// The code is not the one that was sent.
    CodeMismatch,
    /// Second factor: the device's code is wrong, or was used before.
    EnableSoftwareTokenMfa,
    /// The code was the right one once, or there never was one.
    ExpiredCode,
    /// Our own failure: the database, the disk.
    Internal,
    /// A field is missing or malformed.
    InvalidParameter,
    /// The password does not keep to the policy.
    InvalidPassword,
    /// Too many wrong tries.
    LimitExceeded,
    /// Wrong password, bad token, or not allowed.
    NotAuthorized,
    /// The pool, the client or the identity is not here.
    ResourceNotFound,
    /// The body is not the JSON that the operation takes.
    Serialization,
    /// More sign-ins are under way than the sandbox remembers.
    TooManyRequests,
    /// The operation is not served.
    UnknownOperation,
    /// The token is of a kind that cannot be revoked.
    UnsupportedTokenType,
    /// The password was right, but the account's address is not confirmed yet.
    UserNotConfirmed,
    /// The user name is taken.
    UsernameExists,
}

impl FaultKind {
    /// The name on the wire, as in `__type` and `x-amzn-errortype`.
    pub fn name(self) -> &'static str {
        match self {
            Self::AliasExists => "AliasExistsException",
            Self::CodeMismatch => "CodeMismatchException",
            Self::EnableSoftwareTokenMfa => "EnableSoftwareTokenMFAException",
            Self::ExpiredCode => "ExpiredCodeException",
            Self::Internal => "InternalErrorException",
            Self::InvalidParameter => "InvalidParameterException",
            Self::InvalidPassword => "InvalidPasswordException",
            Self::LimitExceeded => "LimitExceededException",
            Self::NotAuthorized => "NotAuthorizedException",
            Self::ResourceNotFound => "ResourceNotFoundException",
            Self::Serialization => "SerializationException",
            Self::TooManyRequests => "TooManyRequestsException",
            Self::UnknownOperation => "UnknownOperationException",
            Self::UnsupportedTokenType => "UnsupportedTokenTypeException",
            Self::UserNotConfirmed => "UserNotConfirmedException",
            Self::UsernameExists => "UsernameExistsException",
        }
    }
}

/// A refusal on its way to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it means.
    pub kind: FaultKind,
    /// What Cognito says.
    pub message: String,
}

impl Fault {
    /// A refusal of `kind` that says `message`.
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Said for a wrong password and for an unknown user alike.
    pub fn wrong_password() -> Self {
        Self::new(FaultKind::NotAuthorized, "Incorrect username or password.")
    }

    /// A field that the operation cannot do without.
    pub fn missing(field: &str) -> Self {
        Self::new(FaultKind::InvalidParameter, format!("Missing required parameter {field}"))
    }

    /// A field that makes no sense.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(FaultKind::InvalidParameter, message)
    }

    /// The code does not fit.
    pub fn code_mismatch() -> Self {
        Self::new(FaultKind::CodeMismatch, "Invalid verification code provided, please try again.")
    }

    /// There is no such code any more.
    pub fn code_expired() -> Self {
        Self::new(FaultKind::ExpiredCode, "Invalid code provided, please request a code again.")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind.name(), self.message)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(FaultKind::Internal, format!("The sandbox's database failed: {error}."))
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::new(FaultKind::Internal, error.to_string())
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Invalid(fault.message)
    }
}
