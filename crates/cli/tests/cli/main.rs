//! The command line as its users meet it: by itself, and beside a process that holds the data folder.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod around;

mod beside;
mod commands;
mod queue;
