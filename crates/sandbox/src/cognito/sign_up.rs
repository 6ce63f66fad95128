//! Making an account: SignUp, ConfirmSignUp, ResendConfirmationCode.

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::attributes::{self, Attribute, looks_like_email};
use super::codes::{self, Purpose};
use super::factors::Factors;
use super::fault::{Fault, FaultKind};
use super::login::{self, Login};
use super::password;
use super::pool::Pool;
use super::srp::Verifier;
use super::users::{self, Status, Taken, User};

/// Input of SignUp.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignUp {
    client_id: String,
    username: String,
    password: String,
    #[serde(default)]
    user_attributes: Vec<Attribute>,
}

/// Makes an account that waits for its confirmation code. A user name that is an e-mail address becomes the account's
/// alias, and the sub its name, as in a pool that signs in by e-mail.
pub fn sign_up(pool: &Pool, input: SignUp) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    password::check(&input.password)?;
    let user = new_user(pool, &input.username, input.user_attributes, &input.password)?;
    let email = user.attribute("email").ok_or_else(email_required)?.to_owned();
    let now = pool.clock.now();
    let mail = pool.store.change(|transaction| {
        if users::find(transaction, &input.username)?.is_some() {
            return Err(Fault::new(FaultKind::UsernameExists, "User already exists"));
        }
        users::insert(transaction, &user)?;
        codes::send(transaction, &user.sub, Purpose::SignUp, &email, now)
    })?;
    pool.outbox.announce(mail);
    Ok(json!({
        "UserConfirmed": false,
        "UserSub": user.sub,
        "CodeDeliveryDetails": codes::delivery(&email),
    }))
}

/// A user who is not confirmed, not yet in the store.
pub fn new_user(pool: &Pool, name: &str, wanted: Vec<Attribute>, password: &str) -> Result<User, Fault> {
    if name.is_empty() || name.chars().count() > 128 || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Fault::invalid(
            "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+ and have length less than or equal to 128",
        ));
    }
    let sub = Uuid::new_v4().to_string();
    let mut attributes = attributes::check(wanted)?;
    let by_email = looks_like_email(name);
    if by_email && users::fold(attributes.entry("email".into()).or_insert_with(|| name.to_owned())) != users::fold(name)
    {
        return Err(Fault::invalid("The user name is an e-mail address, but not the one of the attribute email."));
    }
    if !attributes.contains_key("email") {
        return Err(email_required());
    }
    attributes.insert("email_verified".into(), "false".into());
    Ok(User {
        username: if by_email { sub.clone() } else { name.to_owned() },
        alias: by_email.then(|| users::fold(name)),
        status: Status::Unconfirmed,
        verifier: Verifier::of_password(pool.installation.pool_name(), &sub, password),
        attributes,
        factors: Factors::default(),
        sub,
    })
}

fn email_required() -> Fault {
    Fault::invalid("Attributes did not conform to the schema: email: The attribute is required")
}

/// Input of ConfirmSignUp.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmSignUp {
    client_id: String,
    username: String,
    confirmation_code: String,
    #[serde(default)]
    force_alias_creation: bool,
}

/// Confirms an account with the code that was sent; the e-mail address signs in from now on.
pub fn confirm_sign_up(pool: &Pool, input: ConfirmSignUp) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    let login = Login::find(pool, &input.username)?;
    if login.user.as_ref().is_some_and(|user| user.status != Status::Unconfirmed) {
        let message = "User cannot be confirmed. Current status is CONFIRMED";
        return Err(Fault::new(FaultKind::NotAuthorized, message));
    }
    let taken = if input.force_alias_creation { Taken::Move } else { Taken::Refuse };
    let now = pool.clock.now();
    pool.counting_codes(&login.user_id, || {
        let user = login.user.as_ref().ok_or_else(Fault::code_mismatch)?;
        pool.store.change(|transaction| {
            let email = codes::check(transaction, &user.sub, Purpose::SignUp, &input.confirmation_code, now)?;
            users::claim_alias(transaction, &user.sub, &email, taken)?;
            users::update(transaction, &user.sub, |user| {
                user.status = Status::Confirmed;
                Ok(())
            })?;
            codes::forget(transaction, &user.sub, Purpose::SignUp)
        })
    })?;
    Ok(json!({}))
}

/// Input of ResendConfirmationCode.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResendConfirmationCode {
    client_id: String,
    username: String,
}

/// Sends a new code; the old one is void.
pub fn resend_confirmation_code(pool: &Pool, input: ResendConfirmationCode) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    let Some(user) = Login::find(pool, &input.username)?.user else {
        let target = login::imagined_address(pool, &input.username);
        return Ok(json!({ "CodeDeliveryDetails": codes::delivery(&target) }));
    };
    if user.status != Status::Unconfirmed {
        return Err(Fault::invalid("User is already confirmed."));
    }
    let email = user.attribute("email").ok_or_else(email_required)?;
    let now = pool.clock.now();
    let mail = pool.store.change(|transaction| codes::send(transaction, &user.sub, Purpose::SignUp, email, now))?;
    pool.outbox.announce(mail);
    Ok(json!({ "CodeDeliveryDetails": codes::delivery(email) }))
}
