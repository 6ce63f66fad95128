//! Whether a file that was fetched is what the server has: by the checksum that it tells of the whole, by that of the
//! checksums of its parts where it also tells the parts' sizes, else by the ETag. What cannot be asked is no reason to fail.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use aws_sdk_s3::types::{ChecksumMode, ChecksumType, ServerSideEncryption};
use futures::stream::{self, StreamExt, TryStreamExt};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::checksum::{Algorithm, Hasher, composed};
use crate::control::Control;
use crate::encryption::with_customer_key;
use crate::error::{ErrorKind, StorageError};
use crate::etag::open_file_has_etag;
use crate::list::unquoted;
use crate::storage::{Storage, Target};
use crate::transfer::MAX_PARTS;

/// Parts that are asked for their sizes at the same time.
const AT_ONCE: usize = 8;
/// What one look at the file reads.
const PIECE: usize = 1024 * 1024;

/// What a server tells of the content of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// S3's `FULL_OBJECT`.
    OfWhole(Algorithm, String),
    /// S3's `COMPOSITE`, with the number of parts.
    OfParts(Algorithm, String, usize),
}

impl Told {
    /// Of what an answer shows: the ETag, the kind and each checksum.
    pub fn read(
        etag: Option<&str>,
        kind: Option<&ChecksumType>,
        shown: impl Fn(Algorithm) -> Option<String>,
    ) -> Option<Self> {
        let (algorithm, value) = Algorithm::ALL.into_iter().find_map(|one| Some((one, shown(one)?)))?;
        if let Some((sum, parts)) = value.rsplit_once('-') {
            let parts = parts.parse().ok().filter(|parts| *parts <= MAX_PARTS as usize && algorithm.fits(sum))?;
            return Some(Self::OfParts(algorithm, value, parts));
        }
        let of_whole = match kind {
            Some(kind) => *kind == ChecksumType::FullObject,
            // Older and other servers do not say which it is, and some leave out the number of parts too. CRC-64 is never
            // one of parts, and what has no parts has none of parts.
            None => algorithm == Algorithm::Crc64Nvme || !is_of_parts(etag),
        };
        (of_whole && algorithm.fits(&value)).then_some(Self::OfWhole(algorithm, value))
    }
}

/// S3's ETag of what was sent in parts ends with their number.
fn is_of_parts(etag: Option<&str>) -> bool {
    let parts = unquoted(etag).rsplit_once('-').map(|(_, parts)| parts.parse::<u32>().is_ok());
    parts.unwrap_or(false)
}

/// What an answer to GET or HEAD tells: the two are shown alike, but are two types.
macro_rules! told_of {
    ($answer:expr) => {
        $crate::download::proof::Told::read($answer.e_tag(), $answer.checksum_type(), |algorithm| {
            $crate::checksum::told_checksum!($answer, algorithm)
        })
    };
}
pub(super) use told_of;

/// A version, and the file that ought to be it.
pub(super) struct Fetched<'a> {
    pub storage: &'a Storage,
    pub target: &'a Target,
    /// Without quotes.
    pub etag: &'a str,
    pub size: u64,
    /// Open for reading; its first `size` bytes count. Nobody else reads it meanwhile.
    pub file: File,
    /// The CRC-64 of the whole, where it is known without reading.
    pub crc64: Option<String>,
    pub readers: Readers,
}

/// Who reads the file.
#[derive(Default)]
pub(super) struct Readers {
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// What the server says of the version.
#[derive(Default)]
struct Head {
    told: Option<Told>,
    /// An ETag of encrypted content is no MD5, though it looks like one.
    etag_is_md5: bool,
}

impl Fetched<'_> {
    /// Fails with `Damaged` where the server's checksums say that the file is not its content. Costs one request and a reading
    /// of the file unless its CRC-64 is all that is asked for; where the server tells of parts, two more requests, or one
    /// for each part where their sizes are uneven. Nobody reads the file any more when this returns.
    pub async fn prove(&self, control: &Control) -> Result<(), StorageError> {
        let proved = control.run("download", self.target.key.as_str(), self.compare()).await;
        self.readers.end().await;
        proved
    }

    async fn compare(&self) -> Result<(), StorageError> {
        let Head { told, etag_is_md5 } = self.head().await;
        match told {
            Some(Told::OfWhole(Algorithm::Crc64Nvme, told)) if self.crc64.is_some() => {
                self.judge(self.crc64.as_ref() == Some(&told), "checksum")
            }
            Some(Told::OfWhole(algorithm, told)) => {
                let sums = self.sums(algorithm, vec![self.size]).await?;
                self.judge(sums == [told], "checksum")
            }
            Some(Told::OfParts(algorithm, told, count)) => self.prove_parts(algorithm, &told, count).await,
            None if etag_is_md5 => self.prove_etag(|has| has != Some(false)).await,
            None => Ok(()),
        }
    }

    async fn prove_parts(&self, algorithm: Algorithm, told: &str, count: usize) -> Result<(), StorageError> {
        // All parts but the last have one size with nearly every client: two requests tell it, where asking each part takes
        // as many as there are.
        if let Some(sizes) = self.even_sizes(count).await
            && self.is_composed_of(algorithm, told, sizes).await?
        {
            return Ok(());
        }
        let Some(sizes) = self.all_sizes(count).await else { return self.prove_etag(|has| has != Some(false)).await };
        if self.is_composed_of(algorithm, told, sizes).await? {
            return Ok(());
        }
        // A server may put the parts' checksums together in a way of its own: content that has its ETag is right.
        self.prove_etag(|has| has == Some(true)).await
    }

    async fn prove_etag(&self, is_enough: impl Fn(Option<bool>) -> bool) -> Result<(), StorageError> {
        let (etag, size) = (self.etag.to_owned(), self.size);
        let has = self.reading(move |file| open_file_has_etag(file, size, &etag)).await?;
        self.judge(is_enough(has), "ETag")
    }

    fn judge(&self, is_it: bool, by: &str) -> Result<(), StorageError> {
        if is_it {
            return Ok(());
        }
        let error = StorageError::new(ErrorKind::Damaged, "download", self.target.key.as_str());
        Err(error.with_detail(format!("the server's {by} is another")))
    }

    async fn head(&self) -> Head {
        if self.storage.store().is_some() {
            return Head { told: None, etag_is_md5: true };
        }
        self.told_by_server().await.unwrap_or_default()
    }

    async fn told_by_server(&self) -> Option<Head> {
        let request = self.storage.client().head_object().bucket(self.storage.bucket()).key(&self.target.full);
        let request = with_customer_key!(request, self.storage).checksum_mode(ChecksumMode::Enabled);
        let answer = request.if_match(format!("\"{}\"", self.etag)).send().await.ok()?;
        // Not every server minds the condition.
        if unquoted(answer.e_tag()) != self.etag {
            return None;
        }
        let is_plain = answer.sse_customer_algorithm().is_none()
            && matches!(answer.server_side_encryption(), None | Some(ServerSideEncryption::Aes256));
        Some(Head { told: told_of!(answer), etag_is_md5: is_plain })
    }

    /// The sizes of so many parts as they are when only the last may be smaller. `None`: they are not, or it is not told.
    async fn even_sizes(&self, count: usize) -> Option<Vec<u64>> {
        let first = self.part_size(1, count).await?;
        let before_last = u64::try_from(count).ok()?.checked_sub(1)?.checked_mul(first)?;
        let last = self.size.checked_sub(before_last).filter(|last| *last <= first)?;
        (last > 0 || self.size == 0).then(|| (1..count).map(|_| first).chain([last]).collect())
    }

    async fn all_sizes(&self, count: usize) -> Option<Vec<u64>> {
        let numbers = 1..=i32::try_from(count).ok()?;
        let asking = numbers.map(|number| async move { self.part_size(number, count).await.ok_or(()) });
        let sizes: Vec<u64> = stream::iter(asking).buffered(AT_ONCE).try_collect().await.ok()?;
        (sizes.iter().sum::<u64>() == self.size).then_some(sizes)
    }

    /// `None` where the server does not tell parts.
    async fn part_size(&self, number: i32, count: usize) -> Option<u64> {
        let request = self.storage.client().head_object().bucket(self.storage.bucket()).key(&self.target.full);
        let request = with_customer_key!(request, self.storage).part_number(number);
        let answer = request.if_match(format!("\"{}\"", self.etag)).send().await.ok()?;
        let is_of_these = answer.parts_count().and_then(|parts| usize::try_from(parts).ok()) == Some(count);
        let size = answer.content_length().and_then(|size| u64::try_from(size).ok());
        size.filter(|_| is_of_these && unquoted(answer.e_tag()) == self.etag)
    }

    async fn is_composed_of(&self, algorithm: Algorithm, told: &str, sizes: Vec<u64>) -> Result<bool, StorageError> {
        let sums = self.sums(algorithm, sizes).await?;
        Ok(composed(algorithm, sums.iter().map(String::as_str)).as_deref() == Some(told))
    }

    /// The checksums of what the file holds, piece after piece of these sizes.
    async fn sums(&self, algorithm: Algorithm, sizes: Vec<u64>) -> Result<Vec<String>, StorageError> {
        self.reading(move |mut file| {
            file.rewind()?;
            sizes.into_iter().map(|size| sum(algorithm, &mut file, size)).collect()
        })
        .await
    }

    async fn reading<T: Send + 'static>(
        &self,
        read: impl FnOnce(Watched) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StorageError> {
        let read = match self.file.try_clone() {
            Ok(file) => self.readers.run(file, read).await,
            Err(error) => Err(error),
        };
        read.map_err(|error| StorageError::of_io(error, "download", self.target.key.as_str()))
    }
}

impl Readers {
    async fn run<T: Send + 'static>(
        &self,
        file: File,
        read: impl FnOnce(Watched) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let file = Watched { file, stop: self.stop.clone() };
        self.tasks.spawn_blocking(move || read(file)).await.map_err(io::Error::other).flatten()
    }

    /// Stops those that nobody waits for any more: their handles would hold the lock on the file.
    async fn end(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// A file that is read until somebody stops it.
struct Watched {
    file: File,
    stop: CancellationToken,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_cancelled() {
            return Err(io::Error::other("stopped"));
        }
        self.file.read(into)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

fn sum(algorithm: Algorithm, file: &mut impl Read, size: u64) -> io::Result<String> {
    let (mut hasher, mut piece, mut left) = (Hasher::new(algorithm), vec![0; PIECE], size);
    while left > 0 {
        let len = left.min(PIECE as u64) as usize;
        file.read_exact(&mut piece[..len])?;
        hasher.update(&piece[..len]);
        left -= len as u64;
    }
    Ok(hasher.finish())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test]
    async fn nobody_reads_a_file_any_more_once_its_proof_was_stopped() {
        let (readers, held) = (Readers::default(), Arc::new(()));
        let (begun, begins) = tokio::sync::oneshot::channel();
        let mine = held.clone();
        let endless = readers.run(File::open("/dev/zero").unwrap(), move |mut file| {
            let _mine = mine;
            let _ = begun.send(());
            io::copy(&mut file, &mut io::sink())
        });
        tokio::select! {
            _ = endless => panic!("it has no end"),
            begun = begins => begun.unwrap(),
        }
        readers.end().await;
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
