//! Invitations go round unchanged, and nothing secret goes with them.

use proptest::prelude::*;

use super::*;
use crate::backend::{Bucket, CustomPrefixes, Endpoints, IdentityPool, UserPool};

fn any_backend() -> impl Strategy<Value = Backend> {
    // Four digits: 443 would be normalised away, as it is what https means.
    let server = prop::option::of("https://[a-z]{1,12}\\.example(:[1-9][0-9]{3})?");
    let prefix = || prop::option::of("\\PC{0,40}");
    (
        "[A-Za-zäöü日 ]{0,30}[a-z]",
        "[a-z0-9][a-z0-9-]{2,40}",
        "[a-z]{2}-[a-z]{4,9}-[1-9]",
        "[0-9a-f]{8}-[0-9a-f]{4}",
        prop::option::of(("[A-Za-z0-9]{9}", "[a-z0-9]{26}")),
        any::<bool>(),
        (prefix(), prefix(), prefix()),
        (server.clone(), server.clone(), server),
    )
        .prop_map(|(name, bucket, region, pool, users, mandatory, prefixes, servers)| Backend {
            name: name.trim().to_owned(),
            bucket: Bucket { name: bucket, region: region.clone() },
            identity_pool: IdentityPool { id: format!("{region}:{pool}"), region: region.clone() },
            mandatory_sign_in: mandatory && users.is_some(),
            user_pool: users.map(|(id, client_id)| UserPool { id: format!("{region}_{id}"), client_id, region }),
            prefixes: CustomPrefixes { public: prefixes.0, protected: prefixes.1, private: prefixes.2 },
            endpoints: Endpoints { s3: servers.0, cognito: servers.1, identity: servers.2 },
            rules: crate::AccessRules::default(),
            places: Vec::new(),
        })
}

fn payload(link: &str) -> String {
    let encoded = link.strip_prefix(INVITATION_PREFIX).unwrap();
    String::from_utf8(URL_SAFE_NO_PAD.decode(encoded).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn an_invitation_goes_round_unchanged(backend in any_backend()) {
        prop_assert_eq!(Backend::from_invitation(&backend.invitation()).unwrap(), backend.clone());
        let letter = format!("Hello,\nhere it is: <{}>\nBye", backend.invitation());
        prop_assert_eq!(Backend::from_file("invitation.txt", letter.as_bytes()).unwrap(), backend);
    }

    #[test]
    fn a_secret_in_the_configuration_file_never_gets_into_the_invitation(
        backend in any_backend(),
        secret in "SECRET[A-Za-z0-9]{20,40}",
        field in prop::sample::select(vec![
            "aws_secret_access_key", "secretAccessKey", "password", "aws_user_pools_web_client_secret",
            "sessionToken", "refreshToken", "aws_appsync_apiKey", "oauth",
        ]),
    ) {
        let mut file = serde_json::json!({
            "aws_user_files_s3_bucket": backend.bucket.name,
            "aws_user_files_s3_bucket_region": backend.bucket.region,
            "aws_cognito_identity_pool_id": backend.identity_pool.id,
            "Auth": { "password": secret },
            "Storage": { "SSECustomerKey": secret, "customPrefix": { "password": secret } },
            "amphora": { "secretKey": secret, "name": backend.name },
        });
        file[field] = secret.clone().into();
        let read = Backend::from_file("aws-exports.json", file.to_string().as_bytes()).unwrap();
        prop_assert!(!payload(&read.invitation()).contains(&secret));
        let shown = format!("{read:?}");
        prop_assert!(!shown.contains(&secret));
    }

    #[test]
    fn a_secret_in_a_server_address_is_refused(secret in "[A-Za-z0-9]{8,20}", shape in 0..3) {
        let endpoint = match shape {
            0 => format!("https://user:{secret}@s3.example"),
            1 => format!("https://{secret}@s3.example"),
            _ => format!("https://s3.example/?token={secret}"),
        };
        let file = serde_json::json!({
            "aws_user_files_s3_bucket": "files", "aws_user_files_s3_bucket_region": "eu-west-1",
            "aws_cognito_identity_pool_id": "eu-west-1:0a", "amphora": { "endpoint": endpoint },
        });
        let refused = Backend::from_file("aws-exports.json", file.to_string().as_bytes()).unwrap_err();
        prop_assert!(!refused.to_string().contains(&secret), "nor does the sentence repeat it");
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = Backend::from_invitation(&text);
        let _ = Backend::from_invitation(&format!("{INVITATION_PREFIX}{text}"));
    }
}

#[test]
fn a_link_cut_anywhere_is_refused() {
    let link = "amphora://connect#".to_owned()
        + &URL_SAFE_NO_PAD.encode(
            br#"{"v":1,"name":"n","bucket":{"name":"files","region":"eu-west-1"},"identityPool":{"id":"eu-west-1:0a","region":"eu-west-1"}}"#,
        );
    assert!(Backend::from_invitation(&link).is_ok(), "what may be left out, may be left out");
    for cut in 0..link.len() {
        assert_eq!(
            Backend::from_invitation(&link[..cut]).unwrap_err().kind(),
            ConfigErrorKind::Unreadable,
            "cut at {cut}"
        );
    }
}

#[test]
fn a_link_is_checked_like_a_file() {
    let link = |json: &str| format!("{INVITATION_PREFIX}{}", URL_SAFE_NO_PAD.encode(json));
    let insecure = r#"{"v":1,"name":"n","bucket":{"name":"files","region":"eu-west-1"},"identityPool":{"id":"eu-west-1:0a","region":"eu-west-1"},"endpoints":{"s3":"http://evil.example"}}"#;
    assert_eq!(Backend::from_invitation(&link(insecure)).unwrap_err().kind(), ConfigErrorKind::Insecure);
    let region = r#"{"v":1,"name":"n","bucket":{"name":"files","region":"x.evil.example/"},"identityPool":{"id":"eu-west-1:0a","region":"eu-west-1"}}"#;
    assert_eq!(Backend::from_invitation(&link(region)).unwrap_err().kind(), ConfigErrorKind::Invalid);
    assert_eq!(Backend::from_invitation(&link(r#"{"v":2}"#)).unwrap_err().kind(), ConfigErrorKind::UnknownVersion);
    assert!(Backend::from_invitation(&format!("{INVITATION_PREFIX}{}", "A".repeat(100_000))).is_err());
}

#[test]
fn a_name_cannot_turn_the_writing_round() {
    let link = format!(
        "{INVITATION_PREFIX}{}",
        URL_SAFE_NO_PAD.encode(
            "{\"v\":1,\"name\":\"\\u202eliame\\n Team\",\"bucket\":{\"name\":\"files\",\"region\":\"eu-west-1\"},\"identityPool\":{\"id\":\"eu-west-1:0a\",\"region\":\"eu-west-1\"}}"
        )
    );
    assert_eq!(Backend::from_invitation(&link).unwrap().name, "liame Team");
}
