//! Cases 64–67: the forms of a configuration.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Person, honest, text, written};
use crate::category::{CallOptions, Category, CategoryError, CustomPrefix, GetCall, Got, PutCall};

fn fresh() -> Category {
    Category::new(Arc::new(Person(None, None)))
}

fn unknown(config: &Value) -> Vec<String> {
    match fresh().configure(config).unwrap_err() {
        CategoryError::UnknownKeys(keys) => keys,
        other => panic!("{other}"),
    }
}

#[test]
fn case_64_later_keys_win_and_the_others_stay() {
    let category = fresh();
    category.configure(&json!({ "bucket": "b", "region": "us-west-2" })).unwrap();
    let told = category.configure(&json!({ "level": "private" })).unwrap();
    assert_eq!(told["AWSS3"]["level"], "private");
    assert_eq!(told["AWSS3"]["bucket"], "b");
}

#[test]
fn case_65_keys_that_nobody_reads_are_named() {
    assert_eq!(unknown(&json!({ "expires": 60, "bukket": "b" })), ["bukket", "expires"]);
    assert_eq!(unknown(&json!({ "Storage": { "AWSS3": { "bukket": "b" } } })), ["AWSS3.bukket"]);
    assert_eq!(unknown(&json!({ "Storage": { "Mine": {} } })), ["Storage.Mine"], "a plugin is added before");
    let category = fresh();
    category.configure(&json!({ "bucket": "b" })).unwrap();
    assert!(category.configure(&json!({ "AWSS3": { "bucket": "c", "bukket": "d" } })).is_err());
    let told = category.configure(&json!({})).unwrap();
    assert_eq!(told["AWSS3"]["bucket"], "b", "a refused configuration changes nothing");
}

#[test]
fn case_66_and_119_every_form_says_the_same() {
    let forms = [
        json!({ "Storage": { "AWSS3": { "bucket": "b", "region": "us-west-2" } } }),
        json!({ "Storage": { "bucket": "b", "region": "us-west-2" } }),
        json!({ "AWSS3": { "bucket": "b", "region": "us-west-2" } }),
        json!({ "bucket": "b", "region": "us-west-2" }),
        json!({
            "aws_project_region": "eu-west-1", "aws_user_files_s3_bucket": "b",
            "aws_user_files_s3_bucket_region": "us-west-2", "aws_cognito_region": "us-west-2", "oauth": {},
            "Auth": { "identityPoolId": "i" },
        }),
        json!({
            "version": "1.3", "auth": { "user_pool_id": "p" },
            "storage": { "bucket_name": "b", "aws_region": "us-west-2", "buckets": [
                { "name": "second", "bucket_name": "b2", "aws_region": "eu-west-1" },
            ] },
        }),
    ];
    for form in forms {
        let told = fresh().configure(&form).unwrap();
        assert_eq!((&told["AWSS3"]["bucket"], &told["AWSS3"]["region"]), (&json!("b"), &json!("us-west-2")), "{form}");
    }
}

#[tokio::test]
async fn case_67_local_testing_sends_everything_to_the_mock() {
    let category = fresh();
    let flag = "aws_user_files_s3_dangerously_connect_to_http_endpoint_for_testing";
    category
        .configure(&json!({
            "aws_user_files_s3_bucket": "b", "aws_user_files_s3_bucket_region": "us-west-2", flag: true,
        }))
        .unwrap();
    let blind = GetCall { validate_object_existence: Some(false), ..GetCall::default() };
    let Got::Url(url) = category.get("test.txt", blind).await.unwrap() else { panic!("a link was asked for") };
    assert!(url.url.starts_with("http://localhost:20005/b/public/test.txt?"));
}

#[tokio::test]
async fn a_bucket_is_called_by_its_friendly_name_and_a_prefix_configured() {
    let (category, server, _) = honest().await;
    category
        .configure(&json!({
            "bucket": "unused", "customPrefix": { "public": "p/" },
            "AWSS3": { "buckets": [{ "name": "mine", "bucket_name": "files", "aws_region": "us-west-2" }] },
        }))
        .unwrap();
    let call = CallOptions { bucket: Some("mine".to_owned()), ..CallOptions::default() };
    category.put("x", text("Hello"), PutCall { call: call.clone(), ..PutCall::default() }).await.unwrap();
    assert_eq!(written(&server), ["p/x"]);
    let call = CallOptions { custom_prefix: Some(CustomPrefix::default()), ..call };
    category.put("x", text("Hello"), PutCall { call, ..PutCall::default() }).await.unwrap();
    assert_eq!(written(&server), ["p/x", "public/x"], "a call's prefixes are taken whole");
}

#[test]
fn values_of_a_wrong_type_and_double_names_are_refused() {
    let bucket = json!({ "name": "n", "bucket_name": "b", "aws_region": "r" });
    for wrong in [
        json!("text"),
        json!({ "bucket": 5 }),
        json!({ "AWSS3": "b" }),
        json!({ "level": "guest" }),
        json!({ "track": "yes" }),
        json!({ "serverSideEncryption": "none" }),
        json!({ "SSECustomerKey": "short" }),
        json!({ "SSECustomerKeyMD5": "alone" }),
        json!({ "SSECustomerAlgorithm": "DES" }),
        json!({ "customPrefix": { "guest": "x/" } }),
        json!({ "AWSS3": { "expires": -1 } }),
        json!({ "AWSS3": { "buckets": [bucket, bucket] } }),
    ] {
        assert!(fresh().configure(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_configured_encryption_key_is_told_to_nobody() {
    let category = fresh();
    let key = "0123456789abcdef0123456789abcdef";
    let told = category.configure(&json!({ "SSECustomerKey": key })).unwrap();
    assert!(!told.to_string().contains("0123") && !format!("{category:?}").contains("MDEy"));
}
