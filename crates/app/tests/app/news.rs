//! What the window is told while transfers run: enough to move, never more than it can draw, and nothing but the truth.

use crate::another_process::parts_in;
use crate::around::{PASSWORD, World, app_that_tells, settled, transfers, until, upload};
use crate::trouble::{MIB, content, private, troubled};
use amphora_app::wire::{TransferState, TransferSummary, TransferTab};
use amphora_app::{App, News, NewsSink, Password};
use amphora_faults::{Fault, Rule};
use amphora_sandbox::iam::PolicySet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The totals that were told, and when.
#[derive(Debug, Default)]
struct Told(Mutex<Vec<(Instant, TransferSummary)>>);

impl NewsSink for Told {
    fn tell(&self, news: News) {
        if let News::Transfers(summary) = news {
            self.0.lock().unwrap().push((Instant::now(), summary));
        }
    }
}

async fn ada(world: &World) -> (App, Arc<Told>) {
    let told = Arc::new(Told::default());
    let app = app_that_tells(&world.dir.path().join("app"), world.secrets.clone(), told.clone());
    app.restore().await;
    let preview = app.read_config_file(&world.file("aws-exports.json", world.sandbox.aws_exports_json())).unwrap();
    app.connect(&preview.id).await.unwrap();
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    (app, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_transfers_run_the_window_hears_of_them_ten_times_a_second_at_the_most() {
    let world = World::new().await;
    let (app, told) = ada(&world).await;
    let files: Vec<_> = (0..400).map(|at| world.file(&format!("many/{at:03}.txt"), format!("file {at}"))).collect();
    upload(&app, vec![files[0].parent().unwrap().to_owned()], private()).await;
    until("all are there", || async { app.transfer_summary().done == 400 }).await;
    settled(&app).await;
    until("the last of them is told", || async {
        told.0.lock().unwrap().last().is_some_and(|(_, summary)| summary.done == 400 && summary.running == 0)
    })
    .await;
    let told = told.0.lock().unwrap();
    let times: Vec<Instant> = told.iter().map(|(at, _)| *at).collect();
    // Twenty-one in a row take two seconds; one may be told late by as much as the next comes soon.
    let fastest = times.windows(21).map(|some| some[20] - some[0]).min();
    assert!(fastest.is_none_or(|fastest| fastest >= Duration::from_millis(1_890)), "{fastest:?} for twenty of them");
    assert!(told.iter().any(|(_, summary)| (1..400).contains(&summary.done)), "and it moves on the way");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_counts_as_done_the_server_has_confirmed_and_the_rest_is_on_its_way() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let (app, _) = ada(&world).await;
    proxy.add(Rule::new(Fault::Hold).on("PUT", "partNumber=2"));
    upload(&app, vec![world.file("film.mov", content(24 * MIB, 1))], private()).await;
    let journal = world.dir.path().join("app/transfers.sqlite");
    until("the others are there", || async { parts_in(&journal) == 2 }).await;
    let shown = async || (transfers(&app, TransferTab::All).remove(0), app.transfer_summary());
    let confirmed = 16 * MIB as u64;
    until("it shows", || async { shown().await.0.sent.0 == confirmed }).await;
    let (row, summary) = shown().await;
    assert!(row.on_the_way.0 <= 8 * MIB as u64, "{row:?}");
    assert_eq!((summary.sent, summary.on_the_way), (row.sent, row.on_the_way));
    proxy.cut();
    until("the line is known to be gone", || async { app.transfer_summary().offline }).await;
    let (row, summary) = shown().await;
    assert_eq!((row.state, row.sent.0, row.on_the_way.0), (TransferState::Waiting, confirmed, 0), "nothing falls back");
    assert_eq!((summary.sent.0, summary.on_the_way.0), (confirmed, 0));
    proxy.mend();
    settled(&app).await;
    assert_eq!(transfers(&app, TransferTab::All).remove(0).state, TransferState::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_tells_how_many_files_were_found_while_it_is_read() {
    let world = World::new().await;
    let (app, _) = ada(&world).await;
    let folder = world.dir.path().join("desktop/many");
    std::fs::create_dir_all(&folder).unwrap();
    for number in 0..20_000 {
        std::fs::File::create(folder.join(format!("{number:05}"))).unwrap();
    }
    upload(&app, vec![folder], private()).await;
    until("it counts", || async {
        let running = transfers(&app, TransferTab::Running);
        running.iter().any(|row| row.state == TransferState::Scanning && row.found.is_some_and(|found| found > 0))
    })
    .await;
}
