//! Large pictures that are decoded at once, for the screen and for sending, within the memory that all decoding may take. A test
//! program of its own, so that the peak of its memory is theirs.

use amphora_thumbs::specimens::boasting_jpeg;
use amphora_thumbs::{Decoder, shrunk};
use std::thread::spawn;

/// What all decoding may take beside what the test itself holds, in kibibytes.
const BUDGET: u64 = 256 << 10;
/// The program, its threads and the specimens.
const OWN: u64 = 48 << 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_peak_of_memory_is_that_of_one_budget() {
    let before = peak();
    // Every one takes three quarters of the budget, all of which is filled.
    let bytes = boasting_jpeg(9_000, 7_000);
    let sent: Vec<_> = (0..2).map(|_| bytes.clone()).map(|bytes| spawn(move || shrunk(&bytes, 8_000))).collect();
    // Two, as programs may have.
    let shown: Vec<_> = [Decoder::new(), Decoder::new()]
        .into_iter()
        .flat_map(|decoder| [decoder.clone(), decoder])
        .map(|decoder| (decoder, bytes.clone()))
        .map(|(decoder, bytes)| tokio::spawn(async move { decoder.display(bytes, 9_000).await }))
        .collect();
    for one in shown {
        assert!(one.await.unwrap().is_err(), "most of its pixels are missing");
    }
    for one in sent {
        assert!(one.join().unwrap().is_err(), "most of its pixels are missing");
    }
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after > before + BUDGET / 2, "{before} KiB before, {after} KiB at the peak: nothing was decoded");
        assert!(after < before + BUDGET + OWN, "{before} KiB before, {after} KiB at the peak");
    }
}

/// The most memory that this process ever held, in kibibytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
