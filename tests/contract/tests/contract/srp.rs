//! Many sign-ins by Secure Remote Password, by our client and by an independent one: its padding goes wrong once in hundreds.

use crate::case::Case;
use crate::child::{Program, python};
use crate::servers::Server;
use crate::visitor::auth;
use amphora_auth::{InMemory, Password, SignInStep};
use futures::{StreamExt, stream};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Names and passwords of many lengths and alphabets.
const USERS: [(&str, &str); 6] = [
    ("srp1", "Aa345678"),
    ("srp2", "Pässwörter-sind-1-Ding"),
    ("srp.three@example.org", "spaces inside, 1 A"),
    ("srp4", "Zażółć gęślą jaźń 4"),
    ("srp-5", "0Aa!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    ("s", "A1-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
];
const LIMIT: Duration = Duration::from_secs(20 * 60);

pub fn cases() -> Vec<Case> {
    vec![
        Case::of_the_sandbox("no sign-in of our client fails", |server| async move {
            ours(&server).await;
        }),
        Case::of_the_sandbox("no sign-in of pycognito fails", |server| async move {
            pycognitos(&server).await;
        }),
    ]
}

fn times() -> usize {
    if std::env::var_os("AMPHORA_LONG").is_some_and(|long| long == "1") { 500 } else { 100 }
}

async fn users(server: &Server) {
    for (number, (name, password)) in USERS.iter().enumerate() {
        let address = if name.contains('@') { (*name).to_owned() } else { format!("srp{number}@example.org") };
        server.sandbox().ensure_user(name, &address, password).await.expect("a user");
    }
}

async fn ours(server: &Arc<Server>) {
    users(server).await;
    let sign_ins = stream::iter(0..times()).map(|count| async move {
        let (name, password) = USERS[count % USERS.len()];
        let auth = auth(&server.backend, Arc::new(InMemory::default()));
        let done = auth.sign_in(name, Password::new(password)).await;
        assert!(matches!(done, Ok(SignInStep::Done(_))), "sign-in {count} of {name}: {done:?}");
    });
    sign_ins.buffer_unordered(4).collect::<Vec<()>>().await;
}

async fn pycognitos(server: &Server) {
    users(server).await;
    let users: Vec<_> = USERS.iter().map(|(name, password)| json!({ "name": name, "password": password })).collect();
    let info = serde_json::to_value(server.sandbox().info()).expect("its ids");
    let mut asked = info;
    asked["users"] = users.into();
    asked["times"] = times().into();
    let seen = tokio::task::spawn_blocking(move || {
        Program::start(python("pycognito_sign_ins.py")?, "pycognito")?.finish(&asked, LIMIT)
    });
    let seen = seen.await.expect("it runs").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(seen["failed"], json!([]));
    assert_eq!(seen["right"], times());
    assert_eq!(seen["wrong"], times().div_ceil(10), "every tenth has a wrong password, which is refused");
}
