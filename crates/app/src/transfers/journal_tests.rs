//! The journal: what was queued is there after any end, and a broken file costs nothing but itself.

use super::super::queue::{Change, Job, Queue};
use super::super::store::Transfers;
use super::*;
use crate::wire::{Failure, FailureCode, Level, Millis, SpaceRef, TransferKind, TransferState, TransferTab};

fn job(name: &str) -> Job {
    Job {
        owner: "me".to_owned(),
        batch: 7,
        kind: TransferKind::Upload,
        space: SpaceRef { level: Level::Private, owner: None },
        key: name.to_owned(),
        local: PathBuf::from("/desktop").join(name),
        name: name.to_owned(),
        folder: String::new(),
        size: Some(10),
        modified: Some(Millis(5)),
        etag: None,
    }
}

fn states(queue: &Queue) -> Vec<(String, TransferState)> {
    let all = queue.ids("me", TransferTab::All);
    all.into_iter().filter_map(|id| queue.get(id)).map(|found| (found.job.name.clone(), found.state)).collect()
}

#[test]
fn what_was_under_way_is_in_line_after_a_kill_and_what_was_settled_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let failure = Failure::new(FailureCode::Offline, "no network", "");
    {
        let transfers = Transfers::open(&path);
        let mut open = transfers.lock();
        let ids = ["runs", "waits", "done", "failed", "scans"].map(|name| open.add(job(name)));
        open.step(ids[0], Change::Started);
        open.step(ids[2], Change::Finished { key: "done".to_owned() });
        open.step(ids[3], Change::Failed(failure.clone()));
        open.step(ids[4], Change::Scanning);
    }
    let transfers = Transfers::open(&path);
    let mut open = transfers.lock();
    let expected = [
        ("runs", TransferState::Waiting),
        ("waits", TransferState::Waiting),
        ("failed", TransferState::Failed),
        ("scans", TransferState::Failed),
    ];
    assert_eq!(states(&open.queue), expected.map(|(name, state)| (name.to_owned(), state)));
    assert_eq!(open.queue.get(4).unwrap().failure, Some(failure), "the reason is kept");
    assert_eq!(open.queue.get(1).unwrap().job, job("runs"), "nothing of the job is lost");
    assert_eq!(open.add(job("new")), 6, "no id is given twice");
    drop(open);
    assert_eq!(transfers.new_batch(), 8, "nor the number of a drop");
}

#[test]
fn a_broken_journal_is_set_aside_and_told_and_the_next_one_works() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    std::fs::write(&path, b"this is no database, but it is long enough to be read as the head of one. ".repeat(20))
        .unwrap();
    let transfers = Transfers::open(&path);
    let told = transfers.problem.clone().expect("the person is told");
    assert!(told.message.starts_with("Couldn't read the list of transfers"), "{}", told.message);
    assert!(dir.path().join("transfers.unreadable-1.sqlite").exists(), "nothing is thrown away");
    transfers.lock().add(job("a"));
    drop(transfers);
    let again = Transfers::open(&path);
    assert_eq!(again.problem, None);
    assert_eq!(states(&again.lock().queue).len(), 1);
}

#[test]
fn a_journal_of_a_later_version_is_kept_and_not_misread() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    drop(Transfers::open(&path));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", SCHEMA + 1).unwrap();
    assert!(matches!(Journal::open(&path), Err(JournalError::Later(_))));
    assert!(Transfers::open(&path).problem.is_some());
    assert!(dir.path().join("transfers.unreadable-1.sqlite").exists());
}

#[test]
fn a_row_that_cannot_be_read_sets_the_journal_aside() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    drop(Transfers::open(&path));
    Connection::open(&path).unwrap().execute("INSERT INTO transfer VALUES (1, '{}')", []).unwrap();
    assert!(matches!(Journal::open(&path), Err(JournalError::Row { id: 1, .. })));
    assert!(Transfers::open(&path).problem.is_some());
}

#[test]
fn a_folder_that_cannot_be_written_leaves_a_queue_that_works_for_this_run() {
    let dir = tempfile::tempdir().unwrap();
    let transfers = Transfers::open(&dir.path().join("missing/transfers.sqlite"));
    assert!(transfers.problem.is_some(), "the person is told");
    let id = transfers.lock().add(job("a"));
    assert!(transfers.lock().step(id, Change::Started));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_comes_back_byte_for_byte() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let odd = Job { local: PathBuf::from(std::ffi::OsStr::from_bytes(b"/x\xff/a")), ..job("a") };
    Transfers::open(&path).lock().add(odd.clone());
    assert_eq!(Transfers::open(&path).lock().queue.get(1).unwrap().job, odd);
}

#[test]
fn a_hundred_thousand_entries_are_all_there_after_opening() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    {
        let (journal, _) = Journal::open(&path).unwrap();
        let mut queue = Queue::default();
        journal.rows.execute_batch("BEGIN").unwrap();
        for number in 0..100_000 {
            let id = queue.add(job(&format!("{number}.txt")));
            journal.note(id, queue.get(id)).unwrap();
        }
        journal.rows.execute_batch("COMMIT").unwrap();
    }
    let transfers = Transfers::open(&path);
    assert_eq!(transfers.lock().queue.count("me", TransferTab::Waiting), 100_000);
    assert_eq!(transfers.lock().queue.next_waiting("me"), Some(1), "in the order in which they were queued");
}
