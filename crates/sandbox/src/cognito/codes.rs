//! Six-digit codes that prove who reads an address: made, sent to the outbox, checked once.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::fault::Fault;
use super::installation::six_digits;
use super::outbox::{self, Mail};
use crate::secret::Secret;

/// What a code is good for. One code a user and purpose: a new one replaces the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// ConfirmSignUp.
    SignUp,
    /// ConfirmForgotPassword.
    Reset,
    /// VerifyUserAttribute for `email`.
    Email,
    /// VerifyUserAttribute for `phone_number`.
    PhoneNumber,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::Reset => "reset",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::SignUp => "Your code to confirm the account",
            Self::Reset => "Your code to set a new password",
            Self::Email => "Your code to confirm the e-mail address",
            Self::PhoneNumber => "Your code to confirm the telephone number",
        }
    }

    /// Cognito's: a day, but an hour for a new password.
    fn lifetime(self) -> Duration {
        match self {
            Self::Reset => Duration::hours(1),
            Self::SignUp | Self::Email | Self::PhoneNumber => Duration::days(1),
        }
    }
}

/// Makes a code for the user `sub` and sends it to `target`. The mail must be announced once this is committed.
pub fn send(
    transaction: &Transaction<'_>,
    sub: &str,
    purpose: Purpose,
    target: &str,
    now: OffsetDateTime,
) -> Result<Mail, Fault> {
    let code = six_digits();
    transaction.execute(
        "INSERT OR REPLACE INTO pool_code VALUES (?1, ?2, ?3, ?4, ?5)",
        params![sub, purpose.name(), code, target, (now + purpose.lifetime()).unix_timestamp()],
    )?;
    outbox::write(transaction, target, purpose.subject(), &code, now)
}

/// Checks a code. Returns the address that it was sent to.
pub fn check(
    connection: &Connection,
    sub: &str,
    purpose: Purpose,
    code: &str,
    now: OffsetDateTime,
) -> Result<String, Fault> {
    let found: Option<(String, String, i64)> = connection
        .query_row(
            "SELECT code, target, expires_at FROM pool_code WHERE sub = ?1 AND purpose = ?2",
            params![sub, purpose.name()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let (right, target, expires_at) = found.ok_or_else(Fault::code_expired)?;
    if !Secret::new(right).matches(code) {
        return Err(Fault::code_mismatch());
    }
    if expires_at <= now.unix_timestamp() {
        return Err(Fault::code_expired());
    }
    Ok(target)
}

/// Forgets a code that was used.
pub fn forget(transaction: &Transaction<'_>, sub: &str, purpose: Purpose) -> Result<(), Fault> {
    transaction.execute("DELETE FROM pool_code WHERE sub = ?1 AND purpose = ?2", params![sub, purpose.name()])?;
    Ok(())
}

/// The address that the last code went to, while it has not been used.
pub fn target(connection: &Connection, sub: &str, purpose: Purpose) -> Result<Option<String>, Fault> {
    Ok(connection
        .query_row(
            "SELECT target FROM pool_code WHERE sub = ?1 AND purpose = ?2",
            params![sub, purpose.name()],
            |row| row.get(0),
        )
        .optional()?)
}

/// CodeDeliveryDetails: where a code went, without giving the address away.
pub fn delivery(target: &str) -> Value {
    if target.contains('@') {
        json!({ "AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": masked(target) })
    } else {
        json!({ "AttributeName": "phone_number", "DeliveryMedium": "SMS", "Destination": masked(target) })
    }
}

/// `a***@e***` for an e-mail address, `+*******1234` for a telephone number.
pub fn masked(target: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match target.split_once('@') {
        Some((name, host)) => format!("{}***@{}***", first(name), first(host)),
        None => {
            let digits: Vec<char> = target.chars().collect();
            let shown: String = digits[digits.len().saturating_sub(4)..].iter().collect();
            format!("+*******{shown}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_by_its_first_letters_only() {
        assert_eq!(masked("alice@example.com"), "a***@e***");
        assert_eq!(masked("+491701234567"), "+*******4567");
        assert_eq!(masked("@"), "***@***", "nothing to show is no reason to fail");
    }
}
