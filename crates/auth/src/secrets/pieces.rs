//! Cuts a secret into pieces that every keychain takes, and puts them together again. Does no I/O.
//!
//! Each piece starts with how many there are, its place, and a check of the whole secret: pieces of two writings never pass for one.

use super::Secret;
use zeroize::Zeroizing;

/// Windows refuses a secret above 2,560 bytes; this leaves room.
pub(super) const LONGEST_PIECE: usize = 2_400;
const HEAD: usize = 1 + 1 + 8;

/// Cuts a secret. None if it would take more than 255 pieces.
pub(super) fn cut(secret: &Secret) -> Option<Vec<Zeroizing<Vec<u8>>>> {
    let bytes = secret.reveal();
    let check = check(bytes);
    let count = u8::try_from(bytes.len().div_ceil(LONGEST_PIECE - HEAD).max(1)).ok()?;
    let pieces = (0..count).map(|place| {
        let start = usize::from(place) * (LONGEST_PIECE - HEAD);
        let end = bytes.len().min(start + LONGEST_PIECE - HEAD);
        let mut piece = Zeroizing::new(Vec::with_capacity(HEAD + end - start));
        piece.extend([count, place]);
        piece.extend(check);
        piece.extend(&bytes[start..end]);
        piece
    });
    Some(pieces.collect())
}

/// How many pieces there are, as the first one says.
pub(super) fn count(first: &[u8]) -> u8 {
    first.first().copied().unwrap_or(0)
}

/// Puts pieces together. None if one is missing or from another writing.
pub(super) fn join(pieces: &[Zeroizing<Vec<u8>>]) -> Option<Secret> {
    let head = pieces.first()?.get(..HEAD)?;
    let mut whole = Zeroizing::new(Vec::new());
    for (place, piece) in pieces.iter().enumerate() {
        let (own, rest) = piece.split_at_checked(HEAD)?;
        let in_place = own[0] == head[0] && usize::from(own[1]) == place && own[2..] == head[2..];
        if !in_place {
            return None;
        }
        whole.extend_from_slice(rest);
    }
    let is_whole = pieces.len() == usize::from(head[0]) && check(&whole) == head[2..];
    is_whole.then_some(Secret(whole))
}

/// FNV-1a, 64 bit: tells writings apart; it is no protection and needs to be none.
fn check(bytes: &[u8]) -> [u8; 8] {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash.to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(length: usize) -> Secret {
        Secret::new((0..length).map(|at| (at % 251) as u8).collect::<Vec<_>>())
    }

    #[test]
    fn no_piece_is_longer_than_a_keychain_takes() {
        for length in [0, 1, 1_800, 2_390, 2_391, 2_400, 2_401, 4_780, 4_781, 100_000] {
            let pieces = cut(&secret(length)).unwrap();
            assert!(pieces.iter().all(|piece| piece.len() <= 2_400), "{length} bytes");
            assert_eq!(usize::from(count(&pieces[0])), pieces.len());
            assert_eq!(join(&pieces), Some(secret(length)), "{length} bytes come back");
        }
    }

    #[test]
    fn pieces_of_two_writings_are_no_secret() {
        let (old, new) = (cut(&secret(5_000)).unwrap(), cut(&secret(5_001)).unwrap());
        assert_eq!(join(&[old[0].clone(), new[1].clone(), new[2].clone()]), None);
        assert_eq!(join(&[new[0].clone(), new[1].clone()]), None, "one is missing");
        assert_eq!(join(&[]), None);
        assert_eq!(join(&[Zeroizing::new(vec![1])]), None, "something else under this name");
    }

    #[test]
    fn a_secret_that_is_absurdly_long_is_not_cut() {
        assert_eq!(cut(&secret(1 << 20)), None);
    }
}
