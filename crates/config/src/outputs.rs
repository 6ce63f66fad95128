//! The second generation's format, `amplify_outputs.json` version 1: the pools, the buckets and their access rules.

use std::collections::BTreeMap;

use crate::backend::{Backend, Bucket};
use crate::draft::{Draft, Names};
use crate::error::ConfigError;
use crate::exports::{own_endpoints, prefixes};
use crate::field::Fields;
use crate::places::places;
use crate::rules::{AccessRules, RuledBucket};

const NAMES: Names = Names {
    bucket: "storage.bucket_name",
    bucket_region: "storage.aws_region",
    identity_pool: "auth.identity_pool_id",
    identity_region: "auth.aws_region",
    user_pool: "auth.user_pool_id",
    user_pool_client: "auth.user_pool_client_id",
    mandatory_sign_in: "auth.unauthenticated_identities_enabled",
};

pub(crate) fn read(fields: Fields<'_>) -> Result<Backend, ConfigError> {
    let auth = fields.inside("auth");
    let storage = fields.inside("storage");
    let amphora = fields.inside("custom").inside("amphora");
    let user_pool = auth.text("user_pool_id")?;
    // Without a user pool nobody could come in at all if guests could not.
    let guests = auth.switch("unauthenticated_identities_enabled")?.unwrap_or(user_pool.is_none());
    let draft = Draft {
        name: amphora.text("name")?,
        bucket: storage.text("bucket_name")?,
        bucket_region: storage.text("aws_region")?,
        identity_pool: auth.text("identity_pool_id")?,
        identity_region: auth.text("aws_region")?,
        user_pool,
        user_pool_client: auth.text("user_pool_client_id")?,
        user_pool_region: auth.text("aws_region")?,
        mandatory_sign_in: !guests,
        prefixes: prefixes(amphora, storage)?,
        endpoints: own_endpoints(amphora)?,
        rules: rules(storage, auth)?,
        places: places(amphora)?,
    };
    draft.check(fields.source, &NAMES)
}

/// The buckets that have rules; a file without any is one of the three levels.
fn rules(storage: Fields<'_>, auth: Fields<'_>) -> Result<AccessRules, ConfigError> {
    let mut buckets: Vec<RuledBucket> = Vec::new();
    for bucket in storage.list("buckets")? {
        let name = bucket.text("name")?.unwrap_or_default();
        if buckets.iter().any(|other| other.name == name) {
            return Err(bucket.wrong(&format!("two buckets of the name “{name}”"), "storage.buckets"));
        }
        let paths: BTreeMap<_, _> = bucket.read("paths", "rules of paths")?;
        let (Some(bucket_name), Some(region)) = (bucket.text("bucket_name")?, bucket.text("aws_region")?) else {
            return Err(bucket.wrong("a bucket without bucket_name or aws_region", "storage.buckets"));
        };
        buckets.push(RuledBucket { name, bucket: Bucket { name: bucket_name, region }, paths });
    }
    buckets.retain(|bucket| !bucket.paths.is_empty());
    let groups: Vec<BTreeMap<String, Precedence>> = auth.read("groups", "groups with their precedence")?;
    let groups = groups.into_iter().flatten().map(|(name, Precedence { precedence })| (name, precedence));
    Ok(AccessRules { buckets, groups: groups.collect() })
}

#[derive(serde::Deserialize)]
struct Precedence {
    precedence: u32,
}
