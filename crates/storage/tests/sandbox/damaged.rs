//! The disk of the storage goes bad: what a download brings is not what was stored, and its checksum says so.

use std::path::Path;

use amphora_storage::{Body, Checksum, Control, ErrorKind, IfExists, Key, PutOptions, Space, Storage};
use amphora_testbed::{PolicySet, Testbed};

const PART: u64 = 5 << 20;
const SIZE: usize = 12 << 20;

/// Turns one bit in every blob.
fn damage(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            damage(&path);
            continue;
        }
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[1000] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    }
}

async fn fetched(storage: &Storage, key: &Key) -> [Option<ErrorKind>; 2] {
    let dir = tempfile::tempdir().unwrap();
    let (ranges, piece) = (dir.path().join("ranges"), dir.path().join("piece"));
    let (space, control) = (Space::Private, Control::default());
    let told = storage.properties(&space, key).await.unwrap();
    let version = (told.etag.as_str(), told.size);
    let by_ranges = storage.get_on(&space, key, (&ranges, &ranges), version, &control).await;
    let by_piece = storage.get_to_file(&space, key, &piece, &control).await;
    [by_ranges, by_piece].map(|got| got.err().map(|error| error.kind()))
}

#[tokio::test]
async fn content_that_went_bad_in_the_storage_is_not_called_downloaded() {
    let bed = Testbed::start(PolicySet::Documented).await.unwrap();
    let (storage, control) = (bed.storage(), Control::default());
    let bytes: Vec<u8> = (0..SIZE).map(|at| (at ^ (at >> 9)) as u8).collect();
    // One checksum of the whole, one of the checksums of three parts.
    let kept = [(Checksum::Crc, "crc.bin"), (Checksum::Sha256, "sha256.bin")];
    for (checksum, name) in kept {
        let options = PutOptions { checksum, part_size: Some(PART), ..PutOptions::new(IfExists::Fail) };
        let body = Body::Bytes(bytes.clone().into());
        let key = Key::parse(name).unwrap();
        storage.put(&Space::Private, &key, body, options, &control).await.unwrap();
        assert_eq!(fetched(&storage, &key).await, [None, None], "{name} as it was stored");
    }
    damage(&bed.folder().join("blobs"));
    for (_, name) in kept {
        let key = Key::parse(name).unwrap();
        assert_eq!(fetched(&storage, &key).await, [Some(ErrorKind::Damaged); 2], "{name}");
    }
}
