//! Bytes that the page gives a component to store, and what becomes of photos and videos among them.

use crate::around::{World, names, place};
use crate::components::{text, to};
use crate::photos::stored;
use amphora_app::wire::{
    Audience, Consent, FailureCode, Level, PhotoChoices, PhotoSize, PhotosFound, PutAnswer, PutTo,
};
use amphora_thumbs::specimens::{Camera, boxed, located_movie, movie};
use amphora_thumbs::{facts, has_location, movie_edits};
use std::io::Cursor;

#[tokio::test(flavor = "multi_thread")]
async fn a_body_replaces_only_where_it_was_told_to_and_is_the_same_to_itself() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let put = async |bytes: &[u8], to: PutTo| app.put_body(bytes.to_vec(), to).await;
    let here = to(Level::Private, "body.txt");
    let stored = PutAnswer::Stored { key: "body.txt".to_owned() };
    assert_eq!(put(b"one", here.clone()).await.unwrap(), stored);
    assert_eq!(put(b"one", here.clone()).await.unwrap(), stored, "a component that is drawn again sends it again");
    assert_eq!(put(b"two", here.clone()).await.unwrap_err().code, FailureCode::AlreadyExists);
    assert_eq!(put(b"two", PutTo { replace: true, ..here.clone() }).await.unwrap(), stored);
    assert_eq!(text(&app, "body.txt").await.bytes, b"two");
    let asked = put(b"x", to(Level::Public, "x")).await.unwrap();
    assert_eq!(asked, PutAnswer::NeedsConsent { audience: Audience::EveryoneChanges });
    let large = app.put_body(vec![0; (64 << 20) + 1], here).await.unwrap_err();
    assert_eq!(large.code, FailureCode::TooLarge);
    let told: Vec<String> = app.activity(10).await.unwrap().into_iter().map(|entry| entry.message).collect();
    assert_eq!(told, ["Upload success for body.txt", "Error uploading body.txt", "Upload success for body.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_of_the_page_is_asked_about_and_goes_without_its_place_where_others_see_it() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let photo = Camera { located: true, ..Camera::default() }.jpeg(40, 30);
    let put = async |bytes: &[u8], to: PutTo| app.put_body(bytes.to_vec(), to).await.unwrap();
    let there = async |level: Level, name: &str| stored(&world, &app, &place(level, ""), name).await;
    let public = to(Level::Public, "a.jpg");
    let is_there = PutAnswer::Stored { key: "a.jpg".to_owned() };
    let found = PhotosFound { photos: 1, located: 1, located_videos: 0, more: false };
    let choices = PhotoChoices { remove_location: true, ..PhotoChoices::default() };
    let asked = |audience| PutAnswer::NeedsChoices { audience, found, choices };
    assert_eq!(put(&photo, public.clone()).await, asked(Some(Audience::EveryoneChanges)));
    let once = PutTo { consent: Consent::Once, ..public.clone() };
    assert_eq!(put(&photo, once.clone()).await, asked(None), "agreed to, the photo is still asked about, alone");
    assert_eq!(names(&app, &place(Level::Public, "")).await, [] as [&str; 0], "nothing is sent before the answer");
    assert_eq!(put(&photo, PutTo { photos: Some(choices), ..once.clone() }).await, is_there);
    let clean = there(Level::Public, "a.jpg").await;
    assert!(!has_location(&clean) && clean.len() == photo.len());
    assert_eq!(put(&photo, PutTo { replace: true, ..public.clone() }).await, is_there, "drawn again, it asks nobody");
    assert_eq!(there(Level::Public, "a.jpg").await, clean);

    let keeps = PutTo { photos: Some(PhotoChoices::default()), replace: true, ..public.clone() };
    assert_eq!(put(&photo, keeps).await, is_there);
    assert_eq!(there(Level::Public, "a.jpg").await, photo, "as the person wants it, byte by byte");
    assert_eq!(put(&photo, PutTo { replace: true, ..public }).await, asked(None), "what tells a place is asked about");
    assert_eq!(put(&photo, to(Level::Private, "a.jpg")).await, is_there, "where nobody else sees it, nobody is asked");
    assert_eq!(there(Level::Private, "a.jpg").await, photo);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_chosen_for_good_counts_for_photos_and_videos_of_the_page_too() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let put = async |key: &str, bytes: &[u8], photos: Option<PhotoChoices>| {
        let consent = if photos.is_some() { Consent::Always } else { Consent::Ask };
        app.put_body(bytes.to_vec(), PutTo { consent, photos, ..to(Level::Protected, key) }).await
    };
    let there = async |name: &str| stored(&world, &app, &place(Level::Protected, ""), name).await;
    let photo = Camera { located: true, ..Camera::default() }.jpeg(3000, 2000);
    let chosen = PhotoChoices { remove_location: true, size: PhotoSize::Medium, skip_duplicates: true };
    put("a.jpg", &photo, Some(chosen)).await.unwrap();
    for name in ["a.jpg", "b.jpg"] {
        let answer = put(name, &photo, None).await.unwrap();
        assert_eq!(
            answer,
            PutAnswer::Stored { key: name.to_owned() },
            "it goes where it was told to, and nobody is asked"
        );
        let made = there(name).await;
        assert_eq!((facts(&made).size, has_location(&made)), (Some((2048, 1365)), false), "{name}");
    }
    let video = located_movie(90_000);
    put("c.mov", &video, None).await.unwrap();
    let made = there("c.mov").await;
    assert!(made.len() == video.len() && movie_edits(&mut Cursor::new(&made)).unwrap().is_empty());
    let stubborn = movie(b"media", &[boxed(b"cmov", b"packed")]);
    let refused = put("d.mov", &stubborn, None).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::LocationStays, "what may tell its place is not sent");
}
