//! Lines that break, crawl or lose answers, for each verb: it ends right or says why.

use std::sync::Arc;
use std::time::Duration;

use amphora_faults::{Fault, Rule};
use amphora_storage::{Control, ErrorKind};
use amphora_testbed::PolicySet;

use crate::case::{Bed, Verb, each_verb};

/// Longer than the SDK would have a body stand still.
const STANDS_STILL: Duration = Duration::from_secs(25);

/// In the midst of the body that the verb has: a request's for uploads, an answer's else. Deleting one has neither.
fn broken(verb: Verb) -> Fault {
    match verb {
        Verb::Upload | Verb::UploadInParts => Fault::ResetRequest { at: 100_000 },
        Verb::Download => Fault::ResetAnswer { at: 100_000 },
        Verb::Copy | Verb::CopyInParts | Verb::DeleteMany => Fault::ResetAnswer { at: 50 },
        Verb::Delete => Fault::Refuse,
    }
}

/// An answer that ends before its time; where the request that does it has none, another one's.
fn truncated(verb: Verb) -> Rule {
    match verb {
        Verb::Upload | Verb::Delete => Rule::new(Fault::LoseAnswer).on(verb.request().0, verb.request().1),
        Verb::UploadInParts | Verb::CopyInParts => Rule::new(Fault::CutAnswer { at: 50 }).on("POST", "uploadId="),
        Verb::Download => Rule::new(Fault::CutAnswer { at: 100_000 }).on("GET", "/from%20"),
        Verb::Copy => Rule::new(Fault::CutAnswer { at: 50 }).on("PUT", "/to%20"),
        Verb::DeleteMany => Rule::new(Fault::CutAnswer { at: 50 }).on("POST", "?delete"),
    }
}

#[tokio::test]
async fn each_verb_survives_a_reset_in_mid_body() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        let what = format!("{verb:?}");
        let case = bed.case(verb, "reset").await;
        case.spoil(Rule::new(broken(verb)).times(1));
        case.act().await.expect(&what);
        assert_eq!(case.requests(), 2, "{what}: asked again once");
        case.is_right(&what).await;
        assert_eq!(bed.unfinished().await, (0, 0), "{what}");
    })
    .await;
}

#[tokio::test]
async fn a_verb_whose_every_try_is_reset_says_that_it_is_offline() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        let what = format!("{verb:?}");
        let case = bed.case(verb, "reset for good").await;
        // A download that brings a byte goes on; this one brings none.
        let fault = if verb == Verb::Download { Fault::ResetAnswer { at: 0 } } else { broken(verb) };
        case.spoil(Rule::new(fault));
        let error = case.act().await.expect_err(&what);
        assert_eq!(error.kind(), ErrorKind::Offline, "{what}: {error}");
        assert_eq!(case.requests(), 4, "{what}");
        assert_eq!(bed.unfinished().await, (0, 0), "{what}");
        bed.proxy.mend();
        if verb == Verb::Copy {
            // Its request went through each time: the copy is there, and only that could not be told.
            return;
        }
        case.act().await.expect(&what);
        case.is_right(&what).await;
    })
    .await;
}

#[tokio::test]
async fn each_verb_survives_a_truncated_answer() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        let what = format!("{verb:?}");
        let case = bed.case(verb, "truncated").await;
        bed.proxy.add(truncated(verb).times(1));
        case.act().await.expect(&what);
        case.is_right(&what).await;
        assert_eq!(bed.unfinished().await, (0, 0), "{what}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_not_mistaken_for_somebody_elses_work() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        let what = format!("{verb:?}");
        let case = bed.case(verb, "lost").await;
        case.spoil(Rule::new(Fault::LoseAnswer).times(1));
        if verb.in_parts() {
            // The one that puts the parts together as well.
            bed.proxy.add(Rule::new(Fault::LoseAnswer).on("POST", "uploadId=").times(1));
        }
        case.act().await.expect(&what);
        case.is_right(&what).await;
        assert_eq!(case.requests(), 2, "{what}: sent twice");
        assert_eq!(bed.unfinished().await, (0, 0), "{what}");
    })
    .await;
}

#[tokio::test]
async fn what_a_proxy_on_the_way_sends_twice_is_done_once_or_said_to_be_there() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        let what = format!("{verb:?}");
        let case = bed.case(verb, "twice").await;
        case.spoil(Rule::new(Fault::Twice));
        if verb.in_parts() {
            bed.proxy.add(Rule::new(Fault::Twice).on("POST", "uploadId="));
        }
        match case.act().await {
            Ok(()) => {}
            // One request that was sent once, and refused: who stored what is there, the answer does not tell.
            Err(error) if matches!(verb, Verb::Upload | Verb::Copy) => {
                assert_eq!(error.kind(), ErrorKind::AlreadyExists, "{what}: {error}");
            }
            Err(error) => panic!("{what}: {error}"),
        }
        case.is_right(&what).await;
        assert_eq!(bed.unfinished().await, (0, 0), "{what}");
    })
    .await;
}

#[tokio::test]
async fn an_upload_whose_beginning_was_not_heard_of_leaves_no_part() {
    let bed = Bed::start(PolicySet::Recommended).await;
    for verb in [Verb::UploadInParts, Verb::CopyInParts] {
        let case = bed.case(verb, "begun twice").await;
        bed.proxy.add(Rule::new(Fault::LoseAnswer).on("POST", "?uploads").times(1));
        case.act().await.unwrap();
        case.is_right("begun twice").await;
        assert_eq!(bed.unfinished().await.1, 0, "the first one, whose id nobody knows, holds nothing that costs");
    }
}

#[tokio::test]
async fn each_verb_waits_for_a_slow_line_and_a_late_server() {
    each_verb(PolicySet::Recommended, async |bed, verb| {
        let what = format!("{verb:?}");
        let case = bed.case(verb, "slow").await;
        bed.proxy.slow(if verb.in_parts() { 16 << 20 } else { 500_000 });
        case.spoil(Rule::new(Fault::late(Duration::from_millis(300))));
        case.act().await.expect(&what);
        assert_eq!(case.requests(), 1, "{what}: nothing was given up");
        case.is_right(&what).await;
    })
    .await;
}

/// The buffers of a connection hold megabytes, and take nothing more until a good part of them is gone.
#[tokio::test]
async fn an_upload_goes_on_while_full_buffers_let_it_stand_still() {
    let bed = Bed::start(PolicySet::Recommended).await;
    let case = bed.case_of(Verb::UploadInParts, "standing still", 64 << 20).await;
    bed.proxy.slow(300_000);
    let faster = async {
        tokio::time::sleep(STANDS_STILL).await;
        bed.proxy.mend();
    };
    let (ended, ()) = tokio::join!(case.act(), faster);
    ended.unwrap();
    case.is_right("standing still").await;
    assert_eq!(bed.unfinished().await, (0, 0));
}

#[tokio::test]
async fn a_line_that_is_cut_in_the_midst_is_told_and_the_next_try_ends_right() {
    for (policy, kept) in [(PolicySet::Recommended, "recommended"), (PolicySet::Documented, "documented")] {
        each_verb(policy, async |bed, verb| {
            let what = format!("{kept} {verb:?}");
            let case = bed.case(verb, "cut").await;
            let proxy = Arc::new(bed.proxy.cutter());
            let control = match verb {
                Verb::Upload | Verb::UploadInParts | Verb::Download | Verb::CopyInParts => {
                    let cut = move |progress: amphora_storage::Progress| {
                        if progress.loaded > 0 {
                            proxy.cut();
                        }
                    };
                    Control { progress: Some(Arc::new(cut)), ..Control::default() }
                }
                Verb::Copy | Verb::Delete | Verb::DeleteMany => {
                    proxy.cut();
                    Control::default()
                }
            };
            let ended = case.act_with(&control).await;
            let error = match ended {
                // All of it may have been on its way already.
                Ok(()) => {
                    case.is_right(&what).await;
                    return;
                }
                Err(error) => error,
            };
            assert_eq!(error.kind(), ErrorKind::Offline, "{what}: {error}");
            assert_eq!(error.abandoned().is_some(), verb.in_parts(), "{what}: what stays on the server is named");
            case.has_done_nothing(&what).await;
            case.act().await.expect(&what);
            case.is_right(&what).await;
        })
        .await;
    }
}
