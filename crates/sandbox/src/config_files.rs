//! The configuration files of Amplify that point a client at a running sandbox.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::error::{Error, Result};

/// What a client must know to use a sandbox: the one line that the binary prints when it is ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// `http://127.0.0.1:20005`, for S3, the user pool and the identity pool alike.
    pub endpoint: String,
    /// `us-east-1`.
    pub region: String,
    /// The bucket's name.
    pub bucket: String,
    /// The user pool.
    pub user_pool_id: String,
    /// The user pool's client, which has no secret.
    pub user_pool_client_id: String,
    /// The identity pool.
    pub identity_pool_id: String,
}

impl Info {
    /// The text of `aws-exports.json`.
    pub fn aws_exports_json(&self) -> String {
        pretty(&json!({
            "aws_project_region": self.region,
            "aws_cognito_identity_pool_id": self.identity_pool_id,
            "aws_cognito_region": self.region,
            "aws_user_pools_id": self.user_pool_id,
            "aws_user_pools_web_client_id": self.user_pool_client_id,
            "oauth": {},
            "aws_user_files_s3_bucket": self.bucket,
            "aws_user_files_s3_bucket_region": self.region,
            "amphora": self.endpoints(),
        }))
    }

    /// The text of `aws-exports.js`.
    pub fn aws_exports_js(&self) -> String {
        format!("const awsmobile = {};\n\nexport default awsmobile;\n", self.aws_exports_json().trim_end())
    }

    /// The text of `amplify_outputs.json`.
    pub fn amplify_outputs_json(&self) -> String {
        pretty(&json!({
            "version": "1",
            "auth": {
                "aws_region": self.region,
                "user_pool_id": self.user_pool_id,
                "user_pool_client_id": self.user_pool_client_id,
                "identity_pool_id": self.identity_pool_id,
                "unauthenticated_identities_enabled": true,
            },
            "storage": { "aws_region": self.region, "bucket_name": self.bucket },
            "custom": { "amphora": self.endpoints() },
        }))
    }

    /// Writes the three files into `folder`, making it if need be.
    pub fn write_files(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        let files = [
            ("aws-exports.js", self.aws_exports_js()),
            ("aws-exports.json", self.aws_exports_json()),
            ("amplify_outputs.json", self.amplify_outputs_json()),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            fs::write(&path, text).map_err(Error::file("write", &path))?;
        }
        Ok(())
    }

    fn endpoints(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "cognitoEndpoint": self.endpoint,
            "identityEndpoint": self.endpoint,
        })
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_hold_what_a_client_needs_and_no_secret() {
        let info = Info {
            endpoint: "http://127.0.0.1:20005".into(),
            region: "us-east-1".into(),
            bucket: "amphora-sandbox".into(),
            user_pool_id: "us-east-1_abc".into(),
            user_pool_client_id: "client".into(),
            identity_pool_id: "us-east-1:id".into(),
        };
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("new");
        info.write_files(&folder).unwrap();
        let script = fs::read_to_string(folder.join("aws-exports.js")).unwrap();
        let object = script.strip_prefix("const awsmobile = ").unwrap().split(";\n").next().unwrap();
        let from_script: Value = serde_json::from_str(object).unwrap();
        let from_json: Value = serde_json::from_str(&info.aws_exports_json()).unwrap();
        assert_eq!(from_script, from_json);
        assert_eq!(from_json["amphora"]["endpoint"], "http://127.0.0.1:20005");
        let outputs: Value = serde_json::from_str(&info.amplify_outputs_json()).unwrap();
        assert_eq!(outputs["custom"]["amphora"], from_json["amphora"]);
        assert_eq!(
            serde_json::to_string(&info).unwrap(),
            r#"{"endpoint":"http://127.0.0.1:20005","region":"us-east-1","bucket":"amphora-sandbox","userPoolId":"us-east-1_abc","userPoolClientId":"client","identityPoolId":"us-east-1:id"}"#
        );
    }
}
