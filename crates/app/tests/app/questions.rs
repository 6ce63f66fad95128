//! Names that exist: what the question shows.

use crate::around::{World, place, settled, transfers, until, upload};
use amphora_app::LocalPictureRequest;
use amphora_app::wire::{ConflictAnswer, FailureCode, Level, TransferTab};
use std::io::Cursor;

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([200, 80, 40]))
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_file_is_pictured_while_it_is_asked_about_and_only_for_who_dropped_it() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("p.jpg", jpeg(80, 40))], private.clone()).await;
    settled(&app).await;
    upload(&app, vec![world.file("p.jpg", jpeg(800, 400))], private).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou).remove(0);
    let of = |id: u64| LocalPictureRequest::parse(&format!("/local/{id}"), "size=128").unwrap();

    let picture = app.local_picture(of(asked.id.0)).await.unwrap();
    let decoded = image::load_from_memory(&picture.bytes).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (128, 64), "the new one, not the one that is there");
    let done = transfers(&app, TransferTab::Done).remove(0);
    let code = app.local_picture(of(done.id.0)).await.unwrap_err().code;
    assert_eq!(code, FailureCode::NotFound, "a file that nothing is asked about is not read");

    app.sign_out().await.unwrap();
    assert_eq!(app.local_picture(of(asked.id.0)).await.unwrap_err().code, FailureCode::NotFound, "not for a guest");
    app.sign_in("ada", amphora_app::Password::new(crate::around::PASSWORD.to_owned())).await.unwrap();
    app.answer_conflict(asked.id, ConflictAnswer::Skip, false).unwrap();
    assert_eq!(app.local_picture(of(asked.id.0)).await.unwrap_err().code, FailureCode::NotFound, "answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_that_is_no_picture_or_is_gone_has_none() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("p.jpg", "old")], private.clone()).await;
    settled(&app).await;
    let file = world.file("p.jpg", "not a picture");
    upload(&app, vec![file.clone()], private).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let id = transfers(&app, TransferTab::NeedsYou).remove(0).id.0;
    let request = LocalPictureRequest::parse(&format!("/local/{id}"), "").unwrap();
    assert_eq!(app.local_picture(request).await.unwrap_err().code, FailureCode::NotAPicture);
    std::fs::remove_file(file).unwrap();
    let failure = app.local_picture(request).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::LocalFile);
    assert!(!format!("{failure:?}").contains(&*world.dir.path().to_string_lossy()), "no path crosses: {failure:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_for_all_is_for_the_files_of_its_own_drop_only() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let names = ["1.txt", "2.txt", "3.txt"];
    upload(&app, names.map(|name| world.file(name, "old")).to_vec(), private.clone()).await;
    settled(&app).await;
    let [one, two, three] = names.map(|name| world.file(name, format!("new {name}")));
    upload(&app, vec![one, two], private.clone()).await;
    until("the first drop asks", || async { app.transfer_summary().needs_you == 2 }).await;
    upload(&app, vec![three], private).await;
    until("the second drop asks", || async { app.transfer_summary().needs_you == 3 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou);
    let first = asked.iter().find(|row| row.name == "1.txt").unwrap().id;
    app.answer_conflict(first, ConflictAnswer::Skip, true).unwrap();
    let left: Vec<_> = transfers(&app, TransferTab::NeedsYou).into_iter().map(|row| row.name).collect();
    assert_eq!(left, ["3.txt"], "the other drop was not asked about");
}
