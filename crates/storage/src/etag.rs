//! What an ETag tells of a content, without asking the server.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use md5::{Digest, Md5};

use crate::body::{Patched, Patches};
use crate::transfer::{DEFAULT_PART_SIZE, hex, usual_part};

/// Amplify's, and s5cmd's.
const OTHER_PART_SIZES: [u64; 2] = [5 << 20, 50 << 20];

/// Part sizes that are in use: ours and that of the AWS tools, which are powers of two, and those of others.
fn part_sizes(size: u64) -> impl Iterator<Item = u64> {
    let usual = usual_part(size);
    let powers = (0..10).map(|double| DEFAULT_PART_SIZE << double).filter(move |part| *part != usual);
    std::iter::once(usual).chain(powers).chain(OTHER_PART_SIZES)
}

/// Whether a file is the content that has this ETag (without quotes). Blocks on the disk.
///
/// S3's ETag is the MD5 of what was sent in one request, or the MD5 of the MD5s of its parts with their number. `None`: it
/// is neither, as with a customer's key, or the parts had another size, so that it tells nothing.
///
/// # Errors
/// The file cannot be read.
pub fn file_has_etag(path: &Path, etag: &str) -> io::Result<Option<bool>> {
    has_etag(|| File::open(path), || Ok(path.metadata()?.len()), etag)
}

/// As [`file_has_etag`], of the file with its patches.
///
/// # Errors
/// The file cannot be read.
pub fn patched_has_etag(path: &Path, patches: &Patches, etag: &str) -> io::Result<Option<bool>> {
    let open = || Ok(Patched { content: File::open(path)?, patches, at: 0 });
    has_etag(open, || Ok(path.metadata()?.len()), etag)
}

/// As [`file_has_etag`] of the first `size` bytes of a file that is open for reading. Its place in the file moves.
pub(crate) fn open_file_has_etag(file: impl Read + Seek, size: u64, etag: &str) -> io::Result<Option<bool>> {
    let file = RefCell::new(file);
    let again = || {
        file.borrow_mut().rewind()?;
        Ok(Shared(&file).take(size))
    };
    has_etag(again, || Ok(size), etag)
}

/// Reads what is read again from its start later.
struct Shared<'a, R>(&'a RefCell<R>);

impl<R: Read> Read for Shared<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(into)
    }
}

/// Whether bytes are the content that has this ETag (without quotes), as [`file_has_etag`].
pub fn bytes_have_etag(bytes: &[u8], etag: &str) -> Option<bool> {
    has_etag(|| Ok(bytes), || Ok(bytes.len() as u64), etag).unwrap_or(None)
}

fn has_etag<R: Read>(
    open: impl Fn() -> io::Result<R>,
    size: impl Fn() -> io::Result<u64>,
    etag: &str,
) -> io::Result<Option<bool>> {
    let (sum, parts) = etag.split_once('-').map_or((etag, None), |(sum, parts)| (sum, Some(parts)));
    if sum.len() != 32 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let has = |part_size| etag_of(open()?, part_size).map(|own| own.eq_ignore_ascii_case(etag));
    let Some(parts) = parts else { return has(None).map(Some) };
    let Ok(parts) = parts.parse::<u64>() else { return Ok(None) };
    let size = size()?;
    for part_size in part_sizes(size).filter(|part_size| size.div_ceil(*part_size) == parts) {
        if has(Some(part_size))? {
            return Ok(Some(true));
        }
    }
    Ok(None)
}

/// The ETag that S3 would give the content, sent in one request or in parts.
fn etag_of(mut content: impl Read, part_size: Option<u64>) -> io::Result<String> {
    let mut sums = Vec::new();
    loop {
        let (sum, read) = md5_of((&mut content).take(part_size.unwrap_or(u64::MAX)))?;
        if part_size.is_none() {
            return Ok(hex(&sum));
        }
        if read == 0 {
            break;
        }
        sums.push(sum);
    }
    Ok(format!("{}-{}", hex(&Md5::digest(sums.concat())), sums.len()))
}

fn md5_of(mut content: impl Read) -> io::Result<([u8; 16], u64)> {
    let (mut hash, mut buffer, mut all) = (Md5::new(), vec![0; 1 << 16], 0);
    loop {
        let read = content.read(&mut buffer)?;
        if read == 0 {
            return Ok((hash.finalize().into(), all));
        }
        all += read as u64;
        hash.update(&buffer[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_in_one_request_is_told_by_its_md5() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("hello");
        std::fs::write(&file, b"Hello").unwrap();
        assert_eq!(file_has_etag(&file, "8b1a9953c4611296a827abf8c47804d7").unwrap(), Some(true));
        assert_eq!(file_has_etag(&file, "8B1A9953C4611296A827ABF8C47804D7").unwrap(), Some(true));
        assert_eq!(file_has_etag(&file, "00000000000000000000000000000000").unwrap(), Some(false));
        for nothing in ["8b1a9953c4611296a827abf8c47804d7-2", "8b1a9953c4611296a827abf8c47804d7-x", "", "encrypted"] {
            assert_eq!(file_has_etag(&file, nothing).unwrap(), None, "{nothing}");
        }
        assert!(file_has_etag(&dir.path().join("none"), "8b1a9953c4611296a827abf8c47804d7").is_err());
    }

    #[test]
    fn what_was_sent_in_parts_is_told_by_its_parts() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("large");
        let bytes: Vec<u8> = (0..(12_u32 << 20)).map(|at| (at ^ (at >> 9)) as u8).collect();
        std::fs::write(&file, &bytes).unwrap();
        for part in [8 << 20, 5 << 20, 16 << 20, 50 << 20] {
            let sums: Vec<u8> = bytes.chunks(part).flat_map(Md5::digest).collect();
            let etag = format!("{}-{}", hex(&Md5::digest(sums)), bytes.len().div_ceil(part));
            assert_eq!(file_has_etag(&file, &etag).unwrap(), Some(true), "parts of {part}");
            assert_eq!(bytes_have_etag(&bytes, &etag), Some(true), "parts of {part}");
        }
        assert_eq!(file_has_etag(&file, "00000000000000000000000000000000-2").unwrap(), None, "other parts, perhaps");
    }
}
