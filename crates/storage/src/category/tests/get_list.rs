//! Cases 35–54: links, downloads, removing and listing.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::{Person, at, category, honest};
use crate::category::{CallOptions, Category, CategoryError, GetCall, Got, Level, ListCall, PutCall, RemoveCall};
use crate::space::IdentityId;
use crate::testing::Reply;
use crate::{Object, SignedUrl};

async fn link(category: &Category, key: &str, options: GetCall) -> SignedUrl {
    match category.get(key, options).await.unwrap() {
        Got::Url(url) => url,
        Got::Object(_) => panic!("a link was asked for"),
    }
}

async fn download(category: &Category, key: &str, call: CallOptions) -> Result<Object, CategoryError> {
    match category.get(key, GetCall { call, download: true, ..GetCall::default() }).await? {
        Got::Object(object) => Ok(object),
        Got::Url(_) => panic!("the content was asked for"),
    }
}

fn living(seconds: u64) -> GetCall {
    GetCall { expires: Some(seconds), ..GetCall::default() }
}

#[tokio::test]
async fn case_35_to_37_a_link_is_signed_for_the_host_and_lives_as_asked() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/test.txt", b"Hello");
    for (options, life) in [(GetCall::default(), 900), (living(60), 60), (living(0), 900)] {
        let url = link(&category, "test.txt", options).await.url;
        assert!(url.contains("/files/public/test.txt?"), "{url}");
        assert!(url.contains(&format!("X-Amz-Expires={life}&")), "{url}");
        assert!(url.contains("X-Amz-SignedHeaders=host"), "{url}");
        assert!(url.contains("X-Amz-Security-Token="), "{url}");
    }
}

#[tokio::test]
async fn case_38_a_life_that_is_no_number_is_refused() {
    let (category, server, _) = honest().await;
    let refused = category.configure(&json!({ "AWSS3": { "expires": "60" } })).unwrap_err();
    assert_eq!(refused.code(), "InvalidParameterException");
    assert_eq!(refused.to_string(), "The expiration must be a number, received string");
    let refused = category.get("test.txt", living(604_801)).await.unwrap_err();
    assert_eq!(refused.code(), "InvalidExpiryTime", "more than S3 signs for");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn case_40_a_link_ends_with_the_credentials_and_says_so() {
    let (_category, server, bucket) = honest().await;
    bucket.keep("public/test.txt", b"Hello");
    let end = SystemTime::now() + Duration::from_secs(600);
    let category = Category::new(Arc::new(Person(Some(end), None)));
    category.configure(&at(&server)).unwrap();
    let url = link(&category, "test.txt", living(3600)).await;
    assert!(url.expires_at <= end, "never later than the credentials");
}

#[tokio::test]
async fn case_41_a_missing_object_gets_no_link_by_default() {
    let (category, _server, _) = honest().await;
    assert_eq!(category.get("none", GetCall::default()).await.unwrap_err().code(), "NoSuchKey");
    let blind = GetCall { validate_object_existence: Some(false), ..GetCall::default() };
    assert!(link(&category, "none", blind).await.url.contains("/public/none?"));
}

#[tokio::test]
async fn case_42_a_download_is_the_content_with_what_is_known_of_it() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/test.txt", b"Hello");
    let object = download(&category, "test.txt", CallOptions::default()).await.unwrap();
    assert_eq!((object.bytes.as_ref(), object.size), (&b"Hello"[..], 5));
    assert!(!object.etag.is_empty());
}

#[tokio::test]
async fn case_43_a_missing_download_is_no_such_key_and_where_that_is_hidden_access_denied() {
    for (status, code) in [(404, "NoSuchKey"), (403, "AccessDenied")] {
        let (category, _server) = category(move |_| Reply::error(status, code)).await;
        assert_eq!(download(&category, "none", CallOptions::default()).await.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn case_44_and_51_somebody_elses_protected_files_are_read_and_listed() {
    let (category, server, bucket) = honest().await;
    bucket.keep("protected/other/photos/a.png", b"Hello");
    let call = CallOptions { identity_id: Some(IdentityId::new("other")), ..CallOptions::at(Level::Protected) };
    assert_eq!(download(&category, "photos/a.png", call.clone()).await.unwrap().bytes, "Hello");
    let listed = category.list("photos/", ListCall { call, ..ListCall::default() }).await.unwrap();
    assert_eq!(listed.items[0].key, "photos/a.png");
    assert_eq!(server.requests().pop().unwrap().query("prefix").unwrap(), "protected/other/photos/");
}

#[tokio::test]
async fn case_45_an_empty_key_is_refused() {
    let (category, server, _) = honest().await;
    assert_eq!(category.get("", GetCall::default()).await.unwrap_err().code(), "InvalidKey");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn case_46_removing_deletes_and_a_missing_object_counts_as_removed() {
    let (category, server) = category(|_| Reply::status(204)).await;
    category.remove("test.txt", RemoveCall::default()).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("DELETE", "/files/public/test.txt"));
}

#[tokio::test]
async fn case_47_and_48_a_list_has_keys_with_their_path_quoted_etags_and_markers() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/photos/", b"");
    bucket.keep("public/photos/a.png", b"Hello");
    let items = category.list("photos/", ListCall::default()).await.unwrap().items;
    let keys: Vec<_> = items.iter().map(|item| (item.key.as_str(), item.size)).collect();
    assert_eq!(keys, [("photos/", 0), ("photos/a.png", 5)]);
    assert!(items[1].e_tag.starts_with('"') && items[1].e_tag.ends_with('"'), "{}", items[1].e_tag);
    assert!(items[1].last_modified.is_some());
}

#[tokio::test]
async fn case_49_50_and_54_an_empty_path_is_the_level_and_an_empty_level_no_error() {
    let (category, server, _) = honest().await;
    assert!(category.list("", ListCall::default()).await.unwrap().items.is_empty());
    assert_eq!(server.requests().pop().unwrap().query("prefix").unwrap(), "public/");
}

#[tokio::test]
async fn case_52_a_list_is_whole_whatever_its_length() {
    let (category, _server, bucket) = honest().await;
    for number in 0..2500 {
        bucket.keep(&format!("public/{number:04}"), b"");
    }
    let listed = category.list("", ListCall::default()).await.unwrap();
    assert_eq!((listed.items.len(), listed.next_token), (2500, None));
}

#[tokio::test]
async fn a_page_is_as_large_as_asked_and_says_how_it_goes_on() {
    let (category, _server, _) = honest().await;
    for key in ["a", "b", "c"] {
        category.put(key, super::text("x"), PutCall::default()).await.unwrap();
    }
    let page = |next_token| ListCall { page_size: Some(2), next_token, ..ListCall::default() };
    let first = category.list("", page(None)).await.unwrap();
    assert_eq!(first.items.len(), 2);
    let rest = category.list("", page(first.next_token)).await.unwrap();
    assert_eq!((rest.items[0].key.as_str(), rest.next_token), ("c", None));
}
