//! The rows of the identity pool: which identity is whose.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::fault::{Fault, FaultKind};

/// Whose an identity is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Whoever holds its id.
    Guest,
    /// The user with this sub.
    User(String),
}

/// Makes an identity.
pub fn create(transaction: &Transaction<'_>, region: &str, owner: &Owner) -> Result<String, Fault> {
    let id = format!("{region}:{}", Uuid::new_v4());
    let sub = match owner {
        Owner::Guest => None,
        Owner::User(sub) => Some(sub),
    };
    transaction.execute("INSERT INTO pool_identity VALUES (?1, ?2)", params![id, sub])?;
    Ok(id)
}

/// Whose the identity `id` is.
pub fn owner(connection: &Connection, id: &str) -> Result<Owner, Fault> {
    let found: Option<Option<String>> = connection
        .query_row("SELECT sub FROM pool_identity WHERE id = ?1", params![id], |row| row.get(0))
        .optional()?;
    match found {
        None => Err(Fault::new(FaultKind::ResourceNotFound, format!("Identity '{id}' not found."))),
        Some(None) => Ok(Owner::Guest),
        Some(Some(sub)) => Ok(Owner::User(sub)),
    }
}

/// The identity of a user, if there is one.
pub fn of_user(connection: &Connection, sub: &str) -> Result<Option<String>, Fault> {
    let query = "SELECT id FROM pool_identity WHERE sub = ?1";
    Ok(connection.query_row(query, params![sub], |row| row.get(0)).optional()?)
}

/// A guest's identity becomes the user's.
pub fn adopt(transaction: &Transaction<'_>, id: &str, sub: &str) -> Result<(), Fault> {
    transaction.execute("UPDATE pool_identity SET sub = ?2 WHERE id = ?1 AND sub IS NULL", params![id, sub])?;
    Ok(())
}
