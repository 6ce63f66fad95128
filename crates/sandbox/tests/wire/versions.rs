//! Versions over the wire: kept, marked, restored, removed, suspended, listed.

use amphora_sandbox::iam::PolicySet;
use aws_sdk_s3::Client;
use aws_sdk_s3::types::{BucketVersioningStatus, Delete, ObjectIdentifier, Tag, Tagging, VersioningConfiguration};

use crate::support::{ALL, BUCKET, ME, get, put, refusal, started};

const A: &str = "public/a";

async fn set(client: &Client, status: BucketVersioningStatus) {
    let configuration = VersioningConfiguration::builder().status(status).build();
    client.put_bucket_versioning().bucket(BUCKET).versioning_configuration(configuration).send().await.unwrap();
}

/// Each version and marker of a key, the newest first, as `v`, `d`, with `*` for the latest.
async fn shown(client: &Client, key: &str) -> String {
    let listed = client.list_object_versions().bucket(BUCKET).prefix(key).send().await.unwrap();
    let latest = |is| if is == Some(true) { "*" } else { "" };
    let versions = listed.versions().iter().map(|version| format!("v{}", latest(version.is_latest())));
    let markers = listed.delete_markers().iter().map(|marker| format!("d{}", latest(marker.is_latest())));
    versions.chain(markers).collect::<Vec<_>>().join(" ")
}

async fn ids(client: &Client, key: &str) -> Vec<String> {
    let listed = client.list_object_versions().bucket(BUCKET).prefix(key).send().await.unwrap();
    listed.versions().iter().map(|version| version.version_id().unwrap().to_owned()).collect()
}

async fn get_version(client: &Client, key: &str, id: &str) -> Vec<u8> {
    let answer = client.get_object().bucket(BUCKET).key(key).version_id(id).send().await.unwrap();
    assert_eq!(answer.version_id(), Some(id).filter(|id| *id != "null"));
    answer.body.collect().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_bucket_keeps_versions_from_when_it_is_told_to() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    let state = me.get_bucket_versioning().bucket(BUCKET).send().await.unwrap();
    assert_eq!(state.status(), None);
    put(&me, A, b"before").await;
    put(&me, A, b"first").await;
    assert_eq!(ids(&me, A).await, ["null"], "nothing is kept yet");

    set(&me, BucketVersioningStatus::Enabled).await;
    let written = me.put_object().bucket(BUCKET).key(A).body(b"second".to_vec().into()).send().await.unwrap();
    let second = written.version_id().unwrap().to_owned();
    assert_eq!(ids(&me, A).await, [second.as_str(), "null"]);
    assert_eq!(get(&me, A).await, b"second");
    assert_eq!(get_version(&me, A, "null").await, b"first");
    assert_eq!(get_version(&me, A, &second).await, b"second");
    let head = me.head_object().bucket(BUCKET).key(A).version_id("null").send().await.unwrap();
    assert_eq!(head.content_length(), Some(5));
    assert_eq!(refusal(me.get_object().bucket(BUCKET).key(A).version_id("none").send().await), "NoSuchVersion");
    assert_eq!(refusal(me.delete_bucket().bucket(BUCKET).send().await), "BucketNotEmpty");
}

#[tokio::test]
async fn a_deletion_is_a_marker_and_its_removal_brings_the_object_back() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    set(&me, BucketVersioningStatus::Enabled).await;
    put(&me, A, b"first").await;
    put(&me, A, b"second").await;
    let deleted = me.delete_object().bucket(BUCKET).key(A).send().await.unwrap();
    assert_eq!(deleted.delete_marker(), Some(true));
    let marker = deleted.version_id().unwrap();
    assert_eq!(refusal(me.get_object().bucket(BUCKET).key(A).send().await), "NoSuchKey");
    assert_eq!(refusal(me.get_object().bucket(BUCKET).key(A).version_id(marker).send().await), "MethodNotAllowed");
    let listed = me.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert_eq!(listed.contents().len(), 0, "a deleted key is not listed");
    assert_eq!(shown(&me, A).await, "v v d*");

    let undone = me.delete_object().bucket(BUCKET).key(A).version_id(marker).send().await.unwrap();
    assert_eq!(undone.delete_marker(), Some(true));
    assert_eq!(get(&me, A).await, b"second");
    assert_eq!(shown(&me, A).await, "v* v");
    let newest = ids(&me, A).await[0].clone();
    me.delete_object().bucket(BUCKET).key(A).version_id(newest).send().await.unwrap();
    assert_eq!(get(&me, A).await, b"first", "the one before takes its place");
    let last = ids(&me, A).await[0].clone();
    me.delete_object().bucket(BUCKET).key(A).version_id(last).send().await.unwrap();
    assert_eq!(shown(&me, A).await, "");
    me.delete_bucket().bucket(BUCKET).send().await.expect("nothing is left, so the bucket can go");
}

#[tokio::test]
async fn a_suspended_bucket_keeps_what_it_has_and_replaces_what_has_no_id() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    set(&me, BucketVersioningStatus::Enabled).await;
    put(&me, A, b"kept").await;
    set(&me, BucketVersioningStatus::Suspended).await;
    put(&me, A, b"null 1").await;
    put(&me, A, b"null 2").await;
    let kept = ids(&me, A).await;
    assert_eq!((kept.len(), kept[0].as_str()), (2, "null"));
    assert_eq!(get_version(&me, A, &kept[1]).await, b"kept");
    me.delete_object().bucket(BUCKET).key(A).send().await.unwrap();
    assert_eq!(shown(&me, A).await, "v d*", "the marker has the id null, and took the place of what had it");
    put(&me, A, b"null 3").await;
    assert_eq!(shown(&me, A).await, "v* v");
    set(&me, BucketVersioningStatus::Enabled).await;
    put(&me, A, b"new").await;
    assert_eq!(ids(&me, A).await.len(), 3);
    assert_eq!(get_version(&me, A, "null").await, b"null 3");
}

#[tokio::test]
async fn versions_are_copied_from_tagged_and_removed_by_the_batch() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    set(&me, BucketVersioningStatus::Enabled).await;
    put(&me, A, b"first").await;
    put(&me, A, b"second").await;
    let first = ids(&me, A).await[1].clone();
    let tags = Tagging::builder().tag_set(Tag::builder().key("a").value("1").build().unwrap()).build().unwrap();
    me.put_object_tagging().bucket(BUCKET).key(A).version_id(&first).tagging(tags).send().await.unwrap();
    let tagged = me.get_object_tagging().bucket(BUCKET).key(A).version_id(&first).send().await.unwrap();
    assert_eq!(tagged.tag_set().len(), 1);
    assert_eq!(me.get_object_tagging().bucket(BUCKET).key(A).send().await.unwrap().tag_set().len(), 0);

    let source = format!("{BUCKET}/{A}?versionId={first}");
    let copied = me.copy_object().bucket(BUCKET).key(A).copy_source(source).send().await.unwrap();
    assert_eq!(copied.copy_source_version_id(), Some(first.as_str()));
    assert_eq!(get(&me, A).await, b"first", "a version is restored by a copy onto its own key");
    assert_eq!(shown(&me, A).await, "v* v v");

    let every = ids(&me, A).await.into_iter();
    let every = every.map(|id| ObjectIdentifier::builder().key(A).version_id(id).build().unwrap());
    let delete = Delete::builder().set_objects(Some(every.collect())).build().unwrap();
    let answer = me.delete_objects().bucket(BUCKET).delete(delete).send().await.unwrap();
    assert_eq!((answer.deleted().len(), answer.errors().len()), (3, 0));
    assert_eq!(shown(&me, A).await, "");
}

#[tokio::test]
async fn a_listing_of_versions_goes_on_within_a_key_and_rolls_folders_up() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    set(&me, BucketVersioningStatus::Enabled).await;
    for key in ["public/a", "public/b/1", "public/b/2", "public/c d"] {
        for round in ["1", "2", "3"] {
            put(&me, key, round.as_bytes()).await;
        }
    }
    me.delete_object().bucket(BUCKET).key("public/c d").send().await.unwrap();
    let (mut key, mut version, mut all) = (None, None, Vec::new());
    loop {
        let page = me.list_object_versions().bucket(BUCKET).prefix("public/").max_keys(2);
        let page = page.set_key_marker(key).set_version_id_marker(version).send().await.unwrap();
        assert!(page.versions().len() + page.delete_markers().len() <= 2);
        all.extend(page.versions().iter().map(|version| version.key().unwrap().to_owned()));
        all.extend(page.delete_markers().iter().map(|marker| format!("{} deleted", marker.key().unwrap())));
        (key, version) = (page.next_key_marker, page.next_version_id_marker);
        if page.is_truncated != Some(true) {
            break;
        }
    }
    all.sort();
    let three = |key: &str| vec![key.to_owned(); 3];
    let mut expected = [three("public/a"), three("public/b/1"), three("public/b/2"), three("public/c d")].concat();
    expected.push("public/c d deleted".to_owned());
    assert_eq!(all, expected);

    let rolled = me.list_object_versions().bucket(BUCKET).prefix("public/").delimiter("/").max_keys(4);
    let first = rolled.clone().send().await.unwrap();
    assert_eq!(first.common_prefixes()[0].prefix(), Some("public/b/"));
    assert_eq!(first.next_key_marker(), Some("public/b/"));
    let second = rolled.key_marker("public/b/").send().await.unwrap();
    assert_eq!((second.versions().len(), second.delete_markers().len(), second.common_prefixes().len()), (3, 1, 0));
    let bare = me.list_object_versions().bucket(BUCKET).version_id_marker("x").send().await;
    assert_eq!(refusal(bare), "InvalidArgument");
}

#[tokio::test]
async fn versions_are_seen_and_removed_where_the_policy_grants_it() {
    let own = format!("private/{ME}/a");
    for (policy, granted) in [(PolicySet::Documented, false), (PolicySet::Recommended, true)] {
        let started = started(policy).await;
        started.sandbox.keep_versions().await.unwrap();
        let me = started.me();
        put(&me, &own, b"mine").await;
        let listed = me.list_object_versions().bucket(BUCKET).prefix(&own).send().await;
        if !granted {
            assert_eq!(refusal(listed), "AccessDenied");
            assert_eq!(refusal(me.get_object().bucket(BUCKET).key(&own).version_id("x").send().await), "AccessDenied");
            continue;
        }
        let id = listed.unwrap().versions()[0].version_id().unwrap().to_owned();
        assert_eq!(refusal(me.list_object_versions().bucket(BUCKET).send().await), "AccessDenied", "not everybody's");
        let other = started.person(crate::support::OTHER);
        let theirs = other.delete_object().bucket(BUCKET).key(&own).version_id(&id).send().await;
        assert_eq!(refusal(theirs), "AccessDenied");
        me.delete_object().bucket(BUCKET).key(&own).version_id(&id).send().await.unwrap();
        let suspended = VersioningConfiguration::builder().status(BucketVersioningStatus::Suspended).build();
        let suspend = me.put_bucket_versioning().bucket(BUCKET).versioning_configuration(suspended).send().await;
        assert_eq!(refusal(suspend), "AccessDenied", "that is the team's to decide");
    }
}
