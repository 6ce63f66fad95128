//! Other bytes for some places of a file, put over what is read of it: the file is sent changed without a copy of it.

use std::fs::Metadata;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// Bytes that take the place of as many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Where they begin in the file.
    pub at: u64,
    /// What is sent there.
    pub bytes: Bytes,
}

impl Patch {
    fn end(&self) -> u64 {
        self.at.saturating_add(self.bytes.len() as u64)
    }
}

/// Patches of one file, from its beginning to its end. They are the same at every try of an upload that is to go on.
#[derive(Clone, Debug, Default)]
pub struct Patches {
    all: Arc<[Patch]>,
    of: Option<Version>,
}

/// A file as it was when its patches were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version {
    len: u64,
    modified: Option<SystemTime>,
}

impl Version {
    fn of(about: &Metadata) -> Self {
        Self { len: about.len(), modified: about.modified().ok() }
    }
}

impl Patches {
    /// For the file that this was told of, and of patches in any order. Where two overlap, the one that begins later is cut, or
    /// left out.
    pub fn new(about: &Metadata, patches: Vec<Patch>) -> Self {
        Self { of: Some(Version::of(about)), ..Self::in_order(patches) }
    }

    fn in_order(mut patches: Vec<Patch>) -> Self {
        patches.retain(|patch| !patch.bytes.is_empty());
        patches.sort_by_key(|patch| patch.at);
        let mut until = 0_u64;
        patches.retain_mut(|patch| {
            let over = until.saturating_sub(patch.at).min(patch.bytes.len() as u64);
            patch.bytes = patch.bytes.slice(over as usize..);
            patch.at += over;
            until = until.max(patch.end());
            !patch.bytes.is_empty()
        });
        Self { all: patches.into(), of: None }
    }

    /// Whether a file is still the one that the patches were made for: in another they would lie anywhere.
    #[must_use]
    pub fn fit(&self, about: &Metadata) -> bool {
        self.of.is_none_or(|version| version == Version::of(about))
    }

    /// A number that tells these patches from others, from 1; 0 without any. Other versions of this library count the same.
    pub(crate) fn fingerprint(&self) -> u64 {
        if self.all.is_empty() {
            return 0;
        }
        let mut digest = Sha256::new();
        for patch in self.all.iter() {
            digest.update(patch.at.to_be_bytes());
            digest.update((patch.bytes.len() as u64).to_be_bytes());
            digest.update(&patch.bytes);
        }
        let digest = digest.finalize();
        let first = digest.first_chunk().copied().unwrap_or_default();
        // Databases have no numbers above 2^63.
        (u64::from_be_bytes(first) >> 1).max(1)
    }

    /// Changes a piece that was read at `start`.
    pub fn apply(&self, piece: &mut [u8], start: u64) {
        let end = start.saturating_add(piece.len() as u64);
        let first = self.all.partition_point(|patch| patch.end() <= start);
        for patch in self.all[first..].iter().take_while(|patch| patch.at < end) {
            let (from, to) = (patch.at.max(start), patch.end().min(end));
            let wanted = &patch.bytes[(from - patch.at) as usize..(to - patch.at) as usize];
            piece[(from - start) as usize..(to - start) as usize].copy_from_slice(wanted);
        }
    }
}

/// Reads a content from its beginning, with its patches.
pub(crate) struct Patched<'a, R> {
    pub content: R,
    pub patches: &'a Patches,
    /// How far it was read.
    pub at: u64,
}

impl<R: Read> Read for Patched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(into)?;
        self.patches.apply(&mut into[..read], self.at);
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(at: u64, text: &'static str) -> Patch {
        Patch { at, bytes: text.into() }
    }

    #[test]
    fn every_piece_is_read_as_the_whole_would_be() {
        let content = b"abcdefghijklmnop";
        let patches = Patches::in_order(vec![patch(14, "OP"), patch(0, "A"), patch(5, "FGH"), patch(8, "I")]);
        let whole = b"AbcdeFGHIjklmnOP";
        for start in 0..content.len() {
            for end in start..=content.len() {
                let mut piece = content[start..end].to_vec();
                patches.apply(&mut piece, start as u64);
                assert_eq!(piece, whole[start..end], "{start}..{end}");
            }
        }
        let mut read = Vec::new();
        Patched { content: &content[..], patches: &patches, at: 0 }.read_to_end(&mut read).unwrap();
        assert_eq!(read, whole);
    }

    #[test]
    fn patches_that_overlap_or_lie_behind_the_end_change_what_they_can() {
        let patches = Patches::in_order(vec![
            patch(1, "XYZ"),
            patch(2, "12"),
            patch(3, "456"),
            patch(u64::MAX, "-"),
            patch(9, ""),
        ]);
        let mut piece = *b"abcdefg";
        patches.apply(&mut piece, 0);
        assert_eq!(&piece, b"aXYZ56g");
    }

    #[test]
    fn other_patches_have_another_fingerprint() {
        let of = |patches: &[Patch]| Patches::in_order(patches.to_vec()).fingerprint();
        assert_eq!(of(&[]), 0);
        let some = [patch(1, "a"), patch(5, "bc")];
        assert_eq!(of(&some), of(&[some[1].clone(), some[0].clone()]));
        for other in [[patch(1, "a"), patch(5, "bd")], [patch(2, "a"), patch(5, "bc")], [patch(1, "ab"), patch(5, "c")]]
        {
            assert_ne!(of(&some), of(&other));
        }
        assert_eq!(of(&[patch(1, "a")]), 508207745419441467, "as versions before counted it");
    }
}
