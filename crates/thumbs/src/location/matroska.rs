//! The place in Matroska and WebM (RFC 9559): a tag that names one becomes void space of its length, and so do checksums over it.
//! Covers lose theirs as photos do. Titles that are coded among the pictures are left alone.

use super::boxes::{Boxes, NotCleaned};
use super::edits::Found;
use super::makers::tells_coordinates;
use super::movie::as_in_photos;
use super::{PlaceStays, block::find, values::names_place};
use std::io::{Read, Seek};
use std::ops::Range;

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1f43_b675;
const TAGS: u32 = 0x1254_c367;
const TAG: u32 = 0x7373;
const SIMPLE_TAG: u32 = 0x67c8;
const TAG_NAME: u32 = 0x45a3;
const TAG_STRING: u32 = 0x4487;
const ATTACHMENTS: u32 = 0x1941_a469;
const ATTACHED_FILE: u32 = 0x61a7;
const MEDIA_TYPE: u32 = 0x4660;
const FILE_DATA: u32 = 0x465c;
const CHECKSUM: u32 = 0xbf;
const VOID: u32 = 0xec;
/// Elements that are looked at in one file. Recordings of a stream may have one for each picture.
const MOST: u32 = 1_000_000;
/// Tags in tags.
const DEEPEST: u32 = 8;
/// A name of a file's kind and a length at their longest.
const HEADER: u64 = 4 + 8;
/// A text of a tag that is read.
const LONGEST_TEXT: u64 = 64 << 10;

/// Whether a file is Matroska or WebM, as far as its first bytes say.
pub(super) fn is_matroska(head: &[u8]) -> bool {
    let beginning = &head[..head.len().min(64)];
    beginning.starts_with(&EBML.to_be_bytes())
        && [&b"matroska"[..], b"webm"].iter().any(|kind| find(beginning, kind).is_some())
}

/// An element: what it is, and where it and its content lie. Of unknown length it goes on to the end of what it lies in.
struct Element {
    id: u32,
    at: u64,
    content: Range<u64>,
    is_open: bool,
}

/// Looks for places in a file.
///
/// # Errors
/// It cannot be read, or is built so that nobody can tell.
pub(super) fn look<R: Read + Seek>(boxes: &mut Boxes<'_, R>, found: &mut Found) -> Result<(), NotCleaned> {
    let whole = boxes.whole();
    let mut elements = Elements { boxes, left: MOST };
    for segment in elements.within(whole)?.into_iter().filter(|element| element.id == SEGMENT) {
        let parts = elements.within(segment.content)?;
        let mut changed = false;
        for part in &parts {
            match part.id {
                TAGS => changed |= elements.tags(part, found)?,
                ATTACHMENTS => changed |= elements.attachments(part, found)?,
                // Where a tag was that a program took out.
                VOID => found.space(elements.boxes, part.content.clone())?,
                _ => {}
            }
        }
        clear_checksum(&parts, changed, found);
    }
    Ok(())
}

struct Elements<'a, 'b, R> {
    boxes: &'a mut Boxes<'b, R>,
    left: u32,
}

impl<R: Read + Seek> Elements<'_, '_, R> {
    /// The elements side by side in a range. Those in a cluster of unknown length count as side by side with it.
    fn within(&mut self, range: Range<u64>) -> Result<Vec<Element>, NotCleaned> {
        let (mut found, mut at) = (Vec::new(), range.start);
        while at < range.end {
            self.left = self.left.checked_sub(1).ok_or(PlaceStays)?;
            let Some(element) = self.element(at, range.end)? else {
                // Zeros are what a recorder had not filled yet.
                if self.boxes.is_blank(at..range.end)? {
                    break;
                }
                return Err(PlaceStays.into());
            };
            at = if element.is_open && element.id == CLUSTER { element.content.start } else { element.content.end };
            // Pictures and sound tell no place, and there are many.
            if matches!(element.id, TAGS | ATTACHMENTS | VOID | CHECKSUM | SEGMENT)
                || element.id > 0xff && element.id < 0x1000_0000
            {
                found.push(element);
            }
        }
        Ok(found)
    }

    fn element(&mut self, at: u64, end: u64) -> Result<Option<Element>, NotCleaned> {
        let header = self.boxes.read(at..(at + HEADER).min(end))?;
        let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        let width = |from: usize| header.get(from).map(|first| first.leading_zeros() as usize + 1);
        let Some(id_width) = width(0).filter(|width| *width <= 4) else { return Ok(None) };
        let Some(width) = width(id_width).filter(|width| *width <= 8) else { return Ok(None) };
        let Some(size) = header.get(id_width..id_width + width) else { return Ok(None) };
        let most = (1 << (7 * width)) - 1;
        let size = number(size) & most;
        let start = at + (id_width + width) as u64;
        let is_open = size == most;
        let until = if is_open { end } else { start.saturating_add(size).min(end) };
        let id = u32::try_from(number(&header[..id_width])).unwrap_or(0);
        Ok(Some(Element { id, at, content: start..until, is_open }))
    }

    fn tags(&mut self, tags: &Element, found: &mut Found) -> Result<bool, NotCleaned> {
        let parts = self.within(tags.content.clone())?;
        let mut changed = false;
        for tag in parts.iter().filter(|part| part.id == TAG) {
            changed |= self.simple_tags(tag, DEEPEST, found)?;
        }
        clear_checksum(&parts, changed, found);
        Ok(changed)
    }

    /// Clears the tags in an element, at any depth; returns whether there was one.
    fn simple_tags(&mut self, tag: &Element, depth: u32, found: &mut Found) -> Result<bool, NotCleaned> {
        let depth = depth.checked_sub(1).ok_or(PlaceStays)?;
        let parts = self.within(tag.content.clone())?;
        let mut changed = false;
        for simple in parts.iter().filter(|part| part.id == SIMPLE_TAG) {
            if self.tells_place(simple)? {
                clear(simple, found);
                changed = true;
            } else {
                changed |= self.simple_tags(simple, depth, found)?;
            }
        }
        clear_checksum(&parts, changed, found);
        Ok(changed)
    }

    fn tells_place(&mut self, simple: &Element) -> Result<bool, NotCleaned> {
        for part in self.within(simple.content.clone())? {
            let Range { start, end } = part.content;
            let text = start..end.min(start.saturating_add(LONGEST_TEXT));
            let tells = match part.id {
                TAG_NAME => names_place(&self.boxes.read(text)?),
                TAG_STRING => tells_coordinates(&self.boxes.read(text)?),
                _ => false,
            };
            if tells {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn attachments(&mut self, attachments: &Element, found: &mut Found) -> Result<bool, NotCleaned> {
        let files = self.within(attachments.content.clone())?;
        let mut changed = false;
        for file in files.iter().filter(|part| part.id == ATTACHED_FILE) {
            let parts = self.within(file.content.clone())?;
            let content = |id| parts.iter().find(|part| part.id == id).map(|part| part.content.clone());
            let (Some(kind), Some(data)) = (content(MEDIA_TYPE), content(FILE_DATA)) else { continue };
            let kind = self.boxes.read(kind.start..kind.end.min(kind.start + 6))?;
            if kind == b"image/" && as_in_photos(self.boxes, data, found)? {
                clear_checksum(&parts, true, found);
                changed = true;
            }
        }
        clear_checksum(&files, changed, found);
        Ok(changed)
    }
}

/// A checksum over what was changed would be wrong.
fn clear_checksum(parts: &[Element], changed: bool, found: &mut Found) {
    for checksum in parts.iter().filter(|part| changed && part.id == CHECKSUM) {
        clear(checksum, found);
    }
}

/// An element becomes void space. Its name was longer than that of void, so that its length is written with more bytes.
fn clear(element: &Element, found: &mut Found) {
    let Range { start, end } = element.content;
    let width = (start - element.at - 1).min(8);
    let behind = element.at + 1 + width;
    let size = (end - behind) | 1 << (7 * width);
    let mut header = vec![VOID as u8];
    header.extend_from_slice(&size.to_be_bytes()[8 - width as usize..]);
    found.replace(element.at, header);
    found.zero(behind..end);
}

#[cfg(test)]
#[path = "matroska_tests.rs"]
mod tests;
