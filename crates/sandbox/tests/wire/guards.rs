//! The guards of loopback: foreign names, foreign origins, the mail.

use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::{Options, Sandbox};

use crate::support::{raw, started};

#[tokio::test]
async fn a_foreign_host_is_refused() {
    let started = started(PolicySet::Documented).await;
    let endpoint = &started.sandbox.info().endpoint;
    let port = endpoint.rsplit(':').next().unwrap();
    for host in
        ["evil.example", &format!("evil.example:{port}"), "127.0.0.1:1", &format!("127.0.0.1.evil.example:{port}")]
    {
        let answer = raw(endpoint, &["GET / HTTP/1.1", &format!("Host: {host}")], "").await;
        assert_eq!(answer.status, 421, "{host}");
    }
    let answer = raw(endpoint, &["GET http://evil.example/ HTTP/1.1"], "").await;
    assert_eq!(answer.status, 421, "an absolute target");
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}")] {
        let answer = raw(endpoint, &["GET / HTTP/1.1", &format!("Host: {host}")], "").await;
        assert_eq!(answer.status, 403, "{host} reaches S3, which refuses the unsigned: {}", answer.body);
        assert!(answer.body.contains("AccessDenied"));
    }
}

#[tokio::test]
async fn behind_a_proxy_it_answers_to_the_proxys_name_too_and_gives_that_away() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { behind: Some(4711), ..Options::for_tests(folder.path()) };
    let sandbox = Sandbox::start(options).await.unwrap();
    assert_eq!(sandbox.info().endpoint, "http://127.0.0.1:4711");
    let itself = format!("http://{}", sandbox.address());
    for (host, status) in [("127.0.0.1:4711", 403), ("localhost:4711", 403), ("evil.example:4711", 421)] {
        let answer = raw(&itself, &["GET / HTTP/1.1", &format!("Host: {host}")], "").await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn a_foreign_origin_is_refused_everywhere() {
    let started = started(PolicySet::Documented).await;
    let endpoint = &started.sandbox.info().endpoint;
    let get_id = "X-Amz-Target: AWSCognitoIdentityService.GetId";
    for origin in ["https://evil.example", "null", "http://localhost.evil.example"] {
        let origin = format!("Origin: {origin}");
        let answer = raw(endpoint, &["POST / HTTP/1.1", get_id, &origin], "{}").await;
        assert_eq!(answer.status, 403, "{origin}");
        assert!(!answer.head.contains("access-control-allow-origin"));
        let preflight = "Access-Control-Request-Method: PUT";
        assert_eq!(raw(endpoint, &["OPTIONS /b/k HTTP/1.1", &origin, preflight], "").await.status, 403);
    }
}

#[tokio::test]
async fn an_allowed_origin_is_answered_as_the_documented_cors_rule_says() {
    let started = started(PolicySet::Documented).await;
    let endpoint = &started.sandbox.info().endpoint;
    let lines = [
        "OPTIONS /amphora-sandbox/public/a HTTP/1.1",
        "Origin: http://localhost:3000",
        "Access-Control-Request-Method: PUT",
        "Access-Control-Request-Headers: authorization,x-amz-date",
    ];
    let answer = raw(endpoint, &lines, "").await;
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("access-control-allow-origin: http://localhost:3000"));
    assert!(answer.head.contains("access-control-allow-headers: authorization,x-amz-date"));
    assert!(answer.head.contains("access-control-allow-methods: get, head, put, post, delete"));
    let answer = raw(endpoint, &["GET /amphora-sandbox/public/a HTTP/1.1", "Origin: http://localhost:3000"], "").await;
    assert!(answer.head.contains("access-control-expose-headers:"), "a refusal can be read as well: {}", answer.head);
    assert!(answer.head.contains("etag"));
}

#[tokio::test]
async fn the_mail_opens_only_to_the_token_of_this_start() {
    let started = started(PolicySet::Documented).await;
    let endpoint = &started.sandbox.info().endpoint;
    let sign_up = format!(
        r#"{{"ClientId":"{}","Username":"ann","Password":"Practice1!","UserAttributes":[{{"Name":"email","Value":"ann@example.com"}}]}}"#,
        started.sandbox.info().user_pool_client_id
    );
    let target = "X-Amz-Target: AWSCognitoIdentityProviderService.SignUp";
    assert_eq!(raw(endpoint, &["POST / HTTP/1.1", target], &sign_up).await.status, 200);

    assert_eq!(raw(endpoint, &["GET /_sandbox/mail HTTP/1.1"], "").await.status, 403);
    assert_eq!(raw(endpoint, &["GET /_sandbox/mail HTTP/1.1", "X-Amphora-Token: guess"], "").await.status, 403);
    let token = format!("X-Amphora-Token: {}", started.sandbox.mail_token().reveal());
    let mail = raw(endpoint, &["GET /_sandbox/mail HTTP/1.1", &token], "").await;
    assert_eq!(mail.status, 200);
    let code = &started.sandbox.outbox().await.unwrap()[0].code;
    assert!(mail.body.contains("ann@example.com") && mail.body.contains(code.as_str()));
}

#[tokio::test]
async fn the_pools_keys_are_where_verifiers_look() {
    let started = started(PolicySet::Documented).await;
    let info = started.sandbox.info();
    let path = format!("GET /{}/.well-known/jwks.json HTTP/1.1", info.user_pool_id);
    let answer = raw(&info.endpoint, &[&path], "").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("\"kty\":\"RSA\""), "{}", answer.body);
}
