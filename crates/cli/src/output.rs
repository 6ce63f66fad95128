//! What is printed: words for people, JSON lines for programs.

use amphora_app::script::End;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use std::io::{BufWriter, Stdout, Write, stdout};
use std::sync::{Mutex, PoisonError};

/// Where everything that is said goes.
pub struct Output {
    json: bool,
    bar: ProgressBar,
    /// Lines go out together: one by one, those of many small files cost more than their printing.
    lines: Mutex<BufWriter<Stdout>>,
}

impl Output {
    /// One for people, or for programs.
    pub fn new(json: bool) -> Self {
        let target = if json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}") {
            bar.set_style(style);
        }
        Self { json, bar, lines: Mutex::new(BufWriter::new(stdout())) }
    }

    /// One result: `text` for people, `value` for programs. It is seen with the next [`Self::progress`] or at the end.
    pub fn line(&self, text: &str, value: &Value) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody reads any more: that is no failure of the command.
        let _ = if self.json { writeln!(lines, "{value}") } else { writeln!(lines, "{text}") };
    }

    /// How far the work is. Of none that is known yet there is nothing to draw: a bar of it would be full.
    pub fn progress(&self, done: u64, all: u64) {
        self.show_lines();
        if all > 0 {
            self.bar.set_length(all);
            self.bar.set_position(done);
        }
    }

    /// Nothing more is said.
    pub fn end(&self) {
        self.bar.finish_and_clear();
        self.show_lines();
    }

    fn show_lines(&self) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.buffer().is_empty() {
            return;
        }
        // A bar that steps aside is drawn again, even if it never was before.
        let _ = if self.bar.length().is_some() { self.bar.suspend(|| lines.flush()) } else { lines.flush() };
    }

    /// What did not happen, and what helps.
    pub fn failed(&self, end: &End) {
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
