//! Servers that fail, refuse, or ask for a pause: how often they are asked, and what is said in the end. The length of the
//! pauses is proved in the storage crate, with a clock that it brings itself.

use std::time::{Duration, Instant};

use amphora_faults::{Fault, Rule};
use amphora_storage::ErrorKind;
use amphora_testbed::PolicySet;

use crate::case::{Bed, Verb, each_verb};

/// Far more than the pauses of four tries, far less than a client that waits for its patience to end.
const LONG: Duration = Duration::from_secs(25);

#[tokio::test]
async fn each_verb_asks_a_failing_server_four_times_and_a_refusing_one_once() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        for (fault, requests, kind) in [
            (Fault::internal(), 4, ErrorKind::Unexpected),
            (Fault::slow_down(), 4, ErrorKind::Throttled),
            (Fault::denied(), 1, ErrorKind::AccessDenied),
            (Fault::expired(), 1, ErrorKind::SignedOut),
        ] {
            let what = format!("{fault:?} {verb:?}");
            let case = bed.case(verb, &format!("{requests} {kind:?}")).await;
            case.spoil(Rule::new(fault.clone()));
            let begun = Instant::now();
            let error = case.act().await.expect_err(&what);
            assert!(begun.elapsed() < LONG, "{what}: told soon");
            assert_eq!((error.kind(), case.requests()), (kind, requests), "{what}");
            assert!(error.detail().contains("FAULTPROXY") || verb == Verb::DeleteMany, "{what}: {}", error.detail());
            if verb.in_parts() {
                assert_eq!(bed.proxy.count("DELETE", "uploadId="), 1, "{what}: it was aborted");
                assert_eq!(bed.proxy.count("POST", "uploadId="), 0, "{what}: nothing was put together");
            }
            case.has_done_nothing(&what).await;
            assert_eq!(bed.unfinished().await, (0, 0), "{what}: the abort was waited for");
        }
    })
    .await;
}

#[tokio::test]
async fn each_verb_survives_a_burst_that_is_over_before_its_fourth_try() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        for fault in [Fault::internal(), Fault::slow_down()] {
            let what = format!("{fault:?} {verb:?}");
            let case = bed.case(verb, &format!("burst {fault:?}").replace(|c: char| !c.is_alphanumeric(), " ")).await;
            case.spoil(Rule::new(fault.clone()).times(3));
            case.act().await.expect(&what);
            assert_eq!(case.requests(), 4, "{what}");
            case.is_right(&what).await;
            assert_eq!(bed.unfinished().await, (0, 0), "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_download_is_not_asked_for_again_where_the_rest_is_refused() {
    let bed = Bed::start(PolicySet::Documented).await;
    let case = bed.case(Verb::Download, "refused rest").await;
    case.spoil(Rule::new(Fault::CutAnswer { at: 100_000 }).times(1));
    case.spoil(Rule::new(Fault::denied()).after(1));
    let error = case.act().await.unwrap_err();
    assert_eq!((error.kind(), case.requests()), (ErrorKind::AccessDenied, 2));
    case.has_done_nothing("permission lost in mid-download").await;
}
