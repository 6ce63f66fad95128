//! The system's own dialogs, one at a time: a second click on a button opens no second dialog.

use rfd::{AsyncFileDialog, FileHandle};
use tokio::sync::Mutex;

/// Held while a dialog is open.
#[derive(Default)]
pub struct Dialogs(Mutex<()>);

impl Dialogs {
    /// Asks for one file of a configuration or an invitation.
    pub async fn config_file(&self) -> Option<FileHandle> {
        let _open = self.0.try_lock().ok()?;
        let dialog = AsyncFileDialog::new()
            .set_title("Choose your team's configuration")
            .add_filter("Configuration or invitation", &["js", "json", "txt", "amphora"])
            .add_filter("All files", &["*"]);
        dialog.pick_file().await
    }

    /// Asks for files to upload.
    pub async fn files(&self) -> Option<Vec<FileHandle>> {
        let _open = self.0.try_lock().ok()?;
        AsyncFileDialog::new().set_title("Upload files").pick_files().await
    }

    /// Asks for folders to upload.
    pub async fn folders(&self) -> Option<Vec<FileHandle>> {
        let _open = self.0.try_lock().ok()?;
        AsyncFileDialog::new().set_title("Upload a folder").pick_folders().await
    }

    /// Asks for a file to write the activity log to.
    pub async fn activity_file(&self) -> Option<FileHandle> {
        let _open = self.0.try_lock().ok()?;
        let dialog = AsyncFileDialog::new().set_title("Export activity").set_file_name("amphora-activity.jsonl");
        dialog.save_file().await
    }

    /// Asks for a folder to download to.
    pub async fn target(&self) -> Option<FileHandle> {
        let _open = self.0.try_lock().ok()?;
        AsyncFileDialog::new().set_title("Download to").pick_folder().await
    }
}
