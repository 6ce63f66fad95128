//! The queue step by step, and in bulk: what it reads must not grow with its length.

use super::super::lookup::NEXT_IN_LINE;
use super::*;
use crate::wire::{Conflict, ConflictAnswer, ConflictSide, Level, LinePlace, PhotoChoices, SpaceRef, TransferState};
use rusqlite::{StatementStatus, params_from_iter};
use std::path::PathBuf;

pub fn job(owner: &str, name: &str, size: u64) -> Job {
    Job {
        owner: owner.to_owned(),
        batch: 1,
        kind: TransferKind::Upload,
        whole: false,
        space: SpaceRef { level: Level::Private, owner: None },
        key: name.to_owned(),
        from: None,
        local: PathBuf::from("/desktop").join(name),
        name: name.to_owned(),
        folder: String::new(),
        size: Some(size),
        modified: Some(Millis(5)),
        etag: None,
        content_type: None,
        photos: PhotoChoices::default(),
    }
}

pub fn conflict() -> Box<Conflict> {
    let side = ConflictSide { size: crate::wire::ByteSize(1), modified: None, etag: None };
    let (keep_both_name, key) = ("a (2).txt".to_owned(), "a.txt".to_owned());
    Box::new(Conflict { new: side.clone(), there: side, keep_both_name, key, appeared: false })
}

fn queue() -> Queue {
    Queue::new(Journal::in_memory().unwrap()).unwrap()
}

fn next(queue: &Queue, owner: &str) -> Option<u64> {
    queue.next(owner, Class::Small).map(|(_, id)| id)
}

fn finished() -> Change {
    Change::Finished { key: "a.txt".to_owned(), landed: None }
}

#[test]
fn an_answer_puts_a_question_back_in_line_with_the_decision() {
    let mut queue = queue();
    let id = queue.add(job("me", "a.txt", 10)).0;
    queue.apply(id, Change::Asked(conflict()));
    assert_eq!(queue.count("me", TransferTab::NeedsYou), 1);
    queue.apply(id, Change::Answered(ConflictAnswer::KeepBoth));
    assert_eq!(queue.get(id).unwrap().on_existing, OnExisting::KeepBoth);
    assert_eq!(next(&queue, "me"), Some(id));
    assert_eq!(queue.apply(id, Change::Answered(ConflictAnswer::Replace)), None, "an answer counts once");
}

#[test]
fn late_news_of_a_cancelled_transfer_changes_nothing() {
    let mut queue = queue();
    let id = queue.add(job("me", "a.txt", 10)).0;
    queue.apply(id, Change::Started);
    queue.apply(id, Change::Cancelled);
    assert_eq!(queue.apply(id, finished()), None);
    assert_eq!(queue.get(id).unwrap().state, TransferState::Cancelled);
}

#[test]
fn a_paused_transfer_waits_for_its_person_and_for_nobody_else() {
    let mut queue = queue();
    let (first, second) = (queue.add(job("me", "a", 10)).0, queue.add(job("me", "b", 10)).0);
    queue.apply(first, Change::Started);
    assert!(queue.apply(first, Change::Paused(7)).is_some());
    assert_eq!(queue.get(first).unwrap().sent, 7, "and says how far it got");
    assert_eq!(next(&queue, "me"), Some(second), "the next one goes on");
    assert_eq!(queue.apply(first, Change::Requeued), None, "a change of identity does not wake it");
    assert!(queue.apply(first, Change::Resumed).is_some());
    assert_eq!(next(&queue, "me"), Some(first));
}

#[test]
fn one_owner_never_sees_or_runs_what_another_queued() {
    let mut queue = queue();
    let id = queue.add(job("me", "a", 10)).0;
    assert_eq!(next(&queue, "you"), None);
    assert!(queue.ids("you", TransferTab::All).is_empty());
    assert!(!queue.reorder("you", &[id], LinePlace::First));
}

#[test]
fn what_is_held_starts_only_when_it_is_released_or_resumed() {
    let mut queue = queue();
    let (held, paused) = (queue.add_held(job("me", "a", 10)).0, queue.add_held(job("me", "b", 10)).0);
    assert_eq!(next(&queue, "me"), None);
    queue.apply(paused, Change::Paused(0));
    queue.apply(paused, Change::Resumed);
    assert_eq!(next(&queue, "me"), Some(paused), "the person's word counts");
    queue.release(&[held]);
    assert_eq!(queue.ids("me", TransferTab::Waiting), [paused, held]);
}

#[test]
fn transfers_go_to_the_front_the_end_and_beside_another_and_new_ones_join_behind() {
    let mut queue = queue();
    let ids: Vec<u64> = (0..5).map(|number| queue.add(job("me", &number.to_string(), 10)).0).collect();
    let line = |queue: &Queue| queue.ids("me", TransferTab::Waiting);
    assert!(queue.reorder("me", &[ids[4], ids[2]], LinePlace::First));
    assert_eq!(line(&queue), [ids[2], ids[4], ids[0], ids[1], ids[3]], "in the order that they had");
    assert!(queue.reorder("me", &[ids[2]], LinePlace::After { id: crate::wire::Id(ids[1]) }));
    assert!(queue.reorder("me", &[ids[0]], LinePlace::Last));
    assert_eq!(line(&queue), [ids[4], ids[1], ids[2], ids[3], ids[0]]);
    let new = queue.add(job("me", "new", 10)).0;
    assert_eq!(line(&queue).last(), Some(&new));
    // Far more often than halving a gap allows.
    for round in 0..100 {
        let (moved, before) = (ids[round % 2], ids[(round + 1) % 2]);
        assert!(queue.reorder("me", &[moved], LinePlace::Before { id: crate::wire::Id(before) }));
        let line = line(&queue);
        let at = |id| line.iter().position(|other| *other == id).unwrap();
        assert_eq!(at(moved) + 1, at(before), "round {round}");
    }
    queue.apply(ids[3], Change::Started);
    assert!(!queue.reorder("me", &[ids[3]], LinePlace::First), "what runs is not in line");
}

#[test]
fn a_hundred_thousand_entries_open_at_once_and_only_the_rows_on_screen_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("transfers.sqlite");
    let open = |path: &std::path::Path| Queue::new(Journal::open(path).unwrap()).unwrap();
    {
        let mut queue = open(&path);
        for number in 0..100_000 {
            queue.add(job("me", &format!("folder/{number}.txt"), 16 * 1024));
        }
    }
    let begun = std::time::Instant::now();
    let mut queue = open(&path);
    let opened = begun.elapsed();
    assert_eq!(queue.count("me", TransferTab::Waiting), 100_000);
    assert_eq!(queue.bytes_open("me"), 100_000 * 16 * 1024);
    assert_eq!(queue.rows_read(), 0, "totals come from the index");
    let window = queue.window("me", TransferTab::Waiting, 90_000, 50);
    assert_eq!(window[0].0, 90_001, "in the order in which they were queued");
    assert_eq!(queue.rows_read(), 50, "a window is all that is read");
    let first = next(&queue, "me").unwrap();
    queue.apply(first, Change::Started);
    queue.apply(first, finished());
    assert_eq!(queue.rows_read(), 51, "the first step reads its row, and what is under way is known");
    let stepped = begun.elapsed();
    queue.move_all("me", TransferState::Waiting, TransferState::Paused);
    assert_eq!(queue.rows_read(), 51, "a whole tab moves unread");
    assert_eq!(queue.count("me", TransferTab::Paused), 99_999);
    let moved = begun.elapsed();
    println!("opened in {opened:?}, first rows and steps by {stepped:?}, all paused by {moved:?}");
}

#[test]
fn the_next_in_line_is_found_by_its_index_however_long_the_line_is() {
    let queue = queue();
    let plan = |sql: &str| {
        let explained = format!("EXPLAIN QUERY PLAN {sql}");
        let read = queue.read(|rows| {
            let mut explained = rows.prepare(&explained)?;
            Ok(explained.query_row(params_from_iter([1; 2].iter().take(explained.parameter_count())), |row| {
                row.get::<_, String>(3)
            })?)
        });
        read.unwrap()
    };
    let next = plan(NEXT_IN_LINE);
    assert!(next.contains("SEARCH") && next.contains("COVERING INDEX next_in_line"), "{next}");
    let totals = plan(
        "SELECT owner, tab, kind, class, count(*), total(size) FROM transfer INDEXED BY listed WHERE run = 0 OR run = 1 GROUP BY owner, tab, kind, class",
    );
    assert!(totals.contains("COVERING INDEX listed"), "{totals}");
}

#[test]
fn whoever_is_next_is_asked_without_planning_anew() {
    let mut queue = queue();
    queue.add(job("me", "small", 1));
    queue.add(job("me", "large", 1 << 30));
    for class in Class::ALL.into_iter().cycle().take(30) {
        assert_eq!(queue.next("me", class).is_some(), class != Class::Folder);
    }
    let planned = queue.read(|rows| Ok(rows.prepare_cached(NEXT_IN_LINE)?.get_status(StatementStatus::RePrepare)));
    assert_eq!(planned, Some(0));
}
