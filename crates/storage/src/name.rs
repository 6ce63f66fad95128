//! The name that a second file gets beside the first: "report (2).pdf".

/// Endings longer than this are part of the name rather than a kind of file.
const MAX_EXTENSION_CHARS: usize = 12;

/// `name` with a number before its extension; `number` starts at 2. The folder before the last slash stays as it is.
pub fn keep_both_name(name: &str, number: u32) -> String {
    let file_at = name.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, file) = name.split_at(file_at);
    let (stem, extension) = file.split_at(extension_start(file));
    format!("{folder}{stem} ({number}){extension}")
}

/// Where the extension begins with its dot; the file's end when there is none.
fn extension_start(file: &str) -> usize {
    let Some(dot) = file.rfind('.') else { return file.len() };
    let extension = &file[dot + 1..];
    let is_extension = dot > 0
        && (1..=MAX_EXTENSION_CHARS).contains(&extension.chars().count())
        && extension.chars().all(char::is_alphanumeric);
    if !is_extension {
        return file.len();
    }
    match file[..dot].strip_suffix(".tar") {
        Some(stem) if !stem.is_empty() => stem.len(),
        _ => dot,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_number_stands_before_the_extension() {
        for (name, expected) in [
            ("report.pdf", "report (2).pdf"),
            ("a/b.c/report", "a/b.c/report (2)"),
            (".bashrc", ".bashrc (2)"),
            ("backup.tar.gz", "backup (2).tar.gz"),
            (".tar.gz", ".tar (2).gz"),
            ("v1.2 notes", "v1.2 notes (2)"),
            ("report (2).pdf", "report (2) (2).pdf"),
            ("trailing.", "trailing. (2)"),
            ("日本.写真", "日本 (2).写真"),
        ] {
            assert_eq!(keep_both_name(name, 2), expected);
        }
    }

    proptest! {
        #[test]
        fn every_number_gives_another_name_in_the_same_folder(name in any::<String>(), one in 2u32..9999, two in 2u32..9999) {
            let first = keep_both_name(&name, one);
            prop_assert_ne!(&first, &name);
            prop_assert_eq!(first == keep_both_name(&name, two), one == two);
            let folder = |text: &str| text.rfind('/').map(|slash| text[..slash].to_owned());
            prop_assert_eq!(folder(&first), folder(&name));
            prop_assert_eq!(first.len(), name.len() + format!(" ({one})").len(), "nothing of the name is lost");
        }
    }
}
