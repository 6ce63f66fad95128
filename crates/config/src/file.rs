//! Recognises which of Amplify's configuration files it was given, by content rather than by name.

use serde_json::Value;

use crate::backend::Backend;
use crate::error::{ConfigError, ConfigErrorKind};
use crate::field::Fields;
use crate::invitation::INVITATION_PREFIX;
use crate::{exports, literal, outputs};

/// No configuration file is larger; a picture or a film dropped by mistake is refused before it is looked at.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;

const KNOWN_FILES: &str =
    "Choose aws-exports.js, amplifyconfiguration.json or amplify_outputs.json from the web app's folder.";

impl Backend {
    /// Reads `aws-exports.js` (as data, never as a program), `aws-exports.json`, `amplifyconfiguration.json`,
    /// `amplify_outputs.json` or a text file that holds an invitation link. `file_name` is for error sentences only.
    ///
    /// # Errors
    /// Says in one sentence which file lacks what; see [`ConfigErrorKind`].
    pub fn from_file(file_name: &str, bytes: &[u8]) -> Result<Backend, ConfigError> {
        if bytes.len() > MAX_FILE_BYTES {
            let message = format!("{file_name} is too large to be a configuration file.");
            return Err(ConfigError::new(ConfigErrorKind::TooLarge, message, KNOWN_FILES));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable(file_name, "is not a text file"))?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(unreadable(file_name, "is empty"));
        }
        if !text.starts_with(['{', '[']) && text.contains(INVITATION_PREFIX) {
            return Backend::from_invitation(text);
        }
        let value = parse(file_name, text)?;
        from_value(file_name, &value)
    }
}

fn parse(file_name: &str, text: &str) -> Result<Value, ConfigError> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let literals = literal::object_literals(text).ok_or_else(|| unreadable(file_name, "is cut short or damaged"))?;
    let mut values = Vec::new();
    for literal in &literals {
        // What is not data (a function, a variable of the build) does not parse, and is not run to find out.
        values.extend(json5::from_str::<Value>(literal).ok());
    }
    let recognised = values.iter().position(|value| Shape::of(value).is_some());
    match recognised {
        Some(at) => Ok(values.swap_remove(at)),
        None if !values.is_empty() => Ok(values.swap_remove(0)),
        None if !literals.is_empty() => Err(unreadable(file_name, "holds more than plain values")),
        None => Err(unreadable(file_name, "holds no configuration")),
    }
}

enum Shape {
    Mobile,
    Outputs,
    OutputsOfAnotherVersion,
    Exports,
}

impl Shape {
    fn of(value: &Value) -> Option<Shape> {
        let object = value.as_object()?;
        let plugins = |category: &str| object.get(category).is_some_and(|inside| inside.get("plugins").is_some());
        if plugins("auth") || plugins("storage") {
            return Some(Shape::Mobile);
        }
        let is_outputs = object.contains_key("version")
            && ["auth", "storage", "custom", "data"].iter().any(|k| object.contains_key(*k));
        if is_outputs {
            let version = object.get("version").and_then(Value::as_str).unwrap_or_default();
            let known = version == "1" || version.starts_with("1.");
            return Some(if known { Shape::Outputs } else { Shape::OutputsOfAnotherVersion });
        }
        let of_exports = |key: &String| key.starts_with("aws_") || matches!(key.as_str(), "Auth" | "Storage");
        object.keys().any(of_exports).then_some(Shape::Exports)
    }
}

fn from_value(file_name: &str, value: &Value) -> Result<Backend, ConfigError> {
    let fields = Fields::new(file_name, value);
    match Shape::of(value) {
        Some(Shape::Exports) => exports::read(fields),
        Some(Shape::Outputs) => outputs::read(fields),
        Some(Shape::Mobile) => Err(ConfigError::new(
            ConfigErrorKind::MobileShape,
            format!("{file_name} is the configuration of an Android or iOS app, which has another shape."),
            "Use the web app's file: aws-exports.js, or “amplify codegen” with a JavaScript project.",
        )),
        Some(Shape::OutputsOfAnotherVersion) => Err(ConfigError::new(
            ConfigErrorKind::UnknownVersion,
            format!("{file_name} has a version that this program does not know."),
            "Amphora reads version 1. Look for a newer Amphora, or fill in the form.",
        )),
        None => Err(ConfigError::new(
            ConfigErrorKind::NotAConfiguration,
            format!("{file_name} is no configuration of Amplify."),
            KNOWN_FILES,
        )),
    }
}

fn unreadable(file_name: &str, what: &str) -> ConfigError {
    ConfigError::new(ConfigErrorKind::Unreadable, format!("{file_name} {what}."), KNOWN_FILES)
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
