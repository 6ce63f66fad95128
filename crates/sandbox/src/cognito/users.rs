//! The rows of the user pool's people.

use std::fmt;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::de::DeserializeOwned;

use super::attributes::{Attribute, Attributes};
use super::factors::Factors;
use super::fault::{Fault, FaultKind};
use super::srp::Verifier;

/// How far an account has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Signed up; the address is not confirmed.
    Unconfirmed,
    /// Can sign in.
    Confirmed,
    /// Has a temporary password that must be replaced at the first sign-in.
    ForceChangePassword,
}

impl Status {
    /// The name on the wire and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unconfirmed => "UNCONFIRMED",
            Self::Confirmed => "CONFIRMED",
            Self::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "CONFIRMED" => Self::Confirmed,
            "FORCE_CHANGE_PASSWORD" => Self::ForceChangePassword,
            _ => Self::Unconfirmed,
        }
    }
}

/// A person of the user pool.
#[derive(Clone)]
pub struct User {
    /// A UUID that never changes: the user in tokens and in SRP.
    pub sub: String,
    /// As written at sign-up; the sub when the person signed up with an e-mail address.
    pub username: String,
    /// The e-mail address that signs in as well, in lower case.
    pub alias: Option<String>,
    /// How far the account has come.
    pub status: Status,
    /// Checks the password.
    pub verifier: Verifier,
    /// Without `sub`.
    pub attributes: Attributes,
    /// Second factors.
    pub factors: Factors,
}

impl User {
    /// The attributes as GetUser lists them: `sub` first.
    pub fn attribute_list(&self) -> Vec<Attribute> {
        let sub = Attribute { name: "sub".into(), value: self.sub.clone() };
        let others = self.attributes.iter().map(|(name, value)| Attribute { name: name.clone(), value: value.clone() });
        std::iter::once(sub).chain(others).collect()
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The address that codes go to: e-mail before telephone. `None` if it was never verified.
    pub fn verified_address(&self) -> Option<&str> {
        ["email", "phone_number"].into_iter().find_map(|name| {
            let verified = self.attribute(&format!("{name}_verified")) == Some("true");
            self.attribute(name).filter(|_| verified)
        })
    }
}

impl fmt::Debug for User {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "User {{ sub: {:?}, username: {:?}, status: {:?} }}", self.sub, self.username, self.status)
    }
}

/// How names compare: Cognito's pools do not tell upper from lower case.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

const COLUMNS: &str = "sub, username, alias, status, salt, verifier, attributes, factors";

/// Finds a user by user name, e-mail alias or sub.
pub fn find(connection: &Connection, name: &str) -> Result<Option<User>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM pool_user WHERE folded = ?1 OR alias = ?1 OR sub = ?1");
    Ok(connection.query_row(&query, params![fold(name)], read).optional()?)
}

/// Finds a user by sub.
pub fn by_sub(connection: &Connection, sub: &str) -> Result<Option<User>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM pool_user WHERE sub = ?1");
    Ok(connection.query_row(&query, params![sub], read).optional()?)
}

/// Adds a user. UsernameExists if the name or the alias is taken.
pub fn insert(transaction: &Transaction<'_>, user: &User) -> Result<(), Fault> {
    let (attributes, factors) = as_json(user)?;
    let added = transaction.execute(
        "INSERT OR IGNORE INTO pool_user (sub, username, folded, alias, status, salt, verifier, attributes, factors)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            user.sub,
            user.username,
            fold(&user.username),
            user.alias,
            user.status.name(),
            user.verifier.salt(),
            user.verifier.value(),
            attributes,
            factors
        ],
    )?;
    if added == 1 { Ok(()) } else { Err(Fault::new(FaultKind::UsernameExists, "User already exists")) }
}

/// Reads a user, lets `edit` change it and writes it back. Name and sub stay as they are.
pub fn update<T>(
    transaction: &Transaction<'_>,
    sub: &str,
    edit: impl FnOnce(&mut User) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let gone = || Fault::new(FaultKind::NotAuthorized, "User does not exist.");
    let mut user = by_sub(transaction, sub)?.ok_or_else(gone)?;
    let done = edit(&mut user)?;
    let (attributes, factors) = as_json(&user)?;
    transaction.execute(
        "UPDATE pool_user SET alias = ?2, status = ?3, salt = ?4, verifier = ?5, attributes = ?6, factors = ?7
         WHERE sub = ?1",
        params![sub, user.alias, user.status.name(), user.verifier.salt(), user.verifier.value(), attributes, factors],
    )?;
    Ok(done)
}

/// Gives `email`, now verified, to the user `sub` as its alias. With `Taken::Move` another holder loses it.
pub fn claim_alias(transaction: &Transaction<'_>, sub: &str, email: &str, taken: Taken) -> Result<(), Fault> {
    let alias = fold(email);
    if let Some(holder) = find(transaction, &alias)?.filter(|holder| holder.sub != sub) {
        if taken == Taken::Refuse || holder.username == holder.sub {
            let message = "An account with the email already exists.";
            return Err(Fault::new(FaultKind::AliasExists, message));
        }
        update(transaction, &holder.sub, |holder| {
            holder.alias = None;
            holder.attributes.insert("email_verified".into(), "false".into());
            Ok(())
        })?;
    }
    update(transaction, sub, |user| {
        user.alias = Some(alias);
        user.attributes.insert("email".into(), email.to_owned());
        user.attributes.insert("email_verified".into(), "true".into());
        Ok(())
    })
}

/// What happens when another account holds the alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// AliasExists.
    Refuse,
    /// The other account loses it (ForceAliasCreation), unless it is that account's only name.
    Move,
}

/// Deletes a user with its codes and tokens.
pub fn delete(transaction: &Transaction<'_>, sub: &str) -> Result<(), Fault> {
    transaction.execute("DELETE FROM pool_user WHERE sub = ?1", params![sub])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        sub: row.get(0)?,
        username: row.get(1)?,
        alias: row.get(2)?,
        status: Status::from_name(&row.get::<_, String>(3)?),
        verifier: Verifier::from_stored(row.get(4)?, &row.get::<_, Vec<u8>>(5)?),
        attributes: json(row, 6)?,
        factors: json(row, 7)?,
    })
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(&row.get::<_, String>(column)?)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

fn as_json(user: &User) -> Result<(String, String), Fault> {
    let damaged = |error: serde_json::Error| Fault::new(FaultKind::Internal, error.to_string());
    let attributes = serde_json::to_string(&user.attributes).map_err(damaged)?;
    Ok((attributes, serde_json::to_string(&user.factors).map_err(damaged)?))
}
