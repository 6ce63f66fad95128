//! What pictures say of themselves, stored with their thumbnails: another computer makes the rows of an album from it.

use crate::around::{World, place, rows, until};
use crate::pictures::elsewhere;
use crate::stored_thumbnails::{HIDDEN, counted, look, photos, store_thumbnails, until_stored, uploaded};
use amphora_app::App;
use amphora_app::wire::{Level, PictureFacts, PictureSize, PlaceRef};
use amphora_storage::{Body, Control, IfExists, Key, PutOptions, Space};
use amphora_testbed::{OTHER, Role, storage_in};

/// 2026-07-14 18:05:09 on the camera's clock.
const TAKEN: i64 = 1_784_052_309_000;

/// Photos whose thumbnails one computer has stored.
async fn stored_by_one(world: &World, count: usize) -> PlaceRef {
    uploaded(world, vec![photos(world, "Trip", count)], &place(Level::Public, "")).await;
    let trip = place(Level::Public, "Trip/");
    let one = elsewhere(world, "one").await;
    store_thumbnails(&one, true);
    look(&one, &trip).await;
    until_stored(&storage_in(&world.sandbox, OTHER, Role::Authenticated), count).await;
    crate::around::end(one).await;
    trip
}

/// What is known of every picture of a folder, once that is so.
async fn facts_of_all(app: &App, at: &PlaceRef) -> Vec<PictureFacts> {
    let (listing, shown) = rows(app, at).await;
    let all = || app.picture_facts(listing, 0, 100).unwrap();
    all();
    until("all are known", || async { app.picture_facts(listing, 0, 100).unwrap().len() == shown.len() }).await;
    all()
}

fn are_true(facts: &[PictureFacts]) {
    for known in facts {
        assert_eq!(known.size, Some(PictureSize { width: 1280, height: 960 }));
        assert_eq!(known.taken.map(|taken| taken.0), Some(TAKEN));
        assert!(known.has_location, "that there is a place is true, though the thumbnail does not tell it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_computer_makes_rows_without_a_byte_of_the_photos() {
    let (world, proxy) = counted().await;
    let trip = stored_by_one(&world, 5).await;
    let two = elsewhere(&world, "two").await;
    let _listed = rows(&two, &trip).await;
    proxy.forget();
    are_true(&facts_of_all(&two, &trip).await);
    look(&two, &trip).await;
    let of_photos = proxy.seen().into_iter().filter(|seen| seen.path.contains("/Trip/")).count();
    assert_eq!(of_photos, 0, "no photo was asked for");
    let thumbnails = || {
        let fetched = |seen: &amphora_faults::Seen| seen.method == "GET" && seen.path.contains(HIDDEN);
        proxy.seen().iter().filter(|seen| fetched(seen) && !seen.path.contains("list-type")).count()
    };
    assert_eq!(thumbnails(), 5, "each thumbnail comes once, for the row and for the tile");
    crate::around::end(two).await;

    // Tiles alone tell it as well.
    let three = elsewhere(&world, "three").await;
    look(&three, &trip).await;
    proxy.forget();
    are_true(&facts_of_all(&three, &trip).await);
    assert_eq!((thumbnails(), proxy.count("GET", "/Trip/")), (0, 0), "nothing is asked for again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_write_with_a_thumbnail_is_not_believed() {
    let (world, proxy) = counted().await;
    let trip = stored_by_one(&world, 4).await;
    let storage = storage_in(&world.sandbox, OTHER, Role::Authenticated);
    let told: [&[(&str, &str)]; 4] = [
        &[],
        &[("width", "1280"), ("height", "9600")],
        &[("width", "4294967295"), ("height", "4294967295")],
        &[("width", "1280"), ("height", "960"), ("taken", "tomorrow")],
    ];
    for (key, told) in until_stored(&storage, 4).await.into_iter().zip(told) {
        let key = Key::parse(&key).unwrap();
        let own = storage.get(&Space::Public, &key, None, &Control::default()).await.unwrap();
        assert_eq!(own.metadata["amphora-width"], "1280", "what was written at first");
        let mut options = PutOptions::new(IfExists::Replace);
        let told = told.iter().map(|(name, value)| (format!("amphora-{name}"), (*value).to_owned()));
        options.attributes.metadata = told.collect();
        let body = Body::Bytes(own.bytes);
        storage.put(&Space::Public, &key, body, options, &Control::default()).await.unwrap();
    }
    let two = elsewhere(&world, "two").await;
    let _listed = rows(&two, &trip).await;
    proxy.forget();
    are_true(&facts_of_all(&two, &trip).await);
    assert_eq!(proxy.count("GET", "/Trip/"), 4, "the photos themselves were asked");
}
