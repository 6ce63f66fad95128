//! The sentences of tracked calls, as Amplify Storage has them on its Hub channel; one event a call.

use crate::category::{CategoryError, Got, Listed};
use crate::event::{Event, EventKind};

pub(super) fn put<T>(key: &str, outcome: &Result<T, CategoryError>) -> Event {
    Event::upload(key, outcome.is_ok())
}

/// Amplify writes the signed link into its message; ours names the key.
pub(super) fn link(key: &str, outcome: &Result<Got, CategoryError>) -> Event {
    Event::link(key, outcome.is_ok())
}

pub(super) fn download(key: &str, outcome: &Result<Got, CategoryError>) -> Event {
    match outcome {
        Ok(Got::Object(object)) => Event::download(key, Ok(object.bytes.len() as u64)),
        Ok(_) => Event { file_size: None, ..Event::download(key, Ok(0)) },
        Err(error) => Event::download(key, Err(error)),
    }
}

pub(super) fn remove(key: &str, outcome: &Result<(), CategoryError>) -> Event {
    Event::deletion(key, outcome.as_ref().copied().map_err(|error| error as _))
}

pub(super) fn copy<T>(from: &str, to: &str, outcome: &Result<T, CategoryError>) -> Event {
    Event::copy(from, to, outcome.is_ok())
}

pub(super) fn list(outcome: &Result<Listed, CategoryError>) -> Event {
    let message = match outcome {
        Ok(listed) => format!("{} items returned from list operation", listed.items.len()),
        Err(error) => format!("Listing items failed: {error}"),
    };
    Event { kind: EventKind::List, key: String::new(), succeeded: outcome.is_ok(), file_size: None, message }
}
