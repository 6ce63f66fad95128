//! What changes while a transfer is on its way: the file, the folder, the permission, the credentials, the clock, the keychain.

use crate::around::{PASSWORD, World, all_of, names, settled, transfers, until, upload};
use crate::trouble::{MIB, content, emptied, fetched, private, troubled};
use amphora_app::wire::{FailureCode, Retry, TransferChoice, TransferTab};
use amphora_app::{InMemory, Password, SecretStore};
use amphora_auth::{Secret, SecretStoreError};
use amphora_faults::{Fault, Rule};
use amphora_sandbox::iam::PolicySet;
use async_trait::async_trait;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file, its first size, and what happens to it.
type Change = (&'static str, usize, fn(&Path));

const FAILED: TransferChoice = TransferChoice::Tab { tab: TransferTab::Failed };

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cut_or_rewritten_while_it_is_sent_is_not_stored_and_trying_again_sends_what_it_is_now() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = world.person("ada").await;
    let changes: [Change; 3] = [
        ("cut.mov", 20 * MIB, |file| std::fs::write(file, content(10 * MIB, 1)).unwrap()),
        ("rewritten.mov", 20 * MIB, |file| std::fs::write(file, content(20 * MIB, 2)).unwrap()),
        ("emptied.bin", 3 * MIB, |file| std::fs::write(file, "").unwrap()),
    ];
    for (name, len, change) in changes {
        let path = world.file(name, content(len, 0));
        // The first request with content is held until the file has changed.
        proxy.add(Rule::new(Fault::Hold).on("PUT", name).times(1));
        upload(&app, vec![path.clone()], private()).await;
        until("it is on its way", || async { proxy.count("PUT", name) > 0 }).await;
        change(&path);
        proxy.release();
        until("it fails", || async { app.transfer_summary().failed == 1 }).await;
        let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
        assert_eq!(failure.code, FailureCode::ChangedMeanwhile, "{name}: {failure:?}");
        assert_eq!(names(&app, &private()).await, [] as [&str; 0], "{name}: nothing mixed is stored");
        app.retry_transfers(FAILED).unwrap();
        settled(&app).await;
        let there = fetched(&world, &app, &private(), 1).await;
        assert!(there[name] == std::fs::read(&path).unwrap(), "{name}: as it is now");
        assert_eq!(world.sandbox.unfinished_parts().await.unwrap(), 0, "{name}: no part of the old one stays");
        emptied(&app, &private(), 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_is_taken_away_on_the_way_is_told_and_given_back_it_goes_on() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = world.person("ada").await;
    let bytes = content(20 * MIB, 3);
    proxy.add(Rule::new(Fault::denied()).on("PUT", "partNumber=").after(1));
    upload(&app, vec![world.file("film.mov", &bytes)], private()).await;
    until("it fails", || async { app.transfer_summary().failed == 1 }).await;
    let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::AccessDenied, "{failure:?}");
    assert!(failure.message.contains("“film.mov”"), "{}", failure.message);
    proxy.mend();
    app.retry_transfers(FAILED).unwrap();
    settled(&app).await;
    assert!(fetched(&world, &app, &private(), 1).await["film.mov"] == bytes, "byte for byte");

    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    let target = world.dir.path().join("downloads");
    std::fs::create_dir_all(&target).unwrap();
    let all = all_of(&app, &private()).await;
    // Also what asks for the rest of it is refused.
    proxy.add(Rule::new(Fault::ResetAnswer { at: 4 << 20 }).on("GET", "/film.mov").times(1));
    proxy.add(Rule::new(Fault::denied()).on("GET", "/film.mov").after(1));
    app.download_selection(&all, &target).unwrap();
    until("it fails", || async { app.transfer_summary().failed == 1 }).await;
    let failure = transfers(&app, TransferTab::Failed).remove(0).failure.unwrap();
    assert_eq!(failure.code, FailureCode::AccessDenied, "{failure:?}");
    assert!(!target.join("film.mov").exists(), "nothing half has its name");
    proxy.mend();
    app.retry_transfers(FAILED).unwrap();
    settled(&app).await;
    assert!(std::fs::read(target.join("film.mov")).unwrap() == bytes, "byte for byte");
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 1, "no temporary file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_deleted_under_a_download_is_told_and_trying_again_makes_it_anew() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    for len in [3 * MIB, 12 * MIB] {
        let bytes = content(len, 4);
        upload(&app, vec![world.file("film.mov", &bytes)], private()).await;
        settled(&app).await;
        app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
        let target = world.dir.path().join("downloads");
        std::fs::create_dir_all(&target).unwrap();
        let all = all_of(&app, &private()).await;
        proxy.add(Rule::new(Fault::Hold).on("GET", "/film.mov").times(1));
        app.download_selection(&all, &target).unwrap();
        // A large file is asked for in several ranges at once.
        until("it is on its way", || async { proxy.count("GET", "/film.mov") >= 1 }).await;
        std::fs::remove_dir_all(&target).unwrap();
        proxy.release();
        until("it ends", || async { app.transfer_summary().running == 0 && app.transfer_summary().waiting == 0 }).await;
        let failed = transfers(&app, TransferTab::Failed).remove(0);
        assert_eq!(failed.failure.unwrap().code, FailureCode::LocalFile, "{len}");
        app.retry_transfers(FAILED).unwrap();
        settled(&app).await;
        assert!(std::fs::read(target.join("film.mov")).unwrap() == bytes, "{len}: byte for byte");
        assert_eq!(std::fs::read_dir(&target).unwrap().count(), 1, "{len}: no temporary file");
        std::fs::remove_dir_all(&target).unwrap();
        emptied(&app, &private(), 1).await;
        proxy.mend();
        proxy.forget();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_end_in_the_midst_are_renewed_unseen() {
    let proxy = amphora_faults::FaultProxy::start().unwrap();
    let world = World::with(|options| {
        options.behind = Some(proxy.port());
        // Over before the transfer is.
        options.session_lifetime = time::Duration::seconds(2);
    });
    let world = world.await;
    proxy.forward_to(world.sandbox.address());
    let app = world.person("ada").await;
    let bytes = content(24 * MIB, 5);
    proxy.slow(7 << 20);
    upload(&app, vec![world.file("film.mov", &bytes)], private()).await;
    settled(&app).await;
    assert_eq!(app.transfer_summary().failed, 0, "{:?}", transfers(&app, TransferTab::Failed));
    assert!(fetched(&world, &app, &private(), 1).await["film.mov"] == bytes, "down again, over the same slow line");
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_the_server_takes_for_ended_are_told_as_a_matter_of_signing_in_and_no_byte_is_lost() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let app = world.person("ada").await;
    let bytes = content(20 * MIB, 6);
    proxy.add(Rule::new(Fault::expired()).on("PUT", "partNumber=").after(1).times(8));
    upload(&app, vec![world.file("film.mov", &bytes)], private()).await;
    until("it ends", || async { app.transfer_summary().failed + app.transfer_summary().done == 1 }).await;
    if let Some(failed) = transfers(&app, TransferTab::Failed).pop() {
        let failure = failed.failure.unwrap();
        assert_eq!((failure.code, failure.retry), (FailureCode::SignedOut, Retry::AfterSignIn), "{failure:?}");
        proxy.mend();
        app.sign_out().await.unwrap();
        app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
        app.retry_transfers(FAILED).unwrap();
        settled(&app).await;
    }
    assert!(fetched(&world, &app, &private(), 1).await["film.mov"] == bytes, "byte for byte");
    assert_eq!(world.sandbox.unfinished_parts().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_an_hour_off_is_corrected_or_named() {
    // Keys that outlive the hour: what is wrong is the clock alone.
    let world = World::with(|options| options.session_lifetime = time::Duration::hours(12)).await;
    let app = world.person("ada").await;
    for (name, hours) in [("behind.bin", 1), ("ahead.bin", -1)] {
        let bytes = content(20 * MIB, 7);
        world.sandbox.clock().shift(time::Duration::hours(hours));
        upload(&app, vec![world.file(name, &bytes)], private()).await;
        until("it ends", || async { app.transfer_summary().failed + app.transfer_summary().done == 1 }).await;
        let failed = transfers(&app, TransferTab::Failed).pop();
        if let Some(failure) = failed.and_then(|failed| failed.failure) {
            assert_eq!(failure.code, FailureCode::ClockSkew, "{name}: {failure:?}");
            assert!(failure.hint.contains("date and time"), "{name}: {}", failure.hint);
        }
        world.sandbox.clock().shift(time::Duration::hours(-hours));
        app.retry_transfers(FAILED).unwrap();
        settled(&app).await;
        assert!(fetched(&world, &app, &private(), 1).await[name] == bytes, "{name}: byte for byte");
        emptied(&app, &private(), 1).await;
    }
}

/// A keychain that can be locked.
#[derive(Default)]
struct Lockable {
    locked: AtomicBool,
    secrets: InMemory,
}

impl Lockable {
    fn check(&self) -> Result<(), SecretStoreError> {
        if self.locked.load(Ordering::Relaxed) { Err(SecretStoreError::new("locked")) } else { Ok(()) }
    }
}

#[async_trait]
impl SecretStore for Lockable {
    async fn get(&self, name: &str) -> Result<Option<Secret>, SecretStoreError> {
        self.check()?;
        self.secrets.get(name).await
    }

    async fn set(&self, name: &str, secret: Secret) -> Result<(), SecretStoreError> {
        self.check()?;
        self.secrets.set(name, secret).await
    }

    async fn remove(&self, name: &str) -> Result<(), SecretStoreError> {
        self.check()?;
        self.secrets.remove(name).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_is_locked_loses_no_transfer() {
    let (mut world, proxy) = troubled(PolicySet::Recommended).await;
    let keychain = Arc::new(Lockable::default());
    world.secrets = keychain.clone();
    let app = world.person("ada").await;
    let bytes = content(20 * MIB, 8);
    proxy.add(Rule::new(Fault::Hold).on("PUT", "partNumber=3"));
    upload(&app, vec![world.file("film.mov", &bytes)], private()).await;
    until("it is on its way", || async { proxy.count("PUT", "partNumber=3") == 1 }).await;
    keychain.locked.store(true, Ordering::Relaxed);
    crate::around::end(app).await;
    proxy.mend();

    // Started with a locked keychain nobody is signed in; what was on its way waits for its person.
    let again = world.app().await;
    assert_eq!(again.transfer_summary().running, 0);
    again.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    settled(&again).await;
    assert!(fetched(&world, &again, &private(), 1).await["film.mov"] == bytes, "byte for byte");
    assert_eq!(world.sandbox.unfinished_parts().await.unwrap(), 0);
}
