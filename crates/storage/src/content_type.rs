//! Guesses what a file is from its name, and from its first bytes where the name says nothing.

/// What Amplify Storage stores when it is told nothing.
const UNKNOWN: &str = "binary/octet-stream";

/// Bytes of the beginning that are enough to know a kind.
pub(crate) const BEGINNING: usize = 512;

pub(crate) fn guess(key: &str, beginning: &[u8]) -> String {
    // Only the file's own name counts: a folder called "a.png" makes no picture.
    let file = key.rsplit('/').next().unwrap_or(key);
    let named = mime_guess::from_path(file).first_raw().or_else(|| by_ending(file));
    // What was never displayed as a page does not become one because its name forgot to say what it is.
    let seen = || infer::get(beginning).map(|kind| kind.mime_type()).filter(|kind| *kind != "text/html");
    named.or_else(seen).unwrap_or(UNKNOWN).to_owned()
}

/// What the list of names lacks.
fn by_ending(file: &str) -> Option<&'static str> {
    let (_, ending) = file.rsplit_once('.')?;
    // Samsung's raw files; their first bytes say TIFF.
    ending.eq_ignore_ascii_case("srw").then_some("image/x-samsung-srw")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_of_the_name_decides_and_else_the_first_bytes() {
        for (key, expected) in [
            ("a/photo.JPG", "image/jpeg"),
            ("notes.txt", "text/plain"),
            ("a.png/readme", "image/png"),
            ("noext", "image/png"),
        ] {
            assert_eq!(guess(key, b"\x89PNG\r\n\x1a\n"), expected, "{key}");
        }
        for unknown in [&b""[..], b"some words", b"<!DOCTYPE html><html>"] {
            assert_eq!(guess("noext", unknown), "binary/octet-stream");
        }
    }

    #[test]
    fn raw_files_have_the_types_that_the_window_knows_them_by() {
        let text = include_str!("../../../tests/fixtures/raw-types.json");
        let types: std::collections::BTreeMap<String, String> = serde_json::from_str(text).unwrap();
        for (ending, expected) in types {
            assert_eq!(guess(&format!("DSC_1.{}", ending.to_uppercase()), b"II*\0"), expected);
        }
    }
}
