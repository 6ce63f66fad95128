//! Thumbnails stored beside the pictures: what another computer saves by them, and that nobody ever meets them.

use crate::around::{World, all_of, names, place, rows, settled, until, upload};
use crate::pictures::elsewhere;
use amphora_app::wire::{Consent, Level, PhotoSettings, PlaceRef, Selection, TransferSettings};
use amphora_app::{App, PictureRequest};
use amphora_faults::{Fault, FaultProxy, Rule};
use amphora_sandbox::store::Seed;
use amphora_storage::{Body, Control, IfExists, Key, PutOptions, Shape, Space, Storage};
use amphora_testbed::{OTHER, Role, storage_in};
use amphora_thumbs::specimens::{Camera, corners, jpeg, png};
use amphora_thumbs::{Kind, facts, has_location, kind_of};
use std::path::PathBuf;

pub const HIDDEN: &str = ".amphora-thumbnails/";

/// A world whose traffic is counted.
pub async fn counted() -> (World, FaultProxy) {
    let proxy = FaultProxy::start().unwrap();
    let world = World::with(|options| options.behind = Some(proxy.port())).await;
    proxy.forward_to(world.sandbox.address());
    (world, proxy)
}

/// Photos of about a megabyte with a place and a date in them, each of another content, in a folder of this computer.
pub fn photos(world: &World, folder: &str, count: usize) -> PathBuf {
    let mut noise = 7_u32;
    let mut grain = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    let image = image::RgbImage::from_fn(1280, 960, |_, _| image::Rgb([grain(), grain(), grain()]));
    let camera = Camera { located: true, taken: Some("2026:07:14 18:05:09"), ..Camera::default() };
    let photo = camera.around(&jpeg(&image));
    for number in 0..count {
        // Behind the end of a JPEG anything may follow.
        let bytes = [photo.as_slice(), format!("{folder} {number}").as_bytes()].concat();
        world.file(&format!("{folder}/{number}.jpg"), bytes);
    }
    world.dir.path().join("desktop").join(folder)
}

pub fn store_thumbnails(app: &App, on: bool) {
    app.set_transfer_settings(TransferSettings { store_thumbnails: on, ..app.transfer_settings() }).unwrap();
}

pub async fn uploaded(world: &World, from: Vec<PathBuf>, to: &PlaceRef) {
    let camera = elsewhere(world, "camera").await;
    upload_as_they_are(&camera, from, to).await;
    crate::around::end(camera).await;
}

async fn upload_as_they_are(app: &App, from: Vec<PathBuf>, to: &PlaceRef) {
    let photos = PhotoSettings { remove_location: false, ask: false, ..PhotoSettings::default() };
    app.set_transfer_settings(TransferSettings { photos, ..app.transfer_settings() }).unwrap();
    upload(app, from, to.clone()).await;
    settled(app).await;
}

/// Shows the tile of every file of a folder.
pub async fn look(app: &App, at: &PlaceRef) {
    let level = if at.space.level == Level::Public { "public" } else { "private" };
    for row in rows(app, at).await.1.into_iter().filter(|row| row.name.ends_with(".jpg")) {
        let path = format!("/thumb/{level}/-/{}", row.key);
        let request = PictureRequest::parse(&path, &format!("size=256&v={}", row.etag)).unwrap();
        let picture = image::load_from_memory(&app.picture(&request).await.unwrap().bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (256, 192), "{path}");
    }
}

/// One row of a folder, selected.
async fn only(app: &App, at: &PlaceRef, name: &str) -> Selection {
    let (listing, rows) = rows(app, at).await;
    let ids = rows.into_iter().filter(|row| row.name == name).map(|row| row.id).collect();
    Selection::Only { listing, ids }
}

/// Everything of Public, whoever asks.
async fn public_keys(storage: &Storage, prefix: &str) -> Vec<String> {
    let all = storage.list_all(&Space::Public, prefix, Shape::Deep, &Control::default()).await.unwrap();
    all.objects.into_iter().map(|object| object.key).collect()
}

async fn put(storage: &Storage, key: &str, bytes: Vec<u8>) {
    let (key, options) = (Key::parse(key).unwrap(), PutOptions::new(IfExists::Replace));
    storage.put(&Space::Public, &key, Body::Bytes(bytes.into()), options, &Control::default()).await.unwrap();
}

pub async fn until_stored(storage: &Storage, count: usize) -> Vec<String> {
    until(&format!("{count} thumbnails are stored"), || async { public_keys(storage, HIDDEN).await.len() == count })
        .await;
    public_keys(storage, HIDDEN).await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_computer_shows_twenty_photos_without_fetching_one() {
    let (world, proxy) = counted().await;
    let (private, trip) = (place(Level::Private, ""), place(Level::Private, "Trip/"));
    let folder = photos(&world, "Trip", 20);
    assert!(std::fs::metadata(folder.join("0.jpg")).unwrap().len() > 900_000, "as large as photos are");
    uploaded(&world, vec![folder], &private).await;

    let one = elsewhere(&world, "one").await;
    store_thumbnails(&one, true);
    look(&one, &trip).await;
    until("all thumbnails are stored", || async { proxy.count("PUT", HIDDEN) == 20 }).await;
    let stored: Vec<_> = proxy.seen().into_iter().filter(|seen| seen.path.contains(HIDDEN)).collect();
    assert!(stored.iter().all(|seen| seen.path.contains("/private/")), "as private as the photos: {stored:?}");
    assert!(amphora_faults::most_at_once(stored.iter().filter(|seen| seen.method == "PUT")) <= 2);
    let sent = proxy.count("PUT", "");
    look(&one, &trip).await;
    assert_eq!(proxy.count("PUT", ""), sent, "once is enough");
    crate::around::end(one).await;

    let two = elsewhere(&world, "two").await;
    let _listed = rows(&two, &trip).await;
    proxy.forget();
    look(&two, &trip).await;
    let fetched = proxy.bytes_down("GET");
    assert!((20 * 1_000..20 * 40_000).contains(&fetched), "{fetched} bytes");
    let photos = proxy.seen().into_iter().filter(|seen| seen.path.contains("/Trip/")).count();
    assert_eq!(photos, 0, "no photo was asked for");
    let listings = proxy
        .seen()
        .into_iter()
        .filter(|seen| seen.path.contains("list-type=2") && seen.path.contains("amphora-thumbnails"));
    assert_eq!(listings.count(), 2, "one of the space, one of the folder");
    assert_eq!(proxy.count("PUT", HIDDEN), 0, "what is there is not stored again");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_stored_where_nobody_asked_for_it() {
    let world = World::new().await;
    let public = place(Level::Public, "");
    uploaded(&world, vec![photos(&world, "Before", 2), photos(&world, "After", 1)], &public).await;
    let app = elsewhere(&world, "one").await;
    look(&app, &place(Level::Public, "Before/")).await;
    store_thumbnails(&app, true);
    look(&app, &place(Level::Public, "After/")).await;
    let storage = storage_in(&world.sandbox, OTHER, Role::Authenticated);
    until_stored(&storage, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_tells_no_place_shows_nowhere_and_goes_with_its_picture() {
    let world = World::new().await;
    let storage = storage_in(&world.sandbox, OTHER, Role::Authenticated);
    let (public, trip) = (place(Level::Public, ""), place(Level::Public, "Trip/"));
    let root = photos(&world, "Root", 1).join("0.jpg");
    uploaded(&world, vec![photos(&world, "Trip", 4), root], &public).await;
    let app = elsewhere(&world, "one").await;
    store_thumbnails(&app, true);
    look(&app, &trip).await;
    look(&app, &public).await;
    for key in until_stored(&storage, 5).await {
        let key = Key::parse(&key).unwrap();
        let bytes = storage.get(&Space::Public, &key, None, &Control::default()).await.unwrap().bytes;
        assert!(kind_of("", &bytes) == Kind::Jpeg && !has_location(&bytes), "{key}");
        assert_eq!(facts(&bytes).taken, None, "nor when it was taken");
    }

    // Where the root of one place is a folder of another.
    put(&storage, &format!("Trip/{HIDDEN}0/of-another-place.jpg"), b"hidden".to_vec()).await;
    assert_eq!(names(&app, &public).await, ["Trip", "0.jpg"]);
    assert_eq!(names(&app, &trip).await.len(), 4);
    assert!(names(&app, &place(Level::Public, HIDDEN)).await.is_empty(), "not even for who knows where to look");
    let all = all_of(&app, &public).await;
    assert_eq!(app.selection_summary(&all).await.unwrap().files, 5);
    let to = world.dir.path().join("downloads");
    std::fs::create_dir_all(&to).unwrap();
    app.download_selection(&all, &to).unwrap();
    settled(&app).await;
    let files =
        walkdir::WalkDir::new(&to).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    assert_eq!(files.count(), 5);

    assert_eq!(app.delete_selection(&only(&app, &trip, "0.jpg").await).await.unwrap().done, 1);
    until_stored(&storage, 4).await;
    app.move_selection(&only(&app, &trip, "1.jpg").await, place(Level::Public, "Other/"), Consent::Ask).unwrap();
    until_stored(&storage, 3).await;
    // Some were left by a computer that is not seen again.
    put(&storage, &format!("{HIDDEN}0/left.jpg"), b"left".to_vec()).await;
    app.delete_selection(&all_of(&app, &public).await).await.unwrap();
    until("the space is empty", || async { public_keys(&storage, "").await.is_empty() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_the_queue_deletes_takes_its_thumbnails_along() {
    let world = World::new().await;
    let storage = storage_in(&world.sandbox, OTHER, Role::Authenticated);
    // More than one request deletes.
    world.sandbox.seed(Seed { objects: 1_100, folders: 1 }).await.unwrap();
    let (public, large) = (place(Level::Public, ""), place(Level::Public, "folder-000000/"));
    let photos = photos(&world, "Trip", 2);
    uploaded(&world, vec![photos.join("0.jpg"), photos.join("1.jpg")], &large).await;
    uploaded(&world, vec![photos], &public).await;
    let app = elsewhere(&world, "one").await;
    store_thumbnails(&app, true);
    look(&app, &large).await;
    look(&app, &place(Level::Public, "Trip/")).await;
    until_stored(&storage, 4).await;
    assert_eq!(app.delete_selection(&only(&app, &public, "folder-000000").await).await.unwrap().queued, 1);
    until_stored(&storage, 2).await;
    assert!(public_keys(&storage, "Trip/").await.len() == 2, "and no others");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_put_in_the_place_of_a_thumbnail_is_not_believed() {
    let (world, proxy) = counted().await;
    let storage = storage_in(&world.sandbox, OTHER, Role::Authenticated);
    let (public, trip) = (place(Level::Public, ""), place(Level::Public, "Trip/"));
    uploaded(&world, vec![photos(&world, "Trip", 4)], &public).await;
    let one = elsewhere(&world, "one").await;
    store_thumbnails(&one, true);
    look(&one, &trip).await;
    let stored = until_stored(&storage, 4).await;
    crate::around::end(one).await;
    let wrong = [
        png(&corners(256, 192), None),
        jpeg(&corners(2560, 1920)),
        vec![0xff; 300 << 10],
        b"\xff\xd8\xff\xe0 not a picture".to_vec(),
    ];
    for (key, bytes) in stored.iter().zip(wrong) {
        put(&storage, key, bytes).await;
    }
    let two = elsewhere(&world, "two").await;
    store_thumbnails(&two, true);
    proxy.forget();
    look(&two, &trip).await;
    assert!(proxy.bytes_down("GET") > 4 * 900_000, "the photos themselves were read");
    until("true ones took their places", || async { proxy.count("PUT", HIDDEN) == 4 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_refused_it_is_not_tried_again_and_tiles_show_all_the_same() {
    let (world, proxy) = counted().await;
    let (private, public) = (place(Level::Private, ""), place(Level::Public, ""));
    uploaded(&world, vec![photos(&world, "Trip", 8)], &private).await;
    uploaded(&world, vec![photos(&world, "Team", 1)], &public).await;
    proxy.add(Rule::new(Fault::denied()).on("PUT", "/private/"));
    let app = elsewhere(&world, "one").await;
    store_thumbnails(&app, true);
    look(&app, &place(Level::Private, "Trip/")).await;
    look(&app, &place(Level::Public, "Team/")).await;
    // What waited before it is settled by then.
    until("the one in Public is stored", || async { proxy.count("PUT", "/public/") > 0 }).await;
    let refused = proxy.seen().into_iter().filter(|seen| seen.spoiled).count();
    assert!((1..=2).contains(&refused), "only those that were under way together: {refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_other_peoples_pictures_nothing_is_stored_nor_looked_for() {
    let (world, proxy) = counted().await;
    let bob = world.person("bob").await;
    upload_as_they_are(&bob, vec![photos(&world, "Bobs", 1)], &place(Level::Protected, "")).await;
    let put = proxy.seen().into_iter().find(|seen| seen.method == "PUT").unwrap().path;
    let bobs = put.split("/protected/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    uploaded(&world, vec![photos(&world, "Own", 1)], &place(Level::Private, "")).await;

    let ada = elsewhere(&world, "one").await;
    store_thumbnails(&ada, true);
    proxy.forget();
    let request = PictureRequest::parse(&format!("/thumb/protected/{bobs}/Bobs%2F0.jpg"), "size=256&v=any").unwrap();
    let picture = image::load_from_memory(&ada.picture(&request).await.unwrap().bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (256, 192));
    look(&ada, &place(Level::Private, "Own/")).await;
    // What waited before it is settled by then.
    until("her own is stored", || async { proxy.count("PUT", HIDDEN) == 1 }).await;
    let thumbnails = proxy.seen().into_iter().filter(|seen| seen.path.contains("amphora-thumbnails"));
    let with_his: Vec<_> = thumbnails.filter(|seen| seen.path.contains("protected")).collect();
    assert!(with_his.is_empty(), "{with_his:?}");
}
