//! What an album learns of its pictures: when they were taken, how large they are, and what goes with their owner.

use crate::around::{World, everything, place, settled, until, upload};
use crate::pictures::{counted, elsewhere, jpeg};
use amphora_app::App;
use amphora_app::wire::{
    AlbumBy, AlbumFilter, Filter, Id, Level, Millis, PictureFacts, PictureSize, PlaceRef, Sort, SortBy,
};
use amphora_faults::{Fault, Rule};
use amphora_thumbs::specimens::Camera;

const BY_DATE: Sort = Sort { by: SortBy::Taken, descending: true };

pub async fn album(app: &App, at: &PlaceRef) -> (Id, u32) {
    let listing = app.open_listing(at.clone(), BY_DATE, everything()).await.unwrap();
    (listing.id, listing.count)
}

fn ids(app: &App, listing: Id) -> Vec<(String, u32)> {
    let album = app.album_sections(listing, AlbumBy::Day).unwrap();
    album.sections.into_iter().map(|section| (section.id, section.count)).collect()
}

async fn all_facts(app: &App, listing: Id, count: usize) -> Vec<PictureFacts> {
    let known = || app.picture_facts(listing, 0, 100).unwrap();
    until("all pictures were looked at", || async { known().len() == count }).await;
    known()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_album_learns_dates_and_sizes_of_what_is_near_and_knows_them_on_the_next_visit() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let camera = Camera { taken: Some("2019:03:04 23:59:59"), orientation: 6, located: true, ..Camera::default() };
    let files = vec![
        world.file("held.jpg", camera.jpeg(64, 48)),
        world.file("later.jpg", Camera { taken: Some("2020:01:01 00:00:00"), ..Camera::default() }.jpeg(64, 48)),
        world.file("plain.png", jpeg(32, 32)),
        world.file("broken.jpg", b"\xff\xd8 not a picture"),
    ];
    upload(&app, files, private.clone()).await;
    settled(&app).await;
    // Somebody who did not upload them knows nothing of them yet.
    let other = elsewhere(&world, "other").await;
    let (listing, count) = album(&other, &private).await;
    assert_eq!(other.album_sections(listing, AlbumBy::Day).unwrap().unseen, 4);
    let before = other.rows(listing, 0, count).unwrap();
    let facts = all_facts(&other, listing, 4).await;
    assert_eq!(other.rows(listing, 0, count).unwrap(), before, "rows stay where they are until sections are asked for");
    let held = before.iter().find(|row| row.name == "held.jpg").unwrap().id;
    let held = facts.iter().find(|facts| facts.id == held).unwrap();
    assert_eq!(held.size, Some(PictureSize { width: 48, height: 64 }), "as it is looked at");
    assert!(held.has_location && held.taken.is_some());
    let expected = [("2020-01-01", 1), ("2019-03-04", 1), ("none", 2)].map(|(id, count)| (id.to_owned(), count));
    assert_eq!(ids(&other, listing), expected);

    // Closed and opened again, nothing has to be asked: not even the storage has to be there.
    other.close_listing(listing);
    crate::around::end(other).await;
    let again = world.started("other");
    again.restore().await;
    let (listing, _) = album(&again, &private).await;
    assert_eq!(ids(&again, listing), expected, "in order from the first moment");
    assert_eq!(again.picture_facts(listing, 0, 100).unwrap().len(), 4);
    let deep = again.open_prefix(private.space, String::new(), BY_DATE).await.unwrap();
    assert_eq!(again.picture_facts(deep.id, 0, 100).unwrap(), [], "a prefix reads nothing of what is kept by folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_album_of_a_time_looks_at_the_pictures_that_it_does_not_show_and_shows_those_that_were_taken_then() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let taken = |date| Camera { taken: Some(date), ..Camera::default() }.jpeg(64, 48);
    let files = vec![
        world.file("march.jpg", taken("2019:03:31 23:59:59")),
        world.file("april.jpg", taken("2019:04:01 00:00:00")),
        world.file("plain.png", jpeg(32, 32)),
        world.file("broken.jpg", b"\xff\xd8 not a picture"),
    ];
    upload(&app, files, private.clone()).await;
    settled(&app).await;

    // Somebody who did not upload them knows nothing of them yet, and has nothing in view that would be looked at.
    let other = elsewhere(&world, "other").await;
    // 2019-03-01 and 2019-04-01, midnight on the camera's clock.
    let (taken_from, taken_until) = (Some(Millis(1_551_398_400_000)), Some(Millis(1_554_076_800_000)));
    let filter = AlbumFilter { taken_from, taken_until, ..AlbumFilter::default() };
    other.set_album_filter(&private, filter).unwrap();
    let album = other.album_filter(&private).unwrap();
    let listing = other.open_listing(private, BY_DATE, Filter { album, ..everything() }).await.unwrap();
    assert_eq!(listing.count, 0, "nothing is known to be of that time");
    let shown = || other.rows(listing.id, 0, 9).unwrap().into_iter().map(|row| row.name).collect::<Vec<_>>();
    until("the one of March is shown", || async { shown() == ["march.jpg"] }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_wait_to_be_looked_at_are_not_forgotten_over_one_that_arrives() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let private = place(Level::Private, "");
    let march = Camera { taken: Some("2019:03:31 23:59:59"), ..Camera::default() }.jpeg(64, 48);
    let names: Vec<String> = (0..24).map(|number| format!("{number:02}.jpg")).collect();
    upload(&app, names.iter().map(|name| world.file(name, &march)).collect(), private.clone()).await;
    settled(&app).await;

    let other = elsewhere(&world, "other").await;
    let album = AlbumFilter { taken_from: Some(Millis(0)), ..AlbumFilter::default() };
    other.set_album_filter(&private, album).unwrap();
    let album = other.album_filter(&private).unwrap();
    proxy.forget();
    proxy.add(Rule::new(Fault::Hold).on("GET", ".jpg"));
    let listing = other.open_listing(private.clone(), BY_DATE, Filter { album, ..everything() }).await.unwrap();
    until("looking has begun", || async { proxy.count("GET", ".jpg") > 0 }).await;
    let revision = || other.album_sections(listing.id, AlbumBy::Day).unwrap().revision;
    let before = revision();
    // Most of them still wait when another one arrives that has to be looked at.
    upload(&other, vec![world.file("broken.png", b"no picture")], private).await;
    until("the album has taken it in", || async { revision() != before }).await;
    proxy.mend();
    proxy.release();
    let shown = || other.rows(listing.id, 0, 99).unwrap().len();
    until("all of them are shown", || async { shown() == names.len() }).await;
    for name in &names {
        assert_eq!(proxy.count("GET", name), 1, "{name} was looked at once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_of_private_pictures_goes_with_their_owner() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let name = "a-place-that-nobody-else-may-know.jpg";
    let camera = Camera { located: true, ..Camera::default() };
    upload(&app, vec![world.file(name, camera.jpeg(64, 48))], private.clone()).await;
    settled(&app).await;
    let (listing, _) = album(&app, &private).await;
    all_facts(&app, listing, 1).await;
    app.sign_out().await.unwrap();
    assert!(app.picture_facts(listing, 0, 100).is_err(), "the listing went with its owner");
    for end in ["", "-wal"] {
        let file = world.dir.path().join(format!("app/pictures.sqlite{end}"));
        let bytes = std::fs::read(file).unwrap_or_default();
        assert!(!bytes.windows(name.len()).any(|some| some == name.as_bytes()), "nothing stays on the disk{end}");
    }
}
