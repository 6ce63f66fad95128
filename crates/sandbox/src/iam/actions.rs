//! The one table from S3 operations to the actions that IAM must allow, those triggered by headers included.
//!
//! Source: Amazon S3 user guide, "Required permissions for Amazon S3 API operations". What a request reads besides its
//! own key (the source of a copy, the keys of DeleteObjects) is decided in `s3::access`, after parsing.

/// What an action is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The object of the request: `arn:aws:s3:::bucket/key`.
    Object,
    /// The bucket of the request: `arn:aws:s3:::bucket`.
    Bucket,
    /// No bucket in particular: `*`.
    Account,
}

/// One action that must be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The action's name.
    pub action: &'static str,
    /// What it is asked about.
    pub scope: Scope,
}

/// The actions that `operation` (by its name in the S3 API) needs. `has_header` says whether the request carries a
/// header, `has_version` whether it names a version. `None`: not an operation that is served, so refused.
pub fn requirements(operation: &str, has_version: bool, has_header: impl Fn(&str) -> bool) -> Option<Vec<Requirement>> {
    let (scope, action) = match operation {
        "GetObject" | "HeadObject" if has_version => (Scope::Object, "s3:GetObjectVersion"),
        "GetObject" | "HeadObject" | "GetObjectAttributes" => (Scope::Object, "s3:GetObject"),
        "PutObject"
        | "CopyObject"
        | "CreateMultipartUpload"
        | "UploadPart"
        | "UploadPartCopy"
        | "CompleteMultipartUpload" => (Scope::Object, "s3:PutObject"),
        "DeleteObject" if has_version => (Scope::Object, "s3:DeleteObjectVersion"),
        "DeleteObject" => (Scope::Object, "s3:DeleteObject"),
        "AbortMultipartUpload" => (Scope::Object, "s3:AbortMultipartUpload"),
        "ListParts" => (Scope::Object, "s3:ListMultipartUploadParts"),
        "GetObjectTagging" if has_version => (Scope::Object, "s3:GetObjectVersionTagging"),
        "PutObjectTagging" if has_version => (Scope::Object, "s3:PutObjectVersionTagging"),
        "DeleteObjectTagging" if has_version => (Scope::Object, "s3:DeleteObjectVersionTagging"),
        "GetObjectTagging" => (Scope::Object, "s3:GetObjectTagging"),
        "PutObjectTagging" => (Scope::Object, "s3:PutObjectTagging"),
        "DeleteObjectTagging" => (Scope::Object, "s3:DeleteObjectTagging"),
        "GetObjectAcl" => (Scope::Object, "s3:GetObjectAcl"),
        "PutObjectAcl" => (Scope::Object, "s3:PutObjectAcl"),
        "ListObjects" | "ListObjectsV2" | "HeadBucket" => (Scope::Bucket, "s3:ListBucket"),
        "ListObjectVersions" => (Scope::Bucket, "s3:ListBucketVersions"),
        "ListMultipartUploads" => (Scope::Bucket, "s3:ListBucketMultipartUploads"),
        "GetBucketLocation" => (Scope::Bucket, "s3:GetBucketLocation"),
        "GetBucketCors" => (Scope::Bucket, "s3:GetBucketCORS"),
        "GetBucketVersioning" => (Scope::Bucket, "s3:GetBucketVersioning"),
        "PutBucketVersioning" => (Scope::Bucket, "s3:PutBucketVersioning"),
        "CreateBucket" => (Scope::Bucket, "s3:CreateBucket"),
        "DeleteBucket" => (Scope::Bucket, "s3:DeleteBucket"),
        "ListBuckets" => (Scope::Account, "s3:ListAllMyBuckets"),
        // Decided key by key once the body is read.
        "DeleteObjects" => return Some(Vec::new()),
        _ => return None,
    };
    let mut needed = vec![Requirement { action, scope }];
    if operation == "GetObjectAttributes" {
        needed.push(Requirement { action: "s3:GetObjectAttributes", scope });
    }
    if matches!(operation, "PutObject" | "CopyObject" | "CreateMultipartUpload") {
        if has_header("x-amz-tagging") {
            needed.push(Requirement { action: "s3:PutObjectTagging", scope });
        }
        let acl_headers = [
            "x-amz-acl",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write-acp",
            "x-amz-grant-full-control",
        ];
        if acl_headers.into_iter().any(&has_header) {
            needed.push(Requirement { action: "s3:PutObjectAcl", scope });
        }
    }
    Some(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(operation: &str, headers: &[&str]) -> Vec<&'static str> {
        let needed = requirements(operation, false, |name| headers.contains(&name)).unwrap();
        needed.iter().map(|requirement| requirement.action).collect()
    }

    #[test]
    fn headers_ask_for_their_own_actions() {
        assert_eq!(actions("PutObject", &[]), ["s3:PutObject"]);
        assert_eq!(
            actions("CreateMultipartUpload", &["x-amz-tagging", "x-amz-acl"]),
            ["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectAcl"]
        );
        assert_eq!(actions("GetObject", &["x-amz-tagging"]), ["s3:GetObject"]);
    }

    #[test]
    fn an_operation_that_is_not_served_has_no_requirements_to_meet() {
        assert_eq!(requirements("PutBucketPolicy", false, |_| false), None);
        assert_eq!(requirements("PostObject", false, |_| false), None);
    }
}
