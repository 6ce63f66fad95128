//! What a refusal of Cognito means: by its error code and by what was asked, never by its text.

use crate::clock::ServerClock;
use crate::error::{Action, AuthError, AuthErrorKind};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::error::Error;

/// Turns an SDK error into ours.
pub(crate) fn refused<E>(action: Action, clock: &ServerClock, error: SdkError<E, HttpResponse>) -> AuthError
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    let kind = match &error {
        SdkError::DispatchFailure(failure) if !failure.is_user() => AuthErrorKind::Offline,
        SdkError::TimeoutError(_) => AuthErrorKind::Offline,
        SdkError::ServiceError(refusal) => {
            let code = refusal.err().code().unwrap_or_default();
            by_code(action, code, clock.is_skewed())
        }
        _ => AuthErrorKind::Unexpected,
    };
    let detail = detail(&error);
    let error = match error.into_source() {
        // An I/O error for those who have to tell a network from a refusal without knowing this crate.
        Ok(source) if kind == AuthErrorKind::Offline => {
            AuthError::new(action, kind).with_source(std::io::Error::new(std::io::ErrorKind::NotConnected, source))
        }
        // Without the raw answer: one that could not be read may hold tokens.
        Ok(source) => AuthError::new(action, kind).with_source(source),
        Err(_) => AuthError::new(action, kind),
    };
    error.with_detail(detail)
}

/// The table of codes: <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html>
/// and the errors of each operation.
fn by_code(action: Action, code: &str, skewed: bool) -> AuthErrorKind {
    use Action as Doing;
    use AuthErrorKind as Kind;
    match (code, action) {
        ("InvalidSignatureException" | "RequestExpired" | "RequestTimeTooSkewed", _) => Kind::ClockSkew,
        // The proof of the password is dated, and a server may refuse a date that is far from its own.
        ("NotAuthorizedException", Doing::SignIn) if skewed => Kind::ClockSkew,
        ("NotAuthorizedException" | "UserNotFoundException" | "PasswordResetRequiredException", Doing::SignIn) => {
            Kind::WrongPassword
        }
        (
            "NotAuthorizedException"
            | "UserNotFoundException"
            | "UserNotConfirmedException"
            | "PasswordResetRequiredException",
            Doing::Refresh,
        )
        | ("NotAuthorizedException" | "UserNotFoundException", Doing::AnswerChallenge) => Kind::SessionEnded,
        ("NotAuthorizedException", Doing::IdentifyGuest) => Kind::GuestsNotAllowed,
        // Its tokens are fresh: an identity pool that refuses them does not know their user pool.
        (
            "NotAuthorizedException"
            | "InvalidParameterException"
            | "ValidationException"
            | "ResourceConflictException"
            | "InvalidIdentityPoolConfigurationException",
            Doing::IdentifyGuest | Doing::IdentifyPerson,
        ) => Kind::PoolMissing,
        // An account that is confirmed already.
        ("NotAuthorizedException", Doing::ConfirmSignUp) => Kind::AccountExists,
        // A name nobody has is told apart from a wrong code by nobody.
        ("UserNotFoundException", Doing::ConfirmSignUp | Doing::ResetPassword) => Kind::WrongCode,
        ("UserNotConfirmedException", _) => Kind::NotConfirmed,
        ("CodeMismatchException" | "EnableSoftwareTokenMFAException", _) => Kind::WrongCode,
        ("ExpiredCodeException", _) => Kind::CodeExpired,
        ("UsernameExistsException" | "AliasExistsException", _) => Kind::AccountExists,
        ("InvalidPasswordException" | "PasswordHistoryPolicyViolationException", _) => Kind::PasswordTooWeak,
        ("ResourceNotFoundException", _) => Kind::PoolMissing,
        (
            "TooManyRequestsException"
            | "LimitExceededException"
            | "TooManyFailedAttemptsException"
            | "ThrottlingException",
            _,
        ) => Kind::Throttled,
        _ => Kind::Unexpected,
    }
}

fn detail<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> String {
    let mut parts = Vec::new();
    if let SdkError::ServiceError(refusal) = error {
        parts.push(refusal.err().code().unwrap_or("no error code").to_owned());
    }
    if let Some(response) = error.raw_response() {
        parts.push(format!("HTTP {}", response.status().as_u16()));
        if let Some(id) = response.headers().get("x-amzn-requestid") {
            parts.push(format!("request {id}"));
        }
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_means_what_was_asked() {
        let refused = |action| by_code(action, "NotAuthorizedException", false);
        assert_eq!(refused(Action::SignIn), AuthErrorKind::WrongPassword);
        assert_eq!(refused(Action::Refresh), AuthErrorKind::SessionEnded);
        assert_eq!(refused(Action::IdentifyGuest), AuthErrorKind::GuestsNotAllowed);
        assert_eq!(refused(Action::IdentifyPerson), AuthErrorKind::PoolMissing);
        assert_eq!(refused(Action::ConfirmSignUp), AuthErrorKind::AccountExists);
    }

    #[test]
    fn an_unknown_name_looks_like_a_wrong_password() {
        assert_eq!(by_code(Action::SignIn, "UserNotFoundException", false), AuthErrorKind::WrongPassword);
    }

    #[test]
    fn a_wrong_clock_is_told_before_a_wrong_password() {
        assert_eq!(by_code(Action::SignIn, "NotAuthorizedException", true), AuthErrorKind::ClockSkew);
        assert_eq!(by_code(Action::Refresh, "NotAuthorizedException", true), AuthErrorKind::SessionEnded);
    }

    #[test]
    fn what_is_not_known_is_unexpected() {
        assert_eq!(by_code(Action::SignIn, "TeapotException", false), AuthErrorKind::Unexpected);
    }
}
