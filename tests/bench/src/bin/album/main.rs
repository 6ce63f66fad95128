//! Measures an album of camera pictures as the window asks for it: how much is fetched until every tile shows a picture, on
//! the first and on a second visit, how soon the first screen of a large album is there when its tiles are in the cache, and how
//! evenly it scrolls in the window.
//!
//! Run it by `cargo xtask bench album`. But for the last, which is measured on Linux only, the engine of the window is driven
//! without one; bytes are counted on the line in front of the practice storage, the answers' bodies only.
//! `AMPHORA_BENCH_PERCENT` makes the albums smaller, `AMPHORA_BENCH_RUNS` the runs fewer. Prints tables, and one line of JSON.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod files;
mod viewer;
#[cfg(target_os = "linux")]
mod window;

use amphora_bench::server::PERSON;
use amphora_bench::{Done, median, number, runs};
use amphora_faults::FaultProxy;
use amphora_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::time::Instant;
use viewer::{Opened, Tile, Viewer};

/// Pictures of the album that is fetched.
const FETCHED: usize = 500;
/// Pictures of the album whose first screen is timed.
const LARGE: usize = 10_000;
/// Tiles in view at once: a large window.
const SCREEN: usize = 48;

#[tokio::main]
async fn main() -> Done<()> {
    let percent = number("AMPHORA_BENCH_PERCENT").unwrap_or(100);
    let folder = tempfile::tempdir()?;
    let proxy = FaultProxy::start()?;
    let behind = Some(proxy.port());
    let sandbox =
        Sandbox::start(Options { fsync: false, behind, ..Options::new(folder.path().join("sandbox")) }).await?;
    sandbox.ensure_user(PERSON.0, "ada@example.com", PERSON.1).await?;
    proxy.forward_to(sandbox.address());
    let bytes = files::cameras(&sandbox, (FETCHED * percent / 100).max(2)).await?;
    files::small(&sandbox, (LARGE * percent / 100).max(SCREEN)).await?;
    let viewer = Viewer::new(folder.path().join("viewer"), &sandbox).await?;
    let (fetched, viewer) = fetched(viewer, &proxy, bytes).await?;
    let timed = timed(viewer).await?;
    #[cfg(target_os = "linux")]
    let scrolled = window::scrolled(&sandbox).await?;
    #[cfg(not(target_os = "linux"))]
    let scrolled = Value::Null;
    println!("\n{}", json!({ "benchmark": "album", "fetched": fetched, "first_screen": timed, "scrolled": scrolled }));
    sandbox.stop().await;
    Ok(())
}

/// Bytes of pictures, in percent of their full size.
async fn fetched(viewer: Viewer, proxy: &FaultProxy, whole: u64) -> Done<(Value, Viewer)> {
    let count = || proxy.seen().iter().filter(|seen| seen.path.contains(".jpg")).map(|seen| seen.down).sum::<u64>();
    let album = viewer.open(files::CAMERAS).await?;
    proxy.forget();
    let begun = Instant::now();
    scrolled(&viewer, &album).await?;
    let (first, seconds) = (count(), begun.elapsed().as_secs_f64());
    // Where the view comes to rest, its tiles are fetched sharp; by now the dates are known, and with them the order.
    let album = viewer.open(files::CAMERAS).await?;
    viewer.tiles(&album, 0..SCREEN, Tile::Sharp).await?;
    let sharp = count();
    let viewer = viewer.restarted().await?;
    let album = viewer.open(files::CAMERAS).await?;
    proxy.forget();
    scrolled(&viewer, &album).await?;
    viewer.tiles(&album, 0..SCREEN, Tile::Sharp).await?;
    let second = count();
    let pictures = album.rows.len();
    println!("An album of {pictures} camera pictures, {:.1} MB on average\n", whole as f64 / 1e6 / pictures as f64);
    println!("| | bytes fetched | of full size |\n|---|---|---|");
    let lines = [
        ("first visit, until every tile shows a picture", first),
        ("and until the first screen is sharp", sharp),
        ("second visit, after a restart", second),
    ];
    for (what, bytes) in lines {
        println!("| {what} | {bytes} | {:.2} % |", bytes as f64 * 100.0 / whole as f64);
    }
    println!("\nThe first visit took {seconds:.1} s.");
    let fetched = json!({
        "pictures": pictures, "bytes": whole, "first": first, "sharp": sharp, "second": second, "seconds": seconds,
    });
    Ok((fetched, viewer))
}

/// The whole album goes by, a screen at a time; every tile shows a picture before the next screen comes.
async fn scrolled(viewer: &Viewer, album: &Opened) -> Done<()> {
    for start in (0..album.rows.len()).step_by(SCREEN) {
        let screen = start..(start + SCREEN).min(album.rows.len());
        viewer.facts(album, &screen)?;
        viewer.tiles(album, screen, Tile::First).await?;
    }
    Ok(())
}

/// Milliseconds from opening the large album until the bytes of its first screen are there.
async fn timed(viewer: Viewer) -> Done<Value> {
    scrolled(&viewer, &viewer.open(files::SMALL).await?).await?;
    let album = viewer.open(files::SMALL).await?;
    viewer.tiles(&album, 0..SCREEN, Tile::Sharp).await?;
    let (mut viewer, mut listed, mut shown) = (viewer, Vec::new(), Vec::new());
    for _ in 0..runs() {
        viewer = viewer.restarted().await?;
        let begun = Instant::now();
        let album = viewer.open(files::SMALL).await?;
        listed.push(begun.elapsed().as_secs_f64() * 1e3);
        viewer.facts(&album, &(0..SCREEN))?;
        viewer.tiles(&album, 0..SCREEN, Tile::First).await?;
        shown.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    let (listed, shown) = (median(listed).unwrap_or_default(), median(shown).unwrap_or_default());
    let (pictures, runs) = (album.rows.len(), runs());
    println!("\nThe first screen of {pictures} photos, {SCREEN} tiles from a warm cache, median of {runs} runs\n");
    println!(
        "| | milliseconds |\n|---|---|\n| the album is listed | {listed:.0} |\n| every tile of the first screen is there | {shown:.0} |"
    );
    Ok(json!({ "pictures": pictures, "tiles": SCREEN, "listed_ms": listed, "shown_ms": shown }))
}
