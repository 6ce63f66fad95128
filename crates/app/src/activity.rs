//! The activity log of this computer: what each account uploaded, downloaded and deleted, for that account to look at.

use crate::app::App;
use crate::session::Session;
use crate::wire::{ActivityEntry, Failure, Millis};
use amphora_storage::{Event, EventSink};
use amphora_tracking::{ActivityLog, LogError, Tracker};
use md5::{Digest, Md5};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Writing is quick; a disk that hangs must not hold up the window.
const WRITTEN_WITHIN: Duration = Duration::from_secs(2);

/// The logs of the accounts that were used in this run: a name of a private file is for its owner only.
pub(crate) struct Activities {
    folder: PathBuf,
    open: Mutex<HashMap<String, Arc<Activity>>>,
}

struct Activity {
    tracker: Tracker,
    log: ActivityLog,
}

impl Activities {
    pub(crate) fn of(folder: PathBuf) -> Self {
        if let Err(error) = std::fs::create_dir_all(&folder) {
            tracing::warn!(%error, "there is no place for an activity log");
        }
        Self { folder, open: Mutex::default() }
    }

    /// Notes what somebody's call did. Never waits.
    pub(crate) fn record(&self, owner: &str, event: Event) {
        self.activity(owner).tracker.record(event);
    }

    /// Waits until everything is written.
    pub(crate) async fn flush(&self) {
        let open: Vec<_> = self.open.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        for activity in open {
            activity.tracker.flush(WRITTEN_WITHIN).await;
        }
    }

    fn activity(&self, owner: &str) -> Arc<Activity> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            let name: String = Md5::digest(owner).iter().map(|byte| format!("{byte:02x}")).collect();
            let log = ActivityLog::at(self.folder.join(format!("{name}.jsonl")));
            Arc::new(Activity { tracker: Tracker::start(vec![Box::new(log.clone())]), log })
        };
        open.entry(owner.to_owned()).or_insert_with(new).clone()
    }
}

impl App {
    /// What the account that is signed in now did on this computer, the newest first, at most `most`.
    ///
    /// # Errors
    /// No storage is connected, or the log cannot be read.
    pub async fn activity(&self, most: u32) -> Result<Vec<ActivityEntry>, Failure> {
        let activity = self.activities.activity(&self.session()?.owner());
        activity.tracker.flush(WRITTEN_WITHIN).await;
        let log = activity.log.clone();
        let newest = tokio::task::spawn_blocking(move || log.newest(usize::try_from(most).unwrap_or(usize::MAX))).await;
        let newest = newest.map_err(|error| refused(&error.to_string()))?;
        Ok(newest.map_err(|error| of_log(&error))?.iter().filter_map(entry).collect())
    }

    /// Writes all of it to a file of this computer, one JSON object a line. The path comes from the window's own dialog.
    ///
    /// # Errors
    /// As [`App::activity`], or the file cannot be written.
    pub async fn export_activity(&self, to: &Path) -> Result<(), Failure> {
        let activity = self.activities.activity(&self.session()?.owner());
        activity.tracker.flush(WRITTEN_WITHIN).await;
        let (log, target) = (activity.log.clone(), to.to_owned());
        let exported = tokio::task::spawn_blocking(move || log.export(&target)).await;
        exported.map_err(|error| refused(&error.to_string()))?.map_err(|error| of_log(&error))
    }

    pub(crate) fn note(&self, session: &Session, event: Event) {
        self.activities.record(&session.owner(), event);
    }
}

fn entry(line: &serde_json::Value) -> Option<ActivityEntry> {
    let at = OffsetDateTime::parse(line["time"].as_str()?, &Rfc3339).ok()?;
    Some(ActivityEntry {
        at: Millis::from(std::time::SystemTime::from(at)),
        event: line["event"].as_str()?.to_owned(),
        succeeded: line["attributes"]["result"] == "success",
        key: line["key"].as_str().map(str::to_owned),
        message: line["message"].as_str()?.to_owned(),
    })
}

fn of_log(error: &LogError) -> Failure {
    Failure::of_io(error.verb, "activity log", &error.source)
}

fn refused(detail: &str) -> Failure {
    Failure::of_io("read", "activity log", &std::io::Error::other(detail.to_owned()))
}
