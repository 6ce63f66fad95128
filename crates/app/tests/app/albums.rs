//! Covers of albums: each account's own, and lasting.

use crate::around::{PASSWORD, World, place};
use amphora_app::Password;
use amphora_app::wire::{FailureCode, Level};

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_cover_is_this_accounts_and_lasts() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let (trip, team) = (place(Level::Private, "Trip/"), place(Level::Public, "Team/"));
    app.set_album_cover(&trip, Some("Trip/harbour.jpg")).unwrap();
    app.set_album_cover(&team, Some("Team/all.jpg")).unwrap();
    assert_eq!(app.album_cover(&place(Level::Protected, "Trip/")).unwrap(), None, "the same name in another place");
    let saved = std::fs::read_to_string(world.dir.path().join("app/settings.json")).unwrap();
    assert!(saved.contains("harbour.jpg") && !saved.contains("Trip"), "which folder it is stays a hash: {saved}");

    app.sign_out().await.unwrap();
    assert_eq!(app.album_cover(&team).unwrap(), None, "a guest has not chosen this");
    app.sign_in("bob", Password::new(PASSWORD.to_owned())).await.unwrap();
    assert_eq!(app.album_cover(&team).unwrap(), None, "another account has not chosen this");
    app.set_album_cover(&team, Some("Team/bob.jpg")).unwrap();
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    crate::around::end(app).await;

    let again = world.started("app");
    again.restore().await;
    assert_eq!(again.album_cover(&trip).unwrap().as_deref(), Some("Trip/harbour.jpg"));
    assert_eq!(
        again.album_cover(&team).unwrap().as_deref(),
        Some("Team/all.jpg"),
        "what another account chose is its own"
    );
    again.set_album_cover(&trip, None).unwrap();
    assert_eq!(again.album_cover(&trip).unwrap(), None, "the newest picture again");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_file_of_the_folder_is_its_cover() {
    let world = World::new().await;
    let app = world.guest().await;
    let team = place(Level::Public, "Team/");
    app.set_album_cover(&team, Some("Team/all.jpg")).unwrap();
    for key in ["Other/all.jpg", "Team/2026/all.jpg", "Team/", ""] {
        assert_eq!(app.set_album_cover(&team, Some(key)).unwrap_err().code, FailureCode::NotFound, "{key}");
    }
    assert_eq!(app.album_cover(&team).unwrap().as_deref(), Some("Team/all.jpg"), "the one before stays");
}
