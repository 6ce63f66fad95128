//! Accounts and guests: what our sign-in makes of a real user pool and a real identity pool.

use crate::case::Case;
use crate::servers::{ANA, PASSWORD, Server, TIM, TOM};
use crate::visitor::{auth, auth_config, put, visitor};
use amphora_auth::{Answer, Auth, AuthErrorKind, IdentityKind, InMemory, Password, SecretStore, SignInStep};
use amphora_storage::{ErrorKind, Owner, Space};
use std::sync::Arc;

pub fn cases() -> Vec<Case> {
    vec![
        Case::new("the right password signs in", |server| async move {
            let SignInStep::Done(identity) = sign_in(&fresh(&server), ANA, PASSWORD).await else { panic!("asked") };
            let email = Some("ana@example.org".to_owned());
            assert_eq!(identity.kind, IdentityKind::Person { username: ANA.to_owned(), email, groups: Vec::new() });
            assert_eq!(identity.identity_id, server.ana().await.identity.identity_id, "the same wherever she signs in");
        }),
        Case::new("a wrong password and an unknown name are refused alike", |server| async move {
            for name in [ANA, "nobody-of-this-name"] {
                let refused = fresh(&server).sign_in(name, Password::new("Wrong-Horse-1")).await.unwrap_err();
                assert_eq!(refused.kind(), AuthErrorKind::WrongPassword, "{name}");
            }
        }),
        Case::new("an account is created, confirmed and used", |server| async move {
            sign_up(&server).await;
        }),
        Case::new("what is wrong with a new account is told", |server| async move {
            bad_sign_up(&server).await;
        }),
        Case::new("a temporary password is replaced", |server| async move {
            temporary(&server).await;
        }),
        Case::new("a temporary password is not replaced by a weak one", |server| async move {
            weak(&server).await;
        }),
        Case::new("a restart is still signed in, until the sign-in is revoked", |server| async move {
            restart(&server).await;
        }),
        Case::new("the same guest comes back", |server| async move {
            let store: Arc<dyn SecretStore> = Arc::new(InMemory::default());
            let first = auth(&server.backend, store.clone()).restore().await.unwrap().unwrap();
            let again = auth(&server.backend, store).restore().await.unwrap().unwrap();
            assert_eq!(first, again);
            assert_eq!(first.kind, IdentityKind::Guest);
        }),
        Case::new("a guest who creates an account keeps their identity", |server| async move {
            guest_becomes_person(&server).await;
        }),
        Case::new("a person who was a guest elsewhere keeps their own identity", |server| async move {
            let ana = server.ana().await.identity.identity_id.clone();
            let auth = fresh(&server);
            auth.guest().await.unwrap();
            let SignInStep::Done(identity) = sign_in(&auth, ANA, PASSWORD).await else { panic!("asked") };
            assert_eq!(identity.identity_id, ana);
            auth.sign_out().await.unwrap();
            assert_eq!(auth.guest().await.unwrap().kind, IdentityKind::Guest, "and can be a guest again");
        }),
        Case::new("after a sign-out the old clients sign nothing", |server| async move {
            after(&server).await;
        }),
        Case::new("pools that are not there are missing", |server| async move {
            missing_pools(&server).await;
        }),
    ]
}

fn fresh(server: &Server) -> Auth {
    auth(&server.backend, Arc::new(InMemory::default()))
}

async fn sign_in(auth: &Auth, name: &str, password: &str) -> SignInStep {
    auth.sign_in(name, Password::new(password)).await.expect("a sign-in")
}

/// Creates an account and confirms it.
async fn account(server: &Server, auth: &Auth, name: &str) {
    let address = format!("{name}@example.org");
    let step = auth.sign_up(name, &address, Password::new(PASSWORD)).await.expect("an account");
    assert!(!step.confirmed, "the address is to be confirmed");
    let code = server.code_for(&address).await;
    auth.confirm_sign_up(name, &code).await.expect("confirmed");
}

async fn sign_up(server: &Server) {
    let auth = fresh(server);
    let step = auth.sign_up("cleo", "cleo@example.org", Password::new(PASSWORD)).await.expect("an account");
    assert!(!step.confirmed);
    assert_eq!(sign_in(&auth, "cleo", PASSWORD).await, SignInStep::ConfirmFirst);
    let wrong = auth.confirm_sign_up("cleo", "000000").await.unwrap_err();
    assert_eq!(wrong.kind(), AuthErrorKind::WrongCode);
    auth.resend_code("cleo").await.expect("sent again");
    auth.confirm_sign_up("cleo", &server.code_for("cleo@example.org").await).await.expect("confirmed");
    let SignInStep::Done(identity) = sign_in(&auth, "cleo", PASSWORD).await else { panic!("asked") };
    let cleo = visitor(&server.backend, auth, identity);
    put(&cleo.storage, &Space::Private, "first.txt", "mine").await.expect("a place of her own");
}

async fn bad_sign_up(server: &Server) {
    let auth = fresh(server);
    let taken = auth.sign_up(ANA, "ana@example.org", Password::new(PASSWORD)).await.unwrap_err();
    assert_eq!(taken.kind(), AuthErrorKind::AccountExists);
    let weak = auth.sign_up("weak", "weak@example.org", Password::new("password")).await.unwrap_err();
    assert_eq!(weak.kind(), AuthErrorKind::PasswordTooWeak);
}

async fn temporary(server: &Server) {
    let auth = fresh(server);
    assert_eq!(sign_in(&auth, TOM, PASSWORD).await, SignInStep::NewPassword);
    let done = auth.answer(Answer::NewPassword(Password::new("Better-Horse-2"))).await.expect("a better one");
    assert!(matches!(done, SignInStep::Done(_)));
    assert!(matches!(sign_in(&fresh(server), TOM, "Better-Horse-2").await, SignInStep::Done(_)));
}

async fn weak(server: &Server) {
    let auth = fresh(server);
    assert_eq!(sign_in(&auth, TIM, PASSWORD).await, SignInStep::NewPassword);
    let weak = auth.answer(Answer::NewPassword(Password::new("weak"))).await.unwrap_err();
    assert_eq!(weak.kind(), AuthErrorKind::PasswordTooWeak);
    let done = auth.answer(Answer::NewPassword(Password::new("Better-Horse-2"))).await;
    assert!(matches!(done, Ok(SignInStep::Done(_))), "the question stays open: {done:?}");
}

async fn restart(server: &Server) {
    let (first, copy) = (Arc::new(InMemory::default()), Arc::new(InMemory::default()));
    let auth_first = auth(&server.backend, first.clone());
    account(server, &auth_first, "rosa").await;
    let SignInStep::Done(identity) = sign_in(&auth_first, "rosa", PASSWORD).await else { panic!("asked") };
    let token = format!("{} refresh token", server.backend.id());
    copy.set(&token, first.get(&token).await.unwrap().expect("a kept sign-in")).await.unwrap();
    let restored = auth(&server.backend, first).restore().await.expect("still signed in");
    assert_eq!(restored, Some(identity));
    auth_first.sign_out().await.expect("signed out");
    // The same sign-in on another computer.
    let ended = auth(&server.backend, copy).restore().await.unwrap_err();
    assert_eq!(ended.kind(), AuthErrorKind::SessionEnded);
}

async fn guest_becomes_person(server: &Server) {
    let auth = fresh(server);
    let guest = auth.guest().await.unwrap();
    account(server, &auth, "gina").await;
    let SignInStep::Done(person) = sign_in(&auth, "gina", PASSWORD).await else { panic!("asked") };
    assert_eq!(person.identity_id, guest.identity_id);
    auth.sign_out().await.unwrap();
    let next = auth.guest().await.unwrap();
    assert_ne!(next.identity_id, person.identity_id, "the next guest is somebody else");
}

async fn after(server: &Server) {
    let auth = fresh(server);
    account(server, &auth, "olga").await;
    let SignInStep::Done(identity) = sign_in(&auth, "olga", PASSWORD).await else { panic!("asked") };
    let olga = visitor(&server.backend, auth, identity);
    olga.auth.sign_out().await.expect("signed out");
    let refused = put(&olga.storage, &Space::Private, "late.txt", "late").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::SignedOut);
    let guest = visitor(&server.backend, olga.auth.clone(), olga.auth.guest().await.unwrap());
    let refused = put(&guest.storage, &Space::Protected(Owner::Me), "guest.txt", "x").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AccessDenied, "a guest has other clients");
}

async fn missing_pools(server: &Server) {
    let store = || -> Arc<dyn SecretStore> { Arc::new(InMemory::default()) };
    let mut config = auth_config(&server.backend);
    config.identity_pool_id = "us-east-1:00000000-0000-0000-0000-000000000000".to_owned();
    let missing = Auth::new(config.clone(), store(), "missing".to_owned()).restore().await.unwrap_err();
    assert_eq!(missing.kind(), AuthErrorKind::PoolMissing);
    let missing = Auth::new(config, store(), "missing".to_owned()).sign_in(ANA, Password::new(PASSWORD)).await;
    assert_eq!(missing.unwrap_err().kind(), AuthErrorKind::PoolMissing);
    let mut config = auth_config(&server.backend);
    config.user_pool.as_mut().unwrap().client_id = "nosuchclientnosuchclient00".to_owned();
    let missing = Auth::new(config, store(), "missing".to_owned()).sign_in(ANA, Password::new(PASSWORD)).await;
    assert_eq!(missing.unwrap_err().kind(), AuthErrorKind::PoolMissing);
}
