//! Listings: folders read once and kept, views over them, windows of rows, selections.

mod change;
mod folder;
mod index;
mod kind;
mod open;
mod select;
mod view;

pub use folder::Listings;
pub use index::Found;
pub(crate) use select::Chosen;
