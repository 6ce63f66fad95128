//! Writes small files that are whole in memory, those that come at the same time in one visit to the disk: what a thread is
//! woken for, and waits for, is then shared by all of them. Many files of some kilobytes cost little else.

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::folder_sync::sync_folder;
use super::part_file::{OsPartFile, folder_of};

/// Visits at the same time: the disk has something to do while one of them waits for it.
const VISITS: u32 = 4;
/// Files of one visit. The first of them waits for the last.
const TOGETHER: usize = 16;

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

/// The small files of a storage that are on their way to the disk.
#[derive(Default)]
pub(crate) struct SmallFiles(Mutex<Line>);

/// Files that wait for a visit, and how many visits there are.
#[derive(Default)]
struct Line {
    waiting: VecDeque<(WholeFile, Told)>,
    visits: u32,
}

type Told = oneshot::Sender<io::Result<()>>;

impl SmallFiles {
    /// Makes the file durable and gives it its name.
    ///
    /// # Errors
    /// `Interrupted` when it was given up in time; `AlreadyExists` when the name is taken and must not be; else whatever the
    /// file system says.
    pub(super) async fn write(self: &Arc<Self>, file: WholeFile) -> io::Result<()> {
        let (told, outcome) = oneshot::channel();
        let begins = {
            let mut line = self.line();
            line.waiting.push_back((file, told));
            let begins = line.visits < VISITS;
            line.visits += u32::from(begins);
            begins
        };
        if begins {
            let visit = Visit { files: self.clone(), is_over: false };
            spawn_blocking(move || visit.go_on());
        }
        outcome.await.map_err(io::Error::other)?
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of the visits, until it ends in whatever way.
struct Visit {
    files: Arc<SmallFiles>,
    is_over: bool,
}

impl Visit {
    /// Goes on until nobody waits.
    fn go_on(mut self) {
        let files = self.files.clone();
        loop {
            let mut line = files.line();
            let some = line.waiting.len().min(TOGETHER);
            if some == 0 {
                line.visits -= 1;
                self.is_over = true;
                return;
            }
            let together = line.waiting.drain(..some).collect();
            drop(line);
            visit(together);
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if !self.is_over {
            self.files.line().visits -= 1;
        }
    }
}

fn visit(files: Vec<(WholeFile, Told)>) {
    let (files, told): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    // Each step for all of them: one sync of their folder at the end lasts for every name in it.
    let made: Vec<_> = files.into_iter().map(make).collect();
    let settled: Vec<_> = made.into_iter().map(settle).collect();
    let named: Vec<_> = settled.into_iter().map(|file| file?.name()).collect();
    let folders: BTreeSet<_> = named.iter().flatten().map(|path| folder_of(path)).collect();
    folders.into_iter().for_each(sync_folder);
    for (told, named) in told.into_iter().zip(named) {
        // Nobody waits for a file that was given up meanwhile.
        let _ = told.send(named.map(drop));
    }
}

fn make(file: WholeFile) -> io::Result<(OsPartFile, Option<SystemTime>)> {
    let WholeFile { target, overwrite, pieces, modified, cancel } = file;
    if cancel.is_cancelled() {
        return Err(io::ErrorKind::Interrupted.into());
    }
    let mut part = OsPartFile::create(&target, overwrite)?;
    part.write_pieces(&pieces)?;
    Ok((part, modified))
}

fn settle(made: io::Result<(OsPartFile, Option<SystemTime>)>) -> io::Result<OsPartFile> {
    let (file, modified) = made?;
    file.settle(modified)?;
    Ok(file)
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

    #[tokio::test]
    async fn more_files_than_one_visit_takes_are_all_there_with_their_times() {
        let dir = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..5 * TOGETHER).map(|number| dir.path().join(format!("{number}.txt"))).collect();
        let disk = Arc::new(SmallFiles::default());
        let written = paths.iter().map(|path| disk.write(whole(path.clone(), false)));
        assert!(futures::future::join_all(written).await.iter().all(Result::is_ok));
        for path in &paths {
            assert_eq!(fs::read(path).unwrap(), b"in two pieces");
            assert_eq!(path.metadata().unwrap().modified().unwrap(), SystemTime::UNIX_EPOCH);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), paths.len(), "nothing else is left");
    }

    #[tokio::test]
    async fn one_that_fails_fails_alone() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("taken"), "older").unwrap();
        let disk = Arc::new(SmallFiles::default());
        let file = |name: &str, overwrite| disk.write(whole(dir.path().join(name), overwrite));
        let (free, taken, nowhere) = tokio::join!(file("free", false), file("taken", false), file("no/folder", false));
        free.unwrap();
        assert_eq!(taken.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(nowhere.unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(fs::read(dir.path().join("taken")).unwrap(), b"older");
        let given_up = whole(dir.path().join("given up"), false);
        given_up.cancel.cancel();
        assert_eq!(disk.write(given_up).await.unwrap_err().kind(), io::ErrorKind::Interrupted);
        file("taken", true).await.unwrap();
        assert_eq!(fs::read(dir.path().join("taken")).unwrap(), b"in two pieces");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing else is left");
    }
}
