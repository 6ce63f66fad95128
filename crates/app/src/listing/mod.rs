//! Listings: folders read once and kept, views over them, windows of rows, selections.

mod change;
mod folder;
mod index;
mod kind;
mod listings;
mod open;
mod select;
mod view;

pub use index::Found;
pub use listings::Listings;
pub(crate) use select::Chosen;
