//! Signing in: InitiateAuth, the password by SRP or in the clear, the refresh, and what is asked after the password.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::challenges;
use super::fault::{Fault, FaultKind};
use super::login::Login;
use super::pending::{Challenge, SignIn};
use super::pool::Pool;
use super::srp::{Claim, Exchange};
use super::users::Status;

/// Input of InitiateAuth.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InitiateAuth {
    auth_flow: String,
    client_id: String,
    #[serde(default)]
    auth_parameters: HashMap<String, String>,
}

/// Begins a sign-in, or continues one by its refresh token.
pub fn initiate_auth(pool: &Pool, input: InitiateAuth) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    let given = |name: &str| input.auth_parameters.get(name).map(String::as_str).ok_or_else(|| Fault::missing(name));
    match input.auth_flow.as_str() {
        "USER_SRP_AUTH" => offer_srp(pool, given("USERNAME")?, given("SRP_A")?),
        "USER_PASSWORD_AUTH" => by_password(pool, given("USERNAME")?, given("PASSWORD")?),
        "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" => pool.tokens_of_refresh(given("REFRESH_TOKEN")?),
        other => Err(Fault::invalid(format!("Initiate Auth method not supported: {other}"))),
    }
}

/// Input of GetTokensFromRefreshToken, which newer clients send in place of REFRESH_TOKEN_AUTH.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTokensFromRefreshToken {
    client_id: String,
    refresh_token: String,
}

/// Continues a sign-in by its refresh token.
pub fn get_tokens_from_refresh_token(pool: &Pool, input: GetTokensFromRefreshToken) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    pool.tokens_of_refresh(&input.refresh_token)
}

fn offer_srp(pool: &Pool, name: &str, srp_a: &str) -> Result<Value, Fault> {
    let login = Login::find(pool, name)?;
    let exchange = Exchange::start(srp_a, &login.verifier).ok_or_else(|| Fault::invalid("Invalid SRP_A."))?;
    let mut parameters = json!({
        "USERNAME": login.user_id,
        "USER_ID_FOR_SRP": login.user_id,
        "SALT": login.verifier.salt_hex(),
        "SRP_B": exchange.server_public_hex(),
    });
    let sub = login.user_id.clone();
    let challenge = Challenge::Password(Box::new((login, exchange)));
    let secret_block = pool.pending.insert(SignIn { sub, challenge }, pool.clock.now())?;
    parameters["SECRET_BLOCK"] = json!(secret_block);
    Ok(json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters }))
}

/// The answer to PASSWORD_VERIFIER.
pub fn verify_srp(pool: &Pool, responses: &HashMap<String, String>) -> Result<Value, Fault> {
    let given = |name: &str| responses.get(name).map(String::as_str).ok_or_else(|| Fault::missing(name));
    let (secret_block, timestamp) = (given("PASSWORD_CLAIM_SECRET_BLOCK")?, given("TIMESTAMP")?);
    given("USERNAME")?;
    check_timestamp(timestamp)?;
    let Ok(signature) = STANDARD.decode(given("PASSWORD_CLAIM_SIGNATURE")?) else {
        return Err(Fault::wrong_password());
    };
    let block = STANDARD.decode(secret_block).map_err(|_| Fault::invalid("Invalid PASSWORD_CLAIM_SECRET_BLOCK."))?;

    let sign_in = pool.pending.get(secret_block, pool.clock.now())?;
    let Challenge::Password(asked) = sign_in.challenge else { return Err(Fault::wrong_password()) };
    // One claim for one challenge: a second would be a guess.
    if !pool.pending.close(secret_block) {
        return Err(Fault::wrong_password());
    }
    let (login, exchange) = *asked;
    after_password(pool, &login, |pool| {
        exchange.proves(Claim {
            pool_name: pool.installation.pool_name(),
            user_id: &login.user_id,
            secret_block: &block,
            timestamp,
            signature: &signature,
        })
    })
}

fn by_password(pool: &Pool, name: &str, password: &str) -> Result<Value, Fault> {
    let login = Login::find(pool, name)?;
    after_password(pool, &login, |pool| login.verifier.fits(pool.installation.pool_name(), &login.user_id, password))
}

fn after_password(pool: &Pool, login: &Login, is_right: impl FnOnce(&Pool) -> bool) -> Result<Value, Fault> {
    pool.passwords.begin(&login.user_id, pool.clock.now())?;
    let right = is_right(pool);
    let user = login.user.as_ref().filter(|_| right).ok_or_else(Fault::wrong_password)?;
    pool.passwords.succeeded(&login.user_id);
    match user.status {
        Status::Unconfirmed => Err(Fault::new(FaultKind::UserNotConfirmed, "User is not confirmed.")),
        Status::ForceChangePassword => challenges::ask_for_new_password(pool, user),
        Status::Confirmed => challenges::ask_for_second_factor(pool, user),
    }
}

/// `Mon Feb 9 18:30:12 UTC 2026`, the day without padding.
const TIMESTAMP: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short] [month repr:short] [day padding:none] [hour]:[minute]:[second] UTC [year]"
);

fn check_timestamp(timestamp: &str) -> Result<(), Fault> {
    let parsed = PrimitiveDateTime::parse(timestamp, TIMESTAMP).ok();
    let written = parsed.and_then(|moment| moment.format(TIMESTAMP).ok());
    if written.as_deref() == Some(timestamp) {
        return Ok(());
    }
    Err(Fault::invalid("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_has_cognitos_form() {
        assert!(check_timestamp("Mon Feb 9 18:30:12 UTC 2026").is_ok());
        assert!(check_timestamp("Tue Nov 24 01:02:03 UTC 2026").is_ok());
        for wrong in ["Mon Feb 09 18:30:12 UTC 2026", "Tue Feb 9 18:30:12 UTC 2026", "2026-02-09T18:30:12Z", ""] {
            assert!(check_timestamp(wrong).is_err(), "{wrong:?} is not Cognito's form");
        }
    }
}
