//! Where tracked calls go: a queue that never slows what it tracks, and deliveries behind it. The activity log is one, a
//! Kinesis data stream another (feature `kinesis`).

mod activity_log;
mod delivery;
#[cfg(feature = "kinesis")]
mod kinesis;
mod tracker;

pub use activity_log::{ActivityLog, LogError};
pub use delivery::{Delivery, DeliveryError, Recorded};
#[cfg(feature = "kinesis")]
pub use kinesis::{Kinesis, KinesisConfig};
pub use tracker::Tracker;
