//! Cases 68–74: what a tracked call tells.

use std::sync::Arc;

use serde_json::json;

use super::{Heard, category, honest, text};
use crate::category::{CallOptions, Category, CopyCall, GetCall, ListCall, PutCall, RemoveCall};
use crate::event::Event;
use crate::testing::Reply;

fn tracked() -> CallOptions {
    CallOptions { track: Some(true), ..CallOptions::default() }
}

fn listening(category: &Category) -> Arc<Heard> {
    let heard = Arc::new(Heard::default());
    category.listen(heard.clone());
    heard
}

fn only(heard: &Heard) -> Event {
    let mut events = heard.events();
    assert_eq!(events.len(), 1, "one event a call");
    events.remove(0)
}

#[tokio::test]
async fn case_68_a_put_is_an_upload() {
    let (category, _server, _) = honest().await;
    let heard = listening(&category);
    let options = PutCall { call: tracked(), ..PutCall::default() };
    category.put("test.txt", text("Hello"), options).await.unwrap();
    let event = only(&heard);
    assert_eq!(event.kind.event(), "upload");
    assert_eq!(event.attributes(), [("method", "put"), ("result", "success")]);
    assert_eq!((event.metrics(), event.message.as_str()), (None, "Upload success for test.txt"));
}

#[tokio::test]
async fn case_69_a_failed_put_is_one_event_and_not_four() {
    let (category, _server) = category(|_| Reply::error(500, "InternalError")).await;
    let heard = listening(&category);
    let options = PutCall { call: tracked(), ..PutCall::default() };
    category.put("k", text("Hello"), options).await.unwrap_err();
    let event = only(&heard);
    assert_eq!(event.attributes(), [("method", "put"), ("result", "failed")]);
    assert_eq!(event.message, "Error uploading k");
}

#[tokio::test]
async fn case_70_a_download_tells_its_size() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/x", b"12345");
    let heard = listening(&category);
    category.get("x", GetCall { call: tracked(), download: true, ..GetCall::default() }).await.unwrap();
    let event = only(&heard);
    assert_eq!((event.kind.event(), event.metrics()), ("download", Some(("fileSize", 5))));
    assert_eq!(event.message, "Download success for x");
}

#[tokio::test]
async fn case_71_a_list_tells_how_many() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/a", b"");
    bucket.keep("public/b", b"");
    let heard = listening(&category);
    category.list("", ListCall { call: tracked(), ..ListCall::default() }).await.unwrap();
    assert_eq!(only(&heard).message, "2 items returned from list operation");
}

#[tokio::test]
async fn a_removal_tells_its_key() {
    let (category, _server) = category(|_| Reply::status(204)).await;
    let heard = listening(&category);
    category.remove("a", RemoveCall { call: tracked() }).await.unwrap();
    let event = only(&heard);
    assert_eq!((event.kind.event(), event.message.as_str()), ("delete", "Deleted a successfully"));
}

#[tokio::test]
async fn case_73_a_signed_link_is_never_told() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/x", b"12345");
    let heard = listening(&category);
    category.get("x", GetCall { call: tracked(), ..GetCall::default() }).await.unwrap();
    let event = only(&heard);
    assert_eq!((event.kind.event(), event.message.as_str()), ("getSignedUrl", "Signed URL: x"));
    assert!(!format!("{event:?}").contains("X-Amz"), "whoever has the link can open the object");
}

#[tokio::test]
async fn case_74_untracked_calls_tell_nothing_and_the_configuration_can_track_all() {
    let (category, _server, _) = honest().await;
    let heard = listening(&category);
    category.put("a", text("Hello"), PutCall::default()).await.unwrap();
    assert!(heard.events().is_empty());
    category.configure(&json!({ "track": true })).unwrap();
    category.vault().put("b", text("Hello"), PutCall::default()).await.unwrap();
    assert_eq!(only(&heard).message, "Upload success for b");
    let silent = CallOptions { track: Some(false), ..CallOptions::default() };
    category.put("c", text("Hello"), PutCall { call: silent, ..PutCall::default() }).await.unwrap();
    assert_eq!(heard.events().len(), 1, "a call can stay silent");
}

#[tokio::test]
async fn a_copy_tells_both_keys_and_a_failed_one_too() {
    let (category, _server) = category(|_| Reply::error(403, "AccessDenied")).await;
    let heard = listening(&category);
    category.copy("a", "b", CopyCall { call: tracked(), ..CopyCall::default() }).await.unwrap_err();
    let event = only(&heard);
    assert_eq!(event.attributes(), [("method", "copy"), ("result", "failed")]);
    assert_eq!(event.message, "Copy failed from a to b");
}
