//! Cases 55–58: why a call fails before it reaches a bucket.

use std::sync::Arc;

use serde_json::json;

use super::{Heard, Person, at, honest, text};
use crate::category::{CallOptions, Category, CategoryError, GetCall, PutCall};

#[tokio::test]
async fn case_55_and_56_without_credentials_nothing_is_asked_or_told_and_the_cause_is_named() {
    let (_category, server, _) = honest().await;
    let category = Category::new(Arc::new(Person(None, Some("guests are not allowed here"))));
    category.configure(&at(&server)).unwrap();
    let heard = Arc::new(Heard::default());
    category.listen(heard.clone());
    let call = CallOptions { track: Some(true), ..CallOptions::default() };
    let failed = category.put("x", text("Hello"), PutCall { call, ..PutCall::default() }).await.unwrap_err();
    assert_eq!(failed.to_string(), "No credentials");
    assert!(matches!(failed, CategoryError::NoCredentials { cause } if cause == "guests are not allowed here"));
    assert!(server.requests().is_empty());
    assert!(heard.events().is_empty());
}

#[tokio::test]
async fn case_57_a_bucket_is_required() {
    let category = Category::new(Arc::new(Person(None, None)));
    category.configure(&json!({ "region": "us-west-2" })).unwrap();
    for failed in [
        category.put("x", text("Hello"), PutCall::default()).await.unwrap_err(),
        category.get("x", GetCall::default()).await.unwrap_err(),
    ] {
        assert_eq!(failed.code(), "MissingRequiredParameter");
        assert_eq!(failed.to_string(), "Missing required key 'Bucket' in params");
    }
}

#[tokio::test]
async fn case_58_an_unknown_provider_is_one_error() {
    let (category, server, _) = honest().await;
    let call = CallOptions { provider: Some("Nope".to_owned()), ..CallOptions::default() };
    let failed = category.put("x", text("Hello"), PutCall { call, ..PutCall::default() }).await.unwrap_err();
    assert_eq!(failed.to_string(), "No plugin found in Storage for the provider");
    assert!(server.requests().is_empty());
}
