//! Which disk a folder is on, what may be asked of it, and how all that was written to it becomes durable at once.

use std::fs::File;
use std::io;
use std::path::Path;

/// A disk that a folder is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Disk {
    /// Which one: the number of its device; elsewhere than on Unix one that stands for its drive or share.
    pub number: u64,
    /// It is known to be one of this computer's: it answers without a network, and [`sync_disk`] lasts for all of it.
    pub is_local: bool,
}

impl Disk {
    /// May block for as long as a network does.
    ///
    /// # Errors
    /// The folder is not there.
    pub fn of(folder: &Path) -> io::Result<Self> {
        Ok(Self { number: number_of(folder)?, is_local: is_local(folder) })
    }

    /// Whether the folder is still on it. Blocks no longer than it does.
    ///
    /// # Errors
    /// The folder is not there.
    pub fn has(self, folder: &Path) -> io::Result<bool> {
        Ok(number_of(folder)? == self.number)
    }
}

#[cfg(unix)]
fn number_of(folder: &Path) -> io::Result<u64> {
    use std::os::unix::fs::MetadataExt;
    folder.metadata().map(|about| about.dev())
}

#[cfg(not(unix))]
fn number_of(folder: &Path) -> io::Result<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut number = DefaultHasher::new();
    folder.metadata()?;
    // The drive or the share of "C:\…", "\\server\share\…".
    std::path::absolute(folder)?.components().next().hash(&mut number);
    Ok(number.finish())
}

/// The file systems whose syncfs(2) is known to bring data, names and the device's own cache to rest, and to tell what went
/// wrong (statfs(2) for their numbers). Of a file system in user space it says nothing, of one laid over others it keeps their
/// failures, and on a network it waits for strangers.
#[cfg(target_os = "linux")]
const LOCAL: [u32; 4] = [
    0xef53,      // ext2, ext3, ext4
    0x5846_5342, // XFS
    0x9123_683e, // Btrfs
    0x0102_1994, // tmpfs
];

#[cfg(target_os = "linux")]
fn is_local(folder: &Path) -> bool {
    // The number is 32 bits; how wide the field is depends on the processor.
    *SYNC_TELLS && rustix::fs::statfs(folder).is_ok_and(|about| LOCAL.contains(&(about.f_type as u32)))
}

/// Before Linux 5.8 syncfs(2) told of no failure.
#[cfg(target_os = "linux")]
static SYNC_TELLS: std::sync::LazyLock<bool> = std::sync::LazyLock::new(|| {
    let system = rustix::system::uname();
    let release = system.release().to_string_lossy();
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map_while(|number| number.parse::<u32>().ok());
    numbers.next().zip(numbers.next()).is_some_and(|version| version >= (5, 8))
});

#[cfg(not(target_os = "linux"))]
fn is_local(_folder: &Path) -> bool {
    false
}

/// Makes durable what these files hold, and whatever else was written to their disk. The first was opened before any of the
/// others was written to.
///
/// # Errors
/// They are not on this disk, something could not be written since the first was opened, or the system has no such call. Then
/// each has to be synced by itself.
#[cfg(target_os = "linux")]
pub(super) fn sync_disk(disk: Disk, files: &[&File]) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    for file in files {
        // A folder may have become another disk's since it was looked at.
        if file.metadata()?.dev() != disk.number {
            return Err(io::ErrorKind::CrossesDevices.into());
        }
    }
    Ok(files.first().map_or(Ok(()), rustix::fs::syncfs)?)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn sync_disk(_disk: Disk, _files: &[&File]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
