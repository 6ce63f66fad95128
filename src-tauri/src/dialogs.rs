//! The system's own dialogs, one at a time: a second click on a button opens no second dialog.

use amphora_app::wire::PickOptions;
use rfd::{AsyncFileDialog, FileHandle};
use tokio::sync::Mutex;

/// The longest title that a component may give its dialog.
const LONGEST_TITLE: usize = 100;

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

    /// Asks for files for a component.
    pub async fn picked(&self, options: &PickOptions) -> Option<Vec<FileHandle>> {
        let _open = self.0.try_lock().ok()?;
        let title: String = options.title.chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect();
        let mut dialog = AsyncFileDialog::new().set_title(title);
        let endings = endings(&options.accept);
        if !endings.is_empty() {
            // A hint only, as in a browser: all files can be chosen.
            dialog = dialog.add_filter("Matching files", &endings).add_filter("All files", &["*"]);
        }
        if options.several { dialog.pick_files().await } else { dialog.pick_file().await.map(|file| vec![file]) }
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

/// The endings of the files that `accept` names (HTML, "accept"), in both cases; empty where it names all.
fn endings(accept: &str) -> Vec<String> {
    let mut endings: Vec<String> = Vec::new();
    for part in accept.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.strip_prefix('.') {
            Some(ending) => endings.push(ending.to_ascii_lowercase()),
            None if part == "*" || part.starts_with("*/") => return Vec::new(),
            None => {
                endings.extend(
                    mime_guess::get_mime_extensions_str(part).into_iter().flatten().map(|ending| (*ending).to_owned()),
                );
                if part == "image/*" {
                    // Samsung's raw files, which that list lacks.
                    endings.push("srw".to_owned());
                }
            }
        }
    }
    let upper: Vec<String> = endings.iter().map(|ending| ending.to_ascii_uppercase()).collect();
    endings.extend(upper);
    endings
}

#[cfg(test)]
mod tests {
    use super::endings;

    #[test]
    fn a_picker_offers_what_it_accepts_and_everything_where_it_names_all() {
        for name in ["JPG", "PEF", "SRW"] {
            assert!(endings("image/*").iter().any(|ending| ending == name), "cameras write capital letters: {name}");
        }
        assert_eq!(endings(".md, .TXT"), ["md", "txt", "MD", "TXT"]);
        assert_eq!(endings("image/*,*/*"), [""; 0]);
        assert_eq!(endings(""), [""; 0]);
    }
}
