//! The sentence at the end.

use super::*;

fn job(kind: TransferKind, level: Level, name: &str) -> Job {
    Job {
        owner: "me".to_owned(),
        batch: 1,
        kind,
        whole: false,
        from: None,
        space: SpaceRef { level, owner: None },
        key: name.to_owned(),
        local: std::path::PathBuf::from("/home/me/Downloads").join(name),
        name: name.to_owned(),
        folder: String::new(),
        size: Some(1),
        modified: None,
        etag: None,
        content_type: None,
        photos: crate::wire::PhotoChoices::default(),
    }
}

fn told(count: &mut RunCount, needs_you: u32) -> Option<(String, String)> {
    count.end(needs_you).map(|end| (end.title, end.text))
}

fn said(title: &str, text: &str) -> Option<(String, String)> {
    Some((title.to_owned(), text.to_owned()))
}

#[test]
fn what_arrived_in_one_place_is_told_with_its_name() {
    let mut count = RunCount::default();
    for name in ["a", "b"] {
        count.note(&job(TransferKind::Upload, Level::Private, name), TransferState::Done);
    }
    assert_eq!(told(&mut count, 0), said("2 items are in Private", ""));
    assert_eq!(told(&mut count, 0), None, "an end is told once");
    count.note(&job(TransferKind::Download, Level::Public, "a"), TransferState::Done);
    assert_eq!(told(&mut count, 0), said("1 item is in Downloads", ""));
}

#[test]
fn what_failed_and_what_waits_for_an_answer_is_told_too() {
    let mut count = RunCount::default();
    count.note(&job(TransferKind::Upload, Level::Private, "a"), TransferState::Done);
    count.note(&job(TransferKind::Upload, Level::Public, "b"), TransferState::Done);
    count.note(&job(TransferKind::Upload, Level::Public, "c"), TransferState::Failed);
    assert_eq!(told(&mut count, 1), said("2 items have arrived", "1 failed. 1 needs your answer."));
    count.note(&job(TransferKind::Upload, Level::Public, "c"), TransferState::Failed);
    assert_eq!(told(&mut count, 0), said("1 failed", ""));
}

#[test]
fn what_the_person_did_themselves_is_no_news() {
    let mut count = RunCount::default();
    count.note(&job(TransferKind::Upload, Level::Private, "a"), TransferState::Cancelled);
    count.note(&job(TransferKind::Upload, Level::Private, "b"), TransferState::Skipped);
    count.note(&job(TransferKind::Upload, Level::Private, ""), TransferState::Done);
    assert_eq!(told(&mut count, 2), None, "a folder that was read is not one more item");
    count.note(&job(TransferKind::Upload, Level::Private, "c"), TransferState::Failed);
    count.tried_again();
    assert_eq!(told(&mut count, 0), None, "what is tried again has not failed for good");
}

#[test]
fn the_drawer_opens_at_what_needs_the_person_most() {
    let mut count = RunCount::default();
    let mut tab = |failed: bool, needs_you| {
        count.note(&job(TransferKind::Upload, Level::Private, "a"), TransferState::Done);
        if failed {
            count.note(&job(TransferKind::Upload, Level::Private, "b"), TransferState::Failed);
        }
        count.end(needs_you).map(|end| end.tab)
    };
    assert_eq!(tab(false, 0), Some(TransferTab::Done));
    assert_eq!(tab(true, 0), Some(TransferTab::Failed));
    assert_eq!(tab(true, 1), Some(TransferTab::NeedsYou));
    assert_eq!(tab(false, 1), Some(TransferTab::NeedsYou));
}
