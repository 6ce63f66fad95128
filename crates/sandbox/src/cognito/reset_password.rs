//! A forgotten password: ForgotPassword and ConfirmForgotPassword.

use serde::Deserialize;
use serde_json::{Value, json};

use super::codes::{self, Purpose};
use super::fault::Fault;
use super::login::{self, Login};
use super::password;
use super::pool::Pool;
use super::srp::Verifier;
use super::users::{self, Status};

/// Input of ForgotPassword.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ForgotPassword {
    client_id: String,
    username: String,
}

/// Sends a code that allows a new password. For an unknown user it says that it did.
pub fn forgot_password(pool: &Pool, input: ForgotPassword) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    let Some(user) = Login::find(pool, &input.username)?.user else {
        let target = login::imagined_address(pool, &input.username);
        return Ok(json!({ "CodeDeliveryDetails": codes::delivery(&target) }));
    };
    let target = user.verified_address().filter(|_| user.status == Status::Confirmed).ok_or_else(|| {
        Fault::invalid("Cannot reset password for the user as there is no registered/verified email or phone_number")
    })?;
    let now = pool.clock.now();
    let mail = pool.store.change(|transaction| codes::send(transaction, &user.sub, Purpose::Reset, target, now))?;
    pool.outbox.announce(mail);
    Ok(json!({ "CodeDeliveryDetails": codes::delivery(target) }))
}

/// Input of ConfirmForgotPassword.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmForgotPassword {
    client_id: String,
    username: String,
    confirmation_code: String,
    password: String,
}

/// Sets a new password with the code that was sent.
pub fn confirm_forgot_password(pool: &Pool, input: ConfirmForgotPassword) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    password::check(&input.password)?;
    let login = Login::find(pool, &input.username)?;
    let verifier = Verifier::of_password(pool.installation.pool_name(), &login.user_id, &input.password);
    let now = pool.clock.now();
    pool.counting_codes(&login.user_id, || {
        let user = login.user.as_ref().ok_or_else(Fault::code_mismatch)?;
        pool.store.change(|transaction| {
            codes::check(transaction, &user.sub, Purpose::Reset, &input.confirmation_code, now)?;
            users::update(transaction, &user.sub, |user| {
                user.verifier = verifier;
                Ok(())
            })?;
            codes::forget(transaction, &user.sub, Purpose::Reset)
        })
    })?;
    pool.passwords.succeeded(&login.user_id);
    Ok(json!({}))
}
