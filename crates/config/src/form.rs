//! A backend typed in by hand.

use serde::{Deserialize, Serialize};

use crate::backend::{Backend, CustomPrefixes, Endpoints};
use crate::draft::{Draft, Names};
use crate::error::ConfigError;
use crate::rules::AccessRules;

/// The form's fields as typed; blank means left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Form {
    /// What the storage shall be called; the bucket's name when blank.
    pub name: String,
    /// Region of the pools; when blank, the one inside their ids.
    pub region: String,
    /// The bucket's name.
    pub bucket: String,
    /// The bucket's region; when blank, that of the pools.
    pub bucket_region: String,
    /// `REGION:UUID`.
    pub identity_pool_id: String,
    /// `REGION_NAME`; blank for a backend without accounts.
    pub user_pool_id: String,
    /// The user pool's app client.
    pub user_pool_client_id: String,
    /// Guests are not allowed.
    pub mandatory_sign_in: bool,
    /// One server in place of all three of AWS's services; blank for AWS.
    pub endpoint: String,
}

const NAMES: Names = Names {
    bucket: "Bucket",
    bucket_region: "Bucket region",
    identity_pool: "Identity pool",
    identity_region: "Region",
    user_pool: "User pool",
    user_pool_client: "App client",
    mandatory_sign_in: "Sign-in required",
};

impl Backend {
    /// Checks what was typed.
    ///
    /// # Errors
    /// Names the field that is missing or cannot be right.
    pub fn from_form(form: &Form) -> Result<Backend, ConfigError> {
        let region = filled(&form.region);
        let pool_region = form.identity_pool_id.trim().split_once(':').map(|(region, _)| region.to_owned());
        let endpoint = filled(&form.endpoint);
        let draft = Draft {
            name: filled(&form.name),
            bucket: filled(&form.bucket),
            bucket_region: filled(&form.bucket_region).or_else(|| region.clone()).or(pool_region),
            identity_pool: filled(&form.identity_pool_id),
            identity_region: region.clone(),
            user_pool: filled(&form.user_pool_id),
            user_pool_client: filled(&form.user_pool_client_id),
            user_pool_region: region,
            mandatory_sign_in: form.mandatory_sign_in,
            prefixes: CustomPrefixes::default(),
            rules: AccessRules::default(),
            places: Vec::new(),
            endpoints: Endpoints { s3: endpoint.clone(), cognito: endpoint.clone(), identity: endpoint },
        };
        draft.check("The form", &NAMES)
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ConfigErrorKind;

    fn form() -> Form {
        Form { bucket: " files ".into(), identity_pool_id: "eu-west-1:0a-1b".into(), ..Default::default() }
    }

    #[test]
    fn bucket_and_identity_pool_are_enough() {
        let backend = Backend::from_form(&form()).unwrap();
        assert_eq!((backend.name.as_str(), backend.bucket.region.as_str()), ("files", "eu-west-1"));
        assert_eq!(backend.user_pool, None);
    }

    #[test]
    fn one_endpoint_stands_for_all_three_services() {
        let backend = Backend::from_form(&Form { endpoint: "http://127.0.0.1:9/".into(), ..form() }).unwrap();
        let one = Some("http://127.0.0.1:9".to_owned());
        assert_eq!(backend.endpoints, Endpoints { s3: one.clone(), cognito: one.clone(), identity: one });
    }

    #[test]
    fn a_form_says_which_field_is_missing_or_wrong() {
        let missing = Backend::from_form(&Form { bucket: String::new(), ..form() }).unwrap_err();
        assert_eq!(missing.message(), "The form names no storage bucket (Bucket).");
        let half = Backend::from_form(&Form { user_pool_id: "eu-west-1_abc".into(), ..form() }).unwrap_err();
        assert_eq!(half.message(), "The form names no app client for the user pool (App client).");
        let locked = Backend::from_form(&Form { mandatory_sign_in: true, ..form() }).unwrap_err();
        assert_eq!(locked.kind(), ConfigErrorKind::Incomplete, "nobody could ever come in");
        let wrong = Backend::from_form(&Form { region: "evil.example/".into(), ..form() }).unwrap_err();
        assert_eq!(wrong.kind(), ConfigErrorKind::Invalid, "a region becomes part of a host name");
    }
}
