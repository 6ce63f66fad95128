//! The queue against a simple model: whatever order things happen in, nothing is lost and nothing is stuck.

use super::*;
use crate::wire::{ConflictSide, FailureCode, Level};
use proptest::prelude::*;

fn job(owner: &str) -> Job {
    Job {
        owner: owner.to_owned(),
        batch: 1,
        kind: TransferKind::Upload,
        space: SpaceRef { level: Level::Private, owner: None },
        key: "a.txt".to_owned(),
        local: PathBuf::from("a.txt"),
        name: "a.txt".to_owned(),
        folder: String::new(),
        size: Some(10),
        modified: None,
        etag: None,
    }
}

fn conflict() -> Conflict {
    let side = ConflictSide { size: crate::wire::ByteSize(1), modified: None, etag: None };
    Conflict {
        new: side.clone(),
        there: side,
        keep_both_name: "a (2).txt".to_owned(),
        key: "a.txt".to_owned(),
        appeared: false,
    }
}

#[test]
fn an_answer_puts_a_question_back_in_line_with_the_decision() {
    let mut queue = Queue::default();
    let id = queue.add(job("me"));
    queue.apply(id, Change::Asked(conflict()));
    assert_eq!(queue.count("me", TransferTab::NeedsYou), 1);
    queue.apply(id, Change::Answered(ConflictAnswer::KeepBoth));
    assert_eq!(queue.get(id).unwrap().on_existing, OnExisting::KeepBoth);
    assert_eq!(queue.next_waiting("me"), Some(id));
    assert!(!queue.apply(id, Change::Answered(ConflictAnswer::Replace)), "an answer counts once");
}

#[test]
fn late_news_of_a_cancelled_transfer_changes_nothing() {
    let mut queue = Queue::default();
    let id = queue.add(job("me"));
    queue.apply(id, Change::Started);
    queue.apply(id, Change::Cancelled);
    assert!(!queue.apply(id, Change::Finished { key: "a.txt".to_owned() }));
    assert_eq!(queue.get(id).unwrap().state, TransferState::Cancelled);
}

#[test]
fn a_paused_transfer_waits_for_its_person_and_for_nobody_else() {
    let mut queue = Queue::default();
    let (first, second) = (queue.add(job("me")), queue.add(job("me")));
    queue.apply(first, Change::Started);
    assert!(queue.apply(first, Change::Paused));
    assert_eq!(queue.next_waiting("me"), Some(second), "the next one goes on");
    assert!(!queue.apply(first, Change::Requeued), "a change of identity does not wake it");
    assert!(queue.apply(first, Change::Resumed));
    assert_eq!(queue.next_waiting("me"), Some(first));
}

#[test]
fn one_owner_never_sees_or_runs_what_another_queued() {
    let mut queue = Queue::default();
    queue.add(job("me"));
    assert_eq!(queue.next_waiting("you"), None);
    assert!(queue.ids("you", TransferTab::All).is_empty());
}

fn change() -> impl Strategy<Value = Change> {
    let failure = Failure::new(FailureCode::Offline, "x", "");
    prop_oneof![
        Just(Change::Scanning),
        (0..9u32).prop_map(Change::Found),
        Just(Change::Started),
        (0..10u64).prop_map(Change::Sent),
        Just(Change::Checking),
        Just(Change::Asked(conflict())),
        Just(Change::Answered(ConflictAnswer::Replace)),
        Just(Change::Answered(ConflictAnswer::Skip)),
        Just(Change::Finished { key: "a.txt".to_owned() }),
        Just(Change::AlreadyThere),
        Just(Change::Failed(failure)),
        Just(Change::Cancelled),
        Just(Change::Requeued),
        Just(Change::Paused),
        Just(Change::Resumed),
        Just(Change::Taken(Some(3), None)),
        Just(Change::Cleared),
    ]
}

proptest! {
    #[test]
    fn the_tabs_always_hold_each_transfer_once_and_nothing_is_stuck(steps in proptest::collection::vec((1..5u64, change()), 0..200)) {
        let mut queue = Queue::default();
        for _ in 0..4 {
            queue.add(job("me"));
        }
        for (id, change) in steps {
            queue.apply(id, change);
        }
        let mut in_tabs = Vec::new();
        use TransferTab as T;
        for tab in [T::NeedsYou, T::Running, T::Waiting, T::Paused, T::Failed, T::Done] {
            for id in queue.ids("me", tab) {
                prop_assert_eq!(tab_of(queue.get(id).unwrap().state), tab);
                in_tabs.push(id);
            }
        }
        in_tabs.sort_unstable();
        prop_assert_eq!(&in_tabs, &queue.ids("me", TransferTab::All));
        for id in in_tabs {
            let stuck = !queue.get(id).unwrap().is_over() && !queue.apply(id, Change::Cancelled);
            prop_assert!(!stuck, "everything that is not over can be stopped");
            prop_assert!(queue.apply(id, Change::Cleared), "and then cleared");
        }
    }
}
