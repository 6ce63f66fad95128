//! Writes small files that are whole in memory, those that come at the same time in one visit to the disk: what a thread is
//! woken for, and waits for, is then shared by all of them. Many files of some kilobytes cost little else.
//!
//! Each disk has a line of its own: a slow one holds up nobody but its own files.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::disk::{Disk, sync_disk};
use super::folder_sync::sync_folder;
use super::part_file::{OsPartFile, folder_of};

/// Visits to one disk at the same time: it has something to do while one of them waits for it.
const VISITS: u32 = 4;
/// Files of one visit that syncs each of them. The first waits for the last.
const TOGETHER: usize = 16;
/// Visits to a disk that is synced at once: while it is, others come together.
const VISITS_AT_ONCE: u32 = 1;
/// Files of a visit that syncs the disk at once.
const TOGETHER_AT_ONCE: usize = 128;
/// Fewer than this wait a moment for others to come.
const WORTH_A_VISIT: usize = 32;
const A_MOMENT: Duration = Duration::from_millis(5);
/// Fewer are synced one by one: that waits for nothing that others have written.
const FEW: usize = 4;
/// Somebody else is writing much to a disk that takes this long: then files are synced one by one, for so many times as long.
const BUSY: Duration = Duration::from_millis(250);
const TIMES_AS_LONG: u32 = 20;
/// Folders whose disks are remembered.
const FOLDERS: usize = 256;

/// A file that is whole.
#[derive(Debug)]
pub(super) struct WholeFile {
    pub target: PathBuf,
    /// Whether it may take the place of another one.
    pub overwrite: bool,
    pub pieces: Vec<Bytes>,
    pub modified: Option<SystemTime>,
    /// Given up before its turn, it is not made.
    pub cancel: CancellationToken,
}

/// The small files of a storage that are on their way to the disks.
#[derive(Default)]
pub(crate) struct SmallFiles {
    folders: Mutex<HashMap<PathBuf, Disk>>,
    lines: Mutex<HashMap<u64, Line>>,
}

/// Files that wait for a visit to one disk, and how many visits there are.
#[derive(Default)]
struct Line {
    waiting: VecDeque<(WholeFile, Told)>,
    visits: u32,
    busy_until: Option<Instant>,
}

impl Line {
    /// Whether this disk, whose line it is, is to be synced at once.
    fn syncs_at_once(&self, disk: Disk) -> bool {
        disk.is_local && self.busy_until.is_none_or(|until| until <= Instant::now())
    }
}

type Told = oneshot::Sender<io::Result<()>>;

impl SmallFiles {
    /// The disk of a folder, which is there.
    ///
    /// # Errors
    /// `NotFound`: there is no such folder.
    pub(crate) async fn disk(&self, folder: &Path) -> io::Result<Disk> {
        let known = locked(&self.folders).get(folder).copied();
        // To ask somebody else to look would take longer than to look.
        if let Some(disk) = known.filter(|disk| disk.is_local)
            && disk.has(folder)?
        {
            return Ok(disk);
        }
        let path = folder.to_owned();
        let disk = blocking(move || Disk::of(&path)).await?;
        let mut folders = locked(&self.folders);
        if folders.len() >= FOLDERS {
            folders.clear();
        }
        folders.insert(folder.to_owned(), disk);
        Ok(disk)
    }

    /// What is known before anything is fetched: the folder is there, and the name is free where it must be.
    ///
    /// # Errors
    /// `NotFound`: there is no such folder; `AlreadyExists`.
    pub(super) async fn expect_room(&self, target: &Path, overwrite: bool) -> io::Result<Disk> {
        let disk = self.disk(folder_of(target)).await?;
        let path = target.to_owned();
        let is_taken = move || Ok(path.symlink_metadata().is_ok());
        if !overwrite && if disk.is_local { is_taken()? } else { blocking(is_taken).await? } {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Ok(disk)
    }

    /// Makes the file durable and gives it its name.
    ///
    /// # Errors
    /// `Interrupted` when it was given up in time; `AlreadyExists` when the name is taken and must not be; else whatever the
    /// file system says.
    pub(super) async fn write(self: &Arc<Self>, file: WholeFile, disk: Disk) -> io::Result<()> {
        let (told, outcome) = oneshot::channel();
        let begins = {
            let mut lines = locked(&self.lines);
            let line = lines.entry(disk.number).or_default();
            line.waiting.push_back((file, told));
            let begins = line.visits < if line.syncs_at_once(disk) { VISITS_AT_ONCE } else { VISITS };
            line.visits += u32::from(begins);
            begins
        };
        if begins {
            let visits = Visits { files: self.clone(), disk, is_over: false };
            spawn_blocking(move || visits.go_on());
        }
        outcome.await.map_err(io::Error::other)?
    }
}

async fn blocking<T: Send + 'static>(act: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(act).await.map_err(io::Error::other)?
}

fn locked<T>(one: &Mutex<T>) -> MutexGuard<'_, T> {
    one.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Visits to a disk, one after the other, until they end in whatever way.
struct Visits {
    files: Arc<SmallFiles>,
    disk: Disk,
    is_over: bool,
}

impl Visits {
    /// Goes on until nobody waits.
    fn go_on(mut self) {
        while let Some((together, at_once)) = self.next() {
            if let Some(took) = visit(together, at_once.then_some(self.disk)).filter(|took| *took > BUSY) {
                self.line(|line| line.busy_until = Some(Instant::now() + took * TIMES_AS_LONG));
            }
        }
    }

    /// Whom the next visit is for, and whether it may sync the disk at once. `None`: nobody waits.
    fn next(&mut self) -> Option<(Vec<(WholeFile, Told)>, bool)> {
        let at_once = self.line(|line| line.syncs_at_once(self.disk));
        if at_once && self.line(|line| line.waiting.len()) < WORTH_A_VISIT {
            sleep(A_MOMENT);
        }
        let together: Vec<_> = self.line(|line| {
            let some = line.waiting.len().min(if at_once { TOGETHER_AT_ONCE } else { TOGETHER });
            line.visits -= u32::from(some == 0);
            line.waiting.drain(..some).collect()
        });
        self.is_over = together.is_empty();
        (!self.is_over).then_some((together, at_once))
    }

    fn line<T>(&self, act: impl FnOnce(&mut Line) -> T) -> T {
        act(locked(&self.files.lines).entry(self.disk.number).or_default())
    }
}

impl Drop for Visits {
    fn drop(&mut self) {
        if !self.is_over {
            self.line(|line| {
                line.visits -= 1;
                if line.visits == 0 {
                    // Nobody would come for them; each is told that it failed.
                    line.waiting.clear();
                }
            });
        }
    }
}

/// Tells how long the sync of the whole disk took, if there was one.
fn visit(files: Vec<(WholeFile, Told)>, at_once: Option<Disk>) -> Option<Duration> {
    let (files, told): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    // Each step for all of them: one sync of their folder at the end lasts for every name in it.
    let mut made: Vec<_> = files.into_iter().map(make).collect();
    let took = at_once.and_then(|disk| settle_at_once(disk, &made));
    if took.is_none() {
        made = made.into_iter().map(settle).collect();
    }
    let named: Vec<_> = made.into_iter().map(|file| file?.name()).collect();
    let folders: BTreeSet<_> = named.iter().flatten().map(|path| folder_of(path)).collect();
    folders.into_iter().for_each(sync_folder);
    for (told, named) in told.into_iter().zip(named) {
        // Nobody waits for a file that was given up meanwhile.
        let _ = told.send(named.map(drop));
    }
    took
}

fn make(file: WholeFile) -> io::Result<OsPartFile> {
    let WholeFile { target, overwrite, pieces, modified, cancel } = file;
    if cancel.is_cancelled() {
        return Err(io::ErrorKind::Interrupted.into());
    }
    let mut part = OsPartFile::create(&target, overwrite)?;
    part.write_pieces(&pieces)?;
    part.set_modified(modified);
    Ok(part)
}

fn settle(made: io::Result<OsPartFile>) -> io::Result<OsPartFile> {
    let file = made?;
    file.settle()?;
    Ok(file)
}

/// Makes all of them durable by one call, if they are worth it. `None`: they are not, or it failed, and each must say for
/// itself.
fn settle_at_once(disk: Disk, made: &[io::Result<OsPartFile>]) -> Option<Duration> {
    let files: Vec<_> = made.iter().flatten().map(OsPartFile::file).collect();
    let begun = Instant::now();
    (files.len() >= FEW && sync_disk(disk, &files).is_ok()).then(|| begun.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn whole(target: PathBuf, overwrite: bool) -> WholeFile {
        let pieces = vec![Bytes::from_static(b"in two "), Bytes::from_static(b"pieces")];
        let (modified, cancel) = (Some(SystemTime::UNIX_EPOCH), CancellationToken::new());
        WholeFile { target, overwrite, pieces, modified, cancel }
    }

    /// The disk as it is, and as one of which nothing is known.
    fn disks(folder: &Path) -> [Disk; 2] {
        let disk = Disk::of(folder).unwrap();
        [disk, Disk { is_local: false, ..disk }]
    }

    #[tokio::test]
    async fn more_files_than_one_visit_takes_are_all_there_with_their_times() {
        let dir = tempfile::tempdir().unwrap();
        for (round, disk) in disks(dir.path()).into_iter().enumerate() {
            let folder = dir.path().join(round.to_string());
            fs::create_dir(&folder).unwrap();
            let paths: Vec<_> = (0..300).map(|number| folder.join(format!("{number}.txt"))).collect();
            let files = Arc::new(SmallFiles::default());
            let written = paths.iter().map(|path| files.write(whole(path.clone(), false), disk));
            assert!(futures::future::join_all(written).await.iter().all(Result::is_ok));
            for path in &paths {
                assert_eq!(fs::read(path).unwrap(), b"in two pieces");
                assert_eq!(path.metadata().unwrap().modified().unwrap(), SystemTime::UNIX_EPOCH);
            }
            assert_eq!(fs::read_dir(&folder).unwrap().count(), paths.len(), "nothing else is left");
        }
    }

    #[tokio::test]
    async fn one_that_fails_fails_alone() {
        let dir = tempfile::tempdir().unwrap();
        for (round, disk) in disks(dir.path()).into_iter().enumerate() {
            let folder = dir.path().join(round.to_string());
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("taken"), "older").unwrap();
            let files = Arc::new(SmallFiles::default());
            let file = |name: &str, overwrite| files.write(whole(folder.join(name), overwrite), disk);
            let others = futures::future::join_all((0..6).map(|number| file(&format!("{number}"), false)));
            let (others, taken, nowhere) = tokio::join!(others, file("taken", false), file("no/folder", false));
            assert!(others.iter().all(Result::is_ok), "{others:?}");
            assert_eq!(taken.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(nowhere.unwrap_err().kind(), io::ErrorKind::NotFound);
            assert_eq!(fs::read(folder.join("taken")).unwrap(), b"older");
            let given_up = whole(folder.join("given up"), false);
            given_up.cancel.cancel();
            assert_eq!(files.write(given_up, disk).await.unwrap_err().kind(), io::ErrorKind::Interrupted);
            file("taken", true).await.unwrap();
            assert_eq!(fs::read(folder.join("taken")).unwrap(), b"in two pieces");
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 7, "nothing else is left");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_is_synced_at_once_for_more_than_a_few_files_that_are_all_on_it() {
        let dir = tempfile::tempdir().unwrap();
        let [disk, _] = disks(dir.path());
        let made = |count: usize| (0..count).map(|name| make(whole(dir.path().join(name.to_string()), false)));
        assert!(settle_at_once(disk, &made(FEW).collect::<Vec<_>>()).is_some());
        assert!(settle_at_once(disk, &made(FEW - 1).collect::<Vec<_>>()).is_none());
        let other = Disk { number: disk.number + 1, ..disk };
        assert!(settle_at_once(other, &made(FEW).collect::<Vec<_>>()).is_none(), "each is synced by itself");
    }

    #[test]
    fn a_busy_disk_is_left_to_single_syncs_for_a_while() {
        let disk = Disk { number: 1, is_local: true };
        let line = |busy_until| Line { busy_until, ..Line::default() };
        assert!(line(None).syncs_at_once(disk));
        assert!(!line(Some(Instant::now() + BUSY * TIMES_AS_LONG)).syncs_at_once(disk));
        assert!(line(Some(Instant::now())).syncs_at_once(disk));
        assert!(!line(None).syncs_at_once(Disk { is_local: false, ..disk }));
    }

    #[tokio::test]
    async fn a_disk_that_does_not_answer_holds_up_nobody_elses_files() {
        let dir = tempfile::tempdir().unwrap();
        let [disk, _] = disks(dir.path());
        let files = Arc::new(SmallFiles::default());
        let dead = Disk { number: disk.number + 1, is_local: false };
        // As many visits as there may be, none of which comes back.
        locked(&files.lines).entry(dead.number).or_default().visits = VISITS;
        let stuck = files.write(whole(dir.path().join("stuck"), false), dead);
        let other = files.write(whole(dir.path().join("other"), false), disk);
        tokio::select! {
            _ = stuck => panic!("nobody visits that disk"),
            written = other => written.unwrap(),
        }
        assert!(dir.path().join("other").exists());
    }

    #[tokio::test]
    async fn room_is_looked_for_in_the_folder_as_it_is_now() {
        let dir = tempfile::tempdir().unwrap();
        let files = SmallFiles::default();
        let target = dir.path().join("folder/file");
        assert_eq!(files.expect_room(&target, false).await.unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::create_dir(dir.path().join("folder")).unwrap();
        let disk = files.expect_room(&target, false).await.unwrap();
        assert_eq!(disk, Disk::of(dir.path()).unwrap());
        fs::write(&target, "here").unwrap();
        assert_eq!(files.expect_room(&target, false).await.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(files.expect_room(&target, true).await.unwrap(), disk);
        fs::remove_dir_all(dir.path().join("folder")).unwrap();
        assert_eq!(files.expect_room(&target, true).await.unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
