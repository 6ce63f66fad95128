//! Amphora without a window: every command body, the state, the news, and the one shape of failure. Knows no desktop.

mod activity;
mod albums;
mod app;
mod background;
mod data;
mod failure;
mod grants;
mod listing;
mod naming;
mod news;
mod picks;
mod pictures;
mod pins;
mod practice;
pub mod script;
mod serve;
mod session;
mod settings;
mod transfers;
pub mod wire;

pub use app::{App, Surroundings};
pub use data::{IDENTIFIER, data_folder};
pub use news::{News, NewsSink};
pub use pictures::{LocalPictureRequest, PictureRequest, Served};
pub use practice::{NoPractice, Practice, PracticeStorage};
pub use transfers::{BatchRow, Queued, RunEnd, safe_name, safe_path};

pub use amphora_storage::SignedUrl;

pub use amphora_auth::{InMemory, OsKeychain, Password, SecretStore};
