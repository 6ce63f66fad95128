//! The key that a picker gives a file, as Amplify's UI components compute it, and the naming rule that people make of it.
//! Pure. The window computes the same in `ui/src/components/calcKey.ts`; `tests/fixtures/picked-keys.json` holds both equal.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What `encodeURI` escapes of ASCII (ECMA-262, "encodeURI"): everything but letters, digits and `;,/?:@&=+$-_.!~*'()#`.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a `fileToKey` that gives nothing becomes (Amplify UI: `calcKey`).
const EMPTY: &str = "empty_key";

/// The key of a picked file: `made` is what `fileToKey` gave, where there is one. Spaces become `_` as documented; with
/// `exact`, a name runs through `encodeURI` first, as Amplify 1.x really did.
///
/// # Examples
/// ```
/// use amphora_storage::calc_key;
/// assert_eq!(calc_key("a b.png", None, false), "a_b.png");
/// assert_eq!(calc_key("a b.png", None, true), "a%20b.png");
/// assert_eq!(calc_key("a b.png", Some("my key"), false), "my_key");
/// ```
#[must_use]
pub fn calc_key(name: &str, made: Option<&str>, exact: bool) -> String {
    let key = match made {
        Some("") => EMPTY.to_owned(),
        Some(made) => made.to_owned(),
        None if exact => utf8_percent_encode(name, ESCAPED).to_string(),
        None => name.to_owned(),
    };
    key.chars().map(|c| if is_space(c) { '_' } else { c }).collect()
}

/// How uploads are named: `test_{name}`, `{date} {name}`, `pier {counter}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamingRule {
    /// The name, with `{name}`, `{stem}` (without its ending), `{ext}` (the ending with its dot), `{date}` (`2026-11-24`) and
    /// `{counter}` (`007`). One that says neither `{name}` nor `{ext}` keeps the file's ending.
    pub pattern: String,
    /// Spaces become `_`.
    pub spaces: bool,
    /// Exact Amplify 1.x keys: a name without a rule of its own runs through `encodeURI`. Spaces become `_` as well.
    pub exact: bool,
}

impl NamingRule {
    /// The key, inside the folder, of a file of this name. `date` is today's, `counter` this file's number.
    #[must_use]
    pub fn key_for(&self, name: &str, date: &str, counter: u32) -> String {
        let made = (!self.is_plain()).then(|| self.fill(name, date, counter));
        let key = match (&made, self.spaces || self.exact) {
            (_, true) => calc_key(name, made.as_deref(), self.exact),
            (Some(made), false) => made.clone(),
            (None, false) => name.to_owned(),
        };
        if key.is_empty() { EMPTY.to_owned() } else { key }
    }

    /// The rule counts files.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.pattern.contains("{counter}")
    }

    fn is_plain(&self) -> bool {
        matches!(self.pattern.trim(), "" | "{name}")
    }

    fn fill(&self, name: &str, date: &str, counter: u32) -> String {
        let (stem, ext) = match name.rfind('.') {
            Some(dot) if dot > 0 => name.split_at(dot),
            _ => (name, ""),
        };
        let mut made = String::new();
        let mut rest = self.pattern.trim();
        // One pass: braces in the file's own name mean nothing.
        while let Some(open) = rest.find('{') {
            made.push_str(&rest[..open]);
            let known = ["{name}", "{stem}", "{ext}", "{date}", "{counter}"];
            let found = known.into_iter().find(|known| rest[open..].starts_with(known));
            match found {
                Some("{name}") => made.push_str(name),
                Some("{stem}") => made.push_str(stem),
                Some("{ext}") => made.push_str(ext),
                Some("{date}") => made.push_str(date),
                Some(_) => made.push_str(&format!("{counter:03}")),
                None => made.push('{'),
            }
            rest = &rest[open + found.map_or(1, str::len)..];
        }
        made.push_str(rest);
        if !self.pattern.contains("{name}") && !self.pattern.contains("{ext}") {
            made.push_str(ext);
        }
        made.trim_matches('/').to_owned()
    }
}

/// What `\s` means in JavaScript (ECMA-262, "WhiteSpace" and "LineTerminator"), which is not quite Rust's `is_whitespace`.
fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn vectors(of: &str) -> Vec<Value> {
        let text = include_str!("../../../tests/fixtures/picked-keys.json");
        let vectors: Value = serde_json::from_str(text).unwrap();
        vectors[of].as_array().unwrap().clone()
    }

    #[test]
    fn keys_are_those_of_the_shared_vectors() {
        for vector in vectors("keys") {
            let name = vector["name"].as_str().unwrap();
            let made = vector["fileToKey"].as_str();
            assert_eq!(calc_key(name, made, false), vector["key"], "case {}", vector["case"]);
            assert_eq!(calc_key(name, made, true), vector["exactKey"], "case {}, exact", vector["case"]);
        }
    }

    #[test]
    fn names_by_a_rule_are_those_of_the_shared_vectors() {
        for vector in vectors("rules") {
            let rule = NamingRule {
                pattern: vector["pattern"].as_str().unwrap().to_owned(),
                spaces: vector["spaces"].as_bool().unwrap(),
                exact: vector["exact"].as_bool().unwrap(),
            };
            let counter = vector["counter"].as_u64().unwrap().try_into().unwrap();
            let stored = rule.key_for(vector["name"].as_str().unwrap(), "2026-11-24", counter);
            assert_eq!(stored, vector["stored"], "{vector}");
        }
    }

    proptest! {
        #[test]
        fn every_name_gets_a_key_without_spaces(name in any::<String>(), pattern in any::<String>(), exact: bool) {
            let rule = NamingRule { pattern, spaces: true, exact };
            let key = rule.key_for(&name, "2026-11-24", 1);
            prop_assert!(!key.is_empty());
            prop_assert!(!key.chars().any(is_space), "{:?}", key);
        }
    }
}
