//! The verbs of the storage crate over lines and servers that misbehave: each ends right or says why, and leaves nothing.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod case;
mod lines;
mod process;
mod retries;
mod unfinished;
