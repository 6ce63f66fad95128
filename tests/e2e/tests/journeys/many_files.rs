//! A folder with 10,000 files: the list opens, holds only the rows on the screen, and reaches its end.

use amphora_e2e::{Desktop, KeychainService, Name, samples, until};

use crate::journey;
use crate::steps::{drop_into_folder, open_folder, practise, rows_show, transfers_end};

const MANY: usize = 10_000;

#[tokio::test]
async fn a_folder_with_ten_thousand_files_is_dropped_and_scrolled() {
    journey("many-files", KeychainService::Unlocked, async |desktop: &Desktop| {
        let window = practise(desktop).await;
        let folder = desktop.folder("Archive");
        for number in 0..MANY {
            samples::note(&folder, &format!("record {number:05}.txt"), "x");
        }
        drop_into_folder(&window, &[folder]).await;
        rows_show(&window, &["Archive"]).await;
        open_folder(&window, "Archive", "record 00000.txt").await;
        window.shot("arriving").await;
        // Ten thousand uploads are not what this proves: the list lives while they arrive.
        assert!(window.all("row", Name::Any).await.len() < 120, "only the rows on the screen are in the page");
        window
            .invoke("cancel_transfers", serde_json::json!({ "which": { "kind": "tab", "tab": "waiting" } }))
            .await
            .expect("cancelling is allowed");
        let (_, failed, _) = transfers_end(&window).await;
        assert_eq!(failed, 0, "no upload failed");

        window.see("grid", Name::Any).await.click().await;
        window.key("End").await;
        until("the last row", || async {
            let grid = window.see("grid", Name::Any).await;
            let count: u64 = grid.attribute("aria-rowcount").await.parse().ok()?;
            let rows = window.all("row", Name::Has("record ")).await;
            let last = rows.last()?.attribute("aria-rowindex").await.parse::<u64>().ok()?;
            (last == count).then_some(())
        })
        .await;
        window.shot("end").await;
        window.close().await;
    })
    .await;
}
