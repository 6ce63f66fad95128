//! The application without a window against a real (embedded) storage: what each screen asks for, and what must never happen.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod another_process;
mod around;

mod accounts;
mod activity;
mod album_dates;
mod albums;
#[cfg(unix)]
mod asleep;
mod bodies;
mod components;
mod connecting;
#[cfg(feature = "opendal")]
mod copies_beside;
mod deletions;
mod downloads;
mod goes_on;
mod killed;
mod killed_moves;
mod meanwhile;
mod news;
#[cfg(feature = "opendal")]
mod other_stores;
mod photos;
mod pictures;
mod pins;
mod places;
mod questions;
mod quitting;
mod raws;
mod relocating;
mod stored_facts;
mod stored_thumbnails;
mod tiles;
mod trouble;
mod two_buckets;
mod uploads;
