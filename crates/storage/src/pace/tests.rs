//! What the pace promises, by a clock that a test moves.

use std::collections::VecDeque;
use std::time::Duration;

use super::clock::by_hand::{ByHand, settle};
use super::*;

/// Who goes, in order, when `width` go at once and each ends in its turn.
fn order(lanes: &[(Lane, usize)], width: usize) -> Vec<Lane> {
    let mut turns = Turns::default();
    let mut ends = Vec::new();
    for (lane, count) in lanes {
        for _ in 0..*count {
            let (waiting, turn) = oneshot::channel();
            turns.wait(*lane, waiting);
            ends.push(turn);
        }
    }
    let (mut going, mut order) = (VecDeque::new(), Vec::new());
    loop {
        while let Some((lane, _)) = turns.next(width, |_| usize::MAX) {
            going.push_back(lane);
            order.push(lane);
        }
        assert!(going.len() <= width);
        let Some(ended) = going.pop_front() else { return order };
        turns.end(ended);
    }
}

#[test]
fn many_small_and_few_large_transfers_share_and_neither_waits_for_all_of_the_other() {
    let pace = Pace::default();
    let (small, large) = (pace.lane(Way::Up, true), pace.lane(Way::Up, false));
    assert_eq!(small, pace.lane(Way::Up, true), "small ones share a lane");
    let other = pace.lane(Way::Up, false);
    assert_ne!(large, other);
    let order = order(&[(large, 100), (small, 100), (other, 100)], 6);
    assert_eq!(order.len(), 300, "everybody has had their turn");
    for group in order[..240].chunks(6) {
        for lane in [small, large, other] {
            let has = group.iter().filter(|went| **went == lane).count();
            assert!((1..=3).contains(&has), "{has} of 6");
        }
    }
}

#[test]
fn one_alone_has_all_there_is() {
    let pace = Pace::default();
    let large = pace.lane(Way::Down, false);
    assert_eq!(order(&[(large, 20)], 8), [large; 20]);
}

#[test]
fn a_limit_of_one_direction_does_not_hold_up_the_other() {
    let (up, down) = (Lane { way: Way::Up, number: 0 }, Lane { way: Way::Down, number: 0 });
    let mut turns = Turns::default();
    let (mut went, mut ends) = (Vec::new(), Vec::new());
    for lane in [up, up, up, up, down, down, down, down] {
        let (waiting, turn) = oneshot::channel();
        turns.wait(lane, waiting);
        ends.push(turn);
    }
    while let Some((lane, _)) = turns.next(8, |way| if way == Way::Up { 2 } else { usize::MAX }) {
        went.push(lane);
    }
    assert_eq!((went.iter().filter(|lane| **lane == up).count(), went.len()), (2, 6));
}

#[tokio::test]
async fn who_is_stopped_while_waiting_takes_no_turn() {
    let pace = Arc::new(Pace::default());
    pace.set_most_at_once(1);
    let lane = pace.lane(Way::Up, true);
    let first = pace.turn(lane).await;
    for _ in 0..3 {
        let mut stopped = Box::pin(pace.turn(lane));
        assert!(futures::poll!(&mut stopped).is_pending());
    }
    let mut next = Box::pin(pace.turn(lane));
    assert!(futures::poll!(&mut next).is_pending());
    drop(first);
    let given = next.await;
    let mut stopped_when_given = Box::pin(pace.turn(lane));
    assert!(futures::poll!(&mut stopped_when_given).is_pending());
    drop(given);
    drop(stopped_when_given);
    pace.turn(lane).await;
}

#[tokio::test]
async fn more_at_once_takes_effect_for_who_waits() {
    let pace = Arc::new(Pace::default());
    pace.set_most_at_once(1);
    let lane = pace.lane(Way::Up, true);
    let _first = pace.turn(lane).await;
    let (other, waits) = (pace.clone(), pace.lane(Way::Up, false));
    let waits = tokio::spawn(async move { drop(other.turn(waits).await) });
    settle().await;
    assert!(!waits.is_finished());
    pace.lock().width = Width::default();
    pace.set_most_at_once(2);
    waits.await.unwrap();
}

/// A server that serves `best` requests at once, each of 100 KiB in 100 ms, for a while; more at once are not faster.
async fn moves(best: usize, seconds: u32) -> usize {
    let clock = ByHand::new();
    let pace = Arc::new(Pace::with_clock(Arc::new(clock.clone())));
    let served = Arc::new(tokio::sync::Semaphore::new(best));
    for _ in 0..100 {
        let (pace, clock, served) = (pace.clone(), clock.clone(), served.clone());
        tokio::spawn(async move {
            let lane = pace.lane(Way::Up, true);
            loop {
                let _turn = pace.turn(lane).await;
                let _served = served.acquire().await;
                pace.go(Way::Up, 100 << 10).await;
                clock.sleep(Duration::from_millis(100)).await;
            }
        });
    }
    settle().await;
    for _ in 0..seconds * 20 {
        clock.advance(Duration::from_millis(50)).await;
    }
    pace.at_once()
}

#[tokio::test]
async fn as_many_go_at_once_as_the_server_is_good_for() {
    let few = moves(4, 8).await;
    assert!((4..=12).contains(&few), "{few}");
    let many = moves(40, 8).await;
    assert!((32..=64).contains(&many), "{many}");
}

#[tokio::test]
async fn after_a_pause_nothing_is_measured_of_the_pause() {
    let clock = ByHand::new();
    let pace = Arc::new(Pace::with_clock(Arc::new(clock.clone())));
    let lane = pace.lane(Way::Up, true);
    clock.advance(Duration::from_secs(3600)).await;
    let first = pace.at_once();
    let turns = futures::future::join_all((0..first).map(|_| pace.turn(lane))).await;
    let mut waits = Box::pin(pace.turn(lane));
    assert!(futures::poll!(&mut waits).is_pending());
    drop(turns);
    assert_eq!(pace.at_once(), first);
}

#[test]
fn a_complaint_makes_it_fewer() {
    let pace = Pace::default();
    let before = pace.at_once();
    pace.complained();
    assert_eq!(pace.at_once(), before / 2);
}

/// How long, by the clock, `work` takes over a real line.
async fn takes(clock: &ByHand, work: impl Future<Output = ()>) -> Duration {
    let (mut work, step) = (std::pin::pin!(work), Duration::from_millis(100));
    let mut passed = Duration::ZERO;
    loop {
        tokio::select! {
            () = &mut work => return passed,
            // What the line has brought meanwhile asks for its share.
            () = tokio::time::sleep(Duration::from_millis(5)) => clock.advance(step).await,
        }
        passed += step;
    }
}

#[tokio::test]
async fn uploads_and_downloads_take_as_long_as_their_limits_say() {
    const MIB: usize = 1024 * 1024;
    let (storage, _server, _bucket) = crate::testing::honest().await;
    let (clock, folder) = (ByHand::new(), tempfile::tempdir().unwrap());
    let pace = Arc::new(Pace::with_clock(Arc::new(clock.clone())));
    let storage = storage.with_pace(pace.clone());
    let (name, control) = (crate::testing::key("film.mov"), crate::Control::default());
    let put = async || {
        let options = crate::PutOptions::new(crate::IfExists::Replace);
        let body = crate::Body::Bytes(vec![7; 6 * MIB].into());
        storage.put(&crate::Space::Public, &name, body, options, &control).await.unwrap();
    };
    let get = async || {
        let path = folder.path().join("film.mov");
        storage.get_to_file(&crate::Space::Public, &name, &path, &control).await.unwrap();
        std::fs::remove_file(path).unwrap();
    };
    let (a_while, least) = (Some(MIB as u64), Duration::from_secs(5));
    pace.set_upload_limit(a_while);
    let up = takes(&clock, put()).await;
    assert!(up >= least, "6 MiB at 1 MiB a second went up in {up:?}");
    pace.set_upload_limit(None);
    pace.set_download_limit(a_while);
    let down = takes(&clock, get()).await;
    assert!(down >= least, "6 MiB at 1 MiB a second came down in {down:?}");
}
