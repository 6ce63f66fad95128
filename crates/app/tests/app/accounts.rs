//! Accounts: from guest to person, restart, wrong passwords, signing out.

use crate::around::{PASSWORD, World, names, place, settled, upload};
use amphora_app::Password;
use amphora_app::wire::{Account, FailureCode, Level, SignInStep};

fn password(text: &str) -> Password {
    Password::new(text.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_becomes_a_person_with_the_code_from_the_letter_and_stays_one_over_a_restart() {
    let world = World::new().await;
    let app = world.guest().await;
    assert_eq!(app.state().account, Account::Guest);
    let step = app.sign_up("eve", "eve@example.com", password(PASSWORD)).await.unwrap();
    assert!(!step.confirmed);
    let first = app.sign_in("eve", password(PASSWORD)).await.unwrap();
    assert_eq!(first, SignInStep::ConfirmFirst, "an account is confirmed before it is used");
    let wrong = app.confirm_sign_up("eve", "000000").await.unwrap_err();
    assert_eq!(wrong.code, FailureCode::WrongCode);
    let code =
        world.sandbox.outbox().await.unwrap().into_iter().find(|mail| mail.to == "eve@example.com").unwrap().code;
    app.confirm_sign_up("eve", &code).await.unwrap();
    let done = app.sign_in("eve", password(PASSWORD)).await.unwrap();
    assert!(matches!(done, SignInStep::Done { .. }));
    upload(&app, vec![world.file("mine.txt", "x")], place(Level::Private, "")).await;
    settled(&app).await;
    crate::around::end(app).await;
    let again = world.started("app");
    let state = again.restore().await;
    assert!(matches!(state.account, Account::Person { ref username, .. } if username == "eve"), "{:?}", state.account);
    assert_eq!(names(&again, &place(Level::Private, "")).await, ["mine.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_name_look_the_same() {
    let world = World::new().await;
    let app = world.guest().await;
    let wrong = app.sign_in("ada", password("Not-it-123")).await.unwrap_err();
    let unknown = app.sign_in("nobody", password("Not-it-123")).await.unwrap_err();
    assert_eq!((wrong.code, wrong.message.clone()), (unknown.code, unknown.message));
    assert_eq!(wrong.code, FailureCode::WrongPassword);
    assert_eq!(app.state().account, Account::Guest, "a failed sign-in changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_private_is_closed_and_public_is_open() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let state = app.sign_out().await.unwrap();
    assert_eq!(state.account, Account::Guest);
    let refused = app
        .open_listing(place(Level::Private, ""), crate::around::BY_NAME, crate::around::everything())
        .await
        .unwrap_err();
    assert_eq!(refused.code, FailureCode::NeedsAccount);
    assert!(names(&app, &place(Level::Public, "")).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_with_the_code_that_was_sent() {
    let world = World::new().await;
    let app = world.guest().await;
    let sent = app.forgot_password("ada").await.unwrap();
    assert!(!sent.destination.contains("ada@"), "the address is masked: {}", sent.destination);
    let code =
        world.sandbox.outbox().await.unwrap().into_iter().find(|mail| mail.to == "ada@example.com").unwrap().code;
    let weak = app.reset_password("ada", &code, password("short")).await.unwrap_err();
    assert_eq!(weak.code, FailureCode::PasswordTooWeak);
    app.reset_password("ada", &code, password("Another-horse-7")).await.unwrap();
    assert!(app.sign_in("ada", password(PASSWORD)).await.is_err());
    app.sign_in("ada", password("Another-horse-7")).await.unwrap();
}
