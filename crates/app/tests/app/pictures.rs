//! Pictures through the custom protocol: made, cached, refused.

use crate::album_dates::album;
use crate::around::{World, all_of, place, rows, settled, until, upload};
use amphora_app::wire::{FailureCode, Level, PictureSize};
use amphora_app::{App, PictureRequest};
use amphora_faults::FaultProxy;
use amphora_thumbs::specimens::{Camera, boasting_jpeg, corners, drawing, raw, with_exif};
use std::io::Cursor;

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_drawing_is_served_as_the_pixels_that_it_draws_and_never_itself() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let inside = "<script>x()</script><circle cx='50' cy='50' r='40' fill='#f00'/>";
    // Beyond the beginning that a first look fetches.
    let long = format!("{inside}<desc>{}</desc>", "long ".repeat(20_000));
    let files = vec![world.file("short.svg", drawing(inside)), world.file("a photo.jpg", drawing(&long))];
    upload(&app, files, place(Level::Private, "")).await;
    settled(&app).await;
    for name in ["short.svg", "a%20photo.jpg"] {
        for (what, size) in [("thumb", 256), ("picture", 2560)] {
            let request = PictureRequest::parse(&format!("/{what}/private/-/{name}"), "size=256").unwrap();
            let served = app.picture(&request).await.unwrap();
            assert_eq!(served.content_type, "image/png", "{name}");
            let shown = image::load_from_memory(&served.bytes).unwrap();
            assert_eq!((shown.width(), shown.height()), (size, size), "{what} of {name}");
        }
    }
}

/// A world whose traffic is counted.
pub async fn counted() -> (World, FaultProxy) {
    let proxy = FaultProxy::start().unwrap();
    let world = World::with(|options| options.behind = Some(proxy.port())).await;
    proxy.forward_to(world.sandbox.address());
    (world, proxy)
}

/// Another computer of the same person: it has seen nothing yet.
pub async fn elsewhere(world: &World, folder: &str) -> App {
    let app = world.started(folder);
    app.restore().await;
    let preview = app.read_config_file(&world.file("a.json", world.sandbox.aws_exports_json())).unwrap();
    app.connect(&preview.id).await.unwrap();
    app.sign_in("ada", amphora_app::Password::new(crate::around::PASSWORD.to_owned())).await.unwrap();
    app
}

/// A JPEG that is as large as cameras make them.
fn noisy() -> Vec<u8> {
    let mut noise = 7_u32;
    let mut grain = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    let image = image::RgbImage::from_fn(1600, 1200, |_, _| image::Rgb([grain(), grain(), grain()]));
    amphora_thumbs::specimens::jpeg(&image)
}

pub async fn thumb(app: &App, name: &str, query: &str) -> image::DynamicImage {
    let request = PictureRequest::parse(&format!("/thumb/private/-/{name}"), query).unwrap();
    image::load_from_memory(&app.picture(&request).await.unwrap().bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_look_at_an_album_costs_little_and_the_second_nothing() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let (small, large) = (amphora_thumbs::specimens::jpeg(&corners(160, 120)), corners(640, 480));
    let pixels = noisy();
    let files: Vec<_> = (0..8)
        .map(|number| {
            let large_preview = (number % 2 == 0).then(|| amphora_thumbs::specimens::jpeg(&large));
            let camera = Camera { preview: Some(small.clone()), large_preview, ..Camera::default() };
            world.file(&format!("{number}.jpg"), camera.around(&pixels))
        })
        .collect();
    let whole: u64 = files.iter().map(|file| std::fs::metadata(file).unwrap().len()).sum();
    upload(&app, files, place(Level::Private, "")).await;
    settled(&app).await;

    let viewer = elsewhere(&world, "viewer").await;
    let rows = rows(&viewer, &place(Level::Private, "")).await.1;
    proxy.forget();
    for row in &rows {
        let first = thumb(&viewer, &row.name, &format!("size=256&first=1&v={}", row.etag)).await;
        assert_eq!((first.width(), first.height()), (160, 120), "{}", row.name);
    }
    let fetched = proxy.bytes_down("GET");
    assert!(fetched * 100 <= whole * 6, "every tile shows a picture after {fetched} of {whole} bytes");
    assert_eq!(proxy.count("GET", ".jpg"), 8, "one request a picture");

    proxy.forget();
    let sharp = thumb(&viewer, "0.jpg", &format!("size=256&v={}", rows[0].etag)).await;
    assert_eq!((sharp.width(), sharp.height()), (256, 192));
    assert!(proxy.bytes_down("GET") < 100_000, "the larger preview inside is sharp enough");
    let sharp = thumb(&viewer, "1.jpg", &format!("size=256&v={}", rows[1].etag)).await;
    assert_eq!((sharp.width(), sharp.height()), (256, 192));
    assert_eq!(proxy.count("GET", ".jpg"), 2, "only what is in view is fetched");

    crate::around::end(viewer).await;
    let again = world.started("viewer");
    again.restore().await;
    proxy.forget();
    for row in &rows {
        thumb(&again, &row.name, &format!("size=256&first=1&v={}", row.etag)).await;
    }
    thumb(&again, "1.jpg", &format!("size=256&v={}", rows[1].etag)).await;
    assert_eq!(proxy.count("GET", ".jpg"), 0, "the second visit asks for nothing");
    // Here only the first look was kept; whoever comes closer on the second visit sees it sharp all the same.
    let sharp = thumb(&again, "3.jpg", &format!("size=256&v={}", rows[3].etag)).await;
    assert_eq!((sharp.width(), sharp.height()), (256, 192));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_without_a_decoder_is_told_by_its_first_bytes() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), vec![7; 3 << 20]].concat();
    upload(&app, vec![world.file("phone.heic", heic)], place(Level::Private, "")).await;
    settled(&app).await;
    proxy.forget();
    let request = PictureRequest::parse("/thumb/private/-/phone.heic", "size=256").unwrap();
    assert_eq!(app.picture(&request).await.unwrap_err().code, FailureCode::NotAPicture);
    assert!(proxy.bytes_down("GET") <= 66_000, "the rest was not fetched to find out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_tells_how_it_was_taken_to_whoever_may_read_it() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let camera = Camera { located: true, ..Camera::default() };
    upload(&app, vec![world.file("p.jpg", camera.jpeg(80, 60))], private.clone()).await;
    settled(&app).await;
    let shot = app.picture_shot(&private.space, "p.jpg").await.unwrap();
    assert_eq!(shot.camera.as_deref(), Some("Amphora"));
    assert_eq!(shot.place.as_deref(), Some("47.3750° N, 8.3750° E"));
    let missing = app.picture_shot(&private.space, "no.jpg").await.unwrap_err();
    assert_eq!(missing.code, FailureCode::AccessDenied, "what is absent is not told from what is refused");
    app.sign_out().await.unwrap();
    assert_eq!(app.picture_shot(&private.space, "p.jpg").await.unwrap_err().code, FailureCode::NeedsAccount);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_just_uploaded_shows_at_once_and_fetches_nothing() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let private = place(Level::Private, "");
    let camera = Camera { taken: Some("2026:07:14 18:05:09"), orientation: 6, located: true, ..Camera::default() };
    upload(&app, vec![world.file("a.jpg", camera.around(&noisy()))], private.clone()).await;
    settled(&app).await;
    let (listing, _) = album(&app, &private).await;
    let row = app.rows(listing, 0, 1).unwrap().remove(0);
    proxy.forget();
    let facts = app.picture_facts(listing, 0, 1).unwrap().remove(0);
    assert_eq!((facts.size, facts.first_look), (Some(PictureSize { width: 1200, height: 1600 }), 512));
    assert!(facts.taken.is_some() && facts.has_location);
    for edge in [128, 256, 512] {
        let tile = thumb(&app, "a.jpg", &format!("size={edge}&v={}", row.etag)).await;
        assert_eq!(tile.height(), edge, "upright");
    }
    assert_eq!(proxy.count("GET", "a.jpg"), 0, "all of it was known");

    let link = app.link(&private.space, "a.jpg", std::time::Duration::from_secs(60)).await.unwrap();
    let told = answer(&link.url).await;
    for meta in ["amphora-width: 1200", "amphora-height: 1600", "amphora-taken: 2026-07-14t18:05:09"] {
        assert!(told.contains(&format!("x-amz-meta-{meta}")), "{meta} is stored with it: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_original_comes_whole_and_one_above_the_budget_says_that_it_is_too_large() {
    let (world, proxy) = counted().await;
    let app = world.person("ada").await;
    let turned = boasting_jpeg(10_000, 7_000);
    let broken = world.file("broken.jpg", b"\xff\xd8\xff\xe0 not a picture");
    let files = vec![world.file("a.jpg", jpeg(3200, 1600)), world.file("huge.jpg", with_exif(&turned, 6)), broken];
    upload(&app, files, place(Level::Private, "")).await;
    settled(&app).await;
    let asked = |what: &str, name: &str| PictureRequest::parse(&format!("/{what}/private/-/{name}"), "v=1").unwrap();
    let widths = async |what: &str| {
        let served = app.picture(&asked(what, "a.jpg")).await.unwrap();
        assert_eq!(served.content_type, "image/jpeg");
        image::load_from_memory(&served.bytes).unwrap().width()
    };
    assert_eq!(widths("picture").await, 2560, "what is looked at first");
    assert_eq!(widths("original").await, 3200, "every pixel, once it is asked for");
    proxy.forget();
    let unknown = app.picture(&asked("refusal", "huge.jpg")).await.unwrap_err().code;
    assert_eq!(unknown, FailureCode::NotFound, "nothing is fetched only to find out");
    for (name, why) in [("huge.jpg", FailureCode::TooLarge), ("broken.jpg", FailureCode::NotAPicture)] {
        for what in ["original", "original", "refusal"] {
            assert_eq!(app.picture(&asked(what, name)).await.unwrap_err().code, why, "{what} of {name}");
        }
        assert_eq!(proxy.count("GET", name), 1, "what is known to give none is not fetched again");
    }
    let whatever = PictureRequest::parse("/original/private/-/huge.jpg", "v=").unwrap();
    for times in 2..4 {
        assert_eq!(app.picture(&whatever).await.unwrap_err().code, FailureCode::TooLarge);
        assert_eq!(proxy.count("GET", "huge.jpg"), times, "nobody knows whether it is the same content");
    }
    app.sign_out().await.unwrap();
    assert_eq!(app.picture(&asked("original", "a.jpg")).await.unwrap_err().code, FailureCode::NeedsAccount);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lightbox_shows_of_a_raw_file_and_of_a_picture_above_the_budget_what_lies_inside() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let (small, large) = (jpeg(160, 120), jpeg(1200, 900));
    let camera = Camera { preview: Some(small.clone()), ..Camera::default() };
    // More than is fetched for a picture.
    let huge = [camera.jpeg(1600, 1200), vec![0; 65 << 20]].concat();
    let files = vec![world.file("a.dng", raw(&small, &large)), world.file("huge.jpg", huge)];
    upload(&app, files, place(Level::Private, "")).await;
    settled(&app).await;
    for (name, longest) in [("a.dng", 1200), ("huge.jpg", 160)] {
        let asked = PictureRequest::parse(&format!("/picture/private/-/{name}"), "v=1").unwrap();
        let served = app.picture(&asked).await.unwrap();
        assert_eq!(image::load_from_memory(&served.bytes).unwrap().width(), longest, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_the_page_has_left_is_not_read_to_its_end() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let private = place(Level::Private, "");
    let photo = noisy();
    let whole = photo.len() as u64;
    upload(&app, vec![world.file("a.jpg", &photo)], private).await;
    settled(&app).await;
    // Only what is fetched from now on counts, at a pace that leaves time to look away.
    proxy.slow(300_000);
    proxy.forget();
    let (path, query) = ("/picture/private/-/a.jpg", "v=1&track=1");
    let asked = tokio::spawn({
        let app = app.clone();
        async move { app.serve(path, query).await }
    });
    until("it is on its way", || async { proxy.bytes_down("GET") > 0 }).await;
    app.leave_pictures(&[format!("{path}?{query}"), "/nothing".to_owned()]);
    assert_eq!(asked.await.unwrap().unwrap_err().code, FailureCode::Cancelled);
    let noted = app.activity(10).await.unwrap().into_iter().map(|entry| entry.event);
    assert_eq!(noted.collect::<Vec<_>>(), ["upload"], "looking away is no download that failed");
    proxy.mend();
    // The line is as fast as ever again, and whoever went on reading would have it all in no time.
    let again = app.serve(path, query).await.unwrap();
    assert_eq!(image::load_from_memory(&again.bytes).unwrap().width(), 1600, "whoever comes back gets it");
    let fetched = proxy.bytes_down("GET");
    assert!(fetched < whole * 2, "{fetched} bytes came of two times {whole}");
    assert!(fetched >= whole, "the second time it came to its end");
    let newest = app.activity(1).await.unwrap().remove(0);
    assert_eq!((newest.event.as_str(), newest.succeeded), ("download", true));
}

/// The head of what a server answers to whoever has a link, in small letters.
async fn answer(url: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut line = tokio::net::TcpStream::connect(host).await.unwrap();
    let asked = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    line.write_all(asked.as_bytes()).await.unwrap();
    let mut told = Vec::new();
    line.read_to_end(&mut told).await.unwrap();
    let told = String::from_utf8_lossy(&told).to_lowercase();
    told.split("\r\n\r\n").next().unwrap().to_owned()
}
