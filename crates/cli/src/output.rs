//! What is printed: words for people, JSON lines for programs.

use amphora_app::script::End;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use std::io::Write;

/// Where everything that is said goes.
pub struct Output {
    json: bool,
    bar: ProgressBar,
}

impl Output {
    /// One for people, or for programs.
    pub fn new(json: bool) -> Self {
        let target = if json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}") {
            bar.set_style(style);
        }
        Self { json, bar }
    }

    /// One result: `text` for people, `value` for programs.
    pub fn line(&self, text: &str, value: &Value) {
        self.bar.finish_and_clear();
        let line = if self.json { value.to_string() } else { text.to_owned() };
        // Nobody reads any more: that is no failure of the command.
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }

    /// How far the work is.
    pub fn progress(&self, done: u64, all: u64) {
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// What did not happen, and what helps.
    pub fn failed(&self, end: &End) {
        self.bar.finish_and_clear();
        let (text, value) = match end {
            End::Partly => return,
            End::Usage(text) => (text.clone(), json!({ "error": "usage", "message": text })),
            End::Failure(failure) => (
                format!("{} {}", failure.message, failure.hint).trim().to_owned(),
                json!({ "error": failure.code, "message": failure.message, "hint": failure.hint, "detail": failure.detail }),
            ),
        };
        let line = if self.json { value.to_string() } else { text };
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }
}
