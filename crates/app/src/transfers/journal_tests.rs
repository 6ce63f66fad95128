//! The journal: what was queued is there after any end, and a broken file costs nothing but itself.

use super::super::job::Job;
use super::super::queue::Queue;
use super::super::queue::tests::job as sized;
use super::super::schema::SCHEMA;
use super::super::step::Change;
use super::super::store::Transfers;
use super::*;
use crate::wire::{FailureCode, Millis, TransferKind, TransferState, TransferTab};
use amphora_storage::Remembered;

fn job(name: &str) -> Job {
    sized("me", name, 10)
}

fn open(path: &Path) -> Transfers {
    Transfers::open(path, true).unwrap()
}

fn states(queue: &Queue) -> Vec<(String, TransferState)> {
    let mut all = queue.ids("me", TransferTab::All);
    all.reverse();
    all.into_iter().filter_map(|id| queue.get(id)).map(|found| (found.job.name.clone(), found.state)).collect()
}

fn finished(name: &str) -> Change {
    Change::Finished { key: name.to_owned(), landed: None }
}

#[test]
fn what_was_under_way_is_in_line_after_a_kill_and_what_was_settled_is_history() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let failure = Failure::new(FailureCode::Offline, "no network", "");
    {
        let transfers = open(&path);
        let mut open = transfers.lock();
        let batch = open.queue.new_batch("me", Some("asked"), None);
        let ids = ["runs", "waits", "done", "failed", "scans"].map(|name| open.add(Job { batch, ..job(name) }));
        open.step(ids[0], Change::Started);
        open.step(ids[2], finished("done"));
        open.step(ids[3], Change::Failed(Box::new(failure.clone())));
        open.step(ids[4], Change::Scanning);
    }
    let transfers = open(&path);
    let mut open = transfers.lock();
    let expected = [
        ("runs", TransferState::Waiting),
        ("waits", TransferState::Waiting),
        ("failed", TransferState::Failed),
        ("scans", TransferState::Waiting),
    ];
    assert_eq!(states(&open.queue), expected.map(|(name, state)| (name.to_owned(), state)));
    assert_eq!(open.queue.get(4).unwrap().failure, Some(failure), "the reason is kept");
    assert_eq!(open.queue.get(1).unwrap().job, Job { batch: 1, ..job("runs") }, "nothing of the job is lost");
    let again = [1, 2, 5].map(|id| open.queue.get(id).unwrap().again);
    assert_eq!(again, [true, false, true], "what ran may have got further than is known");
    let (count, history) = open.queue.history("me", 0, 10);
    assert!(count == 1 && history[0].1.job.name == "done" && history[0].1.ended.is_some());
    assert_eq!(open.queue.batch_of("me", "asked"), Some(1), "a request is not made twice");
    assert_eq!(open.add(job("new")), 6, "no id is given twice");
    assert_eq!(open.queue.new_batch("me", None, None), 2, "nor the number of a drop");
}

#[test]
fn what_an_earlier_run_had_in_line_may_have_been_fetched_by_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let download = |name| Job { kind: TransferKind::Download, ..job(name) };
    {
        let transfers = open(&path);
        let mut open = transfers.lock();
        open.add(download("theirs"));
        open.add(Job { whole: true, ..download("a folder") });
    }
    let transfers = open(&path);
    let mut open = transfers.lock();
    open.add(download("ours"));
    for id in 1..=3 {
        open.step(id, Change::Started);
    }
    let again = [1, 2, 3].map(|id| open.queue.get(id).unwrap().again);
    assert_eq!(again, [true, false, false], "a folder that was read would have brought its files in the same commit");
}

#[test]
fn nothing_starts_by_itself_where_the_person_wants_it_to_wait() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    {
        let transfers = open(&path);
        let mut open = transfers.lock();
        open.add(job("small"));
        open.add(sized("me", "large", 1 << 30));
    }
    let transfers = Transfers::open(&path, false).unwrap();
    let open = transfers.lock();
    assert_eq!(open.queue.count("me", TransferTab::Paused), 2);
    assert_eq!(open.next_to_start("me"), None);
}

#[test]
fn many_steps_share_a_commit_and_what_is_committed_survives() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let transfers = open(&path);
    let mut open = transfers.lock();
    for number in 0..1000 {
        open.add(job(&number.to_string()));
    }
    let seen = || {
        let other = Connection::open(&path).unwrap();
        other.query_row("SELECT count(*) FROM transfer", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(seen(), 0, "a thousand rows are one commit");
    open.queue.commit();
    assert_eq!(seen(), 1000, "from then on they are there, whatever happens to the process");
}

#[test]
fn a_journal_that_refuses_goes_on_in_memory_with_all_that_it_held() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let transfers = open(&path);
    let mut open = transfers.lock();
    let first = open.add(job("a"));
    open.queue.commit();
    // Stands for a disk that is full: from here on no page can be added.
    let pages: i64 = open.queue.read(|rows| Ok(rows.query_row("PRAGMA page_count", [], |row| row.get(0))?)).unwrap();
    open.queue.read(|rows| Ok(rows.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?));
    for number in 0..500 {
        open.add(job(&format!("{number} {}", "long ".repeat(100))));
    }
    open.queue.commit();
    let ids = open.queue.ids("me", TransferTab::Waiting);
    assert!(ids.len() > 400 && ids[0] == first && ids[ids.len() - 1] == 501, "what came later is there: {}", ids.len());
    assert_eq!(open.queue.count("me", TransferTab::Waiting), ids.len(), "and is counted");
    assert!(open.step(first, Change::Started));
    drop(open);
    assert!(transfers.problem().is_some(), "and the person is told");
}

#[test]
fn a_broken_journal_is_set_aside_and_told_and_the_next_one_works() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    std::fs::write(&path, b"this is no database, but it is long enough to be read as the head of one. ".repeat(20))
        .unwrap();
    let transfers = open(&path);
    let told = transfers.problem().expect("the person is told");
    assert!(told.message.starts_with("Couldn't read the list of transfers"), "{}", told.message);
    assert!(dir.path().join("transfers.unreadable-1.sqlite").exists(), "nothing is thrown away");
    transfers.lock().add(job("a"));
    drop(transfers);
    let again = open(&path);
    assert_eq!(again.problem(), None);
    assert_eq!(states(&again.lock().queue).len(), 1);
}

#[test]
fn a_journal_of_a_later_version_is_kept_and_not_misread() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    drop(open(&path));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", SCHEMA + 1).unwrap();
    assert!(matches!(Journal::open(&path), Err(JournalError::Later(_))));
    assert!(open(&path).problem().is_some());
    assert!(dir.path().join("transfers.unreadable-1.sqlite").exists());
}

#[test]
fn uploads_that_were_begun_before_times_and_patches_were_noted_have_none() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    drop(open(&path));
    let old = Connection::open(&path).unwrap();
    old.execute_batch(
        "ALTER TABLE upload DROP COLUMN modified; ALTER TABLE upload DROP COLUMN patches;
         INSERT INTO upload VALUES (1, 'me', 'files', 'public/a', 'id', 9, 5)",
    )
    .unwrap();
    drop(old);
    for _ in 0..2 {
        let transfers = open(&path);
        let Some(Remembered::Begun(begun, _)) = transfers.lock().queue.upload(1) else { panic!("it is known still") };
        assert_eq!((begun.size, begun.part_size, begun.modified, begun.content), (9, 5, 0, 0));
    }
}

#[test]
fn a_journal_of_the_version_before_is_taken_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let body = |direction: &str, state: &str, key: &str| {
        format!(
            r#"{{"job":{{"owner":"me","batch":4,"direction":"{direction}","space":{{"level":"private","owner":null}},
            "key":"{key}","local":"/desktop/a","name":"a","folder":"x/","size":10,"modified":5,"etag":null}},
            "state":"{state}","sent":0,"found":null,"failure":null,"conflict":null,"on_existing":"Ask","stored_key":null}}"#
        )
    };
    {
        let old = Connection::open(&path).unwrap();
        old.execute_batch(
            "CREATE TABLE transfer (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT; PRAGMA user_version = 2",
        )
        .unwrap();
        for (id, body) in
            [(3, body("up", "running", "x/a")), (5, body("down", "paused", "x/a")), (8, body("up", "failed", ""))]
        {
            old.execute("INSERT INTO transfer VALUES (?1, ?2)", rusqlite::params![id, body]).unwrap();
        }
    }
    let transfers = open(&path);
    let open = transfers.lock();
    let found = [3, 5, 8].map(|id| open.queue.get(id).unwrap());
    let states = found.each_ref().map(|transfer| transfer.state);
    assert_eq!(states, [TransferState::Waiting, TransferState::Paused, TransferState::Failed]);
    assert_eq!(found[1].job.kind, TransferKind::Download);
    assert_eq!((found[0].job.batch, found[0].job.modified), (4, Some(Millis(5))));
    assert!(
        found[2].job.whole && found[2].job.key == "x/a/",
        "a folder that was not read to its end can be read again"
    );
}

#[test]
fn a_folder_that_cannot_be_written_leaves_a_queue_that_works_for_this_run() {
    let dir = tempfile::tempdir().unwrap();
    let transfers = open(&dir.path().join("missing/transfers.sqlite"));
    assert!(transfers.problem().is_some(), "the person is told");
    let id = transfers.lock().add(job("a"));
    assert!(transfers.lock().step(id, Change::Started));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_comes_back_byte_for_byte() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let odd = PathBuf::from(std::ffi::OsStr::from_bytes(b"/x\xff/a"));
    {
        let transfers = open(&path);
        let id = transfers.lock().add(Job { local: odd.clone(), ..job("a") });
        transfers.lock().step(id, Change::Started);
        transfers.lock().step(id, Change::Claimed(odd.clone()));
    }
    let transfers = open(&path);
    let found = transfers.lock().queue.get(1).unwrap();
    assert_eq!((found.job.local, found.landed), (odd.clone(), Some(odd)));
}

#[test]
fn the_history_is_kept_short_and_young_but_for_what_this_run_ended() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    {
        let transfers = open(&path);
        let mut open = transfers.lock();
        for number in 0..10_600 {
            let id = open.add(job(&number.to_string()));
            open.step(id, finished("x"));
        }
        open.queue.shorten_history(Millis::now());
        assert_eq!(open.queue.count("me", TransferTab::Done), 10_600, "this run's are on the list");
    }
    let transfers = open(&path);
    let mut open = transfers.lock();
    while open.queue.shorten_history(Millis::now()) {}
    assert_eq!(open.queue.history("me", 0, 0).0, 10_000);
    assert_eq!(open.queue.history("me", 0, 1).1[0].0, 10_600, "the latest stay");
    let later = Millis(Millis::now().0 + 91 * 24 * 60 * 60 * 1000);
    while open.queue.shorten_history(later) {}
    assert_eq!(open.queue.history("me", 0, 0).0, 0);
}
