//! Downloads: bytes, folders, names, and never over an existing file.

use crate::around::{World, all_of, names, place, settled, transfers, until, upload};
use amphora_app::wire::{FailureCode, Level, TransferChoice, TransferKind, TransferTab};

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_down_is_what_went_up_and_nothing_is_overwritten() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let large: Vec<u8> = (0..12u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    world.file("trip/large.bin", &large);
    world.file("trip/inner/ä.txt", "inner");
    upload(&app, vec![world.dir.path().join("desktop/trip"), world.file("one.txt", "one")], private.clone()).await;
    until("all are there", || async { app.transfer_summary().done == 3 && names(&app, &private).await.len() == 2 })
        .await;
    let to = world.dir.path().join("downloads");
    std::fs::create_dir_all(&to).unwrap();
    std::fs::write(to.join("one.txt"), "mine").unwrap();
    let selection = all_of(&app, &private).await;
    assert_eq!(app.download_selection(&selection, &to).unwrap().count, 2);
    until("all are here", || async { app.transfer_summary().done == 6 }).await;
    settled(&app).await;
    assert_eq!(std::fs::read(to.join("one.txt")).unwrap(), b"mine", "an existing file stays");
    assert_eq!(std::fs::read(to.join("one (2).txt")).unwrap(), b"one");
    assert!(std::fs::read(to.join("trip/large.bin")).unwrap() == large, "byte for byte");
    assert_eq!(std::fs::read(to.join("trip/inner/ä.txt")).unwrap(), b"inner");
    let left =
        walkdir::WalkDir::new(&to).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    assert_eq!(left.count(), 4, "no temporary file is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_gets_another_name_says_which() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let names = ["CON.txt", "one.txt", "two.txt"];
    upload(&app, names.map(|name| world.file(name, name)).to_vec(), private.clone()).await;
    settled(&app).await;
    let to = world.dir.path().join("downloads");
    std::fs::create_dir_all(&to).unwrap();
    std::fs::write(to.join("one.txt"), "mine").unwrap();
    app.download_selection(&all_of(&app, &private).await, &to).unwrap();
    until("all are here", || async { app.transfer_summary().done == 6 }).await;
    let rows = transfers(&app, TransferTab::Done);
    let mut downloads: Vec<_> = rows.iter().filter(|row| row.kind == TransferKind::Download).collect();
    downloads.sort_by(|a, b| a.name.cmp(&b.name));
    let told: Vec<_> = downloads.iter().map(|row| row.saved_as.as_deref()).collect();
    assert_eq!(told, [Some("_CON.txt"), Some("one (2).txt"), None]);
    for (name, saved) in names.iter().zip(["_CON.txt", "one (2).txt", "two.txt"]) {
        assert_eq!(std::fs::read_to_string(to.join(saved)).unwrap(), *name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_listing_downloads_nothing() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let selection = all_of(&app, &place(Level::Private, "")).await;
    app.sign_out().await.unwrap();
    let refused = app.download_selection(&selection, world.dir.path()).unwrap_err();
    assert_eq!(refused.code, FailureCode::ChangedMeanwhile, "another identity has other listings");
}

/// A small disk; none where this process may not mount one (then the storage crate's injected writer is the proof).
#[cfg(target_os = "linux")]
struct SmallDisk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn at(folder: std::path::PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir_all(&folder).unwrap();
        let mut mount = std::process::Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(&folder)
            .stderr(std::process::Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = std::process::Command::new("umount").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "the small disk stays mounted");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_a_download_with_a_sentence_and_leaves_nothing_half() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    upload(&app, vec![world.file("large.bin", vec![7u8; 2 << 20])], private.clone()).await;
    settled(&app).await;
    let Some(disk) = SmallDisk::at(world.dir.path().join("small"), "1m") else { return };
    let selection = all_of(&app, &private).await;
    app.download_selection(&selection, &disk.0).unwrap();
    until("it fails", || async { app.transfer_summary().failed == 1 }).await;
    let failure = app.transfer_rows(TransferTab::Failed, 0, 1).unwrap().remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::DiskFull, "{failure:?}");
    assert!(!failure.detail.contains("small"), "no path of this computer in {:?}", failure.detail);
    assert_eq!(std::fs::read_dir(&disk.0).unwrap().count(), 0, "no half file takes the last room");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_full_disk_stopped_goes_on_once_there_is_room_and_leaves_nothing_when_it_is_given_up() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let large = vec![7u8; 12 << 20];
    upload(&app, vec![world.file("large.bin", &large)], private.clone()).await;
    settled(&app).await;
    let Some(disk) = SmallDisk::at(world.dir.path().join("small"), "14m") else { return };
    let filler = disk.0.join("filler");
    for goes_on in [true, false] {
        std::fs::write(&filler, vec![0u8; 8 << 20]).unwrap();
        let selection = all_of(&app, &private).await;
        app.download_selection(&selection, &disk.0).unwrap();
        until("it fails", || async { app.transfer_summary().failed == 1 }).await;
        let failure = app.transfer_rows(TransferTab::Failed, 0, 1).unwrap().remove(0).failure.unwrap();
        assert_eq!(failure.code, FailureCode::DiskFull, "{failure:?}");
        std::fs::remove_file(&filler).unwrap();
        if goes_on {
            app.retry_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
            settled(&app).await;
            assert!(std::fs::read(disk.0.join("large.bin")).unwrap() == large, "byte for byte");
            std::fs::remove_file(disk.0.join("large.bin")).unwrap();
        } else {
            app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Failed }).unwrap();
        }
        until("nothing is left", || async { std::fs::read_dir(&disk.0).unwrap().count() == 0 }).await;
    }
}
