//! What the application tells the window without being asked.

use crate::transfers::RunEnd;
use crate::wire::{AppState, ListingNews, Mail, PicturesNews, TransferSummary};

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Storage, session or settings changed.
    State(Box<AppState>),
    /// A listing has other rows.
    Listing(ListingNews),
    /// Pictures of a listing were looked at.
    Pictures(PicturesNews),
    /// Transfers moved.
    Transfers(TransferSummary),
    /// A run of transfers has come to its end.
    RunEnded(RunEnd),
    /// The practice storage "sent" a letter.
    Mail(Mail),
}

/// Where news goes: the window, or a test.
pub trait NewsSink: Send + Sync {
    /// Takes one piece of news. Must not block.
    fn tell(&self, news: News);
}

/// Nobody is there to hear it.
impl NewsSink for () {
    fn tell(&self, _news: News) {}
}
