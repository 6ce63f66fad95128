//! What a file is, told by its first bytes; its name counts only where the bytes say nothing.

use crate::no_preview::NoPreview;

/// Bytes of a file's beginning that are enough for [`kind_of`].
const HEAD: usize = 1024;

/// A kind of file, as far as previews tell kinds apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG, also animated.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// TIFF, and raw camera files built on it.
    Tiff,
    /// Raw files of cameras in formats of their makers; others are TIFF.
    Raw,
    /// Windows icon.
    Ico,
    /// HEIF pictures of phones.
    Heic,
    /// AVIF.
    Avif,
    /// SVG: a document that can run scripts; shown as the pixels that it draws, never itself.
    Svg,
    /// HTML: never rendered.
    Html,
    /// Any other text.
    Text,
    /// PDF.
    Pdf,
    /// Moving pictures.
    Video,
    /// Sound.
    Audio,
    /// ZIP and other containers of files.
    Archive,
    /// Nothing of the above.
    Other,
}

impl Kind {
    /// It is a picture made of pixels, and can carry what a camera knew.
    #[must_use]
    pub fn is_photo(self) -> bool {
        match self {
            Self::Jpeg
            | Self::Png
            | Self::Gif
            | Self::WebP
            | Self::Bmp
            | Self::Tiff
            | Self::Raw
            | Self::Ico
            | Self::Heic
            | Self::Avif => true,
            Self::Svg
            | Self::Html
            | Self::Text
            | Self::Pdf
            | Self::Video
            | Self::Audio
            | Self::Archive
            | Self::Other => false,
        }
    }

    /// Why files of this kind have no picture, whatever is in them.
    #[must_use]
    pub fn never_shown(self) -> Option<NoPreview> {
        let shown = matches!(self, Self::Jpeg | Self::Svg) || crate::raster::format_of(self).is_some();
        (!shown).then_some(NoPreview::Kind(self))
    }

    /// How a sentence calls it: "no preview of …".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG pictures",
            Self::Png => "PNG pictures",
            Self::Gif => "GIF pictures",
            Self::WebP => "WebP pictures",
            Self::Bmp => "bitmap pictures",
            Self::Tiff => "TIFF pictures",
            Self::Raw => "raw photos",
            Self::Ico => "icons",
            Self::Heic => "HEIC pictures",
            Self::Avif => "AVIF pictures",
            Self::Svg => "SVG drawings",
            Self::Html => "web pages",
            Self::Text => "text files",
            Self::Pdf => "PDF documents",
            Self::Video => "videos",
            Self::Audio => "sounds",
            Self::Archive => "archives",
            Self::Other => "this kind of file",
        }
    }
}

/// Tells what a file is. `head` is its beginning, 1,024 bytes or more where it has them; `name` may be empty.
#[must_use]
pub fn kind_of(name: &str, head: &[u8]) -> Kind {
    let head = &head[..head.len().min(HEAD)];
    by_signature(head).or_else(|| by_text(name, head)).unwrap_or_else(|| by_name(name))
}

fn by_signature(head: &[u8]) -> Option<Kind> {
    let at = |offset: usize, bytes: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(bytes));
    Some(match () {
        () if at(0, b"\xff\xd8\xff") => Kind::Jpeg,
        () if at(0, b"\x89PNG\r\n\x1a\n") => Kind::Png,
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => Kind::Gif,
        () if at(0, b"RIFF") && at(8, b"WEBP") => Kind::WebP,
        () if at(0, b"RIFF") && at(8, b"WAVE") => Kind::Audio,
        () if at(0, b"RIFF") && at(8, b"AVI ") => Kind::Video,
        // A bitmap's reserved bytes are zero, which tells it from a text that begins with "BM".
        () if at(0, b"BM") && at(6, &[0; 4]) => Kind::Bmp,
        () if at(0, b"II*\0") || at(0, b"MM\0*") => Kind::Tiff,
        // Fujifilm, Olympus with its first directory right behind, Panasonic.
        () if at(0, b"FUJIFILMCCD-RAW ") || at(0, b"IIU\0") => Kind::Raw,
        () if at(0, b"IIRO\x08\0\0\0") || at(0, b"IIRS\x08\0\0\0") || at(0, b"MMOR\0\0\0\x08") => Kind::Raw,
        () if at(0, &[0, 0, 1, 0]) && !at(4, &[0, 0]) => Kind::Ico,
        () if at(4, b"ftyp") => by_brands(head),
        () if at(0, b"\x1a\x45\xdf\xa3") || at(0, b"\0\0\x01\xba") || at(0, b"\0\0\x01\xb3") => Kind::Video,
        () if at(0, b"ID3") || at(0, b"OggS") || at(0, b"fLaC") || at(0, b"\xff\xfb") || at(0, b"\xff\xf1") => {
            Kind::Audio
        }
        () if at(0, b"%PDF-") => Kind::Pdf,
        () if at(0, b"PK\x03\x04") || at(0, b"\x1f\x8b") || at(0, b"7z\xbc\xaf\x27\x1c") || at(0, b"Rar!\x1a\x07") => {
            Kind::Archive
        }
        () if at(0, b"\xfd7zXZ\0") || at(0, b"BZh") || at(0, b"\x28\xb5\x2f\xfd") || at(257, b"ustar") => Kind::Archive,
        () => return None,
    })
}

// ISO base media files share one signature and differ by their brand.
/// By the brand that a file has, else by those that it is compatible with: every picture is with one of HEIF's own.
fn by_brands(head: &[u8]) -> Kind {
    let length = head.first_chunk().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let brands = head.get(8..length.min(head.len())).unwrap_or_default();
    let others = brands.get(8..).unwrap_or_default().as_chunks::<4>().0;
    match by_brand(brands.get(..4).unwrap_or_default()) {
        Kind::Video if others.iter().any(|brand| matches!(brand, b"mif1" | b"msf1" | b"mif2" | b"miaf")) => Kind::Heic,
        kind => kind,
    }
}

fn by_brand(brand: &[u8]) -> Kind {
    match brand {
        b"avif" | b"avis" => Kind::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Kind::Heic,
        // Canon's.
        b"crx " => Kind::Raw,
        b"M4A " | b"M4B " => Kind::Audio,
        _ => Kind::Video,
    }
}

fn by_text(name: &str, head: &[u8]) -> Option<Kind> {
    if head.is_empty() || head.iter().any(|&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)) {
        return None;
    }
    if let Err(error) = std::str::from_utf8(head) {
        // A character may be cut at the end of the head; anywhere else it is no UTF-8.
        if error.error_len().is_some() || head.len() < HEAD {
            return None;
        }
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.contains("<svg") || text.contains("<!doctype svg") {
        return Some(Kind::Svg);
    }
    if start.starts_with("<!doctype html") || text.contains("<html") || text.contains("<script") {
        return Some(Kind::Html);
    }
    Some(match by_name(name) {
        kind @ (Kind::Svg | Kind::Html) => kind,
        _ => Kind::Text,
    })
}

fn by_name(name: &str) -> Kind {
    let Some((_, extension)) = name.rsplit_once('.') else { return Kind::Other };
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" => Kind::Jpeg,
        "png" | "apng" => Kind::Png,
        "gif" => Kind::Gif,
        "webp" => Kind::WebP,
        "bmp" | "dib" => Kind::Bmp,
        "tif" | "tiff" => Kind::Tiff,
        "ico" => Kind::Ico,
        "heic" | "heif" => Kind::Heic,
        "avif" => Kind::Avif,
        "svg" | "svgz" => Kind::Svg,
        "html" | "htm" | "xhtml" => Kind::Html,
        "txt" | "md" | "csv" | "json" | "log" | "xml" | "yaml" | "yml" | "toml" => Kind::Text,
        "pdf" => Kind::Pdf,
        "mp4" | "m4v" | "mov" | "mkv" | "webm" | "avi" | "mpg" | "mpeg" => Kind::Video,
        "mp3" | "m4a" | "wav" | "ogg" | "oga" | "opus" | "flac" | "aac" => Kind::Audio,
        "zip" | "gz" | "tgz" | "xz" | "bz2" | "zst" | "7z" | "rar" | "tar" => Kind::Archive,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_count_and_not_the_name() {
        let cases: [(&str, &[u8], Kind); 21] = [
            ("harbour.png", b"\xff\xd8\xff\xe0", Kind::Jpeg),
            ("page.jpg", b"<!DOCTYPE html><p>", Kind::Html),
            ("drawing.jpg", b"\xef\xbb\xbf<?xml version='1.0'?><svg onload='x()'>", Kind::Svg),
            ("a.svg", b"&#60;svg", Kind::Svg),
            ("BMW.txt", b"BMW 2002 tii", Kind::Text),
            ("notes.png", "Wände".as_bytes(), Kind::Text),
            ("x", b"\0\0\0\x18ftypheic\0\0\0\0", Kind::Heic),
            ("x", b"\0\0\0\x18ftypavif\0\0\0\0", Kind::Avif),
            ("x", b"\0\0\0\x18ftypisom\0\0\0\0", Kind::Video),
            ("x", b"\0\0\0\x18ftypavci\0\0\0\0avcimif1", Kind::Heic),
            ("x", b"\0\0\0\x14ftypisom\0\0\0\0isommif1", Kind::Video),
            ("x", b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", Kind::Raw),
            ("x", b"FUJIFILMCCD-RAW 0201", Kind::Raw),
            ("x", b"IIRO\x08\0\0\0", Kind::Raw),
            ("IIRO.txt", b"IIRO is a word", Kind::Text),
            ("x", b"IIU\0\x18\0\0\0", Kind::Raw),
            ("x", b"RIFF\x10\0\0\0WEBPVP8 ", Kind::WebP),
            ("x", b"RIFF\x10\0\0\0WAVEfmt ", Kind::Audio),
            ("x.pdf", b"%PDF-1.7", Kind::Pdf),
            ("x.jpg", b"PK\x03\x04", Kind::Archive),
            ("x.bin", b"\x01\x02\x03", Kind::Other),
        ];
        for (name, head, kind) in cases {
            assert_eq!(kind_of(name, head), kind, "{name}");
        }
    }

    #[test]
    fn the_name_tells_where_the_bytes_say_nothing() {
        assert_eq!(kind_of("a.JPG", b""), Kind::Jpeg);
        assert_eq!(kind_of("clip.mov", &[0, 1, 2, 3]), Kind::Video);
        assert_eq!(kind_of("no extension", b""), Kind::Other);
    }

    #[test]
    fn a_character_cut_at_the_end_of_the_head_is_still_text() {
        let text = "a".repeat(HEAD - 1) + "üüü";
        assert_eq!(kind_of("notes", text.as_bytes()), Kind::Text);
    }
}
