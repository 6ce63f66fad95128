//! The rows of one folder, or of all that begins with a prefix, as the storage told them, kept in Rust. Ids stay with their key through every refresh.

use super::kind::media_of;
use crate::wire::{ByteSize, Media, Millis, Row, RowKind};
use amphora_thumbs::Facts;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// A file or folder of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Key inside the space; a folder's ends with a slash.
    pub key: Box<str>,
    /// Where the name starts in the key.
    name_at: u32,
    /// The name without case and accents, for sorting and filtering.
    pub folded: Box<str>,
    /// Folder or file.
    pub kind: RowKind,
    /// What it is, by its name.
    pub media: Media,
    /// Bytes.
    pub size: u64,
    /// Last change.
    pub modified: Option<Millis>,
    /// Tag of the content, without quotes.
    pub etag: Box<str>,
    seen: u32,
    there: bool,
}

/// What the storage says of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Key inside the space.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// Last change.
    pub modified: Option<Millis>,
    /// Tag of the content, without quotes.
    pub etag: String,
}

/// What was learned of a picture by looking at its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Of which content.
    pub etag: Box<str>,
    /// What it says.
    pub facts: Facts,
    /// Longest edge of what can be shown without fetching all of it; 0 where that is nothing.
    pub first_look: u32,
}

/// Counts what was learned of a folder's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment(u64);

/// The rows of one folder.
#[derive(Debug, Default)]
pub struct FolderIndex {
    /// With a slash at its end, or any text where files of every depth are rows.
    folder: String,
    /// Files of every depth, and no folders.
    deep: bool,
    entries: Vec<Entry>,
    by_key: HashMap<Box<str>, u32>,
    pass: u32,
    reading: bool,
    /// Rows that we changed ourselves since the reading began: a page of it may have been asked for before.
    ours: HashSet<Box<str>>,
    /// By key, with the moment when it was learned. What was learned of another content than the row's does not count.
    facts: HashMap<Box<str>, (Moment, Known)>,
    moment: Moment,
}

impl FolderIndex {
    /// An index of the folder `""` or `a/b/`, with nothing in it.
    #[must_use]
    pub fn new(folder: &str) -> Self {
        Self { folder: folder.to_owned(), ..Self::default() }
    }

    /// An index of every file whose key begins with this text, with nothing in it.
    #[must_use]
    pub fn below(prefix: &str) -> Self {
        Self { folder: prefix.to_owned(), deep: true, ..Self::default() }
    }

    /// A reading of the whole folder begins.
    pub fn begin(&mut self) {
        self.pass += 1;
        self.reading = true;
        self.ours.clear();
    }

    /// The reading is complete: what it did not meet is gone.
    pub fn finish(&mut self) {
        let pass = self.pass;
        for entry in self.entries.iter_mut().filter(|entry| entry.there && entry.seen != pass) {
            entry.there = false;
        }
        self.reading = false;
        self.ours.clear();
    }

    /// A file that a page of the reading tells of. What we did to it meanwhile is newer.
    pub fn read_file(&mut self, found: Found) {
        if !self.ours.contains(found.key.as_str()) {
            self.show_file(found);
        }
    }

    /// A folder that a page of the reading tells of. What we did to it meanwhile is newer.
    pub fn read_folder(&mut self, key: &str) {
        if !self.ours.contains(key) {
            self.show_folder(key);
        }
    }

    /// A file that we stored in this folder, or in a folder below it (which then shows as that folder).
    pub fn put_file(&mut self, found: Found) {
        let Some(rest) = found.key.strip_prefix(self.folder.as_str()) else { return };
        if let Some(slash) = rest.find('/').filter(|_| !self.deep) {
            let folder = found.key[..=self.folder.len() + slash].to_owned();
            self.put_folder(&folder);
            return;
        }
        self.changed_by_us(&found.key);
        self.show_file(found);
    }

    /// A folder that we made in this folder; `key` ends with a slash.
    pub fn put_folder(&mut self, key: &str) {
        self.changed_by_us(key);
        self.show_folder(key);
    }

    fn changed_by_us(&mut self, key: &str) {
        let inside = key.strip_prefix(self.folder.as_str());
        let is_row = inside.is_some_and(|name| self.deep || !name.trim_end_matches('/').contains('/'));
        if self.reading && is_row {
            self.ours.insert(key.into());
        }
    }

    fn show_file(&mut self, found: Found) {
        let Some(rest) = found.key.strip_prefix(self.folder.as_str()) else { return };
        // The marker that keeps an empty folder is the folder itself, not a file in it.
        let is_marker = if self.deep { found.key.ends_with('/') } else { rest.is_empty() };
        if is_marker {
            return;
        }
        let name_at = if self.deep { found.key.rfind('/').map_or(0, |slash| slash + 1) } else { self.folder.len() };
        let name = &found.key[name_at..];
        let media = media_of(name);
        let folded = fold(name);
        self.put(Entry {
            key: found.key.into(),
            name_at: u32::try_from(name_at).unwrap_or(0),
            folded: folded.into(),
            kind: RowKind::File,
            media,
            size: found.size,
            modified: found.modified,
            etag: found.etag.into(),
            seen: self.pass,
            there: true,
        });
    }

    fn show_folder(&mut self, key: &str) {
        if self.deep {
            return;
        }
        let Some(name) = key.strip_prefix(self.folder.as_str()).filter(|name| !name.is_empty()) else { return };
        let folded = fold(name.trim_end_matches('/'));
        self.put(Entry {
            key: key.into(),
            name_at: u32::try_from(self.folder.len()).unwrap_or(0),
            folded: folded.into(),
            kind: RowKind::Folder,
            media: Media::Folder,
            size: 0,
            modified: None,
            etag: "".into(),
            seen: self.pass,
            there: true,
        });
    }

    /// A key that we removed. A folder's may be its marker alone: what is in the folder stays.
    pub fn remove(&mut self, key: &str) {
        self.changed_by_us(key);
        if let Some(&id) = self.by_key.get(key) {
            self.entries[id as usize].there = false;
        }
    }

    /// A folder that we emptied; `key` ends with a slash.
    pub fn remove_folder(&mut self, key: &str) {
        self.remove(key);
        if self.deep {
            let below = |entry: &&Entry| entry.there && entry.key.starts_with(key);
            let gone: Vec<Box<str>> = self.entries.iter().filter(below).map(|entry| entry.key.clone()).collect();
            gone.iter().for_each(|key| self.remove(key));
        }
    }

    /// The rows that are there, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Entry)> {
        (0u32..).zip(&self.entries).filter(|(_, entry)| entry.there)
    }

    /// The row with this id, if it is still there.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&Entry> {
        self.entries.get(id as usize).filter(|entry| entry.there)
    }

    /// The row with this key, if it is there.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<(u32, &Entry)> {
        let id = *self.by_key.get(key)?;
        self.get(id).map(|entry| (id, entry))
    }

    /// Keeps what an earlier visit learned of a picture.
    pub fn recall(&mut self, key: &str, known: Known) {
        self.facts.entry(key.into()).or_insert((Moment::default(), known));
    }

    /// Keeps what was just learned of a picture. An order that was made before stands as it is.
    pub fn learn(&mut self, key: &str, known: Known) {
        if self.facts.get(key).is_none_or(|(_, before)| *before != known) {
            self.moment.0 += 1;
            self.facts.insert(key.into(), (self.moment, known));
        }
    }

    /// The moment up to which everything is learned.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// What was learned of this row's content.
    #[must_use]
    pub fn facts_of(&self, entry: &Entry) -> Option<&Known> {
        self.facts_until(entry, self.moment)
    }

    /// What was learned of this row's content until a moment.
    #[must_use]
    pub fn facts_until(&self, entry: &Entry, until: Moment) -> Option<&Known> {
        let (at, known) = self.facts.get(&entry.key)?;
        (known.etag == entry.etag && *at <= until).then_some(known)
    }

    fn put(&mut self, entry: Entry) {
        if let Some(&id) = self.by_key.get(&entry.key) {
            self.entries[id as usize] = entry;
            return;
        }
        let id = u32::try_from(self.entries.len()).expect("a folder has fewer than four thousand million rows");
        self.by_key.insert(entry.key.clone(), id);
        self.entries.push(entry);
    }
}

impl Entry {
    /// The name shown: without the folder, without a folder's slash. A folder without a name shows as that slash.
    #[must_use]
    pub fn name(&self) -> &str {
        let name = &self.key[self.name_at as usize..];
        match self.kind {
            RowKind::Folder => name.strip_suffix('/').filter(|name| !name.is_empty()).unwrap_or(name),
            RowKind::File => name,
        }
    }

    /// As the window gets it.
    #[must_use]
    pub fn row(&self, id: u32) -> Row {
        Row {
            id,
            name: self.name().to_owned(),
            key: self.key.to_string(),
            kind: self.kind,
            media: self.media,
            size: ByteSize(self.size),
            modified: self.modified,
            etag: self.etag.to_string(),
        }
    }
}

/// Without case and accents: what sorting and filtering compare.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
