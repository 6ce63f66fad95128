//! What is printed: words for people, JSON lines for programs.

use crate::End;
use serde_json::{Value, json};
use std::io::Write;

/// Where everything that is said goes.
pub struct Output {
    pub json: bool,
}

impl Output {
    /// One result: `text` for people, `value` for programs.
    pub fn line(&self, text: &str, value: &Value) {
        let line = if self.json { value.to_string() } else { text.to_owned() };
        // Nobody reads any more: that is no failure of the command.
        let _ = writeln!(std::io::stdout().lock(), "{line}");
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
