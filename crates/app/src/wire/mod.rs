//! What crosses to the window: plain data, no behaviour. The TypeScript side is generated from these types.

mod activity;
mod connection;
mod failure;
mod listing;
mod number;
mod place;
mod state;
mod transfer;

pub use activity::*;
pub use connection::*;
pub use failure::*;
pub use listing::*;
pub use number::*;
pub use place::*;
pub use state::*;
pub use transfer::*;
