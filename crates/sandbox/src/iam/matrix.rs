//! The allow/deny matrix of both policy sets, spelled out: who may do what, where.

use super::{PolicySet, Request, Variables};
use crate::session::Role;

const ME: &str = "us-east-1:11111111-aaaa-bbbb-cccc-000000000001";

struct Identity(&'static str);

impl Variables for Identity {
    fn value(&self, name: &str) -> Option<&str> {
        (name == "cognito-identity.amazonaws.com:sub").then_some(self.0)
    }
}

const PUBLIC: &str = "public/a.txt";
const MINE_PROTECTED: &str = "protected/us-east-1:11111111-aaaa-bbbb-cccc-000000000001/a.txt";
const MINE_PRIVATE: &str = "private/us-east-1:11111111-aaaa-bbbb-cccc-000000000001/a.txt";
const THEIR_PROTECTED: &str = "protected/us-east-1:22222222-aaaa-bbbb-cccc-000000000002/a.txt";
const THEIR_PRIVATE: &str = "private/us-east-1:22222222-aaaa-bbbb-cccc-000000000002/a.txt";
const NOBODYS_PRIVATE: &str = "private//a.txt";
const UPLOADS: &str = "uploads/a.txt";
const ELSEWHERE: &str = "a.txt";
const PLACES: [&str; 8] =
    [PUBLIC, MINE_PROTECTED, MINE_PRIVATE, THEIR_PROTECTED, THEIR_PRIVATE, NOBODYS_PRIVATE, UPLOADS, ELSEWHERE];

/// One line: an action, and for signed-in and guest a letter a place, in the order of `PLACES`: `y` allowed, `-` refused.
type Line = (&'static str, &'static str, &'static str);

//                     public, my protected, my private, their protected, their private, private//, uploads, elsewhere
const DOCUMENTED: &[Line] = &[
    ("s3:GetObject", "yyyy----", "yy-y----"),
    ("s3:PutObject", "yyy---y-", "y-----y-"),
    ("s3:DeleteObject", "yyy-----", "y-------"),
    ("s3:AbortMultipartUpload", "--------", "--------"),
    ("s3:ListMultipartUploadParts", "--------", "--------"),
    ("s3:GetObjectTagging", "--------", "--------"),
    ("s3:PutObjectTagging", "--------", "--------"),
    ("s3:DeleteObjectTagging", "--------", "--------"),
    ("s3:PutObjectAcl", "--------", "--------"),
    ("s3:GetObjectVersion", "--------", "--------"),
    ("s3:DeleteObjectVersion", "--------", "--------"),
    ("s3:GetObjectAttributes", "--------", "--------"),
];

const RECOMMENDED: &[Line] = &[
    ("s3:GetObject", "yyyy----", "yy-y----"),
    ("s3:PutObject", "yyy---y-", "y-----y-"),
    ("s3:DeleteObject", "yyy-----", "y-------"),
    ("s3:AbortMultipartUpload", "yyy---y-", "y-----y-"),
    ("s3:ListMultipartUploadParts", "yyy---y-", "y-----y-"),
    ("s3:GetObjectTagging", "yyyy----", "yy-y----"),
    ("s3:PutObjectTagging", "yyy-----", "y-------"),
    ("s3:DeleteObjectTagging", "yyy-----", "y-------"),
    ("s3:PutObjectAcl", "--------", "--------"),
    ("s3:GetObjectVersion", "yyyy----", "yy-y----"),
    ("s3:DeleteObjectVersion", "yyy-----", "y-------"),
    ("s3:GetObjectAttributes", "--------", "--------"),
];

/// A prefix (`None`: the request has none), and whether signed-in and guest may list with it, in both sets.
const LISTINGS: &[(Option<&str>, bool, bool)] = &[
    (None, false, false),
    (Some(""), false, false),
    (Some("p"), false, false),
    (Some("public"), false, false),
    (Some("public/"), true, true),
    (Some("public/photos/2024/"), true, true),
    (Some("protected/"), true, true),
    (Some("protected/us-east-1:22222222-aaaa-bbbb-cccc-000000000002/"), true, true),
    (Some("private/"), false, false),
    (Some("private/us-east-1:11111111-aaaa-bbbb-cccc-000000000001/"), true, false),
    (Some("private/us-east-1:11111111-aaaa-bbbb-cccc-000000000001/deep/er"), true, false),
    (Some("private/us-east-1:11111111-aaaa-bbbb-cccc-000000000001"), false, false),
    (Some("private/us-east-1:22222222-aaaa-bbbb-cccc-000000000002/"), false, false),
    (Some("private//"), false, false),
    (Some("uploads/"), false, false),
];

fn allowed(set: &PolicySet, role: Role, action: &str, resource: &str, conditions: &[(&str, &str)]) -> bool {
    let policy = set.for_bucket("amphora").unwrap().of(role);
    policy.allows(&Request { action, resource, conditions }, &Identity(ME))
}

#[test]
fn every_action_on_every_place_is_as_the_matrix_says() {
    for (set, matrix) in [(PolicySet::Documented, DOCUMENTED), (PolicySet::Recommended, RECOMMENDED)] {
        for (action, signed_in, guest) in matrix {
            for (role, letters) in [(Role::Authenticated, signed_in), (Role::Unauthenticated, guest)] {
                for (place, letter) in PLACES.iter().zip(letters.chars()) {
                    let resource = format!("arn:aws:s3:::amphora/{place}");
                    let got = allowed(&set, role, action, &resource, &[]);
                    assert_eq!(got, letter == 'y', "{set:?}: {role:?} {action} {place}");
                }
            }
        }
    }
}

#[test]
fn listing_is_as_the_matrix_says() {
    for set in [PolicySet::Documented, PolicySet::Recommended] {
        for (prefix, signed_in, guest) in LISTINGS {
            let conditions: Vec<(&str, &str)> = prefix.iter().map(|prefix| ("s3:prefix", *prefix)).collect();
            for (role, expected) in [(Role::Authenticated, signed_in), (Role::Unauthenticated, guest)] {
                let got = allowed(&set, role, "s3:ListBucket", "arn:aws:s3:::amphora", &conditions);
                assert_eq!(got, *expected, "{set:?}: {role:?} lists {prefix:?}");
            }
        }
    }
}

#[test]
fn another_bucket_and_the_bucket_itself_are_never_touched() {
    for set in [PolicySet::Documented, PolicySet::Recommended] {
        for role in [Role::Authenticated, Role::Unauthenticated] {
            assert!(!allowed(&set, role, "s3:GetObject", "arn:aws:s3:::another/public/a.txt", &[]));
            for action in ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketPolicy", "s3:ListAllMyBuckets"] {
                assert!(!allowed(&set, role, action, "arn:aws:s3:::amphora", &[]), "{set:?} {role:?} {action}");
            }
        }
    }
}

#[test]
fn only_recommended_lists_unfinished_uploads() {
    for role in [Role::Authenticated, Role::Unauthenticated] {
        let ask = |set| allowed(&set, role, "s3:ListBucketMultipartUploads", "arn:aws:s3:::amphora", &[]);
        assert!(!ask(PolicySet::Documented));
        assert!(ask(PolicySet::Recommended));
    }
}

#[test]
fn an_identity_with_wildcards_in_its_name_owns_only_its_own() {
    let policy = PolicySet::Documented.for_bucket("amphora").unwrap().of(Role::Authenticated);
    let ask = |resource| policy.allows(&Request { action: "s3:PutObject", resource, conditions: &[] }, &Identity("*"));
    assert!(ask("arn:aws:s3:::amphora/private/*/a.txt"));
    assert!(!ask("arn:aws:s3:::amphora/private/us-east-1:1/a.txt"));
}
