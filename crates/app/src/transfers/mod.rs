//! Uploads and downloads: the queue, what feeds it, what runs it, what the window sees of it.

mod answer;
mod download;
mod identical;
mod journal;
mod local_path;
mod queue;
mod run;
mod safe_name;
mod scan;
mod scan_rules;
mod settings;
mod shown;
mod speed;
mod store;
mod upload;
mod uploads;

pub use safe_name::{safe_name, safe_path};
pub use store::{Queued, Transfers};
