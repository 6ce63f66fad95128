//! Places in the XMP of a file, as attributes and as elements. XMP lies in files as plain text, so that tools can do this.

use super::block::find;
use std::ops::Range;

/// Where a packet, or a part of a long one, begins (XMP Specification, part 3).
const BEGINNINGS: [&[u8]; 2] = [b"<x:xmpmeta", b"http://ns.adobe.com/xmp/extension/\0"];
const END: &[u8] = b"</x:xmpmeta>";
/// A packet without an end is looked at this far.
const LONGEST: usize = 1 << 20;
/// How properties begin that tell a place: coordinates, and places in words (IPTC Photo Metadata).
const NAMES: [&[u8]; 9] = [
    b"exif:GPS",
    b"photoshop:City",
    b"photoshop:State",
    b"photoshop:Country",
    b"Iptc4xmpCore:Location",
    b"Iptc4xmpCore:CountryCode",
    b"Iptc4xmpExt:LocationCreated",
    b"Iptc4xmpExt:LocationShown",
    b"drone-dji:Gps",
];

/// Whether a property of this name tells a place, in whatever case a tool writes it.
pub(super) fn names_place(name: &[u8]) -> bool {
    NAMES.iter().any(|place| name.get(..place.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(place)))
}

/// Where the properties lie that tell a place.
pub(super) fn places(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    packets(bytes).into_iter().flat_map(move |packet| {
        let offset = packet.start;
        in_packet(&bytes[packet]).into_iter().map(move |place| offset + place.start..offset + place.end)
    })
}

/// Takes every such property out.
pub(super) fn clear(bytes: &mut [u8]) {
    let places: Vec<_> = places(bytes).collect();
    for place in places {
        // Blanks between attributes and elements mean nothing in XML.
        bytes[place].fill(b' ');
    }
}

fn packets(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut packets = Vec::new();
    for beginning in BEGINNINGS {
        let mut from = 0;
        while let Some(start) = find(&bytes[from..], beginning).map(|at| from + at) {
            let rest = &bytes[start..bytes.len().min(start + LONGEST)];
            let length = find(rest, END).unwrap_or(rest.len());
            packets.push(start..start + length);
            from = start + length.max(1);
        }
    }
    packets
}

fn in_packet(packet: &[u8]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for name in NAMES {
        let mut from = 0;
        while let Some(at) = find(&packet[from..], name).map(|at| from + at) {
            let place = if at > 0 && packet[at - 1] == b'<' { element(packet, at) } else { attribute(packet, at) };
            from = place.as_ref().map_or(at + name.len(), |place| place.end);
            places.extend(place);
        }
    }
    places
}

/// `exif:GPSLatitude="47,22.5N"`
fn attribute(packet: &[u8], at: usize) -> Option<Range<usize>> {
    let equals = at + packet[at..].iter().position(|byte| !is_name(*byte))?;
    let quote_at = equals + packet[equals..].iter().position(|byte| *byte == b'"' || *byte == b'\'')?;
    // Something else stands between the name and the next quote: it is no attribute.
    if !packet[equals..quote_at].iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'=') {
        return None;
    }
    let quote = packet[quote_at];
    let end = quote_at + 1 + packet[quote_at + 1..].iter().position(|byte| *byte == quote)?;
    Some(at..end + 1)
}

/// `<exif:GPSLatitude>47,22.5N</exif:GPSLatitude>`, or without content.
fn element(packet: &[u8], at: usize) -> Option<Range<usize>> {
    let name_end = at + packet[at..].iter().position(|byte| !is_name(*byte))?;
    let tag_end = name_end + packet[name_end..].iter().position(|byte| *byte == b'>')?;
    if packet[tag_end - 1] == b'/' {
        return Some(at - 1..tag_end + 1);
    }
    let closing = [b"</", &packet[at..name_end], b">"].concat();
    let end = tag_end + find(&packet[tag_end..], &closing)?;
    Some(at - 1..end + closing.len())
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.')
}
