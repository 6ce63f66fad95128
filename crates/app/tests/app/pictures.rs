//! Pictures through the custom protocol: made, cached, refused.

use crate::around::{World, all_of, place, rows, settled, upload};
use amphora_app::PictureRequest;
use amphora_app::wire::{FailureCode, Level};
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
