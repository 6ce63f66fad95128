//! The application ends while it reads and looks: nothing of it holds the data folder afterwards.

use crate::around::{end, rows, settled, until, upload};
use crate::pictures::elsewhere;
use crate::trouble::{private, troubled};
use amphora_faults::{Fault, Rule};
use amphora_sandbox::iam::PolicySet;

#[tokio::test(flavor = "multi_thread")]
async fn what_reads_a_folder_and_looks_at_pictures_ends_with_the_application() {
    let (world, proxy) = troubled(PolicySet::Recommended).await;
    let owner = world.person("ada").await;
    let pictures = ["boat.jpg", "harbour.jpg"].map(|name| world.file(name, "as good as a picture"));
    upload(&owner, pictures.to_vec(), private()).await;
    settled(&owner).await;

    let app = elsewhere(&world, "viewer").await;
    let (listing, shown) = rows(&app, &private()).await;
    assert_eq!(shown.len(), 2);
    // The first look of a session asks once which thumbnails are stored.
    proxy.forget();
    app.picture_facts(listing, 0, 1).unwrap();
    until("the first is looked at", || async { proxy.count("GET", "boat.jpg") == 1 }).await;
    for held in ["harbour.jpg", "list-type"] {
        proxy.add(Rule::new(Fault::Hold).on("GET", held));
    }
    proxy.forget();
    app.picture_facts(listing, 1, 2).unwrap();
    app.refresh_listing(listing).unwrap();
    let asked = |holds| proxy.count("GET", holds) == 1;
    until("both are under way", || async { asked("harbour.jpg") && asked("list-type") }).await;
    end(app).await;
    let again = world.started("viewer");
    assert!(again.state().storage.is_none(), "it is open, and nothing was connected yet");
}
