//! Uploads and copies in parts that cannot be finished: they are aborted, and where that is refused they are named.

use amphora_faults::{Fault, Rule};
use amphora_storage::ErrorKind;
use amphora_testbed::PolicySet;

use crate::case::{Bed, Verb};

const IN_PARTS: [Verb; 2] = [Verb::UploadInParts, Verb::CopyInParts];

#[tokio::test]
async fn a_part_that_fails_for_good_has_the_upload_aborted_before_the_failure_is_told() {
    let bed = Bed::start(PolicySet::Recommended).await;
    for verb in IN_PARTS {
        let case = bed.case(verb, "fails").await;
        case.spoil(Rule::new(Fault::internal()));
        // An abort that is not waited for would still be on its way.
        bed.proxy.add(Rule::new(Fault::late(std::time::Duration::from_millis(500))).on("DELETE", "uploadId="));
        let error = case.act().await.unwrap_err();
        assert_eq!((error.kind(), error.abandoned()), (ErrorKind::Unexpected, None), "{verb:?}");
        assert_eq!(bed.unfinished().await, (0, 0), "{verb:?}: the abort was waited for");
        assert_eq!(bed.proxy.count("DELETE", "uploadId="), 1, "{verb:?}: and asked for once");
    }
}

#[tokio::test]
async fn an_abort_that_the_documented_policies_refuse_is_survived_and_the_upload_is_named() {
    let bed = Bed::start(PolicySet::Documented).await;
    for (verb, unfinished) in IN_PARTS.into_iter().zip(1..) {
        let case = bed.case(verb, "refused").await;
        case.spoil(Rule::new(Fault::denied()));
        let error = case.act().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AccessDenied, "{verb:?}: the first reason stays the reason");
        assert!(error.detail().contains("AccessDenied, request FAULTPROXY"), "{verb:?}: {}", error.detail());
        let abandoned = error.abandoned().expect("it is named");
        assert!(abandoned.full_key.starts_with("private/"), "{verb:?}: by its whole key {}", abandoned.full_key);
        assert_eq!(bed.unfinished().await.0, unfinished, "{verb:?}: and really is there");
        let listed = bed.proxy.seen().into_iter().any(|seen| seen.path.contains(&abandoned.upload_id));
        assert!(listed, "{verb:?}: by the server's own id");
    }
}

#[tokio::test]
async fn an_abort_that_fails_for_a_while_is_asked_for_again() {
    let bed = Bed::start(PolicySet::Recommended).await;
    for verb in IN_PARTS {
        let case = bed.case(verb, "abort fails").await;
        case.spoil(Rule::new(Fault::denied()));
        bed.proxy.add(Rule::new(Fault::slow_down()).on("DELETE", "uploadId=").times(3));
        let error = case.act().await.unwrap_err();
        assert_eq!((error.kind(), error.abandoned()), (ErrorKind::AccessDenied, None), "{verb:?}");
        assert_eq!(bed.unfinished().await, (0, 0), "{verb:?}");
    }
}

#[tokio::test]
async fn an_abort_whose_answer_is_lost_counts_as_done() {
    let bed = Bed::start(PolicySet::Recommended).await;
    for verb in IN_PARTS {
        let case = bed.case(verb, "abort lost").await;
        case.spoil(Rule::new(Fault::denied()));
        bed.proxy.add(Rule::new(Fault::LoseAnswer).on("DELETE", "uploadId=").times(1));
        let error = case.act().await.unwrap_err();
        assert_eq!(error.abandoned(), None, "{verb:?}: the second asking finds it gone");
        assert_eq!(bed.unfinished().await, (0, 0), "{verb:?}");
    }
}
