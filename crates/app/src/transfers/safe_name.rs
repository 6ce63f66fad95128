//! Turns names from the storage into names that this computer can hold, never leaving the chosen folder. Pure.

use amphora_storage::PART_ENDING;
use std::path::PathBuf;

/// Names that Windows keeps for devices; refused everywhere, so that a folder can move between systems.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The longest name that common file systems take, in bytes.
const LONGEST: usize = 255;

/// One name: no separators, no control or bidirectional characters, not `.` or `..`, no device, not what is on its way, not
/// too long.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let mut safe: String = name.chars().map(|c| if is_unsafe(c) { '_' } else { c }).collect();
    while safe.ends_with(['.', ' ']) {
        safe.pop();
        safe.push('_');
    }
    let stem = safe.split('.').next().unwrap_or("").to_ascii_lowercase();
    if DEVICES.contains(&stem.as_str()) {
        safe.insert(0, '_');
    }
    if safe.to_ascii_lowercase().ends_with(PART_ENDING) {
        safe.push('_');
    }
    if safe.is_empty() { "_".to_owned() } else { shorten(safe) }
}

/// A relative path for the rest of a key; every part is made safe, so `..` and absolute paths cannot leave the folder.
#[must_use]
pub fn safe_path(rest: &str) -> PathBuf {
    rest.split('/').map(safe_name).collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn shorten(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = if ending.is_empty() || ending.len() > 20 { String::new() } else { format!(".{ending}") };
    let mut end = LONGEST - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Component;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in ["a b+ü.txt", "写真.jpg", ".hidden", "a.b.c"] {
            assert_eq!(safe_name(name), name);
        }
    }

    #[test]
    fn hostile_names_become_harmless() {
        assert_eq!(safe_name(".."), "._");
        assert_eq!(safe_name("C:\\x"), "C__x");
        assert_eq!(safe_name("NUL.txt"), "_NUL.txt");
        assert_eq!(safe_name("a\u{202e}gpj.exe"), "a_gpj.exe");
        assert_eq!(safe_name("a.txt.Amphora-Part"), "a.txt.Amphora-Part_", "nobody takes it for what is on its way");
        assert_eq!(safe_name(""), "_");
        assert_eq!(safe_path("/etc/passwd"), PathBuf::from("_/etc/passwd"));
    }

    proptest! {
        #[test]
        fn no_key_leaves_the_folder(key in any::<String>()) {
            let path = safe_path(&key);
            let normal = path.components().all(|part| matches!(part, Component::Normal(_)));
            prop_assert!(normal, "{:?}", path);
            let short = path.components().all(|part| part.as_os_str().len() <= LONGEST);
            prop_assert!(short);
        }
    }
}
