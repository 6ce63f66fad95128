//! The request as a server sees it.

use amphora_storage::{Event, EventKind};
use aws_credential_types::Credentials;
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

fn recorded(kind: EventKind, succeeded: bool, file_size: Option<u64>) -> Recorded {
    let message = "Signed URL: secret.txt".to_owned();
    Recorded {
        at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000),
        event: Event { kind, key: "secret.txt".to_owned(), succeeded, file_size, message },
    }
}

fn config(endpoint: Option<String>) -> PinpointConfig {
    PinpointConfig {
        app_id: "app-1".to_owned(),
        region: "us-east-1".to_owned(),
        endpoint_id: "us-east-1:me".to_owned(),
        endpoint,
    }
}

fn credentials() -> Credentials {
    Credentials::new("AKID", "secret-key", Some("session-token".to_owned()), None, "test")
}

async fn events(batch: &[Recorded]) -> Vec<Value> {
    let request = request::signed(&config(None), batch, credentials(), SystemTime::now()).unwrap();
    let body: Value = serde_json::from_slice(&request.into_body().collect().await.unwrap().to_bytes()).unwrap();
    body["BatchItem"]["us-east-1:me"]["Events"].as_object().unwrap().values().cloned().collect()
}

#[tokio::test]
async fn case_75_the_event_is_called_storage_with_method_and_result() {
    let event = events(&[recorded(EventKind::Download, true, Some(5))]).await.remove(0);
    assert_eq!(event["EventType"], "Storage");
    assert_eq!(event["Attributes"], serde_json::json!({ "method": "get", "result": "success" }));
    assert_eq!(event["Metrics"], serde_json::json!({ "fileSize": 5 }));
    assert_eq!(event["Timestamp"], "2027-01-15T08:00:00Z");
    let failed = events(&[recorded(EventKind::Upload, false, None)]).await.remove(0);
    assert_eq!(failed["Attributes"]["result"], "failed");
    assert_eq!(failed["Metrics"], serde_json::json!({}));
}

#[test]
fn the_request_goes_to_the_application_signed_for_pinpoint() {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let request = request::signed(&config(None), &[], credentials(), at).unwrap();
    assert_eq!(request.uri().to_string(), "https://pinpoint.us-east-1.amazonaws.com/v1/apps/app-1/events");
    let authorization = request.headers()["authorization"].to_str().unwrap();
    let scope = "AWS4-HMAC-SHA256 Credential=AKID/20270115/us-east-1/mobiletargeting/aws4_request, ";
    assert!(authorization.starts_with(scope), "{authorization}");
    assert!(authorization.contains("SignedHeaders=content-type;host;x-amz-date"), "{authorization}");
    assert_eq!(request.headers()["x-amz-security-token"], "session-token");
    assert!(!format!("{request:?}").contains("secret-key"));
}

/// A server that takes one request and answers with a status.
async fn server(status: u16) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"}}}}") {
            assert!(stream.read_buf(&mut seen).await.unwrap() > 0, "the request came whole");
        }
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 2\r\n\r\n{{}}");
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(seen).unwrap()
    });
    (endpoint, task)
}

#[tokio::test]
async fn events_are_sent_and_a_refusal_is_told_without_secrets() {
    for (status, succeeds) in [(202, true), (403, false)] {
        let (endpoint, seen) = server(status).await;
        let pinpoint = Pinpoint::new(config(Some(endpoint)), SharedCredentialsProvider::new(credentials())).unwrap();
        let outcome = pinpoint.deliver(&[recorded(EventKind::Upload, true, None)]).await;
        assert_eq!(outcome.is_ok(), succeeds, "{outcome:?}");
        let seen = seen.await.unwrap();
        assert!(seen.starts_with("POST /v1/apps/app-1/events HTTP/1.1\r\n"), "{seen}");
        assert!(!seen.contains("secret"), "no message, no key: {seen}");
        if let Err(error) = outcome {
            assert_eq!(error.to_string(), "couldn't deliver to Pinpoint: HTTP 403");
        }
    }
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let pinpoint = Pinpoint::new(config(Some(endpoint)), SharedCredentialsProvider::new(credentials())).unwrap();
    let failed = pinpoint.deliver(&[recorded(EventKind::Upload, true, None)]).await.unwrap_err();
    assert_eq!(failed.reason, "it cannot be reached");
}
