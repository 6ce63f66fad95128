//! What the markers of a JPEG say (ITU-T T.81, Annex B), as far as the first coefficients of its blocks need it. Whatever is
//! out of the ordinary is not taken, and left to libjpeg-turbo.

use super::huffman::Huffman;

/// Bits that the first scan may leave to later ones. Encoders leave one or two.
const LATER: u8 = 4;

/// What was said up to a scan.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) frame: Option<Frame>,
    /// What the first coefficient is divided by.
    pub(super) quantisers: [Option<u16>; 4],
    pub(super) firsts: [Option<Huffman>; 4],
    pub(super) others: [Option<Huffman>; 4],
    /// Groups of blocks between restarts; zero: there are none.
    pub(super) interval: usize,
}

/// A picture of eight bits a sample.
pub(super) struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) progressive: bool,
    /// Grey, or luma and two differences of colour.
    pub(super) components: Vec<Component>,
}

/// One of its planes.
pub(super) struct Component {
    id: u8,
    /// Blocks of it in a group, across and down.
    pub(super) across: usize,
    pub(super) down: usize,
    pub(super) quantiser: usize,
}

/// A scan with the first coefficients of all components.
pub(super) struct Scan {
    /// Each component's tables, of the first coefficient and of the others.
    pub(super) tables: Vec<(usize, usize)>,
    pub(super) last: u8,
    /// The lowest bit that was known before; zero: none.
    pub(super) high: u8,
    /// The lowest bit that is known with it.
    pub(super) low: u8,
}

impl Tables {
    /// Takes in a segment. None: it says what is not known here.
    pub(super) fn take(&mut self, marker: u8, body: &[u8]) -> Option<()> {
        match marker {
            0xdb => self.take_quantisers(body),
            0xc4 => self.take_codes(body),
            0xdd => {
                self.interval = u16::from_be_bytes(body.try_into().ok()?).into();
                Some(())
            }
            // Adobe's word on colours: 1 is luma and differences.
            0xee if body.starts_with(b"Adobe") => (body.get(11) == Some(&1)).then_some(()),
            // A frame, and one only; arithmetic coding has its own tables; a height may be told later.
            0xc0..=0xcf if self.frame.is_none() => {
                self.frame = Some(Frame::read(marker, body)?);
                Some(())
            }
            0xc0..=0xcf | 0xdc => None,
            _ => Some(()),
        }
    }

    fn take_quantisers(&mut self, mut body: &[u8]) -> Option<()> {
        while let Some((&kind, rest)) = body.split_first() {
            let (table, after) = rest.split_at_checked(if kind >> 4 == 0 { 64 } else { 128 })?;
            let first = if kind >> 4 == 0 { table[0].into() } else { u16::from_be_bytes([table[0], table[1]]) };
            *self.quantisers.get_mut(usize::from(kind & 15))? = Some(first);
            body = after;
        }
        Some(())
    }

    fn take_codes(&mut self, mut body: &[u8]) -> Option<()> {
        while let Some((&kind, rest)) = body.split_first() {
            let (huffman, after) = Huffman::read(rest)?;
            let tables = match kind >> 4 {
                0 => &mut self.firsts,
                1 => &mut self.others,
                _ => return None,
            };
            *tables.get_mut(usize::from(kind & 15))? = Some(huffman);
            body = after;
        }
        Some(())
    }
}

impl Frame {
    fn read(marker: u8, body: &[u8]) -> Option<Self> {
        let &[8, h1, h2, w1, w2, count, ref specs @ ..] = body else { return None };
        let mut components: Vec<_> = specs.chunks_exact(3).map(Component::read).collect();
        let shapes: Vec<_> = components.iter().map(|component| (component.across, component.down)).collect();
        match shapes.as_slice() {
            // Alone it has one block in a group, whatever it says.
            [_] => (components[0].across, components[0].down) = (1, 1),
            [(1 | 2, 1 | 2), (1, 1), (1, 1)] => {}
            _ => return None,
        }
        let ids: Vec<_> = components.iter().map(|component| component.id).collect();
        let told_apart = !matches!(ids.as_slice(), [a, b, c] if a == b || b == c || a == c);
        let progressive = match marker {
            0xc0 | 0xc1 => false,
            0xc2 => true,
            _ => return None,
        };
        let (width, height) = (u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into());
        let known = components.len() == usize::from(count) && told_apart && ids != b"RGB" && width > 0 && height > 0;
        known.then_some(Self { width, height, progressive, components })
    }

    /// Groups of blocks, across and down.
    pub(super) fn groups(&self) -> (usize, usize) {
        let groups = |side: u32, blocks: usize| (side as usize).div_ceil(8 * blocks);
        (groups(self.width, self.components[0].across), groups(self.height, self.components[0].down))
    }
}

impl Component {
    fn read(spec: &[u8]) -> Self {
        let [across, down] = [spec[1] >> 4, spec[1] & 15].map(usize::from);
        Self { id: spec[0], across, down, quantiser: spec[2].into() }
    }
}

impl Scan {
    /// Reads the head of a scan. None: it is of some components only, or in another order. Some of None: it brings no first
    /// coefficients.
    pub(super) fn read(body: &[u8], frame: &Frame) -> Option<Option<Self>> {
        let (&count, rest) = body.split_first()?;
        let (specs, rest) = rest.split_at_checked(usize::from(count) * 2)?;
        let &[first, last, approximation] = rest else { return None };
        if first > 0 && frame.progressive {
            return Some(None);
        }
        let specs: Vec<_> = specs.chunks_exact(2).map(|spec| (spec[0], (spec[1] >> 4, spec[1] & 15))).collect();
        let same = frame.components.iter().map(|component| component.id).eq(specs.iter().map(|spec| spec.0));
        let tables = specs.into_iter().map(|(_, (first, others))| (first.into(), others.into())).collect();
        let (high, low) = (approximation >> 4, approximation & 15);
        let whole = first == 0 && last == 63 && approximation == 0;
        let known = if frame.progressive { last == 0 && low <= LATER } else { whole };
        (same && known).then_some(Some(Self { tables, last, high, low }))
    }
}
