//! Numbers that fit JavaScript's: sizes and times stay below 2^53.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A number of bytes. S3 objects end at 50 TB, far below 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct ByteSize(#[specta(type = u32)] pub u64);

/// Milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Millis(#[specta(type = i32)] pub i64);

/// The id of a transfer, a letter or a listing: counts up from 1 within a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Id(#[specta(type = u32)] pub u64);

impl Millis {
    /// Now, by the system's clock.
    #[must_use]
    pub fn now() -> Self {
        std::time::SystemTime::now().into()
    }
}

impl From<std::time::SystemTime> for Millis {
    fn from(at: std::time::SystemTime) -> Self {
        let since = at.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
