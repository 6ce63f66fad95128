//! The second generation's format, `amplify_outputs.json` version 1: the pools and the default bucket.
//! Its path rules are left out.

use crate::backend::Backend;
use crate::draft::{Draft, Names};
use crate::error::ConfigError;
use crate::exports::{own_endpoints, prefixes};
use crate::field::Fields;

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
    };
    draft.check(fields.source, &NAMES)
}
