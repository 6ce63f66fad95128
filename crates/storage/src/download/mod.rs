//! Reading an object as a stream that goes on after a broken connection, and saving it to a file.

mod fetch;
mod part_file;
mod save;

pub(crate) use fetch::Fetch;
pub use part_file::{OsPartFile, PartFile};
pub use save::Saved;
