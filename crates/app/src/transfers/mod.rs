//! Uploads, downloads, copies, moves and deletions: the queue, what feeds it, what runs it, what the window sees of it.

mod answer;
mod bulk;
mod columns;
mod copying;
mod deleting;
mod download;
mod folder;
mod identical;
mod job;
mod journal;
mod line;
mod list;
mod local_path;
mod put;
mod queue;
mod relocation;
mod run;
mod run_end;
mod running;
mod safe_name;
mod scan;
mod scan_rules;
mod schema;
mod send;
mod settings;
mod shown;
mod speed;
mod store;
mod tally;
mod total;
mod upload;
mod uploads;

pub use run_end::RunEnd;
pub use safe_name::{safe_name, safe_path};
pub use store::{Queued, Transfers};
