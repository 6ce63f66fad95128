//! What a signed-in person does with the own account: read it, change it, leave.

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::{self, Attribute};
use super::codes::{self, Purpose};
use super::factors::Factor;
use super::fault::{Fault, FaultKind};
use super::password;
use super::pool::Pool;
use super::refresh_tokens;
use super::srp::Verifier;
use super::users::{self, Taken};

/// Input of GetUser, GlobalSignOut and DeleteUser.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ByAccessToken {
    access_token: String,
}

/// GetUser.
pub fn get_user(pool: &Pool, input: ByAccessToken) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    let enabled: Vec<&str> = user.factors.enabled().into_iter().map(Factor::name).collect();
    let mut answer = json!({ "Username": user.username, "UserAttributes": user.attribute_list() });
    if !enabled.is_empty() {
        answer["UserMFASettingList"] = json!(enabled);
    }
    if let Some(preferred) = user.factors.preferred {
        answer["PreferredMfaSetting"] = json!(preferred);
    }
    Ok(answer)
}

/// GlobalSignOut: every token of the user is void.
pub fn global_sign_out(pool: &Pool, input: ByAccessToken) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    pool.store.change(|transaction| refresh_tokens::revoke_all(transaction, &user.sub))?;
    Ok(json!({}))
}

/// DeleteUser. The identity of the user stays in the identity pool, as with Cognito, but nobody can reach it.
pub fn delete_user(pool: &Pool, input: ByAccessToken) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    pool.store.change(|transaction| users::delete(transaction, &user.sub))?;
    Ok(json!({}))
}

/// Input of RevokeToken.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RevokeToken {
    client_id: String,
    token: String,
}

/// RevokeToken: ends one sign-in. A token that nobody knows is as good as revoked.
pub fn revoke_token(pool: &Pool, input: RevokeToken) -> Result<Value, Fault> {
    pool.check_client(&input.client_id)?;
    // An access or ID token is a JWS of three parts; refresh tokens have five.
    if input.token.split('.').count() == 3 {
        return Err(Fault::new(FaultKind::UnsupportedTokenType, "Unsupported token type"));
    }
    pool.store.change(|transaction| refresh_tokens::revoke(transaction, &input.token))?;
    Ok(json!({}))
}

/// Input of ChangePassword.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChangePassword {
    access_token: String,
    previous_password: String,
    proposed_password: String,
}

/// ChangePassword.
pub fn change_password(pool: &Pool, input: ChangePassword) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    pool.passwords.begin(&user.sub, pool.clock.now())?;
    let pool_name = pool.installation.pool_name();
    if !user.verifier.fits(pool_name, &user.sub, &input.previous_password) {
        return Err(Fault::wrong_password());
    }
    pool.passwords.succeeded(&user.sub);
    password::check(&input.proposed_password)?;
    let verifier = Verifier::of_password(pool_name, &user.sub, &input.proposed_password);
    pool.store.change(|transaction| {
        users::update(transaction, &user.sub, |user| {
            user.verifier = verifier;
            Ok(())
        })
    })?;
    Ok(json!({}))
}

/// Input of UpdateUserAttributes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUserAttributes {
    access_token: String,
    user_attributes: Vec<Attribute>,
}

/// UpdateUserAttributes. A new e-mail address or telephone number gets a code and counts once it is verified; until then
/// the old one stays, or a slip of the pen would lock its owner out.
pub fn update_user_attributes(pool: &Pool, input: UpdateUserAttributes) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    let mut wanted = attributes::check(input.user_attributes)?;
    let addresses: Vec<(Purpose, String)> = [("email", Purpose::Email), ("phone_number", Purpose::PhoneNumber)]
        .into_iter()
        .filter_map(|(name, purpose)| {
            let target = wanted.remove(name)?;
            (user.attribute(name) != Some(target.as_str())).then_some((purpose, target))
        })
        .collect();
    let now = pool.clock.now();
    let mails = pool.store.change(|transaction| {
        users::update(transaction, &user.sub, |user| {
            user.attributes.extend(wanted);
            Ok(())
        })?;
        let send = |(purpose, target): &(Purpose, String)| codes::send(transaction, &user.sub, *purpose, target, now);
        addresses.iter().map(send).collect::<Result<Vec<_>, Fault>>()
    })?;
    mails.into_iter().for_each(|mail| pool.outbox.announce(mail));
    let sent: Vec<Value> = addresses.iter().map(|(_, target)| codes::delivery(target)).collect();
    Ok(json!({ "CodeDeliveryDetailsList": sent }))
}

/// Input of GetUserAttributeVerificationCode.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserAttributeVerificationCode {
    access_token: String,
    attribute_name: String,
}

/// GetUserAttributeVerificationCode: sends the code for the address that waits, or for the one that the account has.
pub fn get_user_attribute_verification_code(
    pool: &Pool,
    input: GetUserAttributeVerificationCode,
) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    let purpose = verifiable(&input.attribute_name)?;
    let now = pool.clock.now();
    let (mail, target) = pool.store.change(|transaction| {
        let waiting = codes::target(transaction, &user.sub, purpose)?;
        let target = waiting.or_else(|| user.attribute(&input.attribute_name).map(str::to_owned));
        let target = target.ok_or_else(|| Fault::invalid("User has no value for this attribute."))?;
        Ok((codes::send(transaction, &user.sub, purpose, &target, now)?, target))
    })?;
    pool.outbox.announce(mail);
    Ok(json!({ "CodeDeliveryDetails": codes::delivery(&target) }))
}

/// Input of VerifyUserAttribute.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyUserAttribute {
    access_token: String,
    attribute_name: String,
    code: String,
}

/// VerifyUserAttribute: the address that the code was sent to is now the account's.
pub fn verify_user_attribute(pool: &Pool, input: VerifyUserAttribute) -> Result<Value, Fault> {
    let user = pool.signed_in(&input.access_token)?;
    let purpose = verifiable(&input.attribute_name)?;
    let now = pool.clock.now();
    pool.counting_codes(&user.sub, || {
        pool.store.change(|transaction| {
            let target = codes::check(transaction, &user.sub, purpose, &input.code, now)?;
            if purpose == Purpose::Email {
                users::claim_alias(transaction, &user.sub, &target, Taken::Refuse)?;
            } else {
                users::update(transaction, &user.sub, |user| {
                    user.attributes.insert("phone_number".into(), target);
                    user.attributes.insert("phone_number_verified".into(), "true".into());
                    Ok(())
                })?;
            }
            codes::forget(transaction, &user.sub, purpose)
        })
    })?;
    Ok(json!({}))
}

fn verifiable(attribute: &str) -> Result<Purpose, Fault> {
    match attribute {
        "email" => Ok(Purpose::Email),
        "phone_number" => Ok(Purpose::PhoneNumber),
        _ => Err(Fault::invalid("Only email and phone_number can be verified.")),
    }
}
