//! Huffman codes (ITU-T T.81, Annexes C and F.2.2), as tables that take in at one look what a window of bits holds: a whole
//! difference, or several coefficients that are only passed over.

/// Bits in a table's window. At this size the tables of luma and colours stay in a core's nearest cache.
pub(super) const WINDOW: u32 = 12;
const ENTRIES: usize = 1 << WINDOW;
/// Bits of a coefficient's value, of eight bits a sample.
pub(super) const LARGEST: u32 = 10;
/// Added to the coefficients that an entry passes when the block ends with them.
const ENDS: u16 = 128;
/// Passes so many that the block is over: no entry, look at one code alone.
const ALONE: u16 = 64 << 5;

/// A table as a file brings it.
#[derive(Debug, Clone)]
pub(super) struct Huffman {
    /// For each length, where in 16 bits the codes of this length and the shorter ones end.
    ends: [u32; 17],
    /// For each length, what leads from a code to its symbol.
    offsets: [u32; 17],
    symbols: Vec<u8>,
}

impl Huffman {
    /// Reads how many codes there are of each length, and their symbols. Gives what follows them, too.
    pub(super) fn read(body: &[u8]) -> Option<(Self, &[u8])> {
        let (counts, rest) = body.split_first_chunk::<16>()?;
        let all = counts.iter().map(|&count| usize::from(count)).sum();
        let (symbols, rest) = rest.split_at_checked(all)?;
        let (mut ends, mut offsets) = ([0; 17], [0; 17]);
        let (mut code, mut index) = (0_u32, 0_u32);
        for (length, &count) in (1..).zip(counts) {
            code <<= 1;
            offsets[length] = index.wrapping_sub(code);
            code += u32::from(count);
            index += u32::from(count);
            if code > 1 << length {
                return None;
            }
            ends[length] = code << (16 - length);
        }
        Some((Self { ends, offsets, symbols: symbols.to_vec() }, rest))
    }

    /// The code that 16 bits begin with: its length and its symbol.
    pub(super) fn symbol(&self, bits: u32) -> Option<(u32, u8)> {
        let length = (1..17).find(|&length| bits < self.ends[length])?;
        let code = bits >> (16 - length);
        let symbol = self.symbols.get(code.wrapping_add(self.offsets[length]) as usize)?;
        Some((length as u32, *symbol))
    }
}

/// What one look says of the first coefficient of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Difference {
    pub(super) value: i16,
    /// Of code and value; zero where the window is too small for both.
    pub(super) bits: u8,
}

/// Reads differences between first coefficients.
pub(super) struct Differences {
    pub(super) huffman: Huffman,
    table: Box<[Difference; ENTRIES]>,
}

impl Differences {
    pub(super) fn new(huffman: &Huffman) -> Self {
        let mut table = Box::new([Difference::default(); ENTRIES]);
        for (window, entry) in (0_u32..).zip(table.iter_mut()) {
            if let Some((length, size)) = huffman.symbol(window << (16 - WINDOW)) {
                let bits = length + u32::from(size);
                if bits <= WINDOW {
                    let value = window >> (WINDOW - bits) & ((1 << size) - 1);
                    *entry = Difference { value: extended(value, size.into()), bits: bits as u8 };
                }
            }
        }
        Self { huffman: huffman.clone(), table }
    }

    /// By the first bits of 64.
    #[inline(always)]
    pub(super) fn look(&self, held: u64) -> Difference {
        self.table[(held >> (64 - WINDOW)) as usize]
    }
}

/// The value that these bits stand for (F.2.2.1): the lower half of them is negative.
pub(super) fn extended(bits: u32, size: u32) -> i16 {
    let lowest = if size > 0 && bits >> (size - 1) == 0 { 1 - (1_i32 << size) } else { 0 };
    (bits as i32 + lowest) as i16
}

/// Passes over the other coefficients.
pub(super) struct Skips {
    pub(super) huffman: Huffman,
    table: Box<[u16; ENTRIES]>,
}

/// What one look passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Skip(u16);

impl Skip {
    fn new(bits: u32, coefficients: u16) -> Self {
        Self(coefficients << 5 | bits as u16)
    }

    /// Of codes and values: at most the window and one value.
    #[inline(always)]
    pub(super) fn bits(self) -> u32 {
        u32::from(self.0 & 31)
    }

    /// The next coefficient, when `at` was. From 64 on it is what [`Skip::ended`] says.
    #[inline(always)]
    pub(super) fn next(self, at: u32) -> u32 {
        at + u32::from(self.0 >> 5)
    }

    /// Whether a next coefficient behind the last one means that the block came to its end as it should. If not, what was
    /// looked at reaches into the next block.
    #[inline(always)]
    pub(super) fn ended(next: u32) -> bool {
        (u32::from(ENDS)..u32::from(ENDS) + 64).contains(&next)
    }
}

impl Skips {
    pub(super) fn new(huffman: &Huffman) -> Self {
        let mut table = Box::new([ALONE; ENTRIES]);
        for (window, entry) in (0_u32..).zip(table.iter_mut()) {
            *entry = skipped(huffman, window << (16 - WINDOW)).0;
        }
        Self { huffman: huffman.clone(), table }
    }

    /// By the first bits of 64.
    #[inline(always)]
    pub(super) fn look(&self, held: u64) -> Skip {
        Skip(self.table[(held >> (64 - WINDOW)) as usize])
    }
}

/// All that begins with a whole code in the window.
fn skipped(huffman: &Huffman, window: u32) -> Skip {
    let (mut bits, mut coefficients) = (0, 0);
    while bits < WINDOW
        && let Some((length, symbol)) = huffman.symbol(window << bits & 0xffff)
        && bits + length <= WINDOW
        && let Some(passed) = Passed::by(symbol)
    {
        match passed {
            Passed::End => return Skip::new(bits + length, coefficients + ENDS),
            Passed::Some { coefficients: more, .. } if coefficients + more > 63 => break,
            Passed::Some { coefficients: more, value } => {
                coefficients += more;
                bits += length + value;
            }
        }
    }
    if bits == 0 { Skip(ALONE) } else { Skip::new(bits, coefficients) }
}

/// What a symbol passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed {
    /// All that is left of the block.
    End,
    /// Zeros, and mostly one coefficient with a value of so many bits.
    Some { coefficients: u16, value: u32 },
}

impl Passed {
    /// By the symbols of a scan of whole blocks (F.1.2.2). None: there is no such symbol.
    pub(super) fn by(symbol: u8) -> Option<Self> {
        match (symbol >> 4, u32::from(symbol & 15)) {
            (0, 0) => Some(Self::End),
            (15, 0) => Some(Self::Some { coefficients: 16, value: 0 }),
            (_, 0) => None,
            (zeros, value) => (value <= LARGEST).then(|| Self::Some { coefficients: u16::from(zeros) + 1, value }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes 0 for the end, 10 for a value of one bit, 110 for two zeros and a value of three, 1110 for sixteen zeros.
    fn huffman() -> Huffman {
        let body = [&[1, 1, 1, 1][..], &[0; 12], &[0x00, 0x01, 0x23, 0xf0], b"rest"].concat();
        let (huffman, rest) = Huffman::read(&body).unwrap();
        assert_eq!(rest, b"rest");
        huffman
    }

    #[test]
    fn codes_are_told_by_their_length() {
        let symbol = |bits: u32| huffman().symbol(bits);
        assert_eq!(symbol(0b0111_1111_1111_1111), Some((1, 0x00)));
        assert_eq!(symbol(0b1011_1111_1111_1111), Some((2, 0x01)));
        assert_eq!(symbol(0b1100_0000_0000_0000), Some((3, 0x23)));
        assert_eq!(symbol(0b1110_0000_0000_0000), Some((4, 0xf0)));
        assert_eq!(symbol(0b1111_0000_0000_0000), None, "no code begins so");
    }

    #[test]
    fn more_codes_than_their_lengths_have_room_for_are_no_table() {
        let body = |counts: &[u8]| [counts, &vec![0; 16 - counts.len()], &[0; 512]].concat();
        assert!(Huffman::read(&body(&[2])).is_some());
        assert!(Huffman::read(&body(&[3])).is_none());
        assert!(Huffman::read(&body(&[1, 3])).is_none());
        assert!(Huffman::read(&body(&[0, 4])[..19]).is_none(), "its symbols are cut short");
    }

    #[test]
    fn one_look_passes_what_a_window_holds_and_no_more() {
        let skips = Skips::new(&huffman());
        let look = |bits: u64| skips.look(bits << 48);
        let end = look(0b0111_1111_1111_1111);
        assert_eq!((end.bits(), Skip::ended(end.next(1))), (1, true));
        let several = look(0b1011_1000_1011_1111);
        assert_eq!((several.bits(), several.next(1)), (10, 1 + 1 + 3 + 128), "a value of one bit, of three, the end");
    }

    #[test]
    fn a_value_may_reach_out_of_the_window_but_a_code_may_not() {
        let skips = Skips::new(&huffman());
        // Twice sixteen zeros, a value of one bit, and a code that the window cuts.
        let cut = skips.look(0b1110_1110_1011_1000 << 48);
        assert_eq!((cut.bits(), cut.next(1)), (11, 1 + 16 + 16 + 1));
        let reaching = skips.look(0b1110_1110_1100_0000 << 48);
        assert_eq!((reaching.bits(), reaching.next(1)), (14, 1 + 16 + 16 + 3));
    }

    #[test]
    fn a_difference_is_read_with_its_sign_where_it_fits() {
        let differences = Differences::new(&huffman());
        let look = |bits: u64| differences.look(bits << 48);
        assert_eq!(look(0), Difference { value: 0, bits: 1 });
        assert_eq!(look(0b1000_0000_0000_0000), Difference { value: -1, bits: 3 });
        assert_eq!(look(0b1010_0000_0000_0000), Difference { value: 1, bits: 3 });
        assert_eq!(look(0b1100_0000_0000_0000).bits, 0, "35 bits fit in no window");
        assert_eq!([extended(0, 3), extended(3, 3), extended(4, 3), extended(7, 3)], [-7, -4, 4, 7]);
    }
}
