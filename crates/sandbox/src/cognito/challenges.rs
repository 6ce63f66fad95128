//! What may be asked after the password: a new password, a second factor, the setting up of one.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::{self, Attribute};
use super::codes;
use super::factors::Factor;
use super::fault::{Fault, FaultKind};
use super::installation::six_digits;
use super::outbox;
use super::password;
use super::pending::{Challenge, SignIn};
use super::pool::{Pool, SecondFactor};
use super::sign_in;
use super::srp::Verifier;
use super::users::{self, Status, User};
use crate::secret::Secret;

/// Input of RespondToAuthChallenge.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RespondToAuthChallenge {
    client_id: String,
    challenge_name: String,
    session: Option<String>,
    #[serde(default)]
    challenge_responses: HashMap<String, String>,
}

/// Takes the answer to a challenge; asks the next, or gives the tokens.
pub fn respond_to_auth_challenge(pool: &Pool, input: RespondToAuthChallenge) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    if input.challenge_name == "PASSWORD_VERIFIER" {
        return sign_in::verify_srp(pool, &input.challenge_responses);
    }
    let session = input.session.ok_or_else(|| Fault::missing("Session"))?;
    let sign_in = pool.pending.get(&session, pool.clock.now())?;
    let answer = Answer { pool, session: &session, sub: &sign_in.sub, responses: &input.challenge_responses };
    match (input.challenge_name.as_str(), sign_in.challenge) {
        ("NEW_PASSWORD_REQUIRED", Challenge::NewPassword) => answer.new_password(),
        ("SOFTWARE_TOKEN_MFA", Challenge::SoftwareToken) => answer.software_token(),
        ("SMS_MFA", Challenge::Sms(code)) => answer.sms(&code),
        ("SELECT_MFA_TYPE", Challenge::SelectFactor) => answer.select_factor(),
        ("MFA_SETUP", Challenge::SetUpDone) => answer.complete(),
        ("MFA_SETUP", Challenge::SetUp(_)) => Err(Fault::invalid("User has not set up software token mfa")),
        _ => Err(Fault::new(FaultKind::NotAuthorized, "Invalid session for the user.")),
    }
}

/// NEW_PASSWORD_REQUIRED.
pub fn ask_for_new_password(pool: &Pool, user: &User) -> Result<Value, Fault> {
    let parameters = json!({
        "USER_ID_FOR_SRP": user.sub,
        "requiredAttributes": "[]",
        "userAttributes": json!(user.attributes).to_string(),
    });
    ask(pool, user, Challenge::NewPassword, "NEW_PASSWORD_REQUIRED", parameters)
}

/// The second factor that the user set up or the pool demands; without either, the tokens.
pub fn ask_for_second_factor(pool: &Pool, user: &User) -> Result<Value, Fault> {
    let enabled = user.factors.enabled();
    let preferred = user.factors.preferred.filter(|factor| enabled.contains(factor));
    match (preferred.as_ref(), enabled.as_slice()) {
        (Some(factor), _) | (None, [factor]) => ask_for(pool, user, *factor),
        (None, []) if pool.second_factor == SecondFactor::Required => {
            let parameters = json!({ "USER_ID_FOR_SRP": user.sub, "MFAS_CAN_SETUP": r#"["SOFTWARE_TOKEN_MFA"]"# });
            ask(pool, user, Challenge::SetUp(None), "MFA_SETUP", parameters)
        }
        (None, []) => pool.tokens_of_sign_in(&user.sub),
        (None, _) => {
            let parameters = json!({
                "USER_ID_FOR_SRP": user.sub,
                "MFAS_CAN_CHOOSE": r#"["SMS_MFA","SOFTWARE_TOKEN_MFA"]"#,
            });
            ask(pool, user, Challenge::SelectFactor, "SELECT_MFA_TYPE", parameters)
        }
    }
}

fn ask_for(pool: &Pool, user: &User, factor: Factor) -> Result<Value, Fault> {
    match factor {
        Factor::SoftwareToken => {
            let device = user.factors.app.as_ref().and_then(|app| app.device.clone()).unwrap_or_default();
            let parameters = json!({ "USER_ID_FOR_SRP": user.sub, "FRIENDLY_DEVICE_NAME": device });
            ask(pool, user, Challenge::SoftwareToken, factor.name(), parameters)
        }
        Factor::Sms => {
            let number = user.attribute("phone_number").ok_or_else(|| Fault::invalid("User has no phone number."))?;
            let code = six_digits();
            let now = pool.clock.now();
            let mail = pool
                .store
                .change(|transaction| outbox::write(transaction, number, "Your code to sign in", &code, now))?;
            pool.outbox.announce(mail);
            let parameters = json!({
                "USER_ID_FOR_SRP": user.sub,
                "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS",
                "CODE_DELIVERY_DESTINATION": codes::masked(number),
            });
            ask(pool, user, Challenge::Sms(Secret::new(code)), factor.name(), parameters)
        }
    }
}

fn ask(pool: &Pool, user: &User, challenge: Challenge, name: &str, parameters: Value) -> Result<Value, Fault> {
    let session = pool.pending.insert(SignIn { sub: user.sub.clone(), challenge }, pool.clock.now())?;
    Ok(json!({ "ChallengeName": name, "Session": session, "ChallengeParameters": parameters }))
}

struct Answer<'a> {
    pool: &'a Pool,
    session: &'a str,
    sub: &'a str,
    responses: &'a HashMap<String, String>,
}

impl Answer<'_> {
    fn given(&self, name: &str) -> Result<&str, Fault> {
        self.responses.get(name).map(String::as_str).ok_or_else(|| Fault::missing(name))
    }

    fn close(&self) -> Result<(), Fault> {
        let closed = self.pool.pending.close(self.session);
        closed.then_some(()).ok_or_else(|| Fault::new(FaultKind::NotAuthorized, "Invalid session for the user."))
    }

    fn complete(&self) -> Result<Value, Fault> {
        self.close()?;
        self.pool.tokens_of_sign_in(self.sub)
    }

    fn user(&self) -> Result<User, Fault> {
        self.pool.store.read(|connection| users::by_sub(connection, self.sub))?.ok_or_else(Fault::wrong_password)
    }

    fn new_password(&self) -> Result<Value, Fault> {
        let wanted = self.given("NEW_PASSWORD")?;
        password::check(wanted)?;
        let attributes = self.responses.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix("userAttributes.")?;
            Some(Attribute { name: name.to_owned(), value: value.clone() })
        });
        let attributes = attributes::check(attributes.collect())?;
        let verifier = Verifier::of_password(self.pool.installation.pool_name(), self.sub, wanted);
        self.close()?;
        self.pool.store.change(|transaction| {
            users::update(transaction, self.sub, |user| {
                user.verifier = verifier;
                user.status = Status::Confirmed;
                // A verified address stays what it is until another one is verified.
                user.attributes.extend(attributes.into_iter().filter(|(name, _)| name != "email"));
                Ok(())
            })
        })?;
        ask_for_second_factor(self.pool, &self.user()?)
    }

    fn software_token(&self) -> Result<Value, Fault> {
        let code = self.given("SOFTWARE_TOKEN_MFA_CODE")?;
        let now = self.pool.clock.now();
        self.pool.counting_codes(self.sub, || {
            self.pool.store.change(|transaction| {
                users::update(transaction, self.sub, |user| match &mut user.factors.app {
                    Some(app) => app.check(code, now),
                    None => Err(Fault::invalid("User has not set up software token mfa")),
                })
            })
        })?;
        self.complete()
    }

    fn sms(&self, right: &Secret) -> Result<Value, Fault> {
        let code = self.given("SMS_MFA_CODE")?;
        self.pool.counting_codes(self.sub, || {
            let wrong = "Invalid code or auth state for the user.";
            right.matches(code).then_some(()).ok_or_else(|| Fault::new(FaultKind::CodeMismatch, wrong))
        })?;
        self.complete()
    }

    fn select_factor(&self) -> Result<Value, Fault> {
        let wanted = self.given("ANSWER")?;
        let user = self.user()?;
        let chosen = user.factors.enabled().into_iter().find(|factor| factor.name() == wanted);
        let chosen = chosen.ok_or_else(|| Fault::invalid("Invalid MFA type."))?;
        self.close()?;
        ask_for(self.pool, &user, chosen)
    }
}
