//! Movies as phones and cameras build them: right boxes, made-up pictures.

/// Where the movies were taken, as ISO 6709 writes it.
pub const PLACE: &str = "+47.3750+008.5417+408.000/";

/// A box (ISO/IEC 14496-12, 4.2).
pub fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, content].concat()
}

/// A movie: media first, as cameras write it, then what tells of it. The media begin at byte 28.
pub fn movie(media: &[u8], moov: &[Vec<u8>]) -> Vec<u8> {
    let ftyp = boxed(b"ftyp", b"qt  \0\0\0\0qt  ");
    [ftyp, boxed(b"mdat", media), boxed(b"moov", &[vec![boxed(b"mvhd", &[0; 100])], moov.to_vec()].concat().concat())]
        .concat()
}

/// A text of the user data of QuickTime: its length, its language, itself.
pub fn user_text(kind: &[u8; 4], text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    boxed(kind, &[&length.to_be_bytes()[..], b"\x15\xc7", text.as_bytes()].concat())
}

/// Values by name, as QuickTime keeps them.
pub fn metadata(values: &[(&str, &str)]) -> Vec<u8> {
    let count = u32::try_from(values.len()).unwrap().to_be_bytes();
    let keys: Vec<u8> = values.iter().flat_map(|(key, _)| boxed(b"mdta", key.as_bytes())).collect();
    let items = (1_u32..).zip(values).flat_map(|(number, (_, value))| {
        boxed(&number.to_be_bytes(), &boxed(b"data", &[b"\0\0\0\x01\0\0\0\0", value.as_bytes()].concat()))
    });
    let parts = [
        boxed(b"hdlr", b"\0\0\0\0\0\0\0\0mdta\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        boxed(b"keys", &[&[0; 4][..], &count, &keys].concat()),
        boxed(b"ilst", &items.collect::<Vec<u8>>()),
    ];
    boxed(b"meta", &parts.concat())
}

/// A track for this handler whose samples are described by this entry, and lie in chunks that begin at these places, each of two
/// samples.
pub fn track(handler: &[u8; 4], entry: &[u8], chunks: &[(u32, [u32; 2])]) -> Vec<u8> {
    let table = |rows: Vec<u32>, count: usize, before: &[u32]| -> Vec<u8> {
        let count = u32::try_from(count).unwrap();
        [&[0], before, &[count], &rows].concat().iter().flat_map(|number| number.to_be_bytes()).collect()
    };
    let sizes: Vec<u32> = chunks.iter().flat_map(|(_, sizes)| *sizes).collect();
    let stbl = [
        boxed(b"stsd", &[b"\0\0\0\0\0\0\0\x01", entry].concat()),
        boxed(b"stsc", &table(vec![1, 2, 1], 1, &[])),
        boxed(b"stsz", &table(sizes.clone(), sizes.len(), &[0])),
        boxed(b"stco", &table(chunks.iter().map(|(start, _)| *start).collect(), chunks.len(), &[])),
    ];
    let dref = boxed(b"dref", &[b"\0\0\0\0\0\0\0\x01", &*boxed(b"url ", b"\0\0\0\x01")].concat());
    let minf = [boxed(b"dinf", &dref), boxed(b"stbl", &stbl.concat())].concat();
    let hdlr = boxed(b"hdlr", &[b"\0\0\0\0mhlr", &handler[..], &[0; 13]].concat());
    boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), boxed(b"mdia", &[hdlr, boxed(b"minf", &minf)].concat())].concat())
}

/// A movie with this many bytes of media that tells its place in every way of phones, and what filmed it.
pub fn located_movie(media: usize) -> Vec<u8> {
    let media: Vec<u8> = (0..media).map(|at| (at ^ (at >> 8) ^ (at >> 17)) as u8).collect();
    let values = [
        ("com.apple.quicktime.make", "Amphora"),
        ("com.apple.quicktime.location.ISO6709", PLACE),
        ("com.apple.quicktime.creationdate", "2026-07-14T18:05:09+0200"),
        ("com.apple.quicktime.location.name", "Quay of Zug"),
    ];
    let loci = boxed(b"loci", b"\0\0\0\0\x15\xc7Quay of Zug\0\x02\0\x08\x8a\xaa\0\x2f\x60\0\x01\x98\0\0earth\0\0");
    let xmp = "<x:xmpmeta><rdf:Description exif:GPSLatitude=\"47,22.5N\" dc:title='Quay'/></x:xmpmeta>";
    let uuid = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";
    let udta = [user_text(b"\xa9xyz", PLACE), user_text(b"\xa9mod", "Amphora One"), loci].concat();
    let mut movie = movie(&media, &[boxed(b"udta", &udta), metadata(&values)]);
    movie.extend(boxed(b"uuid", &[uuid, xmp.as_bytes()].concat()));
    movie
}
