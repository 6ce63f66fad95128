//! Who may do what, over the wire: owner, other and guest, tokens, absent keys.

use amphora_sandbox::iam::PolicySet;
use amphora_sandbox::session::Role;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use time::Duration;

use crate::support::{ALL, BUCKET, ME, OTHER, client, client_with, get, put, refusal, started};

#[tokio::test]
async fn everybody_reaches_their_own_and_nobody_anothers() {
    let started = started(PolicySet::Documented).await;
    let (me, other, guest) = (started.me(), started.person(OTHER), started.guest());
    let (private, protected) = (format!("private/{ME}/a"), format!("protected/{ME}/a"));
    put(&me, &private, b"mine").await;
    put(&me, &protected, b"to be read").await;
    put(&guest, "public/a", b"everybody's").await;

    assert_eq!(get(&me, &private).await, b"mine");
    for stranger in [&other, &guest] {
        assert_eq!(get(stranger, &protected).await, b"to be read");
        assert_eq!(get(stranger, "public/a").await, b"everybody's");
        let read = stranger.get_object().bucket(BUCKET).key(&private).send().await;
        assert_eq!(refusal(read), "AccessDenied");
        let write = stranger.put_object().bucket(BUCKET).key(&protected).body(b"x".to_vec().into()).send().await;
        assert_eq!(refusal(write), "AccessDenied");
        let delete = stranger.delete_object().bucket(BUCKET).key(&protected).send().await;
        assert_eq!(refusal(delete), "AccessDenied");
    }
    let own_protected_as_guest = guest.put_object().bucket(BUCKET).key("protected/us-east-1:guest/a").send().await;
    assert_eq!(refusal(own_protected_as_guest), "AccessDenied", "guests write to public only");
}

#[tokio::test]
async fn an_absent_key_is_403_unless_the_bucket_may_be_listed() {
    let documented = started(PolicySet::Documented).await;
    let me = documented.me();
    assert_eq!(refusal(me.get_object().bucket(BUCKET).key("public/absent").send().await), "AccessDenied");
    assert_eq!(refusal(me.head_object().bucket(BUCKET).key("public/absent").send().await), "403");
    assert_eq!(refusal(me.head_bucket().bucket(BUCKET).send().await), "403");
    me.delete_object().bucket(BUCKET).key("public/absent").send().await.expect("deleting what is not there succeeds");

    let all = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = all.me();
    assert_eq!(refusal(me.get_object().bucket(BUCKET).key("absent").send().await), "NoSuchKey");
    assert_eq!(refusal(me.head_object().bucket(BUCKET).key("absent").send().await), "NotFound");
    me.head_bucket().bucket(BUCKET).send().await.expect("the bucket is there");
}

#[tokio::test]
async fn a_refused_upload_is_refused_before_and_told_after_its_body() {
    let started = started(PolicySet::Documented).await;
    let body = vec![7u8; 8 * 1024 * 1024];
    let refused = started.guest().put_object().bucket(BUCKET).key("private/x/y").body(body.into()).send().await;
    assert_eq!(refusal(refused), "AccessDenied", "the client reads the refusal, not a broken pipe");
}

#[tokio::test]
async fn deleting_many_is_decided_key_by_key() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    put(&me, "public/a", b"").await;
    let keys = ["public/a", "public/absent", "private/another/a"];
    let objects = keys.iter().map(|key| ObjectIdentifier::builder().key(*key).build().unwrap()).collect();
    let delete = Delete::builder().set_objects(Some(objects)).build().unwrap();
    let answer = me.delete_objects().bucket(BUCKET).delete(delete).send().await.unwrap();
    let deleted: Vec<_> = answer.deleted().iter().filter_map(|deleted| deleted.key()).collect();
    assert_eq!(deleted, ["public/a", "public/absent"]);
    assert_eq!(answer.errors()[0].key(), Some("private/another/a"));
    assert_eq!(answer.errors()[0].code(), Some("AccessDenied"));
}

#[tokio::test]
async fn keys_count_only_with_their_own_token_and_while_they_live() {
    let started = started(PolicySet::Documented).await;
    let endpoint = &started.sandbox.info().endpoint;
    let keys = started.keys(ME, Role::Authenticated);
    let another = started.keys(ME, Role::Authenticated);
    let (id, secret) = (&keys.access_key_id, keys.secret_access_key.reveal());
    let list = |client: aws_sdk_s3::Client| async move {
        client.list_objects_v2().bucket(BUCKET).prefix("public/").send().await
    };
    assert_eq!(refusal(list(client_with(endpoint, id, secret, None)).await), "InvalidAccessKeyId");
    let borrowed = Some(another.session_token.reveal().to_owned());
    assert_eq!(refusal(list(client_with(endpoint, id, secret, borrowed)).await), "InvalidToken");
    let token = Some(keys.session_token.reveal().to_owned());
    assert_eq!(refusal(list(client_with(endpoint, id, "wrong", token.clone())).await), "SignatureDoesNotMatch");
    assert_eq!(refusal(list(client_with(endpoint, "ASIAUNKNOWN", secret, token)).await), "InvalidAccessKeyId");
    list(client(endpoint, &keys)).await.expect("right keys are let in");
}

#[tokio::test]
async fn an_expired_session_and_a_skewed_clock_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = amphora_sandbox::Sandbox::start(amphora_sandbox::Options {
        session_lifetime: Duration::minutes(5),
        ..amphora_sandbox::Options::for_tests(dir.path())
    })
    .await
    .unwrap();
    let keys = sandbox.sessions().issue(ME, Role::Authenticated, sandbox.clock().now()).unwrap();
    let me = client(&sandbox.info().endpoint, &keys);
    sandbox.clock().shift(Duration::minutes(6));
    let list = || me.list_objects_v2().bucket(BUCKET).prefix("public/").send();
    assert_eq!(refusal(list().await), "ExpiredToken");
    sandbox.clock().shift(Duration::minutes(60));
    assert_eq!(refusal(list().await), "RequestTimeTooSkewed");
}

#[tokio::test]
async fn what_only_recommended_allows_is_refused_under_documented() {
    for (policy, allowed) in [(PolicySet::Documented, false), (PolicySet::Recommended, true)] {
        let started = started(policy).await;
        let me = started.me();
        put(&me, "public/a", b"").await;
        let begun = me.create_multipart_upload().bucket(BUCKET).key("public/b").send().await.unwrap();
        let id = begun.upload_id().unwrap();
        let outcomes = [
            me.put_object().bucket(BUCKET).key("public/t").tagging("a=1").send().await.is_ok(),
            me.get_object_tagging().bucket(BUCKET).key("public/a").send().await.is_ok(),
            me.list_multipart_uploads().bucket(BUCKET).send().await.is_ok(),
            me.list_parts().bucket(BUCKET).key("public/b").upload_id(id).send().await.is_ok(),
            me.abort_multipart_upload().bucket(BUCKET).key("public/b").upload_id(id).send().await.is_ok(),
        ];
        assert_eq!(outcomes, [allowed; 5]);
        let acl = me.put_object().bucket(BUCKET).key("public/acl").acl("public-read".into()).send().await;
        assert_eq!(refusal(acl), "AccessDenied", "no set that ships lets ACLs be set");
    }
}

#[tokio::test]
async fn a_copy_needs_its_source_as_well() {
    let started = started(PolicySet::Documented).await;
    let (me, other) = (started.me(), started.person(OTHER));
    put(&me, &format!("private/{ME}/a b+ü"), b"mine").await;
    let source = format!("{BUCKET}/private/{ME}/a%20b%2B%C3%BC");
    let copy = |client: &aws_sdk_s3::Client, key: String| {
        client.copy_object().bucket(BUCKET).copy_source(&source).key(key).send()
    };
    assert_eq!(refusal(copy(&other, format!("private/{OTHER}/b")).await), "AccessDenied");
    copy(&me, "public/b".to_owned()).await.unwrap();
    assert_eq!(get(&other, "public/b").await, b"mine");
    assert_eq!(refusal(copy(&me, format!("private/{OTHER}/b")).await), "AccessDenied");
}
