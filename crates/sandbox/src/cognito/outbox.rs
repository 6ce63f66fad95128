//! "Sandbox mail": what Cognito would have sent by e-mail or text message. Nothing leaves this machine.

use std::fmt;

use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tokio::sync::broadcast;

use super::fault::Fault;

/// Older mail than this many is thrown away.
const KEPT: i64 = 200;

/// A message with a code in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Grows with each message.
    pub id: i64,
    /// The e-mail address or telephone number.
    pub to: String,
    /// One line that says what the code is for.
    pub subject: String,
    /// Six digits.
    pub code: String,
    /// When it was sent, to the second.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

impl fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Mail {{ id: {}, to: {:?}, subject: {:?}, code: ••• }}", self.id, self.to, self.subject)
    }
}

/// Tells listeners of new mail. The mail itself is in the database.
pub struct Outbox {
    sender: broadcast::Sender<Mail>,
}

impl Outbox {
    /// An outbox that nobody listens to yet.
    pub fn new() -> Self {
        Self { sender: broadcast::channel(64).0 }
    }

    /// Mail that is announced from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Mail> {
        self.sender.subscribe()
    }

    /// Tells the listeners; only after the change that wrote the mail was committed.
    pub fn announce(&self, mail: Mail) {
        // Nobody listening is no failure: the mail can be read later.
        drop(self.sender.send(mail));
    }
}

/// Puts a message into the outbox.
pub fn write(
    transaction: &Transaction<'_>,
    to: &str,
    subject: &str,
    code: &str,
    now: OffsetDateTime,
) -> Result<Mail, Fault> {
    transaction.execute(
        "INSERT INTO pool_mail (recipient, subject, code, at) VALUES (?1, ?2, ?3, ?4)",
        params![to, subject, code, now.unix_timestamp()],
    )?;
    let id = transaction.last_insert_rowid();
    transaction.execute("DELETE FROM pool_mail WHERE id <= ?1", params![id - KEPT])?;
    let at = now.replace_nanosecond(0).unwrap_or(now);
    Ok(Mail { id, to: to.to_owned(), subject: subject.to_owned(), code: code.to_owned(), at })
}

/// All mail that is kept, oldest first.
pub fn all(connection: &Connection) -> Result<Vec<Mail>, Fault> {
    let mut statement = connection.prepare("SELECT id, recipient, subject, code, at FROM pool_mail ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let at = OffsetDateTime::from_unix_timestamp(row.get(4)?).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Ok(Mail { id: row.get(0)?, to: row.get(1)?, subject: row.get(2)?, code: row.get(3)?, at })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
