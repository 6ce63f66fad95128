//! Guesses what a file is from its name.

/// What Amplify Storage stores when it is told nothing.
const UNKNOWN: &str = "binary/octet-stream";

pub(crate) fn guess(key: &str) -> String {
    // Only the file's own name counts: a folder called "a.png" makes no picture.
    let file = key.rsplit('/').next().unwrap_or(key);
    mime_guess::from_path(file).first_raw().unwrap_or(UNKNOWN).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_of_the_name_decides() {
        for (key, expected) in [
            ("a/photo.JPG", "image/jpeg"),
            ("notes.txt", "text/plain"),
            ("a.png/readme", "binary/octet-stream"),
            ("noext", "binary/octet-stream"),
            ("folder/", "binary/octet-stream"),
        ] {
            assert_eq!(guess(key), expected, "{key}");
        }
    }
}
