//! A desktop of its own for each journey, and hands and eyes in the real window. Linux only.

mod carry;
mod child;
mod desktop;
mod dialog;
mod drag;
mod driver;
mod exif;
mod find;
mod keys;
pub mod likeness;
mod memory;
pub mod pages;
pub mod samples;
mod services;
mod shots;
mod wait;

pub use carry::Carried;
pub use desktop::{COMPOSITING, Desktop, KeychainService};
pub use drag::Drag;
pub use driver::Window;
pub use find::{Name, Seen};
pub use services::Services;
pub use wait::{PATIENCE, until};
