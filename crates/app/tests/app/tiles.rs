//! What tiles show: the nearest first, texts once, and another content as soon as it is there.

use crate::around::{World, place, rows, settled, transfers, until, upload};
use crate::pictures::{counted, elsewhere, jpeg, thumb};
use amphora_app::App;
use amphora_app::wire::{ConflictAnswer, FailureCode, Level, TransferTab};
use amphora_faults::{Fault, Rule};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn tiles_that_wait_are_fetched_in_the_order_that_the_page_told_last() {
    const AT_ONCE: usize = 6;
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "camera").await;
    let private = place(Level::Private, "");
    let files = (0..3 * AT_ONCE).map(|number| world.file(&format!("{number:02}.jpg"), jpeg(40, 30))).collect();
    upload(&app, files, private.clone()).await;
    settled(&app).await;

    let viewer = elsewhere(&world, "viewer").await;
    let rows = rows(&viewer, &private).await.1;
    let query = |at: usize| format!("size=256&first=1&v={}", rows[at].etag);
    let path = |at: usize| format!("/thumb/private/-/{}", rows[at].name);
    let ask = |at: usize| {
        let (viewer, path, query) = (viewer.clone(), path(at), query(at));
        tokio::spawn(async move { viewer.serve(&path, &query).await.map(|_| ()) })
    };
    // Nothing is answered until it is released.
    proxy.add(Rule::new(Fault::Hold).on("GET", ".jpg"));
    proxy.forget();
    let fetched = || {
        let seen = proxy.seen().into_iter().filter(|seen| seen.method == "GET");
        let names = seen.filter_map(|seen| seen.path.split('?').next()?.rsplit('/').next().map(str::to_owned));
        names.filter(|name| name.ends_with(".jpg")).collect::<Vec<_>>()
    };
    let mut asked: Vec<_> = (0..AT_ONCE).map(ask).collect();
    until("as many are fetched as go at once", || async { fetched().len() == AT_ONCE }).await;
    asked.extend((AT_ONCE..3 * AT_ONCE).map(ask));
    // The person scrolled to the end: what came last is nearest.
    let order: Vec<String> = (0..3 * AT_ONCE).rev().map(|at| format!("{}?{}", path(at), query(at))).collect();
    viewer.order_pictures(&order);
    // Nobody tells when a request is in line; each only looks at the disk before.
    tokio::time::sleep(Duration::from_millis(500)).await;
    for so_far in [2, 3] {
        proxy.release();
        until("the next ones are fetched", || async { fetched().len() == so_far * AT_ONCE }).await;
    }
    proxy.mend();
    proxy.release();
    for tile in asked {
        tile.await.unwrap().unwrap();
    }
    let names = |range: std::ops::Range<usize>| range.map(|number| format!("{number:02}.jpg")).collect::<Vec<_>>();
    let mut fetched = fetched();
    for batch in fetched.chunks_mut(AT_ONCE) {
        // Those of a batch are asked for side by side.
        batch.sort();
    }
    assert_eq!(fetched, [names(0..6), names(12..18), names(6..12)].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_beginning_of_a_text_is_fetched_once_for_each_content() {
    let (world, proxy) = counted().await;
    let app = elsewhere(&world, "desk").await;
    let private = place(Level::Private, "");
    let note = "Quay wall, north side: ünß\n".repeat(10_000);
    upload(&app, vec![world.file("note.txt", &note)], private.clone()).await;
    settled(&app).await;
    let row = rows(&app, &private).await.1.remove(0);
    let query = format!("v={}", row.etag);
    proxy.forget();
    let first = app.serve("/text/private/-/note.txt", &query).await.unwrap();
    assert_eq!(first.content_type, "text/plain; charset=utf-8");
    assert!(first.bytes.len() < 70_000 && note.starts_with(std::str::from_utf8(&first.bytes[..60_000]).unwrap()));
    assert_eq!(app.serve("/text/private/-/note.txt", &query).await.unwrap(), first);
    crate::around::end(app).await;
    let again = world.started("desk");
    again.restore().await;
    assert_eq!(again.serve("/text/private/-/note.txt", &query).await.unwrap(), first, "also after a restart");
    assert_eq!(proxy.count("GET", "note.txt"), 1, "the second visit asks for nothing");

    upload(&again, vec![world.file("note.txt", "another")], private.clone()).await;
    until("it asks", || async { again.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&again, TransferTab::NeedsYou)[0].id;
    again.answer_conflict(asked, ConflictAnswer::Replace, false).unwrap();
    until("it is replaced", || async { rows(&again, &private).await.1[0].etag != row.etag }).await;
    let newer = rows(&again, &private).await.1.remove(0);
    let served = again.serve("/text/private/-/note.txt", &format!("v={}", newer.etag)).await.unwrap();
    assert_eq!(served.bytes, b"another", "another content is another text");
    again.sign_out().await.unwrap();
    let refused = again.serve("/text/private/-/note.txt", &query).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::NeedsAccount, "what is kept is its owner's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_uploaded_anew_is_shown_anew_here_and_on_another_computer() {
    let world = World::new().await;
    let app = elsewhere(&world, "camera").await;
    let viewer = elsewhere(&world, "viewer").await;
    let private = place(Level::Private, "");
    let picture = |red: u8, blue: u8| {
        let image = image::RgbImage::from_pixel(400, 300, image::Rgb([red, 0, blue]));
        world.file("p.jpg", amphora_thumbs::specimens::jpeg(&image))
    };
    upload(&app, vec![picture(250, 0)], private.clone()).await;
    settled(&app).await;
    let shown = async |app: &App, etag: &str| {
        let served = thumb(app, "p.jpg", &format!("size=256&v={etag}")).await.to_rgb8();
        let image::Rgb([red, _, blue]) = *served.get_pixel(served.width() / 2, served.height() / 2);
        if red > blue { "red" } else { "blue" }
    };
    let mut open = Vec::new();
    for (computer, did_it) in [(&app, true), (&viewer, false)] {
        let (listing, rows) = rows(computer, &private).await;
        assert_eq!(shown(computer, &rows[0].etag).await, "red");
        open.push((computer, did_it, listing, rows[0].etag.clone()));
    }

    upload(&app, vec![picture(0, 250)], private).await;
    until("it asks", || async { app.transfer_summary().needs_you == 1 }).await;
    let asked = transfers(&app, TransferTab::NeedsYou)[0].id;
    app.answer_conflict(asked, ConflictAnswer::Replace, false).unwrap();
    settled(&app).await;
    for (computer, did_it, listing, before) in open {
        // The one that did it knows; the other one looks again.
        if !did_it {
            computer.refresh_listing(listing).unwrap();
        }
        let etag = || computer.rows(listing, 0, 1).unwrap().remove(0).etag;
        until("the open folder shows another content", || async { etag() != before }).await;
        assert_eq!(shown(computer, &etag()).await, "blue", "under the new row's address");
    }
}
