//! Measures thumbnails of camera-sized pictures on one core, beside `vipsthumbnail` on the same files.
//!
//! Run it in release: `cargo run --release -p amphora-thumbs --example thumbnails_bench`. Both sides are processes that
//! read each file, make its thumbnail and write it, several copies in one process, so that neither is charged its start
//! and neither finds a picture that it had before; their runs alternate. Both are held to one core by `taskset` where there
//! is one: a library that decodes in two threads would be measured by two. The time is a picture's. Then the same tile is
//! written as JPEG and as WebP. Prints tables, and one line of JSON.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use amphora_thumbs::specimens::{photo, photo_jpeg};
use image::RgbImage;
use image::imageops::FilterType;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

/// The thumbnail's longest edge.
const EDGE: u32 = 256;
/// As cameras write them.
const QUALITY: i32 = 92;
/// Pictures in one process.
const PICTURES: usize = 6;
/// Measured runs after the warm-up; their median counts.
const RUNS: usize = 5;
/// How often a tile is written in each format.
const WRITTEN: usize = 50;

type Done<T> = Result<T, Box<dyn Error>>;

/// One line of the table, in milliseconds a picture.
struct Row {
    what: &'static str,
    bytes: u64,
    ours: f64,
    vips: Option<f64>,
}

fn main() -> Done<()> {
    let arguments: Vec<_> = env::args_os().skip(1).map(PathBuf::from).collect();
    if let [folder, files @ ..] = arguments.as_slice() {
        return work(folder, files);
    }
    let folder = tempfile::tempdir()?;
    let with_vips = there("vipsthumbnail");
    let mut rows = Vec::new();
    for (what, path) in specimens(folder.path())? {
        rows.push(measured(what, &path, with_vips)?);
    }
    print(&rows);
    print_formats(&formats()?);
    Ok(())
}

/// A way to write a tile, measured.
struct Format {
    what: String,
    milliseconds: f64,
    bytes: usize,
    /// How near what is read again is to what was written, in decibels of the peak signal to the noise; 40 is hardly seen.
    decibels: f64,
}

/// What a tile costs as JPEG, which tiles are written as, and as WebP.
fn formats() -> Done<Vec<Format>> {
    let tile = image::imageops::resize(&photo(4000, 3000), EDGE, EDGE * 3 / 4, FilterType::Lanczos3);
    let mut formats = Vec::new();
    for percent in [75, 80, 85] {
        formats.push(format(format!("JPEG {percent}"), &tile, || Ok(photo_jpeg(&tile, percent, false)))?);
    }
    for (percent, method) in [(65, 4), (75, 4), (85, 4), (75, 0), (85, 0)] {
        let config = webpx::EncoderConfig::new().quality(percent as f32).method(method);
        let encode = || {
            let written = config.encode_rgb(&tile, tile.width(), tile.height(), webpx::Unstoppable);
            Ok(written.map_err(|error| error.to_string())?)
        };
        formats.push(format(format!("WebP {percent}, effort {method}"), &tile, encode)?);
    }
    Ok(formats)
}

fn format(what: String, tile: &RgbImage, encode: impl Fn() -> Done<Vec<u8>>) -> Done<Format> {
    let mut times = Vec::new();
    for _ in 0..=WRITTEN {
        let start = Instant::now();
        encode()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let bytes = encode()?;
    let again = image::load_from_memory(&bytes)?.into_rgb8();
    let squares = tile.iter().zip(again.iter()).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2)).sum::<f64>();
    let decibels = 10.0 * (255.0 * 255.0 * tile.len() as f64 / squares).log10();
    Ok(Format { what, milliseconds: median(times), bytes: bytes.len(), decibels })
}

fn print_formats(formats: &[Format]) {
    println!("\n{:<26}{:>9}{:>12}{:>10}", "a tile as", "bytes", "encode, ms", "PSNR, dB");
    for Format { what, milliseconds, bytes, decibels } in formats {
        println!("{what:<26}{bytes:>9}{milliseconds:>12.2}{decibels:>10.1}");
    }
}

/// Runs both sides in turns: one warm-up each, then the runs whose median counts.
fn measured(what: &'static str, path: &Path, with_vips: bool) -> Done<Row> {
    let folder = tempfile::tempdir()?;
    let copies = copies(path, folder.path())?;
    let (mut ours, mut vips) = (Vec::new(), Vec::new());
    for _ in 0..=RUNS {
        ours.push(timed(on_one_core(env::current_exe()?).arg(folder.path()).args(&copies))?);
        if with_vips {
            vips.push(timed(vipsthumbnail(folder.path()).args(&copies))?);
        }
    }
    let bytes = fs::metadata(path)?.len();
    Ok(Row { what, bytes, ours: median(ours), vips: with_vips.then(|| median(vips)) })
}

fn copies(path: &Path, folder: &Path) -> Done<Vec<PathBuf>> {
    let extension = path.extension().ok_or("a specimen has an extension")?;
    (0..PICTURES)
        .map(|number| {
            let copy = folder.join(number.to_string()).with_extension(extension);
            fs::copy(path, &copy)?;
            Ok(copy)
        })
        .collect()
}

fn specimens(folder: &Path) -> Done<Vec<(&'static str, PathBuf)>> {
    let mut specimens = Vec::new();
    for (what, name, width, height) in [("JPEG 12 MP", "12.jpg", 4000, 3000), ("JPEG 24 MP", "24.jpg", 6000, 4000)] {
        let path = folder.join(name);
        fs::write(&path, photo_jpeg(&photo(width, height), QUALITY, false))?;
        specimens.push((what, path));
    }
    let (width, height) = (4000, 3000);
    let photo = photo(width, height);
    let progressive = folder.join("progressive.jpg");
    fs::write(&progressive, photo_jpeg(&photo, QUALITY, true))?;
    specimens.push(("JPEG 12 MP, progressive", progressive));
    let png = folder.join("12.png");
    let encoder = image::codecs::png::PngEncoder::new(fs::File::create(&png)?);
    photo.write_with_encoder(encoder)?;
    // The `image` crate writes WebP without loss only; what people have is mostly lossy.
    let webp = folder.join("12.webp");
    let made = there("vips") && Command::new("vips").arg("webpsave").args([&png, &webp]).status()?.success();
    specimens.push(("PNG 12 MP", png));
    if made {
        specimens.push(("WebP 12 MP", webp));
    }
    Ok(specimens)
}

/// The measured side: what the window does for a tile, over and over.
fn work(folder: &Path, files: &[PathBuf]) -> Done<()> {
    for (number, file) in files.iter().enumerate() {
        let picture = amphora_thumbs::thumbnail(&fs::read(file)?, EDGE)?;
        fs::write(folder.join(format!("ours-{number}.jpg")), picture.bytes)?;
    }
    Ok(())
}

fn vipsthumbnail(folder: &Path) -> Command {
    let mut command = on_one_core("vipsthumbnail");
    command.env("VIPS_CONCURRENCY", "1").arg("--size").arg(EDGE.to_string());
    command.arg("-o").arg(folder.join("vips-%s.jpg[Q=80]"));
    command
}

/// The core that is measured; on most computers the first one has the system's own work.
const CORE: &str = "1";

/// The program, held to one core where this computer can do that.
fn on_one_core(program: impl AsRef<OsStr>) -> Command {
    let taskset = |program: &OsStr| {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", CORE]).arg(program);
        command
    };
    let able = taskset("true".as_ref()).status().is_ok_and(|status| status.success());
    if able { taskset(program.as_ref()) } else { Command::new(program) }
}

/// Milliseconds a picture.
fn timed(command: &mut Command) -> Done<f64> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status()?;
    let time = start.elapsed().as_secs_f64() * 1000.0 / PICTURES as f64;
    if status.success() { Ok(time) } else { Err("a measured process failed".into()) }
}

/// The median of all but the first, which warmed the file cache.
fn median(mut times: Vec<f64>) -> f64 {
    times.remove(0);
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn there(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn print(rows: &[Row]) {
    println!("{:<26}{:>9}{:>12}{:>16}{:>8}", "thumbnail of 256 px", "MB", "ours, ms", "vipsthumbnail", "ratio");
    for Row { what, bytes, ours, vips } in rows {
        let megabytes = *bytes as f64 / 1e6;
        match vips {
            Some(vips) => println!("{what:<26}{megabytes:>9.1}{ours:>12.1}{vips:>16.1}{:>7.2}×", vips / ours),
            None => println!("{what:<26}{megabytes:>9.1}{ours:>12.1}{:>16}{:>8}", "not installed", ""),
        }
    }
    let items: Vec<_> = rows
        .iter()
        .map(|Row { what, bytes, ours, vips }| {
            let vips = vips.map_or_else(|| "null".to_owned(), |vips| format!("{vips:.2}"));
            format!("{{\"what\":\"{what}\",\"bytes\":{bytes},\"oursMs\":{ours:.2},\"vipsMs\":{vips}}}")
        })
        .collect();
    println!("{{\"benchmark\":\"thumbnails\",\"edge\":{EDGE},\"runs\":{RUNS},\"rows\":[{}]}}", items.join(","));
}
