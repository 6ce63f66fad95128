//! Uploads and downloads: the queue, what feeds it, what runs it, what the window sees of it.

mod answer;
mod download;
mod identical;
mod journal;
mod local_file;
mod local_path;
mod queue;
mod run;
mod run_end;
mod safe_name;
mod scan;
mod scan_rules;
mod settings;
mod shown;
mod speed;
mod store;
mod upload;
mod uploads;

pub use run_end::RunEnd;
pub use safe_name::{safe_name, safe_path};
pub use store::{Queued, Transfers};
