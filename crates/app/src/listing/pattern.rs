//! Which files an album shows: its saved filter, made ready once and asked for each row. Folders always pass.

use super::index::{Entry, FolderIndex, Moment, fold};
use crate::wire::{AlbumFilter, Failure, FailureCode, Media, NamePattern, PatternKind, RowKind};
use regex::{Regex, RegexBuilder};

/// Memory that one pattern may take. The engine runs in time that grows with the name's length only, whatever the pattern.
const LARGEST: usize = 1 << 20;

/// A filter ready to be asked.
pub struct Pattern<'a> {
    filter: &'a AlbumFilter,
    name: Name,
}

enum Name {
    Any,
    /// A part of the folded name.
    Part(String),
    Matching(Regex),
}

impl<'a> Pattern<'a> {
    /// Makes a filter ready.
    ///
    /// # Errors
    /// Its pattern cannot be read.
    pub fn of(filter: &'a AlbumFilter) -> Result<Self, Failure> {
        let name = match &filter.name {
            None => Name::Any,
            Some(NamePattern { text, .. }) if text.is_empty() => Name::Any,
            Some(NamePattern { how: PatternKind::Text, text }) => Name::Part(fold(text)),
            Some(NamePattern { how: PatternKind::Glob, text }) => Name::Matching(regex(&of_glob(text), text)?),
            Some(NamePattern { how: PatternKind::Regex, text }) => Name::Matching(regex(text, text)?),
        };
        Ok(Self { filter, name })
    }

    /// Whether the album shows a row, by what was learned of pictures until a moment.
    pub fn shows(&self, index: &FolderIndex, entry: &Entry, until: Moment) -> bool {
        entry.kind == RowKind::Folder || (self.told_by_row(entry) && self.told_by_picture(index, entry, until))
    }

    /// Whether nobody has looked yet when a picture was taken, and nothing else keeps it out.
    pub fn awaits(&self, index: &FolderIndex, entry: &Entry) -> bool {
        self.filter.asks_when_taken()
            && entry.media == Media::Image
            && index.facts_of(entry).is_none()
            && self.told_by_row(entry)
    }

    fn told_by_row(&self, entry: &Entry) -> bool {
        let AlbumFilter { kinds, from, until, .. } = self.filter;
        let named = match &self.name {
            Name::Any => true,
            Name::Part(part) => entry.folded.contains(part.as_str()),
            Name::Matching(regex) => regex.is_match(entry.name()),
        };
        named
            && (kinds.is_empty() || kinds.contains(&entry.media))
            && from.is_none_or(|from| entry.modified.is_some_and(|at| at >= from))
            && until.is_none_or(|until| entry.modified.is_some_and(|at| at < until))
    }

    fn told_by_picture(&self, index: &FolderIndex, entry: &Entry, until: Moment) -> bool {
        let AlbumFilter { taken_from, taken_until, .. } = self.filter;
        if !self.filter.asks_when_taken() {
            return true;
        }
        let taken = index.facts_until(entry, until).and_then(|known| known.facts.taken);
        taken.is_some_and(|taken| {
            taken_from.is_none_or(|from| taken.clock >= from.0) && taken_until.is_none_or(|until| taken.clock < until.0)
        })
    }
}

impl AlbumFilter {
    /// Only pictures of a time are shown.
    pub(super) fn asks_when_taken(&self) -> bool {
        self.taken_from.is_some() || self.taken_until.is_some()
    }
}

fn regex(pattern: &str, written: &str) -> Result<Regex, Failure> {
    let built = RegexBuilder::new(pattern).case_insensitive(true).size_limit(LARGEST).build();
    built.map_err(|error| {
        let message = format!("Couldn't use the filter “{written}”: its pattern has a fault.");
        let hint = "Look at its brackets and stars, or filter by a plain text.";
        Failure::new(FailureCode::PatternUnreadable, message, hint).detail(error.to_string())
    })
}

/// `*` any signs, `?` one, `[ab]` and `[!ab]` one of these or not, `{jpg,png}` either; everything else is itself.
fn of_glob(glob: &str) -> String {
    let (mut regex, mut choices) = (String::from("^"), 0u32);
    let mut signs = glob.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '*' => regex.push_str(".*"),
            '?' => regex.push('.'),
            '{' => {
                choices += 1;
                regex.push_str("(?:");
            }
            '}' if choices > 0 => {
                choices -= 1;
                regex.push(')');
            }
            ',' if choices > 0 => regex.push('|'),
            '[' => {
                regex.push('[');
                if signs.next_if(|next| matches!(next, '!' | '^')).is_some() {
                    regex.push('^');
                }
                for inside in signs.by_ref().take_while(|inside| *inside != ']') {
                    // A range keeps its dash; what means something else to the engine is itself.
                    if matches!(inside, '\\' | '[' | '&' | '~' | '^') {
                        regex.push('\\');
                    }
                    regex.push(inside);
                }
                regex.push(']');
            }
            other => regex.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    regex.push('$');
    regex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::index::{Found, Known};
    use crate::wire::Millis;
    use amphora_thumbs::{Facts, Taken};
    use proptest::prelude::*;

    fn shown(filter: &AlbumFilter) -> Vec<String> {
        let mut index = FolderIndex::new("");
        let files =
            [("Café.JPG", 10), ("dune 2.png", 20), ("IMG_0001.jpeg", 30), ("notes [1].txt", 40), ("inside/x.jpg", 50)];
        for (key, modified) in files {
            let (key, modified) = (key.to_owned(), Some(Millis(modified)));
            index.put_file(Found { key, size: 1, modified, etag: String::new() });
        }
        let pattern = Pattern::of(filter).unwrap();
        let shown = index.iter().filter(|(_, entry)| pattern.shows(&index, entry, index.moment()));
        shown.map(|(_, entry)| entry.name().to_owned()).collect()
    }

    fn named(how: PatternKind, text: &str) -> Vec<String> {
        let name = Some(NamePattern { how, text: text.to_owned() });
        let mut names = shown(&AlbumFilter { name, ..AlbumFilter::default() });
        assert_eq!(names.pop().as_deref(), Some("inside"), "folders stay, for going on inside");
        names
    }

    #[test]
    fn a_text_a_glob_and_a_regular_expression_pick_names_in_any_case() {
        assert_eq!(named(PatternKind::Text, "cafe"), ["Café.JPG"]);
        assert_eq!(named(PatternKind::Glob, "*.jp*g"), ["Café.JPG", "IMG_0001.jpeg"]);
        assert_eq!(named(PatternKind::Glob, "*.{png,txt}"), ["dune 2.png", "notes [1].txt"]);
        assert_eq!(named(PatternKind::Glob, "d?ne [!0-1].png"), ["dune 2.png"]);
        assert_eq!(named(PatternKind::Glob, "jpg"), [""; 0], "a glob is about the whole name");
        assert_eq!(named(PatternKind::Regex, r"^img_\d{4}\."), ["IMG_0001.jpeg"]);
        assert_eq!(named(PatternKind::Regex, "jpg"), ["Café.JPG"], "as in the documentation's example");
        assert_eq!(named(PatternKind::Regex, "").len(), 4, "an empty pattern shows all");
    }

    #[test]
    fn kinds_and_dates_narrow_it_further() {
        let images = AlbumFilter { kinds: vec![Media::Image], from: Some(Millis(20)), ..AlbumFilter::default() };
        assert_eq!(shown(&images), ["dune 2.png", "IMG_0001.jpeg", "inside"]);
        assert_eq!(shown(&AlbumFilter { until: Some(Millis(20)), ..AlbumFilter::default() }), ["Café.JPG", "inside"]);
    }

    #[test]
    fn pictures_of_a_time_are_those_that_were_looked_at_and_tell_it() {
        let mut index = FolderIndex::new("");
        for key in ["before.jpg", "inside.jpg", "behind.jpg", "dateless.jpg", "unseen.jpg", "notes.txt", "sub/x"] {
            let (key, modified) = (key.to_owned(), Some(Millis(15)));
            index.put_file(Found { key, size: 1, modified, etag: "e".to_owned() });
        }
        for (key, clock) in
            [("before.jpg", Some(9)), ("inside.jpg", Some(10)), ("behind.jpg", Some(20)), ("dateless.jpg", None)]
        {
            let taken = clock.map(|clock| Taken { clock, offset: None });
            let facts = Facts { taken, ..Facts::default() };
            index.learn(key, Known { etag: "e".into(), facts, first_look: 0 });
        }
        let (taken_from, taken_until) = (Some(Millis(10)), Some(Millis(20)));
        let filter = AlbumFilter { taken_from, taken_until, ..AlbumFilter::default() };
        let pattern = Pattern::of(&filter).unwrap();
        let rows = |wanted: &dyn Fn(&Entry) -> bool| {
            let rows = index.iter().filter(|(_, entry)| wanted(entry));
            rows.map(|(_, entry)| entry.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(rows(&|entry| pattern.shows(&index, entry, index.moment())), ["inside.jpg", "sub"]);
        assert_eq!(rows(&|entry| pattern.shows(&index, entry, Moment::default())), ["sub"], "nothing was known then");
        assert_eq!(rows(&|entry| pattern.awaits(&index, entry)), ["unseen.jpg"]);
        let no_filter = AlbumFilter::default();
        let everything = Pattern::of(&no_filter).unwrap();
        assert_eq!(rows(&|entry| everything.awaits(&index, entry)), [""; 0], "who asks no date waits for none");
    }

    #[test]
    fn a_filter_that_was_saved_before_it_could_ask_when_pictures_were_taken_is_read() {
        let saved = r#"{"name":null,"kinds":["image"],"from":20,"until":null}"#;
        let read: AlbumFilter = serde_json::from_str(saved).unwrap();
        assert!(!read.asks_when_taken() && read.from == Some(Millis(20)));
    }

    #[test]
    fn a_pattern_with_a_fault_says_so() {
        for text in ["(", "a{99999}{99999}"] {
            let name = Some(NamePattern { how: PatternKind::Regex, text: text.to_owned() });
            let filter = AlbumFilter { name, ..AlbumFilter::default() };
            assert_eq!(Pattern::of(&filter).err().unwrap().code, FailureCode::PatternUnreadable, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_glob_of_plain_signs_matches_itself(text in "[a-zA-Z0-9 ._()+$^|\\\\-]{1,20}") {
            prop_assert!(regex(&of_glob(&text), &text).unwrap().is_match(&text));
        }

        #[test]
        fn no_glob_breaks_the_engine(text in "[\\[\\]{},!^*?a-c\\\\&~-]{0,12}") {
            // A fault is told; what is not a fault is asked without a panic.
            let _ = regex(&of_glob(&text), &text).map(|regex| regex.is_match("abc"));
        }
    }
}
