//! What a file is, by the ending of its name. Looks at no bytes.

use crate::wire::Media;

/// What a file of this name most likely is.
#[must_use]
pub fn media_of(name: &str) -> Media {
    let Some((_, ending)) = name.rsplit_once('.') else { return Media::Other };
    match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "tif" | "tiff" | "ico" | "svg" | "heic" | "heif" | "avif" => {
            Media::Image
        }
        "txt" | "md" | "markdown" | "log" | "csv" | "tsv" | "json" | "xml" | "yaml" | "yml" | "toml" | "ini"
        | "html" | "htm" | "css" | "js" | "mjs" | "ts" | "tsx" | "jsx" | "rs" | "py" | "go" | "java" | "c" | "h"
        | "cpp" | "sh" | "sql" | "ics" | "eml" | "srt" | "tex" => Media::Text,
        "mp4" | "mov" | "m4v" | "mkv" | "webm" | "avi" => Media::Video,
        "mp3" | "m4a" | "wav" | "flac" | "ogg" | "opus" | "aac" => Media::Audio,
        "pdf" => Media::Pdf,
        "zip" | "tar" | "gz" | "tgz" | "bz2" | "xz" | "zst" | "7z" | "rar" | "jar" => Media::Archive,
        _ if is_raw(name) => Media::Image,
        _ => Media::Other,
    }
}

/// The endings of what a camera's sensor saw. Most are TIFF inside; `tests/fixtures/raw-types.json` names them to the window too.
const RAW: [&str; 12] = ["arw", "cr2", "cr3", "dng", "nef", "nrw", "orf", "pef", "raf", "rw2", "rwl", "srw"];

/// Whether a file of this name holds what a camera's sensor saw, with previews to look at.
#[must_use]
pub fn is_raw(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    RAW.contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ending_decides_whatever_its_case() {
        assert_eq!(media_of("a.b.PNG"), Media::Image);
        assert_eq!(media_of("notes.md"), Media::Text);
        assert_eq!(media_of("noext"), Media::Other);
        assert_eq!(media_of("backup.tar.gz"), Media::Archive);
        assert!(is_raw("DSC_1.NEF") && !is_raw("scan.tif") && !is_raw("dng"));
    }

    #[test]
    fn raw_files_of_every_maker_are_pictures_and_the_window_knows_the_same_ones() {
        let text = include_str!("../../../../tests/fixtures/raw-types.json");
        let types: std::collections::BTreeMap<String, String> = serde_json::from_str(text).unwrap();
        assert_eq!(types.keys().collect::<Vec<_>>(), RAW.iter().collect::<Vec<_>>());
        for ending in types.keys() {
            assert_eq!(media_of(&format!("DSC_1.{}", ending.to_uppercase())), Media::Image, "{ending}");
        }
    }
}
