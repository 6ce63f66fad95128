//! The whole queue against a simple model: whatever is done to it in whatever order, with ends and changes of people in
//! between, it shows what the model says, its totals are the sums, and everything can always come to its end.

use super::super::answer::Act;
use super::super::columns::{LARGE, tab_number};
use super::super::job::tab_of;
use super::super::queue::tests::{conflict, job};
use super::super::running::{LARGE_AT_ONCE, SMALL_AT_ONCE};
use super::*;
use crate::wire::{
    ConflictAnswer, FailureCode, LinePlace, TransferChoice, TransferKind, TransferState as S, TransferTab as T,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const OWNERS: [&str; 2] = ["me", "you"];
const TABS: [T; 6] = [T::NeedsYou, T::Running, T::Waiting, T::Paused, T::Failed, T::Done];

fn finished() -> Change {
    Change::Finished { key: "a".to_owned(), landed: None }
}

fn failed() -> Change {
    Change::Failed(Box::new(Failure::new(FailureCode::Offline, "x", "")))
}

fn in_memory() -> Open {
    Open::new(Queue::new(Journal::in_memory().unwrap()).unwrap(), None)
}

fn start(open: &mut Open, owner: &str) -> Option<u64> {
    let (id, class) = open.next_to_start(owner)?;
    assert!(open.step(id, Change::Started), "what is next can start");
    let job = open.queue.get(id).unwrap().job;
    open.begin_run(id, &job, class);
    Some(id)
}

#[test]
fn large_and_small_transfers_run_side_by_side_and_neither_waits_for_all_of_the_other() {
    let mut open = in_memory();
    let large: Vec<u64> = (0..10).map(|_| open.add(job("me", "a", 5 * LARGE))).collect();
    let small: Vec<u64> = (0..2 * SMALL_AT_ONCE).map(|_| open.add(job("me", "a", 10))).collect();
    let started: Vec<u64> = std::iter::from_fn(|| start(&mut open, "me")).collect();
    assert_eq!(started[..LARGE_AT_ONCE], large[..LARGE_AT_ONCE], "in the order of the line");
    assert_eq!(started[LARGE_AT_ONCE..], small[..SMALL_AT_ONCE]);
    open.step(large[0], finished());
    open.end_run(large[0]);
    assert_eq!(start(&mut open, "me"), Some(large[LARGE_AT_ONCE]), "a large one makes room for a large one");
    assert_eq!(open.next_to_start("you"), None);
}

#[test]
fn folders_are_deleted_a_few_at_a_time() {
    let mut open = in_memory();
    let folder = Job { kind: TransferKind::Delete, whole: true, ..job("me", "a", 10) };
    let ids: Vec<u64> = (0..2 * SMALL_AT_ONCE).map(|_| open.add(folder.clone())).collect();
    let started: Vec<u64> = std::iter::from_fn(|| start(&mut open, "me")).collect();
    assert_eq!(started, ids[..LARGE_AT_ONCE]);
}

#[test]
fn what_comes_back_to_a_place_that_was_given_away_stands_beside_it_in_the_same_order() {
    let mut world = World::new();
    for op in [Op::Add(1, 0), Op::Add(1, 0), Op::Start(1), Op::Order(vec![0], 0, 0), Op::Add(1, 0), Op::Add(1, 0)] {
        world.do_it(op);
    }
    for op in [Op::Ask(0), Op::Answer(0, ConflictAnswer::Replace)] {
        world.do_it(op);
    }
    for (moved, beside) in [(3, 0), (3, 1), (0, 1), (2, 0)] {
        for how in [2, 3] {
            world.do_it(Op::Order(vec![moved], beside, how));
        }
    }
}

#[test]
fn as_many_run_as_the_person_says_in_the_order_of_the_line() {
    let mut open = in_memory();
    open.at_once = Some(2);
    let ids: Vec<u64> = [10, 5 * LARGE, 10].into_iter().map(|size| open.add(job("me", "a", size))).collect();
    let started: Vec<u64> = std::iter::from_fn(|| start(&mut open, "me")).collect();
    assert_eq!(started, ids[..2]);
}

#[test]
fn ends_share_a_commit_while_transfers_run_and_the_last_one_waits_for_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transfers.sqlite");
    let mut open = Open::new(Queue::new(Journal::open(&path).unwrap()).unwrap(), None);
    let ids: Vec<u64> = (0..3).map(|_| open.add(job("me", "a", 10))).collect();
    open.queue.commit();
    while start(&mut open, "me").is_some() {}
    // What another process would find after a kill.
    let kept = || {
        let rows = rusqlite::Connection::open(&path).unwrap();
        let done = tab_number(T::Done);
        rows.query_row("SELECT count(*) FROM transfer WHERE tab = ?1", [done], |row| row.get::<_, i64>(0)).unwrap()
    };
    let begun = Instant::now();
    let mut end = |at: usize, now: Instant| {
        open.step(ids[at], finished());
        open.end_run(ids[at]);
        open.commit_in_turn(now);
        kept()
    };
    assert_eq!(end(0, begun), 1, "the first one at once");
    assert_eq!(end(1, begun + COMMIT_EVERY / 2), 1, "the next one soon");
    assert_eq!(end(2, begun + COMMIT_EVERY / 2), 3, "nothing runs any more, so nothing comes that would take it along");
}

#[test]
fn the_totals_of_who_comes_back_are_what_they_were() {
    let transfers = Transfers::of(in_memory());
    let mut open = transfers.lock();
    let ids: Vec<u64> = (0..3).map(|_| open.add(job("me", "a", 10))).collect();
    open.step(ids[0], Change::Started);
    open.step(ids[0], finished());
    start(&mut open, "me");
    drop(open);
    transfers.owner_changed();
    let mut open = transfers.lock();
    open.add(job("you", "b", 7));
    assert_eq!((open.total("you").bytes, open.total("you").done), (7, 0));
    assert_eq!((open.total("me").bytes, open.total("me").done), (30, 10), "nothing of it is lost meanwhile");
    assert_eq!(open.queue.count("me", T::Waiting), 2);
}

/// What can happen. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Op {
    Add(usize, u64),
    Start(usize),
    Finish(usize),
    Fail(usize),
    Ask(usize),
    Answer(usize, ConflictAnswer),
    Act(Act, usize),
    ActOnTab(Act, usize, T),
    Order(Vec<usize>, usize, u8),
    Restart,
    Leave,
}

fn op() -> impl Strategy<Value = Op> {
    let act = prop_oneof![Just(Act::Cancel), Just(Act::Pause), Just(Act::Resume), Just(Act::Retry), Just(Act::Clear)];
    let tab = prop::sample::select([TABS.as_slice(), &[T::All]].concat());
    let answer = prop::sample::select(vec![ConflictAnswer::Replace, ConflictAnswer::KeepBoth, ConflictAnswer::Skip]);
    prop_oneof![
        6 => (0..2usize, prop_oneof![Just(0), Just(10), Just(5 * LARGE)]).prop_map(|(owner, size)| Op::Add(owner, size)),
        6 => (0..2usize).prop_map(Op::Start),
        3 => any::<usize>().prop_map(Op::Finish),
        2 => any::<usize>().prop_map(Op::Fail),
        2 => any::<usize>().prop_map(Op::Ask),
        2 => (any::<usize>(), answer).prop_map(|(at, answer)| Op::Answer(at, answer)),
        4 => (act.clone(), any::<usize>()).prop_map(|(act, at)| Op::Act(act, at)),
        2 => (act, 0..2usize, tab).prop_map(|(act, owner, tab)| Op::ActOnTab(act, owner, tab)),
        3 => (prop::collection::vec(any::<usize>(), 1..4), any::<usize>(), 0..4u8)
            .prop_map(|(moved, beside, how)| Op::Order(moved, beside, how)),
        1 => Just(Op::Restart),
        1 => Just(Op::Leave),
    ]
}

/// What the queue should be: each transfer on a list, with whose it is, how large, and where it stands.
type Model = BTreeMap<u64, (usize, u64, S)>;

struct World {
    dir: tempfile::TempDir,
    transfers: Option<Transfers>,
    model: Model,
}

impl World {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut world = Self { dir, transfers: None, model: Model::new() };
        world.restart();
        world
    }

    fn restart(&mut self) {
        self.transfers = None;
        self.transfers = Some(Transfers::open(&self.dir.path().join("transfers.sqlite"), true).unwrap());
        self.model.retain(|_, (_, _, state)| tab_of(*state) != T::Done);
        self.stop_running();
    }

    fn stop_running(&mut self) {
        for (_, _, state) in self.model.values_mut() {
            if *state == S::Running {
                *state = S::Waiting;
            }
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.transfers.as_ref().unwrap().lock()
    }

    fn pick(&self, at: usize, which: impl Fn(S) -> bool) -> Option<u64> {
        let fitting: Vec<u64> = self.model.iter().filter(|(_, row)| which(row.2)).map(|(id, _)| *id).collect();
        (!fitting.is_empty()).then(|| fitting[at % fitting.len()])
    }

    fn do_it(&mut self, op: Op) {
        match op {
            Op::Add(owner, size) => {
                let id = self.open().add(job(OWNERS[owner], "a", size));
                assert!(self.model.insert(id, (owner, size, S::Waiting)).is_none(), "no id is given twice");
            }
            Op::Start(owner) => {
                let started = start(&mut self.open(), OWNERS[owner]);
                if let Some(id) = started {
                    let row = self.model.get_mut(&id).unwrap();
                    assert_eq!((row.0, row.2), (owner, S::Waiting), "only what waits, only for its owner");
                    row.2 = S::Running;
                }
            }
            Op::Finish(at) => self.end(at, finished(), S::Done),
            Op::Fail(at) => self.end(at, failed(), S::Failed),
            Op::Ask(at) => self.end(at, Change::Asked(conflict()), S::NeedsAnswer),
            Op::Answer(at, answer) => {
                let Some(id) = self.pick(at, |state| state == S::NeedsAnswer) else { return };
                assert!(self.open().step(id, Change::Answered(answer)));
                let after = if answer == ConflictAnswer::Skip { S::Skipped } else { S::Waiting };
                self.model.get_mut(&id).unwrap().2 = after;
            }
            Op::Act(act, at) => {
                let Some(id) = self.pick(at, |_| true) else { return };
                let owner = OWNERS[self.model[&id].0];
                act.on_all(&mut self.open(), owner, TransferChoice::Several { ids: vec![Id(id)] });
                self.expect(act, |of, _| of == id);
            }
            Op::ActOnTab(act, owner, tab) => {
                act.on_all(&mut self.open(), OWNERS[owner], TransferChoice::Tab { tab });
                let model = self.model.clone();
                let there = |id: u64| {
                    let (of, _, state) = model[&id];
                    of == owner && (tab == T::All || tab_of(state) == tab)
                };
                self.expect(act, |id, _| there(id));
            }
            Op::Order(moved, beside, how) => self.order(&moved, beside, how),
            Op::Restart => self.restart(),
            Op::Leave => {
                self.transfers.as_ref().unwrap().owner_changed();
                self.stop_running();
            }
        }
    }

    fn end(&mut self, at: usize, change: Change, state: S) {
        let Some(id) = self.pick(at, |state| state == S::Running) else { return };
        let mut open = self.transfers.as_ref().unwrap().lock();
        assert!(open.step(id, change));
        open.end_run(id);
        self.model.get_mut(&id).unwrap().2 = state;
    }

    fn expect(&mut self, act: Act, which: impl Fn(u64, S) -> bool) {
        self.model.retain(|id, row| {
            if !which(*id, row.2) {
                return true;
            }
            row.2 = match (act, row.2) {
                (Act::Cancel, S::Waiting | S::Running | S::Paused | S::NeedsAnswer) => S::Cancelled,
                (Act::Pause, S::Waiting | S::Running) => S::Paused,
                (Act::Resume, S::Paused) | (Act::Retry, S::Failed | S::Cancelled) => S::Waiting,
                (Act::Clear, S::Failed | S::Done | S::Skipped | S::Cancelled) => return false,
                (_, state) => state,
            };
            true
        });
        // Trying an upload again takes the file as it is now; this one is not there, so its size stays.
    }

    fn order(&mut self, moved: &[usize], beside: usize, how: u8) {
        let Some(target) = self.pick(beside, |state| matches!(state, S::Waiting | S::Paused)) else { return };
        let owner = self.model[&target].0;
        let before = self.line(owner);
        let moved: Vec<u64> = before
            .iter()
            .enumerate()
            .filter(|(at, _)| moved.iter().any(|m| m % before.len() == *at))
            .map(|(_, id)| *id)
            .collect();
        let (rest, to): (Vec<u64>, LinePlace) = (
            before.iter().copied().filter(|id| !moved.contains(id)).collect(),
            match how {
                0 => LinePlace::First,
                1 => LinePlace::Last,
                2 => LinePlace::Before { id: Id(target) },
                _ => LinePlace::After { id: Id(target) },
            },
        );
        let at = match to {
            LinePlace::First => 0,
            LinePlace::Last => rest.len(),
            LinePlace::Before { .. } | LinePlace::After { .. } => {
                let Some(at) = rest.iter().position(|id| *id == target) else { return };
                at + usize::from(how > 2)
            }
        };
        self.open().queue.reorder(OWNERS[owner], &moved, to);
        let expected = [&rest[..at], &moved, &rest[at..]].concat();
        assert_eq!(self.line(owner), expected, "{moved:?} to {to:?} in {before:?}");
    }

    /// What waits or is paused, in the order of the line.
    fn line(&self, owner: usize) -> Vec<u64> {
        let open = self.open();
        let mut places: Vec<(i64, u64)> = open
            .queue
            .read(|rows| {
                let sql =
                    "SELECT line, id FROM transfer JOIN owner ON owner.id = owner WHERE name = ?1 AND tab IN (2, 3)";
                let mut all = rows.prepare(&sql.replace("SELECT line, id", "SELECT line, transfer.id"))?;
                let all = all.query_map([OWNERS[owner]], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
                Ok(all.collect::<Result<_, _>>()?)
            })
            .unwrap();
        places.sort_unstable();
        places.into_iter().map(|(_, id)| id).collect()
    }

    fn check(&self) {
        let mut open = self.open();
        for (owner, name) in OWNERS.into_iter().enumerate() {
            let mut sum = 0;
            for tab in TABS {
                let mut shown = open.queue.ids(name, tab);
                shown.sort_unstable();
                let rows = self.model.iter().filter(|(_, row)| row.0 == owner && tab_of(row.2) == tab);
                let expected: Vec<u64> = rows.clone().map(|(id, _)| *id).collect();
                assert_eq!(shown, expected, "{name} {tab:?}");
                let bytes: u64 = rows.map(|(_, row)| row.1).sum();
                let tally = open.queue.tally(name, tab);
                assert_eq!((tally.count as usize, tally.bytes), (expected.len(), bytes), "{name} {tab:?} is counted");
                sum += if matches!(tab, T::NeedsYou | T::Running | T::Waiting) { bytes } else { 0 };
            }
            let total = open.total(name);
            assert_eq!(total.bytes - total.done, sum, "what is left to do for {name} is the sum");
        }
    }

    /// From wherever it is: everything that is answered, resumed and started comes to its end.
    fn come_to_an_end(&mut self) {
        for (owner, name) in OWNERS.into_iter().enumerate() {
            self.do_it(Op::Leave);
            self.do_it(Op::ActOnTab(Act::Resume, owner, T::All));
            while self.pick(0, |state| state == S::NeedsAnswer).is_some() {
                self.do_it(Op::Answer(0, ConflictAnswer::Replace));
            }
            loop {
                let mut open = self.open();
                let Some(id) = start(&mut open, name) else { break };
                open.step(id, finished());
                open.end_run(id);
            }
            for tab in [T::NeedsYou, T::Running, T::Waiting, T::Paused] {
                assert_eq!(self.open().queue.count(name, tab), 0, "nothing of {name} is stuck in {tab:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_the_queue_is_what_the_model_says_and_nothing_is_stuck(ops in prop::collection::vec(op(), 0..80)) {
        let mut world = World::new();
        for op in ops {
            world.do_it(op);
            world.check();
        }
        world.come_to_an_end();
    }
}
