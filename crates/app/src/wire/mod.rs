//! What crosses to the window: plain data, no behaviour. The TypeScript side is generated from these types.

mod activity;
mod component;
mod conflict;
mod connection;
mod failure;
mod grant;
mod listing;
mod naming;
mod number;
mod photos;
mod pictures;
mod place;
mod state;
mod transfer;
mod transfer_settings;

pub use activity::*;
pub use component::*;
pub use conflict::*;
pub use connection::*;
pub use failure::*;
pub use grant::*;
pub use listing::*;
pub use naming::*;
pub use number::*;
pub use photos::*;
pub use pictures::*;
pub use place::*;
pub use state::*;
pub use transfer::*;
pub use transfer_settings::*;
