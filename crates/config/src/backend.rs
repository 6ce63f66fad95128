//! The public configuration of one team's storage: which bucket, which pools, which servers. Holds no secret.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use crate::endpoint;
use crate::places::StorePlace;
use crate::rules::AccessRules;

/// Everything needed to reach one team's storage. All of it is public: the same values ship in every web page of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Backend {
    /// What people call this storage; the bucket's name when nobody chose another.
    pub name: String,
    /// Where the files are.
    pub bucket: Bucket,
    /// Who hands out the temporary credentials, for guests and for signed-in people.
    pub identity_pool: IdentityPool,
    /// Who knows accounts and passwords; a backend without one has guests only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_pool: Option<UserPool>,
    /// Guests are not allowed (`aws_mandatory_sign_in`).
    #[serde(default)]
    pub mandatory_sign_in: bool,
    /// Prefixes that replace `public/`, `protected/` and `private/`.
    #[serde(default)]
    pub prefixes: CustomPrefixes,
    /// Servers that stand in for those of AWS.
    #[serde(default)]
    pub endpoints: Endpoints,
    /// Gen 2's access rules. A backend that has any has places by its rules, and not the three levels.
    #[serde(default, skip_serializing_if = "AccessRules::is_empty")]
    pub rules: AccessRules,
    /// Further places in other stores. They belong to this computer and go into no invitation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<StorePlace>,
}

/// An S3 bucket and its region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// The bucket's name.
    pub name: String,
    /// The bucket's region, for example `eu-central-1`.
    pub region: String,
}

/// A Cognito identity pool and its region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityPool {
    /// `REGION:UUID`.
    pub id: String,
    /// The pool's region.
    pub region: String,
}

/// A Cognito user pool, the app client to use and its region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPool {
    /// `REGION_NAME`.
    pub id: String,
    /// The app client's id; a client without a secret.
    pub client_id: String,
    /// The pool's region.
    pub region: String,
}

/// Amplify Storage's `customPrefix`: `None` keeps the level's usual prefix, an empty text is the bucket's root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomPrefixes {
    /// In place of `public/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<String>,
    /// In place of `protected/`; the identity id and a slash follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protected: Option<String>,
    /// In place of `private/`; the identity id and a slash follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<String>,
}

/// Base URLs of servers other than those of AWS; plain http only on this computer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// In place of S3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3: Option<String>,
    /// In place of Cognito's user pools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cognito: Option<String>,
    /// In place of Cognito's identity pools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
}

impl Backend {
    /// A short text that stays the same as long as this is the same storage; its name may change.
    /// Of a server on this computer the port does not count: the practice storage takes a free one at each start.
    ///
    /// Access rules and places in other stores do not count: a team changes them, and it stays the same storage.
    ///
    /// A kept sign-in is found under this id, so every server that would be sent it is part of the id: an invitation that
    /// names the same pools with another server for them is another storage, and gets nothing.
    pub fn id(&self) -> String {
        let server =
            |server: &Option<String>| server.as_deref().map(endpoint::without_loopback_port).unwrap_or_default();
        let (storage, cognito, identity) =
            (server(&self.endpoints.s3), server(&self.endpoints.cognito), server(&self.endpoints.identity));
        // An empty prefix is the bucket's root, no prefix the level's usual one: they must differ.
        let prefix = |prefix: &Option<String>| prefix.as_deref().map(|prefix| format!("={prefix}")).unwrap_or_default();
        let prefixes = [&self.prefixes.public, &self.prefixes.protected, &self.prefixes.private].map(prefix);
        let user_pool = self.user_pool.as_ref();
        let parts = [
            self.bucket.name.as_str(),
            self.bucket.region.as_str(),
            self.identity_pool.id.as_str(),
            user_pool.map_or("", |pool| pool.id.as_str()),
            user_pool.map_or("", |pool| pool.client_id.as_str()),
            storage.as_str(),
            cognito.as_str(),
            identity.as_str(),
            prefixes[0].as_str(),
            prefixes[1].as_str(),
            prefixes[2].as_str(),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            // The length goes first, so that no two lists of parts run together into the same text.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize()[..12].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Every host that this backend would speak to besides AWS's own Cognito, for people to look at before they connect:
    /// the storage's host first, then those of sign-in servers that differ from it.
    pub fn host(&self) -> String {
        let storage = match &self.endpoints.s3 {
            Some(endpoint) => host_of(endpoint),
            None => s3_host(&self.bucket),
        };
        let mut hosts = vec![storage];
        if self.endpoints.s3.is_none() {
            for host in self.rules.buckets.iter().map(|ruled| s3_host(&ruled.bucket)) {
                if !hosts.contains(&host) {
                    hosts.push(host);
                }
            }
        }
        for endpoint in [&self.endpoints.cognito, &self.endpoints.identity].into_iter().flatten() {
            let host = host_of(endpoint);
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        hosts.join(", ")
    }
}

fn s3_host(bucket: &Bucket) -> String {
    format!("{}.s3.{}.{}", bucket.name, bucket.region, dns_suffix(&bucket.region))
}

fn host_of(endpoint: &str) -> String {
    let Ok(url) = Url::parse(endpoint) else { return endpoint.to_owned() };
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => endpoint.to_owned(),
    }
}

/// AWS runs its Chinese regions under a name of their own.
fn dns_suffix(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backend() -> Backend {
        Backend {
            name: "Team".into(),
            bucket: Bucket { name: "files".into(), region: "eu-west-1".into() },
            identity_pool: IdentityPool { id: "eu-west-1:0a".into(), region: "eu-west-1".into() },
            user_pool: None,
            mandatory_sign_in: false,
            prefixes: CustomPrefixes::default(),
            endpoints: Endpoints::default(),
            rules: AccessRules::default(),
            places: Vec::new(),
        }
    }

    #[test]
    fn the_id_outlives_a_new_name_and_a_new_practice_port() {
        let first = Backend {
            endpoints: Endpoints { s3: Some("http://127.0.0.1:4001".into()), ..Default::default() },
            ..backend()
        };
        let later = Backend {
            name: "Other".into(),
            endpoints: Endpoints { s3: Some("http://127.0.0.1:4002".into()), ..Default::default() },
            ..backend()
        };
        assert_eq!(first.id(), later.id(), "neither the name nor a loopback port makes another storage");
        assert_ne!(first.id(), backend().id(), "a server of one's own is not AWS");
    }

    #[test]
    fn the_id_differs_for_another_bucket_pool_or_server() {
        let other_bucket = Backend { bucket: Bucket { name: "file".into(), region: "seu-west-1".into() }, ..backend() };
        assert_ne!(backend().id(), other_bucket.id(), "moving a letter between fields is a change");
        let one = Endpoints { s3: Some("https://s3.one.example:9000".into()), ..Default::default() };
        let two = Endpoints { s3: Some("https://s3.one.example:9001".into()), ..Default::default() };
        assert_ne!(Backend { endpoints: one, ..backend() }.id(), Backend { endpoints: two, ..backend() }.id());
    }

    #[test]
    fn the_host_names_every_server_that_is_not_amazons() {
        assert_eq!(backend().host(), "files.s3.eu-west-1.amazonaws.com");
        let endpoints = Endpoints {
            s3: Some("https://s3.example".into()),
            cognito: Some("https://login.example:8443".into()),
            identity: Some("https://s3.example/".into()),
        };
        assert_eq!(Backend { endpoints, ..backend() }.host(), "s3.example, login.example:8443");
    }
}
