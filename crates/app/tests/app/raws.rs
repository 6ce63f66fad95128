//! Raw files of cameras: what their makers put into them to be looked at is their tile, their picture and their original.

use crate::around::{place, rows, settled, transfers, until, upload};
use crate::pictures::{counted, elsewhere, jpeg, thumb};
use amphora_app::wire::{FailureCode, Level, TransferTab};
use amphora_app::{App, PictureRequest};
use amphora_thumbs::specimens::{boasting_jpeg, camera_jpeg, pef, raf, raw};

/// What the sensor saw, behind everything else.
fn with_sensor(mut file: Vec<u8>) -> Vec<u8> {
    file.resize(file.len() + (4 << 20), 7);
    file
}

async fn original(app: &App, name: &str) -> Result<(u32, u32), FailureCode> {
    let request = PictureRequest::parse(&format!("/original/private/-/{name}"), "v=1").unwrap();
    let served = app.picture(&request).await.map_err(|failure| failure.code)?;
    let image = image::load_from_memory(&served.bytes).unwrap();
    Ok((image.width(), image.height()))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_pixel_of_a_raw_file_is_that_of_its_largest_preview_and_no_more_is_fetched() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let (small, large) = (jpeg(160, 120), jpeg(3200, 2400));
    let files = [
        ("a.raf", with_sensor(raf(&camera_jpeg(6, &small, &large)))),
        ("b.pef", with_sensor(pef(1, &small, &large))),
        ("c.dng", with_sensor(raw(&small, &large))),
        ("vast.raf", raf(&boasting_jpeg(10_000, 7_000))),
        ("none.nef", with_sensor(b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec())),
    ];
    let files = files.map(|(name, bytes)| world.file(name, bytes)).to_vec();
    upload(&app, files, place(Level::Private, "")).await;
    settled(&app).await;
    proxy.forget();
    assert_eq!(original(&app, "a.raf").await, Ok((2400, 3200)), "upright, as the camera says");
    assert_eq!(original(&app, "b.pef").await, Ok((3200, 2400)));
    assert_eq!(original(&app, "c.dng").await, Ok((3200, 2400)));
    let fetched = proxy.bytes_down("GET");
    assert!(fetched < 3 * (4 << 20), "what the sensor saw stays where it is: {fetched}");
    let smaller = original(&app, "vast.raf").await;
    assert_eq!(smaller, Err(FailureCode::TooLarge), "a smaller one would be less than is on show already");
    assert_eq!(original(&app, "none.nef").await, Err(FailureCode::NotAPicture));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_raw_file_that_is_uploaded_here_has_its_tile_at_once_and_fetches_nothing() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let private = place(Level::Private, "");
    let (small, large) = (jpeg(160, 120), jpeg(1024, 768));
    let files = [
        ("a.raf", with_sensor(raf(&camera_jpeg(6, &small, &large)))),
        ("b.PEF", with_sensor(pef(6, &small, &large))),
        // All of it is its beginning.
        ("c.nrw", raw(&small, &jpeg(600, 400))),
    ];
    let files = files.map(|(name, bytes)| world.file(name, bytes)).to_vec();
    upload(&app, files, private.clone()).await;
    settled(&app).await;
    let rows = rows(&app, &private).await.1;
    proxy.forget();
    for (row, upright) in rows.iter().zip([true, true, false]) {
        let tile = thumb(&app, &row.name, &format!("size=512&v={}", row.etag)).await;
        let expected = if upright { (384, 512) } else { (512, 341) };
        assert_eq!((tile.width(), tile.height()), expected, "{}", row.name);
    }
    assert_eq!(proxy.seen().len(), 0, "all of it was here");

    let again = world.file("a.raf", raf(&camera_jpeg(1, &small, &large)));
    upload(&app, vec![again], private).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou)[0].id;
    let served = app.serve(&format!("/local/{}", asked.0), "size=256").await.unwrap();
    let tile = image::load_from_memory(&served.bytes).unwrap();
    assert_eq!((tile.width(), tile.height()), (256, 192), "the question shows the new one as well");
}
