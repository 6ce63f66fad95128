//! The activity log: one JSON object a line in a file of this computer, which the person can read and export. Two files of
//! a bounded size; never a link, a token or a path of this computer.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use serde_json::Value;
use tokio::task::spawn_blocking;

use crate::delivery::{Delivery, DeliveryError, Recorded};

/// Bytes after which a new file is begun; the one before is kept, the one before that goes.
const LARGEST: u64 = 1024 * 1024;

/// The log of one data folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ActivityLog {
    files: Arc<Files>,
}

#[derive(Debug)]
struct Files {
    path: PathBuf,
    largest: u64,
    /// Writers and readers take turns.
    turn: Mutex<()>,
}

/// The log could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("couldn't {verb} the activity log")]
pub struct LogError {
    /// `read`, `write`, `export`.
    pub verb: &'static str,
    /// Why.
    #[source]
    pub source: io::Error,
}

impl ActivityLog {
    /// The log at `path`, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self::limited(path, LARGEST)
    }

    fn limited(path: impl Into<PathBuf>, largest: u64) -> Self {
        Self { files: Arc::new(Files { path: path.into(), largest, turn: Mutex::default() }) }
    }

    /// Up to `most` entries, the newest first. A line that a crash cut short is passed over.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn newest(&self, most: usize) -> Result<Vec<Value>, LogError> {
        let text = self.files.text().map_err(|source| LogError { verb: "read", source })?;
        Ok(text.lines().rev().filter_map(|line| serde_json::from_str(line).ok()).take(most).collect())
    }

    /// Writes everything that is kept to a file, the oldest first.
    ///
    /// # Errors
    /// One of the files cannot be read or written.
    pub fn export(&self, target: &Path) -> Result<(), LogError> {
        let text = self.files.text().map_err(|source| LogError { verb: "read", source })?;
        fs::write(target, text).map_err(|source| LogError { verb: "export", source })
    }
}

impl Delivery for ActivityLog {
    fn name(&self) -> &'static str {
        "the activity log"
    }

    fn deliver<'a>(&'a self, batch: &'a [Recorded]) -> BoxFuture<'a, Result<(), DeliveryError>> {
        let lines: String = batch.iter().map(|recorded| format!("{}\n", recorded.to_json())).collect();
        let files = self.files.clone();
        let failed = |reason: String| DeliveryError { to: "the activity log", reason };
        Box::pin(async move {
            let written = spawn_blocking(move || files.append(&lines)).await;
            written.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.kind().to_string()))
        })
    }
}

impl Files {
    fn before(&self) -> PathBuf {
        self.path.with_extension("1.jsonl")
    }

    fn append(&self, lines: &str) -> io::Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if fs::metadata(&self.path).is_ok_and(|about| about.len() + lines.len() as u64 > self.largest) {
            fs::rename(&self.path, self.before())?;
        }
        let mut file = own(OpenOptions::new().create(true).append(true).read(true)).open(&self.path)?;
        if !ends_a_line(&mut file)? {
            // A crash cut the last line short; the next one must not be lost with it.
            file.write_all(b"\n")?;
        }
        file.write_all(lines.as_bytes())
    }

    fn text(&self) -> io::Result<String> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        for path in [self.before(), self.path.clone()] {
            match fs::read(&path) {
                Ok(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
        }
        Ok(text)
    }
}

fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Readable by the person alone, where the system knows such a thing.
fn own(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use amphora_storage::{Event, EventKind};

    use super::*;

    fn recorded(message: &str) -> Recorded {
        let (key, message) = ("x".to_owned(), message.to_owned());
        let event = Event { kind: EventKind::Download, key, succeeded: true, file_size: Some(5), message };
        Recorded { at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000), event }
    }

    fn messages(log: &ActivityLog, most: usize) -> Vec<String> {
        log.newest(most).unwrap().iter().map(|entry| entry["message"].as_str().unwrap().to_owned()).collect()
    }

    #[tokio::test]
    async fn an_entry_says_when_what_and_how_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let log = ActivityLog::at(folder.path().join("activity.jsonl"));
        assert!(log.newest(10).unwrap().is_empty(), "no file is no error");
        log.deliver(&[recorded("Download success for x")]).await.unwrap();
        let expected = serde_json::json!({
            "time": "2027-01-15T08:00:00Z", "event": "download", "attributes": { "method": "get", "result": "success" },
            "metrics": { "fileSize": 5 }, "key": "x", "message": "Download success for x",
        });
        assert_eq!(log.newest(10).unwrap(), [expected]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("activity.jsonl")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "for the person alone");
        }
    }

    #[tokio::test]
    async fn a_line_cut_short_by_a_crash_costs_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("activity.jsonl");
        let log = ActivityLog::at(&path);
        log.deliver(&[recorded("one")]).await.unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{{\"time\":\"2027")).unwrap();
        log.deliver(&[recorded("two")]).await.unwrap();
        assert_eq!(messages(&log, 10), ["two", "one"]);
    }

    #[tokio::test]
    async fn the_log_stays_small_and_keeps_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let log = ActivityLog::limited(folder.path().join("activity.jsonl"), 1000);
        for number in 0..100 {
            log.deliver(&[recorded(&number.to_string())]).await.unwrap();
        }
        let kept: u64 = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
        assert!(kept <= 2000, "{kept} bytes in both files");
        assert_eq!(messages(&log, 3), ["99", "98", "97"]);
        let target = folder.path().join("export.jsonl");
        log.export(&target).unwrap();
        let exported = fs::read_to_string(target).unwrap();
        assert!(exported.lines().count() > 3 && exported.trim_end().ends_with('}'));
        assert!(exported.lines().last().unwrap().contains("\"99\""), "the oldest first");
    }

    #[tokio::test]
    async fn a_log_that_cannot_be_written_is_an_error_and_no_panic() {
        let folder = tempfile::tempdir().unwrap();
        let log = ActivityLog::at(folder.path().join("missing/activity.jsonl"));
        assert!(log.deliver(&[recorded("x")]).await.is_err());
    }
}
