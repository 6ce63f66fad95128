//! What an administrator pastes into the AWS console: the two role policies and the CORS rule of Amplify Storage's
//! documentation, filled in with the bucket's name.

const AUTHENTICATED: &str = include_str!("policies/authenticated.json");
const GUEST: &str = include_str!("policies/guest.json");
const CORS: &str = include_str!("policies/cors.json");

/// Both policies in one JSON text, each under the name of its role: `authenticated` and `unauthenticated`.
pub fn policies(bucket: &str) -> String {
    let indented = |policy: String| policy.trim_end().replace('\n', "\n  ");
    format!(
        "{{\n  \"authenticated\": {},\n  \"unauthenticated\": {}\n}}\n",
        indented(authenticated_policy(bucket)),
        indented(guest_policy(bucket))
    )
}

/// The policy of the identity pool's role for signed-in people.
pub fn authenticated_policy(bucket: &str) -> String {
    fill(AUTHENTICATED, bucket)
}

/// The policy of the identity pool's role for guests.
pub fn guest_policy(bucket: &str) -> String {
    fill(GUEST, bucket)
}

/// The bucket's CORS rule. Amphora itself needs none; the team's web app does.
pub fn cors_rule() -> String {
    CORS.to_owned()
}

fn fill(template: &str, bucket: &str) -> String {
    let quoted = serde_json::Value::from(bucket).to_string();
    template.replace("{bucket}", &quoted[1..quoted.len() - 1])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn both_policies_name_the_bucket_and_nothing_else() {
        let both: Value = serde_json::from_str(&policies("files")).unwrap();
        for role in ["authenticated", "unauthenticated"] {
            let statements = both[role]["Statement"].as_array().unwrap();
            let resources = statements.iter().flat_map(|s| s["Resource"].as_array().unwrap());
            for resource in resources.map(|r| r.as_str().unwrap()) {
                assert!(resource == "arn:aws:s3:::files" || resource.starts_with("arn:aws:s3:::files/"), "{resource}");
            }
        }
        assert!(!both["unauthenticated"].to_string().contains("/private/"), "guests have nothing private");
    }

    #[test]
    fn any_text_in_the_buckets_place_stays_text() {
        let both: Value = serde_json::from_str(&policies("a\"], \"Effect\": \"Deny")).unwrap();
        assert_eq!(both["authenticated"]["Statement"][0]["Effect"], "Allow");
    }

    #[test]
    fn the_cors_rule_is_valid_json() {
        let rule: Value = serde_json::from_str(&cors_rule()).unwrap();
        assert_eq!(rule[0]["ExposeHeaders"][3], "ETag", "multipart uploads from a browser need the ETag");
    }
}
