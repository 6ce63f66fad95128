//! The system's own file dialog, driven from the keyboard as a person does.

use std::path::Path;
use std::time::Duration;

use tokio::time::sleep;

use crate::driver::Window;
use crate::wait::until_now;

impl Window<'_> {
    /// Waits for the dialog with this title, types the path and confirms.
    pub async fn choose(&self, title: &str, path: &Path) {
        let dialog = self.dialog(title).await;
        let path = path.display().to_string();
        let desktop = self.desktop;
        until_now("the dialog to have the keyboard", || {
            desktop.xdotool(&["windowactivate", &dialog]);
            desktop.has_keyboard(&dialog).then_some(())
        })
        .await;
        // A slash opens the location field, which loses keys while it opens and shows no state to wait for: hence a pause,
        // and a second attempt on a busy machine.
        for _ in 1..=4 {
            desktop.xdotool(&["key", "--clearmodifiers", "slash"]);
            sleep(Duration::from_millis(350)).await;
            desktop.xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
            desktop.xdotool(&["type", "--clearmodifiers", "--delay", "5", &path]);
            desktop.xdotool(&["key", "--clearmodifiers", "Return"]);
            if self.closed_soon(title).await {
                return;
            }
            if !desktop.has_keyboard(&dialog) {
                // It says that there is no such file: OK.
                desktop.xdotool(&["key", "Return"]);
            }
        }
        panic!("the dialog {title:?} did not take {path}");
    }

    /// Waits for the dialog with this title and leaves it without an answer.
    pub async fn dismiss(&self, title: &str) {
        let dialog = self.dialog(title).await;
        self.desktop.xdotool(&["windowactivate", &dialog]);
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
            sleep(Duration::from_millis(50)).await;
        }
        false
    }
}
