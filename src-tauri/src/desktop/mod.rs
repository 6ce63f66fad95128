//! The desktop around the window: progress on its dock or task bar, and a notice when transfers end while the person is
//! elsewhere, which leads back. Decides only when and how; what there is to tell comes from `amphora-app`.

#[cfg(target_os = "linux")]
mod launcher;
mod notice;
mod progress;

use amphora_app::wire::TransferSummary;
use amphora_app::{App, RunEnd};
use progress::{Bar, Progress};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tauri::{AppHandle, Manager};

/// What the desktop shows of this window.
#[derive(Default)]
pub struct Desktop {
    progress: Mutex<Progress>,
    focused: AtomicBool,
    #[cfg(target_os = "linux")]
    launcher: launcher::Launcher,
}

impl Desktop {
    /// The window has the keyboard, or no longer.
    pub fn focus_changed(&self, focused: bool) {
        self.focused.store(focused, Ordering::Relaxed);
    }

    /// Draws how far all transfers are, where the system has a place for it.
    pub fn transfers(&self, handle: &AppHandle, summary: &TransferSummary) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = progress.next(summary, Instant::now()) {
            self.draw(handle, bar);
        }
    }

    /// Tells the end of a run of transfers to a person who is elsewhere, unless they do not want to be told.
    pub fn run_ended(&self, handle: &AppHandle, end: &RunEnd) {
        let wanted = handle.try_state::<App>().is_some_and(|app| app.transfer_settings().notify);
        if wanted && !self.focused.load(Ordering::Relaxed) {
            notice::show(handle, end);
        }
    }

    #[cfg(target_os = "linux")]
    fn draw(&self, _handle: &AppHandle, bar: Option<Bar>) {
        self.launcher.draw(bar);
    }

    #[cfg(not(target_os = "linux"))]
    fn draw(&self, handle: &AppHandle, bar: Option<Bar>) {
        use tauri::window::{ProgressBarState, ProgressBarStatus};
        let Some(window) = handle.get_webview_window("main") else { return };
        let status = match bar {
            None => ProgressBarStatus::None,
            Some(Bar { failed: true, .. }) => ProgressBarStatus::Error,
            Some(Bar { failed: false, .. }) => ProgressBarStatus::Normal,
        };
        let progress = bar.map(|bar| u64::from(bar.percent));
        if let Err(error) = window.set_progress_bar(ProgressBarState { status: Some(status), progress }) {
            tracing::debug!(%error, "no progress beside the window");
        }
    }
}
