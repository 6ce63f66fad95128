//! The window: thin adapters between the web view and `amphora-app`. Decides nothing.

mod clipboard;
mod commands;
mod desktop;
mod dialogs;
mod drag;
mod events;
mod practice;
mod protocol;
mod reveal;
mod start;

pub use commands::export_bindings;
pub use start::run;
