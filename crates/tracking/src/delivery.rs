//! What is delivered, and what a delivery has to do.

use std::time::SystemTime;

use amphora_storage::Event;
use futures::future::BoxFuture;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// An event and when it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When the call ended.
    pub at: SystemTime,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// As one JSON object: `time` (RFC 3339, UTC), `event`, `attributes`, `metrics` (null without any), `key`,
    /// `message`.
    pub fn to_json(&self) -> Value {
        let attributes: Map<_, _> =
            self.event.attributes().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        let metrics = self.event.metrics().map(|(name, value)| json!({ name: value }));
        json!({
            "time": OffsetDateTime::from(self.at).format(&Rfc3339).unwrap_or_default(),
            "event": self.event.kind.event(),
            "attributes": attributes,
            "metrics": metrics,
            "key": self.event.key,
            "message": self.event.message,
        })
    }
}

/// Why a batch could not be delivered. Nobody but the log of the program hears of it.
#[derive(Debug, thiserror::Error)]
#[error("couldn't deliver to {to}: {reason}")]
pub struct DeliveryError {
    /// Where it should have gone.
    pub to: &'static str,
    /// Why it did not.
    pub reason: String,
}

/// Somewhere that events go.
pub trait Delivery: Send + Sync {
    /// Its name, for the program's log.
    fn name(&self) -> &'static str;

    /// Delivers some events in their order. What fails is lost: a delivery that wants to try again does so itself.
    fn deliver<'a>(&'a self, batch: &'a [Recorded]) -> BoxFuture<'a, Result<(), DeliveryError>>;
}
