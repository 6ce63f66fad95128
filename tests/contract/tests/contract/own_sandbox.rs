//! What needs a server of its own: one whose clock is moved, whose pools are strict, or whose policies are others.

use crate::case::Case;
use crate::servers::{ANA, PASSWORD, own_sandbox, storage_backend};
use crate::visitor::{auth, auth_config, get, put, visitor};
use amphora_auth::{Answer, Auth, AuthError, AuthErrorKind, Channel, InMemory, Password, SecretStore, SignInStep};
use amphora_sandbox::cognito::{Guests, SecondFactor};
use amphora_sandbox::iam::PolicySet;
use amphora_storage::{ErrorKind, Space};
use aws_credential_types::provider::ProvideCredentials;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;
use time::Duration;

/// ListBucket without a condition, as the policies of some backends have it.
const OPEN_LISTING: &str = r#"{
    "authenticated": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::{bucket}", "arn:aws:s3:::{bucket}/*"] }
    ] },
    "unauthenticated": { "Version": "2012-10-17", "Statement": [] }
}"#;

pub fn cases() -> Vec<Case> {
    vec![
        Case::by_itself("an absent key is not found where listing is allowed", || async {
            let server = own_sandbox(|options| options.policy = PolicySet::Custom(OPEN_LISTING.to_owned())).await;
            let missing = get(&server.ana().await.storage, &Space::Private, "absent.txt").await;
            assert_eq!(missing.expect_err("absent").kind(), ErrorKind::NotFound);
        }),
        Case::by_itself("credentials that have ended are refused as such, and a new sign-in works", || async {
            ended().await;
        }),
        Case::by_itself("a revoked sign-in ends with its credentials, and is no guest", || async {
            revoked().await;
        }),
        Case::by_itself("a computer clock that is an hour behind signs in, stores and reads", || async {
            skewed(Duration::HOUR).await;
        }),
        Case::by_itself("a computer clock that is an hour ahead signs in, stores and reads", || async {
            skewed(-Duration::HOUR).await;
        }),
        Case::by_itself("a second factor is set up, then asked for", || async {
            second_factor().await;
        }),
        Case::by_itself("a pool that takes no guests leaves nobody", || async {
            let server = own_sandbox(|options| options.guests = Guests::Refused).await;
            let auth = auth(&server.backend, Arc::new(InMemory::default()));
            assert_eq!(auth.restore().await.unwrap(), None);
            assert_eq!(auth.guest().await.unwrap_err().kind(), AuthErrorKind::GuestsNotAllowed);
        }),
        Case::by_itself("a server that is gone is offline", || async {
            gone().await;
        }),
        Case::by_itself("a practice storage on another port is the same storage, still signed in", || async {
            moved().await;
        }),
    ]
}

async fn ended() {
    let server = own_sandbox(|_| ()).await;
    let ana = server.ana().await;
    put(&ana.storage, &Space::Private, "before.txt", "before").await.expect("it goes up");
    // Hours later by the server's clock; by the computer's own clock the credentials would still be good.
    server.sandbox().clock().shift(3 * Duration::HOUR);
    let fresh = auth(&server.backend, Arc::new(InMemory::default()));
    let SignInStep::Done(identity) = fresh.sign_in(ANA, Password::new(PASSWORD)).await.unwrap() else {
        panic!("asked")
    };
    let again = visitor(&server.backend, fresh, identity);
    assert_eq!(get(&again.storage, &Space::Private, "before.txt").await.expect("a new sign-in works").bytes, "before");
    let stale = get(&ana.storage, &Space::Private, "before.txt").await.expect_err("the old credentials do not");
    assert_eq!(stale.kind(), ErrorKind::SignedOut, "{stale}");
}

async fn revoked() {
    let server = own_sandbox(|_| ()).await;
    let moved = Arc::new(AtomicU64::new(0));
    let clock = {
        let moved = moved.clone();
        Arc::new(move || SystemTime::now() + std::time::Duration::from_secs(moved.load(Ordering::SeqCst)))
    };
    let stores = [Arc::new(InMemory::default()), Arc::new(InMemory::default())];
    let here = Auth::with_clock(auth_config(&server.backend), stores[0].clone(), "r".to_owned(), clock.clone());
    here.sign_in(ANA, Password::new(PASSWORD)).await.unwrap();
    let token = stores[0].get("r refresh token").await.unwrap().expect("a kept sign-in");
    stores[1].set("r refresh token", token).await.unwrap();
    let there = Auth::with_clock(auth_config(&server.backend), stores[1].clone(), "r".to_owned(), clock);
    assert_eq!(there.restore().await.unwrap(), here.identity());
    let provider = there.credentials();
    here.sign_out().await.unwrap();
    provider.provide_credentials().await.expect("these hold for their hour");
    moved.store(55 * 60, Ordering::SeqCst);
    server.sandbox().clock().shift(55 * Duration::MINUTE);
    let ended = provider.provide_credentials().await.expect_err("and are not renewed");
    let ended = std::error::Error::source(&ended).and_then(|source| source.downcast_ref::<AuthError>());
    assert_eq!(ended.map(AuthError::kind), Some(AuthErrorKind::SessionEnded));
}

async fn skewed(server_ahead: Duration) {
    let server = own_sandbox(|_| ()).await;
    server.sandbox().clock().shift(server_ahead);
    let ana = server.ana().await;
    put(&ana.storage, &Space::Private, "skewed.txt", "still").await.expect("the SDK signs by the server's clock");
    assert_eq!(get(&ana.storage, &Space::Private, "skewed.txt").await.expect("and reads").bytes, "still");
}

async fn second_factor() {
    let server = own_sandbox(|options| options.second_factor = SecondFactor::Required).await;
    let first = auth(&server.backend, Arc::new(InMemory::default()));
    let step = first.sign_in(ANA, Password::new(PASSWORD)).await.unwrap();
    let SignInStep::SetUpTotp { secret, uri } = step else { panic!("{step:?}") };
    assert!(uri.contains(&secret));
    let wrong = first.answer(Answer::Code("000000".to_owned())).await.unwrap_err();
    assert_eq!(wrong.kind(), AuthErrorKind::WrongCode);
    let now = || u64::try_from(server.sandbox().clock().now().unix_timestamp()).unwrap();
    let done = first.answer(Answer::Code(totp(&secret, now()))).await.unwrap();
    assert!(matches!(done, SignInStep::Done(_)));
    // The next code, since one is taken only once.
    server.sandbox().clock().shift(Duration::MINUTE);
    let next = auth(&server.backend, Arc::new(InMemory::default()));
    let asked = next.sign_in(ANA, Password::new(PASSWORD)).await.unwrap();
    assert_eq!(asked, SignInStep::Code { channel: Channel::Totp });
    assert!(matches!(next.answer(Answer::Code(totp(&secret, now()))).await.unwrap(), SignInStep::Done(_)));
}

fn totp(secret: &str, now: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("base 32");
    totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(now).to_string()
}

async fn gone() {
    let server = own_sandbox(|_| ()).await;
    let ana = visitor(&server.backend, server.ana().await.auth.clone(), server.ana().await.identity.clone());
    let backend = server.backend.clone();
    server.stop().await;
    let begun = std::time::Instant::now();
    let unreachable = put(&ana.storage, &Space::Private, "late.txt", "late").await.unwrap_err();
    assert_eq!(unreachable.kind(), ErrorKind::Offline);
    let auth = auth(&backend, Arc::new(InMemory::default()));
    let unreachable = auth.sign_in(ANA, Password::new(PASSWORD)).await.unwrap_err();
    assert_eq!(unreachable.kind(), AuthErrorKind::Offline);
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

async fn moved() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(InMemory::default());
    let options = || amphora_sandbox::Options::for_tests(folder.path().join("practice"));
    let first = amphora_sandbox::Sandbox::start(options()).await.unwrap();
    first.ensure_user(ANA, "ana@example.org", PASSWORD).await.unwrap();
    let backend = storage_backend(&first);
    let signed_in = auth(&backend, store.clone());
    let SignInStep::Done(identity) = signed_in.sign_in(ANA, Password::new(PASSWORD)).await.unwrap() else {
        panic!("asked")
    };
    let ana = visitor(&backend, signed_in, identity.clone());
    put(&ana.storage, &Space::Private, "kept.txt", "kept").await.expect("it goes up");
    first.stop().await;
    let again = amphora_sandbox::Sandbox::start(options()).await.unwrap();
    let backend = storage_backend(&again);
    let restored = auth(&backend, store);
    assert_eq!(restored.restore().await.unwrap(), Some(identity.clone()));
    let ana = visitor(&backend, restored, identity);
    assert_eq!(get(&ana.storage, &Space::Private, "kept.txt").await.expect("still there").bytes, "kept");
}
