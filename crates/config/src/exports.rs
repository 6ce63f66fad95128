//! The first generation's format: flat `aws_…` keys as `aws-exports.js` and the JavaScript `amplifyconfiguration.json`
//! hold them, or the `Auth` and `Storage` objects that people write by hand. Rules: Amplify Storage 1.2–2.1.

use crate::backend::{Backend, CustomPrefixes, Endpoints};
use crate::draft::{Draft, Names};
use crate::error::ConfigError;
use crate::field::Fields;
use crate::places::places;
use crate::rules::AccessRules;

/// Where `amplify mock storage` listens, and what the flag for local testing means.
const LOCAL_TESTING_ENDPOINT: &str = "http://localhost:20005";

const NAMES: Names = Names {
    bucket: "aws_user_files_s3_bucket",
    bucket_region: "aws_user_files_s3_bucket_region",
    identity_pool: "aws_cognito_identity_pool_id",
    identity_region: "aws_cognito_region",
    user_pool: "aws_user_pools_id",
    user_pool_client: "aws_user_pools_web_client_id",
    mandatory_sign_in: "aws_mandatory_sign_in",
};

pub(crate) fn read(fields: Fields<'_>) -> Result<Backend, ConfigError> {
    let auth = fields.inside("Auth");
    let storage = hand_written_storage(fields);
    let project_region = fields.text("aws_project_region")?;
    let auth_region = first(fields.text("aws_cognito_region")?, || auth.text("region"))?;
    let draft = Draft {
        name: fields.inside("amphora").text("name")?,
        bucket: first(fields.text(NAMES.bucket)?, || storage.text("bucket"))?,
        bucket_region: first(fields.text(NAMES.bucket_region)?, || storage.text("region"))?.or(project_region),
        identity_pool: first(fields.text(NAMES.identity_pool)?, || auth.text("identityPoolId"))?,
        identity_region: auth.text("identityPoolRegion")?.or_else(|| auth_region.clone()),
        user_pool: first(fields.text(NAMES.user_pool)?, || auth.text("userPoolId"))?,
        user_pool_client: first(fields.text(NAMES.user_pool_client)?, || auth.text("userPoolWebClientId"))?,
        user_pool_region: auth_region,
        mandatory_sign_in: fields.switch(NAMES.mandatory_sign_in)?.or(auth.switch("mandatorySignIn")?).unwrap_or(false),
        prefixes: prefixes(fields.inside("amphora"), storage)?,
        endpoints: endpoints(fields, storage)?,
        rules: AccessRules::default(),
        places: places(fields.inside("amphora"))?,
    };
    draft.check(fields.source, &NAMES)
}

/// `Storage: { AWSS3: {…} }` or `Storage: {…}`.
fn hand_written_storage(fields: Fields<'_>) -> Fields<'_> {
    let storage = fields.inside("Storage");
    if storage.has("AWSS3") { storage.inside("AWSS3") } else { storage }
}

fn first(
    found: Option<String>,
    otherwise: impl FnOnce() -> Result<Option<String>, ConfigError>,
) -> Result<Option<String>, ConfigError> {
    found.map_or_else(otherwise, |text| Ok(Some(text)))
}

/// Amphora's own `customPrefix` goes before the one of `Storage`; like the original's, it is taken whole.
pub(crate) fn prefixes(amphora: Fields<'_>, storage: Fields<'_>) -> Result<CustomPrefixes, ConfigError> {
    let from = if amphora.has("customPrefix") { amphora } else { storage }.inside("customPrefix");
    Ok(CustomPrefixes {
        public: from.text_or_empty("public")?,
        protected: from.text_or_empty("protected")?,
        private: from.text_or_empty("private")?,
    })
}

/// The servers that `amphora` names.
pub(crate) fn own_endpoints(amphora: Fields<'_>) -> Result<Endpoints, ConfigError> {
    Ok(Endpoints {
        s3: amphora.text("endpoint")?,
        cognito: amphora.text("cognitoEndpoint")?,
        identity: amphora.text("identityEndpoint")?,
    })
}

fn endpoints(fields: Fields<'_>, storage: Fields<'_>) -> Result<Endpoints, ConfigError> {
    let mut endpoints = own_endpoints(fields.inside("amphora"))?;
    let local_testing = fields
        .switch("aws_user_files_s3_dangerously_connect_to_http_endpoint_for_testing")?
        .or(storage.switch("dangerouslyConnectToHttpEndpointForTesting")?)
        .unwrap_or(false);
    if local_testing && endpoints.s3.is_none() {
        endpoints.s3 = Some(LOCAL_TESTING_ENDPOINT.to_owned());
    }
    Ok(endpoints)
}
