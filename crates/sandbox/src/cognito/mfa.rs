//! Setting up second factors: AssociateSoftwareToken, VerifySoftwareToken, SetUserMFAPreference. By access token, or in
//! the middle of a sign-in that demands it, by session.

use serde::Deserialize;
use serde_json::{Value, json};

use super::factors::{Factor, SoftwareToken};
use super::fault::{Fault, FaultKind};
use super::pending::{Challenge, SignIn};
use super::pool::Pool;
use super::users::{self, User};
use crate::secret::Secret;

/// Input of AssociateSoftwareToken.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociateSoftwareToken {
    access_token: Option<String>,
    session: Option<String>,
}

/// Hands out a new secret for an authenticator app. It counts once a code proves it.
pub fn associate_software_token(pool: &Pool, input: AssociateSoftwareToken) -> Result<Value, Fault> {
    let secret = SoftwareToken::new_secret();
    if let Some(token) = input.access_token {
        let user = pool.signed_in(&token)?;
        pool.store.change(|transaction| {
            users::update(transaction, &user.sub, |user| {
                user.factors.candidate = Some(secret.clone());
                Ok(())
            })
        })?;
        return Ok(json!({ "SecretCode": secret }));
    }
    let (session, sub, _) = setting_up(pool, input.session)?;
    close(pool, &session)?;
    let challenge = Challenge::SetUp(Some(Secret::new(secret.clone())));
    let next = pool.pending.insert(SignIn { sub, challenge }, pool.clock.now())?;
    Ok(json!({ "SecretCode": secret, "Session": next }))
}

/// Input of VerifySoftwareToken.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifySoftwareToken {
    access_token: Option<String>,
    session: Option<String>,
    user_code: String,
    friendly_device_name: Option<String>,
}

/// Takes the first code of an authenticator app.
pub fn verify_software_token(pool: &Pool, input: VerifySoftwareToken) -> Result<Value, Fault> {
    let (device, code) = (input.friendly_device_name, input.user_code);
    let none = || Fault::invalid("No software token was associated.");
    if let Some(token) = input.access_token {
        let user = pool.signed_in(&token)?;
        let secret = user.factors.candidate.ok_or_else(none)?;
        let proven = prove(pool, &user.sub, &secret, &code, device)?;
        keep(pool, &user.sub, |user| {
            user.factors.app = Some(proven);
            user.factors.candidate = None;
        })?;
        return Ok(json!({ "Status": "SUCCESS" }));
    }
    let (session, sub, secret) = setting_up(pool, input.session)?;
    let secret = secret.ok_or_else(none)?;
    let proven = prove(pool, &sub, secret.reveal(), &code, device)?;
    close(pool, &session)?;
    keep(pool, &sub, |user| {
        user.factors.app = Some(proven);
        user.factors.app_enabled = true;
        user.factors.preferred = Some(Factor::SoftwareToken);
    })?;
    let next = pool.pending.insert(SignIn { sub, challenge: Challenge::SetUpDone }, pool.clock.now())?;
    Ok(json!({ "Status": "SUCCESS", "Session": next }))
}

fn prove(pool: &Pool, sub: &str, secret: &str, code: &str, device: Option<String>) -> Result<SoftwareToken, Fault> {
    pool.counting_codes(sub, || SoftwareToken::prove(secret, code, device, pool.clock.now()))
}

fn keep(pool: &Pool, sub: &str, edit: impl FnOnce(&mut User)) -> Result<(), Fault> {
    pool.store.change(|transaction| {
        users::update(transaction, sub, |user| {
            edit(user);
            Ok(())
        })
    })
}

fn setting_up(pool: &Pool, session: Option<String>) -> Result<(String, String, Option<Secret>), Fault> {
    let session = session.ok_or_else(|| Fault::missing("AccessToken or Session"))?;
    let sign_in = pool.pending.get(&session, pool.clock.now())?;
    match sign_in.challenge {
        Challenge::SetUp(secret) => Ok((session, sign_in.sub, secret)),
        _ => Err(invalid_session()),
    }
}

fn close(pool: &Pool, session: &str) -> Result<(), Fault> {
    pool.pending.close(session).then_some(()).ok_or_else(invalid_session)
}

fn invalid_session() -> Fault {
    Fault::new(FaultKind::NotAuthorized, "Invalid session for the user.")
}

/// What is wanted of one factor.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Wanted {
    enabled: bool,
    preferred_mfa: bool,
}

/// Input of SetUserMFAPreference.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetUserMfaPreference {
    access_token: String,
    #[serde(rename = "SMSMfaSettings")]
    sms_mfa_settings: Option<Wanted>,
    software_token_mfa_settings: Option<Wanted>,
}

/// Turns second factors on and off and says which one is asked for.
pub fn set_user_mfa_preference(pool: &Pool, input: SetUserMfaPreference) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    let prefers = |wanted: &Option<Wanted>| wanted.as_ref().is_some_and(|wanted| wanted.preferred_mfa);
    if prefers(&input.sms_mfa_settings) && prefers(&input.software_token_mfa_settings) {
        return Err(Fault::invalid("Only one MFA type can be preferred."));
    }
    pool.store.change(|transaction| {
        users::update(transaction, &user.sub, |user| {
            if let Some(wanted) = &input.sms_mfa_settings {
                if wanted.enabled && user.attribute("phone_number").is_none() {
                    return Err(Fault::invalid("User does not have delivery config set to turn on SMS_MFA"));
                }
                user.factors.sms_enabled = wanted.enabled;
                prefer(user, Factor::Sms, wanted);
            }
            if let Some(wanted) = &input.software_token_mfa_settings {
                if wanted.enabled && user.factors.app.is_none() {
                    return Err(Fault::invalid("User has not verified software token mfa"));
                }
                user.factors.app_enabled = wanted.enabled;
                prefer(user, Factor::SoftwareToken, wanted);
            }
            Ok(())
        })
    })?;
    Ok(json!({}))
}

fn prefer(user: &mut User, factor: Factor, wanted: &Wanted) {
    if wanted.enabled && wanted.preferred_mfa {
        user.factors.preferred = Some(factor);
    } else if user.factors.preferred == Some(factor) {
        user.factors.preferred = None;
    }
}
