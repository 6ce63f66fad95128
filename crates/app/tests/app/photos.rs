//! Photos and videos on their way up: where they were taken stays on this computer, unless the person says otherwise.

use crate::around::{World, names, place, rows, settled, transfers, until};
use amphora_app::App;
use amphora_app::wire::{
    Audience, Consent, FailureCode, Level, PhotoChoices, PhotoSize, PhotosFound, PlaceRef, Selection, TransferState,
    TransferTab, UploadAnswer,
};
use amphora_thumbs::specimens::{Camera, PLACE, boxed, corners, located_movie, movie, png};
use amphora_thumbs::{facts, has_location, movie_edits};
use std::io::Cursor;
use std::path::PathBuf;

const AS_THEY_ARE: PhotoChoices =
    PhotoChoices { remove_location: false, size: PhotoSize::Original, skip_duplicates: false };
const WITHOUT_PLACE: PhotoChoices = PhotoChoices { remove_location: true, ..AS_THEY_ARE };

fn camera() -> Camera {
    Camera { located: true, taken: Some("2026:07:14 18:05:09"), orientation: 6, ..Camera::default() }
}

async fn send(app: &App, paths: Vec<PathBuf>, to: &PlaceRef, photos: Option<PhotoChoices>) {
    let grant = app.give_grant(paths);
    let answer = app.upload(&grant.id, to.clone(), Consent::Once, photos).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Queued { .. }), "{answer:?}");
    settled(app).await;
}

/// The bytes of a file as whoever downloads it gets them.
pub async fn stored(world: &World, app: &App, at: &PlaceRef, name: &str) -> Vec<u8> {
    let (listing, shown) = rows(app, at).await;
    let id = shown.iter().find(|row| row.name == name).expect("it is listed").id;
    let target = tempfile::tempdir_in(world.dir.path()).unwrap();
    app.download_selection(&Selection::Only { listing, ids: vec![id] }, target.path()).unwrap();
    until("it is downloaded", || async { target.path().join(name).exists() }).await;
    std::fs::read(target.path().join(name)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_others_will_see_is_asked_about_together_with_who_they_are() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    world.file("trip/b.jpg", camera().jpeg(40, 30));
    let picked = vec![
        world.file("a.jpg", camera().jpeg(40, 30)),
        world.file("plain.jpg", Camera::default().jpeg(40, 30)),
        world.file("notes.txt", "x"),
        world.dir.path().join("desktop/trip"),
    ];
    let grant = app.give_grant(picked);
    let found = PhotosFound { photos: 3, located: 2, located_videos: 0, more: false };
    let asked = app.upload(&grant.id, public.clone(), Consent::Ask, None).await.unwrap();
    let audience = Some(Audience::EveryoneChanges);
    assert_eq!(asked, UploadAnswer::NeedsChoices { audience, count: 4, found, choices: WITHOUT_PLACE });
    assert_eq!(app.transfer_summary().waiting + app.transfer_summary().running, 0, "nothing is in line yet");

    // Agreed to, the photos are still asked about, alone.
    let asked = app.upload(&grant.id, public.clone(), Consent::Once, None).await.unwrap();
    assert_eq!(asked, UploadAnswer::NeedsChoices { audience: None, count: 4, found, choices: WITHOUT_PLACE });
    let answer = app.upload(&grant.id, public.clone(), Consent::Always, Some(WITHOUT_PLACE)).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Queued { count: 4, .. }));
    until("all are there", || async { names(&app, &public).await.len() == 4 && app.transfer_summary().running == 0 })
        .await;
    settled(&app).await;
    assert!(!has_location(&stored(&world, &app, &public, "a.jpg").await));
    let trip = place(Level::Public, "trip/");
    assert!(!has_location(&stored(&world, &app, &trip, "b.jpg").await), "what is found in a folder as well");

    let again = app.give_grant(vec![world.file("c.jpg", camera().jpeg(40, 30))]);
    let answer = app.upload(&again.id, public.clone(), Consent::Ask, None).await.unwrap();
    assert!(matches!(answer, UploadAnswer::Queued { .. }), "said for good, it is not asked again");
    settled(&app).await;
    assert!(!has_location(&stored(&world, &app, &public, "c.jpg").await), "and counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_goes_to_others_without_its_place_and_to_its_owner_as_it_is() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let bytes = camera().jpeg(400, 300);
    let photo = world.file("a.jpg", &bytes);
    for (level, photos) in [(Level::Private, None), (Level::Public, Some(AS_THEY_ARE))] {
        let at = place(level, "");
        send(&app, vec![photo.clone()], &at, photos).await;
        assert_eq!(stored(&world, &app, &at, "a.jpg").await, bytes, "{level:?}: byte by byte");
    }
    let at = place(Level::Protected, "");
    let screenshot = png(&corners(40, 30), Some(camera().exif()));
    send(&app, vec![world.file("a.png", &screenshot)], &at, Some(WITHOUT_PLACE)).await;
    let clean = stored(&world, &app, &at, "a.png").await;
    assert!(!has_location(&clean) && clean.len() == screenshot.len(), "a PNG as well");
    assert_eq!(facts(&clean).taken, facts(&screenshot).taken);
    send(&app, vec![photo.clone()], &at, Some(WITHOUT_PLACE)).await;
    let clean = stored(&world, &app, &at, "a.jpg").await;
    assert!(!has_location(&clean));
    assert_eq!(clean.len(), bytes.len(), "as long as it was said to be");
    assert_eq!(facts(&clean).taken, facts(&bytes).taken, "the date stays");
    assert_eq!(image::load_from_memory(&clean).unwrap(), image::load_from_memory(&bytes).unwrap(), "and each pixel");
    assert_eq!(std::fs::read(&photo).unwrap(), bytes, "the file on this computer is not touched");

    send(&app, vec![photo], &at, Some(WITHOUT_PLACE)).await;
    let skipped = transfers(&app, TransferTab::Done).iter().filter(|row| row.state == TransferState::Skipped).count();
    assert_eq!(skipped, 1, "the same photo made the same way is there already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_keeps_its_place_is_not_sent_and_says_so() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    // A photo that somebody hung on to a picture: nothing changes behind a picture's end.
    let stubborn = world.file("map.png", [png(&corners(8, 8), None), camera().jpeg(40, 30)].concat());
    send(&app, vec![stubborn.clone()], &public, Some(WITHOUT_PLACE)).await;
    let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::LocationStays);
    assert_eq!(
        failure.to_string(),
        "Couldn’t upload “map.png”: it tells where it was taken, and that can’t be taken out of it. \
         Upload it to Private, or upload it again without “Remove location from photos and videos”."
    );
    assert_eq!(names(&app, &public).await, [] as [&str; 0], "nothing of it left this computer");
    send(&app, vec![stubborn], &public, Some(AS_THEY_ARE)).await;
    assert_eq!(names(&app, &public).await, ["map.png"], "as the person wants it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_chosen_counts_after_a_restart_too() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    send(&app, vec![world.file("a.jpg", "something else")], &public, None).await;
    let photo = world.file("a.jpg", camera().jpeg(400, 300));
    let grant = app.give_grant(vec![photo]);
    app.upload(&grant.id, public.clone(), Consent::Once, Some(WITHOUT_PLACE)).await.unwrap();
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    crate::around::end(app).await;

    let again = world.person("ada").await;
    let asked = transfers(&again, TransferTab::NeedsYou)[0].id;
    again.answer_conflict(asked, amphora_app::wire::ConflictAnswer::Replace, false).unwrap();
    settled(&again).await;
    let clean = stored(&world, &again, &public, "a.jpg").await;
    assert!(clean.starts_with(b"\xff\xd8") && !has_location(&clean));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_in_parts_goes_without_its_place_and_leaves_nothing_on_this_computer() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    // Larger than what waits in memory, and sent in parts.
    let bytes = [camera().jpeg(400, 300), vec![7; 20 << 20]].concat();
    send(&app, vec![world.file("large.jpg", &bytes)], &public, Some(WITHOUT_PLACE)).await;
    let clean = stored(&world, &app, &public, "large.jpg").await;
    assert!(!has_location(&clean) && clean.len() == bytes.len());
    let left = std::fs::read_dir(world.dir.path().join("app/prepared")).unwrap().count();
    assert_eq!(left, 0, "it waited on the disk only while it was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_the_folder_has_under_another_name_is_skipped_and_says_which() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    let photo = camera().jpeg(400, 300);
    let other = Camera { taken: Some("2026:07:15 18:05:09"), ..camera() }.jpeg(400, 300);
    assert_eq!(photo.len(), other.len(), "only the content tells them apart");
    send(&app, vec![world.file("first.jpg", &photo)], &public, Some(WITHOUT_PLACE)).await;
    let again = vec![world.file("copy.jpg", &photo), world.file("other.jpg", &other), world.file("copy.txt", &photo)];
    let unique = PhotoChoices { skip_duplicates: true, ..WITHOUT_PLACE };
    send(&app, again.clone(), &public, Some(unique)).await;
    assert_eq!(names(&app, &public).await, ["copy.txt", "first.jpg", "other.jpg"], "what is no photo by its name goes");
    let done = transfers(&app, TransferTab::Done);
    let skipped = done.iter().find(|row| row.name == "copy.jpg").unwrap();
    assert_eq!((skipped.state, skipped.same_as.as_deref()), (TransferState::Skipped, Some("first.jpg")));

    world.file("trip/x.jpg", &photo);
    world.file("trip/y.jpg", &other);
    let trip = world.dir.path().join("desktop/trip");
    send(&app, vec![trip.clone()], &public, Some(unique)).await;
    let inside = place(Level::Public, "trip/");
    until("both are there", || async { names(&app, &inside).await == ["x.jpg", "y.jpg"] }).await;
    world.file("trip/z.jpg", &photo);
    send(&app, vec![trip], &public, Some(unique)).await;
    until("it is skipped", || async {
        let done = transfers(&app, TransferTab::Done);
        done.iter().any(|row| row.name == "z.jpg" && row.same_as.as_deref() == Some("x.jpg"))
    })
    .await;
    assert_eq!(names(&app, &inside).await, ["x.jpg", "y.jpg"], "another folder's photos are no reason to skip");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_photo_goes_smaller_where_that_is_wanted_with_its_date_and_without_its_place() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    let bytes = camera().jpeg(3000, 2000);
    let (large, small) = (world.file("large.jpg", &bytes), world.file("small.jpg", camera().jpeg(400, 300)));
    let medium = PhotoChoices { size: PhotoSize::Medium, skip_duplicates: true, ..WITHOUT_PLACE };
    let (shown, _) = rows(&app, &public).await;
    send(&app, vec![large.clone(), small], &public, Some(medium)).await;
    let in_view = || {
        let rows = app.rows(shown, 0, 9).unwrap_or_default();
        rows.into_iter().find(|row| row.name == "large.jpg").map(|row| row.size.0)
    };
    until("the open folder shows it", || async { in_view().is_some() }).await;
    let made = stored(&world, &app, &public, "large.jpg").await;
    assert_eq!(in_view(), Some(made.len() as u64), "with the bytes that were stored");
    assert!(made.len() < bytes.len() && !has_location(&made));
    assert_eq!((facts(&made).size, facts(&made).taken), (Some((1365, 2048)), facts(&bytes).taken));
    let untouched = stored(&world, &app, &public, "small.jpg").await;
    assert_eq!(facts(&untouched).size, Some((300, 400)), "what is small enough keeps its pixels");

    let copy = world.file("copy.jpg", &bytes);
    send(&app, vec![large, copy], &public, Some(medium)).await;
    let done = transfers(&app, TransferTab::Done);
    let skipped = done.iter().filter(|row| row.state == TransferState::Skipped).count();
    assert_eq!(skipped, 2, "made the same way, both are there already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_goes_to_others_without_its_place_and_to_its_owner_as_it_is() {
    let world = World::new().await;
    let app = world.person("ada").await;
    // In parts: what changes lies behind the media, in the last of them.
    let media = 20 << 20;
    let bytes = located_movie(media);
    let video = world.file("quay.mov", &bytes);
    let private = place(Level::Private, "");
    send(&app, vec![video.clone()], &private, None).await;
    assert_eq!(stored(&world, &app, &private, "quay.mov").await, bytes, "byte by byte");

    let public = place(Level::Public, "");
    let grant = app.give_grant(vec![video.clone()]);
    let found = PhotosFound { photos: 0, located: 0, located_videos: 1, more: false };
    let asked = app.upload(&grant.id, public.clone(), Consent::Once, None).await.unwrap();
    assert_eq!(asked, UploadAnswer::NeedsChoices { audience: None, count: 1, found, choices: WITHOUT_PLACE });
    send(&app, vec![video.clone()], &public, Some(WITHOUT_PLACE)).await;
    let clean = stored(&world, &app, &public, "quay.mov").await;
    assert_eq!(clean.len(), bytes.len(), "no sample moves");
    let has = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|some| some == text.as_bytes());
    let header = &clean[media..];
    for gone in [PLACE, "Quay of Zug", "47,22.5N"] {
        assert!(has(&bytes[media..], gone) && !has(header, gone), "{gone}");
    }
    assert!(has(header, "Amphora One") && has(header, "2026-07-14T18:05:09+0200"), "the rest is told still");
    let mut expected = bytes.clone();
    for edit in movie_edits(&mut Cursor::new(&bytes)).unwrap() {
        let at = edit.at as usize;
        expected[at..at + edit.bytes.len()].copy_from_slice(&edit.bytes);
    }
    assert!(clean == expected, "and every other byte is the same");
    assert_eq!(movie_edits(&mut Cursor::new(&clean)).unwrap(), [], "nothing is left to take out");
    assert_eq!(std::fs::read(&video).unwrap(), bytes, "the file on this computer is not touched");
    assert!(!world.dir.path().join("app/prepared").exists(), "and not copied");

    send(&app, vec![video], &public, Some(WITHOUT_PLACE)).await;
    let skipped = transfers(&app, TransferTab::Done).iter().filter(|row| row.state == TransferState::Skipped).count();
    assert_eq!(skipped, 1, "the same video is there already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_that_keeps_its_place_is_not_sent_and_says_so() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let public = place(Level::Public, "");
    // A dash camera's: coordinates among the pictures.
    let drive = world.file("drive.mp4", movie(b"media", &[boxed(b"gps ", &[0; 16])]));
    send(&app, vec![drive.clone()], &public, Some(WITHOUT_PLACE)).await;
    let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::LocationStays);
    assert_eq!(names(&app, &public).await, [] as [&str; 0], "nothing of it left this computer");
    send(&app, vec![drive], &public, Some(AS_THEY_ARE)).await;
    assert_eq!(names(&app, &public).await, ["drive.mp4"], "as the person wants it");
}
