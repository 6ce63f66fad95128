//! Amphora without a window: every command body, the state, the news, and the one shape of failure. Knows no desktop.

mod activity;
mod albums;
mod app;
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
mod script;
mod serve;
mod session;
mod settings;
mod transfers;
pub mod wire;

pub use app::{App, Surroundings};
pub use news::{News, NewsSink};
pub use pictures::{LocalPictureRequest, PictureRequest, Served};
pub use practice::{Practice, PracticeStorage};
pub use script::{CopyHow, IDENTIFIER, data_folder};
pub use transfers::{Queued, RunEnd, safe_name, safe_path};

pub use amphora_storage::{IfExists, SignedUrl};

pub use amphora_auth::{InMemory, OsKeychain, Password, SecretStore};
