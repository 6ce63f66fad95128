//! Presigned links: they open one object for a time, and nothing else.

use crate::case::Case;
use crate::http_get::{http_get, http_headers};
use crate::servers::Server;
use crate::visitor::{key, put};
use amphora_storage::{ErrorKind, LinkOptions, Space};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_s3::config::{BehaviorVersion, Region};
use aws_sdk_s3::presigning::PresigningConfig;
use std::time::{Duration, SystemTime};

const NAME: &str = "links/a b+ü.txt";
const MINUTE: Duration = Duration::from_secs(60);

pub fn cases() -> Vec<Case> {
    vec![
        Case::new("a link opens its object without a sign-in", |server| async move {
            let (status, body) = http_get(&link(&server).await).await;
            assert_eq!((status, body.as_ref()), (200, &b"shared"[..]));
        }),
        Case::new("a link with another signature opens nothing", |server| async move {
            let link = link(&server).await;
            let forged = changed(&link, "X-Amz-Signature=");
            assert_eq!(http_get(&forged).await.0, 403);
        }),
        Case::new("a link with another object's name opens nothing", |server| async move {
            let storage = &server.ana().await.storage;
            put(storage, &Space::Private, "links/other.txt", "not shared").await.expect("it goes up");
            let link = link(&server).await;
            let forged = link.replace("a%20b%2B%C3%BC.txt", "other.txt");
            assert_ne!(forged, link, "the name is in the link");
            assert_eq!(http_get(&forged).await.0, 403);
        }),
        Case::new("a link with a longer life than was signed opens nothing", |server| async move {
            let link = link(&server).await;
            let forged = link.replace("X-Amz-Expires=60", "X-Amz-Expires=6000");
            assert_ne!(forged, link, "its life is in the link");
            assert_eq!(http_get(&forged).await.0, 403);
        }),
        Case::new("a link with another session token opens nothing", |server| async move {
            let forged = changed(&link(&server).await, "X-Amz-Security-Token=");
            // S3 answers 400 InvalidToken to a token that it cannot read, 403 to one that does not fit.
            assert!(matches!(http_get(&forged).await.0, 400 | 403));
        }),
        Case::new("a link answers with the headers that it was made with", |server| async move {
            let storage = &server.ana().await.storage;
            put(storage, &Space::Private, NAME, "shared").await.expect("it goes up");
            let disposition = "attachment; filename=\"a b.txt\"";
            let options = LinkOptions {
                content_type: Some("application/x-own".to_owned()),
                content_disposition: Some(disposition.to_owned()),
                ..LinkOptions::living(MINUTE)
            };
            let link = storage.presign_get(&Space::Private, &key(NAME), options).await.expect("a link").url;
            let headers = http_headers(&link).await;
            let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
            assert_eq!(header("content-type"), Some("application/x-own"));
            assert_eq!(header("content-disposition"), Some(disposition));
        }),
        Case::new("what is not there gets no link, unless nobody is to look", |server| async move {
            let storage = &server.ana().await.storage;
            let absent = key("links/absent.txt");
            let refused = storage.presign_get(&Space::Private, &absent, LinkOptions::default()).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::NotFound);
            let options = LinkOptions { only_existing: false, ..LinkOptions::default() };
            storage.presign_get(&Space::Private, &absent, options).await.expect("signing itself asks nobody");
        }),
        Case::new("a link that has ended opens nothing", |server| async move {
            let ended = signed_at(&server, SystemTime::now() - 5 * MINUTE).await;
            assert_eq!(http_get(&ended).await.0, 403);
            let current = signed_at(&server, SystemTime::now()).await;
            assert_eq!(http_get(&current).await.0, 200, "the same link a little later would have been good");
        }),
    ]
}

async fn link(server: &Server) -> String {
    let storage = &server.ana().await.storage;
    put(storage, &Space::Private, NAME, "shared").await.expect("it goes up");
    let signed = storage.presign_get(&Space::Private, &key(NAME), LinkOptions::living(MINUTE)).await.expect("a link");
    assert!(signed.expires_at <= SystemTime::now() + MINUTE, "no later than asked");
    signed.url
}

/// Changes the first character of a parameter's value.
fn changed(link: &str, parameter: &str) -> String {
    let at = link.find(parameter).expect("the parameter") + parameter.len();
    let other = if link[at..].starts_with('1') { "2" } else { "1" };
    format!("{}{other}{}", &link[..at], &link[at + 1..])
}

/// A link for a minute that was signed at some time: no test waits for an end.
async fn signed_at(server: &Server, start: SystemTime) -> String {
    link(server).await;
    let ana = server.ana().await;
    let credentials = ana.auth.credentials().provide_credentials().await.expect("credentials");
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(server.backend.bucket.region.clone()))
        .endpoint_url(server.backend.endpoints.s3.clone().expect("an endpoint"))
        .force_path_style(true)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();
    let life = PresigningConfig::builder().start_time(start).expires_in(MINUTE).build().expect("a life");
    let full = format!("private/{}/{NAME}", ana.identity.identity_id);
    let request = aws_sdk_s3::Client::from_conf(config).get_object().bucket(&server.backend.bucket.name).key(full);
    request.presigned(life).await.expect("a link").uri().to_owned()
}
