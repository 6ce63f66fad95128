//! Cases of Amplify Storage by their numbers, under the documented policies unless a name says otherwise.

use std::collections::BTreeMap;

use amphora_storage::category::{
    CallOptions, Category, CategoryError, CopyCall, CustomPrefix, GetCall, Got, Level, ListCall, PutCall, RemoveCall,
};
use amphora_storage::{Attributes, Body, CannedAcl, IdentityId, IfExists, Key, Object, Owner, Space};
use amphora_testbed::{ME, OTHER, PolicySet, Testbed};
use serde_json::json;

async fn documented() -> Testbed {
    Testbed::start(PolicySet::Documented).await.unwrap()
}

fn text(text: &'static str) -> Body {
    Body::Bytes(text.into())
}

fn at(level: Level) -> PutCall {
    PutCall { call: CallOptions::at(level), ..PutCall::default() }
}

async fn read(category: &Category, key: &str, call: CallOptions) -> Result<Object, CategoryError> {
    match category.get(key, GetCall { call, download: true, ..GetCall::default() }).await? {
        Got::Object(object) => Ok(object),
        Got::Url(_) => panic!("the content was asked for"),
    }
}

#[tokio::test]
async fn case_01_to_05_every_level_is_where_amplify_keeps_it() {
    let bed = documented().await;
    let category = bed.category();
    assert_eq!(category.put("test.txt", text("public"), PutCall::default()).await.unwrap().key, "test.txt");
    category.put("test.txt", text("protected"), at(Level::Protected)).await.unwrap();
    category.vault().put("test.txt", text("private"), PutCall::default()).await.unwrap();
    for (space, expected) in
        [(Space::Public, "public"), (Space::Protected(Owner::Me), "protected"), (Space::Private, "private")]
    {
        let key = Key::parse("test.txt").unwrap();
        let object = bed.storage().get(&space, &key, None, &Default::default()).await.unwrap();
        assert_eq!(object.bytes, expected);
        assert_eq!(object.content_type.as_deref(), Some("text/plain"));
    }
}

#[tokio::test]
async fn case_09_a_custom_prefix_inside_public_works_and_one_outside_is_refused_by_the_policies() {
    let bed = documented().await;
    let prefix = |public: &str| {
        let custom_prefix = Some(CustomPrefix { public: Some(public.to_owned()), ..CustomPrefix::default() });
        PutCall { call: CallOptions { custom_prefix, ..CallOptions::default() }, ..PutCall::default() }
    };
    bed.category().put("a.txt", text("Hello"), prefix("public/deep/")).await.unwrap();
    assert_eq!(read(&bed.category(), "deep/a.txt", CallOptions::default()).await.unwrap().bytes, "Hello");
    let refused = bed.category().put("a.txt", text("Hello"), prefix("elsewhere/")).await.unwrap_err();
    assert_eq!(refused.code(), "AccessDenied");
}

#[tokio::test]
async fn case_15_tags_are_kept_under_recommended_and_refused_under_documented() {
    let attributes = Attributes {
        cache_control: Some("max-age=60".to_owned()),
        metadata: BTreeMap::from([("Key".to_owned(), "v".to_owned())]),
        tags: vec![("a".to_owned(), "b".to_owned())],
        ..Attributes::default()
    };
    let options = PutCall { attributes, ..PutCall::default() };
    let refused = documented().await.category().put("x", text("Hello"), options.clone()).await.unwrap_err();
    assert_eq!(refused.code(), "AccessDenied");
    let bed = Testbed::start(PolicySet::Recommended).await.unwrap();
    bed.category().put("x", text("Hello"), options).await.unwrap();
    let (storage, key) = (bed.storage(), Key::parse("x").unwrap());
    let kept = storage.properties(&Space::Public, &key).await.unwrap().attributes;
    assert_eq!(kept.cache_control.as_deref(), Some("max-age=60"));
    assert_eq!(kept.metadata, BTreeMap::from([("key".to_owned(), "v".to_owned())]), "S3 tells names in lower case");
    assert_eq!(storage.tags(&Space::Public, &key).await.unwrap(), [("a".to_owned(), "b".to_owned())]);
}

#[tokio::test]
async fn case_19_an_access_list_is_refused_under_documented() {
    let attributes = Attributes { acl: Some(CannedAcl::PublicRead), ..Attributes::default() };
    let options = PutCall { attributes, ..PutCall::default() };
    let refused = documented().await.category().put("x", text("Hello"), options).await.unwrap_err();
    assert_eq!(refused.code(), "AccessDenied", "sent, and decided by the policy");
}

#[tokio::test]
async fn case_20_and_21_parts_become_one_object() {
    let bed = documented().await;
    let category = bed.category();
    category.configure(&json!({ "AWSS3": { "compatible": true } })).unwrap();
    let bytes: Vec<u8> = (0..12 << 20).map(|at: u32| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect();
    category.put("big.bin", Body::Bytes(bytes.clone().into()), at(Level::Private)).await.unwrap();
    let object = read(&category, "big.bin", CallOptions::at(Level::Private)).await.unwrap();
    assert!(object.bytes == bytes, "every byte came back");
    assert!(object.etag.ends_with("-3"), "three parts: {}", object.etag);
}

#[tokio::test]
async fn case_33_the_server_decides_who_comes_first() {
    let bed = documented().await;
    let category = bed.category();
    let (one, two) = futures::join!(
        category.put("x", text("one"), PutCall::default()),
        category.put("x", text("two"), PutCall::default())
    );
    assert_eq!([&one, &two].iter().filter(|put| put.is_ok()).count(), 1, "two at once cannot both win");
    let lost = one.and(two).unwrap_err();
    assert_eq!(lost.code(), "PreconditionFailed");
    let replace = PutCall { if_exists: Some(IfExists::Replace), ..PutCall::default() };
    category.put("x", text("three"), replace).await.unwrap();
    assert_eq!(read(&category, "x", CallOptions::default()).await.unwrap().bytes, "three");
}

#[tokio::test]
async fn case_41_a_missing_object_gets_no_link() {
    let bed = documented().await;
    let missing = bed.category().get("none.txt", GetCall::default()).await.unwrap_err();
    assert_eq!(missing.code(), "NoSuchKey", "listing tells, where the prefix may be listed");
}

#[tokio::test]
async fn case_43_a_missing_download_is_told_only_to_who_may_list_the_bucket() {
    let bed = documented().await;
    let missing = read(&bed.category(), "none.txt", CallOptions::default()).await.unwrap_err();
    assert_eq!(missing.code(), "AccessDenied", "documented: listing is bound to prefixes");
    let whole = r#"{ "Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::{bucket}", "arn:aws:s3:::{bucket}/*"] }"#;
    let policy = format!(r#"{{ "Version": "2012-10-17", "Statement": [{whole}] }}"#);
    let both = format!(r#"{{ "authenticated": {policy}, "unauthenticated": {policy} }}"#);
    let open = Testbed::start(PolicySet::Custom(both)).await.unwrap();
    let missing = read(&open.category(), "none.txt", CallOptions::default()).await.unwrap_err();
    assert_eq!(missing.code(), "NoSuchKey", "a policy of its own: the whole bucket may be listed");
}

#[tokio::test]
async fn case_44_and_51_protected_files_of_others_are_read_and_not_changed() {
    let bed = documented().await;
    let key = Key::parse("photos/a.png").unwrap();
    let put = amphora_storage::PutOptions::new(IfExists::Fail);
    let theirs = Space::Protected(Owner::Me);
    bed.other().put(&theirs, &key, text("theirs"), put, &Default::default()).await.unwrap();
    let call = CallOptions { identity_id: Some(IdentityId::new(OTHER)), ..CallOptions::at(Level::Protected) };
    assert_eq!(read(&bed.category(), "photos/a.png", call.clone()).await.unwrap().bytes, "theirs");
    let listed = bed.category().list("photos/", ListCall { call: call.clone(), ..ListCall::default() }).await.unwrap();
    assert_eq!(listed.items[0].key, "photos/a.png");
    let refused = bed.category().remove("photos/a.png", RemoveCall { call }).await.unwrap_err();
    assert_eq!(refused.code(), "AccessDenied");
    let own = CallOptions { identity_id: Some(IdentityId::new(ME)), ..CallOptions::at(Level::Private) };
    bed.category().put("x", text("mine"), PutCall { call: own, ..PutCall::default() }).await.unwrap();
}

#[tokio::test]
async fn case_46_to_54_removing_and_listing() {
    let bed = documented().await;
    let category = bed.category();
    assert!(category.list("", ListCall::default()).await.unwrap().items.is_empty(), "54: empty is no error");
    category.remove("none.txt", RemoveCall::default()).await.unwrap();
    bed.storage().new_folder(&Space::Public, "photos").await.unwrap();
    for key in ["photos/a.png", "photo.png", "zebra"] {
        category.put(key, text("Hello"), PutCall::default()).await.unwrap();
    }
    let keys = async |path| -> Vec<String> {
        let listed = category.list(path, ListCall::default()).await.unwrap();
        listed.items.into_iter().map(|item| item.key).collect()
    };
    assert_eq!(keys("photos/").await, ["photos/", "photos/a.png"]);
    assert_eq!(keys("photo").await, ["photo.png", "photos/", "photos/a.png"], "a path is the beginning of a key");
    category.remove("photo.png", RemoveCall::default()).await.unwrap();
    assert_eq!(keys("").await, ["photos/", "photos/a.png", "zebra"]);
}

#[tokio::test]
async fn a_copy_goes_from_level_to_level_and_overwrites_nothing_unasked() {
    let bed = documented().await;
    let category = bed.category();
    category.put("draft.txt", text("Hello"), PutCall::default()).await.unwrap();
    let options = || CopyCall { to_level: Some(Level::Private), ..CopyCall::default() };
    assert_eq!(category.copy("draft.txt", "kept.txt", options()).await.unwrap().key, "kept.txt");
    assert_eq!(read(&category, "kept.txt", CallOptions::at(Level::Private)).await.unwrap().bytes, "Hello");
    let taken = category.copy("draft.txt", "kept.txt", options()).await.unwrap_err();
    assert_eq!(taken.code(), "PreconditionFailed");
    let both = CopyCall { if_exists: Some(IfExists::KeepBoth), ..options() };
    assert_eq!(category.copy("draft.txt", "kept.txt", both).await.unwrap().key, "kept (2).txt");
}
