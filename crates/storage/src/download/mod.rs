//! Reading an object as a stream that goes on after a broken connection, and saving it to a file.

mod disk;
mod fetch;
mod folder_sync;
mod kept_part;
mod part_file;
mod proof;
mod ranges;
mod save;
mod small_files;

pub(crate) use fetch::Fetch;
#[cfg(test)]
pub(crate) use kept_part::{KeptPart, kept_path};
pub use part_file::{OsPartFile, PART_ENDING, PartFile};
#[cfg(test)]
pub(crate) use proof::Told;
pub use save::Saved;
pub(crate) use small_files::SmallFiles;
