//! Listings: folders read once and kept, views over them, windows of rows, selections.

mod album;
mod awaited;
mod change;
mod dates;
mod folder;
mod index;
mod kind;
mod listings;
mod open;
mod pattern;
mod sections;
mod select;
mod view;

pub(crate) use album::{Looked, Unseen};
pub use index::Found;
pub(crate) use index::{FolderIndex, Known};
pub(crate) use kind::{is_raw, media_of};
pub use listings::Listings;
pub(crate) use pattern::Pattern;
pub(crate) use select::Chosen;
