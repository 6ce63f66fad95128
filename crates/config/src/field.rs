//! Reads single values out of a parsed file: a value is a text, a switch, or missing; anything else is named in the error.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{ConfigError, ConfigErrorKind};

/// The parsed file together with the name that people know it by.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub source: &'a str,
    value: &'a Value,
}

impl<'a> Fields<'a> {
    pub fn new(source: &'a str, value: &'a Value) -> Self {
        Self { source, value }
    }

    /// The object under this name, or an empty one.
    pub fn inside(&self, name: &str) -> Fields<'a> {
        static NOTHING: Value = Value::Null;
        Fields { source: self.source, value: self.value.get(name).unwrap_or(&NOTHING) }
    }

    /// Whether the name is there at all.
    pub fn has(&self, name: &str) -> bool {
        self.value.get(name).is_some()
    }

    /// A text; empty and null count as missing.
    pub fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        Ok(self.text_or_empty(name)?.filter(|text| !text.trim().is_empty()).map(|text| text.trim().to_owned()))
    }

    /// A text byte for byte, in which empty means something.
    pub fn text_or_empty(&self, name: &str) -> Result<Option<String>, ConfigError> {
        match self.value.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(self.wrong_shape(name, "a text")),
        }
    }

    /// `true`, `'enable'` or `'true'` is on; `false`, `'disable'` or another text is off.
    pub fn switch(&self, name: &str) -> Result<Option<bool>, ConfigError> {
        match self.value.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(on)) => Ok(Some(*on)),
            Some(Value::String(text)) => Ok(Some(matches!(text.trim(), "enable" | "true"))),
            Some(_) => Err(self.wrong_shape(name, "true or false")),
        }
    }

    /// The entries of a list, or none.
    pub fn list(&self, name: &str) -> Result<Vec<Fields<'a>>, ConfigError> {
        match self.value.get(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(entries)) => {
                Ok(entries.iter().map(|value| Fields { source: self.source, value }).collect())
            }
            Some(_) => Err(self.wrong_shape(name, "a list")),
        }
    }

    /// What is under this name as a whole, or nothing of its kind. `wanted` says what it should be.
    pub fn read<T: DeserializeOwned + Default>(&self, name: &str, wanted: &str) -> Result<T, ConfigError> {
        match self.value.get(name) {
            None | Some(Value::Null) => Ok(T::default()),
            Some(value) => T::deserialize(value).map_err(|_| self.wrong_shape(name, wanted)),
        }
    }

    /// The error for something that cannot be in `name`.
    pub fn wrong(&self, what: &str, name: &str) -> ConfigError {
        ConfigError::new(
            ConfigErrorKind::Invalid,
            format!("{} has {what} in {name}.", self.source),
            "Ask for the file as the Amplify command line made it.",
        )
    }

    fn wrong_shape(&self, name: &str, wanted: &str) -> ConfigError {
        self.wrong(&format!("something else than {wanted}"), name)
    }
}
