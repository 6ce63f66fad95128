//! The system's own file dialog, driven as a person does from the keyboard.

use std::path::Path;

use crate::driver::Window;
use crate::wait::until_now;

impl Window<'_> {
    /// Waits for the dialog with this title, types the path and confirms.
    pub async fn choose(&self, title: &str, path: &Path) {
        let dialog = self.dialog(title).await;
        let path = path.display().to_string();
        let desktop = self.desktop;
        // The location field opens a moment after the dialog: typed again until the dialog took it and closed.
        for attempt in 1..=5 {
            desktop.xdotool(&["windowactivate", "--sync", &dialog]);
            desktop.xdotool(&["key", "--clearmodifiers", "ctrl+l"]);
            desktop.xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
            desktop.xdotool(&["type", "--clearmodifiers", "--delay", "8", &path]);
            desktop.xdotool(&["key", "--clearmodifiers", "Return"]);
            if self.closed_soon(title).await {
                return;
            }
            assert!(attempt < 5, "the dialog {title:?} did not take {path}");
        }
    }

    /// Waits for the dialog with this title and leaves it without an answer.
    pub async fn dismiss(&self, title: &str) {
        let dialog = self.dialog(title).await;
        self.desktop.xdotool(&["windowactivate", "--sync", &dialog]);
        self.desktop.xdotool(&["key", "Escape"]);
        until_now("the dialog to close", || self.desktop.on_screen(title).is_none().then_some(())).await;
    }

    async fn dialog(&self, title: &str) -> String {
        until_now(&format!("the dialog {title:?}"), || self.desktop.on_screen(title)).await.id
    }

    /// Whether the dialog closes within the time that a dialog needs.
    async fn closed_soon(&self, title: &str) -> bool {
        for _ in 0..40 {
            if self.desktop.on_screen(title).is_none() {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        false
    }
}
