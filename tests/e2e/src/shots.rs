//! Screenshots, in tests/e2e/shots: what a journey saw, and the whole screen when it failed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desktop::Desktop;
use crate::driver::Window;

impl Window<'_> {
    /// Keeps a picture of the window's content as JOURNEY-name.png: what the screen shows, not what the page would draw.
    pub async fn shot(&self, name: &str) {
        self.settle().await;
        let window = self.on_screen().await;
        let to = folder().join(format!("{}-{name}.png", self.desktop.name()));
        let taken = self.desktop.command("import").args(["-window", &window.id]).arg(&to).status();
        assert!(taken.is_ok_and(|status| status.success()), "the screen can be pictured");
    }

    /// Waits until fonts and pictures are there and nothing moves.
    pub async fn settle(&self) {
        crate::until("a page at rest", || async {
            let script = "return document.fonts.status === 'loaded'
                && [...document.images].filter((image) => image.getClientRects().length > 0).every((image) => image.complete)
                && document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect.getTiming().iterations === Infinity)";
            self.script(script, vec![]).await.as_bool().unwrap_or(false).then_some(())
        })
        .await;
    }
}

impl Desktop {
    /// Keeps the whole screen and the logs, for whoever looks why a journey failed.
    pub(crate) fn keep_evidence(&self) {
        let to = folder().join(format!("{}-failed.png", self.name()));
        let _ = self.command("import").args(["-window", "root"]).arg(&to).status();
        eprintln!("the screen at the end: {}", to.display());
        for entry in fs::read_dir(self.logs()).into_iter().flatten().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            if !lines.is_empty() {
                eprintln!(
                    "--- {}\n{}",
                    entry.file_name().display(),
                    lines[lines.len().saturating_sub(40)..].join("\n")
                );
            }
        }
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shots");
    fs::create_dir_all(&folder).expect("the checkout can be written");
    folder
}
