//! A computer that sleeps in the midst of a transfer: the server has given up when it wakes.

use crate::another_process::Child;
use crate::around::{settled, until, upload};
use crate::trouble::{MIB, content, fetched, private, troubled};
use amphora_app::wire::{TransferChoice, TransferTab};
use amphora_faults::FaultProxy;
use amphora_sandbox::iam::PolicySet;
use std::process::Command;
use std::time::Duration;

/// Stops or wakes a process, as the lid of a computer does to all of them.
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success(), "kill {name}");
}

/// Puts the application to sleep when some of the transfer has passed, wakes it when the server has had enough, and says how
/// the transfer ended.
async fn sleeps_through(proxy: &FaultProxy, child: &mut Child, method: &str, some: usize) -> String {
    let passed = || if method == "GET" { proxy.bytes_down(method) } else { proxy.bytes_up(method) };
    until("some of it has passed", || async { passed() > some as u64 }).await;
    signal(child, "-STOP");
    proxy.patience(Duration::from_millis(300));
    let all_over = || proxy.seen().iter().filter(|seen| seen.method == method).all(|seen| seen.ended.is_some());
    until("the server gives up", || async { all_over() }).await;
    proxy.mend();
    signal(child, "-CONT");
    tokio::task::block_in_place(|| child.says("settled")).expect("it goes on by itself")
}

#[tokio::test(flavor = "multi_thread")]
async fn transfers_go_on_after_a_sleep_that_outlasts_the_servers_patience() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let bytes = content(48 * MIB, 0);
    world.file("film.mov", &bytes);
    world.file("aws-exports.json", world.sandbox.aws_exports_json());

    proxy.slow(8 << 20);
    let mut child = Child::start(&world);
    let ended = sleeps_through(&proxy, &mut child, "PUT", 4 * MIB).await;
    child.wait();
    assert!(ended.contains("(Done"), "{ended}");
    assert_eq!(world.sandbox.unfinished_uploads().await.unwrap(), 0, "nothing costs money");
    let app = world.person("ada").await;
    assert!(fetched(&world, &app, &private(), 1).await["film.mov"] == bytes, "byte for byte");
    app.clear_transfers(TransferChoice::Tab { tab: TransferTab::Done }).unwrap();
    crate::around::end(app).await;

    let target = world.dir.path().join("downloads");
    std::fs::create_dir_all(&target).unwrap();
    proxy.forget();
    proxy.slow(8 << 20);
    let mut child = Child::start(&world);
    let ended = sleeps_through(&proxy, &mut child, "GET", 4 * MIB).await;
    child.wait();
    assert!(ended.contains("(Done"), "{ended}");
    assert!(std::fs::read(target.join("film.mov")).unwrap() == bytes, "byte for byte");
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 1, "no temporary file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sleep_between_two_transfers_costs_nothing() {
    let (world, proxy) = troubled(PolicySet::Documented).await;
    let app = world.person("ada").await;
    upload(&app, vec![world.file("1.txt", "one")], private()).await;
    settled(&app).await;
    // The server has closed every connection that the application still holds.
    proxy.cut();
    proxy.mend();
    upload(&app, vec![world.file("2.txt", "two")], private()).await;
    settled(&app).await;
    assert_eq!(app.transfer_summary().failed, 0, "a connection that is over is not mistaken for a server that is");
}
