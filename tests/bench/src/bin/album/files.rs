//! The pictures of the albums, and how they come into the practice storage.

use amphora_bench::Done;
use amphora_bench::server::IDENTITY;
use amphora_sandbox::Sandbox;
use amphora_sandbox::session::Role;
use amphora_storage::{Body, Control, IfExists, Key, PutOptions, Space};
use amphora_testbed::storage_in;
use amphora_thumbs::specimens::{Camera, photo, photo_jpeg};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

/// The folder of pictures as cameras write them.
pub(crate) const CAMERAS: &str = "cameras/";
/// The folder of many small ones.
pub(crate) const SMALL: &str = "small/";

/// How well the cameras write their 12 megapixels: from 3 to 5 MB.
const QUALITIES: [i32; 4] = [92, 94, 95, 96];
const AT_ONCE: usize = 8;
/// When they were taken, until they are dated.
const TAKEN: &str = "2026:07:01 08:00:00";

/// Pictures of 4 MB on average. All have the preview of 160 × 120 that EXIF has room for, every second one a large one as
/// well, found by an index. Their bytes together.
pub(crate) async fn cameras(sandbox: &Sandbox, count: usize) -> Done<u64> {
    let pixels = photo(4000, 3000);
    let wholes = QUALITIES.map(|percent| photo_jpeg(&pixels, percent, false));
    let (small, large) = (photo_jpeg(&photo(160, 120), 80, false), photo_jpeg(&photo(1440, 1080), 80, false));
    let made = (0..count).map(|number| {
        let large_preview = (number % 2 == 0).then(|| large.clone());
        let camera = Camera { preview: Some(small.clone()), large_preview, taken: Some(TAKEN), ..Camera::default() };
        (format!("{CAMERAS}{number:05}.jpg"), dated(camera.around(&wholes[number / 2 % wholes.len()]), number))
    });
    put(sandbox, made).await
}

/// Small pictures, so that ten thousand of them find room.
pub(crate) async fn small(sandbox: &Sandbox, count: usize) -> Done<u64> {
    let camera = Camera { taken: Some(TAKEN), ..Camera::default() };
    let bytes = camera.around(&photo_jpeg(&photo(640, 480), 80, false));
    put(sandbox, (0..count).map(|number| (format!("{SMALL}{number:05}.jpg"), dated(bytes.clone(), number)))).await
}

/// The same picture, taken some minutes later: no two are the same, and what is cached of one does not help another.
fn dated(mut bytes: Vec<u8>, number: usize) -> Bytes {
    let (day, hour, minute) = (1 + number / 600 % 28, number / 60 % 10 + 8, number % 60);
    let taken = format!("2026:07:{day:02} {hour:02}:{minute:02}:09");
    if let Some(at) = bytes.windows(TAKEN.len()).position(|some| some == TAKEN.as_bytes()) {
        bytes[at..at + taken.len()].copy_from_slice(taken.as_bytes());
    }
    bytes.into()
}

async fn put(sandbox: &Sandbox, files: impl Iterator<Item = (String, Bytes)>) -> Done<u64> {
    let storage = &storage_in(sandbox, IDENTITY, Role::Authenticated);
    let puts = stream::iter(files).map(|(name, bytes)| async move {
        let (key, size, control) = (Key::parse(&name)?, bytes.len() as u64, Control::default());
        let options = PutOptions::new(IfExists::Replace);
        storage.put(&Space::Public, &key, Body::Bytes(bytes), options, &control).await?;
        Done::Ok(size)
    });
    puts.buffer_unordered(AT_ONCE).try_fold(0, async |sum, size| Ok(sum + size)).await
}
