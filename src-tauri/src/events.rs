//! The news as typed events of the window.

use crate::desktop::Desktop;
use amphora_app::wire::{AppState, DragNews, ListingNews, Mail as Letter, PicturesNews, TransferSummary, TransferTab};
use amphora_app::{News, NewsSink};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

/// Storage, session or settings changed: the whole new state.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct StateChanged(pub AppState);

/// A listing has other rows.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct ListingChanged(pub ListingNews);

/// Pictures of a listing were looked at.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct PicturesLearned(pub PicturesNews);

/// Transfers moved.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct TransfersChanged(pub TransferSummary);

/// Files from the desktop are over the window.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct DesktopDrag(pub DragNews);

/// The practice storage "sent" a letter.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct MailArrived(pub Letter);

/// The person clicked a notice that speaks of what this tab shows.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct NoticeClicked(pub TransferTab);

/// Emits news to the web view.
pub struct ToWindow(pub AppHandle);

impl NewsSink for ToWindow {
    fn tell(&self, news: News) {
        let told = match news {
            News::State(state) => StateChanged(*state).emit(&self.0),
            News::Listing(change) => ListingChanged(change).emit(&self.0),
            News::Pictures(learned) => PicturesLearned(learned).emit(&self.0),
            News::Transfers(summary) => {
                if let Some(desktop) = self.0.try_state::<Desktop>() {
                    desktop.transfers(&self.0, &summary);
                }
                TransfersChanged(summary).emit(&self.0)
            }
            News::RunEnded(end) => {
                if let Some(desktop) = self.0.try_state::<Desktop>() {
                    desktop.run_ended(&self.0, &end);
                }
                Ok(())
            }
            News::Mail(mail) => MailArrived(mail).emit(&self.0),
        };
        if let Err(error) = told {
            tracing::warn!(%error, "the window did not hear news");
        }
    }
}
