//! Pictures through the custom protocol: made, cached, refused.

use crate::around::{World, all_of, everything, place, rows, settled, until, upload};
use amphora_app::wire::{AlbumBy, FailureCode, Id, Level, PictureFacts, PictureSize, PlaceRef, Sort, SortBy};
use amphora_app::{App, PictureRequest};
use amphora_thumbs::specimens::Camera;
use std::io::Cursor;

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([200, 80, 40]))
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thumbnail_is_small_and_a_guest_never_gets_a_private_one_even_from_the_cache() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("p.jpg", jpeg(800, 400))], private.clone()).await;
    settled(&app).await;
    let row = rows(&app, &private).await.1.remove(0);
    let request = PictureRequest::parse("/thumb/private/-/p.jpg", &format!("size=128&v={}", row.etag)).unwrap();
    let thumb = app.picture(&request).await.unwrap();
    let decoded = image::load_from_memory(&thumb.bytes).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (128, 64));
    app.sign_out().await.unwrap();
    assert_eq!(app.picture(&request).await.unwrap_err().code, FailureCode::NeedsAccount);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_picture_and_a_page_of_html_are_no_preview() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let html = "<script>document.title = 'ran'</script>";
    let files = vec![world.file("broken.jpg", b"\xff\xd8\xff\xe0 not a picture"), world.file("page.html", html)];
    upload(&app, files, place(Level::Private, "")).await;
    settled(&app).await;
    for name in ["broken.jpg", "page.html"] {
        let request = PictureRequest::parse(&format!("/picture/private/-/{name}"), "").unwrap();
        assert_eq!(app.picture(&request).await.unwrap_err().code, FailureCode::NotAPicture, "{name}");
    }
    let text = app.picture(&PictureRequest::parse("/text/private/-/page.html", "").unwrap()).await.unwrap();
    assert_eq!((text.content_type, text.bytes.as_slice()), ("text/plain; charset=utf-8", html.as_bytes()));

    let private = place(Level::Private, "");
    let broken = rows(&app, &private).await.1.remove(0);
    let seen = PictureRequest::parse("/picture/private/-/broken.jpg", &format!("v={}", broken.etag)).unwrap();
    assert_eq!(app.picture(&seen).await.unwrap_err().code, FailureCode::NotAPicture);
    let all = all_of(&app, &private).await;
    assert_eq!(app.delete_selection(&all).await.unwrap().failed, []);
    let code = app.picture(&seen).await.unwrap_err().code;
    assert_eq!(code, FailureCode::NotAPicture, "the storage is not asked again for what is known to be none");
    let newer = PictureRequest::parse("/picture/private/-/broken.jpg", "v=another").unwrap();
    assert_ne!(app.picture(&newer).await.unwrap_err().code, FailureCode::NotAPicture, "another content is looked at");
}

const BY_DATE: Sort = Sort { by: SortBy::Taken, descending: true };

async fn album(app: &App, at: &PlaceRef) -> (Id, u32) {
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
    let other = world.started("other");
    other.restore().await;
    let preview = other.read_config_file(&world.file("a.json", world.sandbox.aws_exports_json())).unwrap();
    other.connect(&preview.id).await.unwrap();
    other.sign_in("ada", amphora_app::Password::new(crate::around::PASSWORD.to_owned())).await.unwrap();
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
    drop(other);
    let again = world.started("other");
    again.restore().await;
    let (listing, _) = album(&again, &private).await;
    assert_eq!(ids(&again, listing), expected, "in order from the first moment");
    assert_eq!(again.picture_facts(listing, 0, 100).unwrap().len(), 4);
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
