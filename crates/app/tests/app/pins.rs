//! Folders at hand: each account's own, and lasting.

use crate::around::{PASSWORD, World, place};
use amphora_app::Password;
use amphora_app::wire::{FailureCode, Level};

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_folder_is_this_accounts_and_lasts() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let (trip, team) = (place(Level::Private, "Trip/"), place(Level::Public, "Team/"));
    app.pin_folder(trip.clone(), true).unwrap();
    app.pin_folder(team.clone(), true).unwrap();
    app.pin_folder(trip.clone(), true).unwrap();
    assert_eq!(app.state().pinned, [team.clone(), trip.clone()], "once each, the latest last");

    app.sign_out().await.unwrap();
    assert_eq!(app.state().pinned, [], "a guest learns no names of somebody's folders");
    let refused = app.pin_folder(trip.clone(), true).unwrap_err();
    assert_eq!(refused.code, FailureCode::NeedsAccount);
    app.sign_in("ada", Password::new(PASSWORD.to_owned())).await.unwrap();
    app.pin_folder(team, false).unwrap();
    crate::around::end(app).await;

    let again = world.started("app");
    assert_eq!(again.restore().await.pinned, [trip]);
}
