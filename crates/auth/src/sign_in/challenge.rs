//! What a pool asks after the password, and the answers to it.

use super::{Answer, Channel, SignInStep};
use crate::error::{Action, AuthError, AuthErrorKind};
use crate::pools::Pools;
use crate::refused::refused;
use crate::tokens::Tokens;
use aws_sdk_cognitoidentityprovider::operation::initiate_auth::InitiateAuthOutput;
use aws_sdk_cognitoidentityprovider::operation::respond_to_auth_challenge::RespondToAuthChallengeOutput;
use aws_sdk_cognitoidentityprovider::types::{
    AuthenticationResultType, ChallengeNameType, VerifySoftwareTokenResponseType,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::HashMap;
use std::fmt;

const ACTION: Action = Action::AnswerChallenge;
/// Shown by authenticator apps beside the codes.
const ISSUER: &str = "Amphora";

/// How far a sign-in has come.
pub(crate) enum Progress {
    Done { username: String, tokens: Tokens },
    Asked(Pending),
    ConfirmFirst,
}

/// A question that waits for its answer.
#[derive(Clone)]
pub(crate) struct Pending {
    username: String,
    session: Option<String>,
    asked: Asked,
}

#[derive(Clone)]
enum Asked {
    NewPassword,
    Code(Channel),
    SetUpTotp { secret: String },
}

impl Pending {
    pub(crate) fn step(&self) -> SignInStep {
        match &self.asked {
            Asked::NewPassword => SignInStep::NewPassword,
            Asked::Code(channel) => SignInStep::Code { channel: *channel },
            Asked::SetUpTotp { secret } => {
                let name = utf8_percent_encode(&self.username, NON_ALPHANUMERIC);
                let uri = format!("otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}");
                SignInStep::SetUpTotp { secret: secret.clone(), uri }
            }
        }
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(•••)")
    }
}

/// The part that the two operations answer alike.
pub(crate) struct Reply {
    result: Option<AuthenticationResultType>,
    challenge: Option<ChallengeNameType>,
    session: Option<String>,
    parameters: HashMap<String, String>,
}

impl From<InitiateAuthOutput> for Reply {
    fn from(output: InitiateAuthOutput) -> Self {
        Self {
            result: output.authentication_result,
            challenge: output.challenge_name,
            session: output.session,
            parameters: output.challenge_parameters.unwrap_or_default(),
        }
    }
}

impl From<RespondToAuthChallengeOutput> for Reply {
    fn from(output: RespondToAuthChallengeOutput) -> Self {
        Self {
            result: output.authentication_result,
            challenge: output.challenge_name,
            session: output.session,
            parameters: output.challenge_parameters.unwrap_or_default(),
        }
    }
}

/// What a reply means: tokens, or the next question.
pub(crate) async fn progress(pools: &Pools, username: String, reply: Reply) -> Result<Progress, AuthError> {
    if let Some(result) = reply.result {
        let tokens = Tokens::read(result, pools.clock.now()).ok_or_else(|| unexpected("the answer has no id token"))?;
        return Ok(Progress::Done { username, tokens });
    }
    let (asked, session) = match reply.challenge {
        Some(ChallengeNameType::NewPasswordRequired) => (Asked::NewPassword, reply.session),
        Some(ChallengeNameType::SmsMfa) => (Asked::Code(Channel::Sms), reply.session),
        Some(ChallengeNameType::SoftwareTokenMfa) => (Asked::Code(Channel::Totp), reply.session),
        Some(ChallengeNameType::EmailOtp) => (Asked::Code(Channel::Email), reply.session),
        Some(ChallengeNameType::SelectMfaType) => {
            let choice = choice(reply.parameters.get("MFAS_CAN_CHOOSE").map_or("", String::as_str));
            let name = ChallengeNameType::SelectMfaType;
            let reply = respond(pools, &username, reply.session, name, &[("ANSWER", choice)]).await?;
            return Box::pin(progress(pools, username, reply)).await;
        }
        Some(ChallengeNameType::MfaSetup) => {
            let request = pools.clients.people.associate_software_token().set_session(reply.session);
            let begun = request.send().await.map_err(|error| refused(ACTION, &pools.clock, error))?;
            let secret = begun.secret_code.ok_or_else(|| unexpected("the answer has no secret for the app"))?;
            (Asked::SetUpTotp { secret }, begun.session)
        }
        Some(other) => return Err(unexpected(&format!("the pool asks for {}", other.as_str()))),
        None => return Err(unexpected("the answer has neither tokens nor a question")),
    };
    Ok(Progress::Asked(Pending { username, session, asked }))
}

/// Answers a question.
pub(crate) async fn answer(pools: &Pools, pending: &Pending, answer: Answer) -> Result<Progress, AuthError> {
    let (username, session) = (pending.username.as_str(), pending.session.clone());
    let reply = match (&pending.asked, answer) {
        (Asked::NewPassword, Answer::NewPassword(password)) => {
            let name = ChallengeNameType::NewPasswordRequired;
            respond(pools, username, session, name, &[("NEW_PASSWORD", password.reveal())]).await?
        }
        (Asked::Code(channel), Answer::Code(code)) => {
            let (name, parameter) = match channel {
                Channel::Sms => (ChallengeNameType::SmsMfa, "SMS_MFA_CODE"),
                Channel::Totp => (ChallengeNameType::SoftwareTokenMfa, "SOFTWARE_TOKEN_MFA_CODE"),
                Channel::Email => (ChallengeNameType::EmailOtp, "EMAIL_OTP_CODE"),
            };
            respond(pools, username, session, name, &[(parameter, code.as_str())]).await?
        }
        (Asked::SetUpTotp { .. }, Answer::Code(code)) => {
            let request = pools.clients.people.verify_software_token().set_session(session).user_code(code);
            let verified = request.friendly_device_name(ISSUER).send().await;
            let verified = verified.map_err(|error| refused(ACTION, &pools.clock, error))?;
            if verified.status != Some(VerifySoftwareTokenResponseType::Success) {
                return Err(AuthError::new(ACTION, AuthErrorKind::WrongCode));
            }
            respond(pools, username, verified.session, ChallengeNameType::MfaSetup, &[]).await?
        }
        (Asked::NewPassword, Answer::Code(_)) | (Asked::Code(_) | Asked::SetUpTotp { .. }, Answer::NewPassword(_)) => {
            return Err(unexpected("that is not what was asked"));
        }
    };
    progress(pools, pending.username.clone(), reply).await
}

async fn respond(
    pools: &Pools,
    username: &str,
    session: Option<String>,
    challenge: ChallengeNameType,
    responses: &[(&str, &str)],
) -> Result<Reply, AuthError> {
    let request = pools
        .clients
        .people
        .respond_to_auth_challenge()
        .client_id(&pools.user_pool(ACTION)?.client_id)
        .challenge_name(challenge)
        .set_session(session)
        .challenge_responses("USERNAME", username);
    let request = responses.iter().fold(request, |request, (name, value)| request.challenge_responses(*name, *value));
    Ok(Reply::from(request.send().await.map_err(|error| refused(ACTION, &pools.clock, error))?))
}

/// The kind of second factor to take when the pool offers several: an app needs no delivery.
fn choice(offered: &str) -> &'static str {
    ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SMS_MFA"]
        .into_iter()
        .find(|kind| offered.contains(&format!("\"{kind}\"")))
        .unwrap_or("SOFTWARE_TOKEN_MFA")
}

fn unexpected(detail: &str) -> AuthError {
    AuthError::new(ACTION, AuthErrorKind::Unexpected).with_detail(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_preferred_to_a_text_message() {
        assert_eq!(choice(r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#), "SOFTWARE_TOKEN_MFA");
        assert_eq!(choice(r#"["SMS_MFA","EMAIL_OTP"]"#), "EMAIL_OTP");
    }

    #[test]
    fn the_uri_for_the_app_escapes_the_name() {
        let asked = Asked::SetUpTotp { secret: "JBSWY3DP".into() };
        let pending = Pending { username: "a b@c".into(), session: None, asked };
        let uri = "otpauth://totp/Amphora:a%20b%40c?secret=JBSWY3DP&issuer=Amphora".to_owned();
        assert_eq!(pending.step(), SignInStep::SetUpTotp { secret: "JBSWY3DP".into(), uri });
        assert_eq!(format!("{pending:?}"), "Pending(•••)");
    }
}
