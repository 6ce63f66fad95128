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

/// Whether a file of this name holds what a camera's sensor saw, with previews to look at.
#[must_use]
pub fn is_raw(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    matches!(ending.as_str(), "dng" | "cr2" | "cr3" | "nef" | "arw" | "raf" | "orf" | "rw2")
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
        assert_eq!(media_of("DSC_1.NEF"), Media::Image);
        assert!(is_raw("DSC_1.NEF") && !is_raw("scan.tif") && !is_raw("dng"));
    }
}
