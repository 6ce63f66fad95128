//! What goes through the door, as lines of JSON: an order in; what is told, and the end, out.

use super::request::{AsWhom, Request};
use super::told::{End, Told};
use crate::wire::{Failure, FailureCode};
use serde::{Deserialize, Serialize};
use std::io;

/// The version that both sides speak.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the one who knocks wants.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub as_whom: AsWhom,
    pub request: Request,
}

/// One line of the answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Answer {
    /// The order was read. Where the line ends before this, nothing was begun.
    Begun,
    /// A piece.
    Told(Told),
    /// Nothing more comes.
    End(Result<(), End>),
}

/// The first line of an order, of every version: which one it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Greeting {
    pub version: String,
}

pub(super) fn written(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

pub(super) fn other_version() -> Failure {
    Failure::new(
        FailureCode::BusyElsewhere,
        "The Amphora that is running with these files is of another version.",
        "Close it, or use the command line that belongs to it.",
    )
    .detail(format!("it is {VERSION}"))
}
