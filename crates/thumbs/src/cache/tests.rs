//! What the cache promises, on a real folder.

use super::*;
use tempfile::TempDir;

fn key(scope: &str, name: &str) -> CacheKey {
    let (bucket, etag) = ("files".to_owned(), "9a0364b9".to_owned());
    CacheKey { scope: scope.to_owned(), bucket, key: name.to_owned(), etag, edge: 256 }
}

fn picture(fill: u8, size: usize) -> Picture {
    Picture { bytes: vec![fill; size], content_type: "image/jpeg", width: 256, height: 171 }
}

fn open(folder: &TempDir, max_bytes: u64) -> Cache {
    Cache::open(folder.path().join("thumbnails"), max_bytes).unwrap()
}

fn age(cache: &Cache, key: &CacheKey, hours: u64) {
    let file = File::options().append(true).open(cache.path(key)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
}

#[test]
fn a_picture_survives_a_restart_exactly() {
    let folder = TempDir::new().unwrap();
    let kept = Picture { content_type: "image/png", ..picture(7, 5000) };
    open(&folder, 1 << 20).put(&key("me", "a.jpg"), &kept).unwrap();
    assert_eq!(open(&folder, 1 << 20).get(&key("me", "a.jpg")), Some(kept));
}

#[test]
fn every_part_of_the_key_tells_pictures_apart() {
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 1 << 20);
    let kept = key("me", "a.jpg");
    cache.put(&kept, &picture(1, 10)).unwrap();
    let others = [
        CacheKey { scope: "guest".to_owned(), ..kept.clone() },
        CacheKey { bucket: "other".to_owned(), ..kept.clone() },
        CacheKey { key: "b.jpg".to_owned(), ..kept.clone() },
        CacheKey { etag: "changed".to_owned(), ..kept.clone() },
        CacheKey { edge: 512, ..kept.clone() },
        CacheKey { bucket: "filesa".to_owned(), key: ".jpg".to_owned(), ..kept.clone() },
    ];
    for other in others {
        assert_eq!(cache.get(&other), None, "{other:?}");
    }
    assert!(cache.get(&kept).is_some());
}

#[test]
fn a_damaged_entry_is_a_miss_and_can_be_made_again() {
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 1 << 20);
    let key = key("me", "a.jpg");
    let whole = entry::write(&picture(1, 100));
    let mut changed = whole.clone();
    changed[60] ^= 1;
    for damaged in [changed, whole[..80].to_vec(), whole[..5].to_vec(), Vec::new()] {
        cache.put(&key, &picture(1, 100)).unwrap();
        fs::write(cache.path(&key), damaged).unwrap();
        assert_eq!(cache.get(&key), None);
        assert!(!cache.path(&key).exists(), "it does not lie there for ever");
    }
    cache.put(&key, &picture(2, 100)).unwrap();
    assert_eq!(cache.get(&key), Some(picture(2, 100)));
}

#[test]
fn the_least_recently_used_goes_first_and_the_limit_holds() {
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 100_000);
    for index in 0..9 {
        let key = key("me", &format!("{index}.jpg"));
        cache.put(&key, &picture(index, 10_000)).unwrap();
        age(&cache, &key, 20 - u64::from(index));
    }
    assert!(cache.get(&key("me", "0.jpg")).is_some(), "the oldest is used again");
    // The count starts from what the folder holds, not from what this process wrote.
    let cache = open(&folder, 100_000);
    cache.put(&key("me", "new.jpg"), &picture(9, 15_000)).unwrap();
    assert!(Inventory::take(&cache.folder).unwrap().bytes() <= 90_000);
    assert!(cache.get(&key("me", "1.jpg")).is_none(), "the least recently used went");
    assert!(cache.get(&key("me", "0.jpg")).is_some(), "what was used again stayed");
    assert!(cache.get(&key("me", "new.jpg")).is_some(), "what was just made stayed");
}

#[test]
fn writing_the_same_picture_again_counts_once() {
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 100_000);
    for _ in 0..50 {
        cache.put(&key("me", "a.jpg"), &picture(1, 10_000)).unwrap();
    }
    assert_eq!(*cache.used.lock().unwrap(), Some(Inventory::take(&cache.folder).unwrap().bytes()));
}

#[test]
fn a_forgotten_scope_is_gone_and_others_stay() {
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 1 << 20);
    cache.put(&key("ada", "a.jpg"), &picture(1, 10)).unwrap();
    cache.put(&key("public", "a.jpg"), &picture(2, 10)).unwrap();
    cache.forget_scope("ada").unwrap();
    cache.forget_scope("nobody").unwrap();
    assert_eq!(cache.get(&key("ada", "a.jpg")), None);
    assert_eq!(cache.get(&key("public", "a.jpg")), Some(picture(2, 10)));
    let left = fs::read_dir(&cache.folder).unwrap().count();
    assert_eq!(left, 1, "not even its folder stays");
}

#[test]
fn what_a_killed_process_left_half_written_is_swept() {
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 1 << 20);
    cache.put(&key("me", "a.jpg"), &picture(1, 10)).unwrap();
    let left = cache.path(&key("me", "a.jpg")).with_extension("1-2.unfinished");
    File::create(&left).unwrap().set_modified(SystemTime::now() - Duration::from_secs(7200)).unwrap();
    open(&folder, 1 << 20).put(&key("me", "b.jpg"), &picture(1, 10)).unwrap();
    assert!(!left.exists());
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let cache = open(&folder, 1 << 20);
    assert_eq!(fs::metadata(&cache.folder).unwrap().permissions().mode() & 0o777, 0o700);
}
